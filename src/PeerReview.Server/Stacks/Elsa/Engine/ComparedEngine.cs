using System.Collections.Immutable;
using PeerReview.Core.Ports;
using PeerReview.Core.Process;

namespace PeerReview.Server.Stacks.Elsa.Engine;

/// <summary>An engine with our interpreter beside it as the reference: whatever it moves, the interpreter must move alike.</summary>
internal sealed class ComparedEngine(IProcessEngine engine) : IProcessEngine
{
    public string Name => engine.Name;

    public async ValueTask<EngineResult> StartAsync(EngineCall call, CancellationToken cancel) =>
        RequireAlike(call, await engine.StartAsync(call, cancel));

    public async ValueTask<EngineResult> AdvanceAsync(string engineState, EngineCall call, CancellationToken cancel) =>
        RequireAlike(call, await engine.AdvanceAsync(engineState, call, cancel));

    public ValueTask<EngineResult> RebuildAsync(
        ProcessDefinition definition, IReadOnlyList<ProcessEvent> events, CancellationToken cancel) =>
        engine.RebuildAsync(definition, events, cancel);

    private static EngineResult RequireAlike(EngineCall call, EngineResult result)
    {
        var expected = Interpreter.Advance(call.Definition, call.State, call.Signal, call.Facts, call.Now);
        return Texts(expected).SequenceEqual(Texts(result.Moves), StringComparer.Ordinal)
            ? result
            : throw new EngineMismatchException(
                $"After {call.Signal} the engine moved [{string.Join(' ', Texts(result.Moves))}] and the reference [{string.Join(' ', Texts(expected))}].");
    }

    private static IEnumerable<string> Texts(ImmutableArray<ProcessEvent> moves) =>
        moves.Select(move => $"{ProcessJson.KindOf(move)} {ProcessJson.Write(move)}");
}
