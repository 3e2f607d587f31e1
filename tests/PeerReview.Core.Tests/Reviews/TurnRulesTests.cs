using PeerReview.Core.Reviews;
using Xunit;
using static PeerReview.Core.Tests.Reviews.Sample;

namespace PeerReview.Core.Tests.Reviews;

public sealed class TurnRulesTests
{
    private static readonly string[] Assessing = [RoleCode.Contributor, RoleCode.FocalPoint, RoleCode.Authority];

    [Fact]
    public void A_self_assessment_waits_for_contributors_and_focal_point_and_then_for_the_authority()
    {
        var validated = Helped.After(new ReviewEvent.PartValidated(Contributor, "part"));
        var signed = validated.After(Signed(RoleCode.FocalPoint, "hash"));

        Assert.Equal([RoleCode.Contributor, RoleCode.FocalPoint], Turn(Helped));
        Assert.Equal([RoleCode.FocalPoint], Turn(validated));
        Assert.Equal([RoleCode.Authority], Turn(signed));
        Assert.Equal([RoleCode.FocalPoint], Turn(signed.After(Wrote(WritingKind.Answer, Second, 2))));

        static IEnumerable<string> Turn(Dossier dossier) => TurnRules.Narrow("self_assess", Assessing, dossier);
    }

    [Fact]
    public void A_round_of_questions_waits_for_whoever_is_to_speak_next()
    {
        string[] both = [RoleCode.Coordinator, RoleCode.FocalPoint];
        var asked = Appointed.After(Wrote(WritingKind.Question, "q1"));

        Assert.Equal([RoleCode.Coordinator], TurnRules.Narrow("clarify", both, Appointed));
        Assert.Equal([RoleCode.FocalPoint], TurnRules.Narrow("clarify", both, asked));
        Assert.Equal([RoleCode.Coordinator], TurnRules.Narrow("clarify", both, asked.After(Wrote(WritingKind.Reply, "q1"))));
    }

    [Fact]
    public void It_narrows_never_beyond_those_who_may_act()
    {
        Assert.Equal(["REV_LEAD"], TurnRules.Narrow("clarify", ["REV_LEAD"], Appointed));
        Assert.Equal(["COORD"], TurnRules.Narrow("acknowledge", ["COORD"], Appointed));
    }

    [Fact]
    public void A_contributor_who_declared_the_part_finished_is_not_waited_for()
    {
        var validated = Helped.After(new ReviewEvent.PartValidated(Contributor, "part"));

        Assert.False(TurnRules.HasDone("self_assess", RoleCode.Contributor, new PersonId(Contributor), Helped));
        Assert.True(TurnRules.HasDone("self_assess", RoleCode.Contributor, new PersonId(Contributor), validated));
        Assert.False(TurnRules.HasDone("self_assess", RoleCode.FocalPoint, new PersonId(Contributor), validated));
    }
}
