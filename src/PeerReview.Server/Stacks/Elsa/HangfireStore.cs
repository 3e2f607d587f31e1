using Hangfire;
using Hangfire.PostgreSql;
using Npgsql;
using PeerReview.Server.Platform.Data;

namespace PeerReview.Server.Stacks.Elsa;

/// <summary>Hangfire's tables in the schema <c>jobs</c>, which the worker's login owns.</summary>
public sealed class HangfireStore : IAsyncDisposable
{
    private const string Schema = "jobs";

    private readonly NpgsqlDataSource _source;
    private bool _made;

    // Hangfire keeps these for the whole process.
    static HangfireStore() => GlobalConfiguration.Configuration
        .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
        .UseRecommendedSerializerSettings()
        .UseTypeSerializer(HangfireJobs.NameOf)
        .UseTypeResolver(HangfireJobs.TypeOf);

    public HangfireStore(DatabaseConnections connections, HangfireRhythm rhythm)
    {
        _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connections.Worker)
        {
            ApplicationName = "peerreview-jobs",
            MaxPoolSize = 32,
            Timezone = "UTC",
        });
        Storage = new PostgreSqlStorage(new Logins(_source), new PostgreSqlStorageOptions
        {
            SchemaName = Schema,
            PrepareSchemaIfNecessary = false,
            QueuePollInterval = rhythm.Poll,
            // A lock is a row that outlives a killed node, and a job in hand is one too: another node waits this long.
            DistributedLockTimeout = rhythm.Silence,
            InvisibilityTimeout = rhythm.Silence,
            UseSlidingInvisibilityTimeout = true,
            JobExpirationCheckInterval = TimeSpan.FromMinutes(15),
        });
    }

    /// <summary>The jobs.</summary>
    public JobStorage Storage { get; }

    /// <summary>Makes the tables unless they are there. Nodes that start together wait for each other.</summary>
    public async Task MakeAsync(CancellationToken cancel)
    {
        if (_made)
            return;
        await using var alone = await HoldAsync(Sql.Wait, "tables", cancel);
        await using var connection = await _source.OpenConnectionAsync(cancel);
        PostgreSqlObjectsInstaller.Install(connection, Schema);
        _made = true;
    }

    /// <summary>Holds a piece of work for this node until disposed of; null when another node holds it. A lock of a session of
    /// its own: it ends with the node, however that ends, and never before.</summary>
    public async Task<IAsyncDisposable?> HoldAsync(string piece, CancellationToken cancel) =>
        await HoldAsync(Sql.Try, piece, cancel);

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task<Held?> HoldAsync(string sql, string name, CancellationToken cancel)
    {
        var connection = await _source.OpenConnectionAsync(cancel);
        try
        {
            await using var command = Command(connection, sql, name);
            if (await command.ExecuteScalarAsync(cancel) is not false)
                return new Held(connection, name);
            await connection.DisposeAsync();
            return null;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, string name) =>
        new(sql, connection) { Parameters = { new NpgsqlParameter("Name", name) }, CommandTimeout = 0 };

    private sealed class Held(NpgsqlConnection connection, string name) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await using (connection)
            {
                // A session that broke meanwhile has let go already.
                if (connection.State != System.Data.ConnectionState.Open)
                    return;
                await using var command = Command(connection, Sql.Release, name);
                await command.ExecuteNonQueryAsync();
            }
        }
    }

    private sealed class Logins(NpgsqlDataSource source) : IConnectionFactory
    {
        public NpgsqlConnection GetOrCreateConnection() => source.CreateConnection();
    }

    private static class Sql
    {
        public const string Wait = "SELECT pg_advisory_lock(hashtextextended('jobs ' || @Name, 0))";
        public const string Try = "SELECT pg_try_advisory_lock(hashtextextended('jobs ' || @Name, 0))";
        public const string Release = "SELECT pg_advisory_unlock(hashtextextended('jobs ' || @Name, 0))";
    }
}
