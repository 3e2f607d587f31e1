using System.Collections.Immutable;
using PeerReview.Core.Reviews;
using Xunit;
using static PeerReview.Core.Tests.Reviews.Sample;

namespace PeerReview.Core.Tests.Reviews;

public sealed class NominationRulesTests
{
    private static readonly Guid Newcomer = Person(20);

    [Theory]
    [InlineData("STATE_FP", "", "")]
    [InlineData("STATE_CONTRIB", First, "")]
    [InlineData("STATE_CONTRIB", "", "people.items-missing")]
    [InlineData("STATE_ALT", First, "people.items-not-theirs")]
    [InlineData("STATE_CONTRIB", "N-z.z9", "people.unknown-item")]
    [InlineData("COORD", "", "people.unknown-role")]
    [InlineData("", "N-z.z9", "people.unknown-role people.unknown-item")]
    public void A_role_and_its_items_fit_or_are_refused_by_name(string role, string item, string codes) =>
        Assert.Equal(codes, string.Join(' ', Codes(NominationRules.Check(role, item.Length == 0 ? [] : [item], Launched))));

    [Fact]
    public void Somebody_new_is_appointed()
    {
        var fact = Assert.IsType<ReviewEvent.PersonAppointed>(Assert.Single(Accepted(Launched, Wants(RoleCode.FocalPoint, Newcomer))));

        Assert.Equal((Newcomer, RoleCode.FocalPoint, Letter), (fact.Person, fact.Role, fact.Letter));
    }

    [Fact]
    public void A_focal_point_is_one_and_follows_by_name()
    {
        Assert.Equal("people.focal-point-there", Refused(Appointed, Wants(RoleCode.FocalPoint, Newcomer)));
        Assert.Equal("people.not-in-role", Refused(Appointed, Wants(RoleCode.FocalPoint, Newcomer) with { Replaces = new PersonId(Alternate) }));

        var facts = Accepted(Appointed, Wants(RoleCode.FocalPoint, Newcomer) with { Replaces = new PersonId(FocalPoint) });

        Assert.Equal([typeof(ReviewEvent.PersonReleased), typeof(ReviewEvent.PersonAppointed)], facts.Select(f => f.GetType()));
    }

    [Fact]
    public void An_alternate_becomes_focal_point_only_where_another_is_left()
    {
        var wanted = Wants(RoleCode.FocalPoint, Alternate) with { Replaces = new PersonId(FocalPoint) };
        var second = Appointed.After(new ReviewEvent.PersonAppointed(Newcomer, RoleCode.Alternate, Letter, [], Authority));

        Assert.Equal("people.alternate-needed", Refused(Appointed, wanted));
        Assert.Equal(3, Accepted(second, wanted).Length);
        Assert.Equal(3, Accepted(Appointed, wanted, appointed: false).Length); // still appointing: another can be named
    }

    [Theory]
    [InlineData("STATE_ALT")] // the focal point
    [InlineData("STATE_CONTRIB")]
    public void One_person_has_one_role(string role) =>
        Assert.Equal("people.has-role", Refused(Helped, Wants(role, FocalPoint)));

    [Fact]
    public void A_contributor_is_given_other_items_but_no_other_role()
    {
        Assert.Single(Accepted(Helped, Wants(RoleCode.Contributor, Contributor)));
        Assert.Equal("people.has-role", Refused(Helped, Wants(RoleCode.Alternate, Contributor)));
    }

    [Fact]
    public void Whoever_looks_after_the_review_does_not_speak_for_the_State() =>
        Assert.Equal("people.coordinates", Refused(Launched, Wants(RoleCode.Alternate, Newcomer), coordinates: true));

    [Fact]
    public void The_last_of_a_role_stays_once_the_State_has_appointed()
    {
        Assert.Equal("people.last-of-role", Released(Helped, Alternate, RoleCode.Alternate, appointed: true));
        Assert.Equal("", Released(Helped, Alternate, RoleCode.Alternate, appointed: false));
        Assert.Equal("", Released(Helped, Contributor, RoleCode.Contributor, appointed: true));
        Assert.Equal("people.not-in-role", Released(Helped, Alternate, RoleCode.FocalPoint, appointed: false));
        Assert.Equal("people.not-in-role", Released(Helped, Coordinator, RoleCode.Coordinator, appointed: false));
    }

    private static Nomination Wants(string role, Guid person) =>
        new(role, new PersonId(person), Letter, role == RoleCode.Contributor ? [Second] : []);

    private static ImmutableArray<ReviewEvent> Accepted(Dossier dossier, Nomination wanted, bool appointed = true) =>
        NominationRules.Appoint(dossier, wanted, appointed, coordinates: false, new PersonId(Authority))
            .Match(facts => facts, refused => throw new InvalidOperationException(refused.Code));

    private static string Refused(Dossier dossier, Nomination wanted, bool coordinates = false) =>
        NominationRules.Appoint(dossier, wanted, appointed: true, coordinates, new PersonId(Authority)).Match(_ => "", refused => refused.Code);

    private static string Released(Dossier dossier, Guid person, string role, bool appointed) =>
        NominationRules.Release(dossier, new PersonId(person), role, appointed, new PersonId(Authority)).Match(_ => "", refused => refused.Code);
}
