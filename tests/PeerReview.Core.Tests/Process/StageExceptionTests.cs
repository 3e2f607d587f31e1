using PeerReview.Core.Process;
using Xunit;
using static PeerReview.Core.Tests.Process.Review;

namespace PeerReview.Core.Tests.Process;

/// <summary>What may happen to a stage beside its completion: a return, a waiver, silence, a replacement.</summary>
public sealed class StageExceptionTests
{
    [Fact]
    public void The_completeness_check_sends_back_twice_and_not_a_third_time()
    {
        var review = At("light", "complete");
        for (var n = 1; n <= 2; n++)
        {
            review.Accept(new ProcessCommand.Return(As("COORD"), "complete", "self_assess"));
            Assert.Equal(["self_assess"], review.Open);
            Assert.Equal(StageStatus.Waiting, review.State["complete"].Status);
            Assert.Equal(n, review.State["complete"].Returns);
            Assert.Equal(n + 1, review.State["self_assess"].Round);
            review.Finish("self_assess");
        }

        review.Refuse(ProcessRefusals.ReturnsUsed, new ProcessCommand.Return(As("COORD"), "complete", "self_assess"));
        review.Refuse(ProcessRefusals.CannotReturn, new ProcessCommand.Return(As("COORD"), "complete", "launch"));
        review.Refuse(ProcessRefusals.NotYourStage, new ProcessCommand.Return(As("STATE_FP"), "complete", "self_assess"));
        review.Done("complete", "COORD");
        Assert.Contains("clarify", review.Open);
    }

    [Fact]
    public void A_right_can_be_waived_where_the_process_says_so()
    {
        var review = At("desk", "redraw_window", "nominate");

        review.Refuse(ProcessRefusals.NotWaivable, new ProcessCommand.Waive(As("REV_FP", "AAA"), "nominate"));
        review.Refuse(ProcessRefusals.NotYourStage, new ProcessCommand.Waive(As("COORD"), "redraw_window"));
        review.Accept(new ProcessCommand.Waive(As("STATE_FP"), "redraw_window"));

        Assert.Equal(StageStatus.Waived, review.State["redraw_window"].Status);
        review.Refuse(ProcessRefusals.StageClosed, new ProcessCommand.Waive(As("STATE_FP"), "redraw_window"));
    }

    [Fact]
    public void An_open_objection_is_decided_before_the_right_is_waived()
    {
        var review = At("desk", "objection");
        review.Facts = review.Facts with { Guards = new Dictionary<string, GuardAnswer> { ["G-COI"] = GuardAnswer.No("1") } };

        review.Refuse(ProcessRefusals.GuardNotHeld, new ProcessCommand.Waive(As("STATE_FP"), "objection"));
    }

    [Fact]
    public void An_optional_stage_may_be_left_out_before_or_while_it_is_open_but_not_twice()
    {
        var review = Launched("light");
        review.Refuse(ProcessRefusals.NotYourCommand, new ProcessCommand.Skip(As("STATE_FP"), "stake_call"));
        review.Refuse(ProcessRefusals.NotOptional, new ProcessCommand.Skip(As("COORD"), "complete"));
        review.Accept(new ProcessCommand.Skip(As("COORD"), "stake_call"));
        review.Refuse(ProcessRefusals.StageClosed, new ProcessCommand.Skip(As("COORD"), "stake_call"));
        review.Done("acknowledge", "COORD");
        Assert.Equal(SkipCause.Optional, review.State["stake_call"].Skipped);

        var other = Launched("light");
        other.Done("acknowledge", "COORD");
        Assert.Contains("stake_call", other.Open);
        other.Accept(new ProcessCommand.Skip(As("COORD"), "stake_call"));
        Assert.Equal(StageStatus.Skipped, other.State["stake_call"].Status);
    }

    [Fact]
    public void Work_that_starts_later_than_its_stage_opens_is_not_done_before()
    {
        var review = Launched("light");
        review.Done("acknowledge", "COORD");

        review.Pass(14);
        Assert.Equal("2026-03-17", review.Refuse(
            ProcessRefusals.NotStarted, new ProcessCommand.Complete(As("COORD"), "stake_call")).Args["starts"]);
        review.Pass(1);
        review.Done("stake_call", "COORD");
    }

    [Fact]
    public void Silence_counts_after_the_deadline_and_only_where_it_means_something()
    {
        var review = Launched("light", "regional", "stake_call");
        review.Reach("endorse");
        review.Done("endorse", "STATE_AUTH", "CCC");

        review.Refuse(ProcessRefusals.NotYourCommand, new ProcessCommand.Lapse(As("COORD"), "endorse", "DDD"));
        review.Refuse(ProcessRefusals.DeadlineNotPassed, new ProcessCommand.Lapse(Acting.System, "endorse", "DDD"));
        review.Pass(22);
        review.Refuse(ProcessRefusals.AlreadyDone, new ProcessCommand.Lapse(Acting.System, "endorse", "CCC"));
        review.Accept(new ProcessCommand.Lapse(Acting.System, "endorse", "DDD"));
        Assert.True(review.State["endorse"].Part("DDD")!.Silent);
        Assert.Equal(StageStatus.Done, review.State["endorse"].Status);

        review.Reach("pub_decide");
        review.Pass(100);
        review.Refuse(ProcessRefusals.SilenceDoesNotCount, new ProcessCommand.Lapse(Acting.System, "pub_decide"));
    }

    [Fact]
    public void A_reserve_takes_the_place_of_an_expert_in_every_open_stage()
    {
        var review = At("desk", "desk_review");

        review.Refuse(ProcessRefusals.NotYourCommand, new ProcessCommand.Replace(As("STATE_FP"), "expert", "e2", "e9"));
        review.Refuse(ProcessRefusals.UnknownBranch, new ProcessCommand.Replace(As("COORD"), "expert", "e7", "e9"));
        review.Refuse(ProcessRefusals.BranchExists, new ProcessCommand.Replace(As("COORD"), "expert", "e2", "e3"));
        review.Accept(new ProcessCommand.Replace(As("COORD"), "expert", "e2", "e9"));

        review.Refuse(ProcessRefusals.UnknownBranch, new ProcessCommand.Complete(As("REV_EXPERT", "e2"), "desk_review"));
        Assert.Equal(["e1", "e3", "e9"], Turn.Of(review.Definition, review.State, review.Facts).Select(t => t.Branch));
        Assert.NotNull(review.Deadline("desk_review", "e9"));
        review.Finish("desk_review");
        Assert.Equal(["consolidate"], review.Open);
    }
}
