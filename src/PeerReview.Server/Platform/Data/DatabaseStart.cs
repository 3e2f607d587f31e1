namespace PeerReview.Server.Platform.Data;

/// <summary>What is checked before a program serves from a database.</summary>
public static class DatabaseStart
{
    /// <summary>Brings a database to the schema and the reference data of this program.</summary>
    /// <returns>The names of the steps applied.</returns>
    /// <exception cref="DatabaseException">It cannot be brought there; the message says why.</exception>
    public static async Task<IReadOnlyList<string>> MigrateAsync(string owner, CancellationToken cancel)
    {
        var applied = await new Migrator(ProgramFiles.Migrations).ApplyAsync(owner, cancel);
        await ReferenceData.LoadStatesAsync(owner, ProgramFiles.States, cancel);
        return applied;
    }

    /// <summary>Refuses a database of another version, a login with more rights than the program may have, and a clock
    /// moved by hand where none is expected.</summary>
    /// <exception cref="DatabaseException">It cannot be used; the message says why and what to do.</exception>
    public static async Task RequireUsableAsync(Database database, bool manualClock, CancellationToken cancel)
    {
        await new Migrator(ProgramFiles.Migrations).RequireCurrentAsync(database, cancel);
        await RequirePowerlessAsync(database, cancel);
        await RequirePowerlessAsync(database.Worker, cancel);
        if (!manualClock && await new BusinessClock(database).IsManualAsync(cancel))
            throw new DatabaseException(
                "This database has a clock that is moved by hand, for demonstrations and tests: "
                + "start it with \"peerreview demo\", or serve from another database.");
    }

    private static async Task RequirePowerlessAsync(Database side, CancellationToken cancel)
    {
        var login = await side.SingleOrDefaultAsync<Login>(Scope.None, Sql.Login, null, cancel);
        if (login is { Powerful: true })
            throw new DatabaseException(
                $"The program would log in as {login.Name}, whom row-level security does not bind: "
                + "log in as pr_app (and pr_worker); only \"migrate\" takes an owner.");
    }

    private sealed record Login(string Name, bool Powerful);

    private static class Sql
    {
        public const string Login =
            """
            SELECT r.rolname::text AS name,
                   r.rolsuper OR r.rolbypassrls OR pg_has_role(current_user, 'pr_owner', 'MEMBER') AS powerful
            FROM pg_roles r WHERE r.rolname = current_user
            """;
    }
}
