using System.Globalization;
using Dapper;
using Npgsql;
using PeerReview.Server.Platform.Data.Embedded;

namespace PeerReview.Server.Platform.Data;

/// <summary>A whole database in one file, by PostgreSQL's own pg_dump and pg_restore.</summary>
/// <param name="binaries">The folder of PostgreSQL's programs, or null to look for them.</param>
public sealed class BackupFile(string? binaries)
{
    /// <summary>Writes one consistent state; the program may run meanwhile.</summary>
    /// <param name="owner">A login that sees every row: a superuser.</param>
    /// <param name="target">A file that does not exist yet; readable by its owner only.</param>
    public async Task WriteAsync(string owner, string target, CancellationToken cancel)
    {
        if (File.Exists(target))
            throw new DatabaseException($"{target} exists already: choose another name.");
        var unfinished = target + ".part";
        try
        {
            await using (new FileStream(unfinished, new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }))
            {
            }

            await RunAsync("pg_dump", owner, ["--format=custom", "--file", unfinished], cancel);
            File.Move(unfinished, target);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Puts a backup into an empty database, in one transaction.</summary>
    /// <param name="owner">A superuser's login to the empty database.</param>
    public async Task RestoreAsync(string owner, string source, CancellationToken cancel)
    {
        if (!File.Exists(source))
            throw new DatabaseException($"{source} is not there.");
        await using (var database = NpgsqlDataSource.Create(owner + ";Pooling=false"))
        await using (var connection = await database.OpenConnectionAsync(cancel))
        {
            if (await connection.ExecuteScalarAsync<bool>(new CommandDefinition(Sql.HasTables, cancellationToken: cancel)))
                throw new DatabaseException("The database is not empty: restore into a new one, then serve from it.");
            await connection.ExecuteAsync(new CommandDefinition(Sql.MakeRoles, cancellationToken: cancel));
        }

        await RunAsync("pg_restore", owner, ["--exit-on-error", "--single-transaction", "--dbname=", source], cancel);
    }

    private async Task RunAsync(string program, string owner, IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        var folder = binaries ?? PostgresBinaries.Find(configured: null, cache: null);
        var path = folder is null ? program : Path.Combine(folder, program);
        var login = new NpgsqlConnectionStringBuilder(owner);
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PGHOST"] = login.Host ?? "127.0.0.1",
            ["PGPORT"] = login.Port.ToString(CultureInfo.InvariantCulture),
            ["PGUSER"] = login.Username ?? "",
            ["PGPASSWORD"] = login.Password ?? "",
            ["PGDATABASE"] = login.Database ?? "",
        };
        // pg_restore writes to a database only when one is named; the rest of the login it takes from the environment.
        var named = arguments.Select(one => one == "--dbname=" ? one + login.Database : one).ToList();
        var result = await PostgresProgram.RunAsync(path, named, asUser: null, cancel, environment);
        if (result.ExitCode == 127)
            throw new DatabaseException($"There is no {program} on this machine: install postgresql-client.");
        if (result.ExitCode != 0)
            throw new DatabaseException($"{program} did not finish: {result.LastLine}");
    }

    private static class Sql
    {
        public const string HasTables =
            "SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname IN ('public', 'app'))";

        // Roles are the cluster's and in no backup of a database. As in migration 0001; logins get their passwords from
        // the operator.
        public const string MakeRoles =
            """
            DO $$
            BEGIN
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'pr_owner') THEN
                    CREATE ROLE pr_owner NOLOGIN NOINHERIT;
                END IF;
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'pr_app') THEN
                    CREATE ROLE pr_app LOGIN NOINHERIT;
                END IF;
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'pr_worker') THEN
                    CREATE ROLE pr_worker LOGIN NOINHERIT;
                END IF;
            END
            $$
            """;
    }
}
