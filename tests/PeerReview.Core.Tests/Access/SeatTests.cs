using PeerReview.Core.Access;
using Xunit;
using Rule = PeerReview.Core.Access.Access;

namespace PeerReview.Core.Tests.Access;

/// <summary>A role holds where it was given and nowhere else.</summary>
public sealed class SeatTests
{
    [Fact]
    public void A_role_in_another_programme_is_no_role_here()
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            var there = Cast.With(new Grant(role, Cast.Elsewhere, Cast.Review, Cast.Kenya), new Grant(role, Cast.Elsewhere, null, Cast.Kenya));
            foreach (var kind in Enum.GetValues<DocumentKind>())
                Assert.Equal(Rule.Visible(Actor.Visitor, kind, Cast.In('P')), Rule.Visible(there, kind, Cast.In('P')));
        }
    }

    [Theory]
    [InlineData(Role.ReviewerExpert, true)]
    [InlineData(Role.ReviewerLead, true)]
    [InlineData(Role.ReviewerFocalPoint, false)]
    [InlineData(Role.StateFocalPoint, false)]
    [InlineData(Role.Coordinator, false)]
    public void An_expert_reads_what_the_State_wrote_only_after_declaring(Role role, bool waits)
    {
        DocumentKind[] kept =
        [
            DocumentKind.SelfAssessment, DocumentKind.Evidence, DocumentKind.StateReplies, DocumentKind.StateComments, DocumentKind.StakeholderInput,
            DocumentKind.Clarifications, DocumentKind.CommentRemarks, DocumentKind.DialogueRecord, DocumentKind.DraftReport,
        ];
        foreach (var phase in "LSDCFAPNW")
        {
            var facts = Cast.In(phase) with { HasTeam = true };
            foreach (var kind in Enum.GetValues<DocumentKind>())
            {
                var document = Cast.Of(kind, own: false) with { Admitted = true, ReplyWindowOver = true };
                var declared = Rule.Visible(Cast.As(role), document, facts, SharingLabel.Clear);
                var undeclared = Rule.Visible(Cast.As(role), document, facts with { Undeclared = [Cast.Me] }, SharingLabel.Clear);
                Assert.True(undeclared.Extent <= declared.Extent);
                if (waits && kept.Contains(kind))
                    Assert.False(undeclared.CanRead, $"{phase} {kind}");
                else
                    Assert.Equal(declared, undeclared);
                Assert.Equal(declared, Rule.Visible(Cast.As(role), document, facts with { Undeclared = [Cast.SomebodyElse] }, SharingLabel.Clear));
            }
        }
    }

    [Theory]
    [InlineData(Role.StateFocalPoint)]
    [InlineData(Role.StateAlternate)]
    [InlineData(Role.ReviewerFocalPoint)]
    public void Who_speaks_for_a_State_in_another_review_is_another_State_here(Role role)
    {
        Same(Cast.With(new Grant(role, Cast.Programme, Cast.Another, Cast.Chile)), Cast.As(Role.OtherState));
    }

    [Theory]
    [InlineData(Role.StateContributor)]
    [InlineData(Role.ReviewerExpert)]
    [InlineData(Role.ReviewerLead)]
    [InlineData(Role.Observer)]
    [InlineData(Role.Stakeholder)]
    [InlineData(Role.RegionalFocalPoint)]
    [InlineData(Role.Coordinator)]
    public void Who_only_works_in_another_review_is_the_public_here(Role role)
    {
        Same(Cast.With(new Grant(role, Cast.Programme, Cast.Another, Cast.Kenya)), Cast.With());
    }

    [Fact]
    public void Another_States_authority_is_another_State_and_its_delegate_cannot_sit_here()
    {
        Same(Cast.With(new Grant(Role.StateAuthority, Cast.Programme, null, Cast.Chile)), Cast.As(Role.OtherState));
        Same(Cast.With(new Grant(Role.StateFocalPoint, Cast.Programme, Cast.Review, Cast.Chile)), Cast.As(Role.OtherState));
    }

    [Fact]
    public void A_reviewer_here_who_is_a_delegate_elsewhere_gets_nothing_of_the_delegate()
    {
        var both = Cast.With(
            new Grant(Role.ReviewerExpert, Cast.Programme, Cast.Review, Cast.Chile),
            new Grant(Role.StateFocalPoint, Cast.Programme, Cast.Another, Cast.Chile));

        Assert.Equal("-", Cast.Cell(Rule.Visible(both, DocumentKind.SelfAssessment, Cast.In('L'))));
        Assert.Equal("-", Cast.Cell(Rule.Visible(both, DocumentKind.StakeholderInput, Cast.In('C'))));
        Assert.Equal("access.not-allowed", Rule.May(both, ReviewAct.SaveAnswer, Cast.In('L'))?.Code);
    }

    [Fact]
    public void A_regional_strategy_has_a_common_part_and_sheets_of_their_own()
    {
        var regional = Cast.In('S') with { Subject = null, Participants = [Cast.Kenya, Cast.Chile] };
        var kenya = Cast.With(new Grant(Role.StateAuthority, Cast.Programme, null, Cast.Kenya));
        var owner = Cast.As(Role.RegionalFocalPoint);
        var common = Cast.Of(DocumentKind.SelfAssessment, own: false);

        Assert.Equal("R", See(kenya, common));
        Assert.Equal("R", See(kenya, common with { Sheet = Cast.Kenya }));
        Assert.Equal("-", See(kenya, common with { Sheet = Cast.Chile }));
        Assert.Equal("RWD", Cast.Cell(Rule.Visible(kenya, common with { Sheet = Cast.Kenya }, regional with { Submitted = false })));
        Assert.Equal("R", See(owner, common));
        Assert.Null(Rule.May(kenya, ReviewAct.Endorse, regional));
        Assert.Equal("access.not-allowed", Rule.May(kenya, ReviewAct.SignAsAuthority, regional)?.Code);
        Assert.Equal("access.not-allowed", Rule.May(Cast.As(Role.StateAuthority), ReviewAct.Endorse, Cast.In('S'))?.Code);

        string See(Actor actor, Document d) => Cast.Cell(Rule.Visible(actor, d, regional, SharingLabel.Green));
    }

    [Fact]
    public void A_peer_organisation_in_a_national_review_watches()
    {
        Same(Cast.As(Role.RegionalFocalPoint), Cast.As(Role.Observer));
    }

    private static void Same(Actor actor, Actor like)
    {
        foreach (var phase in "LSDCFAPNXW")
            foreach (var kind in Enum.GetValues<DocumentKind>())
                foreach (var own in (bool[])[true, false])
                {
                    Assert.Equal(
                        Rule.Visible(like, Cast.Of(kind, own), Cast.In(phase), SharingLabel.Green),
                        Rule.Visible(actor, Cast.Of(kind, own), Cast.In(phase), SharingLabel.Green));
                }
    }
}
