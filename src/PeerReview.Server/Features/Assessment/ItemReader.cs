using System.Collections.Immutable;
using Dapper;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Assessment;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Assessment;

/// <summary>Reads one item of a self-assessment with its history, as far as both are open to somebody.</summary>
public sealed class ItemReader(AssessmentLookup assessments)
{
    /// <summary>One round trip; null when the item is not there for this person.</summary>
    /// <param name="whole">The version whose content is wanted too, with that of the one before it; or null.</param>
    public async Task<ItemFound?> FindAsync(
        Actor actor, ReviewId review, string item, int? whole, CancellationToken cancel)
    {
        var found = await assessments.FindAsync(
            actor, review, Sql.Versions, new { Review = review.Value, Item = item, Whole = whole },
            ReadAsync, cancel);
        if (found?.Assessment.Sheet.Find(item) is not { } sheetItem)
            return null;
        var facts = found.Assessment.Review.Facts with { Submitted = false };
        var document = found.Assessment.Review.Dossier.Answer(item);
        var history = sheetItem.SeesHistory
            ? found.More.Where(v => Access.Visible(actor, document, facts, v.Label).CanRead)
            : [];
        return new ItemFound(found.Assessment, sheetItem, [.. history]);
    }

    private static async Task<IReadOnlyList<AnswerVersion>> ReadAsync(SqlMapper.GridReader grid) =>
        [.. (await grid.ReadAsync<Row>()).Select(r => r.ToVersion())];

    private sealed record Row(
        string Key, int Version, string? Content, string Label, string Language, Guid Author, string Name, DateTimeOffset At)
    {
        public AnswerVersion ToVersion() => new(
            Version, At, Name, SharingLabels.Of(Label), Language,
            Content is null
                ? null
                : Contents.ReadAnswer(new Writing(
                    WritingKind.Answer, Key, Version, Content, Label, Language, new PersonId(Author), At)));
    }

    private static class Sql
    {
        public const string Versions =
            """
            SELECT w.key, w.version, CASE WHEN w.version IN (@Whole::bigint, @Whole::bigint - 1) THEN w.content END AS content,
                   w.label, w.language, w.author, p.name, w.at
            FROM writing w JOIN person p ON p.id = w.author
            WHERE w.review_id = @Review AND w.kind = 'answer' AND w.key = @Item
            ORDER BY w.version DESC
            """;
    }
}

/// <summary>One item with its history, newest first.</summary>
public sealed record ItemFound(FoundAssessment Assessment, SheetItem Item, ImmutableArray<AnswerVersion> History)
{
    public LoadedReview Review => Assessment.Review;

    /// <summary>A version with the one before it, both with their content; null where one of them is not there or not open.</summary>
    public (AnswerVersion Before, AnswerVersion After)? Change(int number) =>
        Version(number - 1) is { Answer: not null } before && Version(number) is { Answer: not null } after ? (before, after) : null;

    /// <summary>One version, or null when there is none or it is not open.</summary>
    public AnswerVersion? Version(int number) => History.FirstOrDefault(v => v.Version == number);
}

/// <summary>One version of an answer.</summary>
/// <param name="Answer">Its content, where it was asked for.</param>
public sealed record AnswerVersion(
    int Version, DateTimeOffset At, string Author, SharingLabel Label, string Language, Answer? Answer);
