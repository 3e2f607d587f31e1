using PeerReview.Core.Reviews;
using Xunit;
using static PeerReview.Core.Tests.Reviews.Sample;

namespace PeerReview.Core.Tests.Reviews;

/// <summary>Whoever leaves a review names who follows, or a colleague does.</summary>
public sealed class HandOverRulesTests
{
    private static readonly PersonId Next = new(Person(20));
    private static readonly PersonId[] Office = [new(Coordinator), new(Deputy), Next];

    [Fact]
    public void Another_coordinator_takes_the_place_of_one_and_the_other_stays()
    {
        Assert.Equal(new ReviewEvent.CaseAssigned(Next.Value, Deputy, Coordinator), Decided(Coordinator, Next.Value));
        Assert.Equal(new ReviewEvent.CaseAssigned(Coordinator, Next.Value, Coordinator), Decided(Deputy, Next.Value));
    }

    [Fact]
    public void Coordinator_and_deputy_stay_two_people_of_the_programme()
    {
        Assert.Equal("hand-over.both", Refused(Coordinator, Deputy));
        Assert.Equal("hand-over.both", Refused(Coordinator, Coordinator));
        Assert.Equal("people.unknown-coordinator", Refused(Coordinator, FocalPoint));
        Assert.Equal("people.unknown-coordinator", Refused(Coordinator, null));
        Assert.Equal("hand-over.not-in-role", Refused(FocalPoint, Next.Value));
        Assert.Equal("hand-over.not-in-role", Refused(null, Next.Value));
        Assert.Equal("hand-over.not-in-role", HandOverRules.Case(Launched, new PersonId(Coordinator), Next, Office, Next).Match(_ => "", no => no.Code));
    }

    [Fact]
    public void A_focal_point_names_who_follows_in_that_role_alone()
    {
        Assert.True(HandOverRules.IsOwn(Appointed, RoleCode.FocalPoint, FocalPoint, new PersonId(FocalPoint)));
        Assert.False(HandOverRules.IsOwn(Appointed, RoleCode.FocalPoint, FocalPoint, new PersonId(Alternate)));
        Assert.False(HandOverRules.IsOwn(Appointed, RoleCode.Alternate, Alternate, new PersonId(Alternate)));
        Assert.False(HandOverRules.IsOwn(Appointed, RoleCode.FocalPoint, null, new PersonId(FocalPoint)));
    }

    private static ReviewEvent? Decided(Guid? from, Guid? to) => Case(from, to).Match<ReviewEvent?>(fact => fact, _ => null);

    private static string Refused(Guid? from, Guid? to) => Case(from, to).Match(_ => "", no => no.Code);

    private static Verdict<ReviewEvent> Case(Guid? from, Guid? to) => HandOverRules.Case(
        Appointed, from is { } leaving ? new PersonId(leaving) : null, to is { } next ? new PersonId(next) : null, Office, new PersonId(Coordinator));
}
