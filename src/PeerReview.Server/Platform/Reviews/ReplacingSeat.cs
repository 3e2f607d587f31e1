using PeerReview.Core;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>Puts one reviewing State in the place of another, however a process finds its States.</summary>
public static class ReplacingSeat
{
    /// <summary>How the reason is kept why a State could not go on.</summary>
    public static string ReasonOf(string state) => $"ReplaceState.{state}";

    /// <summary>Records it: whoever spoke or worked for the State leaves the review and is told, and so is whoever it had invited.</summary>
    /// <param name="to">The State that takes the place.</param>
    /// <param name="cause">See <see cref="ReplacementCause"/>.</param>
    public static ReviewChange PutInPlace(this ReviewChange change, ReviewWork work, string from, StateRow to, string cause)
    {
        var (review, by) = (work.Review, work.Person.Value);
        foreach (var leaving in review.Dossier.People.Where(p => p.State == from))
            change.Record(new ReviewEvent.PersonReleased(leaving.Person, leaving.Role, by));
        foreach (var person in review.Dossier.People.Where(p => p.State == from).Select(p => p.Person).Distinct())
            change.Send(ReviewLetters.About(review, LetterNames.ReviewerReleased, new PersonId(person)) with { Path = "/" });
        // Whoever was invited may have no account: the letter leads to what the product is.
        foreach (var invited in review.Dossier.Team.Invitations.Where(one => one.IsOpen && one.State == from))
            change.Send(ReviewLetters.About(review, LetterNames.InvitationWithdrawn, new PersonId(invited.Person)) with { Path = "/help" });
        return change.Record(new ReviewEvent.ReviewerReplaced(from, to.Iso3, cause, by)).Seat(to).Made(to.Iso3);
    }

    /// <summary>To everybody who works on the review, and to who answers for the State.</summary>
    /// <param name="path">Where the reviewing States are read.</param>
    public static IEnumerable<Letter> News(LoadedReview after, string taking, string path) =>
        new[] { RoleCode.Authority, RoleCode.FocalPoint, RoleCode.Alternate, RoleCode.ReviewerFocalPoint, RoleCode.Expert, RoleCode.Coordinator }
            .SelectMany(after.Holding).Distinct()
            .Select(person => ReviewLetters.About(after, LetterNames.ReviewerReplaced, person) with { Path = path, Reviewer = taking });
}
