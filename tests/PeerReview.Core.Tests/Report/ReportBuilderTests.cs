using System.Collections.Immutable;
using System.Text;
using PeerReview.Core.Access;
using PeerReview.Core.FollowUp;
using PeerReview.Core.Report;
using Xunit;

namespace PeerReview.Core.Tests.Report;

public sealed class ReportBuilderTests
{
    private static readonly ReportInput Open = SampleReview.Labelled(_ => SharingLabel.Clear);

    [Fact]
    public void Questions_and_headings_stay_in_the_order_of_the_framework()
    {
        var report = Build(Open, Decide("redacted", withheld: ["N-a.a1"]));

        Assert.Equal(["N-a", "N-g"], report.Sections.Select(s => s.Part));
        Assert.Equal(["Cooperation", "Protection"], report.Sections.Select(s => s.Title));
        Assert.Equal(["Question a1?", "Question a2?"], report.Sections[0].Answers.Select(a => a.Question));
        Assert.Equal(["N-a.a1", "N-g.g1"], report.GoodPractices.Select(p => p.Item));
        Assert.Equal(["k1", "k2"], report.Commitments.Select(c => c.Id));
    }

    [Fact]
    public void A_withheld_answer_is_a_question_with_a_mark_and_takes_what_hangs_on_it_along()
    {
        var report = Build(Open, Decide("redacted", withheld: ["N-a.a1"]));
        var answer = report.Sections[0].Answers[0];

        Assert.Equal((true, null, null), (answer.Withheld, answer.Value, answer.LastTested));
        Assert.Empty(answer.Layers);
        Assert.Empty(answer.Sectors);
        Assert.True(report.GoodPractices[0].Text.IsWithheld);
        Assert.True(report.Clarifications[0].Question.IsWithheld);
        Assert.False(report.Clarifications[1].Question.IsWithheld);
        Assert.False(report.Sections[0].Answers[1].Withheld);
    }

    [Fact]
    public void A_withheld_layer_leaves_its_name_and_the_rest_of_the_answer()
    {
        var report = Build(Open, Decide("redacted", withheld: ["N-a.a1.practice", "N-a.a2.testing"]));
        var (first, second) = (report.Sections[0].Answers[0], report.Sections[0].Answers[1]);

        Assert.Equal(["rule", "practice", "testing"], first.Layers.Select(l => l.Name));
        Assert.Equal([false, true, false], first.Layers.Select(l => l.Text.IsWithheld));
        Assert.Equal(("in_place_and_tested", false), (first.Value, first.Withheld));
        Assert.Null(second.LastTested); // the day goes with the layer
        var file = Encoding.UTF8.GetString(ReportJson.Write(report));
        Assert.DoesNotContain(SampleReview.Marker("N-a.a1", "practice"), file, StringComparison.Ordinal);
        Assert.DoesNotContain(SampleReview.Marker("N-a.a2", "testing"), file, StringComparison.Ordinal);
        Assert.DoesNotContain(SampleReview.DayOf("N-a.a2")!, file, StringComparison.Ordinal);
    }

    [Fact]
    public void A_translation_goes_with_its_answer_layer_by_layer_and_says_when_it_is_older()
    {
        var report = Build(Open, Decide("redacted", withheld: ["N-a.a1.practice", "N-g.g1"]));
        var (first, second) = (report.Sections[0].Answers[0], report.Sections[0].Answers[1]);

        var translation = Assert.Single(first.Translations ?? []);
        Assert.Equal(("fr", false), (translation.Language, translation.Older));
        Assert.Equal(["rule", "testing"], translation.Layers.Select(l => l.Name));
        Assert.Equal("fr", translation.Layers[0].Text.Language);
        Assert.True(Assert.Single(second.Translations ?? []).Older);
        Assert.Null(report.Sections[1].Answers[0].Translations);
        Assert.Equal(ReportJson.Write(report), ReportJson.Write(ReportJson.Read(ReportJson.Write(report))));
    }

    [Fact]
    public void Without_translations_the_file_does_not_speak_of_them()
    {
        var file = ReportJson.Write(Build(Open with { Translations = [] }, Decide("full")));

        Assert.DoesNotContain("translations", Encoding.UTF8.GetString(file), StringComparison.Ordinal);
        Assert.Equal(file, ReportJson.Write(ReportJson.Read(file)));
    }

    [Fact]
    public void A_day_of_testing_without_a_text_can_be_withheld_too()
    {
        var input = Open with { Answers = [Open.Answers[0] with { Testing = "" }] };
        var answer = Build(input, Decide("redacted", withheld: ["N-a.a1.testing"])).Sections[0].Answers[0];

        Assert.Null(answer.LastTested);
        Assert.True(answer.Layers.Single(l => l.Name == "testing").Text.IsWithheld);
    }

    [Fact]
    public void A_summary_of_the_assessment_is_the_value_alone()
    {
        var answer = Build(Open, Decide("summary")).Sections[0].Answers[0];

        Assert.Equal(("in_place_and_tested", false, null), (answer.Value, answer.Withheld, answer.LastTested));
        Assert.Empty(answer.Layers);
        Assert.Empty(answer.Sectors);
    }

    [Fact]
    public void Summaries_of_the_other_documents_leave_out_the_long_texts()
    {
        var report = Build(Open, Decide("full", "summary", "summary", "summary"));

        Assert.Equal("[k1:title]", report.Commitments[0].Content!.Title);
        Assert.Equal("", report.Commitments[0].Content!.Indicator);
        Assert.True(report.GoodPractices[0].Text.IsWithheld);
        Assert.Equal("[c1:question]", report.Clarifications[0].Question.Text);
        Assert.True(report.Clarifications[0].Reply!.IsWithheld);
        Assert.Equal("[summary:text]", report.Summary!.Text);
    }

    [Fact]
    public void A_document_not_published_is_absent_and_the_choice_says_so()
    {
        var report = Build(Open, Decide("none", "none", "none", "none"));

        Assert.Empty(report.Sections);
        Assert.Empty(report.Commitments);
        Assert.Empty(report.GoodPractices);
        Assert.Empty(report.Clarifications);
        Assert.Null(report.Summary);
        Assert.Equal(SampleReview.Choices("none", "none", "none", "none"), report.Choices);
    }

    [Fact]
    public void Without_a_decision_a_document_nobody_promised_stays_inside()
    {
        var promise = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add("summary", "full");
        var report = Build(Open with { Promise = promise }, null);

        Assert.Equal("[summary:text]", report.Summary!.Text);
        Assert.Equal(SampleReview.Choices("none", "none", "none", "full"), report.Choices);
        Assert.Empty(report.Sections);
    }

    [Fact]
    public void A_promise_of_redactions_nobody_listed_publishes_the_summary()
    {
        var report = Build(Open with { Promise = SampleReview.Choices("redacted", "none", "redacted", "redacted") }, null);

        Assert.Equal(SampleReview.Choices("summary", "none", "summary", "none"), report.Choices);
        Assert.Empty(report.Sections[0].Answers[0].Layers);
    }

    [Fact]
    public void The_signature_goes_beyond_the_promise_where_it_says_so()
    {
        var input = SampleReview.Labelled(k => k == "N-a.a1" ? SharingLabel.Red : SharingLabel.Clear)
            with
        { Promise = SampleReview.Choices("none", "none", "none", "none") };

        var kept = Build(input, Decide("full"));
        var widened = Build(input, Decide("full") with { Relabelled = ["N-a.a1"] });

        Assert.True(kept.Sections[0].Answers[0].Withheld);
        Assert.Equal("[N-a.a1:rule]", widened.Sections[0].Answers[0].Layers[0].Text.Text);
    }

    [Fact]
    public void A_declined_reply_is_no_withheld_reply()
    {
        var input = Open with { Clarifications = [Open.Clarifications[0] with { Reply = null }] };

        Assert.Null(Build(input, Decide("full")).Clarifications[0].Reply);
    }

    [Fact]
    public void The_preview_is_the_report_but_for_the_day()
    {
        var preview = Build(Open, Decide("full"));
        var published = Build(Open with { Published = new DateOnly(2026, 11, 22) }, Decide("full"));

        Assert.Null(preview.Published);
        Assert.Equal(ReportHash.Of(preview), ReportHash.Of(published with { Published = null }));
        Assert.NotEqual(ReportHash.Of(preview), ReportHash.Of(published));
    }

    [Fact]
    public void Two_pieces_with_one_key_are_a_bug() =>
        Assert.Throws<ArgumentException>(() => ReportBuilder.Build(Open with { Commitments = [.. Open.Commitments, Open.Commitments[0]] }));

    [Fact]
    public void An_urgent_point_has_no_way_into_a_report()
    {
        Assert.DoesNotContain(typeof(UrgentPoint), Reachable(typeof(ReportInput)));
        Assert.Contains(typeof(Commitment), Reachable(typeof(ReportInput)));
    }

    [Fact]
    public void A_file_reads_back_to_the_same_file()
    {
        var report = Build(Open with { Published = new DateOnly(2026, 11, 22) }, Decide("redacted", withheld: ["N-a.a1"]));
        var file = ReportJson.Write(report);

        var text = Encoding.UTF8.GetString(file);
        Assert.Equal(text, Encoding.UTF8.GetString(ReportJson.Write(ReportJson.Read(file))));
        Assert.StartsWith("{\"choices\":{\"clarifications\":\"full\"", text, StringComparison.Ordinal);
        Assert.Contains("{\"language\":null,\"text\":null,\"withheld\":true}", text, StringComparison.Ordinal);
        Assert.Contains("\"published\":\"2026-11-22\"", text, StringComparison.Ordinal);
        Assert.Throws<System.Text.Json.JsonException>(() => ReportJson.Read("{\"secret\":1}"u8));
    }

    /// <summary>Published files keep their hash: a change here is a change of the form, which needs another name.</summary>
    [Fact]
    public void The_hash_of_a_fixed_report_stays() =>
        Assert.Equal(
            "e37b20b5ec6c348fd3e75b6f841f192c60f38f361477a12ed182fedd4b5be5c0",
            ReportHash.Of(Build(
                Open with { Translations = [], Published = new DateOnly(2026, 11, 22) },
                Decide("redacted", withheld: ["N-a.a1"]))));

    private static PublicationDecision Decide(
        string assessment, string clarifications = "full", string commitments = "full", string summary = "full",
        ImmutableArray<string>? withheld = null) =>
        new(SampleReview.Choices(assessment, clarifications, commitments, summary), withheld ?? [], []);

    private static PublishedReport Build(ReportInput input, PublicationDecision? decision) =>
        Assert.IsType<Verdict<PublishedReport>.Accepted>(ReportBuilder.Build(input with { Decision = decision })).Value;

    private static HashSet<Type> Reachable(Type start)
    {
        var seen = new HashSet<Type>();
        var next = new Stack<Type>([start]);
        while (next.TryPop(out var type))
        {
            if (!seen.Add(type))
                continue;
            foreach (var argument in type.GetGenericArguments())
                next.Push(argument);
            if (type.Namespace?.StartsWith("PeerReview", StringComparison.Ordinal) == true)
                foreach (var property in type.GetProperties())
                    next.Push(property.PropertyType);
        }

        return seen;
    }
}
