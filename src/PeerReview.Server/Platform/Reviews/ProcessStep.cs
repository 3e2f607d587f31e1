using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Ports;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>One step of the process: decide, let the engine move, set the deadlines of what opened.</summary>
public sealed class ProcessStep(ReviewEngine engine, Calendars calendars)
{
    /// <summary>Takes the step and logs its events; a refusal changes nothing.</summary>
    /// <param name="review">After the domain events of the command.</param>
    /// <param name="material">Reads what guards look at; called only when the command asks for a guard.</param>
    /// <param name="history">Reads the process events stored so far; called only when the engine has to begin anew.</param>
    public async Task<Verdict<LoadedReview>> TakeAsync(
        LoadedReview review, Func<Task<Material>> material, Func<Task<IReadOnlyList<ProcessEvent>>> history,
        ProcessCommand command, EventLog log, CancellationToken cancel)
    {
        var asked = Decider.GuardsAsked(review.Process, command);
        var facts = FactsForProcess.Of(
            review, asked, asked.IsEmpty ? Material.Empty : await material(), calendars, Decider.StageLeft(review.Process, command));
        var verdict = Decider.Decide(review.Process, review.State, command, facts, review.Now);
        if (verdict is not Verdict<Decision>.Accepted { Value: var decision })
            return ((Verdict<Decision>.Refused)verdict).Reason;

        var state = Record(log, review.State, decision.Events);
        var engineState = review.EngineState;
        if (decision.Signal is { } signal)
        {
            facts = FactsForProcess.After(facts, review with { State = state });
            var call = new EngineCall(review.Process, state, signal, facts, review.Now);
            var moved = await engine.MoveAsync(review, call, decision.Events, history, cancel);
            if (moved is not Verdict<EngineResult>.Accepted { Value: var result })
                return ((Verdict<EngineResult>.Refused)moved).Reason;
            state = Record(log, state, result.Moves);
            engineState = result.EngineState;
        }

        state = Record(log, state, Deadlines.Settle(review.Process, state, facts, review.Now));
        return review with { State = state, EngineState = engineState };
    }

    private static ProcessState Record(EventLog log, ProcessState state, ImmutableArray<ProcessEvent> events)
    {
        foreach (var @event in events)
        {
            log.Add(ProcessJson.KindOf(@event), ProcessJson.WriteElement(@event));
            state = state.Evolve(@event);
        }

        return state;
    }
}
