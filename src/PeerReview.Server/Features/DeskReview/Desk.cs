using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.DeskReview;

/// <summary>Reads the desk of a review for somebody: the self-assessment, and the comments they may read.</summary>
public sealed class DeskReader(AssessmentLookup assessments)
{
    /// <summary>In one round trip; null for those who have no desk here and read nobody's comments.</summary>
    public async Task<Desk?> FindAsync(Actor actor, PersonId person, ReviewId review, CancellationToken cancel)
    {
        var found = await assessments.FindAsync(
            actor, review, DeskRows.Statement, DeskRows.Args(review, person), DeskRows.ReadAsync, cancel);
        if (found is not { Assessment: var assessment, More: var rows } || !assessment.Review.HasTeam)
            return null;
        var (loaded, facts) = (assessment.Review, assessment.Review.Facts);
        var writes = Access.May(actor, ReviewAct.WriteComment, facts) is null;
        // Without eyes of somebody else: what is not handed in is seen by its author alone, whoever looks on as whom.
        var own = writes && actor.Eyes is null ? rows : [];
        var handedIn =
            from sheet in assessment.Material.Of(WritingKind.Comments)
            from comment in Contents.ReadComments(sheet).Comments
            where Access.Visible(actor, loaded.Dossier.Comment(comment.Item, sheet.Author, comment.Said), facts, SharingLabels.Of(comment.Label)).CanRead
            select new DeskComment(
                comment.Id, comment.Item, comment.Kind, comment.Text, comment.AnswerVersion, sheet.Version, sheet.At, sheet.Author);
        // That there is one is known to whoever reads the others, once all have handed in.
        var kept =
            from sheet in assessment.Material.Of(WritingKind.Comments)
            where facts.ReviewersDone
            from comment in Contents.ReadComments(sheet).Comments
            where comment.Kind != CommentKind.NoComment
            let sight = Access.Visible(actor, loaded.Dossier.Comment(comment.Item, sheet.Author, comment.Said), facts, SharingLabels.Of(comment.Label))
            where sight is { CanRead: false, Extent: > Extent.Nothing }
            select comment.Item;
        // Whoever reads the comments once all have handed in finds the answers here before.
        var reads = Access.Visible(actor, new Document(DocumentKind.ReviewerComments) { Owners = [person] }, facts with { ReviewersDone = true }).CanRead;
        return writes || reads
            ? new Desk(assessment, person, writes, own, [.. handedIn])
            {
                Contributions = [.. StandingContributions.For(actor, facts, loaded.Dossier, assessment.Material)],
                Remarks = RemarksRead.Of(actor, facts, loaded.Dossier, assessment.Material),
                Reader = actor,
                Kept = [.. kept.Distinct(StringComparer.Ordinal)],
            }
            : null;
    }
}

/// <summary>The desk of a review as one person sees it.</summary>
/// <param name="Writes">Whether the person is one of the experts.</param>
/// <param name="Own">What they wrote and did not hand in.</param>
/// <param name="HandedIn">Comments that were handed in, their own and others', as far as they may read them.</param>
public sealed record Desk(
    FoundAssessment Assessment, PersonId Person, bool Writes, ImmutableArray<DeskRow> Own, ImmutableArray<DeskComment> HandedIn)
{
    public LoadedReview Review => Assessment.Review;

    /// <summary>What stakeholders contributed, as far as the person may read it.</summary>
    public ImmutableArray<StandingContribution> Contributions { get; init; } = [];

    /// <summary>What the team says under the comments, as far as the person may read it.</summary>
    public required RemarksRead Remarks { get; init; }

    /// <summary>The items with comments that were handed in and are not open to the person by their label.</summary>
    public ImmutableArray<string> Kept { get; init; } = [];

    /// <summary>Whether there are such comments on an item.</summary>
    public bool Keeps(string item) => Kept.Contains(item, StringComparer.Ordinal);

    /// <summary>Who reads.</summary>
    public required Actor Reader { get; init; }

    /// <summary>Whether the person can remark on the comments on an item now.</summary>
    public bool Remarking(string item) => CommentRemarks.MayNot(Reader, Review.Facts, Review.Dossier, item) is null;

    /// <summary>Whether stakeholders may still contribute, or the State reply to them: the experts read it later.</summary>
    public bool AwaitsContributions => new[] { StakeholderWindow.Call, StakeholderWindow.Reply }.Any(
        id => Review.Process.FindStage(id) is { } stage && Review.State.Exists(stage)
            && Review.State[stage].Status is Core.Process.StageStatus.Open);

    /// <summary>Why nothing can be written now; null when it can.</summary>
    public Refusal? Closed => Writes ? SaveComment.Closed(Review, Person) : new Refusal("access.not-allowed", RefusalKind.NotAllowed);

    /// <summary>Whether the person has handed in: then only working notes are their own still.</summary>
    public bool HasHandedIn => HandedIn.Any(comment => comment.Author == Person);

    /// <summary>The items of the desk: an expert's own, everybody else's all.</summary>
    public ImmutableArray<SheetItem> Items
    {
        get
        {
            var mine = Writes ? CommentRules.ItemsOf(Review.Dossier, Person) : Review.Dossier.Items;
            return [.. Assessment.Sheet.Items.Where(item => mine.Contains(item.Item.Id, StringComparer.Ordinal))];
        }
    }

    /// <summary>What the person is about to hand in on an item, notes excepted.</summary>
    public IEnumerable<DeskRow> CommentsOn(string item) => Own.Where(row => row.Item == item && row.Kind != CommentKind.Note);

    /// <summary>What was handed in on an item.</summary>
    public IEnumerable<DeskComment> StandingOn(string item) => HandedIn.Where(comment => comment.Item == item);

    /// <summary>Whether the person has said something on an item, or that there is nothing to say.</summary>
    public bool IsDone(string item) =>
        CommentsOn(item).Any() || StandingOn(item).Any(comment => comment.Author == Person);

    /// <summary>What stakeholders said about an item, as far as the person may read it.</summary>
    public IEnumerable<StandingContribution> SaidAbout(string item) => Contributions.Where(said => said.Content.Item == item);

    /// <summary>The stakeholders a text of the person names although they did not agree to be public.</summary>
    public IEnumerable<string> NamesIn(string text) => Heard.NamesIn(text, Assessment.Material)
        .Where(name => Contributions.Any(said => said.Content.Name.Trim() == name || said.Content.Organisation.Trim() == name));

    /// <summary>When the person last wrote here, UTC; null while they have not.</summary>
    public DateTimeOffset? LastWrote => Own.Select(row => (DateTimeOffset?)row.WrittenAt).Append(Remarks.Since)
        .Concat(HandedIn.Where(comment => comment.Author == Person).Select(comment => (DateTimeOffset?)comment.At)).Max();

    /// <summary>Whether something about an item is newer than what the person last wrote here: the answer, a comment or remark of another, what a
    /// stakeholder said or the State replied. Where nothing of it opens to the person, nothing is new.</summary>
    public bool HasNews(SheetItem item) => LastWrote is { } since
        && ((item.Answer is not null && item.SavedAt > since)
            || StandingOn(item.Item.Id).Any(comment => comment.Author != Person && comment.At > since)
            || Remarks.On(item.Item.Id).Any(Remarks.IsNew)
            || SaidAbout(item.Item.Id).Any(said => said.Sent.At > since || said.Reply?.At > since));

    /// <summary>The items before and after one, and its place.</summary>
    public (string? Before, string? After, int Number) Around(string item)
    {
        var ids = Items.Select(i => i.Item.Id).ToList();
        var at = ids.IndexOf(item);
        return (at > 0 ? ids[at - 1] : null, at >= 0 && at + 1 < ids.Count ? ids[at + 1] : null, at + 1);
    }
}

/// <summary>A comment that was handed in.</summary>
public sealed record DeskComment(
    Guid Id, string Item, string Kind, string Text, int AnswerVersion, int Version, DateTimeOffset At, PersonId Author);
