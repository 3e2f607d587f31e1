using PeerReview.Core.Calendar;
using PeerReview.Server.Platform.Yaml;
using Xunit;

namespace PeerReview.Core.Tests.Calendar;

public sealed class CalendarReaderTests
{
    [Fact]
    public void The_shipped_calendars_are_empty_and_read()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "workflows", "calendars");
        var sessions = CalendarReader.ReadSessions(Parse(File.ReadAllText(Path.Combine(folder, "sessions.yaml"))), "sessions.yaml");

        Assert.Empty(sessions.Problems);
        Assert.Empty(sessions.Value!.Sessions);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(folder, "holidays"), "*.yaml"));
    }

    [Fact]
    public void Sessions_read_in_the_order_of_their_days()
    {
        var read = CalendarReader.ReadSessions(Parse("""
            sessions:
              - { title: Second, first: 2030-07-01, last: 2030-07-05 }
              - { title: First, first: 2030-01-07, last: 2030-01-11 }
            """), "sessions.yaml");

        Assert.Equal(["First", "Second"], read.Value!.Sessions.Select(s => s.Title));
    }

    [Fact]
    public void Holidays_and_weekend_make_the_calendar_of_a_party()
    {
        var read = CalendarReader.ReadHolidays(Parse("""
            weekend: [friday, saturday]
            holidays:
              - { day: 2030-01-01, title: A day }
            """), "AAA.yaml").Value!;
        var calendar = read.In(TimeZoneInfo.Utc);

        Assert.False(calendar.Works(new(2030, 1, 1)));
        Assert.False(calendar.Works(new(2030, 1, 4)));
        Assert.True(calendar.Works(new(2030, 1, 6)));
        Assert.Equal([DayOfWeek.Saturday, DayOfWeek.Sunday],
            CalendarReader.ReadHolidays(Parse("holidays: []"), "AAA.yaml").Value!.In(TimeZoneInfo.Utc).Weekend);
    }

    [Theory]
    [InlineData("sessions: [{ title: A, first: 2030-01-09, last: 2030-01-08 }]", "ends before it begins")]
    [InlineData("sessions: [{ title: A, first: 9 January, last: 2030-01-08 }]", "must be a day written as 2030-01-31")]
    [InlineData("sessions: [{ first: 2030-01-07, last: 2030-01-08 }]", "'title' is missing")]
    [InlineData("sessions: no", "'sessions' must be a list")]
    [InlineData("session: []", "unknown key 'session'")]
    [InlineData("sessions: [a]", "write a mapping with the keys title, first, last")]
    public void A_wrong_session_is_named(string yaml, string says) => Assert.Contains(
        CalendarReader.ReadSessions(Parse(yaml), "sessions.yaml").Problems, p => p.Message.Contains(says, StringComparison.Ordinal));

    [Theory]
    [InlineData("weekend: [caturday]", "English names of days")]
    [InlineData("weekend: [monday, tuesday, wednesday, thursday, friday, saturday, sunday]", "leave at least one working day")]
    [InlineData("holidays: [{ day: 2030-01-01, title: A }, { day: 2030-01-01, title: B }]", "stands twice")]
    [InlineData("holidays: [{ day: 2030-02-30, title: A }]", "must be a day")]
    public void A_wrong_holiday_is_named(string yaml, string says) => Assert.Contains(
        CalendarReader.ReadHolidays(Parse(yaml), "AAA.yaml").Problems, p => p.Message.Contains(says, StringComparison.Ordinal));

    private static DataNode Parse(string yaml) => YamlNodes.Parse(yaml, "calendar.yaml").Root!;
}
