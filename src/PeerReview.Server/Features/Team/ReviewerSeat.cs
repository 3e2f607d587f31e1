using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Reviews;
using PeerReview.Core.Selection;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;

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
        Tells = (review, person) => ReviewLetters.About(review, LetterNames.AppointedReviewer, person),
        Done = "reviewer-focal-point-named",
        Words = new("reviewers.title", "reviewers.focal_point.title", "reviewers.focal_point.text", "reviewers.focal_point.submit"),
    };
}
