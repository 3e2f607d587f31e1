using System.Collections.Immutable;
using PeerReview.Core.Calendar;

namespace PeerReview.Core.Process;

/// <summary>What the rest of the product knows at the moment of a command. Read before deciding, never stored whole: what a
/// move rested on is in the move.</summary>
public sealed record ProcessFacts
{
    private static readonly IReadOnlyDictionary<string, GuardAnswer> NoGuards = ImmutableDictionary<string, GuardAnswer>.Empty;
    private static readonly IReadOnlyDictionary<string, bool?> NoConditions = ImmutableDictionary<string, bool?>.Empty;
    private static readonly IReadOnlyDictionary<string, ImmutableArray<string>> NoBranches =
        ImmutableDictionary<string, ImmutableArray<string>>.Empty;
    private static readonly IReadOnlyDictionary<string, int> NoQuorum = ImmutableDictionary<string, int>.Empty;
    private static readonly IReadOnlyDictionary<string, PartyCalendar> NoCalendars = ImmutableDictionary<string, PartyCalendar>.Empty;

    /// <summary>Guard answers by name; for one branch by <c>name/branch key</c>, which comes first.</summary>
    public IReadOnlyDictionary<string, GuardAnswer> Guards { get; init; } = NoGuards;

    /// <summary>Answers to the conditions of the definition that the process does not answer itself; null says that it is not known
    /// yet, and the stage waits until it is.</summary>
    public IReadOnlyDictionary<string, bool?> Conditions { get; init; } = NoConditions;

    /// <summary>Branch keys per set (<c>reviewing_state</c>, <c>expert</c>, …), in a stable order, each once.</summary>
    public IReadOnlyDictionary<string, ImmutableArray<string>> Branches { get; init; } = NoBranches;

    /// <summary>Branches that must close, by stage id, where the domain knows better than the definition.</summary>
    public IReadOnlyDictionary<string, int> Quorum { get; init; } = NoQuorum;

    /// <summary>How many people hold each role; null says that every role is held.</summary>
    public IReadOnlyDictionary<string, int>? Holders { get; init; }

    /// <summary>Calendars by <c>role/branch key</c>, by role id, or by party id; the first of these that is there.
    /// Without one: UTC, every day a working day.</summary>
    public IReadOnlyDictionary<string, PartyCalendar> Calendars { get; init; } = NoCalendars;

    /// <summary>Sessions during which no deadline falls.</summary>
    public SessionCalendar Sessions { get; init; } = SessionCalendar.Empty;

    /// <summary>Whether deadlines roll over weekends, holidays and sessions.</summary>
    public bool Rolling { get; init; } = true;

    /// <summary>The answer for this branch, or for the stage as a whole.</summary>
    /// <exception cref="InvalidOperationException">Nobody answered: the caller did not ask the domain.</exception>
    internal GuardAnswer Guard(string name, string? branch)
    {
        if (branch is not null && Guards.TryGetValue($"{name}/{branch}", out var ofBranch))
            return ofBranch;
        return Guards.TryGetValue(name, out var answer)
            ? answer
            : throw new InvalidOperationException($"Nobody answered the guard {name}.");
    }

    internal bool IsHeld(string role) => Holders is null || (Holders.TryGetValue(role, out var n) && n > 0);

    internal PartyCalendar CalendarOf(Role role, string? branch)
    {
        if (branch is not null && Calendars.TryGetValue($"{role.Id}/{branch}", out var ofBranch))
            return ofBranch;
        return Calendars.TryGetValue(role.Id, out var ofRole)
            ? ofRole
            : Calendars.GetValueOrDefault(role.Party, PartyCalendar.Utc);
    }
}

/// <summary>Whether a guard holds.</summary>
/// <param name="Detail">When it does not: a code or count that says what is missing. Never text a person wrote.</param>
public readonly record struct GuardAnswer(bool Holds, string? Detail = null)
{
    public static GuardAnswer Yes { get; } = new(true);

    public static GuardAnswer No(string detail) => new(false, detail);
}
