using System.Collections.Immutable;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Report;
using PeerReview.Core.Reviews;
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
            yield return new ReportChapter("recommendations", sheet.Texts["document.recommendations"], [.. agreed.Recommendations.Select(r => Recommendation(r, sheet)), .. Withdrawn(agreed, sheet.Texts)]);
    }

    /// <summary>The heading of a document: the report is not called agreed where it went on without a party.</summary>
    public static string NameOf(string document, bool partly, Texts texts) =>
        texts[partly && document == PublishedDocuments.Report ? "report.not_by_all" : "document." + document];

    /// <summary>Who confirmed the report, and who did not; nothing where all did.</summary>
    public static IEnumerable<ReportFact> Standing(ReportSheet sheet)
    {
        if (sheet.Report.Agreed?.Standing is not { } standing)
            yield break;
        var texts = sheet.Texts;
        if (!standing.Confirmed.IsEmpty)
            yield return new ReportFact(texts["report.confirmed_by"], new Words(Names(standing.Confirmed, sheet)));
        (string Key, ImmutableArray<string> Parties)[] others =
        [
            ("report_page.stand.dissented", standing.Dissented), ("report_page.stand.disagreed", standing.Disagreed),
            ("report_page.stand.earlier", standing.Earlier), ("report_page.stand.silent", standing.Silent),
        ];
        yield return new ReportFact(texts["report.not_confirmed"], new Words(string.Join(' ', others.Where(one => !one.Parties.IsEmpty)
            .Select(one => texts.Of(one.Key, ("parties", Names(one.Parties, sheet)))))));
    }

    private static string Names(ImmutableArray<string> parties, ReportSheet sheet) => sheet.Texts.List([.. parties.Select(party => party switch
    {
        AgreementRules.Subject => sheet.State,
        AgreementRules.Programme => sheet.Texts["role." + RoleCode.HeadCoordinator],
        _ => sheet.NameOf(party),
    })]);

    /// <summary>How far the State is with its action plan, a chapter for each moment at which it told.</summary>
    public static IEnumerable<ReportChapter> Progress(ReportSheet sheet)
    {
        foreach (var told in sheet.Report.Progress ?? [])
            yield return new ReportChapter(ReportLayouts.ProgressAt(told.Moment), sheet.Texts["report.progress." + told.Moment], [.. Told(told, sheet)]);
    }

    private static IEnumerable<ReportPassage> Told(ReportProgress told, ReportSheet sheet)
    {
        var texts = sheet.Texts;
        if (told.Text is { } whole)
            yield return ReportLayouts.Plain(ReportLayouts.Written(whole, texts));
        foreach (var note in told.Notes)
        {
            var content = sheet.Report.Commitments.FirstOrDefault(entry => entry.Id == note.Commitment);
            List<ReportBlock> blocks = [];
            if (note.Status is { } status)
                blocks.Add(new ReportBlock.Value(texts["followup.status_of." + status]));
            if (note.Text is { } text)
                blocks.Add(ReportLayouts.Written(text, texts));
            yield return new ReportPassage(
                $"{told.Moment}-{note.Commitment}", [new Words($"{note.Commitment}: "), new Words(content?.Content?.Title ?? "", content?.Language)], blocks);
        }

        if (told.Confirmation is { } confirmed)
            yield return new ReportPassage(told.Moment + "-confirmed", [new Words(texts["followup.confirmation"])], [ReportLayouts.Written(confirmed, texts)]);
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

        if (agreed.Groups is { IsEmpty: false } groups)
        {
            yield return new ReportChapter("groups", texts["stakeholders.groups.title"],
            [
                .. groups.Select(g => new ReportPassage(
                    "group-" + g.Family, [new Words(texts["stakeholders.family." + g.Family])],
                    [
                        new ReportBlock.Value(texts["stakeholders.standing." + g.Standing]),
                        .. g.Reason is { } reason ? new[] { ReportLayouts.Written(reason, texts) } : [],
                    ])),
            ]);
        }

        if (!agreed.Dissent.IsEmpty)
        {
            yield return new ReportChapter("dissent", texts["report_page.annex.dissent"],
            [
                .. agreed.Dissent.Select(d => new ReportPassage(
                    "dissent-" + d.Party, [new Words(d.Party == AgreementRules.Subject ? sheet.State : sheet.NameOf(d.Party))],
                    [ReportLayouts.Written(d.Text, texts)])),
            ]);
        }
    }

    // A number that is missing could be taken for one that is hidden.
    private static IEnumerable<ReportPassage> Withdrawn(ReportAgreed agreed, Texts texts)
    {
        if (RecommendationNumbers.Withdrawn(agreed.Recommendations.Select(r => r.Id)) is { IsEmpty: false } numbers)
            yield return ReportLayouts.Plain(new ReportBlock.Note(texts.Of("report.withdrawn_before", ("ids", texts.List(numbers)))));
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

    private static string Recommended(string id, ReportAgreed agreed, Texts texts) => agreed.Recommendations.FirstOrDefault(r => r.Id == id) switch
    {
        { Content: { } content } => texts.Of("report_page.place.recommendation", ("id", id), ("title", content.Title)),
        { } => id,
        // Where none is published, nobody is told which there were.
        null => agreed.Recommendations.IsEmpty ? id : texts.Of("report_page.place.taken_back", ("id", id)),
    };

    private static string PlaceOf(string about, ReportAgreed agreed, Texts texts) => agreed.Sections.FirstOrDefault(s => s.Section == about) is { } section
        ? SectionNames.Of(section.Section, section.Title, texts)
        : about.StartsWith("R-", StringComparison.Ordinal) ? Recommended(about, agreed, texts) : SectionNames.Of(about, (string?)null, texts);
}
