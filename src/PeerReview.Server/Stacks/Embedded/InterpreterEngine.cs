using System.Globalization;
using PeerReview.Core.Ports;
using PeerReview.Core.Process;

namespace PeerReview.Server.Stacks.Embedded;

/// <summary>Our interpreter behind the engine port.</summary>
/// <remarks>
/// The process state is all it needs. Its text only says where the tokens stood when it last spoke, so that a row whose
/// state and engine text have come apart is noticed before anything moves.
/// </remarks>
public sealed class InterpreterEngine : IProcessEngine
{
    // Begins every text of ours.
    private const string Format = "1:";

    public string Name => "embedded";

    public ValueTask<EngineResult> StartAsync(EngineCall call, CancellationToken cancel) => Move(call);

    public ValueTask<EngineResult> AdvanceAsync(string engineState, EngineCall call, CancellationToken cancel)
    {
        var expected = Tokens(call.State);
        return engineState == expected
            ? Move(call)
            : throw new EngineStateException($"The engine's tokens {engineState} are not those of the review, {expected}.")
            {
                IsForeign = !engineState.StartsWith(Format, StringComparison.Ordinal),
            };
    }

    public ValueTask<EngineResult> RebuildAsync(
        ProcessDefinition definition, IReadOnlyList<ProcessEvent> events, CancellationToken cancel)
    {
        var state = ProcessState.Initial(definition).Evolve(events);
        return ValueTask.FromResult(new EngineResult([], Tokens(state)));
    }

    private static ValueTask<EngineResult> Move(EngineCall call)
    {
        var moves = Interpreter.Advance(call.Definition, call.State, call.Signal, call.Facts, call.Now);
        return ValueTask.FromResult(new EngineResult(moves, Tokens(call.State.Evolve(moves))));
    }

    /// <summary>One digit a stage, then the start of the definition's hash.</summary>
    private static string Tokens(ProcessState state) => string.Create(CultureInfo.InvariantCulture,
        $"{Format}{string.Concat(state.Stages.Select(s => (char)('0' + (int)s.Status)))}:{state.Definition.Hash.AsSpan(0, 8)}");
}
