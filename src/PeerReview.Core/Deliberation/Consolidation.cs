using System.Collections.Immutable;
using PeerReview.Core.Access;
using PeerReview.Core.Reviews;

namespace PeerReview.Core.Deliberation;

/// <summary>Where the lead reviewer leads every comment: to a question, into the report, or aside. One text with versions, so that two
/// people who consolidate at once notice each other.</summary>
public sealed record ConsolidationSheet(
    ImmutableArray<MergedQuestion> Questions, ImmutableArray<Placement> Placements, ImmutableArray<Contradiction> Contradictions)
{
    /// <summary>Before anything is led anywhere.</summary>
    public static ConsolidationSheet Empty { get; } = new([], [], []);

    /// <summary>Where a comment leads; null while it leads nowhere.</summary>
    public Placement? Of(Guid comment) => Placements.FirstOrDefault(p => p.Comment == comment);

    /// <summary>A question by its id, or null.</summary>
    public MergedQuestion? Find(string question) => Questions.FirstOrDefault(q => q.Id == question);
}

/// <summary>A question to the State that one or several comments became.</summary>
/// <param name="Id"><c>Q-01</c> and so on.</param>
/// <param name="Item">The item it is about, or null.</param>
/// <param name="NamesNobody">Somebody looked again at a wording that was flagged: it blames no State or group for an incident.</param>
public sealed record MergedQuestion(string Id, string? Item, string Text, bool NamesNobody = false);

/// <summary>Where one comment leads.</summary>
/// <param name="To">The id of a question, <see cref="Report"/> or <see cref="Aside"/>.</param>
/// <param name="Reason">Why it is set aside; empty elsewhere.</param>
public sealed record Placement(Guid Comment, string To, string Reason = "")
{
    /// <summary>It becomes material for the report.</summary>
    public const string Report = "report";

    /// <summary>It is set aside, with a reason.</summary>
    public const string Aside = "aside";
}

/// <summary>Comments on one item contradict each other, and how.</summary>
public sealed record Contradiction(string Item, string Note);

/// <summary>Whether a consolidation can stand, and whether it is complete (process B.2, stage <c>consolidate</c>).</summary>
public static class ConsolidationRules
{
    /// <summary>The only key of a consolidation.</summary>
    public const string Key = "consolidation";

    /// <summary>Questions at most.</summary>
    public const int MaxQuestions = 40;

    /// <summary>Longest reason or note, in characters.</summary>
    public const int MaxNote = 1_000;

    /// <summary>The comments that have to lead somewhere; "no comment" is none.</summary>
    public static ImmutableArray<StandingComment> Comments(Material material) =>
    [
        .. material.Of(WritingKind.Comments).SelectMany(sheet => Contents.ReadComments(sheet).Comments)
            .Where(comment => comment.Kind != CommentKind.NoComment),
    ];

    /// <summary>The sheet as it stands.</summary>
    public static ConsolidationSheet SheetOf(Material material) => material.Find(WritingKind.Consolidation, Key) is { } sheet
        ? Contents.ReadConsolidation(sheet)
        : ConsolidationSheet.Empty;

    /// <summary>The id of the next question.</summary>
    public static string NextId(ConsolidationSheet sheet)
    {
        var highest = sheet.Questions.Select(q => Number(q.Id)).DefaultIfEmpty(0).Max();
        return FormattableString.Invariant($"Q-{highest + 1:00}");
    }

    /// <summary>A first proposal: every question of an expert is one, everything else is for the report. What is led somewhere already stays.</summary>
    public static ConsolidationSheet Propose(ConsolidationSheet sheet, IEnumerable<StandingComment> comments)
    {
        foreach (var comment in comments.Where(c => sheet.Of(c.Id) is null))
        {
            if (comment.Kind != CommentKind.Question)
            {
                sheet = sheet with { Placements = sheet.Placements.Add(new Placement(comment.Id, Placement.Report)) };
            }
            else if (sheet.Questions.Length < MaxQuestions)
            {
                var id = NextId(sheet);
                sheet = sheet with
                {
                    Questions = sheet.Questions.Add(new MergedQuestion(id, comment.Item, Cut(comment.Text))),
                    Placements = sheet.Placements.Add(new Placement(comment.Id, id)),
                };
            }
        }

        return sheet;
    }

    /// <summary>The label a question carries: the strictest of the comments that lead to it, of the answer it is about and of what
    /// stakeholders said about that, AMBER where there is none of these. What only named persons may read is a source of nothing.</summary>
    public static SharingLabel LabelOf(MergedQuestion question, ConsolidationSheet sheet, Material material) => SharingLabels.Inherit(
        Comments(material).Where(c => sheet.Of(c.Id)?.To == question.Id).Select(c => c.Label)
            .Concat(material.Of(WritingKind.Answer).Where(answer => answer.Key == question.Item).Select(answer => answer.Label))
            .Select(SharingLabels.Of)
            .Concat(Heard.Sources(question.Item is { } item ? [item] : [], material).Concat(Heard.Named(question.Text, material)).Select(said => said.Label))
            .Where(label => label != SharingLabel.Red));

    /// <summary>Everything that is wrong, each with its field; empty when it can stand, complete or not.</summary>
    /// <returns><c>consolidation.too-many</c> {max}, <c>consolidation.question-id</c>, <c>clarify.question-empty</c>,
    /// <c>clarify.too-long</c> {max}, <c>clarify.unreadable</c>, <c>clarify.unknown-item</c>, <c>consolidation.unknown-comment</c>,
    /// <c>consolidation.placed-twice</c>, <c>consolidation.unknown-place</c>, <c>consolidation.reason</c> {max},
    /// <c>consolidation.contradiction</c> {max}.</returns>
    public static IEnumerable<Refusal> Check(ConsolidationSheet sheet, Dossier dossier, IReadOnlyCollection<StandingComment> comments)
    {
        if (sheet.Questions.Length > MaxQuestions)
            yield return new Refusal("consolidation.too-many", RefusalKind.Conflict, "questions").With("max", MaxQuestions);
        if (sheet.Questions.Any(q => Number(q.Id) == 0) || sheet.Questions.DistinctBy(q => q.Id, StringComparer.Ordinal).Count() != sheet.Questions.Length)
            yield return new Refusal("consolidation.question-id", RefusalKind.Invalid, "questions");
        foreach (var question in sheet.Questions)
        {
            if (ClarifyingRound.Check(new QuestionContent(question.Item, question.Text), dossier) is { } wrong)
                yield return wrong with { Field = $"{wrong.Field}.{question.Id}" };
        }

        if (sheet.Placements.Any(p => comments.All(c => c.Id != p.Comment)))
            yield return new Refusal("consolidation.unknown-comment", RefusalKind.Invalid, "placements");
        if (sheet.Placements.DistinctBy(p => p.Comment).Count() != sheet.Placements.Length)
            yield return new Refusal("consolidation.placed-twice", RefusalKind.Invalid, "placements");
        foreach (var placement in sheet.Placements)
        {
            if (placement.To is not (Placement.Report or Placement.Aside) && sheet.Find(placement.To) is null)
                yield return new Refusal("consolidation.unknown-place", RefusalKind.Invalid, $"to.{placement.Comment}");
            if ((placement.To == Placement.Aside && string.IsNullOrWhiteSpace(placement.Reason))
                || placement.Reason.Length > MaxNote || !Text.IsReadable(placement.Reason))
            {
                yield return new Refusal("consolidation.reason", RefusalKind.Invalid, $"reason.{placement.Comment}").With("max", MaxNote);
            }
        }

        foreach (var contradiction in sheet.Contradictions)
        {
            if (!dossier.Items.Contains(contradiction.Item, StringComparer.Ordinal)
                || string.IsNullOrWhiteSpace(contradiction.Note) || contradiction.Note.Length > MaxNote || !Text.IsReadable(contradiction.Note))
            {
                yield return new Refusal("consolidation.contradiction", RefusalKind.Invalid, "contradiction").With("max", MaxNote);
            }
        }
    }

    /// <summary>How many comments lead nowhere (guard G-MERGED).</summary>
    public static int Missing(ConsolidationSheet sheet, IEnumerable<StandingComment> comments) => comments.Count(c => sheet.Of(c.Id) is null);

    // 0 for what is no id.
    private static int Number(string id) =>
        id.StartsWith("Q-", StringComparison.Ordinal)
        && int.TryParse(id.AsSpan(2), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;

    private static string Cut(string text) => text.Length <= ClarifyingRound.MaxQuestion ? text : text[..ClarifyingRound.MaxQuestion];
}
