using Npgsql;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Data.Embedded;

namespace PeerReview.Bench;

/// <summary>A PostgreSQL of this run alone, as safe against a power cut as a real one (fsync on), removed afterwards.</summary>
internal sealed class BenchServer : IAsyncDisposable
{
    private readonly EmbeddedPostgres _server;

    // When the server's user cannot go where we asked, its data are elsewhere, and an empty folder stays here.
    private readonly string _asked;

    private BenchServer(EmbeddedPostgres server, string asked) => (_server, _asked) = (server, asked);

    /// <summary>The three logins of the product's database.</summary>
    public DatabaseConnections Connections => _server.Connections;

    /// <summary>The folder of PostgreSQL's programs.</summary>
    public string Binaries => _server.Binaries;

    /// <summary>The database <c>postgres</c>, as superuser.</summary>
    public string Superuser => _server.SuperuserConnection();

    public static async Task<BenchServer> StartAsync()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"peerreview-bench-{Environment.ProcessId}");
        return new BenchServer(await EmbeddedPostgres.StartAsync(
            new EmbeddedPostgresOptions(folder), share: false, Console.Error.WriteLine, CancellationToken.None), folder);
    }

    /// <summary>Brings the product's database to the schema.</summary>
    public async Task MigrateAsync() => await DatabaseStart.MigrateAsync(Connections.Owner!, CancellationToken.None);

    /// <summary>Runs statements as superuser of the product's database.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Connections.Owner);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await _server.DisposeAsync();
        Directory.Delete(_server.Data, recursive: true);
        if (Directory.Exists(_asked))
            Directory.Delete(_asked, recursive: true);
    }
}
