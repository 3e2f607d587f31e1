using System.Diagnostics;
using Dapper;
using Npgsql;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Data.Embedded;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Platform.Data.Embedded;

public sealed class EmbeddedPostgresTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"peerreview-embedded-{Guid.NewGuid():N}");
    private readonly List<string> _said = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(_folder, "data");

    public void Dispose()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task What_was_written_is_there_after_a_stop_and_a_start()
    {
        await using (var first = await StartAsync())
        {
            Assert.False(first.Adopted);
            await RunAsync(first, "CREATE TABLE kept (id integer); INSERT INTO kept VALUES (7)");
        }

        await using var second = await StartAsync();
        Assert.False(second.Adopted);
        Assert.Equal(7, await ReadAsync(second, "SELECT id FROM kept"));
    }

    [Fact]
    public async Task The_network_is_closed_and_the_folder_too()
    {
        await using var server = await StartAsync();

        Assert.Equal("", await TextAsync(server, "SHOW listen_addresses"));
        Assert.Equal("0700", await TextAsync(server, "SHOW data_directory_mode"));
    }

    [Fact]
    public async Task A_server_left_by_a_killed_program_is_adopted_and_then_stopped()
    {
        Directory.CreateDirectory(_folder);
        await using (var program = RunningProgram.Start(
            _folder, ["serve", "--data", Data, "--urls", "http://127.0.0.1:0"]))
        {
            await program.WaitForAsync("answers at", Cancel);
            await program.KillAsync();
        }

        await using (var server = await StartAsync())
        {
            Assert.True(server.Adopted);
            Assert.Equal(195, await ReadAsync(server, "SELECT count(*)::integer FROM state"));
        }

        Assert.False(File.Exists(Path.Combine(Data, "postgres", "postmaster.pid")));
    }

    [Fact]
    public async Task A_database_made_anew_is_empty_and_can_be_used_at_once()
    {
        await using var server = await StartAsync();
        await DatabaseStart.MigrateAsync(server.Connections.Owner!, Cancel);
        await RunAsync(server, "CREATE TABLE kept (id integer)");

        await server.RecreateDatabaseAsync(Cancel);

        Assert.Equal(0, await ReadAsync(server, "SELECT count(*)::integer FROM pg_tables WHERE tablename IN ('kept', 'review')"));
        await DatabaseStart.MigrateAsync(server.Connections.Owner!, Cancel);
        Assert.Equal(195, await ReadAsync(server, "SELECT count(*)::integer FROM state"));
    }

    [Fact]
    public async Task A_killed_server_recovers_what_was_committed()
    {
        await using (var first = await StartAsync(durable: true))
        {
            await RunAsync(first, "CREATE TABLE kept (id integer); INSERT INTO kept VALUES (7)");
            using var postmaster = Process.GetProcessById(int.Parse(
                File.ReadLines(Path.Combine(Data, "postgres", "postmaster.pid")).First(),
                System.Globalization.CultureInfo.InvariantCulture));
            postmaster.Kill();
        }

        await using var second = await StartAsync();
        Assert.False(second.Adopted);
        Assert.Equal(7, await ReadAsync(second, "SELECT id FROM kept"));
    }

    [Fact]
    public async Task A_second_program_is_refused_and_a_short_verb_shares()
    {
        await using var holder = await StartAsync();

        var refused = await Assert.ThrowsAsync<DatabaseException>(() => StartAsync());
        Assert.Contains("Another peerreview", refused.Message, StringComparison.Ordinal);

        await using (var shared = await StartAsync(share: true))
            Assert.True(shared.Adopted);
        Assert.Equal(1, await ReadAsync(holder, "SELECT 1"));
    }

    [Fact]
    public async Task Data_are_thrown_away_only_when_nobody_uses_them()
    {
        var options = new EmbeddedPostgresOptions(Data);
        await using (await StartAsync())
            await Assert.ThrowsAsync<DatabaseException>(() => EmbeddedPostgres.RemoveAsync(options, _said.Add, Cancel));

        await EmbeddedPostgres.RemoveAsync(options, _said.Add, Cancel);

        Assert.False(Directory.Exists(Path.Combine(Data, "postgres")));
        await EmbeddedPostgres.RemoveAsync(options, _said.Add, Cancel);
    }

    [Fact]
    public async Task A_folder_half_made_is_made_anew()
    {
        var half = Path.Combine(Data, "postgres.new");
        Directory.CreateDirectory(half);
        await File.WriteAllTextAsync(Path.Combine(half, "PG_VERSION"), "15\n", Cancel);

        await using var server = await StartAsync();

        Assert.Equal(1, await ReadAsync(server, "SELECT 1"));
        Assert.False(Directory.Exists(half));
    }

    [Fact]
    public async Task A_path_too_long_for_a_socket_is_no_hindrance()
    {
        var deep = Path.Combine(_folder, new string('d', 120));
        string? socket;
        await using (var server = await StartAsync(data: deep))
        {
            Assert.Equal(1, await ReadAsync(server, "SELECT 1"));
            socket = new NpgsqlConnectionStringBuilder(server.Connections.App).Host;
        }

        Assert.False(Directory.Exists(socket));
    }

    [Fact]
    public async Task A_folder_the_user_of_the_server_cannot_reach_is_replaced_and_said()
    {
        // Closed to everybody else: another user, whom root becomes, cannot pass.
        Directory.CreateDirectory(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        string used;
        await using (var server = await StartAsync())
            used = server.Data;

        if (!Environment.IsPrivilegedProcess)
        {
            Assert.Equal(Data, used);
            return;
        }

        Assert.StartsWith("/var/lib/peerreview/", used, StringComparison.Ordinal);
        Assert.Contains(_said, sentence => sentence.Contains(used, StringComparison.Ordinal));
        Directory.Delete(used, recursive: true);
    }

    [Fact]
    public async Task A_wrong_folder_of_programs_is_named()
    {
        var options = new EmbeddedPostgresOptions(Data, Binaries: "/nowhere");

        var refused = await Assert.ThrowsAsync<DatabaseException>(
            () => EmbeddedPostgres.StartAsync(options, share: false, _said.Add, Cancel));

        Assert.Contains("/nowhere", refused.Message, StringComparison.Ordinal);
    }

    private static async Task RunAsync(EmbeddedPostgres server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.Connections.Owner + ";Pooling=false");
        await connection.ExecuteAsync(sql);
    }

    private static async Task<int> ReadAsync(EmbeddedPostgres server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.Connections.Owner + ";Pooling=false");
        return await connection.QuerySingleAsync<int>(sql);
    }

    private static async Task<string> TextAsync(EmbeddedPostgres server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.Connections.Owner + ";Pooling=false");
        return await connection.QuerySingleAsync<string>(sql);
    }

    private Task<EmbeddedPostgres> StartAsync(bool share = false, string? data = null, bool durable = false) =>
        EmbeddedPostgres.StartAsync(
            new EmbeddedPostgresOptions(data ?? Data, Durable: durable, MaxConnections: 20), share, _said.Add, Cancel);
}
