using PeerReview.Core.Access;
using Xunit;

namespace PeerReview.Core.Tests.Access;

/// <summary>Who a page says can read something: the same people who then can.</summary>
public sealed class AudienceTests
{
    private static readonly Role[] State = [Role.StateAuthority, Role.StateFocalPoint];

    [Theory]
    [InlineData(SharingLabel.Red)]
    [InlineData(SharingLabel.Amber)]
    [InlineData(SharingLabel.Clear)]
    public void Before_it_is_handed_in_only_the_State_reads_an_answer_whatever_its_label(SharingLabel label) =>
        Assert.Equal(State, Audience.Of(DocumentKind.SelfAssessment, Cast.In('L'), label));

    [Fact]
    public void Handed_in_a_wider_label_adds_readers_and_never_takes_one_away()
    {
        var before = new HashSet<Role>();
        foreach (var label in Enum.GetValues<SharingLabel>().Order())
        {
            var readers = Audience.Of(DocumentKind.SelfAssessment, Cast.In('S'), label);
            Assert.Superset(before, readers.ToHashSet());
            before = [.. readers];
        }

        Assert.Contains(Role.Coordinator, Audience.Of(DocumentKind.SelfAssessment, Cast.In('S'), SharingLabel.Amber));
        Assert.DoesNotContain(Role.Coordinator, Audience.Of(DocumentKind.SelfAssessment, Cast.In('S'), SharingLabel.AmberStrict));
        Assert.Contains(Role.Observer, Audience.Of(DocumentKind.SelfAssessment, Cast.In('S'), SharingLabel.Green));
    }

    [Fact]
    public void Reviewers_are_named_only_where_there_are_any()
    {
        Assert.DoesNotContain(Role.ReviewerExpert, Audience.Of(DocumentKind.SelfAssessment, Cast.In('S'), SharingLabel.Amber));
        var team = Audience.Of(DocumentKind.SelfAssessment, Cast.In('S') with { HasTeam = true }, SharingLabel.AmberStrict);
        Assert.Equal((true, true), (team.Contains(Role.ReviewerExpert), team.Contains(Role.ReviewerFocalPoint)));
    }

    [Fact]
    public void A_contributor_is_named_where_the_item_is_theirs()
    {
        var theirs = new Document(DocumentKind.SelfAssessment) { Contributors = [Cast.Me] };

        Assert.Contains(Role.StateContributor, Audience.Of(theirs, Cast.In('L'), SharingLabel.Amber));
        Assert.DoesNotContain(Role.StateContributor, Audience.Of(DocumentKind.SelfAssessment, Cast.In('L'), SharingLabel.Amber));
    }

    [Fact]
    public void A_private_question_is_for_the_State_and_no_other_circle_as_a_whole() =>
        Assert.Equal([Role.StateAuthority, Role.StateFocalPoint], Audience.Of(DocumentKind.PrivateQuestion, Cast.In('D'), SharingLabel.Red));

    [Fact]
    public void An_urgent_point_is_for_authority_and_coordinator_alone() =>
        Assert.Equal([Role.StateAuthority, Role.Coordinator], Audience.Of(DocumentKind.UrgentPoint, Cast.In('P'), label: null));
}
