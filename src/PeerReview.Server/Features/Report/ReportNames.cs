using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Documents;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Report;

/// <summary>What the passages of the report are called.</summary>
internal static class ReportNames
{
    /// <summary>A section, in the reader's language.</summary>
    public static string OfSection(string section, FoundReport report, Texts texts) =>
        SectionNames.Of(section, report.Review.Framework.In(texts.Language), texts);

    /// <summary>A section or recommendation, as a comment of the State names it.</summary>
    public static string OfPlace(string place, FoundReport report, Texts texts) =>
        report.Material.Find(WritingKind.Recommendation, place) is { } recommendation
            ? texts.Of("report_page.place.recommendation", ("id", place), ("title", Contents.ReadRecommendation(recommendation).Measure.Title))
            : DraftReport.Sections(report.Review.Dossier, report.Review.Framework).Contains(place, StringComparer.Ordinal)
                ? OfSection(place, report, texts)
                // Commented on, and taken back afterwards.
                : texts.Of("report_page.place.taken_back", ("id", place));

    /// <summary>A passage that changed.</summary>
    public static string Of(string kind, string key, ReportModel model, Texts texts) => kind switch
    {
        WritingKind.Section => OfSection(key, model.Report, texts),
        WritingKind.Recommendation => model.Report.Material.Find(kind, key) is null
            ? texts.Of("report_page.place.taken_back", ("id", key))
            : OfPlace(key, model.Report, texts),
        WritingKind.DraftComment => texts.Of("report_page.place.comment", ("id", key)),
        _ => texts.Of("report_page.place.dissent", ("party", model.Parties.FirstOrDefault(party => party.Code == key)?.Name ?? key)),
    };
}
