using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using Xunit;

namespace PeerReview.Core.Tests.Deliberation;

/// <summary>Times across zones, and which sessions count.</summary>
public sealed class DialogueTimesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    private static readonly Dossier Reviewed = Dossier.Empty with
    {
        Team = ReviewTeam.None with { States = [new SeatedState("GHA", "A"), new SeatedState("EST", "B")] },
    };

    [Theory]
    [InlineData("2026-12-03", "14:00", "Africa/Nairobi", "2026-12-03T11:00:00Z")]
    [InlineData("2026-12-03", "00:30", "Pacific/Auckland", "2026-12-02T11:30:00Z")]
    // Clocks are set back: 1:30 comes twice, and the first counts.
    [InlineData("2027-10-31", "03:30", "Europe/Tallinn", "2027-10-31T00:30:00Z")]
    // Clocks are set forward: 3:30 does not come.
    [InlineData("2027-03-28", "03:30", "Europe/Tallinn", null)]
    public void A_time_by_the_clocks_of_a_zone_is_one_instant_or_none(string day, string time, string zone, string? expected) => Assert.Equal(
        expected is null ? null : DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture),
        DialogueTimes.At(
            DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture),
            TimeZoneInfo.FindSystemTimeZoneById(zone)));

    [Theory]
    [InlineData(4, 90, false)] // 7:00 in Nairobi
    [InlineData(12, 90, false)]
    [InlineData(18, 60, false)] // 21:00 to 22:00: the last minute is 21:59
    [InlineData(18, 61, true)]
    [InlineData(3, 60, true)]
    [InlineData(19, 480, true)] // through the night
    public void Night_is_said_where_any_of_a_meeting_falls_into_it(int hour, int minutes, bool night) => Assert.Equal(
        night,
        DialogueTimes.IsAtNight(new DateTimeOffset(2026, 12, 3, hour, 0, 0, TimeSpan.Zero), minutes, TimeZoneInfo.FindSystemTimeZoneById("Africa/Nairobi")));

    [Fact]
    public void What_is_wrong_with_a_time_is_said_with_its_field()
    {
        Assert.Empty(DialogueTimes.CheckSlot(Now.AddDays(3), zoneKnown: true, 90, Now));
        Assert.Equal(["dialogue.zone zone", "dialogue.minutes minutes"], Codes(DialogueTimes.CheckSlot(null, zoneKnown: false, 5, Now)));
        Assert.Equal(["dialogue.time time"], Codes(DialogueTimes.CheckSlot(null, zoneKnown: true, 90, Now)));
        Assert.Equal(["dialogue.time-past day"], Codes(DialogueTimes.CheckSlot(Now, zoneKnown: true, 90, Now)));
        Assert.Equal(["dialogue.time-far day"], Codes(DialogueTimes.CheckSlot(Now.AddDays(401), zoneKnown: true, 90, Now)));
        Assert.Equal(
            ["dialogue.session-ahead day", "dialogue.way way", "dialogue.took-part took_part"],
            Codes(DialogueTimes.CheckSession(Now.AddDays(1), zoneKnown: true, 90, "by boat", ["NOR:REV_EXPERT"], Reviewed, Now)));
    }

    [Fact]
    public void A_session_counts_when_the_subject_and_every_reviewing_State_took_part()
    {
        Assert.True(DialogueTimes.Counts(Session("STATE:STATE_FP", "GHA:REV_EXPERT", "EST:REV_FP"), Reviewed));
        Assert.False(DialogueTimes.Counts(Session("STATE:STATE_FP", "GHA:REV_EXPERT", "COORD:COORD"), Reviewed));
        Assert.False(DialogueTimes.Counts(Session("GHA:REV_EXPERT", "EST:REV_FP"), Reviewed));

        static SessionContent Session(params string[] tookPart) => new(Now, "UTC", 60, MeetingWay.Remote, [.. tookPart]);
    }

    [Fact]
    public void What_a_side_said_of_a_time_stands_though_others_are_offered()
    {
        var said = new SlotAnswerContent(["T-02"], ["T-01", "T-02"]);
        Assert.Equal(["no", "yes", "open"], new[] { "T-01", "T-02", "T-03" }.Select(slot => DialogueTimes.AnswerTo(slot, said, saidAll: false)));
        Assert.Equal("open", DialogueTimes.AnswerTo("T-01", null, saidAll: false));
        // Answers stored before it was kept what they were about.
        Assert.Equal("no", DialogueTimes.AnswerTo("T-01", new SlotAnswerContent(["T-02"]), saidAll: true));
        Assert.Equal("open", DialogueTimes.AnswerTo("T-01", new SlotAnswerContent(["T-02"]), saidAll: false));
    }

    [Fact]
    public void A_session_is_early_before_the_day_on_which_the_dialogue_opened()
    {
        var nairobi = TimeZoneInfo.FindSystemTimeZoneById("Africa/Nairobi");
        // 23:30 on 2 December in Nairobi.
        var opened = new DateTimeOffset(2026, 12, 2, 20, 30, 0, TimeSpan.Zero);
        Assert.False(DialogueTimes.IsEarly(new DateTimeOffset(2026, 12, 1, 21, 0, 0, TimeSpan.Zero), nairobi, opened));
        Assert.True(DialogueTimes.IsEarly(new DateTimeOffset(2026, 12, 1, 20, 59, 0, TimeSpan.Zero), nairobi, opened));
    }

    private static IEnumerable<string> Codes(IEnumerable<Refusal> problems) => problems.Select(problem => $"{problem.Code} {problem.Field}");
}
