using PeerReview.Core;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Moves;

/// <summary>What becomes of a call for stakeholders that has begun when a review changes to a variant of its process that hears none. Where the
/// variant may do without one and has it, what has begun goes on.</summary>
internal static class EndCall
{
    /// <summary>Takes back the invitations nobody answered, and tells whoever handed nothing in. What was handed in stays; whose contribution
    /// nobody had screened is told that it goes no further.</summary>
    public static void With(ReviewChange change, ReviewWork work, string variant)
    {
        var (review, window) = (work.Review, work.Review.Dossier.Stakeholders);
        if (review.Process.FindStage(StakeholderWindow.Call) is not { } call || review.State[call].Status != StageStatus.Open
            || review.Process.Exists(call, variant, review.State.Subject))
        {
            return;
        }

        var open = window.Invitations.Where(invitation => invitation.IsOpen).ToList();
        foreach (var invitation in open)
            change.Record(new ReviewEvent.StakeholderInvitationClosed(invitation.Id, InvitationOutcome.Withdrawn, work.Person.Value));
        if (open.Count > 0)
            change.Also(Sql.Withdraw, new { Review = review.Id.Value, At = work.Now }, rows: open.Count);
        // Whoever was invited may have no account: the letter leads to what the product is.
        foreach (var person in open.Select(invitation => invitation.Person).Concat(window.Silent(review.Dossier)).Distinct())
            change.Send(ReviewLetters.About(review, LetterNames.CallEnded, new PersonId(person)) with { Path = "/help" });
        foreach (var sender in window.Contributions.Where(contribution => contribution.Accepted is null).Select(contribution => contribution.By).Distinct())
            change.Send(ReviewLetters.About(review, LetterNames.ContributionUnread, new PersonId(sender)) with { Path = StagePages.Of(review, StakeholderWindow.Call) });
    }

    private static class Sql
    {
        public const string Withdraw =
            "UPDATE stakeholder_invitation SET outcome = 'withdrawn', closed_at = @At WHERE review_id = @Review AND outcome IS NULL";
    }
}
