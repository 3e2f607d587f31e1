using PeerReview.Core.Deliberation;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;

namespace PeerReview.Core.Selection;

/// <summary>When the head coordinator may put another State in the place of one that cannot go on, or does not (process B.3, L3
/// "replace"): until its experts have commented. What they handed in stands, and is not done again by another State.</summary>
public static class ReplacingState
{
    /// <summary>Why it cannot be done; null when it can.</summary>
    /// <param name="reviewer">A State with a place; ISO 3166-1 alpha-3 code.</param>
    /// <returns><c>selection.not-running</c>, <c>selection.comments-over</c>, <c>selection.has-commented</c>.</returns>
    public static Refusal? Problem(Dossier dossier, ProcessState state, string reviewer)
    {
        if (state.Status != ReviewStatus.Running)
            return new Refusal("selection.not-running", RefusalKind.Conflict, "state");
        if (state.Definition.FindStage(CommentRules.Stage) is not { } comments || state[comments].Status.IsClosed())
            return new Refusal("selection.comments-over", RefusalKind.Conflict, "state");
        var commented = dossier.Holding(RoleCode.Expert, reviewer)
            .Any(expert => state[comments].Part(new PersonId(expert).ToString()) is { Status: PartStatus.Done });
        return commented ? new Refusal("selection.has-commented", RefusalKind.Conflict, "state") : null;
    }
}
