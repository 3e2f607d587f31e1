using PeerReview.Core.Calendar;
using Xunit;

namespace PeerReview.Core.Tests.Calendar;

public sealed class DueDayTests
{
    private static readonly PartyCalendar Utc = PartyCalendar.In(TimeZoneInfo.Utc);

    /// <summary>Forty zones with every habit clocks have: at midnight, by half an hour, backwards in summer, at the date line.</summary>
    public static TheoryData<string> Zones =>
    [
        "Africa/Abidjan", "Africa/Cairo", "Africa/Casablanca", "Africa/Johannesburg", "Africa/Lagos", "Africa/Nairobi", "America/Asuncion",
        "America/Bogota", "America/Chicago", "America/Havana", "America/Los_Angeles", "America/Mexico_City", "America/New_York",
        "America/Nuuk", "America/Santiago", "America/Sao_Paulo", "America/St_Johns", "Asia/Amman", "Asia/Beirut", "Asia/Colombo",
        "Asia/Damascus", "Asia/Dhaka", "Asia/Gaza", "Asia/Jakarta", "Asia/Kathmandu", "Asia/Kolkata", "Asia/Pyongyang", "Asia/Riyadh",
        "Asia/Shanghai", "Asia/Tehran", "Asia/Tokyo", "Atlantic/Azores", "Australia/Lord_Howe", "Europe/Dublin", "Europe/Istanbul",
        "Europe/Moscow", "Europe/Zurich", "Pacific/Apia", "Pacific/Chatham", "Pacific/Kiritimati",
    ];

    [Theory, MemberData(nameof(Zones))]
    public void Days_follow_each_other_without_gap_and_without_overlap(string id)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(id);
        for (var day = new DateOnly(2009, 12, 25); day < new DateOnly(2031, 1, 5); day = day.AddDays(1))
        {
            var (starts, late) = (DueDay.StartOf(day, zone), DueDay.LateFrom(day, zone));

            Assert.Equal(TimeSpan.Zero, starts.Offset);
            Assert.Equal(DueDay.StartOf(day.AddDays(1), zone), late);
            if (late == starts)
                continue; // a day the zone left out
            Assert.InRange((late - starts).TotalHours, 22.5, 25.5);
            Assert.Equal(day, DueDay.In(zone, starts));
            Assert.Equal(day, DueDay.In(zone, late.AddTicks(-1)));
            Assert.NotEqual(day, DueDay.In(zone, late));
        }
    }

    [Theory]
    [InlineData("Africa/Cairo", "2024-04-26", "2024-04-25T22:00:00Z")] // midnight does not exist: the day begins at one
    [InlineData("Asia/Beirut", "2024-03-31", "2024-03-30T22:00:00Z")]
    [InlineData("America/Havana", "2024-11-03", "2024-11-03T04:00:00Z")] // it strikes twelve twice: the first stroke counts
    [InlineData("Europe/Zurich", "2026-03-29", "2026-03-28T23:00:00Z")]
    [InlineData("Pacific/Kiritimati", "2026-01-01", "2025-12-31T10:00:00Z")]
    public void A_day_begins_at_its_first_instant(string zone, string day, string instant) => Assert.Equal(
        DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture),
        DueDay.StartOf(Day(day), TimeZoneInfo.FindSystemTimeZoneById(zone)));

    [Theory]
    [InlineData("2026-03-02", 7, "2026-03-09")]
    [InlineData("2026-03-02", 5, "2026-03-09")] // Saturday
    [InlineData("2026-03-02", 6, "2026-03-09")] // Sunday
    [InlineData("2026-03-02", 0, "2026-03-02")]
    [InlineData("2028-02-28", 1, "2028-02-29")]
    [InlineData("2025-12-31", 1, "2026-01-01")]
    public void Calendar_days_count_and_the_last_rolls_off_the_weekend(string from, int days, string due) =>
        Assert.Equal(Day(due), DueDay.Of(Day(from), days, Utc, SessionCalendar.Empty, rolling: true));

    [Fact]
    public void Without_rolling_a_deadline_may_fall_on_a_sunday() =>
        Assert.Equal(new DateOnly(2026, 3, 8), DueDay.Of(new(2026, 3, 2), 6, Utc, SessionCalendar.Empty, rolling: false));

    [Theory]
    [InlineData("2026-07-05", "2026-07-06")] // the Sunday before rolls into the session, and with it …
    [InlineData("2026-07-03", "2026-07-03")]
    [InlineData("2026-07-06", "2026-07-21")]
    [InlineData("2026-07-17", "2026-07-21")]
    [InlineData("2026-07-20", "2026-07-21")] // third day after
    [InlineData("2026-07-21", "2026-07-21")] // fourth day after
    public void A_session_and_three_days_after_it_keep_deadlines_away(string day, string due)
    {
        var sessions = new SessionCalendar([new Session("Session", new(2026, 7, 6), new(2026, 7, 17))]);
        var expected = due == "2026-07-06" ? new DateOnly(2026, 7, 21) : Day(due);

        Assert.Equal(expected, DueDay.Roll(Day(day), Utc, sessions));
    }

    [Fact]
    public void A_chain_of_holidays_sessions_and_weekends_is_left_behind()
    {
        var calendar = Utc with { Holidays = [new(2026, 7, 21), new(2026, 7, 22)] };
        var sessions = new SessionCalendar(
            [new Session("One", new(2026, 7, 6), new(2026, 7, 17)), new Session("Two", new(2026, 7, 23), new(2026, 7, 24))]);

        Assert.Equal(new DateOnly(2026, 7, 28), DueDay.Roll(new(2026, 7, 10), calendar, sessions));
    }

    [Fact]
    public void A_calendar_without_a_working_day_leaves_the_deadline_where_it_was()
    {
        var never = Utc with { Weekend = [.. Enum.GetValues<DayOfWeek>()] };

        Assert.Equal(new DateOnly(2026, 3, 4), DueDay.Roll(new(2026, 3, 4), never, SessionCalendar.Empty));
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
