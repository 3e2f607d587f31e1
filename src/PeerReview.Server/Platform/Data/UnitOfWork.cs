using System.Collections.Concurrent;
using Dapper;
using Npgsql;

namespace PeerReview.Server.Platform.Data;

/// <summary>One transaction. Reads go out at once; writes are kept and go out together, with COMMIT in the same round
/// trip.</summary>
/// <remarks>Not thread-safe. Disposed without <see cref="CommitAsync"/> it leaves nothing behind.</remarks>
public sealed class UnitOfWork : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<string, string> Expecting = new(StringComparer.Ordinal);

    private readonly Database _database;
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;
    private readonly Scope _scope;
    private readonly List<Kept> _kept = [];
    private bool _begun;
    private bool _ended;
    private bool _failed;

    internal UnitOfWork(Database database, NpgsqlConnection connection, NpgsqlTransaction transaction, Scope scope)
    {
        _database = database;
        _connection = connection;
        _transaction = transaction;
        _scope = scope;
    }

    /// <summary>The connection inside the transaction, for what needs Npgsql itself, such as COPY. Writes kept so far have
    /// not been sent; call <see cref="FlushAsync"/> first.</summary>
    public NpgsqlConnection Connection => _connection;

    /// <summary>Whether reading may take as long as it needs, for what looks at a whole database; else Npgsql ends a statement after
    /// its time-out, 30 seconds.</summary>
    public bool IsPatient { get; set; }

    /// <summary>Every row of the answer, in its order.</summary>
    public Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? args, CancellationToken cancel) =>
        ReadAsync(sql, args, async grid => (IReadOnlyList<T>)(await grid.ReadAsync<T>()).AsList(), cancel);

    /// <summary>The one row, or the default of <typeparamref name="T"/>; two are a bug and throw.</summary>
    public Task<T?> SingleOrDefaultAsync<T>(string sql, object? args, CancellationToken cancel) =>
        ReadAsync(sql, args, grid => grid.ReadSingleOrDefaultAsync<T?>(), cancel);

    /// <summary>Several statements, several results, one round trip. Writes kept so far are sent before it.</summary>
    public async Task<T> ReadAsync<T>(
        string sql, object? args, Func<SqlMapper.GridReader, Task<T>> read, CancellationToken cancel)
    {
        await FlushAsync(cancel);
        return await NotingFailureAsync(() => _database.ReadAsync(_connection, TakeScope(), sql, args, read, cancel, IsPatient));
    }

    /// <summary>Runs statements now; answers how many rows they touched.</summary>
    public async Task<int> ExecuteAsync(string sql, object? args, CancellationToken cancel)
    {
        await FlushAsync(cancel);
        return await NotingFailureAsync(() => _database.ExecuteAsync(_connection, TakeScope(), sql, args, cancel));
    }

    /// <summary>Keeps one statement for the next round trip, in the order of the calls.</summary>
    /// <param name="sql">One statement, no semicolon.</param>
    /// <param name="args">Its values.</param>
    /// <param name="rows">How many rows it must touch: otherwise PostgreSQL stops the transaction (PR001). Only for a
    /// plain INSERT, UPDATE or DELETE without RETURNING and WITH.</param>
    public void Write(string sql, object? args, int? rows = null) => _kept.Add(new Kept(sql, args, rows));

    /// <summary>Sends what was kept, if anything, in one round trip.</summary>
    public async Task FlushAsync(CancellationToken cancel)
    {
        if (_kept.Count > 0)
            await SendAsync(commit: false, cancel);
    }

    /// <summary>Sends what was kept and commits, in one round trip.</summary>
    /// <exception cref="CommitUnknownException">The connection was lost while COMMIT was under way: it may hold or
    /// not.</exception>
    public async Task CommitAsync(CancellationToken cancel)
    {
        if (_begun || _kept.Count > 0)
        {
            try
            {
                // Once COMMIT is on its way, cancelling would only leave us not knowing whether it held.
                await SendAsync(commit: true, CancellationToken.None);
            }
            catch (NpgsqlException lost) when (!IsAnswer(lost))
            {
                throw new CommitUnknownException(lost);
            }
        }

        _ended = true;
    }

    public async ValueTask DisposeAsync()
    {
        // Closing the connection rolls back what was not committed; a transaction that never sent anything has nothing.
        if (!_ended && _begun && _connection.FullState.HasFlag(System.Data.ConnectionState.Open))
            await RollBackAsync();
        await _transaction.DisposeAsync();
        if (_failed)
            _database.ForgetPrepared(_connection);
        await _connection.DisposeAsync();
    }

    private static bool IsAnswer(NpgsqlException problem) =>
        problem is PostgresException { InvariantSeverity: "ERROR" };

    private async Task RollBackAsync()
    {
        try
        {
            _database.CountRoundTrip();
            await _transaction.RollbackAsync(CancellationToken.None);
        }
        catch (Exception gone) when (gone is NpgsqlException or InvalidOperationException)
        {
            // The connection is lost, and with it the transaction: there is nothing left to roll back.
        }
    }

    private async Task SendAsync(bool commit, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(_connection);
        if (TakeScope() is { } scope)
            batch.BatchCommands.Add(Command(Database.SetScope, new Arguments(null, scope)));
        foreach (var one in _kept)
            batch.BatchCommands.Add(Command(one.Sql, new Arguments(one.Args), one.Rows));
        if (commit)
            batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
        _kept.Clear();
        _database.CountRoundTrip();
        await NotingFailureAsync(() => batch.ExecuteNonQueryAsync(cancel));
    }

    private async Task<T> NotingFailureAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch
        {
            _failed = true;
            throw;
        }
    }

    private static NpgsqlBatchCommand Command(string sql, Arguments arguments, int? rows = null)
    {
        var command = new NpgsqlBatchCommand(rows is null
            ? sql
            : Expecting.GetOrAdd(
                sql,
                static text => $"WITH hit AS ({text} RETURNING 1) SELECT app.expect((SELECT count(*) FROM hit), @app_rows)"));
        arguments.AddTo(command.Parameters);
        if (rows is { } wanted)
            command.Parameters.Add(new NpgsqlParameter<long>("app_rows", wanted));
        return command;
    }

    /// <summary>The scope, the first time: it then holds for the whole transaction.</summary>
    private Scope? TakeScope()
    {
        if (_begun)
            return null;
        _begun = true;
        return _database.ScopeFor(_scope);
    }

    private sealed record Kept(string Sql, object? Args, int? Rows);
}
