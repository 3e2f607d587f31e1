using PeerReview.Server.Platform.Letters;

namespace PeerReview.Server.Platform.Reminders;

/// <summary>A reminder that is due or soon will be, with what is true at this moment about what it reminds of.</summary>
/// <param name="DueAt">From when it could have gone, UTC, business time.</param>
/// <param name="Closed">Whether the person's account is closed.</param>
/// <param name="TimeZone">The person's own zone, IANA.</param>
/// <param name="Status">Of the review.</param>
/// <param name="StandingDay">The day the deadline stands on now; null when the stage is no longer open.</param>
internal sealed record DueReminder(
    string Key,
    Guid PersonId,
    Guid ReviewId,
    Guid ProgrammeId,
    string Stage,
    string Branch,
    string Letter,
    DateOnly DeadlineDay,
    string Zone,
    DateTimeOffset DueAt,
    bool AtOnce,
    bool Closed,
    string TimeZone,
    string Status,
    string SubjectState,
    string ProcessId,
    int ProcessVersion,
    DateOnly? StandingDay)
{
    /// <summary>The stage it is about.</summary>
    public LetterStage LetterStage => new(ProcessId, ProcessVersion, Stage);

    /// <summary>The deadline it is about.</summary>
    public LetterDeadline Deadline => new(DeadlineDay, Zone);
}
