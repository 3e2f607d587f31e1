using System.Globalization;
using System.Text;
using Npgsql;
using PeerReview.Core;
using PeerReview.Core.Ledger;
using PeerReview.Server.Platform.Data;

namespace PeerReview.Server.Features.Operations.Checking;

/// <summary>Follows every review from its first event to its last, one in memory at a time: its chain must lead to the head
/// its row names, and its events must add up to what its row keeps.</summary>
internal static class EventWalk
{
    private const int MostFindings = 5;

    /// <summary>Walks all of them; answers how many reviews and events there are and the first that are wrong.</summary>
    public static async Task<CheckResult> RunAsync(UnitOfWork unit, CancellationToken cancel)
    {
        var snapshots = await Snapshots.LoadAsync(unit, cancel);
        var findings = new Dictionary<string, List<Finding>>(StringComparer.Ordinal);
        long reviews = 0, events = 0;
        await foreach (var history in ReadAsync(unit, cancel))
        {
            reviews++;
            events += history.Rows.Count;
            foreach (var finding in Broken(history).Concat(snapshots.Differing(history)))
            {
                findings.TryAdd(finding.Rule, []);
                if (findings[finding.Rule].Count < MostFindings)
                    findings[finding.Rule].Add(finding);
            }
        }

        return new CheckResult(reviews, events, [.. findings.Values.SelectMany(one => one)]);
    }

    private static IEnumerable<Finding> Broken(History history)
    {
        var review = history.Review;
        var expected = history.Kept is { } kept ? new LedgerHead(review, kept.Sequence, kept.Head) : null;
        if (LedgerVerification.Verify(review, history.Rows, expected) is LedgerCheck.Broken broken)
            yield return new Finding(
                "ledger-broken", string.Create(CultureInfo.InvariantCulture, $"{review} event {broken.Sequence}: {broken.Fault}"));
    }

    private static async IAsyncEnumerable<History> ReadAsync(
        UnitOfWork unit, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Sql.Events, unit.Connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        History? history = null;
        while (await reader.ReadAsync(cancel))
        {
            var review = new ReviewId(reader.GetGuid(0));
            if (history is not null && history.Review != review)
            {
                yield return history;
                history = null;
            }

            history ??= new History(review, await reader.IsDBNullAsync(7, cancel) ? null : ReadKept(reader), []);
            history.Rows.Add(ReadRow(review, reader));
        }

        if (history is not null)
            yield return history;
    }

    private static LedgerRow ReadRow(ReviewId review, NpgsqlDataReader row) => new(
        new LedgerEnvelope(review, row.GetInt32(1), new DateTimeOffset(row.GetDateTime(2), TimeSpan.Zero), row.GetString(3)),
        new LedgerBody.Open(row.GetFieldValue<byte[]>(5), Encoding.UTF8.GetBytes(row.GetString(4))),
        new Digest(row.GetFieldValue<byte[]>(6)));

    private static Kept ReadKept(NpgsqlDataReader row) => new(
        row.GetInt32(7), new Digest(row.GetFieldValue<byte[]>(8)), row.GetString(9), row.GetInt32(10), row.GetString(11),
        row.GetString(12), row.GetString(13));

    private static class Sql
    {
        // What the review's own row keeps comes with its first event only.
        public const string Events =
            """
            SELECT e.review_id, e.sequence, e.at, e.kind, e.body, e.salt, e.chain,
                   r.sequence, r.head, r.process_id, r.process_version, r.state, r.dossier,
                   CASE WHEN r.id IS NOT NULL THEN coalesce(
                       (SELECT string_agg(d.stage || ' ' || d.branch || ' ' || d.day, E'\n'
                                          ORDER BY d.stage COLLATE "C", d.branch COLLATE "C")
                        FROM deadline d
                        WHERE d.review_id = r.id AND d.stage NOT IN ('urgent', 'clarify_first', 'objection', 'agree', 'reconcile')), '') END
            FROM event e LEFT JOIN review r ON r.id = e.review_id AND e.sequence = 1
            ORDER BY e.review_id, e.sequence
            """;
    }
}

/// <summary>One review with all its events.</summary>
/// <param name="Kept">What its row says; null when the row or the first event is missing.</param>
internal sealed record History(ReviewId Review, Kept? Kept, List<LedgerRow> Rows);

/// <summary>What the row of a review keeps, and its open deadlines as lines of stage, branch and day.</summary>
internal sealed record Kept(
    int Sequence, Digest Head, string Process, int ProcessVersion, string State, string Dossier, string Deadlines);
