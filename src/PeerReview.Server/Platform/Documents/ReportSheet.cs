using System.Globalization;
using PeerReview.Core.Frameworks;
using PeerReview.Core.Report;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Platform.Documents;

/// <summary>A report with the words around it, all in the report's language. Everything a file is made of, and nothing that
/// is not in the published report.</summary>
/// <param name="Report">The report as everybody may read it.</param>
/// <param name="Framework">The version it speaks of, in its language.</param>
/// <param name="Texts">The words around it.</param>
/// <param name="State">The name of the State.</param>
/// <param name="NameOf">The name of a State by its code.</param>
public sealed record ReportSheet(PublishedReport Report, Framework Framework, Texts Texts, string State, Func<string, string> NameOf)
{
    /// <summary>Where and when it was published; null in a preview.</summary>
    public EditionMark? Edition { get; init; }

    /// <summary>Of a report: framework, words and names are taken in its language.</summary>
    public static ReportSheet Of(PublishedReport report, Framework framework, TextCatalogue catalogue, StateNames states)
    {
        var texts = catalogue.In(report.Language);
        return new ReportSheet(
            report, framework.In(report.Language), texts, states.Of(report.Subject, texts.Language), code => states.Of(code, texts.Language));
    }
}

/// <summary>An edition of a published report.</summary>
/// <param name="Address">Its permanent address, whole.</param>
/// <param name="Data">The address of the report as JSON, whole.</param>
/// <param name="Sha256">Of the report as JSON.</param>
public sealed record EditionMark(string Slug, int Number, string Address, string Data, string Sha256, DateTimeOffset PublishedAt)
{
    /// <summary>The name a file of it is saved under; ASCII.</summary>
    public string FileName(string format) => NameOf(Slug, Number, format);

    /// <summary>The name a file of an edition is saved under; ASCII.</summary>
    public static string NameOf(string slug, int edition, string format) => string.Create(
        CultureInfo.InvariantCulture, $"{slug}-{edition}.{format}");
}
