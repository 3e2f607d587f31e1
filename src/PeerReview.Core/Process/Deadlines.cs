using System.Collections.Immutable;
using PeerReview.Core.Calendar;

namespace PeerReview.Core.Process;

/// <summary>Sets and moves deadlines. Each result is an event; nothing else moves one.</summary>
public static class Deadlines
{
    /// <summary>Calendar days a part has that was late when the review came to stand still. Without them it would be as late
    /// as before, and at the end of the escalation ladder the review would be suspended again in the moment it is resumed.
    /// The ladder gives a late side as many to choose.</summary>
    public const int DaysAfterLateStandstill = 14;

    /// <summary>The deadlines of parts that have just opened, as events.</summary>
    /// <param name="state">After the moves.</param>
    public static ImmutableArray<ProcessEvent> Settle(
        ProcessDefinition definition, ProcessState state, ProcessFacts facts, DateTimeOffset now)
    {
        ImmutableArray<ProcessEvent>.Builder? events = null;
        foreach (var stage in definition.Stages)
        {
            if ((state.OpenMask & stage.Bit) == 0)
                continue;
            foreach (var part in state[stage].Parts)
            {
                if (part.Deadline is not null || part.Status != PartStatus.Open)
                    continue;
                events ??= ImmutableArray.CreateBuilder<ProcessEvent>();
                events.Add(First(definition, state, stage, part, facts, now));
            }
        }

        return events?.ToImmutable() ?? [];
    }

    /// <summary>The calendar a part works by: that of its first role.</summary>
    internal static PartyCalendar CalendarOf(ProcessDefinition definition, Stage stage, PartState part, ProcessFacts facts) =>
        facts.CalendarOf(definition.Role(stage.RolesOf(part.Group)[0]), part.Branch);

    /// <summary>The day of an instant in the zone of a deadline.</summary>
    internal static DateOnly DayOf(DateTimeOffset instant, Deadline deadline) =>
        DueDay.In(TimeZoneInfo.FindSystemTimeZoneById(deadline.Zone), instant);

    /// <summary>The first instant, UTC, that is too late for a deadline.</summary>
    public static DateTimeOffset LateFrom(Deadline deadline) =>
        DueDay.LateFrom(deadline.Day, TimeZoneInfo.FindSystemTimeZoneById(deadline.Zone));

    /// <summary>New deadlines of open stages to which the new variant gives more days.</summary>
    internal static IEnumerable<ProcessEvent> ForVariant(Deciding deciding, string variant) =>
        from due in Due(deciding.State)
        where deciding.Definition.Exists(due.Stage, variant, deciding.State.Subject)
        let more = deciding.Definition.Days(due.Stage, variant)!.Value - deciding.Definition.Days(due.Stage, deciding.State.Variant)!.Value
        where more > 0
        select Move(deciding, due, more, DeadlineCause.Variant);

    /// <summary>New deadlines of all open parts after the review stood still.</summary>
    internal static IEnumerable<ProcessEvent> AfterStandstill(Deciding deciding)
    {
        var since = deciding.State.StatusSince!.Value;
        return from due in Due(deciding.State)
               let today = DayOf(deciding.Now, due.Deadline).DayNumber
               let stood = today - DayOf(since, due.Deadline).DayNumber
               let late = DayOf(since, due.Deadline) > due.Deadline.Day
               let days = late ? today - due.Deadline.Day.DayNumber + DaysAfterLateStandstill : stood
               where days > 0
               select Shift(Move(deciding, due, days, DeadlineCause.Suspended), since, stood);
    }

    /// <summary>New deadlines of the parts a pause kept standing.</summary>
    internal static IEnumerable<ProcessEvent> AfterPause(Deciding deciding, ClockPause pause) =>
        from due in Due(deciding.State)
        where Turn.Stops(deciding.Definition, pause, due.Stage, due.Part, deciding.Facts)
        let since = DayOf(due.Part.OpenedAt > pause.Since ? due.Part.OpenedAt : pause.Since, due.Deadline)
        let days = DayOf(deciding.Now, due.Deadline).DayNumber - Math.Max(since.DayNumber, due.Deadline.Starts.DayNumber)
        where days > 0
        select Move(deciding, due, days, DeadlineCause.Paused);

    /// <summary>A deadline moved by calendar days from where it stands, rolled again.</summary>
    internal static ProcessEvent.DeadlineSet Move(Deciding deciding, DuePart due, int days, DeadlineCause why)
    {
        var calendar = CalendarOf(deciding.Definition, due.Stage, due.Part, deciding.Facts);
        var day = DueDay.Of(due.Deadline.Day, days, calendar, deciding.Facts.Sessions, deciding.Facts.Rolling);
        return new(deciding.Now, due.Part.Branch, day, due.Stage.Id, due.Deadline.Starts, why, due.Deadline.Zone);
    }

    private static IEnumerable<DuePart> Due(ProcessState state)
    {
        foreach (var stage in state.Open)
        {
            foreach (var part in state[stage].Parts)
            {
                if (part is { Status: PartStatus.Open, Deadline: { } deadline })
                    yield return new DuePart(stage, part, deadline);
            }
        }
    }

    /// <summary>Work that was to start after the standstill began starts so much later.</summary>
    private static ProcessEvent.DeadlineSet Shift(ProcessEvent.DeadlineSet moved, DateTimeOffset since, int days)
    {
        var began = DueDay.In(TimeZoneInfo.FindSystemTimeZoneById(moved.Zone), since);
        return moved.Starts > began ? moved with { Starts = moved.Starts.AddDays(days) } : moved;
    }

    private static ProcessEvent.DeadlineSet First(
        ProcessDefinition definition, ProcessState state, Stage stage, PartState part, ProcessFacts facts, DateTimeOffset now)
    {
        var calendar = CalendarOf(definition, stage, part, facts);
        var opened = DueDay.In(calendar.Zone, part.OpenedAt);
        var returned = state[stage].ReturnedBy is { } by ? definition.Stage(by).Return : null;
        var starts = returned is null ? opened.AddDays(stage.Offset) : opened;
        var days = returned?.Days ?? definition.Days(stage, state.Variant) ?? 0;
        var day = DueDay.Of(starts, days, calendar, facts.Sessions, facts.Rolling);
        return new ProcessEvent.DeadlineSet(now, part.Branch, day, stage.Id, starts, DeadlineCause.Opened, calendar.Zone.Id);
    }
}

/// <summary>An open part with its deadline.</summary>
internal readonly record struct DuePart(Stage Stage, PartState Part, Deadline Deadline);
