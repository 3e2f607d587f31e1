using Npgsql;
using PeerReview.Server.Platform.Data;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Platform.Data;

public sealed class TenancyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_table_with_rows_of_a_programme_is_closed_even_to_its_owner()
    {
        await using var test = await TestDatabase.CreateAsync();
        Assert.Equal([], await test.AsOwnerAsync<string>(Sql.OpenTables));

        // Seen to fail: without forced security, without a policy, and with a policy that reads no scope.
        await test.AsOwnerAsync(
            """
            CREATE TABLE bare (programme_id uuid);
            CREATE TABLE unforced (programme_id uuid);
            CALL app.protect('unforced', 'SELECT');
            ALTER TABLE unforced NO FORCE ROW LEVEL SECURITY;
            CREATE TABLE lax (programme_id uuid);
            CALL app.protect('lax', 'SELECT');
            CREATE POLICY all_of_it ON lax TO pr_app USING (true);
            """);
        Assert.Equal(["bare", "lax", "unforced"], await test.AsOwnerAsync<string>(Sql.OpenTables));
    }

    [Fact]
    public async Task The_logins_of_the_program_own_nothing_and_bypass_nothing()
    {
        await using var test = await TestDatabase.CreateAsync();
        foreach (var side in new[] { test.Database, test.Database.Worker })
            Assert.Equal([false], await side.QueryAsync<bool>(Scope.None, Sql.HasPower, null, Cancel));

        // Seen to fail: the superuser has all of it.
        Assert.Equal([true], await test.AsOwnerAsync<bool>(Sql.HasPower));
    }

    [Fact]
    public async Task Business_time_moves_only_forward_and_only_by_hand()
    {
        await using var test = await TestDatabase.CreateAsync(manualClock: true);
        var clock = new BusinessClock(test.Database);
        var start = await clock.NowAsync(Cancel);
        var target = start.AddDays(300);

        Assert.True(await clock.IsManualAsync(Cancel));
        Assert.InRange(await clock.AdvanceAsync(target, Cancel), target, target.AddMinutes(1));
        Assert.InRange(await clock.AdvanceAsync(start, Cancel), target, target.AddMinutes(1));
        Assert.InRange(await clock.NowAsync(Cancel), target, target.AddMinutes(1));
    }

    [Fact]
    public async Task A_real_clock_cannot_be_moved()
    {
        await using var test = await TestDatabase.CreateAsync(manualClock: false);
        var clock = new BusinessClock(test.Database);

        var refused = await Assert.ThrowsAsync<DatabaseException>(
            async () => await clock.AdvanceAsync((await clock.NowAsync(Cancel)).AddDays(1), Cancel));

        Assert.Contains("cannot be moved", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<PostgresException>(() => test.Database.ExecuteAsync(
            Scope.None, "UPDATE app.clock_shift SET manual = true", null, Cancel));
    }

    private static class Sql
    {
        public const string OpenTables =
            """
            SELECT c.relname
            FROM pg_class c
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'programme_id' AND NOT a.attisdropped
            WHERE c.relkind IN ('r', 'p') AND c.relnamespace IN ('public'::regnamespace, 'app'::regnamespace)
              AND NOT (c.relrowsecurity AND c.relforcerowsecurity
                       AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)
                       AND NOT EXISTS (
                           SELECT FROM pg_policy p
                           WHERE p.polrelid = c.oid
                             AND p.polroles <> ARRAY['pr_worker'::regrole::oid]
                             AND pg_get_expr(p.polqual, p.polrelid) NOT LIKE '%app.programmes()%'
                             -- One's own roles may be read before the programmes are known; nothing else.
                             AND NOT (p.polcmd = 'r' AND pg_get_expr(p.polqual, p.polrelid) LIKE '%person_id = %app.person()%')))
            ORDER BY c.relname
            """;

        public const string HasPower =
            """
            SELECT r.rolsuper OR r.rolbypassrls OR r.rolcreaterole OR r.rolcreatedb
                   OR pg_has_role(current_user, 'pr_owner', 'MEMBER')
                   OR EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid)
            FROM pg_roles r WHERE r.rolname = current_user
            """;
    }
}
