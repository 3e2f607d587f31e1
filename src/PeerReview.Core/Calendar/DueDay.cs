namespace PeerReview.Core.Calendar;

/// <summary>Days of deadlines, and the instants they mean.</summary>
public static class DueDay
{
    /// <summary>The last day of a piece of work.</summary>
    /// <param name="from">The day it starts to count; that day itself does not count.</param>
    /// <param name="days">Calendar days; weekends and holidays count.</param>
    /// <param name="rolling">Whether the result moves off days on which nobody works and out of sessions.</param>
    public static DateOnly Of(DateOnly from, int days, PartyCalendar calendar, SessionCalendar sessions, bool rolling)
    {
        var day = from.AddDays(days);
        return rolling ? Roll(day, calendar, sessions) : day;
    }

    /// <summary>The same day, or the next one on which the party works and no session keeps the deadline away.</summary>
    /// <remarks>
    /// Off a weekend or holiday to the next working day; out of a session and the three days after it to the fourth day
    /// after. The two are applied until neither moves the day. After ten years of moving the calendar has no working
    /// day at all and the day stays as it was.
    /// </remarks>
    public static DateOnly Roll(DateOnly day, PartyCalendar calendar, SessionCalendar sessions)
    {
        var limit = day.AddDays(3653);
        for (var rolled = day; rolled < limit;)
        {
            if (sessions.Covering(rolled) is { } session)
                rolled = session.Last.AddDays(SessionCalendar.QuietDaysAfter + 1);
            else if (!calendar.Works(rolled))
                rolled = rolled.AddDays(1);
            else
                return rolled;
        }

        return day;
    }

    /// <summary>The calendar day of an instant in a zone.</summary>
    public static DateOnly In(TimeZoneInfo zone, DateTimeOffset instant) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);

    /// <summary>The first instant, UTC, that is too late for a deadline on this day.</summary>
    /// <remarks>
    /// It is the start of the next day: a deadline is kept until 23:59:59 and every fraction of that second.
    /// Derived, never stored for good: governments change zones, the day stays.
    /// </remarks>
    public static DateTimeOffset LateFrom(DateOnly day, TimeZoneInfo zone) => StartOf(day.AddDays(1), zone);

    /// <summary>The first instant, UTC, of a day in a zone.</summary>
    /// <remarks>
    /// Where clocks go forward at midnight the day begins later; where they go back over it, it begins at the first stroke of
    /// twelve; a day that a zone left out begins with the next one. Only the way from an instant to its local day is
    /// asked: the way back is not reliable at such midnights (seen with Casablanca, Asunción, Amman and Damascus in 2010).
    /// </remarks>
    public static DateTimeOffset StartOf(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        var guess = new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
        if (In(zone, guess) == day && In(zone, guess.AddTicks(-1)) < day)
            return guess;
        var (before, after) = (guess.AddHours(-30), guess.AddHours(30));
        while (after - before > TimeSpan.FromTicks(1))
        {
            var middle = before + ((after - before) / 2);
            if (In(zone, middle) < day)
                before = middle;
            else
                after = middle;
        }

        return after;
    }
}
