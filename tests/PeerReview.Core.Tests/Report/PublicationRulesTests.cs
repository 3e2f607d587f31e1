using PeerReview.Core.Access;
using PeerReview.Core.Report;
using Xunit;

namespace PeerReview.Core.Tests.Report;

public sealed class PublicationRulesTests
{
    private static readonly ReportInput Input =
        SampleReview.Labelled(k => k is "N-a.a2" or "k1" ? SharingLabel.Amber : SharingLabel.Clear);

    private static readonly PublicationDecision Whole = new(SampleReview.Choices("redacted", "full", "full", "none"), ["N-a.a1"], ["N-a.a2", "k1"]);

    public static TheoryData<string, string, PublicationDecision> Wrong => new()
    {
        { "publication.choice-missing", "choices.summary", Whole with { Choices = Whole.Choices.Remove("summary") } },
        { "publication.choice-unknown", "choices.summary", Whole with { Choices = Whole.Choices.SetItem("summary", "Full") } },
        { "publication.document-unknown", "choices", Whole with { Choices = Whole.Choices.Add("urgent_points", "full") } },
        { "publication.always-shown", "withheld", Whole with { Withheld = ["N-a.a1", "N-a"] } },
        { "publication.always-shown", "withheld", Whole with { Withheld = ["N-a.a1", "subject"] } },
        { "publication.always-shown", "withheld", Whole with { Withheld = ["N-a.a1", "questions"] } },
        { "publication.not-in-report", "withheld", Whole with { Withheld = ["N-a.a1", "P-STR.st1"] } },
        { "publication.not-in-report", "withheld", Whole with { Withheld = ["N-a.a1", "N-g.g1.reason"] } }, // nothing stands there
        { "publication.not-in-report", "withheld", Whole with { Withheld = ["N-a.a1", "N-g.g1.heading"] } },
        { "publication.full-withholds", "choices.self_assessment",
            Whole with { Choices = Whole.Choices.SetItem("self_assessment", "full"), Withheld = ["N-g.g1.rule"] } },
        { "publication.not-relabellable", "relabelled", Whole with { Relabelled = ["P-STR.st1"] } },
        { "publication.already-clear", "relabelled", Whole with { Relabelled = ["N-g.g1"] } },
        { "publication.withheld-and-relabelled", "relabelled", Whole with { Withheld = ["N-a.a2"] } },
        { "publication.redacts-nothing", "choices.self_assessment", Whole with { Withheld = [] } },
        { "publication.redacts-nothing", "choices.summary", Whole with { Choices = Whole.Choices.SetItem("summary", "redacted") } },
        { "publication.full-withholds", "choices.commitments", Whole with { Withheld = ["N-a.a1", "k2"] } },
    };

    [Fact]
    public void A_whole_decision_may_be_signed() => Assert.Empty(PublicationRules.Check(Whole, Input));

    [Fact]
    public void One_layer_withheld_counts_as_redacted() =>
        Assert.Empty(PublicationRules.Check(Whole with { Withheld = ["N-g.g1.rule"] }, Input));

    [Fact]
    public void Clarifications_taken_along_with_their_item_count_as_redacted() =>
        Assert.Empty(PublicationRules.Check(
            Whole with { Choices = SampleReview.Choices("redacted", "redacted", "redacted", "none") }, Input));

    [Fact]
    public void A_clarification_inherits_the_label_of_its_answer()
    {
        var input = SampleReview.Labelled(k => k == "N-a.a1" ? SharingLabel.Red : SharingLabel.Clear);

        Assert.Equal(SharingLabel.Red, ReportPieces.Of(input).Single(p => p.Key == "c1").Travels);
        Assert.Equal(SampleReview.Keys, ReportPieces.Of(input).Select(p => p.Key));
    }

    [Theory, MemberData(nameof(Wrong))]
    public void Each_fault_is_refused_under_its_field_and_stops_the_report(string code, string field, PublicationDecision decision)
    {
        var refusal = Assert.Single(PublicationRules.Check(decision, Input));

        Assert.Equal((code, field, RefusalKind.Invalid), (refusal.Code, refusal.Field, refusal.Kind));
        var refused = Assert.IsType<Verdict<PublishedReport>.Refused>(ReportBuilder.Build(Input with { Decision = decision }));
        Assert.Equal(code, refused.Reason.Code);
    }

    [Fact]
    public void All_faults_are_named_at_once()
    {
        var decision = new PublicationDecision(SampleReview.Choices("redacted", "?", "none", "none"), ["heading"], ["N-g.g1"]);

        var refused = Assert.IsType<Verdict<PublishedReport>.Refused>(ReportBuilder.Build(Input with { Decision = decision }));
        Assert.Equal(
            ["publication.choice-unknown", "publication.always-shown", "publication.already-clear", "publication.redacts-nothing"],
            refused.Reason.All.Select(r => r.Code));
    }
}
