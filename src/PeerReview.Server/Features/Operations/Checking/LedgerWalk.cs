using System.Text;
using Npgsql;
using PeerReview.Core;
using PeerReview.Core.Ledger;
using PeerReview.Server.Platform.Data;

namespace PeerReview.Server.Features.Operations.Checking;

/// <summary>Follows the chain of every review from its first event to the head its row names, one review in memory at a
/// time.</summary>
internal static class LedgerWalk
{
    private const int MostFindings = 5;

    /// <summary>Walks all of them; answers how many reviews and events there are and the first links that are broken.</summary>
    public static async Task<CheckResult> RunAsync(UnitOfWork unit, CancellationToken cancel)
    {
        var heads = (await unit.QueryAsync<HeadRow>(Sql.Heads, null, cancel))
            .ToDictionary(row => row.Id, row => new LedgerHead(new ReviewId(row.Id), row.Sequence, new Digest(row.Head)));
        var findings = new List<Finding>();
        long events = 0;
        await foreach (var (review, rows) in ReviewsAsync(unit, cancel))
        {
            events += rows.Count;
            var expected = heads.GetValueOrDefault(review.Value);
            if (findings.Count < MostFindings
                && LedgerVerification.Verify(review, rows, expected) is LedgerCheck.Broken broken)
                findings.Add(new Finding("ledger-broken", $"{review} event {broken.Sequence}: {broken.Fault}"));
        }

        return new CheckResult(heads.Count, events, findings);
    }

    private static async IAsyncEnumerable<(ReviewId Review, List<LedgerRow> Rows)> ReviewsAsync(
        UnitOfWork unit, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Sql.Events, unit.Connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<LedgerRow>();
        while (await reader.ReadAsync(cancel))
        {
            var row = Read(reader);
            if (rows.Count > 0 && rows[0].Envelope.Review != row.Envelope.Review)
            {
                yield return (rows[0].Envelope.Review, rows);
                rows = [];
            }

            rows.Add(row);
        }

        if (rows.Count > 0)
            yield return (rows[0].Envelope.Review, rows);
    }

    private static LedgerRow Read(NpgsqlDataReader row) => new(
        new LedgerEnvelope(
            new ReviewId(row.GetGuid(0)), row.GetInt32(1), new DateTimeOffset(row.GetDateTime(2), TimeSpan.Zero), row.GetString(3)),
        new LedgerBody.Open(row.GetFieldValue<byte[]>(5), Encoding.UTF8.GetBytes(row.GetString(4))),
        new Digest(row.GetFieldValue<byte[]>(6)));

    private sealed record HeadRow(Guid Id, int Sequence, byte[] Head);

    private static class Sql
    {
        public const string Heads = "SELECT id, sequence, head FROM review";

        public const string Events =
            "SELECT review_id, sequence, at, kind, body, salt, chain FROM event ORDER BY review_id, sequence";
    }
}
