using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Server.Platform.Documents;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Report;

/// <summary>The texts of a report in which somebody typed something that is kept for them and not saved.</summary>
internal static class UnsavedTexts
{
    /// <summary>The fields of a section or recommendation that hold words.</summary>
    public static readonly ImmutableArray<string> Fields = ["title", "text", "owner", "indicator", "help"];

    /// <summary>The paths below which sections and recommendations are written.</summary>
    public static string[] Under(ReviewId review) => [$"/reviews/{review}/draft/", $"/reviews/{review}/recommendations/"];

    /// <summary>What the statements of <see cref="Platform.Drafts.TypedPages"/> ask for.</summary>
    public static object Args(ReviewId review, Actor reader, string section = "") =>
        new { Review = review.Value, Section = section, Person = reader.Person?.Value ?? Guid.Empty, Under = Under(review) };

    /// <summary>Links to them, each with the name of the text.</summary>
    public static ImmutableArray<(string Path, string Name)> Links(IEnumerable<string> pages, LoadedReview review, Texts texts) =>
        [.. pages.Select(page => (page, NameOf(page, review, texts)))];

    /// <summary>The name of the section or recommendation of a page.</summary>
    public static string NameOf(string page, LoadedReview review, Texts texts)
    {
        var id = Uri.UnescapeDataString(page.Split('/')[^1]);
        return DraftReport.Sections(review.Dossier, review.Framework).Contains(id, StringComparer.Ordinal) ? SectionNames.Of(id, review.Framework.In(texts.Language), texts)
            : id == "new" ? texts["draft.recommendation.new"]
            : id;
    }
}
