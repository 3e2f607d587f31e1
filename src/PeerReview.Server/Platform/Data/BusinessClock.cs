using Npgsql;

namespace PeerReview.Server.Platform.Data;

/// <summary>Business time: that of the database, which a demonstration may run ahead. Real time is TimeProvider.</summary>
/// <remarks>A command does not ask here: it reads <c>app.clock()</c> in the statement that takes its lock.</remarks>
public sealed class BusinessClock(Database database)
{
    /// <summary>What business time is, UTC.</summary>
    public Task<DateTimeOffset> NowAsync(CancellationToken cancel) =>
        database.SingleOrDefaultAsync<DateTimeOffset>(Scope.None, Sql.Now, null, cancel);

    /// <summary>Whether it may be moved by hand.</summary>
    public Task<bool> IsManualAsync(CancellationToken cancel) =>
        database.SingleOrDefaultAsync<bool>(Scope.None, Sql.IsManual, null, cancel);

    /// <summary>Moves a manual clock forward; answers where it stands. An instant already past changes nothing.</summary>
    /// <exception cref="DatabaseException">The clock is the real one.</exception>
    public async Task<DateTimeOffset> AdvanceAsync(DateTimeOffset target, CancellationToken cancel)
    {
        try
        {
            return await database.SingleOrDefaultAsync<DateTimeOffset>(
                Scope.None, Sql.Advance, new { Target = target }, cancel);
        }
        catch (PostgresException refused) when (refused.SqlState == "PR002")
        {
            throw new DatabaseException(refused.MessageText, refused);
        }
    }

    /// <summary>Lets the clock of a database be moved by hand from now on; only its owner can.</summary>
    public static async Task MakeManualAsync(string owner, CancellationToken cancel)
    {
        await using var source = NpgsqlDataSource.Create(owner);
        await using var command = source.CreateCommand(Sql.MakeManual);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static class Sql
    {
        public const string Now = "SELECT app.clock()";

        public const string IsManual = "SELECT manual FROM app.clock_shift";

        public const string MakeManual = "UPDATE app.clock_shift SET manual = true";

        public const string Advance = "SELECT app.advance_clock(@Target)";
    }
}
