using System.Collections.Immutable;
using PeerReview.Core.Process;

namespace PeerReview.Core.Reviews;

/// <summary>Who is missing in a stage of a programme's own process, and who is asked to name them.</summary>
/// <remarks>Whoever is asked so holds no role that acts in the stage: that tells the one from the other.</remarks>
public static class StageGaps
{
    /// <summary>The roles a part of a stage asks now: those who act, and in place of a role nobody holds whoever can name somebody.</summary>
    /// <param name="roles">The roles the process waits for; none where nobody of a sequence is there.</param>
    /// <param name="isHeld">Whether somebody holds a role in this part.</param>
    /// <param name="lacksStates">Whether the reviewing States have to be named before the stage can close.</param>
    public static ImmutableArray<string> Asked(Stage stage, ImmutableArray<string> roles, Func<string, bool> isHeld, bool lacksStates)
    {
        var acting = roles.IsEmpty ? stage.Acts : roles;
        // A right that nobody is there to use lapses, and nobody is asked for it.
        if (IsSettled(stage))
            return acting;
        var asked = stage.Mode != ActsMode.All && acting.Any(isHeld)
            ? acting
            : acting.Select(role => isHeld(role) ? role : NamerOf(role, isHeld));
        return [.. (lacksStates ? asked.Append(RoleCode.Coordinator) : asked).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Whether the reviewing States have to be named before a stage can close.</summary>
    public static bool LackStates(ProcessState state, Dossier dossier, Stage closing) =>
        dossier.Team.States.IsEmpty && ReviewingStates.AreNamed(state.Definition, state.Variant)
        && ReviewingStates.Deserted(state, dossier, closing) is { } next && next.Each.Any(each => each.Over == BranchSet.ReviewingState);

    /// <summary>Whether somebody has to be named as the focal point before a stage can close: its authority does it, and the stage that comes
    /// next waits for a focal point nobody is yet. A right that can be given up waits for nobody.</summary>
    /// <param name="isHeld">Whether somebody holds a role in the review.</param>
    public static bool LacksFocalPoint(ProcessState state, Stage closing, Func<string, bool> isHeld) =>
        !closing.Waivable && closing.Acts.Contains(RoleCode.Authority, StringComparer.Ordinal) && !isHeld(RoleCode.FocalPoint)
        && state.Definition.Stages.Any(next => state.Exists(next) && next.After.Contains(closing.Id, StringComparer.Ordinal)
            && state[next].Status == StageStatus.Waiting && KnownStages.AreGeneric(state.Definition, next)
            && next.Acts.Contains(RoleCode.FocalPoint, StringComparer.Ordinal) && (next.Mode == ActsMode.All || next.Acts.Length == 1));

    /// <summary>What somebody is asked to mend; null where the role acts in the stage itself, or the stage is one of ours.</summary>
    /// <param name="stage">Stage id, or the name of what is beside the process.</param>
    public static StageGap? Of(ProcessDefinition process, string stage, string role)
    {
        if (process.FindStage(stage) is not { } at || !KnownStages.AreGeneric(process, at)
            || role is not (RoleCode.Authority or RoleCode.Coordinator) || at.Acts.Any(acting => process.ActsAs(role, acting)))
            return null;
        return role switch
        {
            RoleCode.Coordinator when IsSettled(at) => StageGap.Right,
            RoleCode.Authority => StageGap.People,
            _ when at.Each.Any(each => each.Over == BranchSet.ReviewingState) => StageGap.Speaker,
            _ when at.Acts.Any(acting => acting is RoleCode.Expert or RoleCode.Lead) => StageGap.Experts,
            _ when process.Stages.Any(next => next.After.Contains(at.Id, StringComparer.Ordinal)
                && next.Each.Any(each => each.Over == BranchSet.ReviewingState)) => StageGap.States,
            _ => StageGap.Authority,
        };
    }

    /// <summary>Whether a stage is a right whose use leaves something for the office to settle.</summary>
    public static bool IsSettled(Stage stage) => stage.Waivable && !stage.Acts.Contains(RoleCode.Coordinator, StringComparer.Ordinal);

    /// <summary>The authority names the State's people; the office sees to everybody else, and to an authority nobody is yet.</summary>
    private static string NamerOf(string role, Func<string, bool> isHeld) =>
        role is RoleCode.FocalPoint or RoleCode.Alternate or RoleCode.Contributor && isHeld(RoleCode.Authority) ? RoleCode.Authority : RoleCode.Coordinator;
}

/// <summary>What a stage lacks before it can go on.</summary>
public enum StageGap
{
    /// <summary>People of the State: its focal point, a contributor.</summary>
    People,

    /// <summary>Anybody who speaks for the State at all.</summary>
    Authority,

    /// <summary>The reviewing States.</summary>
    States,

    /// <summary>Who speaks for one of them.</summary>
    Speaker,

    /// <summary>Experts, or the one who leads.</summary>
    Experts,

    /// <summary>Nobody: a right was used, and what follows has to be settled.</summary>
    Right,
}
