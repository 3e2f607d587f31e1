namespace PeerReview.Core.Ports;

/// <summary>Runs named pieces of work on a rhythm, on one node at a time, surviving the death of a node.</summary>
/// <remarks>It owns no due work: that is rows in our tables. It only says "look now".</remarks>
public interface IRecurringWork
{
    /// <summary>Starts the rhythm of every piece; returns once it is scheduled.</summary>
    Task StartAsync(IReadOnlyList<RecurringWork> work, CancellationToken cancel);

    /// <summary>Stops calling and waits for the piece in hand.</summary>
    Task StopAsync(CancellationToken cancel);
}

/// <summary>One named piece of work. The name is stable across releases.</summary>
/// <param name="Name">kebab-case, unique.</param>
/// <param name="Every">The rhythm, real time, at least one second.</param>
/// <param name="RunAsync">The work; must be harmless when run twice.</param>
public sealed record RecurringWork(string Name, TimeSpan Every, Func<CancellationToken, Task> RunAsync)
{
    /// <summary>The same work key by key, for a scheduler that queues each key as a job of its own; null for work without
    /// keys. A scheduler without such jobs leaves it alone and runs the whole.</summary>
    public KeyedWork? ByKey { get; init; }
}

/// <summary>Work whose due parts have keys.</summary>
/// <param name="DueAsync">The keys under which something is due now, the longest due first.</param>
/// <param name="RunAsync">Does what is due under one key; does nothing when it is done or in other hands.</param>
public sealed record KeyedWork(
    Func<CancellationToken, Task<IReadOnlyList<string>>> DueAsync, Func<string, CancellationToken, Task> RunAsync);
