using System.Collections.Immutable;
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
    private static Refusal? Problem(LoadedReview review, string variant) =>
        HasReviewers(review, variant) && review.Dossier.Team.States.IsEmpty
            && review.Process.FindStage("draw") is { } draw && review.State[draw].Status == StageStatus.Done
            ? new Refusal("moves.reviewers-released", RefusalKind.Conflict, "variant")
            : null;

    /// <summary>Why a variant cannot be asked for at all; null when the process may be asked.</summary>
    /// <returns><c>launch.unknown-variant</c>, <c>launch.variant-not-offered</c>, or as <see cref="Problem"/>.</returns>
    public static Refusal? Refused(LoadedReview review, string variant, VariantsOffered offered) =>
        review.Process.FindVariant(variant) is null ? new Refusal("launch.unknown-variant", RefusalKind.Invalid, "variant")
        : !offered.For(review.Process).Has(variant) ? new Refusal("launch.variant-not-offered", RefusalKind.Invalid, "variant").With("variant", variant)
        : Problem(review, variant);

    /// <summary>What ends with a change to a variant without reviewing States: their roles, then their places.</summary>
    public static ImmutableArray<ReviewEvent> Releases(LoadedReview review, string variant, PersonId by) =>
        HasReviewers(review, variant) || review.Dossier.Team.States.IsEmpty
            ? []
            :
            [
                .. review.Dossier.People.Where(p => p.State is not null).Select(p => new ReviewEvent.PersonReleased(p.Person, p.Role, by.Value)),
                new ReviewEvent.ReviewersReleased([.. review.Dossier.Team.States.Select(seat => seat.State)], by.Value),
            ];

    /// <summary>Ends the places, roles and invitations of the reviewing States, where the new variant has none, and tells everybody
    /// concerned. The State's work, and what was handed in, stay.</summary>
    public static void ReleaseReviewers(ReviewChange change, ReviewWork work, string variant)
    {
        var (review, dossier) = (work.Review, work.Review.Dossier);
        var releases = Releases(review, variant, work.Person);
        if (releases.IsEmpty)
            return;
        foreach (var release in releases)
            change.Record(release);
        var told = dossier.People.Where(p => p.State is not null).Select(p => p.Person).Concat(Waiting(dossier.Team)).Distinct();
        foreach (var person in told)
            change.Send(ReviewLetters.About(review, LetterNames.ReviewersReleased, new PersonId(person)) with { Path = "/" });
    }

    private static bool HasReviewers(LoadedReview review, string variant) =>
        review.Process.FindVariant(variant) is { ReviewingStates: > 0 };

    /// <summary>Those who were invited and have not answered, and those who stand ready to step in.</summary>
    private static IEnumerable<Guid> Waiting(ReviewTeam team) =>
        team.Invitations.Where(i => i.IsOpen).Select(i => i.Person).Concat(team.States.SelectMany(seat => team.ReserveExperts(seat.State)));
}
