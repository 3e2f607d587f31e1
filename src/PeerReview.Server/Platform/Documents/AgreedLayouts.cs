using PeerReview.Core.Report;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Platform.Documents;

/// <summary>The chapters of a report that subject and reviewing States agreed on, under the headings of the text they confirmed: what is done well
/// first, annexes last.</summary>
internal static class AgreedLayouts
{
    /// <summary>Sections, then recommendations with the State's responses; none in a light review.</summary>
    public static IEnumerable<ReportChapter> Chapters(ReportSheet sheet)
    {
        if (sheet.Report.Agreed is not { } agreed)
            yield break;
        foreach (var section in agreed.Sections)
        {
            yield return new ReportChapter(
                "section-" + section.Section, SectionNames.Of(section.Section, section.Title, sheet.Texts),
                [ReportLayouts.Plain(ReportLayouts.Written(section.Text, sheet.Texts))]);
        }

        if (!agreed.Recommendations.IsEmpty)
            yield return new ReportChapter("recommendations", sheet.Texts["document.recommendations"], [.. agreed.Recommendations.Select(r => Recommendation(r, sheet))]);
    }

    /// <summary>What the State remarked and nobody took up, and what a party could not agree to.</summary>
    public static IEnumerable<ReportChapter> Annexes(ReportSheet sheet)
    {
        if (sheet.Report.Agreed is not { } agreed)
            yield break;
        var texts = sheet.Texts;
        if (!agreed.Remarks.IsEmpty)
        {
            yield return new ReportChapter("remarks", texts["report_page.annex.comments"],
            [
                .. agreed.Remarks.Select(r => new ReportPassage(
                    r.Id, [new Words($"{r.Id} – {PlaceOf(r.About, agreed, texts)}")], [ReportLayouts.Written(r.Text, texts)])),
            ]);
        }

        if (!agreed.Dissent.IsEmpty)
        {
            yield return new ReportChapter("dissent", texts["report_page.annex.dissent"],
            [
                .. agreed.Dissent.Select(d => new ReportPassage(
                    "dissent-" + d.Party, [new Words(d.Party == Core.Deliberation.AgreementRules.Subject ? sheet.State : sheet.NameOf(d.Party))],
                    [ReportLayouts.Written(d.Text, texts)])),
            ]);
        }
    }

    private static ReportPassage Recommendation(ReportRecommendation one, ReportSheet sheet)
    {
        var texts = sheet.Texts;
        if (one.Content is not { } content)
            return new ReportPassage(one.Id, [new Words(one.Id)], [ReportLayouts.Withheld(one.ByLabel, texts)]);
        List<ReportBlock> blocks = [];
        if (content.Text.Length > 0)
            blocks.Add(new ReportBlock.Written(new Words(content.Text, one.Language)));
        blocks.Add(new ReportBlock.Facts([.. CommitmentLines.Of(content, one.Language, sheet)]));
        if (one.Answer is { } answer)
        {
            blocks.Add(new ReportBlock.Heading(texts["report.response"]));
            blocks.Add(new ReportBlock.Value(texts["report.response_is." + answer]));
        }

        if (one.Reason is { } reason)
            blocks.Add(ReportLayouts.Written(reason, texts));
        return new ReportPassage(one.Id, [new Words($"{one.Id}: "), new Words(content.Title, one.Language)], blocks);
    }

    private static string PlaceOf(string about, ReportAgreed agreed, Texts texts) => agreed.Sections.FirstOrDefault(s => s.Section == about) is { } section
        ? SectionNames.Of(section.Section, section.Title, texts)
        : about.StartsWith("R-", StringComparison.Ordinal) ? about : SectionNames.Of(about, (string?)null, texts);
}
