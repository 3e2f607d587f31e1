using PeerReview.Server.Platform.Data;

namespace PeerReview.Server.Features.Operations;

/// <summary>How the work that leaves the database is doing, at one moment.</summary>
/// <param name="OutboxWaiting">Rows neither delivered nor given up.</param>
/// <param name="OutboxOldest">How long ago the oldest waiting letter was written, however often it was tried; zero when none
/// waits. Business time.</param>
/// <param name="OutboxGivenUp">Rows nobody will try again unless an operator says so.</param>
/// <param name="OutboxUncertain">Waiting rows whose last attempt may have reached somebody.</param>
/// <param name="ReminderOldest">How long the oldest due reminder has waited; zero when none is due. Business time.</param>
public sealed record Pulse(
    long OutboxWaiting, TimeSpan OutboxOldest, long OutboxGivenUp, long OutboxUncertain, TimeSpan ReminderOldest)
{
    /// <summary>From when on a row that waits means that the relay stands still or cannot deliver.</summary>
    public static readonly TimeSpan Stuck = TimeSpan.FromMinutes(15);

    /// <summary>Whether somebody should look after the outbox.</summary>
    public bool OutboxIsStuck => OutboxOldest > Stuck;

    /// <summary>Reads it in one round trip.</summary>
    public static Task<Pulse> ReadAsync(Database database, CancellationToken cancel) =>
        database.Worker.ReadAsync(Scope.None, Sql.Read, null, async grid =>
        {
            var row = await grid.ReadSingleAsync<Row>();
            return new Pulse(
                row.Waiting, TimeSpan.FromSeconds(row.Oldest), row.GivenUp, row.Uncertain, TimeSpan.FromSeconds(row.Reminder));
        }, cancel);

    private sealed record Row(long Waiting, double Oldest, long Uncertain, long GivenUp, double Reminder);

    private static class Sql
    {
        // A report whose file cannot be made for a day is given up and seen then; letters that stand still are urgent.
        public const string Read =
            """
            SELECT w.waiting,
                   coalesce(greatest(0, extract(epoch FROM app.clock() - w.oldest)), 0)::float8 AS oldest,
                   w.uncertain,
                   (SELECT count(*) FROM outbox WHERE given_up_at IS NOT NULL) AS given_up,
                   coalesce(greatest(0, extract(epoch FROM app.clock()
                       - (SELECT min(due_at) FROM reminder WHERE settled_at IS NULL))), 0)::float8 AS reminder
            FROM (SELECT count(*) AS waiting, min(written_at) FILTER (WHERE topic = 'mail') AS oldest, count(*) FILTER (WHERE uncertain) AS uncertain
                  FROM outbox WHERE delivered_at IS NULL AND given_up_at IS NULL) AS w
            """;
    }
}
