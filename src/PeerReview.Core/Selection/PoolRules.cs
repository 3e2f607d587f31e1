using System.Collections.Immutable;

namespace PeerReview.Core.Selection;

/// <summary>What is recorded of one State in the pool.</summary>
/// <param name="OptedIn">Whether it is ready to review others.</param>
/// <param name="DeferredUntil">The last day on which it is not asked; null when it may be asked.</param>
/// <param name="Conflicts">States with which it declares a conflict.</param>
public sealed record PoolEntry(bool OptedIn, DateOnly? DeferredUntil, ImmutableArray<StateCode> Conflicts)
{
    /// <summary>A State nothing is recorded of.</summary>
    public static PoolEntry None { get; } = new(false, null, []);
}

/// <summary>Whether an entry of the pool can be recorded.</summary>
public static class PoolRules
{
    /// <summary>The longest deferral, in days: a cycle.</summary>
    public const int MaxDeferral = 1_095;

    /// <summary>Everything that is wrong, each with its field; empty when nothing is.</summary>
    /// <param name="state">Whose entry it is.</param>
    /// <param name="knows">Whether there is a State with that code.</param>
    /// <param name="today">UTC day.</param>
    /// <returns><c>pool.deferral-out-of-range</c> {days}, <c>pool.deferral-without-opting-in</c>, <c>pool.conflict-with-itself</c>,
    /// <c>pool.conflict-unknown</c> {position}.</returns>
    public static IEnumerable<Refusal> Check(PoolEntry entry, StateCode state, Func<StateCode, bool> knows, DateOnly today)
    {
        if (entry.DeferredUntil is { } until)
        {
            if (!entry.OptedIn)
                yield return new Refusal("pool.deferral-without-opting-in", RefusalKind.Invalid, "deferredUntil");
            else if (until < today || until > today.AddDays(MaxDeferral))
                yield return new Refusal("pool.deferral-out-of-range", RefusalKind.Invalid, "deferredUntil").With("days", MaxDeferral);
        }

        foreach (var (at, other) in entry.Conflicts.Index())
        {
            if (other == state)
                yield return new Refusal("pool.conflict-with-itself", RefusalKind.Invalid, "conflicts");
            else if (!knows(other))
                yield return new Refusal("pool.conflict-unknown", RefusalKind.Invalid, "conflicts").With("position", at + 1);
        }
    }
}
