using PeerReview.Core.Deliberation;
using PeerReview.Core.Report;
using PeerReview.Server.Platform.Documents;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Publication;

/// <summary>What the pieces of a report are called where they are withheld or opened: as its readers know them, by their question or
/// title.</summary>
internal sealed class PieceNames(ReportInput input, LoadedReview review, StateNames states, Texts texts)
{
    private readonly List<ReportPiece> _questions = [.. ReportPieces.Of(input).Where(p => p.Document == PublishedDocuments.Clarifications)];

    /// <summary>The name of a piece.</summary>
    public string Of(ReportPiece piece) => piece.Document switch
    {
        PublishedDocuments.SelfAssessment => $"{piece.Key} – {review.Framework.In(texts.Language).Item(piece.Key)?.Question}",
        PublishedDocuments.Clarifications => texts.Of(
            "publication.clarification", ("number", _questions.IndexOf(piece) + 1), ("item", piece.Item ?? texts["publication.no_item"])),
        PublishedDocuments.Report => OfReport(piece.Key),
        PublishedDocuments.Summary => input.Agreed is null ? texts["report.summary"] : SectionOf(DraftReport.Summary),
        PublishedDocuments.Recommendations => Titled(piece.Key, input.Agreed?.Recommendations.FirstOrDefault(r => r.Id == piece.Key)?.Content.Measure.Title),
        _ when input.Commitments.FirstOrDefault(c => c.Id == piece.Key) is { } commitment => Titled(piece.Key, commitment.Content.Title),
        _ => $"{piece.Key} – {texts["document." + piece.Document]}",
    };

    private string OfReport(string key) => key.Split(':') switch
    {
        ["section", var section] => SectionOf(section),
        ["dissent", var party] => texts.Of(
            "report_page.place.dissent", ("party", states.Of(party == AgreementRules.Subject ? review.Subject.Iso3 : party, texts.Language))),
        _ when input.Clarifications.FirstOrDefault(c => c.Id == key) is { } question => Titled(key, question.Question.Text),
        _ => Titled(texts.Of("report_page.place.comment", ("id", key)), input.Agreed?.Remarks.FirstOrDefault(r => r.Id == key)?.Content.Text),
    };

    private string SectionOf(string section) => SectionNames.Of(section, review.Framework.In(texts.Language), texts);

    private string Titled(string key, string? title) => title is null ? key : texts.Of("report_page.place.recommendation", ("id", key), ("title", Short.Of(title)));
}
