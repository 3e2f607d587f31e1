using PeerReview.Server.Platform.Data;

namespace PeerReview.Server.Platform.Outbox;

/// <summary>Claims, keeps and settles rows of the outbox. What a claimer may do hangs on the fence of its claim.</summary>
/// <remarks>
/// Real time, and the database's: nodes whose clocks differ agree on leases. A <see cref="TimeProvider"/> that runs ahead of
/// the machine, as in tests, moves it by as much.
/// </remarks>
internal sealed class OutboxClaims(Database database, TimeProvider time)
{
    private readonly Database _database = database.Worker;

    /// <summary>Real time, for the rhythm of renewals.</summary>
    public TimeProvider Time => time;

    private TimeSpan Ahead => time.GetUtcNow() - TimeProvider.System.GetUtcNow();

    /// <summary>The next available row of these topics, now ours until the lease ends; null when there is none.</summary>
    public Task<OutboxRow?> ClaimAsync(string[] topics, TimeSpan lease, CancellationToken cancel) =>
        _database.SingleOrDefaultAsync<OutboxRow>(Scope.None, Sql.Claim, new { Topics = topics, Lease = lease, Ahead }, cancel);

    /// <summary>Prolongs the lease; false when the row is no longer ours.</summary>
    public async Task<bool> RenewAsync(OutboxRow row, TimeSpan lease, CancellationToken cancel) =>
        await _database.ExecuteAsync(Scope.None, Sql.Renew, new { row.Id, row.Fence, Lease = lease, Ahead }, cancel) == 1;

    /// <summary>The row is out; false when it was no longer ours.</summary>
    public async Task<bool> DeliverAsync(OutboxRow row, bool erase, CancellationToken cancel) =>
        await _database.ExecuteAsync(Scope.None, Sql.Deliver, new { row.Id, row.Fence, Erase = erase }, cancel) == 1;

    /// <summary>The row waits for its next attempt; false when it was no longer ours.</summary>
    public async Task<bool> PostponeAsync(OutboxRow row, string error, bool uncertain, TimeSpan pause, CancellationToken cancel) =>
        await _database.ExecuteAsync(
            Scope.None,
            Sql.Postpone,
            new { row.Id, row.Fence, Error = error, Uncertain = uncertain, Pause = pause, Ahead },
            cancel) == 1;

    /// <summary>The row is given up and shown to operators; false when it was no longer ours.</summary>
    public async Task<bool> GiveUpAsync(OutboxRow row, string error, bool uncertain, bool erase, CancellationToken cancel) =>
        await _database.ExecuteAsync(
            Scope.None, Sql.GiveUp, new { row.Id, row.Fence, Error = error, Uncertain = uncertain, Erase = erase }, cancel) == 1;

    /// <summary>Whether some relay, here or elsewhere, is carrying a row right now.</summary>
    public Task<bool> AnyInHandAsync(CancellationToken cancel) =>
        _database.SingleOrDefaultAsync<bool>(Scope.None, Sql.AnyInHand, new { Ahead }, cancel);

    private static class Sql
    {
        public const string AnyInHand =
            """
            SELECT EXISTS (
                SELECT FROM outbox
                WHERE delivered_at IS NULL AND given_up_at IS NULL AND leased_until >= now() + @Ahead)
            """;

        public const string Claim =
            """
            WITH claimed AS (
                UPDATE outbox SET fence = fence + 1, attempts = attempts + 1, leased_until = now() + @Ahead + @Lease
                WHERE id = (
                    SELECT id FROM outbox
                    WHERE delivered_at IS NULL AND given_up_at IS NULL AND topic = ANY (@Topics)
                      AND available_at <= now() + @Ahead AND (leased_until IS NULL OR leased_until < now() + @Ahead)
                    ORDER BY available_at, id
                    LIMIT 1
                    FOR UPDATE SKIP LOCKED)
                RETURNING id, topic, key, body, fence, attempts, person_id, programme_id, review_id
            )
            SELECT c.id, c.topic, c.key, c.body, c.fence, c.attempts, p.name, p.email, p.language, p.time_zone,
                   coalesce(p.closed_at <= app.clock(), false) AS closed, g.name AS programme, app.clock() AS now, office.email AS office
            FROM claimed c
            LEFT JOIN person p ON p.id = c.person_id
            LEFT JOIN programme g ON g.id = c.programme_id
            LEFT JOIN LATERAL (
                SELECT o.email FROM role_grant h
                JOIN person o ON o.id = h.person_id AND o.closed_at IS NULL AND o.id IS DISTINCT FROM c.person_id
                WHERE h.programme_id = c.programme_id AND h.role = 'COORD' AND h.state IS NULL AND h.ended_at IS NULL
                  AND (h.review_id = c.review_id OR h.review_id IS NULL)
                ORDER BY h.review_id IS NULL, o.name, o.id
                LIMIT 1
            ) office ON c.review_id IS NOT NULL
            """;

        public const string Renew =
            """
            UPDATE outbox SET leased_until = now() + @Ahead + @Lease
            WHERE id = @Id AND fence = @Fence AND delivered_at IS NULL AND given_up_at IS NULL
            """;

        // delivered_at and given_up_at are shown to people: business time.
        public const string Deliver =
            """
            UPDATE outbox
            SET delivered_at = app.clock(), leased_until = NULL, last_error = NULL,
                body = CASE WHEN @Erase THEN '{}' ELSE body END
            WHERE id = @Id AND fence = @Fence AND delivered_at IS NULL AND given_up_at IS NULL
            """;

        public const string Postpone =
            """
            UPDATE outbox
            SET available_at = now() + @Ahead + @Pause, leased_until = NULL, last_error = @Error,
                uncertain = uncertain OR @Uncertain
            WHERE id = @Id AND fence = @Fence AND delivered_at IS NULL AND given_up_at IS NULL
            """;

        public const string GiveUp =
            """
            UPDATE outbox
            SET given_up_at = app.clock(), leased_until = NULL, last_error = @Error, uncertain = uncertain OR @Uncertain,
                body = CASE WHEN @Erase THEN '{}' ELSE body END
            WHERE id = @Id AND fence = @Fence AND delivered_at IS NULL AND given_up_at IS NULL
            """;
    }
}
