namespace PeerReview.Server.Platform.Clock;

/// <summary>Work that falls due by business time: it knows when, and does everything that is due now.</summary>
public interface IDueWork
{
    /// <summary>What it is, for logs and for what the clock says.</summary>
    string Name { get; }

    /// <summary>The first instant, business time, UTC, after the given one at which more of it falls due; null for none.</summary>
    Task<DateTimeOffset?> NextAsync(DateTimeOffset after, CancellationToken cancel);

    /// <summary>Does what is due by now; answers how much that was, so that zero means idle.</summary>
    Task<int> DrainAsync(CancellationToken cancel);

    /// <summary>Whether another program of this database is doing some of it right now, so that it will be done although
    /// <see cref="DrainAsync"/> found nothing.</summary>
    Task<bool> IsInOtherHandsAsync(CancellationToken cancel) => Task.FromResult(false);
}

/// <summary>Due work that can also be done in parts, each under a key.</summary>
public interface IKeyedDueWork : IDueWork
{
    /// <summary>The keys under which something is due now, the longest due first.</summary>
    Task<IReadOnlyList<string>> DueAsync(CancellationToken cancel);

    /// <summary>Does what is due under one key; answers how much that was, zero when it is done or in other hands.</summary>
    Task<int> DrainAsync(string key, CancellationToken cancel);
}
