using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Ports;
using PeerReview.Core.Process;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>Has the engine move a review. What the engine remembers may be wrong or another engine's: the events are what
/// counts, so its text is made anew from them once. An engine that fails even then changes nothing.</summary>
public sealed class ReviewEngine(IProcessEngine engine, EngineIncidents incidents)
{
    /// <summary>The moves of a call, and the text to store with them.</summary>
    /// <param name="history">Reads every process event of the review that is stored, in order; asked only when the text has
    /// to be made anew.</param>
    /// <param name="decided">The events of the command in hand, which come after those.</param>
    /// <returns>Refused when the engine cannot be made to work: whatever the command did is to be rolled back. An operator
    /// finds why.</returns>
    public async Task<Verdict<EngineResult>> MoveAsync(
        LoadedReview review, EngineCall call, ImmutableArray<ProcessEvent> decided,
        Func<Task<IReadOnlyList<ProcessEvent>>> history, CancellationToken cancel)
    {
        try
        {
            return await CallAsync(review.EngineState, call, cancel);
        }
        catch (EngineException trouble)
        {
            var kind = EngineIncidentKind.Rebuilt;
            try
            {
                var text = review.EngineState;
                if (call.Signal is not Signal.Launched)
                    text = (await engine.RebuildAsync(call.Definition, [.. await history(), .. decided], cancel)).EngineState;
                var result = await CallAsync(text, call, cancel);
                // After a change of stacks every review comes here once; that is no incident.
                if (trouble is not EngineStateException { IsForeign: true })
                    await incidents.RecordAsync(review, engine.Name, kind, call.Signal, trouble);
                return result;
            }
            catch (EngineException lasting)
            {
                kind = lasting is EngineFaultException ? EngineIncidentKind.Fault : EngineIncidentKind.Mismatch;
                await incidents.RecordAsync(review, engine.Name, kind, call.Signal, lasting);
                return ReviewRefusals.EngineTrouble;
            }
        }
    }

    private ValueTask<EngineResult> CallAsync(string text, EngineCall call, CancellationToken cancel) => call.Signal is Signal.Launched
        ? engine.StartAsync(call, cancel)
        : engine.AdvanceAsync(text, call, cancel);
}
