using System.Collections.Immutable;

namespace PeerReview.Core.Process;

/// <summary>Where one stage of one review stands.</summary>
public sealed record StageState
{
    /// <summary>Never opened, not closed.</summary>
    public static StageState Untouched { get; } = new();

    public StageStatus Status { get; init; }

    /// <summary>When it opened, this time; UTC.</summary>
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>When it closed; UTC.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Why it was skipped, if it was.</summary>
    public SkipCause? Skipped { get; init; }

    /// <summary>How often it has opened.</summary>
    public int Round { get; init; }

    /// <summary>How often it sent an earlier stage back.</summary>
    public int Returns { get; init; }

    /// <summary>The stage that sent this one back, while it is open again; null otherwise.</summary>
    public string? ReturnedBy { get; init; }

    /// <summary>The part beside the branches first (if any role acts there), then the branches in the order they opened.</summary>
    public ImmutableArray<PartState> Parts { get; init; } = [];

    /// <summary>Per group of branches, how many must close.</summary>
    public ImmutableArray<int> Quorum { get; init; } = [];

    /// <summary>The part with that branch key, null for the part beside the branches; null when there is none.</summary>
    public PartState? Part(string? branch) => IndexOf(branch) is var i and >= 0 ? Parts[i] : null;

    /// <summary>The latest deadline of its open parts; null when none is set.</summary>
    public Deadline? Deadline => Parts.Where(p => p.Status == PartStatus.Open).Select(p => p.Deadline).MaxBy(d => d?.Day);

    internal int IndexOf(string? branch)
    {
        for (var i = 0; i < Parts.Length; i++)
        {
            if (Parts[i].Branch == branch && Parts[i].Status != PartStatus.Dropped)
                return i;
        }

        return -1;
    }

    public bool Equals(StageState? other) =>
        other is not null && Status == other.Status && OpenedAt == other.OpenedAt && ClosedAt == other.ClosedAt
        && Skipped == other.Skipped && Round == other.Round && Returns == other.Returns && ReturnedBy == other.ReturnedBy
        && Parts.AsSpan().SequenceEqual(other.Parts.AsSpan()) && Quorum.AsSpan().SequenceEqual(other.Quorum.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Status, OpenedAt, ClosedAt, Round, Parts.Length);
}

/// <summary>One part of an open or closed stage: a branch, or what is done beside the branches.</summary>
public sealed record PartState
{
    /// <summary>The branch key; null for the part beside the branches.</summary>
    public string? Branch { get; init; }

    /// <summary>Index into <see cref="Stage.Each"/>; -1 for the part beside the branches.</summary>
    public int Group { get; init; } = -1;

    public PartStatus Status { get; init; }

    public DateTimeOffset OpenedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Who did it, by role, in the order it happened.</summary>
    public ImmutableArray<Completion> Completions { get; init; } = [];

    /// <summary>Null until it is computed, in the same command that opened the part.</summary>
    public Deadline? Deadline { get; init; }

    /// <summary>Extensions used.</summary>
    public int Extensions { get; init; }

    /// <summary>Whether the deadline passed in silence and that counted.</summary>
    public bool Silent { get; init; }

    internal bool HasDone(string role)
    {
        foreach (var c in Completions)
        {
            if (c.Role == role)
                return true;
        }

        return false;
    }

    public bool Equals(PartState? other) =>
        other is not null && Branch == other.Branch && Group == other.Group && Status == other.Status
        && OpenedAt == other.OpenedAt && ClosedAt == other.ClosedAt && Deadline == other.Deadline
        && Extensions == other.Extensions && Silent == other.Silent
        && Completions.AsSpan().SequenceEqual(other.Completions.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Branch, Status, OpenedAt, Completions.Length);
}

/// <summary>A role's part done.</summary>
/// <param name="Person">Who; null for a role of a sequence that nobody held and that was passed over.</param>
public readonly record struct Completion(string Role, PersonId? Person, DateTimeOffset At);

/// <summary>A deadline as it was set: a day in a zone.</summary>
/// <param name="Starts">The day from which there is something to do.</param>
/// <param name="Day">Due until 23:59:59 of it.</param>
/// <param name="Zone">IANA name.</param>
public sealed record Deadline(DateOnly Starts, DateOnly Day, string Zone, DeadlineCause Why);
