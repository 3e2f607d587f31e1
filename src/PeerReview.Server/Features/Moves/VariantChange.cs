using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Report;
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
        var told = dossier.People.Where(p => p.State is not null).Select(p => p.Person)
            .Concat(dossier.Team.States.SelectMany(seat => dossier.Team.ReserveExperts(seat.State))).Distinct().ToList();
        foreach (var person in told)
            change.Send(ReviewLetters.About(review, LetterNames.ReviewersReleased, new PersonId(person)) with { Path = "/" });
        // Whoever has not answered had no part in it yet.
        foreach (var person in dossier.Team.Invitations.Where(i => i.IsOpen).Select(i => i.Person).Distinct().Except(told))
            change.Send(ReviewLetters.About(review, LetterNames.InvitationWithdrawn, new PersonId(person)) with { Path = "/help" });
    }

    /// <summary>Everything wrong with what is promised of the documents of another variant.</summary>
    /// <returns><c>launch.unknown-document</c>, <c>launch.unknown-choice</c>.</returns>
    public static IEnumerable<Refusal> Problems(string variant, IReadOnlyDictionary<string, string> promise)
    {
        foreach (var (document, choice) in promise)
        {
            if (!PublishedDocuments.Of(variant).Contains(document, StringComparer.Ordinal))
                yield return new Refusal("launch.unknown-document", RefusalKind.Invalid, "promise");
            else if (PublishedDocuments.FindChoice(choice) is null)
                yield return new Refusal("launch.unknown-choice", RefusalKind.Invalid, $"promise.{document}");
        }
    }

    /// <summary>Keeps what is promised of the documents of another variant, which the launch could not promise.</summary>
    public static void Promise(ReviewChange change, ReviewWork work, MoveRequest request)
    {
        var before = work.Review.Dossier.Promise;
        if (!KnownStages.Serve(work.Review.Process, SignedAct.Publication))
            return;
        var after = PublishedDocuments.Of(request.Variant).Aggregate(
            before,
            (promise, document) => promise.SetItem(document, request.Promise?.GetValueOrDefault(document) ?? before.GetValueOrDefault(document, PublicationChoice.None.Code())));
        if (!after.SequenceEqual(before))
            change.Record(new ReviewEvent.PromiseChanged(after, work.Person.Value));
    }

    /// <summary>That the review goes on in another form: which, and when its report is out by the forecast of today.</summary>
    public static Letter LetterTo(LoadedReview after, PersonId person, Calendars calendars)
    {
        var name = after.Process.OfferedByDefault ? LetterNames.ChangedTo(after.State.Variant) : LetterNames.VariantChanged;
        return ReviewLetters.About(after, name, person) with
        {
            Days = ImmutableSortedDictionary.Create<string, DateOnly>(StringComparer.Ordinal).Add("forecast", MovePreview.ForecastOf(after, calendars).Publication),
        };
    }

    private static bool HasReviewers(LoadedReview review, string variant) =>
        review.Process.FindVariant(variant) is { ReviewingStates: > 0 };
}
