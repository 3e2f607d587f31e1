using PeerReview.Core;

namespace PeerReview.Server.Platform.Reminders;

/// <summary>One reminder or escalation of an open deadline to one person, as the plan has it.</summary>
/// <param name="Key">Unique over all reviews and all time: deadline with its day, step, person and occurrence. A deadline
/// that moves has other keys, so what was planned for the old day is void.</param>
/// <param name="Branch">Empty for a stage without branches.</param>
/// <param name="Step">The step of the profile or ladder, such as <c>before_7</c>, <c>on_day</c>, <c>escalation_1</c>.</param>
/// <param name="Letter">The letter it goes by; those that are not <paramref name="AtOnce"/> go in the digest.</param>
/// <param name="DeadlineDay">The day the deadline stands on.</param>
/// <param name="Day">The day the reminder is for, by the calendar of <paramref name="Zone"/>.</param>
/// <param name="Zone">IANA name of the acting party's zone.</param>
/// <param name="DueAt">From when it may go, UTC, business time.</param>
/// <param name="AtOnce">A letter of its own, not a line of the day's digest.</param>
public sealed record PlannedReminder(
    string Key,
    PersonId Person,
    string Stage,
    string Branch,
    string Step,
    string Letter,
    DateOnly DeadlineDay,
    DateOnly Day,
    string Zone,
    DateTimeOffset DueAt,
    bool AtOnce);
