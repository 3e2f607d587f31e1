using System.Collections.Immutable;
using System.Globalization;

namespace PeerReview.Server.Platform.Documents;

/// <summary>The formats a published edition is made in beside its page and its JSON. The codes are stored and are part of
/// addresses: they are contracts.</summary>
public static class ReportFormats
{
    /// <summary>Tagged PDF, A4.</summary>
    public const string Pdf = "pdf";

    /// <summary>A document of a word processor (Office Open XML).</summary>
    public const string Docx = "docx";

    /// <summary>The report itself: there from the moment of publication.</summary>
    public const string Json = "json";

    /// <summary>Those that are made, in the order they are shown.</summary>
    public static ImmutableArray<string> Made { get; } = [Pdf, Docx];

    /// <summary>The media type of a format.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is none of ours.</exception>
    public static string MediaType(string format) => format switch
    {
        Pdf => "application/pdf",
        Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        Json => "application/json",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such format."),
    };

    /// <summary>Where everybody finds it, without the site.</summary>
    /// <param name="edition">The edition meant.</param>
    public static string Address(string format, string slug, int edition) => format == Json
        ? string.Create(CultureInfo.InvariantCulture, $"/publications/{slug}.json?edition={edition}")
        : string.Create(CultureInfo.InvariantCulture, $"/publications/{slug}/report.{format}?edition={edition}");

    internal static string Topic(string format) => "report-" + format;
}
