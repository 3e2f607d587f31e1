using PeerReview.Core.FollowUp;
using PeerReview.Core.Reviews;
using Xunit;

namespace PeerReview.Core.Tests.FollowUp;

/// <summary>Who answers an urgent point, and what a summary may be.</summary>
public sealed class UrgentCircleTests
{
    private static readonly Guid Raiser = new("00000000-0000-0000-0000-000000000001");
    private static readonly PersonId Other = new(new Guid("00000000-0000-0000-0000-000000000002"));
    private static readonly UrgentMark Point = new("U-01", Raiser, new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero), Acknowledged: false);

    [Theory]
    [InlineData("STATE_AUTH", "COORD")]
    [InlineData("COORD", "STATE_AUTH")]
    [InlineData("STATE_FP", "STATE_AUTH COORD")]
    [InlineData("", "STATE_AUTH COORD")]
    [InlineData("STATE_AUTH COORD", "STATE_AUTH COORD")] // nobody else is left
    public void It_waits_for_the_other_side(string raiser, string waits) =>
        Assert.Equal(waits.Split(' '), UrgentCircle.Answering(Split(raiser)));

    [Theory]
    [InlineData("COORD", "STATE_AUTH", null)]
    [InlineData("COORD", "COORD", "urgent-point.own-side")] // a colleague of whoever raised it
    [InlineData("COORD", "STATE_FP", "urgent-point.own-side")]
    [InlineData("STATE_FP", "COORD", null)]
    [InlineData("STATE_FP", "STATE_AUTH", null)]
    [InlineData("STATE_AUTH", "COORD_HEAD", "urgent-point.own-side")]
    public void Only_the_other_side_acknowledges(string raiser, string actor, string? code) =>
        Assert.Equal(code, UrgentCircle.MayAcknowledge(Point, Other, Split(actor), Split(raiser))?.Code);

    [Fact]
    public void Nobody_acknowledges_their_own_and_nobody_twice()
    {
        Assert.Equal("urgent-point.own-side", UrgentCircle.MayAcknowledge(Point, new PersonId(Raiser), ["STATE_AUTH"], ["STATE_FP"])?.Code);
        Assert.Equal("urgent-point.acknowledged", UrgentCircle.MayAcknowledge(Point with { Acknowledged = true }, Other, ["STATE_AUTH"], ["COORD"])?.Code);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(500, 0)]
    [InlineData(501, 1)]
    public void A_summary_has_five_hundred_words_and_may_be_empty(int words, int problems) =>
        Assert.Equal(problems, SummaryRules.Check(string.Join(' ', Enumerable.Repeat("word", words))).Length);

    [Fact]
    public void A_text_that_keeps_to_its_words_never_fails_on_its_characters() =>
        Assert.Empty(SummaryRules.Check(string.Join(' ', Enumerable.Repeat("Cybersicherheit", 500))));

    [Fact]
    public void A_text_without_spaces_is_bounded_too()
    {
        Assert.Empty(SummaryRules.Check(new string('字', 500)));
        Assert.Equal(("summary.too-long", "text"), Assert.Single(SummaryRules.Check(new string('x', 10_001))) is var no ? (no.Code, no.Field) : default);
    }

    private static string[] Split(string roles) => roles.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
