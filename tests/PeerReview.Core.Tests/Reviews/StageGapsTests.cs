using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Core.Tests.Process;
using Xunit;

namespace PeerReview.Core.Tests.Reviews;

/// <summary>Whom a stage of another process asks while somebody in it is not named.</summary>
public sealed class StageGapsTests
{
    private static readonly ProcessDefinition Designated = Shipped.Read("nis2-like.v2.yaml");
    private static readonly ProcessDefinition Presented = Shipped.Read("vnr-like.v1.yaml");

    [Theory]
    [InlineData("scope", "STATE_FP", "STATE_FP STATE_AUTH COORD", "STATE_FP")]
    [InlineData("scope", "", "STATE_AUTH COORD", "STATE_AUTH")]
    [InlineData("scope", "", "COORD", "COORD")]
    [InlineData("exchange", "REV_EXPERT STATE_FP", "REV_EXPERT STATE_AUTH COORD", "REV_EXPERT STATE_AUTH")]
    [InlineData("report", "REV_LEAD REV_EXPERT", "REV_EXPERT COORD", "REV_LEAD REV_EXPERT")]
    [InlineData("designate", "REV_FP", "STATE_AUTH COORD", "COORD")]
    public void In_place_of_a_role_nobody_holds_whoever_names_it_is_asked(string stage, string waits, string held, string asked)
    {
        var roles = waits.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(
            asked.Split(' '),
            StageGaps.Asked(Designated.Stage(stage), [.. roles], held.Split(' ').Contains, lacksStates: false));
    }

    [Fact]
    public void The_office_is_asked_beside_the_State_as_long_as_the_States_that_act_next_are_not_named() => Assert.Equal(
        ["STATE_FP", "COORD"],
        StageGaps.Asked(Designated.Stage("scope"), ["STATE_FP"], _ => true, lacksStates: true));

    [Theory]
    [InlineData("scope", "STATE_AUTH", StageGap.People)]
    [InlineData("scope", "COORD", StageGap.States)]
    [InlineData("designate", "COORD", StageGap.Speaker)]
    [InlineData("visit", "COORD", StageGap.Experts)]
    [InlineData("object", "COORD", StageGap.Right)]
    [InlineData("comments", "STATE_AUTH", null)]
    [InlineData("deliver", "COORD", null)]
    [InlineData("pub_decide", "COORD", StageGap.Authority)]
    [InlineData("scope", "COORD_HEAD", null)]
    [InlineData("urgent", "COORD", null)]
    public void Whoever_holds_no_role_of_the_stage_is_asked_to_name_somebody(string stage, string role, StageGap? gap) =>
        Assert.Equal(gap, StageGaps.Of(Designated, stage, role));

    [Fact]
    public void A_sequence_is_handed_on_and_back_to_nobody()
    {
        var focal = Review.As("STATE_FP");
        var authority = Review.As("STATE_AUTH");
        var review = new Review(Presented);
        review.Accept(new ProcessCommand.Launch(authority, "repeat", "national", ["society_input"]));
        review.Reach("main_messages");

        Assert.Equal(("process.not-your-turn", null), (Refused(authority), Refused(focal)));
        review.Accept(new ProcessCommand.Complete(focal, "main_messages"));
        Assert.Equal((null, "process.already-done"), (Refused(authority), Refused(focal)));

        string? Refused(Acting by) => StageDoor.NotTheirTurn(review.State, "main_messages", by, review.Facts)?.Code;
    }
}
