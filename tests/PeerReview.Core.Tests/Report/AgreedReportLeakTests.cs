using System.Collections.Immutable;
using System.Text;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.FollowUp;
using PeerReview.Core.Report;
using Xunit;

namespace PeerReview.Core.Tests.Report;

/// <summary>Of a report agreed with reviewing States nothing leaves that may not, whatever is chosen. The rule is written here a second
/// time, in other words than the builder's.</summary>
public sealed class AgreedReportLeakTests
{
    private static readonly string[] Choice = ["full", "redacted", "summary", "none"];
    private static readonly SharingLabel[] Labels = Enum.GetValues<SharingLabel>();

    /// <summary>Piece to the document it is published with.</summary>
    private static readonly Dictionary<string, string> Pieces = new(StringComparer.Ordinal)
    {
        ["section:strengths"] = "report",
        ["section:N-a"] = "report",
        ["Q-01"] = "report",
        ["F-01"] = "report",
        ["dissent:EST"] = "report",
        ["summary"] = "summary",
        ["R-01"] = "recommendations",
        ["R-02"] = "recommendations",
        ["C-01"] = "action_plan",
    };

    [Fact]
    public void No_combination_of_choices_labels_and_redactions_leaks_and_none_hides_more_than_it_must()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var built = 0;
        for (var round = 0; round < 1500; round++)
        {
            var labels = Pieces.Keys.ToDictionary(k => k, _ => random.Next(2) == 0 ? SharingLabel.Clear : Labels[random.Next(Labels.Length)]);
            var choices = Pieces.Values.Distinct().ToImmutableSortedDictionary(d => d, _ => Choice[random.Next(4)], StringComparer.Ordinal);
            string[] withheld = [.. Pieces.Keys.Where(k => choices[Pieces[k]] != "full" && random.Next(3) == 0)];
            string[] relabelled = [.. Pieces.Keys.Where(k => !IsClear(k) && !withheld.Contains(k) && random.Next(3) == 0)];
            var input = Sample(labels) with { Decision = new PublicationDecision(choices, [.. withheld], [.. relabelled]) };
            if (ReportBuilder.Build(input) is not Verdict<PublishedReport>.Accepted { Value: var report })
                continue;
            built++;
            var file = Encoding.UTF8.GetString(ReportJson.Write(report));
            foreach (var (key, document) in Pieces)
            {
                var open = IsOpen(key) && (key != "C-01" || (!withheld.Contains("R-01") && (IsOpen("R-01") || relabelled.Contains("C-01"))));
                // In short the report is its executive summary.
                var shows = open && (key == "summary" ? choices["summary"] != "none" || choices["report"] == "summary"
                    : choices[document] != "none" && (document != "report" || choices[document] != "summary"));
                Assert.True(file.Contains($"[{key}:", StringComparison.Ordinal) == shows, $"Seed {seed}, round {round}: {key}\n{file}");
                // In short there is a title and no text beside it.
                if (document is "recommendations" or "action_plan")
                    Assert.True(file.Contains($"[{key}:text]", StringComparison.Ordinal) == (shows && choices[document] != "summary"), $"Seed {seed}, round {round}: text of {key}");
            }

            bool IsOpen(string key) => (relabelled.Contains(key) || IsClear(key)) && !withheld.Contains(key);

            // A comment of the State goes no further than the text it is about.
            bool IsClear(string key) => labels[key] == SharingLabel.Clear && (key != "F-01" || labels["section:N-a"] == SharingLabel.Clear);

            Assert.DoesNotContain("do_not_wait", file, StringComparison.Ordinal);
            Assert.DoesNotContain("[N-a.a1:", file, StringComparison.Ordinal); // Answers are the report's material and no part of it.
        }

        Assert.True(built > 200, $"Seed {seed}: only {built} decisions were whole.");
    }

    [Fact]
    public void An_entry_of_the_plan_does_not_tell_what_its_recommendation_may_not()
    {
        var input = Sample(Pieces.Keys.ToDictionary(k => k, _ => SharingLabel.Clear));
        var choices = Pieces.Values.Distinct().ToImmutableSortedDictionary(d => d, d => d == "recommendations" ? "redacted" : "full", StringComparer.Ordinal);

        var report = ((Verdict<PublishedReport>.Accepted)ReportBuilder.Build(input with { Decision = new PublicationDecision(choices, ["R-01"], []) })).Value;

        Assert.True(Assert.Single(report.Commitments) is { Content: null, ByLabel: false });
    }

    [Fact]
    public void A_response_goes_out_with_its_recommendation_or_not_at_all()
    {
        var labels = Pieces.Keys.ToDictionary(k => k, _ => SharingLabel.Clear);
        var input = Sample(labels) with { Promise = Pieces.Values.Distinct().ToImmutableSortedDictionary(d => d, _ => "full", StringComparer.Ordinal) };
        var narrow = input with
        {
            Agreed = input.Agreed! with { Responses = [.. input.Agreed!.Responses.Select(r => r.Id == "R-01" ? r with { Label = SharingLabel.Amber } : r)] },
        };

        var file = Encoding.UTF8.GetString(ReportJson.Write(((Verdict<PublishedReport>.Accepted)ReportBuilder.Build(narrow)).Value));

        Assert.DoesNotContain("[R-01:", file, StringComparison.Ordinal);
        Assert.Contains("[R-02:reason]", file, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_label_keeps_back_is_not_said_to_be_withheld_at_the_States_request()
    {
        var labels = Pieces.Keys.ToDictionary(k => k, k => k is "C-01" or "section:N-a" or "R-01" ? SharingLabel.Amber : SharingLabel.Clear);
        var full = Pieces.Values.Distinct().ToImmutableSortedDictionary(d => d, d => d == "recommendations" ? "redacted" : "full", StringComparer.Ordinal);
        var input = Sample(labels) with { Decision = new PublicationDecision(full, ["R-02"], []) };

        var report = ((Verdict<PublishedReport>.Accepted)ReportBuilder.Build(input)).Value;

        Assert.True(Assert.Single(report.Commitments) is { Content: null, ByLabel: true });
        Assert.Equal(ReportText.KeptBack, report.Agreed!.Sections.Single(s => s.Section == "N-a").Text);
        Assert.Equal([("R-01", true), ("R-02", false)], report.Agreed.Recommendations.Select(r => (r.Id, r.ByLabel)));
        // The file says so, too, and only where it is so.
        Assert.Equal(report.Agreed.Recommendations, ReportJson.Read(ReportJson.Write(report)).Agreed!.Recommendations);
    }

    [Theory]
    [InlineData("full", "CLEAR", "CLEAR", true, true)]
    [InlineData("full", "CLEAR", "AMBER", false, false)]
    [InlineData("full", "AMBER", "CLEAR", false, false)]
    [InlineData("summary", "CLEAR", "CLEAR", true, false)]
    [InlineData("none", "CLEAR", "CLEAR", false, false)]
    public void What_is_told_of_the_plan_goes_out_by_its_label_and_never_further_than_its_entry(
        string choice, string entry, string note, bool status, bool words)
    {
        var labels = Pieces.Keys.ToDictionary(k => k, _ => SharingLabel.Clear);
        labels["C-01"] = SharingLabels.Of(entry);
        var told = new LabelledText("[whole]", SharingLabels.Of(note), "en");
        var input = Sample(labels) with
        {
            Decision = new PublicationDecision(
                Pieces.Values.Distinct().ToImmutableSortedDictionary(d => d, d => d == "action_plan" ? choice : "full", StringComparer.Ordinal), [], []),
            Progress =
            [
                new("mid_term", told, [new("C-01", new CommitmentProgress("C-01", "under_way", "[note]"), SharingLabels.Of(note), "en")],
                    told with { Text = "[confirmed]" }),
            ],
        };

        var file = Encoding.UTF8.GetString(ReportJson.Write(((Verdict<PublishedReport>.Accepted)ReportBuilder.Build(input)).Value));

        Assert.Equal(status, file.Contains("under_way", StringComparison.Ordinal));
        Assert.Equal(words, file.Contains("[note]", StringComparison.Ordinal));
        Assert.Equal(choice == "full" && note == "CLEAR", file.Contains("[whole]", StringComparison.Ordinal));
        Assert.Equal(choice == "full" && note == "CLEAR", file.Contains("[confirmed]", StringComparison.Ordinal));
        Assert.Equal(choice != "none", file.Contains("\"progress\"", StringComparison.Ordinal));
    }

    private static ReportInput Sample(Dictionary<string, SharingLabel> labels)
    {
        return SampleReview.Labelled(_ => SharingLabel.Clear) with
        {
            Variant = "desk",
            Commitments = [new("C-01", Measure("C-01") with { Recommendation = "R-01" }, labels["C-01"], "en")],
            Clarifications = [new("Q-01", "N-a.a1", Text("Q-01", "question"), Text("Q-01", "reply"))],
            Summary = Text("summary", "text"),
            Agreed = new AgreedReport(
                ["EST", "GHA"],
                [.. new[] { "strengths", "N-a" }.Select(s => new Labelled<string>(s, $"[section:{s}:text]", labels["section:" + s], "en"))],
                [.. new[] { "R-01", "R-02" }.Select(r => new Labelled<Recommendation>(r, new Recommendation(Measure(r), []), labels[r], "en"))],
                [.. new[] { "R-01", "R-02" }.Select(r => new Labelled<ResponseContent>(r, new ResponseContent("in_part", $"[{r}:reason]"), labels[r], "en"))],
                [new("F-01", new DraftComment("N-a", "[F-01:text]"), labels["F-01"], "en")],
                [new("EST", "[dissent:EST:text]", labels["dissent:EST"], "en")]),
        };

        LabelledText Text(string key, string field) => new($"[{key}:{field}]", labels[key], "en");

        static Commitment Measure(string id) => new($"[{id}:title]") { Text = $"[{id}:text]", Items = ["N-a.a1"], Urgency = "do_not_wait", Owner = $"[{id}:text]" };
    }
}
