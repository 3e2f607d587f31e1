using PeerReview.Core.Report;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Platform.Documents;

/// <summary>What the State made public of each document, in words. The choice alone would say too much where sharing labels
/// keep something back, and where nothing was written.</summary>
internal static class ReportChoices
{
    /// <summary>A line per document.</summary>
    public static IEnumerable<ReportFact> Of(PublishedReport report, Texts texts) => PublishedDocuments.Of(report.Variant)
        .Where(report.Choices.ContainsKey)
        .Select(document => new ReportFact(
            AgreedLayouts.NameOf(document, report.Agreed is { Partly: true }, texts), new Words(Say(document, report.Choices[document], [.. Pieces(document, report)], texts))));

    /// <summary>What the public reads of a document as decided, in words; where nothing is written of it, what was decided.</summary>
    /// <param name="report">As it stands with the decision.</param>
    public static string Of(string document, PublishedReport report, Texts texts) =>
        report.Choices.TryGetValue(document, out var choice) is false ? texts["choice.none"]
        : Pieces(document, report).Any() ? Say(document, choice, [.. Pieces(document, report)], texts)
        : texts["choice." + choice];

    private static string Say(string document, string choice, IReadOnlyList<Piece> pieces, Texts texts)
    {
        var name = texts["choice." + choice];
        if (choice == "none")
            return name;
        if (pieces.Count == 0)
        {
            // The plan is due months after the report.
            return texts[document == PublishedDocuments.ActionPlan ? "report.plan_follows" : "report.nothing_written"];
        }

        if (choice == "redacted")
            return pieces.Any(piece => piece.ByLabel) ? texts.Of("report.label_keeps_too", ("choice", name)) : name;
        if (pieces.All(piece => piece.IsShown))
            return name;
        if (pieces.Any(piece => !piece.IsShown && piece.GoesWithAnswer))
            return texts.Of("report.answers_keep", ("choice", name));
        // Nothing of the plan is withheld by name here, so what is went with its recommendation.
        if (document == PublishedDocuments.ActionPlan && pieces.Any(piece => !piece.IsShown && !piece.ByLabel))
            return texts.Of("report.plan_keeps", ("choice", name));
        return pieces.Any(piece => piece.IsShown)
            ? texts.Of("report.label_keeps", ("choice", name))
            : texts["report.label_keeps_all"];
    }

    private static IEnumerable<Piece> Pieces(string document, PublishedReport report) => document switch
    {
        PublishedDocuments.Summary => report.Summary is { } summary ? [Of(summary)] : [],
        PublishedDocuments.SelfAssessment => report.Sections.SelectMany(s => s.Answers).Select(a => new Piece(!a.Withheld, a.ByLabel)),
        PublishedDocuments.Clarifications => report.Clarifications
            .Select(c => Of(c.Question) with { GoesWithAnswer = c.Item is { } item && !IsOpen(item, report) }),
        PublishedDocuments.Commitments =>
        [
            .. report.Commitments.Select(Of),
            // One that is shown in short has no text, but its level.
            .. report.GoodPractices.Select(p => new Piece(!p.Text.IsWithheld || p.Level.Length > 0, p.Text.ByLabel, !IsOpen(p.Item, report))),
        ],
        PublishedDocuments.Report when report.Agreed is { } agreed =>
        [
            .. agreed.Sections.Select(s => Of(s.Text)),
            .. report.Clarifications.Select(c => Of(c.Question)),
            .. agreed.Remarks.Select(r => Of(r.Text)),
            .. agreed.Dissent.Select(d => Of(d.Text)),
            // In short it is its executive summary.
            .. agreed.Sections.IsEmpty && report.Summary is { } brief ? [Of(brief)] : Array.Empty<Piece>(),
        ],
        PublishedDocuments.Recommendations when report.Agreed is { } agreed => agreed.Recommendations.Select(r => new Piece(r.Content is not null, r.ByLabel)),
        PublishedDocuments.ActionPlan => report.Commitments.Select(Of),
        _ => [],
    };

    private static Piece Of(ReportText text) => new(!text.IsWithheld, text.ByLabel);

    private static Piece Of(ReportCommitment one) => new(one.Content is not null, one.ByLabel);

    private static bool IsOpen(string item, PublishedReport report) =>
        report.Sections.SelectMany(s => s.Answers).Any(a => a.Item == item && !a.Withheld);

    /// <param name="ByLabel">Whether its label alone keeps it back.</param>
    /// <param name="GoesWithAnswer">Whether the answer it belongs to is not shown either, and takes it along.</param>
    private readonly record struct Piece(bool IsShown, bool ByLabel, bool GoesWithAnswer = false);
}
