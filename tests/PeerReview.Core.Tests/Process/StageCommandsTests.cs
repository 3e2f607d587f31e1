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
}
