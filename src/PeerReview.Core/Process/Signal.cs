using System.Collections.Immutable;

namespace PeerReview.Core.Process;

/// <summary>What an engine is told so that it can move its tokens. The same signal twice moves nothing twice.</summary>
public abstract record Signal
{
    private Signal()
    {
    }

    /// <summary>The review was launched; the first stage is done.</summary>
    public sealed record Launched : Signal;

    /// <summary>A role did its part, or silence did it.</summary>
    public sealed record Completed(string Stage, string? Branch) : Signal;

    /// <summary>The stage failed.</summary>
    public sealed record Failed(string Stage) : Signal;

    /// <summary>The stage, or one branch of it, was waived.</summary>
    public sealed record Waived(string Stage, string? Branch) : Signal;

    /// <summary>The optional stage is left out.</summary>
    public sealed record Skipped(string Stage) : Signal;

    /// <summary><paramref name="Stage"/> sent <paramref name="To"/> back.</summary>
    public sealed record Returned(string Stage, string To) : Signal;

    /// <summary>The variant changed; the state already carries the new one.</summary>
    public sealed record VariantChanged : Signal;

    /// <summary>One branch key took the place of another.</summary>
    public sealed record Replaced(string Over, string From, string To) : Signal;
}

/// <summary>An accepted command: what happened, and what the engine is to be told.</summary>
/// <param name="Events">At least one.</param>
/// <param name="Signal">Null when no token moves: an extension, a pause, a deferral.</param>
public sealed record Decision(ImmutableArray<ProcessEvent> Events, Signal? Signal);
