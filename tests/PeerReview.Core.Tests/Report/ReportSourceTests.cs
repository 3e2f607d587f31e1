using System.Text;
using System.Text.Json;
using PeerReview.Core.Assessment;
using PeerReview.Core.FollowUp;
using PeerReview.Core.Report;
using PeerReview.Core.Reviews;
using PeerReview.Core.Tests.FollowUp;
using Xunit;

namespace PeerReview.Core.Tests.Report;

public sealed class ReportSourceTests
{
    private static readonly ReviewId Review = new(Guid.Parse("0192a6a4-6d2e-7c00-8000-000000000001"));

    private static readonly Dossier Dossier = Core.Reviews.Dossier.Empty with
    {
        Subject = "CHE",
        Variant = "light",
        Items = ["N-a.a1"],
        Promise = SampleReview.Choices("full", "full", "full", "none"),
    };

    private static readonly Material Material = new(
        [
            Wrote("answer", "N-a.a1", "CLEAR", Contents.Write(new Answer("N-a.a1", AnswerValue.InPlace) { Rule = "[rule]" })),
            Wrote("answer_translation", "N-a.a1:fr", "RED", Contents.Write(new AnswerTranslation("N-a.a1", "fr", 1) { Rule = "[règle]", Practice = "[pratique]" })),
            Wrote("answer_translation", "N-a.a2:fr", "CLEAR", Contents.Write(new AnswerTranslation("N-a.a2", "fr", 1) { Rule = "[of no answer]" })),
            Wrote("question", "q1", "CLEAR", Contents.Write(new QuestionContent("N-a.a1", "[question]"))),
            Wrote("reply", "q1", "RED", Contents.Write(new ReplyContent("[reply]", false))),
            Wrote("question", "q2", "CLEAR", Contents.Write(new QuestionContent(null, "[second]"))),
            Wrote("reply", "q2", "CLEAR", Contents.Write(new ReplyContent("", true))),
            Wrote("commitment", "k1", "CLEAR", Contents.Write(new Commitment("[commitment]"))),
            Wrote("commitment", "k2", "PURPLE", Contents.Write(new Commitment("[unreadable label]"))),
            Wrote("good_practice", "p1", "CLEAR", Contents.Write(new GoodPractice("N-a.a1", "[practice]"))),
            Wrote("urgent", "u1", "CLEAR", Contents.Write(new UrgentPoint("[urgent]", "N-a.a1", null))),
            Wrote("progress_note", "check_6m", "CLEAR", Contents.Write(new NoteContent("[note]", []))),
        ],
        []);

    [Fact]
    public void Only_what_belongs_in_a_report_is_taken_from_a_review_with_its_label()
    {
        var file = File(Dossier);

        Assert.Equal(
            ["[commitment]", "[practice]", "[rule]", "[règle]", "[second]"],
            new[] { "[commitment]", "[note]", "[of no answer]", "[pratique]", "[practice]", "[question]", "[reply]", "[rule]", "[règle]", "[second]", "[unreadable label]", "[urgent]" }
                .Where(text => file.Contains(text, StringComparison.Ordinal)));
        Assert.Contains("\"reply\":null", file, StringComparison.Ordinal);
    }

    [Fact]
    public void The_decision_is_the_one_of_the_dossier()
    {
        var decided = Dossier with { Choices = SampleReview.Choices("none", "full", "none", "none"), Relabelled = ["q1"] };

        var file = File(decided);

        Assert.Contains("[reply]", file, StringComparison.Ordinal);
        Assert.DoesNotContain("[rule]", file, StringComparison.Ordinal);
        Assert.DoesNotContain("[commitment]", file, StringComparison.Ordinal);
    }

    private static string File(Dossier dossier)
    {
        var input = ReportSource.Of(Review, dossier, Material, SmallFramework.Value, "en", new DateOnly(2026, 7, 1), null);
        var report = Assert.IsType<Verdict<PublishedReport>.Accepted>(ReportBuilder.Build(input)).Value;
        return Encoding.UTF8.GetString(ReportJson.Write(report));
    }

    private static Writing Wrote(string kind, string key, string label, JsonElement content) =>
        new(kind, key, 1, content.GetRawText(), label, "en", default, DateTimeOffset.UnixEpoch);
}
