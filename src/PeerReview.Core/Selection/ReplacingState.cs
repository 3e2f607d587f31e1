using System.Collections.Immutable;
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

    /// <summary>The same of a process whose States are named and not drawn by us: until a stage begins in which experts act, or, where they
    /// act in none, until the State has done a part of its own.</summary>
    /// <returns><c>stage.no-reviewers</c>, <c>selection.not-running</c>, <c>stage.no-replacing</c>, <c>stage.assessment-begun</c>.</returns>
    public static Refusal? OfNamed(ProcessState state, string reviewer)
    {
        if (!ReviewingStates.AreNamed(state.Definition, state.Variant))
            return new Refusal("stage.no-reviewers", RefusalKind.NotFound);
        if (state.Status != ReviewStatus.Running)
            return new Refusal("selection.not-running", RefusalKind.Conflict, "state");
        if (ActingFor(state.Definition).IsEmpty)
            return new Refusal("stage.no-replacing", RefusalKind.Conflict, "state");
        var ofExperts = state.Definition.Stages.Where(stage => state.Exists(stage) && stage.Acts.Contains(RoleCode.Expert, StringComparer.Ordinal)).ToList();
        var begun = ofExperts.Count > 0
            ? ofExperts.Any(stage => state[stage].Status != StageStatus.Waiting)
            : state.Definition.Stages.Any(stage => state[stage].Part(reviewer) is { Status: PartStatus.Done });
        return begun ? new Refusal("stage.assessment-begun", RefusalKind.Conflict, "state") : null;
    }

    /// <summary>The roles whose place the process gives to put one State in the place of another; empty where it gives it to nobody.</summary>
    public static ImmutableArray<string> ActingFor(ProcessDefinition process) =>
        process.May.TryGetValue("replace", out var roles) ? roles : [];
}
