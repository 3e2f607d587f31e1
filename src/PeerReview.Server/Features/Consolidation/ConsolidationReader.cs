using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Consolidation;

/// <summary>Reads the consolidation of a review for somebody.</summary>
public sealed class ConsolidationReader(AssessmentLookup assessments, WordingGuard wording)
{
    /// <summary>In one round trip; null for those who read nobody's comments, and for everybody before every expert has handed in.</summary>
    public async Task<FoundConsolidation?> FindAsync(Actor actor, ReviewId id, CancellationToken cancel) =>
        await assessments.FindAsync(actor, id, cancel) is { Review: { Facts.ReviewersDone: true } review } found && (review.HasTeam || review.Dossier.Asked is not null)
        && Access.Visible(actor, review.Dossier.Consolidation(review.Dossier.Items), review.Facts).CanRead
            ? new FoundConsolidation(found, actor, wording)
            : null;
}

/// <summary>A consolidation as one person sees it.</summary>
public sealed record FoundConsolidation
{
    private readonly WordingGuard wording;

    internal FoundConsolidation(FoundAssessment assessment, Actor reader, WordingGuard wording)
    {
        (Assessment, Reader, this.wording) = (assessment, reader, wording);
        var standing = assessment.Material.Find(WritingKind.Consolidation, ConsolidationRules.Key);
        Version = standing?.Version ?? 0;
        Whole = ConsolidationRules.SheetOf(assessment.Material);
        Closed = Access.May(reader, ReviewAct.Consolidate, Review.Facts) ?? StageDoor.Closed(Review.State, SaveConsolidation.Stage);
        Comments = [.. ReadComments()];
        Remarks = RemarksRead.Of(reader, Review.Facts, Review.Dossier, Material);
        Questions = [.. Whole.Questions.Where(q => Reads(ItemsOf(q), ConsolidationRules.LabelOf(q, Whole, Material)))];
        KeptQuestions = NamesExperts ? Whole.Questions.Count(q => Reads(ItemsOf(q), SharingLabel.Clear)) - Questions.Length : 0;
        Contributions = [.. StandingContributions.For(reader, Review.Facts, Review.Dossier, Material)];
        Contradictions = [.. Whole.Contradictions.Where(c => Reads([c.Item], DraftReport.LabelOfItem(c.Item, Material)))];
    }

    public FoundAssessment Assessment { get; }

    public Actor Reader { get; }

    public LoadedReview Review => Assessment.Review;

    /// <summary>The version that stands; 0 while nothing is led anywhere.</summary>
    public int Version { get; }

    /// <summary>Why the reader cannot consolidate now; null when they can.</summary>
    public Refusal? Closed { get; }

    /// <summary>Every comment the reader may know of, in the order of the items.</summary>
    public ImmutableArray<FoundComment> Comments { get; }

    /// <summary>What the team says under them, as far as the reader may read it.</summary>
    public RemarksRead Remarks { get; }

    /// <summary>The questions that are open to the reader.</summary>
    public ImmutableArray<MergedQuestion> Questions { get; }

    /// <summary>How many questions the reader would read but for their label; of those of others a contributor of the State is told nothing.</summary>
    public int KeptQuestions { get; }

    /// <summary>What stakeholders contributed, as far as the reader may read it.</summary>
    public ImmutableArray<StandingContribution> Contributions { get; }

    /// <summary>Where comments contradict each other, as far as it is open to the reader.</summary>
    public ImmutableArray<Contradiction> Contradictions { get; }

    /// <summary>The items with comments, in the framework's order.</summary>
    public ImmutableArray<SheetItem> Items =>
        [.. Assessment.Sheet.Items.Where(item => Comments.Any(c => c.Item == item.Item.Id))];

    /// <summary>Whether the reader may know the experts by name: contributors of the State may not.</summary>
    public bool NamesExperts => Access.Visible(Reader, DocumentKind.ExpertNames, Review.Facts).CanRead;

    /// <summary>Whether the reader can remark on the comments on an item now.</summary>
    public bool Remarking(string item) => CommentRemarks.MayNot(Reader, Review.Facts, Review.Dossier, item) is null;

    private ConsolidationSheet Whole { get; }

    private Material Material => Assessment.Material;

    /// <summary>Whether a question is open to the reader.</summary>
    public bool Opens(string question) => Questions.Any(one => one.Id == question);

    /// <summary>The comments on an item.</summary>
    public IEnumerable<FoundComment> On(string item) => Comments.Where(comment => comment.Item == item);

    /// <summary>What stakeholders said about an item, as far as the reader may read it.</summary>
    public IEnumerable<StandingContribution> SaidAbout(string item) => Contributions.Where(said => said.Content.Item == item);

    /// <summary>The comments that lead to a question.</summary>
    public IEnumerable<FoundComment> LedTo(string question) => Comments.Where(comment => comment.To == question);

    /// <summary>Sentences of a question that somebody has to look at before it leaves the team; none where somebody has.</summary>
    public ImmutableArray<string> Flags(MergedQuestion question) =>
        question.NamesNobody ? [] : wording.Flags(question.Text, Review.Dossier.Subject);

    /// <summary>Stakeholders a question names who did not agree to be public; none where somebody has looked at it.</summary>
    public ImmutableArray<string> Names(MergedQuestion question) => question.NamesNobody ? [] : Heard.NamesIn(question.Text, Material);

    /// <summary>The items with comments before and after one, and its place among them.</summary>
    public (string? Before, string? After, int Number) Around(string item)
    {
        var ids = Items.Select(one => one.Item.Id).ToList();
        var at = ids.IndexOf(item);
        return (at > 0 ? ids[at - 1] : null, at >= 0 && at + 1 < ids.Count ? ids[at + 1] : null, at + 1);
    }

    private IEnumerable<FoundComment> ReadComments() =>
        from item in Review.Dossier.Items
        from sheet in Material.Of(WritingKind.Comments)
        from comment in Contents.ReadComments(sheet).Comments
        where comment.Item == item && comment.Kind != CommentKind.NoComment
        let label = SharingLabels.Of(comment.Label)
        let sight = Access.Visible(Reader, Review.Dossier.Comment(item, sheet.Author, comment.Said), Review.Facts, label)
        where sight.Extent > Extent.Nothing
        let placement = Whole.Of(comment.Id)
        select new FoundComment(comment.Id, item, label, placement?.To)
        {
            Content = sight.CanRead ? comment : null,
            Author = sight.CanRead && NamesExperts ? sheet.Author : null,
            At = sheet.At,
            Reason = sight.CanRead ? placement?.Reason ?? "" : "",
        };

    private bool Reads(IReadOnlyCollection<string> items, SharingLabel label) =>
        Access.Visible(Reader, Review.Dossier.Consolidation(items), Review.Facts, label).CanRead;

    private static string[] ItemsOf(MergedQuestion question) => question.Item is { } item ? [item] : [];
}

/// <summary>A comment in the consolidation.</summary>
/// <param name="To">The id of a question, <c>report</c> or <c>aside</c>; null while it leads nowhere.</param>
public sealed record FoundComment(Guid Id, string Item, SharingLabel Label, string? To)
{
    /// <summary>What was handed in; null where its label opens it to fewer than the reader.</summary>
    public StandingComment? Content { get; init; }

    /// <summary>Who wrote it; null where the reader may not know.</summary>
    public PersonId? Author { get; init; }

    /// <summary>When it was handed in, UTC.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Why it is set aside; empty elsewhere.</summary>
    public string Reason { get; init; } = "";
}
