using System.Collections.Immutable;
using Dapper;
using PeerReview.Core;
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

    private sealed record Row(string Kind, string Key, string? Item, string Label, Guid? Author, string[]? Said)
    {
        public PieceMark ToMark() => new(Kind, Key, Item, SharingLabels.Of(Label))
        {
            Author = Author is { } author ? new PersonId(author) : null,
            Said = [.. Said ?? []],
        };
    }

    private static class Sql
    {
        public const string Pieces =
            """
            SELECT w.kind, w.key, CASE WHEN w.kind IN ('question', 'contribution') THEN w.content::jsonb ->> 'item' END AS item, w.label,
                   NULL::uuid AS author, NULL::text[] AS said
            FROM writing_head h JOIN writing w USING (review_id, kind, key, version)
            WHERE h.review_id = @Review AND NOT h.withdrawn AND NOT (h.kind = 'sheet_answer' AND w.content::jsonb ->> 'text' = '') AND h.kind IN (
                'answer', 'sheet_answer', 'question', 'contribution', 'commitment', 'good_practice', 'summary', 'progress_note', 'closing_note', 'urgent',
                'dialogue_record', 'visit_programme', 'stage_document', 'section', 'dissent', 'recommendation', 'draft_comment', 'response', 'private_question')
            UNION ALL
            SELECT 'file', name, item, label, NULL, NULL FROM file
            WHERE review_id = @Review AND removed_at IS NULL AND item IS NOT NULL
            UNION ALL
            SELECT 'comment', comment ->> 'id', comment ->> 'item', comment ->> 'label', w.author,
                   ARRAY(SELECT jsonb_array_elements_text(comment -> 'said'))
            FROM writing_head h JOIN writing w USING (review_id, kind, key, version),
                 jsonb_array_elements(w.content::jsonb -> 'comments') AS comment
            WHERE h.review_id = @Review AND NOT h.withdrawn AND h.kind = 'comments' AND comment ->> 'kind' <> 'no_comment'
            ORDER BY 1, 2
            """;
    }
}
