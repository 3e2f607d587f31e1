using PeerReview.Core.Access;
using PeerReview.Core.Assessment;
using PeerReview.Core.Deliberation;
using PeerReview.Core.FollowUp;
using PeerReview.Core.Reviews;
using PeerReview.Core.Tests.FollowUp;
using Xunit;

namespace PeerReview.Core.Tests.Deliberation;

/// <summary>What the draft begins with, which label it inherits, and what a recommendation must say.</summary>
public sealed class DraftReportTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);
    private static readonly Dossier Dossier = Reviews.Sample.Launched with { Items = ["N-a.a1", "N-a.a2", "N-g.g1"] };

    private static readonly Guid Praise = Id(1), Gap = Id(2), Idea = Id(3), Dropped = Id(4), Secret = Id(5);

    private static readonly Material Written = Material.Empty
        .With(Answer("N-a.a1", SharingLabel.Amber))
        .With(Answer("N-a.a2", SharingLabel.AmberStrict))
        .With(Answer("N-g.g1", SharingLabel.Green))
        .With(Text(WritingKind.Comments, "expert", Contents.Write(new CommentSheet(
        [
            new(Praise, "N-g.g1", CommentKind.GoodPractice, "[praise]", 1, "GREEN"),
            new(Gap, "N-g.g1", CommentKind.Observation, "[gap]", 1, "GREEN"),
            new(Idea, "N-a.a2", CommentKind.Recommendation, "[idea]", 1, "AMBER+STRICT"),
            new(Dropped, "N-g.g1", CommentKind.Recommendation, "[dropped]", 1, "GREEN"),
            new(Secret, "N-g.g1", CommentKind.Recommendation, "[secret]", 1, "RED"),
        ])).GetRawText()))
        .With(Text(WritingKind.Consolidation, ConsolidationRules.Key, Contents.Write(new ConsolidationSheet(
            [new("Q-01", "N-a.a1", "[question]")],
            [
                new(Praise, Placement.Report), new(Gap, Placement.Report), new(Idea, Placement.Report),
                new(Dropped, Placement.Aside, "Twice."), new(Secret, Placement.Report),
            ],
            [new("N-g.g1", "[contradiction]")])).GetRawText()))
        .With(Text(WritingKind.Reply, "Q-01", Contents.Write(new ReplyContent("[reply]", false, null)).GetRawText()));

    [Fact]
    public void The_draft_begins_with_good_practices_and_goes_on_part_by_part()
    {
        var words = new DraftWords("Answer:", "Seen:", "Asked:", "Said:", "Views：");
        var built = DraftReport.Build(Dossier, SmallFramework.Value, Written, words);

        Assert.Equal(["summary", "strengths", "N-a", "N-g", "conclusions", "private_annex"], DraftReport.Sections(Dossier, SmallFramework.Value));
        Assert.Equal(["N-a", "N-g", "strengths"], built.Keys.Order(StringComparer.Ordinal));
        Assert.Equal($"N-g.g1 – {SmallFramework.Value.Parts.Single(p => p.Id == "N-g").Title}\n[praise]", built["strengths"]);
        Assert.Contains("\nAsked: [question]\nSaid: [reply]", built["N-a"], StringComparison.Ordinal);
        Assert.Contains("\nSeen: [gap]\nViews：[contradiction]", built["N-g"], StringComparison.Ordinal);
        // The questions speak to the State; the report does not.
        Assert.DoesNotContain(built.Values, text => text.Contains("Question ", StringComparison.Ordinal));
        Assert.All(["[idea]", "[dropped]", "[secret]"], said => Assert.DoesNotContain(built.Values, text => text.Contains(said, StringComparison.Ordinal)));
        Assert.Equal(["N-a", "N-g", "conclusions"], DraftReport.Unwritten(Dossier, SmallFramework.Value, Written));
    }

    [Theory]
    [InlineData("N-a", SharingLabel.AmberStrict, "N-a.a2")]
    [InlineData("N-g", SharingLabel.Green, "N-g.g1")]
    [InlineData("summary", SharingLabel.AmberStrict, "N-a.a2")]
    public void A_section_inherits_the_strictest_label_but_for_what_only_named_persons_read(string section, SharingLabel label, string because)
    {
        Assert.Equal(label, DraftReport.LabelOf(section, Dossier, SmallFramework.Value, Written));
        Assert.Equal(
            [because],
            DraftReport.SourcesOf(section, Dossier, SmallFramework.Value, Written).Where(s => s.Label == label).Select(s => s.Item).Distinct());
    }

    [Fact]
    public void A_recommendation_inherits_from_its_items_and_from_the_comments_it_grew_from()
    {
        Assert.Equal(SharingLabel.Green, DraftReport.LabelOf(About("N-g.g1"), Written));
        Assert.Equal(SharingLabel.AmberStrict, DraftReport.LabelOf(About("N-g.g1", Idea), Written));
        Assert.Equal(SharingLabel.Amber, DraftReport.LabelOf(About("P-STR.st1"), Written));
    }

    [Fact]
    public void What_stakeholders_said_lends_its_label_to_whatever_can_speak_of_it()
    {
        var clear = Written.With(Answer("N-a.a1", SharingLabel.Clear)).With(Answer("N-a.a2", SharingLabel.Clear)).Without(WritingKind.Comments, "expert");
        var about = clear.With(Contribution("c1", "N-a.a1")).With(Screened("c1"));
        var whole = clear.With(Contribution("c1", item: null)).With(Screened("c1"));

        Assert.Equal(SharingLabel.Clear, Label("N-a", clear));
        Assert.Equal((SharingLabel.Amber, SharingLabel.Green, SharingLabel.Amber), (Label("N-a", about), Label("N-g", about), Label("summary", about)));
        Assert.Equal((SharingLabel.Amber, SharingLabel.Amber), (Label("N-a", whole), Label("N-g", whole)));
        // What was set aside reached nobody who writes.
        Assert.Equal(SharingLabel.Clear, Label("N-a", clear.With(Contribution("c1", "N-a.a1")).With(Screened("c1", SetAsideCause.OffTopic))));
        // Named is used, whatever the text is about.
        Assert.Equal(SharingLabel.Amber, Label("N-g", about, "As open net says."));
        Assert.Equal(SharingLabel.Green, Label("N-g", about, "An open network."));
        Assert.Equal(SharingLabel.Amber, DraftReport.LabelOf(About("N-a.a1"), about));

        static SharingLabel Label(string section, Material material, string text = "") =>
            DraftReport.LabelOf(section, Dossier, SmallFramework.Value, material, text);
    }

    [Fact]
    public void Nobody_is_named_by_the_beginning_of_a_section_who_did_not_agree_to_be_public()
    {
        var said = Written.With(Contribution("c1", "N-a.a1")).With(Screened("c1"))
            .With(Text(WritingKind.Reply, "Q-01", Contents.Write(new ReplyContent("Sita Stake of Open Net is wrong.", false, null)).GetRawText()));
        var words = DraftWords.None with { Stakeholder = "a stakeholder" };

        Assert.Contains("a stakeholder of a stakeholder is wrong.", DraftReport.Build(Dossier, SmallFramework.Value, said, words)["N-a"], StringComparison.Ordinal);
        Assert.Equal(["Sita Stake", "Open Net"], Heard.NamesIn("Sita Stake of Open Net is wrong.", said));
        var agreed = said.With(Contribution("c1", "N-a.a1", mayPublish: true));
        Assert.Contains("Sita Stake of Open Net is wrong.", DraftReport.Build(Dossier, SmallFramework.Value, agreed, words)["N-a"], StringComparison.Ordinal);
        Assert.Empty(Heard.NamesIn("Sita Stake of Open Net is wrong.", agreed));
    }

    [Fact]
    public void Words_count_what_is_agreed_and_leave_the_private_annex_out()
    {
        var with = Written.With(Section("summary", "one two three")).With(Section("private_annex", "four five")).With(Recommendation("R-01", "policy"));

        Assert.Equal(3 + 10, DraftReport.Words(with));
        Assert.Equal(DraftReport.HashOfText(with), DraftReport.HashOfText(with.With(Section("private_annex", "other"))));
        Assert.NotEqual(DraftReport.HashOfText(with), DraftReport.HashOfText(with.With(Section("summary", "other"))));
    }

    [Fact]
    public void The_fingerprint_is_of_one_review_and_what_was_confirmed_before_keeps_its_own()
    {
        var with = Written.With(Section("summary", "one two three"));
        var (one, other) = (new ReviewId(Id(7)), new ReviewId(Id(8)));

        Assert.NotEqual(DraftReport.HashOf(with, Dossier, one), DraftReport.HashOf(with, Dossier, other));
        Assert.NotEqual(DraftReport.HashOf(with, Dossier, one), DraftReport.HashOf(with, Dossier with { Subject = "ZMB" }, one));
        Assert.Equal(DraftReport.HashOf(with, Dossier, one), DraftReport.HashOf(with, Dossier, one));
        var before = Dossier with { Agreement = new AgreementMark(DraftReport.HashOfText(with), []) };
        Assert.Equal(DraftReport.HashOfText(with), DraftReport.HashOf(with, before, one));
        Assert.NotEqual(DraftReport.HashOfText(with), DraftReport.HashOf(with.With(Section("summary", "other")), before, one));
    }

    [Fact]
    public void A_flag_stands_until_somebody_has_looked_at_that_version()
    {
        var flagged = Written.With(Section("summary", "A sentence.", "A sentence"));
        var cleared = flagged.With(Text(WritingKind.WordingCheck, "summary", Contents.Write(new NoteContent("Why.", ["section:summary:1"])).GetRawText()));

        // A name that is not for the public is a flag as well.
        var said = Written.With(Contribution("c1", "N-a.a1")).With(Screened("c1"));
        Assert.Equal(["summary"], DraftReport.Flagged(said.With(Section("summary", "Open Net is wrong."))));
        Assert.Empty(DraftReport.Flagged(said.With(Section("summary", "A stakeholder is wrong."))));
        Assert.Equal(["summary"], DraftReport.Flagged(flagged));
        Assert.Empty(DraftReport.Flagged(cleared));
        Assert.Equal(["summary"], DraftReport.Flagged(cleared.With(Section("summary", "A sentence.", "A sentence") with { Version = 2 })));
        Assert.Empty(DraftReport.Flagged(Written.With(Section("private_annex", "A sentence.", "A sentence"))));
    }

    [Fact]
    public void Ideas_led_to_the_report_wait_until_a_recommendation_names_them()
    {
        Assert.Equal([Idea], RecommendationRules.Seeds(Written).Select(seed => seed.Id));
        Assert.Empty(RecommendationRules.Seeds(Written.With(Recommendation("R-01", "policy", Idea))));
    }

    [Fact]
    public void Recommendations_of_one_kind_alone_are_told()
    {
        var one = Written.With(Recommendation("R-01", "policy"));

        Assert.False(RecommendationRules.AreOfOneKind(one));
        Assert.True(RecommendationRules.AreOfOneKind(one.With(Recommendation("R-02", "policy"))));
        Assert.False(RecommendationRules.AreOfOneKind(one.With(Recommendation("R-02", "law"))));
    }

    public static TheoryData<string, string, Recommendation> Wrong => new()
    {
        { "commitment.owner", "owner", About("N-a.a1") with { Measure = Measure("N-a.a1") with { Owner = "" } } },
        { "commitment.due-past", "due", About("N-a.a1") with { Measure = Measure("N-a.a1") with { Due = Today } } },
        { "recommendation.one-thing", "title", About("N-a.a1") with { Measure = Measure("N-a.a1") with { Title = "One; two" } } },
        { "recommendation.one-thing", "title", About("N-a.a1") with { Measure = Measure("N-a.a1") with { Title = "أولا؛ ثانيا" } } },
        { "recommendation.unknown-comment", "comments", About("N-a.a1", Id(99)) },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void A_recommendation_that_lacks_something_is_refused(string code, string field, Recommendation recommendation)
    {
        var wrong = Assert.Single(RecommendationRules.Check(recommendation, SmallFramework.Value, Today, ConsolidationRules.Comments(Written)));

        Assert.Equal((code, field), (wrong.Code, wrong.Field));
    }

    [Fact]
    public void A_whole_one_is_kept_and_the_twenty_first_is_not()
    {
        Assert.Empty(RecommendationRules.Check(About("N-a.a1", Idea), SmallFramework.Value, Today, ConsolidationRules.Comments(Written)));
        // Whether it needs help, and by which day, the State says itself.
        Assert.Empty(RecommendationRules.Check(
            About("N-a.a1") with { Measure = Measure("N-a.a1") with { HelpNeeded = null, Due = null } }, SmallFramework.Value, Today, ConsolidationRules.Comments(Written)));
        Assert.Null(RecommendationRules.MayAdd(19));
        Assert.Equal("recommendation.too-many", RecommendationRules.MayAdd(20)?.Code);
    }

    private static Commitment Measure(string item, string kind = "policy") => new("Publish a policy")
    {
        Items = [item],
        Lenses = ["human_rights"],
        Outcomes = ["secure"],
        Level = "national",
        ActionType = kind,
        RightsConsidered = true,
        Owner = "Ministry",
        Due = Today.AddDays(1),
        Indicator = "It is on the ministry's site",
        HelpNeeded = false,
    };

    private static Recommendation About(string item, params Guid[] comments) => new(Measure(item), [.. comments]);

    private static Writing Recommendation(string key, string kind, params Guid[] comments) => Text(
        WritingKind.Recommendation, key, Contents.Write(new Recommendation(Measure("N-g.g1", kind), [.. comments])).GetRawText());

    private static Writing Contribution(string key, string? item, bool mayPublish = false) => Text(
        WritingKind.Contribution, key,
        Contents.Write(new ContributionContent(item, "[said]", mayPublish, "Sita Stake", "Open Net", StakeholderFamily.CivilSociety)).GetRawText());

    private static Writing Screened(string key, string? cause = null) =>
        Text(WritingKind.Screening, key, Contents.Write(new ScreeningContent(cause, "")).GetRawText());

    private static Writing Section(string key, string text, params string[] flagged) =>
        Text(WritingKind.Section, key, Contents.Write(new SectionContent(text, [.. flagged])).GetRawText());

    private static Writing Answer(string item, SharingLabel label) =>
        Text(WritingKind.Answer, item, Contents.Write(new Answer(item, AnswerValue.InPlace, label, "en")).GetRawText()) with { Label = label.Code() };

    private static Writing Text(string kind, string key, string content) => Reviews.Sample.Writing(kind, key, content);

    private static Guid Id(int number) => new(number, 0, 0, new byte[8]);
}
