using PeerReview.Core.FollowUp;
using Xunit;

namespace PeerReview.Core.Tests.FollowUp;

public sealed class PracticeAndUrgentRulesTests
{
    private static readonly GoodPractice Good = new("N-g.g1", "A yearly exercise with hospitals")
    {
        Outcomes = ["secure"],
        Lenses = ["peace_and_security"],
        Level = "national",
    };

    private static readonly string Long = string.Join(' ', Enumerable.Repeat("w", 201));

    public static TheoryData<string, string, GoodPractice> WrongPractices => new()
    {
        { "good-practice.item", "item", Good with { Item = "N-z.z9" } },
        { "good-practice.text", "text", Good with { Text = "" } },
        { "good-practice.text-too-long", "text", Good with { Text = Long } },
        { "good-practice.outcomes", "outcomes", Good with { Outcomes = [] } },
        { "good-practice.outcome-unknown", "outcomes", Good with { Outcomes = ["fast"] } },
        { "good-practice.lenses", "lenses", Good with { Lenses = [] } },
        { "good-practice.lens-unknown", "lenses", Good with { Lenses = ["fisheye"] } },
        { "good-practice.level", "level", Good with { Level = "" } },
    };

    public static TheoryData<string, string, UrgentPoint> WrongPoints => new()
    {
        { "urgent-point.text", "text", new UrgentPoint(" ", null, null) },
        { "urgent-point.text-too-long", "text", new UrgentPoint(Long, null, null) },
        { "urgent-point.item", "item", new UrgentPoint("x", "N-z.z9", null) },
        { "urgent-point.threat-kind", "threat_kind", new UrgentPoint("x", null, "dragons") },
        { "urgent-point.lens-unknown", "lenses", new UrgentPoint("x", null, null) { Lenses = ["fisheye"] } },
    };

    [Fact]
    public void Whole_ones_are_kept()
    {
        Assert.Empty(GoodPracticeRules.Check(Good, SmallFramework.Value));
        Assert.Empty(UrgentPointRules.Check(new UrgentPoint("Now", null, null), SmallFramework.Value));
        Assert.Empty(UrgentPointRules.Check(
            new UrgentPoint("Now", "N-a.a1", "extortion") { Lenses = ["human_rights"] }, SmallFramework.Value));
    }

    [Theory, MemberData(nameof(WrongPractices))]
    public void A_good_practice_with_a_gap_is_refused_under_its_field(string code, string field, GoodPractice practice)
    {
        var refusal = Assert.Single(GoodPracticeRules.Check(practice, SmallFramework.Value));

        Assert.Equal((code, field), (refusal.Code, refusal.Field));
    }

    [Theory, MemberData(nameof(WrongPoints))]
    public void An_urgent_point_with_a_gap_is_refused_under_its_field(string code, string field, UrgentPoint point)
    {
        var refusal = Assert.Single(UrgentPointRules.Check(point, SmallFramework.Value));

        Assert.Equal((code, field), (refusal.Code, refusal.Field));
    }
}
