using System.Collections.Immutable;
using PeerReview.Core.FollowUp;
using PeerReview.Core.Frameworks;
using PeerReview.Core.Report;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Documents;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Tests.Web;
using Xunit;

namespace PeerReview.Server.Tests.Publication;

/// <summary>What a report says around its texts: how to verify it, what was made public, names for what stands below.</summary>
public sealed class ReportLayoutTests
{
    private static readonly Framework Framework =
        DefinitionFiles.Read(ProgramFiles.Workflows).Select(file => file.Framework).OfType<Framework>().Single();

    private static readonly ReportText Said = new("Said.", "en");

    [Fact]
    public void A_file_names_the_address_of_what_its_hash_is_of()
    {
        var layout = ReportLayouts.ForFile(Sheet(Report("full")) with
        {
            Edition = new EditionMark(
                "kenya-light-2026", 1, "https://review.example/publications/kenya-light-2026?edition=1",
                "https://review.example/publications/kenya-light-2026.json?edition=1", "ab", DateTimeOffset.UnixEpoch),
        });

        var facts = layout.Chapters.Single(c => c.Id == "verify").Passages.SelectMany(p => p.Blocks).OfType<ReportBlock.Facts>().Single().Pairs;
        Assert.Equal(
            ["Data (JSON): https://review.example/publications/kenya-light-2026.json?edition=1", "SHA-256: ab"],
            facts.Take(2).Select(Line));
        Assert.All(facts.Where(f => f.Value.Text.StartsWith("https:", StringComparison.Ordinal)), f => Assert.Equal(f.Value.Text, f.Value.Address));
    }

    [Theory]
    [InlineData("en", "Sectors concerned")]
    [InlineData("ar", "القطاعات المعنية")]
    [InlineData("zh", "涉及的领域")]
    public void Sectors_have_a_label_and_a_translation_is_labelled_like_its_original(string language, string label)
    {
        var item = Framework.Items.First();
        var answer = new ReportAnswer(item.Id, item.Question, null, Withheld: false)
        {
            Layers = [new ReportLayer("rule", Said)],
            Sectors = [Framework.Sectors[0].Code],
            Translations = [new ReportTranslation("fr", Older: false, [new ReportLayer("rule", new ReportText("Dit.", "fr"))])],
        };
        var sheet = Sheet(Report("full", answer) with { Language = language });

        var blocks = ReportLayouts.Of(sheet).Chapters.Single(c => c.Id.StartsWith("part-", StringComparison.Ordinal)).Passages.Single().Blocks;

        Assert.Equal(label, blocks.OfType<ReportBlock.Facts>().Single().Pairs.Single().Name);
        var headings = blocks.OfType<ReportBlock.Heading>().ToList();
        Assert.Equal([false, false, true], headings.Select(h => h.IsUnder));
        Assert.Equal(headings[0].Text, headings[2].Text);
    }

    [Theory]
    [InlineData("full", "s", "In full")]
    [InlineData("full", "sk", "In full, except what its sharing label keeps back")]
    [InlineData("summary", "sk", "Short form only, except what its sharing label keeps back")]
    [InlineData("full", "kk", "Kept back by its sharing label")]
    [InlineData("redacted", "sk", "With parts withheld")]
    [InlineData("none", "", "Not at all")]
    public void A_choice_says_no_more_than_the_labels_let_through(string choice, string answers, string said)
    {
        var report = Report(choice, [.. answers.Select((kind, at) => new ReportAnswer($"N-a.a{at}", "?", null, kind == 'k'))]);

        Assert.Equal("Self-assessment: " + said, Choices(report)[0]);
    }

    [Fact]
    public void A_document_nothing_was_written_in_is_not_called_full_and_one_goes_with_its_answer()
    {
        var report = Report("full", new ReportAnswer("N-a.a1", "?", null, Withheld: true), new ReportAnswer("N-a.a2", "?", null, Withheld: false)) with
        {
            Clarifications = [new ReportClarification("q1", "N-a.a1", ReportText.Withheld, ReportText.Withheld), new ReportClarification("q2", null, Said, null)],
            Commitments = [new ReportCommitment("C-01", new Commitment("Title"), "en")],
            // In short: without a text, but not withheld.
            GoodPractices = [new ReportPractice("N-a.a2", ReportText.Withheld, [], [], "national")],
        };

        Assert.Equal(
            [
                "Self-assessment: In full, except what its sharing label keeps back",
                "Clarifying questions and replies: In full, except what sharing labels and withheld answers keep back",
                "Commitments and good practices: In full", "Summary: Nothing was written",
            ],
            Choices(report));
    }

    [Theory]
    [InlineData("en", ", version ")]
    [InlineData("zh", "（第")]
    public void The_version_of_the_framework_follows_its_name_as_the_language_does(string language, string between)
    {
        var layout = ReportLayouts.Of(Sheet(Report("full") with { Language = language }));

        Assert.Contains(layout.Facts, fact => fact.Value.Text.Contains(Framework.In(language).Title + between, StringComparison.Ordinal));
        Assert.DoesNotContain(layout.Title, c => c is >= '\u2066' and <= '\u2069');
    }

    [Fact]
    public void An_agreed_report_has_the_headings_of_the_text_all_confirmed()
    {
        var report = Report("full") with
        {
            Variant = "desk",
            Summary = Said,
            Clarifications = [new ReportClarification("Q-01", null, Said, Said)],
            Agreed = new ReportAgreed(
                ["EST", "GHA"], [new ReportChapterText("strengths", null, Said), new ReportChapterText("conclusions", null, Said)], [],
                [new ReportRemark("F-01", "strengths", Said)], [new ReportDissent("EST", Said)])
            { On = new DateOnly(2026, 3, 1) },
            Choices = PublishedDocuments.Of("desk").ToImmutableSortedDictionary(d => d, _ => "full", StringComparer.Ordinal),
        };

        var layout = ReportLayouts.Of(Sheet(report));

        Assert.Equal(
            ["Executive summary", "Strengths and good practices", "Conclusions", "Annex: questions and replies", "Annex: comments of the State", "Annex: dissent"],
            layout.Chapters.Skip(1).Select(c => c.Title));
        Assert.Contains("Agreed by all parties: 1 March 2026", layout.Facts.Select(Line));
    }

    [Fact]
    public void A_report_that_went_on_without_a_party_says_who_confirmed_it_and_is_not_called_agreed()
    {
        var report = Report("redacted") with
        {
            Variant = "desk",
            Agreed = new ReportAgreed(["EST", "GHA", "KEN"], [new ReportChapterText("strengths", null, ReportText.KeptBack)], [], [], [])
            {
                On = new DateOnly(2026, 3, 1),
                Partly = true,
                Standing = new ReportStanding(["STATE", "HEAD"], ["EST"], ["GHA"], [], ["KEN"]),
            },
            Choices = PublishedDocuments.Of("desk").ToImmutableSortedDictionary(d => d, _ => "redacted", StringComparer.Ordinal),
        };

        var facts = ReportLayouts.Of(Sheet(report)).Facts.Select(Line).ToList();

        Assert.Contains(facts, fact => fact.StartsWith("Confirmed by: ", StringComparison.Ordinal) && fact.EndsWith("Head of the coordinators", StringComparison.Ordinal));
        Assert.Contains(
            "Not agreed by all: Dissent was annexed by: Estonia. Stated that it does not agree: Ghana. Did not answer in time: Kenya.", facts);
        Assert.Contains("Concluded: 1 March 2026", facts);
        Assert.Contains("Report of the review, not agreed by all parties: With parts withheld; a sharing label keeps more back", Choices(report));
        // An entry of the plan that carries out what is withheld.
        var planned = report with
        {
            Choices = report.Choices.SetItem(PublishedDocuments.ActionPlan, "full"),
            Commitments = [new ReportCommitment("C-01", null, null)],
        };
        Assert.Contains("Action plan and progress: In full, except what carries out a recommendation that is not shown", Choices(planned));
        Assert.Equal(ReportJson.Write(report), ReportJson.Write(ReportJson.Read(ReportJson.Write(report))));
    }

    private static List<string> Choices(PublishedReport report) =>
    [
        .. ReportLayouts.Of(Sheet(report)).Chapters.Single(c => c.Id == "public").Passages.SelectMany(p => p.Blocks)
            .OfType<ReportBlock.Facts>().Single().Pairs.Select(Line),
    ];

    private static string Line(ReportFact fact) => $"{fact.Name}: {fact.Value.Text}";

    private static ReportSheet Sheet(PublishedReport report) => ReportSheet.Of(report, Framework, TestTexts.Catalogue, TestTexts.States);

    private static PublishedReport Report(string choice, params ImmutableArray<ReportAnswer> answers) => new(
        "r", "KEN", "light", new FrameworkPin(Framework.Id, Framework.Version, Framework.Hash), "en", new DateOnly(2026, 1, 2), new DateOnly(2026, 3, 4))
    {
        Sections = answers.IsEmpty ? [] : [new ReportSection("N-a", "Norm", answers)],
        Choices = PublishedDocuments.All.ToImmutableSortedDictionary(d => d, _ => choice, StringComparer.Ordinal),
    };
}
