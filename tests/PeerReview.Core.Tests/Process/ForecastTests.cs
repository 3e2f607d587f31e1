using PeerReview.Core.Process;
using Xunit;

namespace PeerReview.Core.Tests.Process;

public sealed class ForecastTests
{
    private static readonly DateOnly Day0 = new(2026, 3, 2);
    private static readonly ProcessFacts NoRolling = new() { Rolling = false };

    [Theory]
    [InlineData("light", "", 122)]
    [InlineData("desk", "", 292)]
    [InlineData("desk", "working_language_differs", 317)]
    [InlineData("full", "", 433)]
    [InlineData("full", "working_language_differs", 461)]
    [InlineData("desk", "agreement_failed", 292 + 21)]
    [InlineData("full", "agreement_failed", 433 + 30)]
    [InlineData("desk", "working_language_differs agreement_failed", 317 + 21)]
    [InlineData("full", "working_language_differs agreement_failed", 461 + 30)]
    [InlineData("light", "stakeholder_inputs_exist", 122)]
    public void Without_rolling_a_national_review_takes_the_days_of_the_table(string variant, string assumed, int days) =>
        Assert.Equal(days, Plan(variant, assumed).Days);

    [Fact]
    public void The_endorsement_of_a_regional_text_takes_its_21_days_from_the_self_assessment() =>
        Assert.Equal(122 + 21, Plan("light", "", "regional").Days);

    [Fact]
    public void The_critical_path_of_a_full_review_is_the_one_of_the_table() => Assert.Equal(
        [
            "launch", "acknowledge", "self_assess", "complete", "desk_review", "consolidate", "state_reply", "dialogue", "draft",
            "fact_check", "agree", "rec_response", "publish",
        ],
        Plan("full", "").CriticalPath);

    [Fact]
    public void The_selection_of_reviewers_has_27_days_of_slack_in_a_full_review()
    {
        var plan = Plan("full", "");

        Assert.Equal(84, plan["opening"]!.Ends.DayNumber - Day0.DayNumber);
        Assert.Equal(27, plan["opening"]!.Slack);
        Assert.Equal(27, plan["nominate"]!.Slack);
        Assert.Equal(0, plan["self_assess"]!.Slack);
        Assert.Null(plan["close"]!.Slack);
    }

    [Theory]
    [InlineData("nominate", 27, 0)]
    [InlineData("nominate", 28, 1)]
    [InlineData("self_assess", 5, 5)]
    [InlineData("check_6m", 100, 0)]
    public void A_late_stage_moves_publication_by_what_its_slack_does_not_hold(string stage, int late, int moves) =>
        Assert.Equal(moves, Plan("full", "").IfLate(stage, late).Moves);

    [Fact]
    public void Each_stage_ends_no_earlier_than_its_predecessors_and_its_days()
    {
        var plan = Plan("full", "working_language_differs");
        foreach (var at in plan.Stages.Where(s => s.Takes && !s.Stage.After.IsEmpty))
        {
            var before = at.Stage.After.Max(a => plan[a]?.Ends ?? Day0);
            Assert.Equal(before.AddDays(at.Stage.Offset + at.Days), at.Ends);
        }
    }

    [Fact]
    public void An_optional_stage_left_out_takes_no_days()
    {
        var plan = Forecast.Plan(Shipped.Voluntary, "light", "national", Day0, NoRolling, ["stakeholder_inputs_exist"], ["stake_call"]);

        Assert.False(plan["stake_call"]!.Takes);
        Assert.Equal(122, plan.Days);
    }

    [Fact]
    public void A_running_review_is_forecast_from_what_has_happened()
    {
        var review = Review.Launched("light");
        review.Pass(20);
        review.Done("acknowledge", "COORD");

        // Acknowledged 13 days late, and the whole path with it.
        Assert.Equal(122 + 13, review.Forecast().Days);
        Assert.Equal(13, review.Forecast().IfLate("self_assess", 13).Moves);
        review.Pass(100);
        Assert.Equal(20 + 100 + 10 + 21 + 14 + 10, review.Forecast().Days);
    }

    private static Forecast Plan(string variant, string assumed, string subject = "national") => Forecast.Plan(
        Shipped.Voluntary, variant, subject, Day0, NoRolling,
        [.. assumed.Split(' ', StringSplitOptions.RemoveEmptyEntries)], []);
}
