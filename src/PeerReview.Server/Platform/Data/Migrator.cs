using System.Globalization;
using Dapper;
using Npgsql;

namespace PeerReview.Server.Platform.Data;

/// <summary>Brings a database to the schema of this program, one numbered step after the other, each in a transaction of
/// its own and remembered with its checksum.</summary>
/// <remarks>Several nodes may start at the same second: an advisory lock lets one work while the others wait and then
/// find nothing to do.</remarks>
public sealed class Migrator(string folder)
{
    // Any number will do as long as nobody else's software on the database takes it: "peerrev" in ASCII.
    private const long LockKey = 0x70656572726576;

    /// <summary>Applies what is missing; answers the names of the steps applied.</summary>
    /// <param name="owner">A login that may create roles and act as <c>pr_owner</c>.</param>
    /// <exception cref="DatabaseException">A step already applied was changed since, the database is newer than the
    /// program, or a step failed.</exception>
    public async Task<IReadOnlyList<string>> ApplyAsync(string owner, CancellationToken cancel)
    {
        var files = MigrationFile.ReadFolder(folder);
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(owner)
        {
            ApplicationName = "peerreview-migrate",
            Pooling = false,
            Timezone = "UTC",
            CommandTimeout = 0,
        });
        await using var connection = await source.OpenConnectionAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(Sql.Lock, new { LockKey }, cancellationToken: cancel));
        await connection.ExecuteAsync(new CommandDefinition(Sql.Journal, cancellationToken: cancel));
        var missing = Missing(files, await JournalAsync(connection, cancel));
        foreach (var file in missing)
            await ApplyAsync(connection, file, cancel);
        return [.. missing.Select(file => file.Name)];
    }

    /// <summary>Refuses a database this program cannot work with.</summary>
    /// <exception cref="DatabaseException">The database is empty, older or newer, or a step was changed.</exception>
    public async Task RequireCurrentAsync(Database database, CancellationToken cancel)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancel);
        var missing = Missing(MigrationFile.ReadFolder(folder), await JournalAsync(connection, cancel));
        if (missing is [var first, ..])
            throw new DatabaseException(
                $"The database lacks {missing.Count.ToString(CultureInfo.InvariantCulture)} step(s) of the schema, "
                + $"the first is {first.Name}: run \"peerreview migrate\".");
    }

    internal static IReadOnlyList<MigrationFile> Missing(
        IReadOnlyList<MigrationFile> files, IReadOnlyList<JournalEntry> journal)
    {
        foreach (var entry in journal)
        {
            if (entry.Number > files.Count)
                throw new DatabaseException(
                    $"The database is newer than this program: it knows the step {entry.Name}. Start a newer release.");
            var file = files[entry.Number - 1];
            if (!string.Equals(file.Checksum, entry.Checksum, StringComparison.Ordinal))
                throw new DatabaseException(
                    $"The step {entry.Name} was changed after the database took it: restore the file and add a new step.");
        }

        return [.. files.Skip(journal.Count)];
    }

    private static async Task<IReadOnlyList<JournalEntry>> JournalAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        try
        {
            return [.. await connection.QueryAsync<JournalEntry>(new CommandDefinition(Sql.Applied, cancellationToken: cancel))];
        }
        catch (PostgresException none) when (none.SqlState is PostgresErrorCodes.UndefinedTable
            or PostgresErrorCodes.InsufficientPrivilege)
        {
            // Not ours yet: no journal, or a schema in which we may not even look.
            return [];
        }
    }

    private static async Task ApplyAsync(NpgsqlConnection connection, MigrationFile file, CancellationToken cancel)
    {
        var asOwner = file.Number > 1;
        try
        {
            await using var transaction = file.NoTransaction ? null : await connection.BeginTransactionAsync(cancel);
            if (asOwner)
                await connection.ExecuteAsync(new CommandDefinition(Sql.BecomeOwner, cancellationToken: cancel));
            await connection.ExecuteAsync(new CommandDefinition(file.Sql, cancellationToken: cancel));
            await connection.ExecuteAsync(new CommandDefinition(
                Sql.Remember, new { file.Number, file.Name, file.Checksum }, cancellationToken: cancel));
            if (transaction is not null)
                await transaction.CommitAsync(cancel);
        }
        catch (PostgresException failed)
        {
            throw new DatabaseException($"The step {file.Name} failed and changed nothing: {failed.MessageText}", failed);
        }
        finally
        {
            if (connection.FullState.HasFlag(System.Data.ConnectionState.Open))
                await connection.ExecuteAsync(new CommandDefinition(Sql.BecomeSelf, cancellationToken: CancellationToken.None));
        }
    }

    internal sealed record JournalEntry(int Number, string Name, string Checksum);

    private static class Sql
    {
        // Of the session, not of a transaction: it spans the transactions of all steps and ends with the connection.
        public const string Lock = "SELECT pg_advisory_lock(@LockKey)";

        public const string Journal =
            """
            CREATE TABLE IF NOT EXISTS schema_migration (
                number     integer     PRIMARY KEY CHECK (number > 0),
                name       text        NOT NULL,
                checksum   text        NOT NULL,
                applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
            )
            """;

        public const string Applied = "SELECT number, name, checksum FROM schema_migration ORDER BY number";

        public const string BecomeOwner = "SET ROLE pr_owner";

        public const string BecomeSelf = "RESET ROLE";

        public const string Remember =
            "INSERT INTO schema_migration (number, name, checksum) VALUES (@Number, @Name, @Checksum)";
    }
}
