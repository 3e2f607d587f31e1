using System.Globalization;
using System.IO.Compression;
using System.Xml.Linq;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Platform.Documents;

/// <summary>The report as a document of a word processor: headings as headings, right-to-left where it is, no name of
/// anybody. The same edition gives the same bytes.</summary>
internal sealed class ReportDocx : IReportFileMaker
{
    private const string MainType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

    public string Format => ReportFormats.Docx;

    public int? AtOnce => null;

    public Task<byte[]> MakeAsync(ReportSheet sheet, CancellationToken cancel) =>
        Task.FromResult(Dated(Write(ReportLayouts.ForFile(sheet), sheet), sheet.Edition!.PublishedAt));

    private static byte[] Write(ReportLayout layout, ReportSheet sheet)
    {
        using var stream = new MemoryStream();
        using (var file = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document, autoSave: false))
        {
            var main = file.AddNewPart<MainDocumentPart>(MainType, "document");
            main.AddNewPart<StyleDefinitionsPart>("styles").Styles = DocxStyles.Of(layout);
            main.AddNewPart<DocumentSettingsPart>("settings").Settings = DocxStyles.Settings(layout);
            main.AddNewPart<FooterPart>("footer").Footer = Footer(layout, sheet.Texts);
            main.Document = new Document(DocxBody.Of(layout, "footer"));
            Describe(file.AddNewPart<CoreFilePropertiesPart>("core"), layout, sheet.Edition!.PublishedAt);
            file.Save();
        }

        return stream.ToArray();
    }

    private static Footer Footer(ReportLayout layout, Texts texts)
    {
        var words = texts.Of("documents.page", ("page", "\u0001"), ("pages", "\u0002")).Split('\u0001', '\u0002');
        var runs = new DocxRuns(layout);
        return new Footer(runs.Paragraph("Footer", [
            .. runs.Of(words[0]), .. DocxRuns.Field("PAGE"), .. runs.Of(words[1]), .. DocxRuns.Field("NUMPAGES"), .. runs.Of(words[2]),
        ]));
    }

    // Only what the report says of itself; the dates are those of its publication, to the second.
    private static void Describe(CoreFilePropertiesPart part, ReportLayout layout, DateTimeOffset at)
    {
        XNamespace core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties";
        XNamespace dc = "http://purl.org/dc/elements/1.1/", terms = "http://purl.org/dc/terms/";
        XNamespace xsi = "http://www.w3.org/2001/XMLSchema-instance";
        var when = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        using var stream = part.GetStream(FileMode.Create);
        new XElement(
            core + "coreProperties",
            new XAttribute(XNamespace.Xmlns + "dcterms", terms),
            new XAttribute(XNamespace.Xmlns + "xsi", xsi),
            new XElement(dc + "title", Bidi.Bare(layout.Title)),
            new XElement(dc + "creator", "PeerReview"),
            new XElement(dc + "language", layout.Language),
            new XElement(terms + "created", new XAttribute(xsi + "type", "dcterms:W3CDTF"), when),
            new XElement(terms + "modified", new XAttribute(xsi + "type", "dcterms:W3CDTF"), when))
            .Save(stream);
    }

    /// <summary>The same archive with one instant on every part and the parts in order.</summary>
    private static byte[] Dated(byte[] docx, DateTimeOffset at)
    {
        using var to = new MemoryStream();
        using (var from = new ZipArchive(new MemoryStream(docx)))
        using (var archive = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true))
        {
            // A reader may look for the list of types first.
            foreach (var part in from.Entries.OrderBy(e => e.FullName != "[Content_Types].xml").ThenBy(e => e.FullName, StringComparer.Ordinal))
            {
                var entry = archive.CreateEntry(part.FullName, CompressionLevel.Optimal);
                entry.LastWriteTime = at.ToUniversalTime();
                using var source = part.Open();
                using var target = entry.Open();
                source.CopyTo(target);
            }
        }

        return to.ToArray();
    }
}
