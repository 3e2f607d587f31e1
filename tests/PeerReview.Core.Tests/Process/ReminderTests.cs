using PeerReview.Core.Process;
using Xunit;
using static PeerReview.Core.Tests.Process.Review;

namespace PeerReview.Core.Tests.Process;

public sealed class ReminderTests
{
    private static readonly ProcessDefinition Definition = Shipped.Voluntary;

    [Theory]
    [InlineData("acknowledge", 7, "before_2 on_day after_2 after_5")]
    [InlineData("complete", 20, "before_7 before_2 on_day after_2 after_5")]
    [InlineData("clarify", 21, "before_7 before_2 on_day after_3 after_7")]
    [InlineData("self_assess", 75, "before_21 before_7 before_2 on_day after_3 after_7")]
    [InlineData("self_assess", 76, "before_60 before_30 before_14 before_3 on_day after_7 after_14")]
    public void The_length_of_a_stage_chooses_its_reminders(string stage, int days, string steps)
    {
        var starts = new DateOnly(2026, 3, 2);
        var deadline = new Deadline(starts, starts.AddDays(days), "UTC", DeadlineCause.Opened);

        var letters = ReminderPlan.Of(Definition, Definition.Stage(stage), null, deadline, days, 1, ["COORD"]);

        Assert.Equal(steps, string.Join(' ', letters.Select(l => l.Step)));
        Assert.All(letters, l => Assert.True(l.Day > starts));
    }

    [Fact]
    public void Reminders_go_to_whose_turn_it_is_and_their_alternates()
    {
        var review = At("light", "self_assess", "appoint");
        Assert.All(Letters(review, "self_assess", "before_7"), l => Assert.Equal(["STATE_CONTRIB"], l.Roles));
        review.Done("self_assess", "STATE_CONTRIB");

        var letter = Assert.Single(Letters(review, "self_assess", "before_7"));
        Assert.Equal(["STATE_FP", "STATE_ALT"], letter.Roles);
        Assert.Equal($"self_assess/-/1/{review.Deadline("self_assess")!.Day:yyyy-MM-dd}/before_7", letter.Key);
    }

    [Fact]
    public void A_moved_deadline_has_other_keys_and_a_paused_or_suspended_one_none()
    {
        var review = At("light", "self_assess", "appoint");
        var keys = Letters(review, "self_assess").Select(l => l.Key).ToHashSet();
        review.Accept(new ProcessCommand.Extend(As("COORD"), "self_assess", 10));

        Assert.DoesNotContain(Letters(review, "self_assess"), l => keys.Contains(l.Key));
        review.Accept(new ProcessCommand.Pause(As("COORD"), "subject", "translation"));
        Assert.Empty(Letters(review, "self_assess"));
        review.Accept(new ProcessCommand.ResumeClock(As("COORD"), "subject"));
        review.Accept(new ProcessCommand.Suspend(As("STATE_AUTH")));
        Assert.Empty(ReminderPlan.Open(review.Definition, review.State, review.Facts));
    }

    [Fact]
    public void The_ladder_has_its_days_and_reaches_who_it_must()
    {
        var review = At("light", "self_assess", "appoint");
        var due = review.Deadline("self_assess")!.Day;

        var steps = Letters(review, "self_assess").Where(l => l.Level is not null).ToList();

        Assert.Equal([("L1", 7), ("L2", 14), ("L3", 30), ("L4", 60)], steps.Select(l => (l.Step, l.Day.DayNumber - due.DayNumber)));
        Assert.Equal(["STATE_CONTRIB", "COORD"], steps[0].Roles);
        Assert.Equal(["STATE_AUTH", "COORD_HEAD"], steps[1].Roles);
        Assert.Equal(["COORD_HEAD"], steps[2].Roles);
    }

    [Fact]
    public void A_late_expert_brings_the_reserve_and_a_late_coordinator_the_head()
    {
        var expert = At("desk", "desk_review");
        Assert.Contains(Letters(expert, "desk_review"), l => l.Step == "R" && l.Roles.SequenceEqual(["REV_FP", "COORD"]));
        Assert.Contains(Letters(expert, "desk_review"), l => l.Step == "L2" && l.Roles.SequenceEqual(["REV_FP", "COORD_HEAD"]));

        var coordinator = Launched("light");
        Assert.DoesNotContain(Letters(coordinator, "acknowledge"), l => l.Step == "R");
        Assert.Contains(Letters(coordinator, "acknowledge"), l => l.Step == "L2" && l.Roles.SequenceEqual(["COORD_HEAD"]));
    }

    [Theory]
    [InlineData("self_assess", true)]
    [InlineData("complete", false)] // the coordinator is late, not the subject
    [InlineData("check_6m", false)] // something is published
    public void The_end_of_the_ladder_suspends_only_when_the_subject_is_late_and_nothing_is_published(string stage, bool suspends)
    {
        var review = At("light", stage);
        var late = Turn.Of(review.Definition, review.State, review.Facts).First(t => t.Stage.Id == stage);
        var level = Definition.Escalation.First(l => l.Id == "L4");

        Assert.Equal(suspends, EscalationLadder.TakesEffect(Definition, review.State, level, Late(late)));
    }

    [Fact]
    public void An_extension_is_offered_only_while_one_is_left()
    {
        var review = At("light", "self_assess", "appoint");
        var level = Definition.Escalation.First(l => l.Id == "L1");
        Assert.True(EscalationLadder.TakesEffect(Definition, review.State, level, Late(TurnOf(review, "self_assess"))));
        Assert.False(EscalationLadder.TakesEffect(Definition, review.State, level, Late(TurnOf(review, "appoint"))));
        review.Accept(new ProcessCommand.Extend(As("COORD"), "self_assess", 10));

        Assert.False(EscalationLadder.TakesEffect(Definition, review.State, level, Late(TurnOf(review, "self_assess"))));
    }

    [Fact]
    public void Later_stages_show_what_will_be_sent_by_the_same_rule()
    {
        var review = At("light", "self_assess", "appoint");
        var later = ReminderPlan.Later(Definition, review.Forecast());

        Assert.DoesNotContain(later, l => l.Stage is "self_assess" or "acknowledge" or "draw" or "stake_call");
        var shown = later.Where(l => l.Stage == "complete").Select(l => l.Key).ToList();
        review.Pass(60);
        review.Finish("self_assess");
        Assert.Equal(shown, Letters(review, "complete").Select(l => l.Key));
    }

    private static (Stage, string?, string) Late(Turn turn) => (turn.Stage, turn.Branch, turn.Roles[0]);

    private static Turn TurnOf(Review review, string stage) =>
        Turn.Of(review.Definition, review.State, review.Facts).First(t => t.Stage.Id == stage);

    private static List<PlannedLetter> Letters(Review review, string stage, string? step = null) =>
        [.. ReminderPlan.Open(review.Definition, review.State, review.Facts).Where(l => l.Stage == stage && (step is null || l.Step == step))];
}
