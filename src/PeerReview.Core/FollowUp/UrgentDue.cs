using PeerReview.Core.Calendar;

namespace PeerReview.Core.FollowUp;

/// <summary>By when an urgent point wants an answer.</summary>
public static class UrgentDue
{
    /// <summary>Working days of the receiving party; the day on which the point was raised does not count.</summary>
    public const int WorkingDays = 3;

    // A calendar with no working day in a year has none at all.
    private const int LookAhead = 366;

    /// <summary>The last day to acknowledge an urgent point.</summary>
    /// <param name="raisedAt">When it was raised; the day is taken in the zone of the receiving party.</param>
    /// <param name="calendar">The calendar of the party that receives it.</param>
    /// <returns>The third working day after that day. In a calendar without any working day, the third day.</returns>
    public static DateOnly Day(DateTimeOffset raisedAt, PartyCalendar calendar)
    {
        var raised = DueDay.In(calendar.Zone, raisedAt);
        var worked = 0;
        for (var ahead = 1; ahead <= LookAhead; ahead++)
        {
            var day = raised.AddDays(ahead);
            if (calendar.Works(day) && ++worked == WorkingDays)
                return day;
        }

        return raised.AddDays(WorkingDays);
    }
}
