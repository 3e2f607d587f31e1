using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using PeerReview.Core.Ports;
using PeerReview.Core.Process;
using PeerReview.Server.Stacks.Elsa.Engine;
using Xunit;

namespace PeerReview.Conformance.Elsa;

/// <summary>What Elsa gets wrong is never taken silently: its incidents and its differences from the reference are told.</summary>
public sealed class ComparedEngineTests
{
    private static readonly ElsaEngine Engine = new(NullLoggerFactory.Instance);

    [Fact]
    public async Task An_activity_that_throws_is_a_fault_that_names_the_stage()
    {
        var run = await AtAsync(Engine, "desk", "complete");
        // The next stage asks for a condition that nobody answers.
        run.Facts = run.Facts with { Conditions = ImmutableDictionary<string, bool?>.Empty };

        var fault = await Assert.ThrowsAsync<EngineFaultException>(() => run.FinishAsync("complete"));

        Assert.StartsWith("translate: Nobody answered the condition", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_engine_that_moves_otherwise_than_the_reference_is_told()
    {
        var run = await AtAsync(new ComparedEngine(Engine), "light", "complete");
        var wrong = new EngineRun(() => new ComparedEngine(new Forgetful()), ProcessEngineConformance.Definition("voluntary-review"));
        wrong.TakeUp(run.State, run.EngineState);

        var mismatch = await Assert.ThrowsAsync<EngineMismatchException>(() => wrong.FinishAsync("complete"));

        Assert.Contains("stage_opened", mismatch.Message, StringComparison.Ordinal);
    }

    private static async Task<EngineRun> AtAsync(IProcessEngine engine, string variant, string stage)
    {
        var run = new EngineRun(() => engine, ProcessEngineConformance.Definition("voluntary-review"));
        await run.LaunchAsync(variant);
        await run.ReachAsync(stage);
        return run;
    }

    /// <summary>Leaves the last move out.</summary>
    private sealed class Forgetful : IProcessEngine
    {
        public string Name => Engine.Name;

        public ValueTask<EngineResult> StartAsync(EngineCall call, CancellationToken cancel) => Engine.StartAsync(call, cancel);

        public async ValueTask<EngineResult> AdvanceAsync(string engineState, EngineCall call, CancellationToken cancel)
        {
            var result = await Engine.AdvanceAsync(engineState, call, cancel);
            return result with { Moves = result.Moves[..^1] };
        }

        public ValueTask<EngineResult> RebuildAsync(
            ProcessDefinition definition, IReadOnlyList<ProcessEvent> events, CancellationToken cancel) =>
            Engine.RebuildAsync(definition, events, cancel);
    }
}
