using System.Collections.Immutable;
using Dapper;
using PeerReview.Core.Access;
using PeerReview.Core.Reviews;

namespace PeerReview.Server.Features.Reviews;

/// <summary>Which texts and files a review holds and under which label, without their contents.</summary>
internal static class PieceSql
{
    /// <summary>One result. The argument is named <c>Review</c>.</summary>
    public const string Statement = Sql.Pieces;

    /// <summary>Reads it.</summary>
    public static async Task<ImmutableArray<PieceMark>> ReadAsync(SqlMapper.GridReader grid) =>
        [.. (await grid.ReadAsync<Row>()).Select(r => r.ToMark())];

    private sealed record Row(string Kind, string Key, string? Item, string Label)
    {
        public PieceMark ToMark() => new(Kind, Key, Item, SharingLabels.Of(Label));
    }

    private static class Sql
    {
        public const string Pieces =
            """
            SELECT w.kind, w.key, CASE WHEN w.kind IN ('question', 'contribution') THEN w.content::jsonb ->> 'item' END AS item, w.label
            FROM writing_head h JOIN writing w USING (review_id, kind, key, version)
            WHERE h.review_id = @Review AND NOT h.withdrawn AND h.kind IN (
                'answer', 'question', 'contribution', 'commitment', 'good_practice', 'summary', 'progress_note', 'closing_note', 'urgent')
            UNION ALL
            SELECT 'file', name, item, label FROM file
            WHERE review_id = @Review AND removed_at IS NULL AND item IS NOT NULL
            ORDER BY 1, 2
            """;
    }
}
