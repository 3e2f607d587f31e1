using PeerReview.Core.FollowUp;
using PeerReview.Core.Process;

namespace PeerReview.Core.Reviews;

/// <summary>When a State may write commitments, good practices and its summary: from the self-assessment on, until it has
/// decided what becomes public.</summary>
public static class CommitmentDoor
{
    private const string From = AssessmentToSign.Stage;
    private const string Until = SignedAct.Publication;

    /// <summary>Why nobody can write them now; null when they can. How the review stands is asked of the rules of access.</summary>
    /// <returns>null, or <c>process.too-early</c>, <c>follow-up.decided</c>.</returns>
    public static Refusal? Closed(ProcessState state)
    {
        if (state[From].Status == StageStatus.Waiting)
            return new Refusal(ProcessRefusals.TooEarly, RefusalKind.Conflict).With("stage", From);
        return state[Until].Status.IsClosed() ? new Refusal(FollowUpRefusals.Decided, RefusalKind.Conflict) : null;
    }
}
