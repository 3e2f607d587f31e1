using PeerReview.Core;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Moves;

/// <summary>What becomes of the reviewing States when a review changes its variant.</summary>
internal static class VariantChange
{
    /// <summary>Why the variant cannot be taken; null when nothing is in the way but what the process says.</summary>
    /// <returns><c>moves.reviewers-released</c>: the places were taken and given back, and nobody can be named a second time.</returns>
    public static Refusal? Problem(LoadedReview review, string variant) =>
        HasReviewers(review, variant) && review.Dossier.Team.States.IsEmpty
            && review.Process.FindStage("draw") is { } draw && review.State[draw].Status == StageStatus.Done
            ? new Refusal("moves.reviewers-released", RefusalKind.Conflict, "variant")
            : null;

    /// <summary>Ends the places, roles and invitations of the reviewing States, where the new variant has none, and tells everybody
    /// concerned. The State's work, and what was handed in, stay.</summary>
    public static void ReleaseReviewers(ReviewChange change, ReviewWork work, string variant)
    {
        var (review, dossier) = (work.Review, work.Review.Dossier);
        if (HasReviewers(review, variant) || dossier.Team.States.IsEmpty)
            return;
        var leaving = dossier.People.Where(p => p.State is not null).ToList();
        foreach (var one in leaving)
            change.Record(new ReviewEvent.PersonReleased(one.Person, one.Role, work.Person.Value));
        change.Record(new ReviewEvent.ReviewersReleased([.. dossier.Team.States.Select(seat => seat.State)], work.Person.Value));
        var told = leaving.Select(p => p.Person).Concat(Waiting(dossier.Team)).Distinct();
        foreach (var person in told)
            change.Send(ReviewLetters.About(review, LetterNames.ReviewersReleased, new PersonId(person)) with { Path = "/" });
    }

    private static bool HasReviewers(LoadedReview review, string variant) =>
        review.Process.FindVariant(variant) is { ReviewingStates: > 0 };

    /// <summary>Those who were invited and have not answered, and those who stand ready to step in.</summary>
    private static IEnumerable<Guid> Waiting(ReviewTeam team) =>
        team.Invitations.Where(i => i.IsOpen).Select(i => i.Person).Concat(team.States.SelectMany(seat => team.ReserveExperts(seat.State)));
}
