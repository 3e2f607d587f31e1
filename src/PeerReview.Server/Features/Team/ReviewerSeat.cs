using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Reviews;
using PeerReview.Core.Selection;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using KnownStages = PeerReview.Core.Process.KnownStages;

namespace PeerReview.Server.Features.Team;

/// <summary>Who speaks for a reviewing State.</summary>
internal static class ReviewerSeat
{
    /// <summary>The seat.</summary>
    public static SpeakerSeat Seat { get; } = new("NameFocalPoint", "reviewers", ReviewAct.AppointReviewerFocalPoint, Role.ReviewerFocalPoint)
    {
        Closed = (_, review, state) => review.Dossier.Team.Find(state) is null ? new Refusal("selection.not-reviewing", RefusalKind.NotFound, "state") : null,
        Unfit = async (work, person, state, cancel) =>
            await ReviewerStanding.ProblemAsync(work, person, cancel) ?? InvitationRules.MayInvite(work.Review.Dossier.Team, person, state),
        Appoints = (person, state, letter, by) => new ReviewEvent.ReviewerAppointed(person.Value, RoleCode.ReviewerFocalPoint, state, letter, by.Value),
        Tells = Told,
        Done = "reviewer-focal-point-named",
        Words = new("reviewers.title", "reviewers.focal_point.title", "reviewers.focal_point.text", "reviewers.focal_point.submit"),
    };
    // Whoever can invite experts at once hears by when, in the same letter.
    private static Letter Told(LoadedReview after, PersonId person) =>
        Waits.Of(after).FirstOrDefault(wait => KnownStages.RulesOf(after.Process, wait.Stage) == "nominate" && wait.Waiting(after, RoleCode.ReviewerFocalPoint).Contains(person)) is { } open
            ? ReviewLetters.About(after, LetterNames.AppointedReviewerNow, person, open)
            : ReviewLetters.About(after, LetterNames.AppointedReviewer, person);
}
