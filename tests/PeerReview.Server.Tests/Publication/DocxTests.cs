using System.Xml.Linq;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using PeerReview.Server.Platform.Web;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Publication;

/// <summary>The report for word processors: well-formed, with real headings, in the directions of its texts.</summary>
public sealed class DocxTests
{
    private static readonly XNamespace W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("en", false)]
    [InlineData("ar", true)]
    [InlineData("zh", false)]
    public async Task It_is_valid_and_in_the_language_of_the_report(string language, bool rightToLeft)
    {
        await using var app = await TestApp.StartAsync();
        var slug = await PublishedReview.PublishAsync(app, language);
        await app.AdvanceAsync(TimeSpan.Zero);
        using var file = await OpenAsync(app, slug);

        Assert.Empty(new OpenXmlValidator(FileFormatVersions.Office2019).Validate(file, TestContext.Current.CancellationToken)
            .Select(e => $"{e.Description} {e.Path?.XPath}"));
        var body = XElement.Parse(file.MainDocumentPart!.Document.Body!.OuterXml);
        Assert.Equal(rightToLeft, body.Elements(W + "sectPr").Elements(W + "bidi").Any());
        var title = body.Elements(W + "p").First();
        Assert.Equal("Title", (string?)title.Descendants(W + "pStyle").Attributes(W + "val").Single());
        Assert.Equal(rightToLeft, IsOn(title.Descendants(W + "bidi").Single()));
        Assert.Equal(language, (string?)Core(file).Element(XName.Get("language", "http://purl.org/dc/elements/1.1/")));
        Assert.Contains(" TOC ", body.Descendants(W + "instrText").First().Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_heading_is_in_the_contents_and_every_text_has_its_direction_and_language()
    {
        await using var app = await TestApp.StartAsync();
        var slug = await PublishedReview.PublishAsync(app);
        await app.AdvanceAsync(TimeSpan.Zero);
        using var file = await OpenAsync(app, slug);
        var body = XElement.Parse(file.MainDocumentPart!.Document.Body!.OuterXml);

        var marks = body.Descendants(W + "bookmarkStart").Select(b => (string?)b.Attribute(W + "name")).ToList();
        Assert.Equal(marks, body.Descendants(W + "hyperlink").Select(h => (string?)h.Attribute(W + "anchor")));
        Assert.Equal(body.Descendants(W + "pStyle").Count(s => (string?)s.Attribute(W + "val") is "Heading1" or "Heading2"), marks.Count);
        var written = body.Descendants(W + "p").Where(p => p.Descendants(W + "pStyle").Any(s => (string?)s.Attribute(W + "val") == "Written")).ToList();
        var arabic = written.Single(p => p.Value.Contains("TLP:CLEAR", StringComparison.Ordinal));
        Assert.True(IsOn(arabic.Descendants(W + "bidi").Single()));
        // Latin within it is a run of its own, from left to right.
        Assert.DoesNotContain(W + "rtl", arabic.Elements(W + "r").Single(r => r.Value == "TLP:CLEAR").Descendants().Select(e => e.Name));
        Assert.Contains(arabic.Elements(W + "r"), r => r.Descendants(W + "rtl").Any());
        // What verifies it is the data, whose address can be followed.
        Assert.Contains(body.Descendants(W + "instrText"), field => field.Value.Contains($"/publications/{slug}.json?edition=1\"", StringComparison.Ordinal));
        Assert.False(IsOn(written.Single(p => p.Value.Contains("网络", StringComparison.Ordinal)).Descendants(W + "bidi").Single()));
    }

    [Fact]
    public async Task It_names_nobody_says_when_it_was_published_and_is_made_alike_each_time()
    {
        await using var app = await TestApp.StartAsync();
        var slug = await PublishedReview.PublishAsync(app);
        await app.AdvanceAsync(TimeSpan.Zero);
        var first = await app.Visitor().GetByteArrayAsync($"/publications/{slug}/report.docx", Cancel);
        var published = (await app.Database.AsOwnerAsync<DateTimeOffset>("SELECT published_at FROM publication")).Single();
        using var file = await OpenAsync(app, slug);

        Assert.Equal(["PeerReview"], Core(file).Elements(XName.Get("creator", "http://purl.org/dc/elements/1.1/")).Select(e => e.Value));
        Assert.Equal(
            published.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
            Core(file).Element(XName.Get("created", "http://purl.org/dc/terms/"))?.Value);
        Assert.Null(file.ExtendedFilePropertiesPart);

        // As if it had never been made.
        await app.Database.AsOwnerAsync(
            """
            SET session_replication_role = replica;
            UPDATE report_file SET state = 'waiting', content = NULL, size = NULL, sha256 = NULL, made_at = NULL WHERE format = 'docx';
            UPDATE outbox SET delivered_at = NULL WHERE topic = 'report-docx'
            """);
        await app.AdvanceAsync(TimeSpan.FromSeconds(2));
        Assert.Equal(first, await app.Visitor().GetByteArrayAsync($"/publications/{slug}/report.docx", Cancel));
    }

    [Theory]
    [InlineData("abc", false, "abc L")]
    [InlineData("نص TLP:CLEAR، نص", true, "نص  R|TLP:CLEAR L|، نص R")]
    [InlineData("see نص.", false, "see  L|نص R|. L")]
    [InlineData("", true, "")]
    [InlineData("– ", true, "–  R")]
    public void A_text_falls_into_stretches_of_one_direction(string text, bool rightToLeft, string stretches) =>
        Assert.Equal(stretches, string.Join('|', Bidi.Stretches(text, rightToLeft).Select(s => $"{s.Text} {(s.RightToLeft ? 'R' : 'L')}")));

    private static bool IsOn(XElement flag) => (string?)flag.Attribute(W + "val") is null or "1" or "true" or "on";

    private static XElement Core(WordprocessingDocument file)
    {
        using var stream = file.CoreFilePropertiesPart!.GetStream();
        return XElement.Load(stream);
    }

    private static async Task<WordprocessingDocument> OpenAsync(TestApp app, string slug) => WordprocessingDocument.Open(
        new MemoryStream(await app.Visitor().GetByteArrayAsync($"/publications/{slug}/report.docx", Cancel)), isEditable: false);
}
