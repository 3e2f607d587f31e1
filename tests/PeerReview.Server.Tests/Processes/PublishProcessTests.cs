using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using PeerReview.Server.Cli;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Processes;

/// <summary>A programme's own process from the command line: checked, immutable, listed, and nobody else's business.</summary>
public sealed class PublishProcessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("peerreview-publish-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_running_program_offers_it_to_that_programme_alone_and_it_never_changes()
    {
        await using var app = await TestApp.StartAsync();
        await app.Database.AsOwnerAsync(
            "INSERT INTO programme (id, slug, name, created_at) VALUES ('11111111-1111-4111-8111-111111111111', 'elsewhere', 'Elsewhere', app.clock())");
        var (coordinator, state) = (await app.PersonAsync("COORD"), await app.PersonAsync("STATE_AUTH", "KEN"));
        var stranger = await app.PersonAsync("STATE_AUTH", "NOR");
        await app.Database.AsOwnerAsync(
            "UPDATE role_grant SET programme_id = '11111111-1111-4111-8111-111111111111' WHERE person_id = @Id", new { stranger.Id });
        var file = await WriteAsync(text => text);

        var (exit, output, errors) = await OwnProcess.PublishAsync(app, _folder, file);
        Assert.Equal((CommandLine.Done, ""), (exit, errors));
        Assert.Matches("test-programme offers our-own v1, sha256 [0-9a-f]{64}[.]\nTexts taken up: fr[.]", output);

        Assert.Equal((true, true, false, false), (
            await KnowsAsync(coordinator.Client), await KnowsAsync(state.Client), await KnowsAsync(stranger.Client), await KnowsAsync(app.Visitor())));
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Client.GetAsync(new Uri("/api/v1/processes/our-own/1", UriKind.Relative), Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await state.Client.GetAsync(new Uri("/api/v1/processes/our-own/1", UriKind.Relative), Cancel)).StatusCode);

        (exit, output, _) = await OwnProcess.PublishAsync(app, _folder, file);
        Assert.Equal(CommandLine.Done, exit);
        Assert.Contains("test-programme offers it already", output, StringComparison.Ordinal);

        await WriteAsync(text => text.Replace("title: Letter", "title: Another letter", StringComparison.Ordinal));
        (exit, _, errors) = await OwnProcess.PublishAsync(app, _folder, file);
        Assert.Equal(CommandLine.Wrong, exit);
        Assert.Contains("give the changed file version 2", errors, StringComparison.Ordinal);
        foreach (var statement in new[] { "UPDATE definition SET source = ''", "DELETE FROM process_publication", "UPDATE definition_text SET source = ''" })
            Assert.Equal("PR003", (await Assert.ThrowsAsync<PostgresException>(() => app.Database.AsOwnerAsync(statement))).SqlState);

        var list = await RunningProgram.RunAsync(_folder, ["process", "list", "--connection", app.Database.Connections.App], Cancel);
        Assert.Matches("^test-programme  our-own v1  sha256 [0-9a-f]{64}  published .+ UTC  0 running", list.Output);
        await app.Database.RequireSoundAsync();
        await app.Database.AsOwnerAsync("ALTER TABLE definition DISABLE TRIGGER USER; UPDATE definition SET hash = repeat('0', 64) WHERE id = 'our-own'");
        Assert.Contains("definition-not-its-hash", (await Assert.ThrowsAsync<InvalidOperationException>(app.Database.RequireSoundAsync)).Message, StringComparison.Ordinal);

        static async Task<bool> KnowsAsync(HttpClient client) =>
            (await client.GetStringAsync(new Uri("/api/v1/processes", UriKind.Relative), Cancel)).Contains("our-own", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_wrong_is_named_with_its_line_and_nothing_is_published()
    {
        await using var app = await TestApp.StartAsync();
        var file = await WriteAsync(text => text
            .Replace("STATE_CONTRIB", "MINISTRY", StringComparison.Ordinal)
            .Replace("STATE_FP: { title: Focal point, party: subject", "STATE_FP: { title: Focal point, party: subject, held_per: reviewing_state", StringComparison.Ordinal)
            .Replace("party: society, acts: false", "party: society", StringComparison.Ordinal)
            .Replace("acts: [STATE_FP]\n    after: [first_workshop]", "acts: [STAKEHOLDER, STATE_FP]\n    after: [first_workshop]", StringComparison.Ordinal)
            .Replace("acts: [STATE_AUTH]\n    days: 0", "acts: [STATE_FP]\n    days: 0", StringComparison.Ordinal));
        await File.WriteAllTextAsync(file.Replace(".yaml", ".fr.yaml", StringComparison.Ordinal), "title: \"\"\n", Cancel);

        var (exit, output, errors) = await OwnProcess.PublishAsync(app, _folder, file);

        Assert.Equal((CommandLine.Wrong, ""), (exit, output));
        var lines = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines, line => Assert.Matches("^.*our-own.v1(.fr)?.yaml:[0-9]+: .+", line));
        Assert.Contains(lines, line => line.Contains("nobody can be given the role MINISTRY", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("nobody can invite stakeholders to society_input", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("add each: { over: reviewing_state, by: [STATE_FP] }", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("nobody can launch a review", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("fr.yaml:1: the text \"title\" is empty", StringComparison.Ordinal));
        Assert.Empty(await app.Database.AsOwnerAsync<string>("SELECT id FROM process_publication"));

        var nowhere = await OwnProcess.PublishAsync(app, _folder, OwnProcess.FileOf("vnr-like"), "nowhere");
        Assert.Equal((CommandLine.Wrong, true), (nowhere.ExitCode, nowhere.Errors.Contains("nowhere", StringComparison.Ordinal)));
        Assert.Contains("There are: test-programme.", nowhere.Errors, StringComparison.Ordinal);
        var list = await RunningProgram.RunAsync(_folder, ["process", "list", "--connection", app.Database.Connections.App], Cancel);
        Assert.Equal("test-programme  nothing published", list.Output.Trim());
    }

    [Fact]
    public async Task A_State_launches_only_by_what_its_programme_offers()
    {
        await using var app = await TestApp.StartAsync();
        var state = await app.PersonAsync("STATE_AUTH", "KEN");
        var notice = LightReview.Notice(app, "KEN");
        notice["process"] = "vnr-like";

        using var refused = await state.Client.PostAsJsonAsync("/api/v1/reviews", notice, Cancel);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal("launch.unknown-process", (await refused.Content.ReadFromJsonAsync<JsonElement>(Cancel)).Text("code"));
        using var pages = await Pages.OfAsync(app, state);
        var page = (await pages.ReadAsync("/reviews/new")).Html;
        Assert.DoesNotContain("id=\"processes\"", page, StringComparison.Ordinal);
        await OwnProcess.PublishAsync(app, _folder, OwnProcess.FileOf("vnr-like"));
        page = (await pages.ReadAsync("/reviews/new")).Html;
        Assert.Contains("id=\"processes\"", page, StringComparison.Ordinal);
        Assert.Contains("Voluntary report presented to all", page, StringComparison.Ordinal);
        Assert.Contains("First presentation", (await pages.ReadAsync("/reviews/new?process=vnr-like")).Html, StringComparison.Ordinal);
        Assert.Contains("Voluntary report presented to all", (await pages.ReadAsync("/processes")).Html, StringComparison.Ordinal);
    }

    private async Task<string> WriteAsync(Func<string, string> change)
    {
        var text = await File.ReadAllTextAsync(OwnProcess.FileOf("vnr-like"), Cancel);
        var file = Path.Combine(_folder, "our-own.v1.yaml");
        await File.WriteAllTextAsync(file, change(text.Replace("process: vnr-like", "process: our-own", StringComparison.Ordinal)), Cancel);
        File.Copy(OwnProcess.FileOf("vnr-like").Replace(".yaml", ".fr.yaml", StringComparison.Ordinal), file.Replace(".yaml", ".fr.yaml", StringComparison.Ordinal), overwrite: true);
        return file;
    }
}
