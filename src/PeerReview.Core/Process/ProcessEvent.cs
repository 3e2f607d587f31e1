using System.Collections.Immutable;

namespace PeerReview.Core.Process;

/// <summary>Something that happened to the process of one review. A closed set; ids, codes and instants only.</summary>
/// <remarks>Parameters stand in the order of their JSON names, so that what is written is canonical (RFC 8785).</remarks>
public abstract record ProcessEvent
{
    private ProcessEvent()
    {
    }

    /// <summary>When, UTC.</summary>
    public abstract DateTimeOffset At { get; init; }

    /// <summary>The review was launched.</summary>
    public sealed record Launched(
        DateTimeOffset At, PersonId Person, string Role, ImmutableArray<string> Skip, string Subject, string Variant) : ProcessEvent;

    /// <summary>A role did its part of a stage.</summary>
    /// <param name="Passed">Roles of a sequence passed over because nobody held them.</param>
    public sealed record PartCompleted(
        DateTimeOffset At, string? Branch, ImmutableArray<string> Passed, PersonId Person, string Role, string Stage) : ProcessEvent;

    /// <summary>Somebody stated that the stage cannot succeed.</summary>
    public sealed record FailureDeclared(
        DateTimeOffset At, string? Branch, PersonId Person, string Role, string Stage) : ProcessEvent;

    /// <summary><paramref name="Stage"/> sent <paramref name="To"/> back.</summary>
    public sealed record Returned(
        DateTimeOffset At, PersonId Person, string Role, string Stage, string To) : ProcessEvent;

    /// <summary>The right a stage protects was given up.</summary>
    public sealed record RightWaived(
        DateTimeOffset At, string? Branch, PersonId Person, string Role, string Stage) : ProcessEvent;

    /// <summary>An optional stage was left out.</summary>
    public sealed record SkipChosen(DateTimeOffset At, PersonId Person, string Role, string Stage) : ProcessEvent;

    /// <summary>An extension was used; the new day is in the <see cref="DeadlineSet"/> beside it.</summary>
    public sealed record Extended(
        DateTimeOffset At, string? Branch, int Days, PersonId Person, string Role, string Stage) : ProcessEvent;

    /// <summary>A deadline passed in silence, and silence counts.</summary>
    public sealed record SilenceCounted(
        DateTimeOffset At, string? Branch, SilenceEffect Effect, string Stage) : ProcessEvent;

    /// <summary>The clock of a party was stopped.</summary>
    public sealed record ClockPaused(
        DateTimeOffset At, string? Branch, string Party, PersonId Person, string Reason, string Role) : ProcessEvent;

    /// <summary>The clock of a party goes again.</summary>
    public sealed record ClockResumed(
        DateTimeOffset At, string? Branch, string Party, PersonId Person, string Role) : ProcessEvent;

    /// <summary>The review became lighter or deeper.</summary>
    public sealed record VariantChanged(
        DateTimeOffset At, string From, PersonId Person, string Role, string To) : ProcessEvent;

    /// <summary>The review was put off.</summary>
    /// <param name="Rule">Index of the deferral rule that was used, for counting.</param>
    public sealed record Deferred(
        DateTimeOffset At, PersonId Person, string Role, int Rule, DateOnly Until) : ProcessEvent;

    /// <summary>The review was suspended.</summary>
    public sealed record Suspended(DateTimeOffset At, PersonId Person, string Role) : ProcessEvent;

    /// <summary>The review goes on.</summary>
    public sealed record Resumed(DateTimeOffset At, PersonId Person, string Role) : ProcessEvent;

    /// <summary>The subject withdrew.</summary>
    public sealed record Withdrawn(DateTimeOffset At, PersonId Person, string Role) : ProcessEvent;

    /// <summary>Another State or expert took the place of one.</summary>
    public sealed record BranchReplaced(
        DateTimeOffset At, string From, string Over, PersonId Person, string Role, string To) : ProcessEvent;

    /// <summary>A deadline was set or moved. Nothing else moves one.</summary>
    /// <param name="Day">Due until 23:59:59 of this day in <paramref name="Zone"/>.</param>
    /// <param name="Starts">The day from which there is something to do.</param>
    /// <param name="Zone">IANA name, of the acting party.</param>
    public sealed record DeadlineSet(
        DateTimeOffset At, string? Branch, DateOnly Day, string Stage, DateOnly Starts, DeadlineCause Why, string Zone) : ProcessEvent;

    /// <summary>Move: the stage is open.</summary>
    /// <param name="Branches">Branch keys it fanned out to.</param>
    /// <param name="Condition">The condition that held, if it has one.</param>
    /// <param name="Quorum">Per group of branches, how many must close.</param>
    public sealed record StageOpened(
        DateTimeOffset At, ImmutableArray<BranchKey> Branches, string? Condition, ImmutableArray<int> Quorum, string Stage) : ProcessEvent;

    /// <summary>Move: the stage does not take place.</summary>
    /// <param name="Condition">The condition that did not hold, if that is why.</param>
    public sealed record StageSkipped(DateTimeOffset At, SkipCause Cause, string? Condition, string Stage) : ProcessEvent;

    /// <summary>Move: a branch joined an open stage.</summary>
    public sealed record BranchOpened(DateTimeOffset At, string Key, string Over, string Stage) : ProcessEvent;

    /// <summary>Move: a branch, or the part beside the branches (<paramref name="Branch"/> null), is closed.</summary>
    public sealed record PartClosed(DateTimeOffset At, string? Branch, PartStatus How, string Stage) : ProcessEvent;

    /// <summary>Move: the stage is closed.</summary>
    /// <param name="How">Done, waived or failed.</param>
    public sealed record StageClosed(DateTimeOffset At, StageStatus How, string Stage) : ProcessEvent;

    /// <summary>Move: the stage waits again, because an earlier one was sent back or the variant changed.</summary>
    public sealed record StageReset(DateTimeOffset At, ResetCause Cause, string Stage) : ProcessEvent;

    /// <summary>Move: the last stage is closed, and with it the review.</summary>
    public sealed record ReviewClosed(DateTimeOffset At) : ProcessEvent;
}

/// <summary>A branch: its key and the set the key belongs to.</summary>
public readonly record struct BranchKey(string Key, string Over);

/// <summary>Why a deadline stands where it does.</summary>
public enum DeadlineCause
{
    /// <summary>The stage opened.</summary>
    Opened,

    /// <summary>It was extended.</summary>
    Extended,

    /// <summary>The clock of the party stood still.</summary>
    Paused,

    /// <summary>The review was suspended or deferred.</summary>
    Suspended,

    /// <summary>The new variant gives more days.</summary>
    Variant,
}

/// <summary>Why a stage was skipped.</summary>
public enum SkipCause
{
    /// <summary>It does not exist in this variant or for this subject.</summary>
    Absent,

    /// <summary>Its condition does not hold.</summary>
    Condition,

    /// <summary>It is optional and was left out.</summary>
    Optional,

    /// <summary>There is nobody to branch over.</summary>
    NoBranches,

    /// <summary>The review ended before it was closed.</summary>
    Ended,
}

/// <summary>Why a stage waits again.</summary>
public enum ResetCause
{
    Returned,
    Variant,
}
