using System.Collections.Immutable;
using Elsa.Workflows;
using PeerReview.Core.Process;
using PeerReview.Server.Stacks.Elsa.Export;

namespace PeerReview.Server.Stacks.Elsa.Engine;

/// <summary>What one run of a workflow is about: the signal it carries and the moves it has made so far. Handed to the
/// activities as input of the workflow; never stored.</summary>
/// <param name="state">Before the moves.</param>
/// <param name="signal">What happened; null when the workflow only takes its places in a review that is under way.</param>
internal sealed class StageRun(ProcessState state, StageMoves moves, Signal? signal)
{
    private const string InputName = "run";

    private readonly ProcessDefinition _definition = state.Definition;
    private int? _entered;

    /// <summary>The run an activity is part of.</summary>
    public static StageRun Of(ActivityExecutionContext context) => (StageRun)context.WorkflowInput[InputName];

    /// <summary>The input of a workflow that carries this run.</summary>
    public Dictionary<string, object> ToInput() => new(StringComparer.Ordinal) { [InputName] = this };

    /// <summary>Whether anything has moved.</summary>
    public bool HasMoved => moves.Count > 0;

    /// <summary>Whether the review begins with this run.</summary>
    public bool IsLaunch => signal is Signal.Launched;

    /// <summary>Every move, in the order of the definition.</summary>
    public ImmutableArray<ProcessEvent> ToMoves()
    {
        moves.EndReview();
        return moves.ToImmutable(_entered ?? moves.Count);
    }

    /// <summary>The stages to turn to in a workflow that begins in the middle of a review: those that are open, and, when
    /// something happened, those whose turn that made it.</summary>
    public IEnumerable<string> Places() => _definition.Ordered
        .Where(stage => moves.IsOpen(stage) || (signal is not null && moves.MayEnter(stage)))
        .Select(stage => stage.Id);

    /// <summary>Whether the turn of a stage has come that no connection led to.</summary>
    public bool HasTurns => _definition.Ordered.Any(moves.MayEnter);

    /// <summary>Stages that are there now wait for their turn; those that are not any more are skipped.</summary>
    public void ChangeVariant() => moves.ChangeVariant();

    /// <summary>A connection led to the stage.</summary>
    public StageStanding Arrive(string id)
    {
        var stage = _definition.Stage(id);
        if (IsLaunch && !HasMoved)
        {
            moves.Launch();
            return StageStanding.Ended(StageOutcomes.Done);
        }

        if (!moves.MayEnter(stage))
            return StageStanding.NotItsTurn;
        _entered ??= moves.Count;
        return moves.Enter(stage) ? Waiting(stage) : StageStanding.Ended(StageOutcomes.Skipped);
    }

    /// <summary>The workflow takes its place in a stage that is open already; or the turn of the stage has come.</summary>
    public StageStanding Place(string id) =>
        moves.IsOpen(_definition.Stage(id)) ? Waiting(_definition.Stage(id)) : Arrive(id);

    /// <summary>The signal reaches a stage that waits.</summary>
    public StageStanding Tell(string id)
    {
        var stage = _definition.Stage(id);
        switch (signal)
        {
            case Signal.Completed s: moves.Complete(stage, s.Branch); break;
            case Signal.Waived s: moves.Waive(stage, s.Branch); break;
            case Signal.Failed: moves.Fail(stage); break;
            case Signal.Skipped: moves.LeaveOut(stage); break;
            case Signal.Returned s: moves.Return(stage, _definition.Stage(s.To)); break;
            // It reaches each of the stages concerned; the first tells all.
            case Signal.Replaced s when !HasMoved: moves.Replace(s); break;
            case Signal.Replaced: break;
            default: throw new InvalidOperationException($"A stage that waits is not told of {signal}.");
        }

        if (moves.IsOpen(stage))
            return Waiting(stage);
        return StageStanding.Ended(signal is Signal.Returned ? StageOutcomes.Returned : StageOutcomes.Of(moves[stage].Status));
    }

    /// <summary>Whether the stage is still to be waited in.</summary>
    public bool IsOpen(string id) => moves.IsOpen(_definition.Stage(id));

    private StageStanding Waiting(Stage stage) => StageStanding.Waits(
        [.. moves[stage].Parts.Where(part => part.Status == PartStatus.Open).Select(part => part.Branch)]);
}

/// <summary>How a stage stands for the workflow.</summary>
/// <param name="Outcome">With which it ended, or null.</param>
/// <param name="Branches">For which it waits; null stands for the part beside the branches.</param>
internal readonly record struct StageStanding(string? Outcome, ImmutableArray<string?> Branches)
{
    /// <summary>A connection led here before all others that must, or after the stage was closed.</summary>
    public static StageStanding NotItsTurn { get; } = new(null, []);

    public static StageStanding Ended(string outcome) => new(outcome, []);

    public static StageStanding Waits(ImmutableArray<string?> branches) => new(null, branches);
}
