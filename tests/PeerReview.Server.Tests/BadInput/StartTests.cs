using PeerReview.Server.Cli;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.BadInput;

/// <summary>What stops the start of the program: one sentence that says what mends it, and a status.</summary>
public sealed class StartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("peerreview-start-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("process", "voluntary-review", "workflows/processes/voluntary-review.v1.yaml:1: voluntary-review version 1 is published with another content")]
    [InlineData("framework", "un-ict-framework", "workflows/frameworks/un-ict-framework.v1.yaml:1: un-ict-framework version 1 is published with another content")]
    public async Task A_published_definition_changed_under_its_old_version(string kind, string id, string sentence)
    {
        await using var test = await TestDatabase.CreateAsync(manualClock: false);
        await Server.Platform.Reviews.Definitions.LoadAsync(test.Database, Server.Platform.Data.ProgramFiles.Workflows, TestContext.Current.CancellationToken);
        var changed = await Assert.ThrowsAsync<Npgsql.PostgresException>(
            () => test.AsOwnerAsync("UPDATE definition SET hash = repeat('0', 64)"));
        Assert.Contains("never changed or deleted", changed.MessageText, StringComparison.Ordinal);
        // As if what was published then had been another text than the file of today.
        await test.AsOwnerAsync(
            "SET session_replication_role = replica; UPDATE definition SET hash = repeat('0', 64) WHERE kind = @kind AND id = @id", new { kind, id });

        var (exit, errors) = await ServeAsync(test.Connections.App);

        Assert.Equal(CommandLine.Wrong, exit);
        Assert.Contains(sentence, errors, StringComparison.Ordinal);
        Assert.Contains("give the changed file a new version, or bring the old content back", errors, StringComparison.Ordinal);
        Assert.Single(errors.Trim().Split('\n'));
    }

    [Fact]
    public async Task A_database_out_of_connections()
    {
        await using var test = await TestDatabase.CreateAsync(manualClock: false);
        await test.AsOwnerAsync($"ALTER DATABASE {test.Name} CONNECTION LIMIT 0");

        var (exit, errors) = await ServeAsync(test.Connections.App);

        Assert.Equal(CommandLine.Unusable, exit);
        Assert.Contains("takes no more connections: raise max_connections", Assert.Single(errors.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_that_is_refused()
    {
        await using var test = await TestDatabase.CreateAsync(manualClock: false);
        await test.AsOwnerAsync($"REVOKE CONNECT ON DATABASE {test.Name} FROM PUBLIC");

        var (exit, errors) = await ServeAsync(test.Connections.App.Replace("pr_app", "pr_nobody", StringComparison.Ordinal));

        Assert.Equal(CommandLine.Unusable, exit);
        Assert.Contains("refuses the login", Assert.Single(errors.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_full()
    {
        await using var test = await TestDatabase.CreateAsync(manualClock: false);
        await test.AsOwnerAsync(
            """
            CREATE FUNCTION full_up() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$;
            CREATE TRIGGER full_up BEFORE INSERT ON definition FOR EACH ROW EXECUTE FUNCTION full_up()
            """);

        var (exit, errors) = await ServeAsync(test.Connections.App);

        Assert.Equal(CommandLine.Unusable, exit);
        Assert.Contains("The disk of the database is full", Assert.Single(errors.Trim().Split('\n')), StringComparison.Ordinal);
    }

    private async Task<(int Exit, string Errors)> ServeAsync(string connection)
    {
        var (exit, _, errors) = await RunningProgram.RunAsync(
            _folder, ["serve", "--urls", "http://127.0.0.1:0"], TestContext.Current.CancellationToken,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["PEERREVIEW_DATABASE"] = connection });
        return (exit, errors);
    }
}
