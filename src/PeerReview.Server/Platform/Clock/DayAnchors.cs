using System.Data;
using PeerReview.Core;
using PeerReview.Core.Ledger;
using PeerReview.Server.Platform.Data;

namespace PeerReview.Server.Platform.Clock;

/// <summary>Makes the anchor of each day (business time, UTC): one root over all review heads, from one snapshot.</summary>
internal sealed class DayAnchors(Database database)
{
    /// <summary>Makes the anchor of today unless it is there.</summary>
    public async Task MakeAsync(CancellationToken cancel)
    {
        await using var unit = await database.Worker.BeginAsync(Scope.None, cancel, IsolationLevel.RepeatableRead);
        var (today, heads) = await unit.ReadAsync(
            Sql.Heads,
            null,
            async grid => (await grid.ReadSingleOrDefaultAsync<DateOnly?>(), (await grid.ReadAsync<Head>()).ToList()),
            cancel);
        if (today is not { } day)
            return;
        var root = DayAnchor.Root(heads.Select(head => new LedgerHead(new ReviewId(head.Id), head.Sequence, new Digest(head.Value))));
        unit.Write(Sql.Keep, new { Day = day, Root = root.ToArray(), Reviews = heads.Count });
        await unit.CommitAsync(cancel);
    }

    private sealed record Head(Guid Id, int Sequence, byte[] Value);

    private static class Sql
    {
        // No day, and no heads, when today's anchor is there.
        public const string Heads =
            """
            SELECT t.day FROM (SELECT (app.clock() AT TIME ZONE 'UTC')::date AS day) t
            WHERE NOT EXISTS (SELECT FROM day_anchor a WHERE a.day = t.day);
            SELECT id, sequence, head AS value FROM review
            WHERE NOT EXISTS (SELECT FROM day_anchor WHERE day = (app.clock() AT TIME ZONE 'UTC')::date)
            ORDER BY id
            """;

        public const string Keep =
            """
            INSERT INTO day_anchor (day, root, reviews, made_at) VALUES (@Day, @Root, @Reviews, app.clock())
            ON CONFLICT (day) DO NOTHING
            """;
    }
}
