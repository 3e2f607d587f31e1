using PeerReview.Core.Calendar;
using PeerReview.Core.FollowUp;
using Xunit;

namespace PeerReview.Core.Tests.FollowUp;

public sealed class UrgentDueTests
{
    private static readonly TimeZoneInfo Tokyo = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");

    [Theory]
    [InlineData("2026-11-23T09:00Z", "2026-11-26")] // Monday: Thursday
    [InlineData("2026-11-25T09:00Z", "2026-11-30")] // Wednesday: over the weekend to Monday
    [InlineData("2026-11-28T09:00Z", "2026-12-02")] // Saturday: Monday is the first day
    [InlineData("2026-11-23T16:00Z", "2026-11-27")] // in Tokyo it is Tuesday already
    public void Three_working_days_after_the_day_it_was_raised(string raised, string due) =>
        Assert.Equal(Day(due), UrgentDue.Day(At(raised), PartyCalendar.In(Tokyo)));

    [Fact]
    public void Holidays_and_another_weekend_do_not_count()
    {
        var calendar = new PartyCalendar(
            TimeZoneInfo.Utc, [DayOfWeek.Friday, DayOfWeek.Saturday], [Day("2026-11-24"), Day("2026-11-25")]);

        // Raised on Monday; Thursday, Sunday and Monday are worked.
        Assert.Equal(Day("2026-11-30"), UrgentDue.Day(At("2026-11-23T09:00Z"), calendar));
    }

    [Fact]
    public void A_calendar_without_a_working_day_counts_plain_days()
    {
        var never = new PartyCalendar(TimeZoneInfo.Utc, [.. Enum.GetValues<DayOfWeek>()], []);

        Assert.Equal(Day("2026-11-26"), UrgentDue.Day(At("2026-11-23T09:00Z"), never));
    }

    private static DateOnly Day(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static DateTimeOffset At(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
