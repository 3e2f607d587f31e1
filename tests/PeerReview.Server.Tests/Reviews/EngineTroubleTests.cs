using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Core.Ports;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Reviews;

/// <summary>What becomes of a review whose engine fails: it goes on when the engine can begin anew, and otherwise nothing
/// changes; an operator sees why.</summary>
public sealed class EngineTroubleTests : IAsyncLifetime
{
    private readonly TroubledStack _stack = new();
    private TestApp _app = null!;
    private ReviewAt _review = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync(stack: _stack);
        _review = await ReviewStages.AtAsync(_app, ReviewStages.Checking);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task An_engine_that_disagrees_for_good_changes_nothing_and_an_operator_sees_why()
    {
        _stack.Trouble = new EngineMismatchException("It moved [a] and the reference [b].");
        var before = await RecordsAsync();

        using var answer = await CompleteAsync();
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("review.engine-trouble", body.GetProperty("code").GetString());
        Assert.Equal(before, await RecordsAsync());
        var incident = Assert.Single(await IncidentsAsync());
        Assert.Equal(
            ("mismatch", _review.Id, "It moved [a] and the reference [b]."),
            (incident.Text("kind"), incident.GetProperty("reviewId").GetGuid(), incident.Text("detail")));

        _stack.Trouble = null;
        using var later = await CompleteAsync();
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
        await _app.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task A_fault_within_the_engine_is_told_apart_from_a_mismatch()
    {
        _stack.Trouble = new EngineFaultException("complete: something broke");

        using var answer = await CompleteAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("fault", Assert.Single(await IncidentsAsync()).Text("kind"));
    }

    [Fact]
    public async Task A_text_that_came_apart_from_its_review_is_made_anew_from_the_events()
    {
        await _app.Database.AsOwnerAsync("UPDATE review SET engine_state = '1:0000:00000000'");

        using var answer = await CompleteAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("rebuilt", Assert.Single(await IncidentsAsync()).Text("kind"));
        Assert.Equal(["clarify COORD"], await _review.TasksAsync());
        await _app.Database.RequireSoundAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"id\":\"of another engine\"}")]
    public async Task The_text_of_another_engine_is_made_anew_without_an_incident(string text)
    {
        await _app.Database.AsOwnerAsync("UPDATE review SET engine_state = @text", new { text });

        using var answer = await CompleteAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(await IncidentsAsync());
    }

    private Task<HttpResponseMessage> CompleteAsync() => _review.PostAsync(_review.Coordinator, "stages/complete/complete", new { });

    private async Task<JsonElement[]> IncidentsAsync()
    {
        var person = await _app.PersonAsync("OPERATOR");
        var seen = await person.Client.GetFromJsonAsync<JsonElement>("/api/v1/operations", Cancel);
        return [.. seen.GetProperty("engineIncidents").EnumerateArray()];
    }

    /// <summary>Every row but those that tell of the trouble itself.</summary>
    private async Task<string> RecordsAsync() => string.Join('\n', (await _app.Database.HoldingsAsync()).Split('\n')
        .Where(line => !line.StartsWith("engine_incident ", StringComparison.Ordinal)));
}
