using PeerReview.Server.Platform.Data;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Platform.Data;

public sealed class MigratorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("peerreview-migrations-").FullName;

    public MigratorTests() =>
        File.Copy(
            Directory.GetFiles(ProgramFiles.Migrations, "0001_*.sql").Single(),
            Path.Combine(_folder, "0001_roles_and_tenancy.sql"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Steps_are_applied_once_and_in_order()
    {
        await using var test = await TestDatabase.CreateEmptyAsync();
        Write("0002_trees.sql", "CREATE TABLE tree (id integer PRIMARY KEY)");

        Assert.Equal(["0001_roles_and_tenancy", "0002_trees"], await ApplyAsync(test));
        Assert.Empty(await ApplyAsync(test));
        Write("0003_leaves.sql", "CREATE TABLE leaf (tree integer REFERENCES tree)");
        Assert.Equal(["0003_leaves"], await ApplyAsync(test));
        Assert.Equal(["leaf", "tree"], await test.AsOwnerAsync<string>(
            "SELECT tablename FROM pg_tables WHERE tablename IN ('tree', 'leaf') AND tableowner = 'pr_owner' ORDER BY 1"));
    }

    [Fact]
    public async Task Two_nodes_at_the_same_second_apply_every_step_once()
    {
        await using var test = await TestDatabase.CreateEmptyAsync();
        Write("0002_trees.sql", "CREATE TABLE tree (id integer PRIMARY KEY); SELECT pg_sleep(0.1)");

        var applied = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => ApplyAsync(test), Cancel)));

        Assert.Equal(2, applied.Sum(names => names.Count));
    }

    [Fact]
    public async Task Databases_of_one_server_are_migrated_at_the_same_second_though_roles_are_shared()
    {
        var databases = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => TestDatabase.CreateEmptyAsync()));
        try
        {
            await Task.WhenAll(databases.Select(test => Task.Run(() => ApplyAsync(test), Cancel)));
        }
        finally
        {
            foreach (var database in databases)
                await database.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_step_that_fails_leaves_nothing_and_says_why()
    {
        await using var test = await TestDatabase.CreateEmptyAsync();
        Write("0002_trees.sql", "CREATE TABLE tree (id integer); CREATE TABLE tree (id integer)");

        var problem = await Assert.ThrowsAsync<DatabaseException>(() => ApplyAsync(test));

        Assert.Contains("0002_trees", problem.Message, StringComparison.Ordinal);
        Assert.Contains("already exists", problem.Message, StringComparison.Ordinal);
        Assert.Empty(await test.AsOwnerAsync<string>("SELECT tablename FROM pg_tables WHERE tablename = 'tree'"));
    }

    [Fact]
    public async Task A_step_changed_after_it_was_applied_is_refused()
    {
        await using var test = await TestDatabase.CreateEmptyAsync();
        Write("0002_trees.sql", "CREATE TABLE tree (id integer)");
        await ApplyAsync(test);
        Write("0002_trees.sql", "CREATE TABLE tree (id bigint)");

        var problem = await Assert.ThrowsAsync<DatabaseException>(() => ApplyAsync(test));

        Assert.Contains("0002_trees was changed", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_newer_or_older_than_the_program_is_refused_with_the_remedy()
    {
        await using var test = await TestDatabase.CreateEmptyAsync();
        var migrator = new Migrator(_folder);
        var empty = await Assert.ThrowsAsync<DatabaseException>(() => migrator.RequireCurrentAsync(AsSuperuser(test), Cancel));
        Assert.Contains("peerreview migrate", empty.Message, StringComparison.Ordinal);

        Write("0002_trees.sql", "CREATE TABLE tree (id integer)");
        await ApplyAsync(test);
        await migrator.RequireCurrentAsync(AsSuperuser(test), Cancel);
        File.Delete(Path.Combine(_folder, "0002_trees.sql"));

        var newer = await Assert.ThrowsAsync<DatabaseException>(() => migrator.RequireCurrentAsync(AsSuperuser(test), Cancel));
        Assert.Contains("newer than this program", newer.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<DatabaseException>(() => ApplyAsync(test));
    }

    [Fact]
    public async Task A_marked_step_runs_outside_a_transaction()
    {
        await using var test = await TestDatabase.CreateEmptyAsync();
        Write("0002_trees.sql", "CREATE TABLE tree (id integer)");
        Write("0003_index.sql", "-- no transaction\nCREATE INDEX CONCURRENTLY IF NOT EXISTS tree_id ON tree (id)");

        await ApplyAsync(test);

        Assert.Equal(["pr_owner"], await test.AsOwnerAsync<string>(
            "SELECT pg_get_userbyid(relowner) FROM pg_class WHERE relname = 'tree_id'"));
    }

    [Theory]
    [InlineData("trees.sql", "NNNN_what_changes.sql")]
    [InlineData("0003_trees.sql", "should have the number 0002")]
    [InlineData("0001_trees.sql", "should have the number 0002")]
    public void A_wrong_file_name_is_named(string name, string reason)
    {
        Write(name, "SELECT 1");

        var problem = Assert.Throws<DatabaseException>(() => MigrationFile.ReadFolder(_folder));

        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task States_are_loaded_once_and_again_when_the_file_changes()
    {
        await using var test = await TestDatabase.CreateAsync();
        var owner = test.Connections.Owner!;
        Assert.Equal([195L], await test.AsOwnerAsync<long>("SELECT count(*) FROM state"));

        await test.AsOwnerAsync("UPDATE state SET name_en = 'By hand' WHERE iso3 = 'AND'");
        Assert.Equal(195, await ReferenceData.LoadStatesAsync(owner, ProgramFiles.States, Cancel));
        Assert.Equal(["By hand"], await test.AsOwnerAsync<string>("SELECT name_en FROM state WHERE iso3 = 'AND'"));

        var changed = Path.Combine(_folder, "states.csv");
        await File.WriteAllTextAsync(
            changed, (await File.ReadAllTextAsync(ProgramFiles.States, Cancel)).Replace("sat sun", "sun sat", StringComparison.Ordinal),
            Cancel);
        Assert.Equal(195, await ReferenceData.LoadStatesAsync(owner, changed, Cancel));
        Assert.Equal(["Andorra"], await test.AsOwnerAsync<string>(
            "SELECT name_en FROM state WHERE iso3 = 'AND' AND weekend = '{sun,sat}' AND m49_regions = '{039,150}'"));
    }

    private static Database AsSuperuser(TestDatabase test) => Database.Open(
        new DatabaseConnections(null, test.Connections.Owner!, test.Connections.Owner!));

    private Task<IReadOnlyList<string>> ApplyAsync(TestDatabase test) =>
        new Migrator(_folder).ApplyAsync(test.Connections.Owner!, Cancel);

    private void Write(string name, string sql) => File.WriteAllText(Path.Combine(_folder, name), sql);
}
