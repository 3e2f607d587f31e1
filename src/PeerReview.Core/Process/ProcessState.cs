using System.Collections.Immutable;

namespace PeerReview.Core.Process;

/// <summary>Where the process of one review stands: what the events add up to. Immutable.</summary>
public sealed partial record ProcessState
{
    private ProcessState(ProcessDefinition definition, ImmutableArray<StageState> stages)
    {
        Definition = definition;
        Stages = stages;
    }

    /// <summary>The pinned definition.</summary>
    public ProcessDefinition Definition { get; }

    public ReviewStatus Status { get; private init; }

    /// <summary>Empty before launch.</summary>
    public string Variant { get; private init; } = "";

    /// <summary>Kind of subject; empty before launch.</summary>
    public string Subject { get; private init; } = "";

    /// <summary>When it was launched, UTC.</summary>
    public DateTimeOffset? LaunchedAt { get; private init; }

    /// <summary>Since when it is deferred or suspended, or when it was withdrawn or closed.</summary>
    public DateTimeOffset? StatusSince { get; private init; }

    /// <summary>The day a deferred review is to go on.</summary>
    public DateOnly? DeferredUntil { get; private init; }

    /// <summary>One per stage, by <see cref="Stage.Index"/>.</summary>
    public ImmutableArray<StageState> Stages { get; private init; }

    /// <summary>Clocks that stand.</summary>
    public ImmutableArray<ClockPause> Pauses { get; private init; } = [];

    /// <summary>How often each deferral rule was used, by its index.</summary>
    public ImmutableArray<int> Deferrals { get; private init; } = [];

    /// <summary>Optional stages chosen to be left out.</summary>
    internal ulong ChosenSkips { get; private init; }

    /// <summary>Bits of the stages that exist in this variant for this subject.</summary>
    internal ulong ExistsMask { get; private init; }

    /// <summary>Bits of the stages that are closed.</summary>
    internal ulong ClosedMask { get; private init; }

    /// <summary>Bits of the stages that are open.</summary>
    internal ulong OpenMask { get; private init; }

    /// <summary>Before anything happened.</summary>
    public static ProcessState Initial(ProcessDefinition definition) =>
        new(definition, [.. Enumerable.Repeat(StageState.Untouched, definition.Stages.Length)]);

    internal static ProcessState Restore(ProcessDefinition definition, StateSnapshot snapshot, ImmutableArray<StageState> stages) =>
        new(definition, stages)
        {
            Status = (ReviewStatus)snapshot.Status,
            Variant = snapshot.Variant,
            Subject = snapshot.Subject,
            LaunchedAt = StateSnapshot.Instant(snapshot.Launched),
            StatusSince = StateSnapshot.Instant(snapshot.Since),
            DeferredUntil = snapshot.Until is { } day ? DateOnly.FromDayNumber(day) : null,
            ChosenSkips = snapshot.Skips,
            Deferrals = snapshot.Deferrals,
            Pauses = [.. (snapshot.Pauses ?? []).Select(p => new ClockPause(p.Party, p.Branch, p.Reason, new DateTimeOffset(p.Since, TimeSpan.Zero)))],
            ExistsMask = snapshot.Variant.Length == 0 ? 0 : definition.ExistsMask(snapshot.Variant, snapshot.Subject),
            OpenMask = Mask(definition, stages, s => s == StageStatus.Open),
            ClosedMask = Mask(definition, stages, StageStatuses.IsClosed),
        };

    private static ulong Mask(ProcessDefinition definition, ImmutableArray<StageState> stages, Func<StageStatus, bool> has) =>
        definition.Stages.Where(s => has(stages[s.Index].Status)).Aggregate(0UL, (mask, s) => mask | s.Bit);

    /// <summary>The state of one stage.</summary>
    public StageState this[Stage stage] => Stages[stage.Index];

    /// <summary>The state of the stage with that id.</summary>
    public StageState this[string stage] => Stages[Definition.IndexOf(stage)];

    /// <summary>Whether the stage is there in the variant and for the subject of this review.</summary>
    public bool Exists(Stage stage) => (ExistsMask & stage.Bit) != 0;

    /// <summary>Stages now open, in the order of the definition.</summary>
    public IEnumerable<Stage> Open => Definition.Stages.Where(s => (OpenMask & s.Bit) != 0);

    /// <summary>Whether the milestone is reached. A variant that lacks it reaches it with the next one it has.</summary>
    public bool Reached(string milestone)
    {
        var all = Definition.Milestones;
        var start = all.TakeWhile(m => m.Id != milestone).Count();
        foreach (var m in all.Skip(start))
        {
            if (!m.Stages.TryGetValue(Variant, out var id))
                continue;
            var status = this[id].Status;
            return status.IsClosed() || (m.At == MilestoneMoment.Opened && status == StageStatus.Open);
        }

        return Status == ReviewStatus.Closed;
    }

    /// <summary>Whether a clock stands that covers this party and branch.</summary>
    public bool IsPaused(string party, string? branch) =>
        Pauses.Any(p => p.Party == party && (p.Branch is null || p.Branch == branch));

    public bool Equals(ProcessState? other) =>
        other is not null && Definition.Hash == other.Definition.Hash && Status == other.Status && Variant == other.Variant
        && Subject == other.Subject && LaunchedAt == other.LaunchedAt && StatusSince == other.StatusSince
        && DeferredUntil == other.DeferredUntil && ChosenSkips == other.ChosenSkips
        && Stages.AsSpan().SequenceEqual(other.Stages.AsSpan()) && Pauses.AsSpan().SequenceEqual(other.Pauses.AsSpan())
        && Deferrals.AsSpan().SequenceEqual(other.Deferrals.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Status, Variant, ClosedMask, OpenMask, LaunchedAt);
}

/// <summary>How a review stands as a whole.</summary>
public enum ReviewStatus
{
    /// <summary>Before launch.</summary>
    NotLaunched,
    Running,
    Deferred,
    Suspended,
    Withdrawn,
    Closed,
}

/// <summary>How a stage stands. Closed is done, skipped, waived or failed.</summary>
public enum StageStatus
{
    Waiting,
    Open,
    Done,
    Skipped,
    Waived,
    Failed,
}

/// <summary>How a part of a stage stands: a branch, or what is done beside the branches.</summary>
public enum PartStatus
{
    Open,
    Done,
    Waived,

    /// <summary>Not needed any more: the quorum was reached, the stage failed, or the branch was replaced.</summary>
    Dropped,
}

/// <summary>A clock that stands.</summary>
/// <param name="Branch">Null for the whole party.</param>
/// <param name="Since">UTC; shifted by suspensions, so that no day counts twice.</param>
public sealed record ClockPause(string Party, string? Branch, string Reason, DateTimeOffset Since);

public static class StageStatuses
{
    /// <summary>Done, skipped, waived or failed: what <c>after</c> waits for.</summary>
    public static bool IsClosed(this StageStatus status) => status >= StageStatus.Done;
}
