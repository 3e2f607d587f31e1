using PeerReview.Server.Platform.Data;

namespace PeerReview.Server.Platform.Outbox;

/// <summary>What operators see of the outbox and may do with it. Shows ids, topics and our own sentences, never bodies.</summary>
public sealed class OutboxDesk(Database database, OutboxSignal signal)
{
    private readonly Database _database = database.Worker;

    /// <summary>How the outbox stands.</summary>
    public async Task<OutboxStanding> StandingAsync(CancellationToken cancel) =>
        (await _database.SingleOrDefaultAsync<OutboxStanding>(Scope.None, Sql.Standing, null, cancel))!;

    /// <summary>Rows given up, and rows that may have gone out twice; newest first, at most 200.</summary>
    public Task<IReadOnlyList<OutboxTrouble>> TroublesAsync(CancellationToken cancel) =>
        _database.QueryAsync<OutboxTrouble>(Scope.None, Sql.Troubles, null, cancel);

    /// <summary>Tries a given-up row again from the first attempt.</summary>
    /// <returns>False when the row is not given up, or holds nothing any more (an expired sign-in letter).</returns>
    public async Task<bool> RetryAsync(long id, CancellationToken cancel)
    {
        var again = await _database.ExecuteAsync(Scope.None, Sql.Retry, new { Id = id }, cancel) == 1;
        if (again)
            signal.Wake();
        return again;
    }

    private static class Sql
    {
        public const string Standing =
            """
            SELECT count(*) AS waiting, min(written_at) AS oldest,
                   (SELECT count(*) FROM outbox WHERE given_up_at IS NOT NULL) AS given_up
            FROM outbox
            WHERE delivered_at IS NULL AND given_up_at IS NULL
            """;

        public const string Troubles =
            """
            SELECT id, topic, review_id, written_at, attempts, uncertain, given_up_at, coalesce(last_error, '') AS error
            FROM outbox
            WHERE given_up_at IS NOT NULL OR (uncertain AND delivered_at IS NULL)
            ORDER BY id DESC
            LIMIT 200
            """;

        public const string Retry =
            """
            UPDATE outbox SET given_up_at = NULL, attempts = 0, available_at = now()
            WHERE id = @Id AND given_up_at IS NOT NULL AND body <> '{}'
            """;
    }
}

/// <summary>Rows that wait, since when (business time) the oldest does, and rows given up.</summary>
public sealed record OutboxStanding(long Waiting, DateTimeOffset? Oldest, long GivenUp);

/// <summary>A row that needs a look. Instants are business time.</summary>
/// <param name="Uncertain">It may have gone out, under the same <c>Message-ID</c>, more than once.</param>
public sealed record OutboxTrouble(
    long Id,
    string Topic,
    Guid? ReviewId,
    DateTimeOffset WrittenAt,
    int Attempts,
    bool Uncertain,
    DateTimeOffset? GivenUpAt,
    string Error);
