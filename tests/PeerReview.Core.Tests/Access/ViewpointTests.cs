using PeerReview.Core.Access;
using Xunit;
using Rule = PeerReview.Core.Access.Access;

namespace PeerReview.Core.Tests.Access;

public sealed class ViewpointTests
{
    private static readonly SharingLabel?[] Labels = [null, .. Enum.GetValues<SharingLabel>().Select(l => (SharingLabel?)l)];

    [Fact]
    public void With_other_eyes_nobody_sees_more_than_either_of_the_two()
    {
        foreach (var (own, eyes) in Pairs())
        {
            foreach (var (document, facts, label) in Everything())
            {
                var both = Rule.Visible(own with { Eyes = eyes }, document, facts, label);
                Assert.True(both.Extent <= Rule.Visible(own, document, facts, label).Extent);
                Assert.True(both.Extent <= Rule.Visible(eyes, document, facts, label).Extent);
                Assert.False(both.May(Rights.Write) || both.May(Rights.Comment) || both.May(Rights.Decide));
            }
        }
    }

    [Fact]
    public void With_other_eyes_nothing_can_be_done()
    {
        foreach (var (own, eyes) in Pairs())
        {
            foreach (var act in Enum.GetValues<ReviewAct>().Where(a => a != ReviewAct.ReadLedger))
                Assert.Contains(Rule.May(own with { Eyes = eyes }, act, Cast.Launched)?.Code, new[] { "access.seeing-as", "access.not-found" });
        }
    }

    [Fact]
    public void With_the_eyes_of_the_public_no_person_is_named()
    {
        var looking = Cast.As(Role.Coordinator) with { Eyes = Actor.Visitor };

        Assert.Equal(Extent.Nothing, Rule.VisiblePerson(looking, Cast.Launched, Role.StateFocalPoint, Cast.SomebodyElse));
        Assert.Equal(Extent.Nothing, Rule.VisiblePerson(looking, Cast.Launched, Role.Coordinator, Cast.Me));
    }

    [Fact]
    public void The_record_is_open_to_those_who_both_may_read_it()
    {
        var subject = Viewpoint.Of(Role.StateFocalPoint, Cast.Programme, Cast.Review, Cast.Kenya);

        Assert.Null(Rule.May(Cast.As(Role.Coordinator) with { Eyes = subject }, ReviewAct.ReadLedger, Cast.Launched));
        Assert.NotNull(Rule.May(Cast.As(Role.Coordinator) with { Eyes = Actor.Visitor }, ReviewAct.ReadLedger, Cast.Launched));
    }

    private static IEnumerable<(Actor Own, Actor Eyes)> Pairs() =>
        from role in Enum.GetValues<Role>()
        from view in Viewpoint.All
        select (Cast.As(role), Viewpoint.Of(view, Cast.Programme, Cast.Review, Cast.Kenya));

    private static IEnumerable<(Document, ReviewFacts, SharingLabel?)> Everything() =>
        from kind in Enum.GetValues<DocumentKind>()
        from phase in "LSPNXW"
        from label in Labels
        select (Cast.Of(kind, own: true), Cast.In(phase), label);
}
