using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using StageStatus = PeerReview.Core.Process.StageStatus;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>How the stages of a review stand, as far as somebody may know. Whoever may know only that it goes on is not told how a
/// stage ended, whether a right was used, or whose turn it is (process B.5, "Deadlines and status").</summary>
public sealed class StageSight
{
    private readonly LoadedReview _review;

    private StageSight(LoadedReview review, bool whole) => (_review, IsWhole) = (review, whole);

    /// <summary>Whether nothing is left out.</summary>
    public bool IsWhole { get; }

    /// <summary>What one reader may know.</summary>
    public static StageSight Of(LoadedReview review, Actor actor)
    {
        // A contributor knows of the stages because some of it is the contributor's own.
        var own = actor.Person is { } person && review.Holding(RoleCode.Contributor).Contains(person);
        var status = new Core.Access.Document(DocumentKind.Status) { Contributors = own ? [actor.Person!.Value] : [] };
        return new StageSight(review, Access.Visible(actor, status, review.Facts).CanRead);
    }

    /// <summary>Whether the reader is told of a stage: of those that are only there in some cases, and of those left out, others are not.</summary>
    public bool Shows(Stage stage) => _review.State.Exists(stage)
        && (IsWhole || (stage.When is null && _review.State[stage].Status is not (StageStatus.Skipped or StageStatus.Waived)));

    /// <summary>How a stage stands: for others, one that failed goes on until what was tried after it has ended.</summary>
    public StageStatus StatusOf(Stage stage)
    {
        var status = _review.State[stage].Status;
        return IsWhole || status != StageStatus.Failed ? status
            : stage.OnFail is { } next && !_review.State[next].Status.IsClosed() ? StageStatus.Open
            : StageStatus.Done;
    }

    /// <summary>Whether the reader is told that a wait is there, and until when. Which participating States have not answered, or not decided
    /// about their sheets, is told to whoever reads what they say.</summary>
    public bool Shows(Wait wait, Actor actor) =>
        wait.Branch is { } state && _review.Dossier.Region?.Has(state) == true
            ? Access.Visible(
                actor, wait.Stage == EndorsementRules.Stage ? ReviewDocuments.Endorsement(state) : _review.Dossier.SheetOf(state), _review.Facts).CanRead
        : IsWhole || (actor.Person is { } person && wait.Roles.Any(role => wait.Waiting(_review, role).Contains(person)));
}
