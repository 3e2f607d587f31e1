using System.Collections.Immutable;
using PeerReview.Core.Process;

namespace PeerReview.Core.Ports;

/// <summary>Moves the tokens of one review: which stages open, are skipped, close. Nothing else: guards, deadlines, rights,
/// letters, timers and storage are ours.</summary>
/// <remarks>Runs in memory inside our transaction and keeps nothing between calls; what it must remember is in the text it
/// returns, which we store and hand back.</remarks>
public interface IProcessEngine
{
    /// <summary>The name a database records as its engine: <c>embedded</c>, <c>elsa</c>.</summary>
    string Name { get; }

    /// <summary>Starts a review that has just been launched.</summary>
    ValueTask<EngineResult> StartAsync(EngineCall call, CancellationToken cancel);

    /// <summary>Tells the engine what happened. The same signal twice moves nothing twice.</summary>
    /// <param name="engineState">The text of the last result for this review.</param>
    /// <exception cref="EngineStateException">The text does not belong to the state in <paramref name="call"/>:
    /// rebuild it from the events.</exception>
    /// <exception cref="EngineMismatchException">It disagrees with its reference.</exception>
    /// <exception cref="EngineFaultException">Something broke within it.</exception>
    ValueTask<EngineResult> AdvanceAsync(string engineState, EngineCall call, CancellationToken cancel);

    /// <summary>Makes the engine's text anew from the events of a review, and from nothing else. No moves come back.</summary>
    ValueTask<EngineResult> RebuildAsync(
        ProcessDefinition definition, IReadOnlyList<ProcessEvent> events, CancellationToken cancel);
}

/// <summary>What an engine is told.</summary>
/// <param name="State">After the domain events of the command, before the moves asked for.</param>
public sealed record EngineCall(
    ProcessDefinition Definition, ProcessState State, Signal Signal, ProcessFacts Facts, DateTimeOffset Now);

/// <summary>What an engine answers.</summary>
/// <param name="Moves">Events of the kinds marked as moves, in order.</param>
/// <param name="EngineState">Opaque text, at most some kilobytes, to be stored and handed back.</param>
public sealed record EngineResult(ImmutableArray<ProcessEvent> Moves, string EngineState);

/// <summary>An engine could not make its moves. Its text can be made anew from the events, and the call tried again.</summary>
public abstract class EngineException(string message) : Exception(message);

/// <summary>The stored text of an engine does not fit the events.</summary>
public sealed class EngineStateException(string message) : EngineException(message)
{
    /// <summary>Whether the text is another engine's, as after a change of stacks.</summary>
    public bool IsForeign { get; init; }
}

/// <summary>An engine made other moves than the reference beside it.</summary>
public sealed class EngineMismatchException(string message) : EngineException(message);

/// <summary>Something broke within an engine.</summary>
public sealed class EngineFaultException(string message) : EngineException(message);
