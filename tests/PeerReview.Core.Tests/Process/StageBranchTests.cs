using PeerReview.Core.Process;
using Xunit;
using static PeerReview.Core.Tests.Process.Review;

namespace PeerReview.Core.Tests.Process;

/// <summary>Stages in several branches: of reviewing States, of experts, of States that take part.</summary>
public sealed class StageBranchTests
{
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
        var review = new Review(Shipped.Read("nis2-like.v2.yaml"));
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
}
