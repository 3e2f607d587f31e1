using PeerReview.Core.Access;
using Xunit;
using Rule = PeerReview.Core.Access.Access;

namespace PeerReview.Core.Tests.Access;

/// <summary>Who sees what of a regional review that Kenya leads, with Ghana and Senegal taking part and Chile reviewing.</summary>
public sealed class RegionalTests
{
    private static readonly StateCode Ghana = new("GHA");
    private static readonly StateCode Senegal = new("SEN");

    /// <summary>What each sees of a document, in a phase (see <see cref="Cast.In"/>). Own: of Ghana. Columns: Kenya's authority and focal
    /// point, Ghana's authority and focal point, Senegal's focal point, expert, coordinator, head, observer, another State, the public.</summary>
    private const string Table = """
        document    phase label        kAU kFP gAU gFP sFP exp coo hea obs oth pub
        common      L     AMBER        RWD RW  -   -   -   -   -   -   -   -   -
        common      S     RED          R   R   m   m   m   m   m   m   -   -   -
        common      S     AMBER+STRICT R   R   R   R   R   RC  m   m   -   -   -
        common      S     AMBER        R   R   R   R   R   RC  R   R   -   -   -
        common      P     GREEN        R   R   R   R   R   RC  R   R   R   -   -
        evidence    L     AMBER        RW  RW  -   -   -   -   -   -   -   -   -
        evidence    S     AMBER        RW  RW  R   R   R   R   R   -   -   -   -
        own sheet   L     AMBER        -   -   RWD RW  -   -   -   -   -   -   -
        own sheet   S     AMBER        -   -   RWD RW  -   -   -   -   -   -   -
        own sheet   P     CLEAR        -   -   RWD RW  -   -   -   -   -   -   -
        own sheet   W     AMBER        -   -   R   R   -   -   -   -   -   -   -
        signed      L     CLEAR        -   -   RWD RW  -   -   -   -   -   -   -
        signed      S     RED          -   -   R   R   -   m   m   m   -   -   -
        signed      S     AMBER+STRICT -   -   R   R   -   R   m   m   -   -   -
        signed      S     AMBER        -   -   R   R   -   R   R   R   -   -   -
        signed      S     GREEN        -   -   R   R   -   R   R   R   -   -   -
        signed      P     CLEAR        -   -   R   R   -   R   R   R   -   -   -
        signed      W     CLEAR        -   -   R   R   -   -   -   -   -   -   -
        endorsement L     none         R   R   R   R   -   -   R   R   -   -   -
        endorsement S     none         R   R   R   R   -   R   R   R   -   -   -
        endorsement P     none         R   R   R   R   -   R   R   R   -   -   -
        endorsement W     none         R   R   R   R   -   -   -   -   -   -   -
        notice      L     none         RWD RW  R   R   R   R   R   R   R   m   m
        report      A     none         RD  R   -   -   -   R   R   R   R   -   -
        report      P     none         RD  R   p   p   p   R   R   R   R   p   p
        """;

    public static TheoryData<string> Rows() => [.. Table.Split('\n')[1..]];

    [Theory, MemberData(nameof(Rows))]
    public void Everybody_sees_what_the_table_says(string row)
    {
        var cells = row.Replace("own sheet", "own_sheet", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        SharingLabel? label = SharingLabels.TryParse(cells[2], out var parsed) ? parsed : null;
        var review = In(cells[1][0]);

        var seen = People().Select(actor => Cast.Cell(Rule.Visible(actor, DocumentOf(cells[0]), review, label)));

        Assert.Equal(string.Join(' ', cells[3..]), string.Join(' ', seen));
    }

    [Fact]
    public void Whoever_speaks_for_a_participating_State_endorses_and_does_nothing_of_the_owner()
    {
        var review = In('S');
        var acts = Enum.GetValues<ReviewAct>().Where(act => Rule.May(Ghanas(Role.ParticipantFocalPoint), act, review) is null);

        Assert.Equal([ReviewAct.Endorse, ReviewAct.WriteSheet], acts);
        Assert.Equal(
            [ReviewAct.AppointParticipant, ReviewAct.Endorse, ReviewAct.WriteSheet],
            Enum.GetValues<ReviewAct>().Where(act => Rule.May(Ghanas(Role.StateAuthority), act, review) is null));
    }

    [Fact]
    public void The_authority_of_a_participating_State_gives_the_word_for_its_own_State_alone()
    {
        var review = In('S');
        Grant Speaks(StateCode state) => new(Role.ParticipantFocalPoint, Cast.Programme, Cast.Review, state);

        Assert.Null(Rule.MayGrant(Ghanas(Role.StateAuthority), Cast.SomebodyElse, Speaks(Ghana), review));
        Assert.NotNull(Rule.MayGrant(Ghanas(Role.StateAuthority), Cast.SomebodyElse, Speaks(Senegal), review));
        Assert.NotNull(Rule.MayGrant(Ghanas(Role.ParticipantFocalPoint), Cast.SomebodyElse, Speaks(Ghana), review));
        Assert.NotNull(Rule.MayGrant(Cast.As(Role.StateAuthority), Cast.SomebodyElse, Speaks(Ghana), review));
        Assert.Null(Rule.MayGrant(Cast.As(Role.Coordinator), Cast.SomebodyElse, Speaks(Senegal), review));
    }

    [Fact]
    public void In_a_national_review_nobody_has_that_seat()
    {
        var person = Ghanas(Role.ParticipantFocalPoint);

        Assert.False(Rule.Knows(person, Cast.Launched with { InRegister = false }));
        Assert.NotNull(Rule.May(person, ReviewAct.Endorse, Cast.In('S')));
    }

    [Fact]
    public void The_readers_of_a_sheet_are_its_State_and_once_signed_those_who_review()
    {
        Assert.Equal([Role.ParticipantFocalPoint], Audience.Of(DocumentOf("own_sheet"), In('S'), SharingLabel.Clear));
        Assert.Equal(
            [Role.ParticipantFocalPoint, Role.ReviewerFocalPoint, Role.ReviewerExpert, Role.Coordinator, Role.HeadCoordinator],
            Audience.Of(DocumentOf("signed"), In('S'), SharingLabel.Clear));
    }

    [Fact]
    public void The_readers_of_the_common_part_name_the_participating_States_once_it_is_handed_in()
    {
        Assert.DoesNotContain(Role.ParticipantFocalPoint, Audience.Of(DocumentOf("common"), In('L'), SharingLabel.Amber));
        Assert.Contains(Role.ParticipantFocalPoint, Audience.Of(DocumentOf("common"), In('S'), SharingLabel.Amber));
        Assert.DoesNotContain(Role.ParticipantFocalPoint, Audience.Of(DocumentOf("common"), Cast.In('S'), SharingLabel.Amber));
    }

    private static ReviewFacts In(char phase) => Cast.In(phase) with { Participants = [Ghana, Senegal], HasTeam = true };

    private static Document DocumentOf(string name) => name switch
    {
        "common" => Cast.Of(DocumentKind.SelfAssessment, own: false),
        "evidence" => Cast.Of(DocumentKind.Evidence, own: false),
        "own_sheet" => new Document(DocumentKind.SelfAssessment) { Sheet = Ghana, Draft = true },
        "signed" => new Document(DocumentKind.SelfAssessment) { Sheet = Ghana },
        "endorsement" => new Document(DocumentKind.Endorsement) { Sheet = Ghana },
        "notice" => DocumentKind.LaunchNotice,
        "report" => DocumentKind.AgreedReport,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    private static Actor Ghanas(Role role) =>
        Cast.With(new Grant(role, Cast.Programme, role == Role.StateAuthority ? null : Cast.Review, Ghana));

    private static IEnumerable<Actor> People() =>
    [
        Cast.As(Role.StateAuthority), Cast.As(Role.StateFocalPoint), Ghanas(Role.StateAuthority), Ghanas(Role.ParticipantFocalPoint),
        Cast.With(new Grant(Role.ParticipantFocalPoint, Cast.Programme, Cast.Review, Senegal)),
        Cast.As(Role.ReviewerExpert), Cast.As(Role.Coordinator), Cast.As(Role.HeadCoordinator), Cast.As(Role.Observer), Cast.As(Role.OtherState),
        Cast.As(Role.Public),
    ];
}
