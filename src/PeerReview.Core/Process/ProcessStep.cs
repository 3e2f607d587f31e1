using System.Collections.Immutable;

namespace PeerReview.Core.Process;

/// <summary>One command from decision to deadlines, with our interpreter as the engine.</summary>
public static class ProcessStep
{
    /// <summary>Decides, moves and sets deadlines.</summary>
    public static Verdict<Step> Take(
        ProcessDefinition definition, ProcessState state, ProcessCommand command, ProcessFacts facts, DateTimeOffset now) =>
        Decider.Decide(definition, state, command, facts, now) switch
        {
            Verdict<Decision>.Refused refused => refused.Reason,
            Verdict<Decision>.Accepted { Value: var decision } => Follow(definition, state, decision, facts, now),
            var verdict => throw new System.Diagnostics.UnreachableException(verdict.GetType().Name),
        };

    /// <summary>The rest of a step after its decision.</summary>
    public static Step Follow(
        ProcessDefinition definition, ProcessState state, Decision decision, ProcessFacts facts, DateTimeOffset now)
    {
        var after = state.Evolve(decision.Events);
        if (decision.Signal is null)
            return new Step(decision.Events, after);
        var moves = Interpreter.Advance(definition, after, decision.Signal, facts, now);
        after = after.Evolve(moves);
        var deadlines = Deadlines.Settle(definition, after, facts, now);
        return new Step([.. decision.Events, .. moves, .. deadlines], after.Evolve(deadlines));
    }
}

/// <summary>What a command came to.</summary>
/// <param name="Events">Domain events, moves, deadlines, in this order.</param>
/// <param name="State">After all of them.</param>
public sealed record Step(ImmutableArray<ProcessEvent> Events, ProcessState State);
