using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using Xunit;

namespace PeerReview.Core.Tests.Reviews;

/// <summary>What limiting a review to a theme does to shares of experts, parts of contributors and readers.</summary>
public sealed class ThemeTests
{
    private static readonly Guid Ama = Guid.NewGuid(), Eva = Guid.NewGuid(), Ministry = Guid.NewGuid(), Agency = Guid.NewGuid();

    private static readonly Dossier Whole = new()
    {
        Items = ["N-a.a1", "N-b.b1", "N-c.c1"],
        People =
        [
            new Appointment(Ministry, RoleCode.Contributor, null, ["N-a.a1"]),
            new Appointment(Agency, RoleCode.Contributor, null, ["N-a.a1", "N-c.c1"]),
        ],
        Team = ReviewTeam.None with { Split = [new ItemSplit("N-a.a1", [Ama]), new ItemSplit("N-b.b1", [Eva]), new ItemSplit("N-c.c1", [Eva])] },
        Signatures = [new SignatureMark(SignedAct.SelfAssessment, RoleCode.FocalPoint, "hash", Ministry, default)],
    };

    private static readonly Dossier OnC = Whole.Evolve(new ReviewEvent.ThemeChosen("N-c", ["N-c.c1", "N-c.c2"], Ministry), default);

    [Fact]
    public void An_expert_left_without_a_question_takes_all_and_what_nobody_was_given_goes_to_all()
    {
        Assert.Equal(["N-a.a1"], CommentRules.ItemsOf(Whole, new PersonId(Ama)));
        Assert.Equal(["N-c.c2"], CommentRules.ItemsOf(OnC, new PersonId(Ama)));
        Assert.Equal(["N-c.c1"], CommentRules.ItemsOf(OnC with { Items = ["N-c.c1"] }, new PersonId(Ama)));
        Assert.Equal(["N-c.c1", "N-c.c2"], CommentRules.ItemsOf(OnC, new PersonId(Eva)));
        Assert.Empty(CommentRules.ItemsOf(OnC with { Team = ReviewTeam.None }, new PersonId(Ama)));
    }

    [Fact]
    public void Nobody_waits_for_a_contributor_with_nothing_left_to_answer()
    {
        Assert.Equal([Ministry, Agency], Whole.Contributing);
        Assert.Equal([Agency], OnC.Contributing);
        Assert.Empty(Whole.WithoutQuestions);
        Assert.Equal([Ministry], OnC.WithoutQuestions);
        Assert.True(TurnRules.HasDone("self_assess", RoleCode.Contributor, new PersonId(Ministry), OnC));
        Assert.False(TurnRules.HasDone("self_assess", RoleCode.Contributor, new PersonId(Agency), OnC));
        Assert.Empty(OnC.Signatures);
    }

    [Fact]
    public void What_falls_outside_is_read_by_nobody_but_those_who_wrote_it()
    {
        var (kenya, review) = (new StateCode("KEN"), new ReviewId(Guid.NewGuid()));
        var facts = new ReviewFacts(review, new ProgrammeId(Guid.NewGuid())) { Subject = kenya, HasTeam = true, Submitted = true };
        var outside = OnC.Answer("N-a.a1");

        Assert.True(Reads(Role.StateFocalPoint, Guid.NewGuid(), kenya));
        Assert.True(Reads(Role.StateContributor, Ministry, kenya));
        foreach (var role in new[] { Role.Coordinator, Role.HeadCoordinator, Role.Observer, Role.ReviewerExpert, Role.ReviewerLead })
            Assert.False(Reads(role, Guid.NewGuid(), role is Role.ReviewerExpert or Role.ReviewerLead ? new StateCode("GHA") : null));

        bool Reads(Role role, Guid person, StateCode? state) => Core.Access.Access.Visible(
            new Actor(new PersonId(person), [new Grant(role, facts.Programme, review, state)]), outside, facts, SharingLabel.Clear).Extent > Extent.Nothing;
    }
}
