using System.Collections.Immutable;
using PeerReview.Core.Report;
using PeerReview.Core.Reviews;
using Xunit;

namespace PeerReview.Core.Tests.Reviews;

public sealed class RegionTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly string[] Known = ["KEN", "GHA", "SEN", "RWA"];

    private static readonly LaunchNotice Notice = new(
        "voluntary-review", "regional", "light", [], "en", ["en"],
        PublishedDocuments.All.ToImmutableSortedDictionary(d => d, _ => "none", StringComparer.Ordinal), Register: false, "");

    [Theory]
    [InlineData("regional", "GHA SEN", "")]
    [InlineData("subregional", "GHA SEN RWA", "")]
    [InlineData("national", "", "")]
    [InlineData("national", "GHA SEN", "launch.participants-national")]
    [InlineData("regional", "", "launch.participants-few")]
    [InlineData("regional", "GHA", "launch.participants-few")]
    [InlineData("regional", "GHA GHA", "launch.participants-few launch.participant-twice")]
    [InlineData("regional", "GHA SEN GHA", "launch.participant-twice")]
    [InlineData("regional", "GHA gha", "launch.participant-unknown")]
    [InlineData("regional", "GHA Ghana", "launch.participant-unknown")]
    [InlineData("regional", "GHA KEN", "launch.participant-leads")]
    public void Participants_are_two_known_States_or_more_beside_the_one_that_leads(string kind, string states, string wrong)
    {
        ImmutableArray<string>? participants = kind == "national" && states.Length == 0 ? null : [.. states.Split(' ', StringSplitOptions.RemoveEmptyEntries)];

        var problems = ParticipantRules.Check(Notice with { SubjectKind = kind, Participants = participants }, "KEN", Known);

        Assert.Equal(wrong, string.Join(' ', problems.Select(p => p.Code)));
        Assert.All(problems, p => Assert.Equal("participants", p.Field));
    }

    [Fact]
    public void What_a_State_said_is_forgotten_when_the_common_part_is_sent_back()
    {
        var person = Guid.NewGuid();
        var said = Launched()
            .Evolve(new ReviewEvent.EndorsementGiven("GHA", Endorses: false, "00", person), Now)
            .Evolve(new ReviewEvent.ParticipantAppointed(person, "GHA", Guid.NewGuid(), person), Now);

        Assert.False(said.Region!.EndorsementOf("GHA")!.Endorses);
        Assert.Null(said.Region.EndorsementOf("SEN"));
        var back = said.Evolve(new ReviewEvent.TextWritten(WritingKind.ReturnList, "1", 1, "00", "AMBER", person), Now);
        Assert.Null(back.Region!.EndorsementOf("GHA"));
        Assert.Equal([person], back.Region.People.Select(p => p.Person));
    }

    [Theory]
    [InlineData("00", true)]
    [InlineData("11", false)]
    public void An_objection_stands_until_its_State_answers_or_the_text_is_another(string handedInAgain, bool objects)
    {
        var person = Guid.NewGuid();
        Dossier Then(Dossier dossier, params ReviewEvent[] events) => events.Aggregate(dossier, (now, one) => now.Evolve(one, Now));
        ReviewEvent Handed(string hash) => new ReviewEvent.Signed(SignedAct.SelfAssessment, RoleCode.Authority, hash, "key", person);

        var objected = Then(Launched(), Handed("00"), new ReviewEvent.EndorsementGiven("GHA", Endorses: false, "00", person));
        Assert.True(EndorsementRules.Objects(objected, "GHA"));
        var back = Then(objected, new ReviewEvent.TextWritten(WritingKind.ReturnList, "1", 1, "00", "AMBER", person));
        Assert.False(EndorsementRules.Objects(back, "GHA"));
        Assert.False(back.Region!.LastOf("GHA")!.Endorses);
        var again = Then(back, Handed(handedInAgain));
        Assert.Equal(objects, EndorsementRules.Objects(again, "GHA"));
        Assert.False(EndorsementRules.Objects(again, "SEN"));
        Assert.False(EndorsementRules.Objects(Then(again, new ReviewEvent.EndorsementGiven("GHA", Endorses: true, handedInAgain, person)), "GHA"));
    }

    [Fact]
    public void The_report_names_only_who_endorsed_by_signature_and_agreed_to_be_named()
    {
        var person = Guid.NewGuid();
        var said = Launched()
            .Evolve(new ReviewEvent.EndorsementGiven("GHA", Endorses: true, "00", person), Now)
            .Evolve(new ReviewEvent.NamingAnswered("GHA", Named: true, person), Now);

        Assert.Equal(["GHA"], EndorsementRules.NamedInPublic(said.Region!));
        Assert.Empty(EndorsementRules.NamedInPublic(said.Evolve(new ReviewEvent.NamingAnswered("GHA", Named: false, person), Now).Region!));
        Assert.Empty(EndorsementRules.NamedInPublic(said.Evolve(new ReviewEvent.EndorsementGiven("GHA", Endorses: false, "11", person), Now).Region!));
    }

    [Fact]
    public void A_signed_sheet_is_open_again_when_it_changes_is_taken_back_or_its_State_objects()
    {
        var person = Guid.NewGuid();
        var signed = Launched().Evolve(new ReviewEvent.Signed(SignedAct.Sheet("GHA"), RoleCode.Authority, "00", "key", person), Now);

        Assert.True(SheetRules.IsHandedIn(signed, "GHA"));
        Assert.False(SheetRules.IsHandedIn(signed, "SEN"));
        Assert.False(SheetRules.IsHandedIn(signed.Evolve(new ReviewEvent.SheetTakenBack("GHA", person), Now), "GHA"));
        Assert.False(SheetRules.IsHandedIn(signed.Evolve(new ReviewEvent.EndorsementGiven("GHA", Endorses: false, "00", person), Now), "GHA"));
        Assert.True(SheetRules.IsHandedIn(signed.Evolve(new ReviewEvent.EndorsementGiven("GHA", Endorses: true, "00", person), Now), "GHA"));
        Assert.True(SheetRules.IsHandedIn(signed.Evolve(new ReviewEvent.EndorsementGiven("SEN", Endorses: false, "00", person), Now), "GHA"));
        Assert.False(SheetRules.IsHandedIn(signed.Evolve(new ReviewEvent.TextWritten(WritingKind.SheetAnswer, "GHA:N-a.a1", 2, "00", "AMBER", person), Now), "GHA"));
    }

    [Fact]
    public void The_last_decision_about_a_sheet_holds()
    {
        var decided = Launched()
            .Evolve(new ReviewEvent.SheetDecided("GHA", ["N-a.a1"], Guid.NewGuid()), Now)
            .Evolve(new ReviewEvent.SheetDecided("GHA", [], Guid.NewGuid()), Now);

        Assert.Empty(decided.Region!.ChoiceOf("GHA")!.Items);
        Assert.Null(decided.Region.ChoiceOf("SEN"));
    }

    [Fact]
    public void What_is_signed_of_a_sheet_is_its_standing_answers_in_the_order_of_the_items()
    {
        Writing Answer(string state, string item, string text) => new(
            WritingKind.SheetAnswer, SheetRules.Key(state, item), 1, Contents.Write(new NoteContent(text, [])).GetRawText(), "AMBER", "en", default, Now);
        var material = new Material([Answer("GHA", "N-a.a2", "two"), Answer("GHA", "N-a.a1", "one"), Answer("GHA", "N-b.b1", ""), Answer("SEN", "N-a.a1", "other")], []);

        Assert.Equal(["GHA:N-a.a1", "GHA:N-a.a2"], SheetRules.Of(material, "GHA", ["N-a.a1", "N-a.a2", "N-b.b1"]).Select(a => a.Key));
        var hash = SheetRules.HashOf(material, "GHA", ["N-a.a1", "N-a.a2"]);
        Assert.Equal(hash, SheetRules.HashOf(material.Without(WritingKind.SheetAnswer, "SEN:N-a.a1"), "GHA", ["N-a.a1", "N-a.a2"]));
        Assert.NotEqual(hash, SheetRules.HashOf(material.Without(WritingKind.SheetAnswer, "GHA:N-a.a1"), "GHA", ["N-a.a1", "N-a.a2"]));
    }

    [Theory]
    [InlineData("Two words.", 2, "")]
    [InlineData("Three words here.", 2, "sheet.words")]
    [InlineData("", 2, "")]
    [InlineData("a\u0000b", 2, "sheet.unreadable")]
    public void An_answer_on_a_sheet_is_short(string text, int words, string wrong) =>
        Assert.Equal(wrong, string.Join(' ', SheetRules.Check(text, words).Select(p => p.Code)));

    [Fact]
    public void One_person_speaks_for_a_State_and_another_takes_the_place()
    {
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        var named = Launched()
            .Evolve(new ReviewEvent.ParticipantAppointed(first, "GHA", Guid.NewGuid(), first), Now)
            .Evolve(new ReviewEvent.ParticipantAppointed(second, "GHA", Guid.NewGuid(), first), Now);

        Assert.Equal([second], named.Region!.People.Select(p => p.Person));
    }

    [Fact]
    public void A_dossier_is_stored_and_read_with_its_region_and_a_national_one_without()
    {
        var stored = ReviewJson.Write(Launched());

        Assert.Equal(stored, ReviewJson.Write(ReviewJson.ReadDossier(stored)));
        Assert.DoesNotContain("region", ReviewJson.Write(Dossier.Empty), StringComparison.Ordinal);
    }

    private static Dossier Launched() => Dossier.Empty.Evolve(new ReviewEvent.ParticipantsNamed(["GHA", "SEN"], Guid.NewGuid()), Now);
}
