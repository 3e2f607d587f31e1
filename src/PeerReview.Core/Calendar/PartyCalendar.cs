using System.Collections.Immutable;

namespace PeerReview.Core.Calendar;

/// <summary>By which calendar a party works.</summary>
/// <param name="Zone">The declared zone, an IANA one.</param>
/// <param name="Weekend">Days of the week on which nobody works.</param>
/// <param name="Holidays">Days of the year on which nobody works.</param>
public sealed record PartyCalendar(TimeZoneInfo Zone, ImmutableArray<DayOfWeek> Weekend, ImmutableHashSet<DateOnly> Holidays)
{
    /// <summary>Coordinated Universal Time, every day a working day.</summary>
    public static PartyCalendar Utc { get; } = new(TimeZoneInfo.Utc, [], []);

    /// <summary>Saturday and Sunday off, no holidays.</summary>
    public static PartyCalendar In(TimeZoneInfo zone) => new(zone, [DayOfWeek.Saturday, DayOfWeek.Sunday], []);

    /// <summary>Whether somebody works on that day.</summary>
    public bool Works(DateOnly day) => !Weekend.Contains(day.DayOfWeek) && !Holidays.Contains(day);
}

/// <summary>When meetings are held during and shortly after which no deadline falls.</summary>
/// <param name="Sessions">In the order of their first day.</param>
public sealed record SessionCalendar(ImmutableArray<Session> Sessions)
{
    /// <summary>Days after a session on which still no deadline falls.</summary>
    public const int QuietDaysAfter = 3;

    public static SessionCalendar Empty { get; } = new([]);

    /// <summary>The session that keeps a deadline from this day; null when none does.</summary>
    public Session? Covering(DateOnly day)
    {
        foreach (var session in Sessions)
        {
            if (day >= session.First && day <= session.Last.AddDays(QuietDaysAfter))
                return session;
        }

        return null;
    }
}

/// <summary>One session: both days belong to it.</summary>
public sealed record Session(string Title, DateOnly First, DateOnly Last);
