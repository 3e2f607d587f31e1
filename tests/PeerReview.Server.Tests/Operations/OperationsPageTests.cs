using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Server.Stacks;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Operations;

/// <summary>Operators see how the installation does and mend what stuck; for others it is not there.</summary>
public sealed class OperationsPageTests : IAsyncLifetime
{
    private TestApp _app = null!;
    private TestPerson _operator = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync();
        _operator = await _app.PersonAsync("OPERATOR");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task An_operator_sees_versions_health_and_letters()
    {
        await GiveUpAsync("{\"name\":\"x\"}");

        var seen = await _operator.Client.GetFromJsonAsync<JsonElement>("/api/v1/operations", TestContext.Current.CancellationToken);

        Assert.Equal(BuiltStacks.Default.Name, seen.GetProperty("installation").GetProperty("stack").GetString());
        Assert.Equal(
            BuiltStacks.Default.Parts,
            seen.GetProperty("installation").GetProperty("stackParts").EnumerateArray().Select(
                part => new StackPart(part.GetProperty("library").GetString()!, part.GetProperty("version").GetString()!)));
        Assert.True(seen.GetProperty("installation").GetProperty("manualClock").GetBoolean());
        Assert.Equal(3, seen.GetProperty("checks").GetArrayLength());
        Assert.Equal(1, seen.GetProperty("pulse").GetProperty("outboxGivenUp").GetInt64());
        Assert.Equal("550", seen.GetProperty("troubles")[0].GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("COORD_HEAD")]
    [InlineData("STATE_AUTH")]
    [InlineData("AUDITOR")]
    public async Task For_others_it_is_not_there(string role)
    {
        var row = await GiveUpAsync("{\"name\":\"x\"}");
        var other = await _app.PersonAsync(role, role == "STATE_AUTH" ? "KEN" : null);

        var read = await other.Client.GetAsync("/api/v1/operations", TestContext.Current.CancellationToken);
        var retry = await other.Client.PostAsync($"/api/v1/operations/outbox/{row}/retry", null, TestContext.Current.CancellationToken);
        var check = await other.Client.PostAsync("/api/v1/operations/check", null, TestContext.Current.CancellationToken);

        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound], [read.StatusCode, retry.StatusCode, check.StatusCode]);
        Assert.Equal([true], await _app.Database.AsOwnerAsync<bool>("SELECT given_up_at IS NOT NULL FROM outbox"));
    }

    [Fact]
    public async Task A_given_up_letter_is_tried_again_and_an_erased_one_is_not()
    {
        var letter = await GiveUpAsync("{\"name\":\"x\"}");
        var erased = await GiveUpAsync("{}");

        var again = await _operator.Client.PostAsync($"/api/v1/operations/outbox/{letter}/retry", null, TestContext.Current.CancellationToken);
        var never = await _operator.Client.PostAsync($"/api/v1/operations/outbox/{erased}/retry", null, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (again.StatusCode, never.StatusCode));
        // What the relay makes of it is its own affair: it is no longer given up for the old reason.
        Assert.Equal([letter], await _app.Database.AsOwnerAsync<long>("SELECT id FROM outbox WHERE last_error IS DISTINCT FROM '550' OR given_up_at IS NULL"));
    }

    [Fact]
    public async Task The_check_runs_and_its_result_stays_to_be_seen()
    {
        var ran = await _operator.Client.PostAsync("/api/v1/operations/check", null, TestContext.Current.CancellationToken);
        var seen = await _operator.Client.GetFromJsonAsync<JsonElement>("/api/v1/operations", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, ran.StatusCode);
        Assert.Equal(0, seen.GetProperty("lastCheck").GetProperty("result").GetProperty("findings").GetArrayLength());
    }

    [Fact]
    public async Task Operators_are_made_on_the_command_line()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["PEERREVIEW_DATABASE_WORKER"] = _app.Database.Connections.Worker };
        Task<(int ExitCode, string Output, string Errors)> RunAsync(string programme) => RunningProgram.RunAsync(
            Path.GetTempPath(),
            ["appoint", "operator", "--programme", programme, "--email", "op@example.org", "--person", "Op", "--connection", _app.Database.Connections.App],
            TestContext.Current.CancellationToken, variables);

        var made = await RunAsync("test-programme");
        var unknown = await RunAsync("nowhere");

        Assert.Equal(0, made.ExitCode);
        Assert.Equal(1, unknown.ExitCode);
        Assert.Contains("peerreview init", unknown.Errors, StringComparison.Ordinal);
        var person = await _app.PersonByEmailAsync("op@example.org");
        Assert.Equal(HttpStatusCode.OK, (await person.Client.GetAsync("/api/v1/operations", TestContext.Current.CancellationToken)).StatusCode);
    }

    private async Task<long> GiveUpAsync(string body) => (await _app.Database.AsOwnerAsync<long>(
        """
        INSERT INTO outbox (topic, key, body, written_at, available_at, attempts, last_error, given_up_at)
        VALUES ('mail', gen_random_uuid()::text, @Body, now(), now() + interval '1 hour', 30, '550', now()) RETURNING id
        """,
        new { Body = body })).Single();
}
