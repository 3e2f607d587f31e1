using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Ports;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>One step of the process: decide, let the engine move, set the deadlines of what opened.</summary>
public sealed class ProcessStep(IProcessEngine engine, Calendars calendars)
{
    /// <summary>Takes the step and logs its events; a refusal changes nothing.</summary>
    /// <param name="review">After the domain events of the command.</param>
    /// <param name="material">Reads what guards look at; called only when the command asks for a guard.</param>
    public async Task<Verdict<LoadedReview>> TakeAsync(
        LoadedReview review, Func<Task<Material>> material, ProcessCommand command, EventLog log, CancellationToken cancel)
    {
        var asked = Decider.GuardsAsked(review.Process, command);
        var facts = FactsForProcess.Of(
            review, asked, asked.IsEmpty ? Material.Empty : await material(), calendars);
        var verdict = Decider.Decide(review.Process, review.State, command, facts, review.Now);
        if (verdict is not Verdict<Decision>.Accepted { Value: var decision })
            return ((Verdict<Decision>.Refused)verdict).Reason;

        var state = Record(log, review.State, decision.Events);
        var engineState = review.EngineState;
        if (decision.Signal is { } signal)
        {
            var call = new EngineCall(review.Process, state, signal, facts, review.Now);
            var result = signal is Signal.Launched
                ? await engine.StartAsync(call, cancel)
                : await engine.AdvanceAsync(engineState, call, cancel);
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
