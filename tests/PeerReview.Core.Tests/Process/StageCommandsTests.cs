using PeerReview.Core.Process;
using Xunit;
using static PeerReview.Core.Tests.Process.Review;

namespace PeerReview.Core.Tests.Process;

public sealed class StageCommandsTests
{
    [Fact]
    public void Launching_closes_the_launch_and_opens_what_comes_after_it()
    {
        var review = Launched("light");

        Assert.Equal(StageStatus.Done, review.State["launch"].Status);
        Assert.Equal(["acknowledge", "appoint"], review.Open);
        Assert.Equal(ReviewStatus.Running, review.State.Status);
    }

    [Fact]
    public void A_light_review_goes_through_its_stages_to_the_end()
    {
        var review = At("light", "check_6m", "close");
        review.Finish("check_6m");
        review.Finish("close");

        Assert.Equal(ReviewStatus.Closed, review.State.Status);
        Assert.Equal(
            ["launch", "acknowledge", "appoint", "self_assess", "complete", "clarify", "pub_decide", "publish", "check_6m", "close"],
            review.Definition.Stages.Where(s => review.State[s].Status == StageStatus.Done).Select(s => s.Id)
                .OrderBy(id => review.Events.FindIndex(e => e is ProcessEvent.StageClosed c && c.Stage == id)));
    }

    [Fact]
    public void What_is_open_when_the_review_is_closed_ends_with_it()
    {
        var review = At("light", "check_6m", "close");

        review.Finish("close");

        Assert.Equal(SkipCause.Ended, review.State["check_6m"].Skipped);
        Assert.Equal(PartStatus.Dropped, review.State["check_6m"].Parts[0].Status);
    }

    [Fact]
    public void A_wrong_person_a_wrong_time_and_a_wrong_stage_are_refused_each_in_its_own_words()
    {
        var review = Launched("light");

        var wrong = review.Refuse(ProcessRefusals.NotYourStage, new ProcessCommand.Complete(As("STATE_FP"), "acknowledge"));
        Assert.Equal("COORD", wrong.Args["roles"]);
        Assert.Equal(RefusalKind.NotAllowed, wrong.Kind);
        var early = review.Refuse(ProcessRefusals.TooEarly, new ProcessCommand.Complete(As("COORD"), "complete"));
        Assert.Equal("endorse self_assess", early.Args["waits_for"]);
        review.Refuse(ProcessRefusals.UnknownStage, new ProcessCommand.Complete(As("COORD"), "lunch"));
        review.Refuse(ProcessRefusals.NotInVariant, new ProcessCommand.Complete(As("COORD"), "draw"));
        review.Done("acknowledge", "COORD");
        review.Refuse(ProcessRefusals.AlreadyDone, new ProcessCommand.Complete(As("COORD"), "acknowledge"));
        review.Refuse(ProcessRefusals.AlreadyLaunched, new ProcessCommand.Launch(As("STATE_AUTH"), "light", "national", []));
    }

    [Fact]
    public void Nothing_happens_before_launch_and_a_launch_names_what_there_is()
    {
        var review = new Review(Shipped.Voluntary);

        review.Refuse(ProcessRefusals.NotLaunched, new ProcessCommand.Complete(As("COORD"), "acknowledge"));
        Assert.Equal("variant", review.Refuse(
            ProcessRefusals.UnknownVariant, new ProcessCommand.Launch(As("STATE_AUTH"), "huge", "national", [])).Field);
        Assert.Equal("subject", review.Refuse(
            ProcessRefusals.UnknownSubject, new ProcessCommand.Launch(As("STATE_AUTH"), "light", "galactic", [])).Field);
        review.Refuse(ProcessRefusals.NotYourStage, new ProcessCommand.Launch(As("COORD"), "light", "national", []));
        review.Refuse(ProcessRefusals.NotOptional, new ProcessCommand.Launch(As("STATE_AUTH"), "light", "national", ["complete"]));
        review.Refuse(ProcessRefusals.NotOptional, new ProcessCommand.Launch(As("STATE_AUTH"), "full", "national", ["stake_call"]));
    }

    [Fact]
    public void Every_guard_that_does_not_hold_is_named_with_its_detail()
    {
        var review = new Review(Shipped.Voluntary);
        review.Facts = review.Facts with
        {
            Guards = new Dictionary<string, GuardAnswer>
            {
                ["G-SIGN"] = GuardAnswer.No("no-signature"),
                ["G-COOL"] = GuardAnswer.No("2"),
            },
        };

        var refusal = review.Refuse(ProcessRefusals.GuardNotHeld, new ProcessCommand.Launch(As("STATE_AUTH"), "light", "national", []));

        Assert.Equal("G-SIGN G-COOL", refusal.Args["guards"]);
        Assert.Equal("no-signature", refusal.Args["detail.G-SIGN"]);
        Assert.Equal("launch", refusal.Args["stage"]);
        Assert.Equal(["G-SIGN", "G-COOL"],
            Decider.GuardsAsked(review.Definition, new ProcessCommand.Launch(As("STATE_AUTH"), "light", "national", [])));
    }

    [Fact]
    public void A_guard_nobody_answered_is_a_bug_and_not_a_no()
    {
        var review = Launched("light");
        review.Facts = new ProcessFacts();

        Assert.Throws<InvalidOperationException>(() => review.Done("acknowledge", "COORD"));
    }

    [Fact]
    public void A_sequence_is_done_in_order()
    {
        var review = At("light", "self_assess");

        Assert.Equal("STATE_CONTRIB", review.Refuse(
            ProcessRefusals.NotYourTurn, new ProcessCommand.Complete(As("STATE_FP"), "self_assess")).Args["role"]);
        review.Done("self_assess", "STATE_CONTRIB");
        review.Refuse(ProcessRefusals.AlreadyDone, new ProcessCommand.Complete(As("STATE_CONTRIB"), "self_assess"));
        review.Done("self_assess", "STATE_ALT"); // the alternate stands in for the focal point
        Assert.Equal(["STATE_AUTH"], Turn.Of(review.Definition, review.State, review.Facts)
            .First(t => t.Stage.Id == "self_assess").Roles);
        review.Done("self_assess", "STATE_AUTH");

        Assert.Equal(StageStatus.Done, review.State["self_assess"].Status);
        Assert.Equal(["STATE_CONTRIB", "STATE_FP", "STATE_AUTH"], review.State["self_assess"].Part(null)!.Completions.Select(c => c.Role));
    }

    [Fact]
    public void A_role_of_a_sequence_that_nobody_holds_is_passed_over_and_that_is_recorded()
    {
        var review = At("light", "self_assess");
        review.Facts = review.Facts with { Holders = new Dictionary<string, int> { ["STATE_FP"] = 1, ["STATE_AUTH"] = 1 } };

        var events = review.Accept(new ProcessCommand.Complete(As("STATE_FP"), "self_assess"));

        Assert.Equal(["STATE_CONTRIB"], Assert.IsType<ProcessEvent.PartCompleted>(events[0]).Passed);
        review.Done("self_assess", "STATE_AUTH");
        Assert.Equal(StageStatus.Done, review.State["self_assess"].Status);
        Assert.Null(review.State["self_assess"].Part(null)!.Completions[0].Person);
    }

    [Fact]
    public void Guards_of_the_self_assessment_are_asked_from_the_focal_point_on_and_the_signatures_last()
    {
        var review = At("light", "self_assess");
        var missing = review.Facts.Guards.ToDictionary(g => g.Key, g => g.Value);
        missing["G-SCOPEFULL"] = missing["G-SIGNOFF"] = GuardAnswer.No("3");
        review.Facts = review.Facts with { Guards = missing };

        review.Done("self_assess", "STATE_CONTRIB");
        Assert.Equal("G-SCOPEFULL", review.Refuse(
            ProcessRefusals.GuardNotHeld, new ProcessCommand.Complete(As("STATE_FP"), "self_assess")).Args["guards"]);
        missing["G-SCOPEFULL"] = GuardAnswer.Yes;
        review.Done("self_assess", "STATE_FP");
        Assert.Equal("G-SIGNOFF", review.Refuse(
            ProcessRefusals.GuardNotHeld, new ProcessCommand.Complete(As("STATE_AUTH"), "self_assess")).Args["guards"]);
    }

    [Fact]
    public void Where_all_act_each_role_acts_once_in_any_order()
    {
        var review = At("desk", "opening", "complete");

        review.Done("opening", "REV_FP", "AAA"); // a role held per State acts here for all
        review.Refuse(ProcessRefusals.AlreadyDone, new ProcessCommand.Complete(As("REV_FP", "BBB"), "opening"));
        review.Done("opening", "COORD");
        Assert.Equal(StageStatus.Open, review.State["opening"].Status);
        review.Done("opening", "STATE_FP");

        Assert.Equal(StageStatus.Done, review.State["opening"].Status);
    }

    [Fact]
    public void Branches_close_one_by_one_and_the_stage_with_the_last()
    {
        var review = At("desk", "desk_review");

        Assert.Equal(["e1", "e2", "e3"], review.State["desk_review"].Parts.Select(p => p.Branch));
        review.Refuse(ProcessRefusals.BranchNeeded, new ProcessCommand.Complete(As("REV_EXPERT"), "desk_review"));
        review.Refuse(ProcessRefusals.UnknownBranch, new ProcessCommand.Complete(As("REV_EXPERT", "e9"), "desk_review"));
        review.Done("desk_review", "REV_EXPERT", "e2");
        review.Refuse(ProcessRefusals.AlreadyDone, new ProcessCommand.Complete(As("REV_EXPERT", "e2"), "desk_review"));
        Assert.Equal(["e1", "e3"], Turn.Of(review.Definition, review.State, review.Facts).Select(t => t.Branch));
        review.Done("desk_review", "REV_EXPERT", "e1");
        Assert.Equal(StageStatus.Open, review.State["desk_review"].Status);
        review.Done("desk_review", "REV_EXPERT", "e3");

        Assert.Equal(["consolidate"], review.Open);
    }

    [Fact]
    public void A_guard_of_a_branch_is_asked_with_its_key()
    {
        var review = At("desk", "desk_review");
        review.Facts = review.Facts with
        {
            Guards = new Dictionary<string, GuardAnswer>
            {
                ["G-COMMENTS"] = GuardAnswer.Yes,
                ["G-COMMENTS/e2"] = GuardAnswer.No("4 items"),
            },
        };

        review.Refuse(ProcessRefusals.GuardNotHeld, new ProcessCommand.Complete(As("REV_EXPERT", "e2"), "desk_review"));
        review.Done("desk_review", "REV_EXPERT", "e1");
    }

    [Fact]
    public void A_quorum_closes_the_stage_and_drops_the_rest()
    {
        var review = new Review(Shipped.Read("nis2-like.v1.yaml"));
        review.Facts = review.Facts with
        {
            Branches = new Dictionary<string, System.Collections.Immutable.ImmutableArray<string>>
            {
                ["reviewing_state"] = ["AAA", "BBB", "CCC"],
                ["expert"] = ["e1"],
            },
        };
        review.Accept(new ProcessCommand.Launch(As("STATE_AUTH"), "remote", "national", []));
        review.Done("scope", "STATE_FP");
        review.Done("designate", "REV_FP", "AAA");
        review.Done("designate", "REV_FP", "CCC");

        Assert.Equal(StageStatus.Done, review.State["designate"].Status);
        Assert.Equal(PartStatus.Dropped, review.State["designate"].Parts[1].Status);
    }

    [Fact]
    public void Agreement_needs_every_reviewing_State_and_those_beside_them()
    {
        var review = At("desk", "agree");

        review.Done("agree", "REV_FP", "AAA");
        review.Done("agree", "STATE_AUTH");
        review.Done("agree", "REV_FP", "BBB");
        Assert.Equal(StageStatus.Open, review.State["agree"].Status);
        review.Done("agree", "COORD_HEAD");

        Assert.Equal(StageStatus.Done, review.State["agree"].Status);
        Assert.Equal(StageStatus.Skipped, review.State["reconcile"].Status);
        Assert.Equal(SkipCause.Condition, review.State["reconcile"].Skipped);
        Assert.Equal(["rec_response", "pub_decide", "action_plan"], review.Open);
    }

    [Fact]
    public void When_agreement_fails_reconciliation_takes_over()
    {
        var review = At("desk", "agree");

        review.Accept(new ProcessCommand.Fail(As("REV_FP", "BBB"), "agree"));

        Assert.Equal(StageStatus.Failed, review.State["agree"].Status);
        Assert.Equal(["reconcile"], review.Open);
        review.Finish("reconcile");
        Assert.Contains("rec_response", review.Open);
        review.Refuse(ProcessRefusals.CannotFail, new ProcessCommand.Fail(As("STATE_AUTH"), "rec_response"));
    }

    [Fact]
    public void A_participating_States_authority_is_not_the_owners()
    {
        var review = Launched("light", "regional", "stake_call");
        review.Reach("endorse");

        review.Done("endorse", "STATE_AUTH", "CCC");
        review.Refuse(ProcessRefusals.BranchNeeded, new ProcessCommand.Complete(As("STATE_AUTH"), "endorse"));
        review.Done("endorse", "STATE_AUTH", "DDD");
        review.Reach("pub_decide");
        review.Refuse(ProcessRefusals.NotYourStage, new ProcessCommand.Complete(As("STATE_AUTH", "CCC"), "pub_decide"));
    }

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
