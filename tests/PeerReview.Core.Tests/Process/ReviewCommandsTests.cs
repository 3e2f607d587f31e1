using PeerReview.Core.Process;
using Xunit;
using static PeerReview.Core.Tests.Process.Review;

namespace PeerReview.Core.Tests.Process;

public sealed class ReviewCommandsTests
{
    [Fact]
    public void While_suspended_or_deferred_nothing_is_done_and_resuming_moves_the_deadlines()
    {
        var review = At("light", "self_assess");
        var due = review.Deadline("self_assess")!.Day;

        review.Refuse(ProcessRefusals.NotHalted, new ProcessCommand.Resume(As("STATE_AUTH")));
        review.Refuse(ProcessRefusals.NotYourCommand, new ProcessCommand.Suspend(As("COORD")));
        review.Accept(new ProcessCommand.Suspend(Acting.System));
        review.Refuse(ProcessRefusals.ReviewSuspended, new ProcessCommand.Complete(As("STATE_CONTRIB"), "self_assess"));
        review.Refuse(ProcessRefusals.ReviewSuspended, new ProcessCommand.Extend(As("COORD"), "self_assess", 5));
        Assert.Empty(Turn.Of(review.Definition, review.State, review.Facts));
        review.Pass(30);
        review.Refuse(ProcessRefusals.NotYourCommand, new ProcessCommand.Resume(As("STATE_FP")));
        review.Accept(new ProcessCommand.Resume(As("STATE_AUTH")));

        Assert.Equal(due.AddDays(30), review.Deadline("self_assess")!.Day);
        Assert.Equal(DeadlineCause.Suspended, review.Deadline("self_assess")!.Why);
        review.Done("self_assess", "STATE_CONTRIB");
    }

    [Fact]
    public void The_program_ends_a_deferral_on_its_day_and_nothing_else()
    {
        var review = At("light", "self_assess");
        var due = review.Deadline("self_assess")!.Day;
        var today = DateOnly.FromDateTime(review.Now.UtcDateTime);
        review.Accept(new ProcessCommand.Defer(As("STATE_AUTH"), today.AddDays(3)));
        review.Pass(2);
        review.Refuse(ProcessRefusals.ReviewDeferred, new ProcessCommand.Resume(Acting.System));
        review.Pass(1);

        review.Accept(new ProcessCommand.Resume(Acting.System));

        Assert.Equal(due.AddDays(3), review.Deadline("self_assess")!.Day);
        review.Accept(new ProcessCommand.Suspend(As("STATE_AUTH")));
        review.Refuse(ProcessRefusals.NotYourCommand, new ProcessCommand.Resume(Acting.System));
    }

    [Theory]
    [InlineData(60, 10, 10)] // on its last day: the days it stood
    [InlineData(61, 10, 10 + 15)] // one day late: two weeks from the day it goes on
    [InlineData(120, 0, 60 + 14)]
    public void A_part_that_was_late_before_a_standstill_has_two_weeks_after_it(int pass, int stood, int moved)
    {
        var review = At("light", "self_assess");
        var due = review.Deadline("self_assess")!.Day;
        review.Pass(pass);
        review.Accept(new ProcessCommand.Suspend(Acting.System));
        review.Pass(stood);

        review.Accept(new ProcessCommand.Resume(As("STATE_AUTH")));

        Assert.Equal(due.AddDays(moved), review.Deadline("self_assess")!.Day);
    }

    [Fact]
    public void A_deferral_has_the_limits_of_where_the_review_stands()
    {
        var review = At("desk", "self_assess", "draw");
        review.Refuse(ProcessRefusals.NotYourCommand, new ProcessCommand.Defer(As("COORD"), new(2026, 5, 1)));
        review.Refuse(ProcessRefusals.DeferralInPast, new ProcessCommand.Defer(As("STATE_AUTH"), new(2026, 3, 2)));

        // Before the draw: as often and as long as the subject likes.
        for (var n = 0; n < 3; n++)
        {
            review.Accept(new ProcessCommand.Defer(As("STATE_AUTH"), new DateOnly(2029, 3, 1)));
            Assert.Equal("2029-03-01",
                review.Refuse(ProcessRefusals.ReviewDeferred, new ProcessCommand.Complete(As("COORD"), "draw")).Args["until"]);
            review.Accept(new ProcessCommand.Resume(As("STATE_AUTH")));
        }

        // After it: once, up to 180 days.
        review.Done("draw", "COORD");
        var today = DateOnly.FromDateTime(review.Now.UtcDateTime);
        review.Refuse(ProcessRefusals.DeferralTooLong, new ProcessCommand.Defer(As("STATE_AUTH"), today.AddDays(181)));
        review.Accept(new ProcessCommand.Defer(As("STATE_AUTH"), today.AddDays(180)));
        review.Accept(new ProcessCommand.Resume(As("STATE_AUTH")));
        review.Refuse(ProcessRefusals.DeferralsUsed, new ProcessCommand.Defer(As("STATE_AUTH"), today.AddDays(10)));

        // After submission: once, up to 90 days.
        review.Finish("self_assess");
        review.Refuse(ProcessRefusals.DeferralTooLong, new ProcessCommand.Defer(As("STATE_AUTH"), today.AddDays(91)));
        review.Accept(new ProcessCommand.Defer(As("STATE_AUTH"), today.AddDays(90)));
    }

    [Theory]
    [InlineData("light", "pub_decide", "publish")]
    [InlineData("desk", "agree", "rec_response")]
    public void The_subject_withdraws_until_the_review_is_agreed(string variant, string last, string late)
    {
        var before = At(variant, last);
        before.Refuse(ProcessRefusals.NotYourCommand, new ProcessCommand.Withdraw(As("COORD")));
        before.Accept(new ProcessCommand.Withdraw(As("STATE_AUTH")));
        Assert.Equal(ReviewStatus.Withdrawn, before.State.Status);
        before.Refuse(ProcessRefusals.ReviewWithdrawn, new ProcessCommand.Complete(As("STATE_AUTH"), last));
        before.Refuse(ProcessRefusals.ReviewWithdrawn, new ProcessCommand.Withdraw(As("STATE_AUTH")));

        At(variant, late).Refuse(ProcessRefusals.TooLateToWithdraw, new ProcessCommand.Withdraw(As("STATE_AUTH")));
    }

    [Fact]
    public void A_suspended_review_can_be_withdrawn_and_a_closed_one_takes_nothing_more()
    {
        var review = At("light", "self_assess");
        review.Accept(new ProcessCommand.Suspend(As("STATE_AUTH")));
        review.Accept(new ProcessCommand.Withdraw(As("STATE_AUTH")));

        var closed = At("light", "close");
        closed.Finish("close");
        closed.Refuse(ProcessRefusals.ReviewClosed, new ProcessCommand.Complete(As("COORD"), "close"));
        closed.Refuse(ProcessRefusals.ReviewClosed, new ProcessCommand.Suspend(As("STATE_AUTH")));
        closed.Refuse(ProcessRefusals.ReviewClosed, new ProcessCommand.Resume(As("STATE_AUTH")));
    }

    [Fact]
    public void A_desk_review_becomes_light_keeping_its_work()
    {
        var review = At("desk", "desk_review");
        review.Refuse(ProcessRefusals.NotYourCommand, new ProcessCommand.ChangeVariant(As("COORD"), "light"));
        review.Refuse(ProcessRefusals.UnknownVariant, new ProcessCommand.ChangeVariant(As("STATE_AUTH"), "tiny"));
        review.Refuse(ProcessRefusals.SameVariant, new ProcessCommand.ChangeVariant(As("STATE_AUTH"), "desk"));

        review.Accept(new ProcessCommand.ChangeVariant(As("STATE_AUTH"), "light"));

        // The clarifying round, which a desk review lacks, opens; the self-assessment stays done.
        Assert.Equal(["clarify"], review.Open);
        Assert.Equal(StageStatus.Done, review.State["self_assess"].Status);
        Assert.Equal(SkipCause.Absent, review.State["desk_review"].Skipped);
        review.Reach("close");
    }

    [Fact]
    public void A_light_review_becomes_a_desk_review_until_it_is_agreed()
    {
        var review = At("light", "pub_decide");

        review.Accept(new ProcessCommand.ChangeVariant(As("STATE_AUTH"), "desk"));

        Assert.Equal(["draw"], review.Open);
        Assert.Equal(StageStatus.Waiting, review.State["pub_decide"].Status);
        review.Reach("desk_review");
        review.Reach("draft");
        review.Refuse(ProcessRefusals.TooLateToChange, new ProcessCommand.ChangeVariant(As("STATE_AUTH"), "full"));

        At("light", "publish").Refuse(ProcessRefusals.TooLateToChange, new ProcessCommand.ChangeVariant(As("STATE_AUTH"), "desk"));
        At("light", "close").Refuse(ProcessRefusals.TooLateToChange, new ProcessCommand.ChangeVariant(As("STATE_AUTH"), "full"));
    }

    [Fact]
    public void A_full_review_calls_for_stakeholders_though_the_desk_review_it_was_had_left_them_out()
    {
        var review = At("desk", "self_assess", "appoint");
        Assert.Equal(SkipCause.Optional, review.State["stake_call"].Skipped);

        review.Accept(new ProcessCommand.ChangeVariant(As("STATE_AUTH"), "full"));

        Assert.Contains("stake_call", review.Open);
        // A lighter one keeps what was begun.
        review.Accept(new ProcessCommand.ChangeVariant(As("STATE_AUTH"), "desk"));
        Assert.Contains("stake_call", review.Open);
    }

    [Fact]
    public void A_deeper_variant_gives_the_stages_that_are_open_more_days_and_a_lighter_one_takes_none_away()
    {
        var review = At("light", "self_assess", "appoint");
        var (self, appoint) = (review.Deadline("self_assess")!.Day, review.Deadline("appoint")!.Day);

        review.Accept(new ProcessCommand.ChangeVariant(As("STATE_AUTH"), "full"));
        Assert.Equal(self.AddDays(30), review.Deadline("self_assess")!.Day);
        Assert.Equal(appoint.AddDays(7), review.Deadline("appoint")!.Day);
        review.Accept(new ProcessCommand.ChangeVariant(As("STATE_AUTH"), "light"));

        Assert.Equal(self.AddDays(30), review.Deadline("self_assess")!.Day);
    }
}
