using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Process;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Report;

/// <summary>A party states on the page of the report that it cannot agree; the head coordinator looks for a way on with all. Over the
/// API it is the stage's <c>fail</c>.</summary>
public static class StateNoAgreement
{
    /// <summary>Decides; the reason is kept and read by both sides.</summary>
    public static Verdict<ReviewChange> Decide(ReviewWork work, string reason)
    {
        var review = work.Review;
        if (Access.May(work.Actor, ReviewAct.ConfirmReport, review.Facts) is { } no)
            return no;
        if (ConfirmReport.PartyOf(review, work.Person) is not { } party
            || !AgreementRules.Parties(AgreementRules.Stage, review.Dossier).Contains(party, StringComparer.Ordinal))
        {
            return new Refusal("access.not-allowed", RefusalKind.NotAllowed);
        }

        if (StageDoor.Closed(review.State, AgreementRules.Stage) is { } closed)
            return closed;
        if (reason.Length is 0 or > Reasons.MaxLength || !Core.Text.IsReadable(reason))
            return new Refusal("agreement.reason", RefusalKind.Invalid, "reason").With("max", Reasons.MaxLength);
        return new ReviewChange()
            .Then(new ProcessCommand.Fail(work.Acting, AgreementRules.Stage))
            .SendAfter(after => ReviewLetters.OfNoAgreement(review, after, work.Person))
            .Explain(Reasons.Fail, reason, work);
    }
}
