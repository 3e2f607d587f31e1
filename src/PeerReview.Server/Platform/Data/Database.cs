using System.Collections.Concurrent;
using System.Data;
using System.Diagnostics.Metrics;
using Dapper;
using Npgsql;

namespace PeerReview.Server.Platform.Data;

/// <summary>One side of the database: statements run within a scope, each call one round trip.</summary>
/// <remarks>Thread-safe; one per program and side. Arguments are objects whose properties are named as the parameters
/// (<c>@ReviewId</c>); columns map to records by name, underscores ignored.</remarks>
public sealed class Database : IAsyncDisposable
{
    /// <summary>The name of the meter that counts round trips.</summary>
    public const string MeterName = "PeerReview.Database";

    internal const string SetScope = "SELECT set_config('app.programmes', @" + Arguments.ScopeName + ", true);";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> RoundTripCounter = Meter.CreateCounter<long>(
        "peerreview.database.round_trips", description: "Commands sent to PostgreSQL and waited for.");

    private readonly NpgsqlDataSource _source;
    private readonly bool _scoped;
    private readonly ConcurrentDictionary<string, string> _withScope = new(StringComparer.Ordinal);
    private long _roundTrips;

    static Database() => PostgresTypes.Register();

    private Database(NpgsqlDataSource source, bool scoped, Database? worker)
    {
        _source = source;
        _scoped = scoped;
        Worker = worker ?? this;
    }

    /// <summary>The side that claims work across programmes (<c>pr_worker</c>); of itself, itself.</summary>
    public Database Worker { get; }

    /// <summary>The connections under it, for what speaks to PostgreSQL by itself (Quartz, LISTEN).</summary>
    public NpgsqlDataSource Source => _source;

    /// <summary>How often this side waited for PostgreSQL so far. BEGIN costs none, opening a connection is not counted.</summary>
    public long RoundTrips => Interlocked.Read(ref _roundTrips);

    /// <summary>Opens both sides; connects at the first statement.</summary>
    public static Database Open(DatabaseConnections connections) => new(
        DatabaseConnections.Open(connections.App, "peerreview"),
        scoped: true,
        new Database(DatabaseConnections.Open(connections.Worker, "peerreview-worker"), scoped: false, worker: null));

    /// <summary>Every row of the answer, in its order.</summary>
    public Task<IReadOnlyList<T>> QueryAsync<T>(Scope scope, string sql, object? args, CancellationToken cancel) =>
        ReadAsync(scope, sql, args, async grid => (IReadOnlyList<T>)(await grid.ReadAsync<T>()).AsList(), cancel);

    /// <summary>The one row, or the default of <typeparamref name="T"/> when there is none; two are a bug and throw.</summary>
    public Task<T?> SingleOrDefaultAsync<T>(Scope scope, string sql, object? args, CancellationToken cancel) =>
        ReadAsync(scope, sql, args, grid => grid.ReadSingleOrDefaultAsync<T?>(), cancel);

    /// <summary>Several statements separated by semicolons, read result by result, in one round trip and one snapshot
    /// per statement.</summary>
    public async Task<T> ReadAsync<T>(
        Scope scope, string sql, object? args, Func<SqlMapper.GridReader, Task<T>> read, CancellationToken cancel)
    {
        await using var connection = await OpenAsync(cancel);
        try
        {
            return await ReadAsync(connection, ScopeFor(scope), sql, args, read, cancel);
        }
        catch
        {
            ForgetPrepared(connection);
            throw;
        }
    }

    /// <summary>Runs statements in a transaction of their own; answers how many rows they touched.</summary>
    public async Task<int> ExecuteAsync(Scope scope, string sql, object? args, CancellationToken cancel)
    {
        await using var connection = await OpenAsync(cancel);
        try
        {
            return await ExecuteAsync(connection, ScopeFor(scope), sql, args, cancel);
        }
        catch
        {
            ForgetPrepared(connection);
            throw;
        }
    }

    /// <summary>Begins a transaction. It reaches PostgreSQL with the first statement, together with its scope.</summary>
    public async Task<UnitOfWork> BeginAsync(
        Scope scope, CancellationToken cancel, IsolationLevel level = IsolationLevel.ReadCommitted)
    {
        var connection = await OpenAsync(cancel);
        try
        {
            return new UnitOfWork(this, connection, await connection.BeginTransactionAsync(level, cancel), scope);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a whole unit again when PostgreSQL gave it up (serialisation, deadlock) or the connection was lost
    /// before a commit was sent; five times at most, waiting longer each time.</summary>
    /// <remarks>The work must begin its own unit and hold nothing from an earlier attempt.</remarks>
    public static Task<T> RetryAsync<T>(Func<Task<T>> work, CancellationToken cancel) => Retry.RunAsync(work, cancel);

    public async ValueTask DisposeAsync()
    {
        if (!ReferenceEquals(Worker, this))
            await Worker.DisposeAsync();
        await _source.DisposeAsync();
    }

    /// <summary>The scope to set, or null where nothing is read of it: the worker without a programme.</summary>
    internal Scope? ScopeFor(Scope scope) => _scoped || scope != Scope.None ? scope : null;

    internal async Task<T> ReadAsync<T>(
        NpgsqlConnection connection, Scope? scope, string sql, object? args, Func<SqlMapper.GridReader, Task<T>> read,
        CancellationToken cancel, bool patient = false)
    {
        CountRoundTrip();
        await using var grid = await connection.QueryMultipleAsync(Command(scope, sql, args, cancel, patient));
        if (scope is not null)
            await grid.ReadSingleAsync<string>();
        var answer = await read(grid);
        // Disposed with results unread, the grid would open a second connection to cancel what has long been answered.
        while (!grid.IsConsumed)
            await grid.ReadAsync();
        return answer;
    }

    internal Task<int> ExecuteAsync(
        NpgsqlConnection connection, Scope? scope, string sql, object? args, CancellationToken cancel)
    {
        CountRoundTrip();
        return connection.ExecuteAsync(Command(scope, sql, args, cancel));
    }

    /// <summary>Makes a connection fit for its pool after something failed on it, outside any transaction.</summary>
    /// <remarks>Npgsql (10.0) takes a statement for prepared once it is parsed. Where its values are refused after that, or it is
    /// cancelled just then, Npgsql never learns of its columns: on this connection it would pass over its rows for ever, and whoever
    /// reads results one after the other would take the next one for it.</remarks>
    internal void ForgetPrepared(NpgsqlConnection connection)
    {
        if (!connection.FullState.HasFlag(ConnectionState.Open))
            return;
        try
        {
            CountRoundTrip();
            connection.UnprepareAll();
        }
        catch (NpgsqlException)
        {
            // The connection is lost: the pool does not take it back.
        }
    }

    internal void CountRoundTrip()
    {
        Interlocked.Increment(ref _roundTrips);
        RoundTripCounter.Add(1);
    }

    private async ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancel) =>
        await _source.OpenConnectionAsync(cancel);

    private CommandDefinition Command(Scope? scope, string sql, object? args, CancellationToken cancel, bool patient = false) => new(
        scope is null ? sql : _withScope.GetOrAdd(sql, static text => SetScope + text),
        new Arguments(args, scope),
        commandTimeout: patient ? 0 : null,
        cancellationToken: cancel);
}
