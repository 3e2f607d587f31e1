using System.Collections.Immutable;
using System.Diagnostics;

namespace PeerReview.Core.Process;

/// <summary>Turns a signal into moves: which stages open, are skipped, close, wait again. Pure.</summary>
/// <remarks>
/// A stage that does not exist in the variant, or whose condition does not hold, is skipped when its predecessors are closed,
/// not before: so whatever comes after it still waits for what came before it. While nobody can know whether its condition holds
/// it waits, and so does whatever comes after it; any later signal finds out.
/// </remarks>
public static class Interpreter
{
    /// <summary>The moves a signal brings about.</summary>
    /// <param name="state">After the domain events of the command.</param>
    /// <param name="facts">Conditions, branch keys and quorums are asked of stages that are reached, and only then.</param>
    /// <returns>In order; empty when the signal was already answered.</returns>
    public static ImmutableArray<ProcessEvent> Advance(
        ProcessDefinition definition, ProcessState state, Signal signal, ProcessFacts facts, DateTimeOffset now)
    {
        var moves = new StageMoves(definition, state, facts, now);
        switch (signal)
        {
            case Signal.Completed s: moves.Complete(definition.Stage(s.Stage), s.Branch); break;
            case Signal.Launched: moves.Launch(); break;
            case Signal.Failed s: moves.Fail(definition.Stage(s.Stage)); break;
            case Signal.Waived s: moves.Waive(definition.Stage(s.Stage), s.Branch); break;
            case Signal.Skipped s: moves.LeaveOut(definition.Stage(s.Stage)); break;
            case Signal.Returned s: moves.Return(definition.Stage(s.Stage), definition.Stage(s.To)); break;
            case Signal.VariantChanged: moves.ChangeVariant(); break;
            case Signal.Replaced s: moves.Replace(s); break;
            default: throw new UnreachableException($"No moves for {signal.GetType().Name}.");
        }

        // In the order of the definition one pass reaches everything.
        foreach (var stage in definition.Ordered)
        {
            if (moves.MayEnter(stage))
                moves.Enter(stage);
        }

        moves.EndReview();
        return moves.ToImmutable();
    }

    /// <summary>Whether a part is done by what its roles did, or by silence.</summary>
    internal static bool IsDone(Stage stage, PartState part)
    {
        if (part.Silent)
            return true;
        if (stage.Mode == ActsMode.Any)
            return !part.Completions.IsEmpty;
        foreach (var role in stage.RolesOf(part.Group))
        {
            if (!part.HasDone(role))
                return false;
        }

        return true;
    }

    /// <summary>Whether the stage may close once the part at <paramref name="closing"/> is closed too.</summary>
    internal static bool IsComplete(StageState state, int closing)
    {
        Span<int> closed = stackalloc int[state.Quorum.Length];
        for (var i = 0; i < state.Parts.Length; i++)
        {
            var part = state.Parts[i];
            var done = i == closing || part.Status is PartStatus.Done or PartStatus.Waived;
            if (part.Group < 0 && !done)
                return false;
            if (part.Group >= 0 && done)
                closed[part.Group]++;
        }

        for (var group = 0; group < closed.Length; group++)
        {
            if (closed[group] < state.Quorum[group])
                return false;
        }

        return true;
    }
}
