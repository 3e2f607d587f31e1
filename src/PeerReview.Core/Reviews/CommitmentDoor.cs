using PeerReview.Core.FollowUp;
using PeerReview.Core.Process;

namespace PeerReview.Core.Reviews;

/// <summary>When a State may write commitments, good practices and its summary: from the self-assessment on, until it has
/// decided what becomes public. Where other States review it, commitments are its action plan and have a stage of their own.</summary>
public static class CommitmentDoor
{
    private const string From = AssessmentToSign.Stage;
    private const string Until = SignedAct.Publication;

    /// <summary>The stage of the action plan.</summary>
    public const string Plan = "action_plan";

    /// <summary>Why nobody can write them now; null when they can. How the review stands is asked of the rules of access.</summary>
    /// <returns>null, or <c>process.too-early</c>, <c>follow-up.decided</c>, or why the stage of the plan is not open.</returns>
    public static Refusal? Closed(ProcessState state)
    {
        if (state.Definition.FindVariant(state.Variant) is { ReviewingStates: > 0 })
            return StageDoor.Closed(state, Plan);
        if (state[From].Status == StageStatus.Waiting)
            return new Refusal(ProcessRefusals.TooEarly, RefusalKind.Conflict).With("stage", From);
        return state[Until].Status.IsClosed() ? new Refusal(FollowUpRefusals.Decided, RefusalKind.Conflict) : null;
    }
}
