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
    /// <param name="whole">The version whose content is wanted too, with that of an earlier one; or null.</param>
    /// <param name="since">The earlier version; null for the one before.</param>
    public async Task<ItemFound?> FindAsync(
        Actor actor, ReviewId review, string item, int? whole, CancellationToken cancel, int? since = null)
    {
        var found = await assessments.FindAsync(
            actor, review, Sql.Versions, new { Review = review.Value, Item = item, Whole = whole, Since = since ?? (whole is { } version ? Math.Max(0, version) - 1 : null) },
            ReadAsync, cancel);
        if (found?.Assessment.Sheet.Find(item) is not { } sheetItem)
            return null;
        var (facts, dossier) = (found.Assessment.Review.Facts, found.Assessment.Review.Dossier);
        var history = sheetItem.SeesHistory
            ? found.More.Where(v => Access.Visible(actor, dossier.Answer(item), facts with { Submitted = false }, v.Label).CanRead)
            : HandedIn(found.More, dossier).Where(v => Access.Visible(actor, dossier.Answer(item), facts, v.Label).CanRead);
        return new ItemFound(found.Assessment, sheetItem, [.. history]);
    }

    /// <summary>What others than the State read of the versions: the one that was handed in and those saved in reply to questions about it,
    /// without who of the State wrote them; nothing while there are none of these.</summary>
    private static IEnumerable<AnswerVersion> HandedIn(IReadOnlyList<AnswerVersion> versions, Dossier dossier)
    {
        var later = dossier.Asked is { } asked ? versions.Count(v => v.At > asked.At) : 0;
        return later == 0 ? [] : versions.Take(later + 1).Select(v => v with { Author = "" });
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
            SELECT w.key, w.version, CASE WHEN w.version IN (@Whole::bigint, @Since::bigint) THEN w.content END AS content,
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

    /// <summary>A version with an earlier one, both with their content; null where one of them is not there or not open.</summary>
    /// <param name="since">The earlier version; null for the one before.</param>
    public (AnswerVersion Before, AnswerVersion After)? Change(int number, int? since = null) =>
        Version(since ?? number - 1) is { Answer: not null } before && Version(number) is { Answer: not null } after ? (before, after) : null;

    /// <summary>One version, or null when there is none or it is not open.</summary>
    public AnswerVersion? Version(int number) => History.FirstOrDefault(v => v.Version == number);
}

/// <summary>One version of an answer.</summary>
/// <param name="Author">The name of whoever saved it; empty where the reader may know only that the State did.</param>
/// <param name="Answer">Its content, where it was asked for.</param>
public sealed record AnswerVersion(
    int Version, DateTimeOffset At, string Author, SharingLabel Label, string Language, Answer? Answer);
