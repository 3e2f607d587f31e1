using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using PeerReview.Server.Cli;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Cli;

/// <summary>A token from whoever runs the machine, used against the running program.</summary>
public sealed class TokenVerbTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_reads_unless_more_was_asked_for_and_ends_when_it_is_revoked_or_expires()
    {
        await using var app = await TestApp.StartAsync();
        var person = await app.PersonAsync("COORD");
        var reads = await MadeAsync(app, person, []);
        var writes = await MadeAsync(app, person, ["--scope", "write", "--days", "1", "--name", "Our script"]);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (await ReadAsync(app, reads), await WriteAsync(app, reads)));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await ReadAsync(app, writes), await WriteAsync(app, writes)));
        Assert.Equal(
            ["Our script write 1", "command line read 90"],
            await app.Database.AsOwnerAsync<string>(
                "SELECT name || ' ' || scope || ' ' || extract(day FROM expires_at - created_at) FROM api_token WHERE name <> 'test' ORDER BY name COLLATE \"C\""));

        await app.Database.AsOwnerAsync("UPDATE api_token SET expires_at = now() WHERE name = 'Our script'");
        await app.Database.AsOwnerAsync("UPDATE api_token SET revoked_at = now() WHERE name = 'command line'");
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (await ReadAsync(app, reads), await ReadAsync(app, writes)));
    }

    [Fact]
    public async Task A_person_revokes_it_over_the_API_and_it_makes_no_other()
    {
        await using var app = await TestApp.StartAsync();
        var person = await app.PersonAsync("COORD");
        var token = await MadeAsync(app, person, ["--scope", "write"]);
        var id = (await app.Database.AsOwnerAsync<Guid>("SELECT id FROM api_token WHERE name = 'command line'")).Single();
        using var client = Client(app, token);

        using var another = await client.PostAsJsonAsync("/api/v1/me/tokens", new { name = "Another", scope = "write", days = 365 }, Cancel);
        using var revoked = await client.DeleteAsync($"/api/v1/me/tokens/{id}", Cancel);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.NoContent), (another.StatusCode, revoked.StatusCode));
        Assert.Equal(HttpStatusCode.Unauthorized, await ReadAsync(app, token));
    }

    [Theory]
    [InlineData("--email", "nobody@example.org", CommandLine.Wrong, "no account")]
    [InlineData("--scope", "all", CommandLine.Wrong, "reads")]
    [InlineData("--days", "0", CommandLine.Wrong, "365")]
    [InlineData("--days", "366", CommandLine.Wrong, "365")]
    [InlineData("--days", "many", CommandLine.Misused, "many")]
    [InlineData("--name", "", CommandLine.Wrong, "what the token is for")]
    public async Task A_wrong_argument_is_one_sentence_and_makes_nothing(string option, string value, int status, string says)
    {
        await using var test = await TestDatabase.CreateAsync(manualClock: false);
        await test.AsOwnerAsync("INSERT INTO person (id, email, name, office, created_at) VALUES (@Id, 'ana@example.org', 'Ana', '', now())", new { Id = Guid.CreateVersion7() });
        string[] given = option == "--email" ? [] : ["--email", "ana@example.org"];

        var (exit, output, errors) = await RunAsync(test, [.. given, option, value]);

        Assert.Equal((status, ""), (exit, output));
        Assert.Contains(says, errors, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(await test.AsOwnerAsync<Guid>("SELECT id FROM api_token"));
    }

    [Fact]
    public async Task A_closed_account_gets_none()
    {
        await using var test = await TestDatabase.CreateAsync(manualClock: false);
        await test.AsOwnerAsync("INSERT INTO person (id, email, name, office, created_at, closed_at) VALUES (@Id, 'ana@example.org', 'Ana', '', now(), now())", new { Id = Guid.CreateVersion7() });

        var (exit, output, _) = await RunAsync(test, ["--email", "ana@example.org"]);

        Assert.Equal((CommandLine.Wrong, ""), (exit, output));
    }

    private static async Task<string> MadeAsync(TestApp app, TestPerson person, string[] arguments)
    {
        var (exit, output, errors) = await RunAsync(app.Database, ["--email", person.Email.ToUpperInvariant(), .. arguments]);
        Assert.Equal((CommandLine.Done, ""), (exit, errors));
        return output.Trim();
    }

    private static Task<(int ExitCode, string Output, string Errors)> RunAsync(TestDatabase test, IEnumerable<string> arguments) =>
        RunningProgram.RunAsync(
            Path.GetTempPath(), ["token", .. arguments], Cancel,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["PEERREVIEW_DATABASE"] = test.Connections.App });

    private static async Task<HttpStatusCode> ReadAsync(TestApp app, string token)
    {
        using var client = Client(app, token);
        return (await client.GetAsync("/api/v1/me", Cancel)).StatusCode;
    }

    private static async Task<HttpStatusCode> WriteAsync(TestApp app, string token)
    {
        using var client = Client(app, token);
        return (await client.PutAsJsonAsync("/api/v1/me", new { name = "A", office = "B", language = "en", timeZone = "UTC" }, Cancel)).StatusCode;
    }

    private static HttpClient Client(TestApp app, string token)
    {
        var client = app.Visitor();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }
}
