using System.Text;
using PeerReview.Core.Access;
using PeerReview.Core.Report;
using Xunit;

namespace PeerReview.Core.Tests.Report;

/// <summary>Nothing leaves that may not. The rule is written here a second time, in other words than the builder's.</summary>
public sealed class ReportLeakTests
{
    private static readonly string[] Choice = ["full", "redacted", "summary", "none"];
    private static readonly SharingLabel[] Labels = Enum.GetValues<SharingLabel>();

    [Fact]
    public void No_combination_of_choices_labels_and_redactions_leaks_and_none_hides_more_than_it_must()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var built = 0;
        for (var round = 0; round < 6; round++)
        {
            for (var combination = 0; combination < 256; combination++)
            {
                var drawn = Draw(random, combination);
                if (ReportBuilder.Build(drawn.Input) is not Verdict<PublishedReport>.Accepted { Value: var report })
                    continue;
                built++;
                var file = Encoding.UTF8.GetString(ReportJson.Write(report));
                AssertShows(drawn, file, $"Seed {seed}, round {round}, combination {combination}");
                Assert.DoesNotContain("[P-STR.st1:", file, StringComparison.Ordinal);
                Assert.DoesNotContain(SampleReview.TranslationMarker("P-STR.st1"), file, StringComparison.Ordinal);
                // The answers have no evidence any more.
                Assert.DoesNotContain(":left behind]", file, StringComparison.Ordinal);
                Assert.DoesNotContain("do_not_wait", file, StringComparison.Ordinal);
            }
        }

        Assert.True(built > 300, $"Seed {seed}: only {built} decisions were whole.");
    }

    [Fact]
    public void Silence_publishes_what_was_promised_and_open_and_no_more()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < 400; round++)
        {
            var drawn = Draw(random, random.Next(256));
            var silent = drawn with
            {
                Input = drawn.Input with { Decision = null, Promise = drawn.Input.Decision!.Choices },
                Withheld = [],
                Relabelled = [],
                Silent = true,
            };
            var report = Assert.IsType<Verdict<PublishedReport>.Accepted>(ReportBuilder.Build(silent.Input)).Value;
            var file = Encoding.UTF8.GetString(ReportJson.Write(report));
            AssertShows(silent, file, $"Seed {seed}, round {round}");
        }
    }

    private static void AssertShows(Drawn drawn, string file, string where)
    {
        foreach (var key in SampleReview.Keys)
        {
            var shows = drawn.Shows(key);
            Assert.True(file.Contains(SampleReview.Marker(key), StringComparison.Ordinal) == shows, $"{where}: {key}\n{file}");
            // A translation is in the file where its answer is, and nowhere else.
            var translated = shows && SampleReview.DocumentOf(key) == "self_assessment";
            Assert.True(file.Contains(SampleReview.TranslationMarker(key), StringComparison.Ordinal) == translated, $"{where}: translation of {key}\n{file}");
            // A day has no room for a marker; each is of a year of its own.
            if (SampleReview.DayOf(key) is { } day)
                Assert.True(file.Contains(day, StringComparison.Ordinal) == shows, $"{where}: day of {key}\n{file}");
        }
    }

    private static Drawn Draw(Random random, int combination)
    {
        var labels = SampleReview.Keys.ToDictionary(k => k, _ => random.Next(2) == 0 ? SharingLabel.Clear : Labels[random.Next(Labels.Length)]);
        var choices = SampleReview.Choices(
            Choice[combination & 3], Choice[(combination >> 2) & 3], Choice[(combination >> 4) & 3], Choice[combination >> 6]);
        string[] withheld = [.. SampleReview.Keys.Where(k => choices[SampleReview.DocumentOf(k)] != "full" && random.Next(3) == 0)];
        string[] relabelled =
            [.. SampleReview.Keys.Where(k => labels[k] != SharingLabel.Clear && !withheld.Contains(k) && random.Next(3) == 0)];
        var input = SampleReview.Labelled(k => labels[k]) with
        {
            Decision = new PublicationDecision(choices, [.. withheld], [.. relabelled]),
        };
        return new Drawn(input, labels, withheld, relabelled);
    }

    private sealed record Drawn(
        ReportInput Input, Dictionary<string, SharingLabel> Labels, string[] Withheld, string[] Relabelled, bool Silent = false)
    {
        /// <summary>Whether some text of a piece is to be found in the file.</summary>
        public bool Shows(string key)
        {
            var item = SampleReview.ItemOf(key);
            var choice = (Input.Decision?.Choices ?? Input.Promise)[SampleReview.DocumentOf(key)];
            if (Silent && choice == "redacted")
                choice = key == "summary" ? "none" : "summary";
            if (choice == "none" || Withheld.Contains(key) || item is not null && Withheld.Contains(item))
                return false;
            var clear = Relabelled.Contains(key) || Labels[key] == SharingLabel.Clear
                && (key != "c1" || Labels["N-a.a1"] == SharingLabel.Clear || Relabelled.Contains("N-a.a1"));
            // Of an answer the summary holds the value alone, which has no marker.
            return clear && (choice != "summary" || SampleReview.DocumentOf(key) != "self_assessment");
        }
    }
}
