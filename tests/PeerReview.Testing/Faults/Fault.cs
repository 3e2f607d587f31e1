namespace PeerReview.Testing.Faults;

/// <summary>What can go wrong with one request.</summary>
public enum FaultKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The node is killed at one message between it and the database.</summary>
    Kill,

    /// <summary>The database is cut off at one message, and stays away for a while.</summary>
    Cut,

    /// <summary>PostgreSQL gives the transaction up: it cannot be serialised with another.</summary>
    Serialization,

    /// <summary>PostgreSQL gives the transaction up: it and another wait for each other.</summary>
    Deadlock,

    /// <summary>The disk of the letters is full for a while.</summary>
    FullDisk,

    /// <summary>The same request reaches two nodes at once.</summary>
    TwoAtOnce,

    /// <summary>Whoever sent it does not wait for the answer, and sends it again.</summary>
    Impatience,
}

/// <summary>One fault of a run.</summary>
/// <param name="At">Kill and Cut: at the how-manieth message, from 1. Serialization and Deadlock: how many times.</param>
/// <param name="Table">Serialization and Deadlock: the table whose rows the database does not take; empty at the commit.</param>
public sealed record Fault(FaultKind Kind, int At = 0, string Table = "");

/// <summary>The faults of one run, by chance from its seed.</summary>
/// <param name="share">Which part of all requests is disturbed, from 0 to 1.</param>
public sealed class FaultPlan(int seed, double share)
{
    private static readonly string[] Tables = ["", "event", "writing", "outbox", "reminder", "deadline", "task", "idempotency"];

    // Starting a program again takes as long as a hundred other faults.
    private static readonly (FaultKind Kind, int Weight)[] OfRequests =
    [
        (FaultKind.Kill, 1), (FaultKind.Cut, 3), (FaultKind.Serialization, 4), (FaultKind.Deadlock, 3), (FaultKind.TwoAtOnce, 4),
        (FaultKind.Impatience, 3), (FaultKind.FullDisk, 2),
    ];

    private static readonly (FaultKind Kind, int Weight)[] OfTime =
    [
        (FaultKind.Kill, 1), (FaultKind.Cut, 3), (FaultKind.FullDisk, 3), (FaultKind.TwoAtOnce, 3), (FaultKind.Serialization, 2),
    ];

    private readonly Random _chance = new(seed);

    /// <summary>What happens to the next request.</summary>
    /// <param name="messages">How many messages the last undisturbed request of its name took.</param>
    public Fault Next(int messages) => _chance.NextDouble() < share ? Of(OfRequests, messages) : new Fault(FaultKind.None);

    /// <summary>What happens while time passes; more often than not something does, for it passes seldom.</summary>
    /// <inheritdoc cref="Next"/>
    public Fault NextInTime(int messages) => _chance.NextDouble() < 0.6 ? Of(OfTime, messages) : new Fault(FaultKind.None);

    private Fault Of((FaultKind Kind, int Weight)[] kinds, int messages)
    {
        var at = _chance.Next(kinds.Sum(k => k.Weight));
        var kind = kinds.First(k => (at -= k.Weight) < 0).Kind;
        return kind switch
        {
            FaultKind.Kill or FaultKind.Cut => new Fault(kind, 1 + _chance.Next(Math.Max(messages, 1))),
            // Up to four times the program tries again by itself; more often, whoever asked has to.
            FaultKind.Serialization or FaultKind.Deadlock => new Fault(kind, 1 + _chance.Next(7), Tables[_chance.Next(Tables.Length)]),
            _ => new Fault(kind),
        };
    }
}
