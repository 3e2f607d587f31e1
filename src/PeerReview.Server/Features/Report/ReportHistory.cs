using System.Collections.Immutable;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Report;

/// <summary>The report as it stood before, and what has changed since.</summary>
public sealed class ReportHistory(ReviewLookup reviews)
{
    /// <summary>The report as it stood at a moment, for the same reader.</summary>
    /// <param name="at">UTC. Not before the draft was handed to the State, for those who read it only then.</param>
    public async Task<FoundReport> AtAsync(FoundReport report, DateTimeOffset at, CancellationToken cancel)
    {
        var found = await reviews.FindAsync(
            report.Reader, report.Review.Id, Sql.At, new { Review = report.Review.Id.Value, Kinds, Moment = at },
            async grid => (await grid.ReadAsync<WritingRow>()).Select(row => row.ToWriting()).ToImmutableArray(), cancel);
        return report with { Material = new Material(found?.More ?? [], []) };
    }

    /// <summary>What differs, in the order of the report.</summary>
    public static ImmutableArray<ReportChange> Between(FoundReport before, FoundReport after)
    {
        var (old, now) = (Passages(before).ToList(), Passages(after).ToList());
        return
        [
            .. from passage in now
               let was = old.Find(one => one.Kind == passage.Kind && one.Key == passage.Key)
               where (was?.Text ?? "") != passage.Text
               select new ReportChange(passage.Kind, passage.Key, was?.Text ?? "", passage.Text, passage.Language),
            .. from passage in old
               where !now.Exists(one => one.Kind == passage.Kind && one.Key == passage.Key) && passage.Text.Length > 0
               select new ReportChange(passage.Kind, passage.Key, passage.Text, "", passage.Language),
        ];
    }

    private static readonly string[] Kinds =
    [
        WritingKind.Section, WritingKind.Recommendation, WritingKind.DraftComment, WritingKind.DraftCommentOutcome, WritingKind.Dissent,
    ];

    private static IEnumerable<Passage> Passages(FoundReport report) =>
    [
        .. report.Sections.Where(s => s.Text is not null)
            .Select(s => new Passage(WritingKind.Section, s.Id, s.Content!.Text, s.Text!.Language)),
        .. report.Recommendations.Select(r => new Passage(r.Kind, r.Key, Contents.ReadRecommendation(r).Words().Trim(), r.Language)),
        .. report.Annexed.Select(c => new Passage(c.Kind, c.Key, Contents.ReadDraftComment(c).Text, c.Language)),
        .. report.Dissent.Select(d => new Passage(d.Kind, d.Key, Contents.ReadNote(d).Text, d.Language)),
    ];

    private sealed record Passage(string Kind, string Key, string Text, string Language);

    private static class Sql
    {
        // What was taken back before the moment did not stand then.
        public const string At =
            """
            SELECT DISTINCT ON (w.kind, w.key) w.kind, w.key, w.version, w.content, w.label, w.language, w.author, w.at
            FROM writing w
            WHERE w.review_id = @Review AND w.kind = ANY (@Kinds) AND w.at <= @Moment
              AND NOT EXISTS (
                SELECT FROM event e
                WHERE e.review_id = @Review AND e.kind = 'text_withdrawn' AND e.at >= w.at AND e.at <= @Moment
                  AND e.body::jsonb ->> 'what' = w.kind AND e.body::jsonb ->> 'key' = w.key)
            ORDER BY w.kind, w.key, w.version DESC
            """;
    }
}

/// <summary>A passage of the report that changed.</summary>
/// <param name="Kind">See <see cref="WritingKind"/>.</param>
/// <param name="Before">Empty where there was nothing.</param>
/// <param name="After">Empty where nothing is left.</param>
public sealed record ReportChange(string Kind, string Key, string Before, string After, string Language);
