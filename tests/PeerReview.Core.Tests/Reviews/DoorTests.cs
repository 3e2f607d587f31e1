using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Core.Tests.Process;
using Xunit;

namespace PeerReview.Core.Tests.Reviews;

/// <summary>When a stage, and the State's own texts, can be worked in.</summary>
public sealed class DoorTests
{
    [Fact]
    public void A_stage_opens_closes_and_stands_still_with_its_review()
    {
        var review = Review.At("light", "self_assess");
        Assert.Null(Closed(review, "self_assess"));
        Assert.Equal("process.too-early", Closed(review, "complete"));
        Assert.Equal("process.already-done", Closed(review, "acknowledge"));
        Assert.Equal("process.not-in-variant", Closed(review, "draw"));
        Assert.Equal("process.unknown-stage", Closed(review, "tea"));

        review.Accept(new ProcessCommand.Suspend(Review.As("STATE_AUTH")));
        Assert.Equal("process.suspended", Closed(review, "self_assess"));
        review.Accept(new ProcessCommand.Resume(Review.As("STATE_AUTH")));
        Assert.Null(Closed(review, "self_assess"));
        review.Accept(new ProcessCommand.Withdraw(Review.As("STATE_AUTH")));
        Assert.Equal("process.withdrawn", Closed(review, "self_assess"));
    }

    [Fact]
    public void Before_a_launch_no_stage_is_open() =>
        Assert.Equal("process.not-launched", Closed(new Review(Shipped.Voluntary), "self_assess"));

    [Fact]
    public void Commitments_are_written_from_the_self_assessment_until_the_decision()
    {
        Assert.Equal("process.too-early", CommitmentDoor.Closed(Review.Launched("light", "national", "stake_call").State)?.Code);
        foreach (var stage in new[] { "self_assess", "complete", "clarify", "pub_decide" })
            Assert.Null(CommitmentDoor.Closed(Review.At("light", stage).State));
        Assert.Equal("follow-up.decided", CommitmentDoor.Closed(Review.At("light", "publish").State)?.Code);
    }

    [Fact]
    public void A_self_assessment_sent_back_keeps_the_door_open()
    {
        var review = Review.At("light", "complete");
        review.Accept(new ProcessCommand.Return(Review.As("COORD"), "complete", "self_assess"));

        Assert.Null(Closed(review, "self_assess"));
        Assert.Null(CommitmentDoor.Closed(review.State));
    }

    private static string? Closed(Review review, string stage) => StageDoor.Closed(review.State, stage)?.Code;
}
