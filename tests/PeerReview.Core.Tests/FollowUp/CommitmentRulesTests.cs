using PeerReview.Core.FollowUp;
using Xunit;

namespace PeerReview.Core.Tests.FollowUp;

public sealed class CommitmentRulesTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);

    private static readonly Commitment Good = new("Publish a disclosure policy")
    {
        Items = ["N-a.a1"],
        Lenses = ["human_rights"],
        Outcomes = ["secure"],
        Level = "national",
        ActionType = "policy",
        RightsConsidered = true,
        Owner = "Ministry of Digital Affairs",
        Due = Today.AddDays(1),
        Indicator = "The policy is on the ministry's site",
        HelpNeeded = false,
    };

    private static readonly string Long = string.Join(' ', Enumerable.Repeat("w", 201));

    public static TheoryData<string, string, Commitment> Wrong => new()
    {
        { "commitment.title", "title", Good with { Title = " " } },
        { "commitment.title-too-long", "title", Good with { Title = new string('x', 201) } },
        { "commitment.text-too-long", "text", Good with { Text = Long } },
        { "commitment.text-too-long", "text", Good with { Text = new string('字', 2001) } },
        { "commitment.items", "items", Good with { Items = [] } },
        { "commitment.item-unknown", "items", Good with { Items = ["N-a.a1", "N-z.z9"] } },
        { "commitment.lenses", "lenses", Good with { Lenses = [] } },
        { "commitment.lens-unknown", "lenses", Good with { Lenses = ["fisheye"] } },
        { "commitment.outcomes", "outcomes", Good with { Outcomes = [] } },
        { "commitment.outcome-unknown", "outcomes", Good with { Outcomes = ["fast"] } },
        { "commitment.level", "level", Good with { Level = "" } },
        { "commitment.level", "level", Good with { Level = "galactic" } },
        { "commitment.action-type", "action_type", Good with { ActionType = "" } },
        { "commitment.threat-kind", "threat_kind", Good with { ThreatKind = "dragons" } },
        { "commitment.rights", "rights_considered", Good with { RightsConsidered = false } },
        { "commitment.urgency", "urgency", Good with { Urgency = "soonish" } },
        { "commitment.owner", "owner", Good with { Owner = "" } },
        { "commitment.owner-too-long", "owner", Good with { Owner = new string('x', 201) } },
        { "commitment.due", "due", Good with { Due = null } },
        { "commitment.due-past", "due", Good with { Due = Today } },
        { "commitment.indicator", "indicator", Good with { Indicator = "\t" } },
        { "commitment.indicator-too-long", "indicator", Good with { Indicator = Long } },
        { "commitment.help-unsaid", "help_needed", Good with { HelpNeeded = null } },
        { "commitment.help", "help", Good with { HelpNeeded = true } },
        { "commitment.help-too-long", "help", Good with { HelpNeeded = true, Help = Long } },
    };

    [Fact]
    public void A_whole_commitment_is_kept()
    {
        Assert.Empty(CommitmentRules.Check(Good, SmallFramework.Value, Today));
        Assert.Empty(CommitmentRules.Check(
            Good with { Title = new string('x', 200), ThreatKind = "extortion", HelpNeeded = true, Help = "Two trainers" },
            SmallFramework.Value, Today));
    }

    [Theory, MemberData(nameof(Wrong))]
    public void Each_gap_is_refused_under_its_field_and_alone(string code, string field, Commitment commitment)
    {
        var refusal = Assert.Single(CommitmentRules.Check(commitment, SmallFramework.Value, Today));

        Assert.Equal((code, field, RefusalKind.Invalid), (refusal.Code, refusal.Field, refusal.Kind));
    }

    [Fact]
    public void All_gaps_are_named_at_once_in_the_order_of_the_form()
    {
        var fields = CommitmentRules.Check(new Commitment(""), SmallFramework.Value, Today).Select(r => r.Field);

        Assert.Equal(
            ["title", "items", "lenses", "outcomes", "level", "action_type", "rights_considered", "owner", "due", "indicator", "help_needed"],
            fields);
    }

    [Fact]
    public void A_refusal_repeats_nothing_that_was_typed()
    {
        var refusal = Assert.Single(CommitmentRules.Check(
            Good with { Items = ["N-a.a1", "SECRET"] }, SmallFramework.Value, Today));

        Assert.Equal(2, refusal.Args["position"]);
        Assert.DoesNotContain("SECRET", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_should_not_wait_is_kept_and_calls_for_an_urgent_point_as_well()
    {
        var urgent = Good with { Urgency = "do_not_wait" };

        Assert.Empty(CommitmentRules.Check(urgent, SmallFramework.Value, Today));
        Assert.True(CommitmentRules.CallsForUrgentPoint(urgent));
        Assert.False(CommitmentRules.CallsForUrgentPoint(Good));
    }

    [Fact]
    public void Twenty_commitments_are_the_most()
    {
        Assert.Null(FollowUpRules.MayAdd(19));
        Assert.Equal("commitment.too-many", FollowUpRules.MayAdd(20)?.Code);
        Assert.Null(FollowUpRules.MayAddGoodPractice(19));
        Assert.Equal("good-practice.too-many", FollowUpRules.MayAddGoodPractice(20)?.Code);
    }

    [Fact]
    public void Codes_are_each_there_once() =>
        Assert.Equal(FollowUpRefusals.Codes.Length, FollowUpRefusals.Codes.Distinct(StringComparer.Ordinal).Count());
}
