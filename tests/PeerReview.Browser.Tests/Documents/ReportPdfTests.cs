using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using PeerReview.Browser.Tests.Driving;
using PeerReview.Testing;

namespace PeerReview.Browser.Tests.Documents;

/// <summary>The PDF of a published report, printed by the real Chromium: as people see it, as a screen reader does, and as
/// somebody does who looks for what was withheld.</summary>
public sealed class ReportPdfTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("en", "Voluntary review of Kenya", "Page 2 of {0}")]
    [InlineData("ar", "كينيا", "{0}")]
    [InlineData("zh", "肯尼亚", "{0}")]
    public async Task It_is_tagged_and_says_its_title_language_and_pages(string language, string title, string number)
    {
        await using var app = await TestApp.StartAsync(chromium: Chromium.Program);
        var slug = await PublishedReview.PublishAsync(app, language);
        using var pdf = await MadeAsync(app, slug, language);
        var published = (await app.Database.AsOwnerAsync<DateTimeOffset>("SELECT published_at FROM publication")).Single();

        var facts = pdf.Facts();
        Assert.Contains(title, facts["Title"], StringComparison.Ordinal);
        Assert.Equal(("PeerReview", "PeerReview"), (facts["Creator"], facts["Producer"]));
        Assert.Equal(published.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), facts["CreationDate"]);
        Assert.Equal(facts["CreationDate"], facts["ModDate"]);
        Assert.Contains("(A4)", facts["Page size"], StringComparison.Ordinal);
        Assert.Equal("yes", facts["Tagged"]);
        Assert.Contains($"/Lang ({language})", pdf.Raw, StringComparison.Ordinal);
        foreach (var key in new[] { "/MarkInfo", "/StructTreeRoot", "/Outlines", "/DisplayDocTitle true" })
            Assert.Contains(key, pdf.Raw, StringComparison.Ordinal);
        Assert.Equal(1, pdf.Tags().Split('\n').Count(line => line.Trim().StartsWith("H1", StringComparison.Ordinal)));
        Assert.Contains("H3", pdf.Tags(), StringComparison.Ordinal);
        Assert.Contains(string.Format(CultureInfo.InvariantCulture, number, facts["Pages"]), pdf.Text(2, 2), StringComparison.Ordinal);
        Assert.Equal(language == "ar", pdf.Raw.Contains("/Direction /R2L", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Its_contents_say_on_which_page_each_heading_stands_and_its_addresses_can_be_followed()
    {
        await using var app = await TestApp.StartAsync(chromium: Chromium.Program);
        var slug = await PublishedReview.PublishAsync(app);
        using var pdf = await MadeAsync(app, slug, "contents");

        var verify = int.Parse(pdf.Facts()["Pages"], CultureInfo.InvariantCulture);
        Assert.Contains("Verify this report", pdf.Text(verify, verify), StringComparison.Ordinal);
        Assert.Matches($@"(?m)^ *Verify this report +{verify}$", pdf.Lines(2, verify - 1));
        foreach (var address in new[] { $"/publications/{slug}.json?edition=1)", $"/publications/{slug}?edition=1)" })
            Assert.Contains(address, pdf.Raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_text_can_be_read_out_in_every_script_and_holds_nothing_that_was_withheld()
    {
        await using var app = await TestApp.StartAsync(chromium: Chromium.Program);
        var slug = await PublishedReview.PublishAsync(app);
        using var pdf = await MadeAsync(app, slug, "leaks");

        var text = pdf.Text();
        foreach (var there in new[] { "中文文本:网络安全战略", "Русский текст: стратегия", "TLP:CLEAR", ReviewAt.MarkerOf("P-CBM.c4") })
            Assert.Contains(there, text, StringComparison.Ordinal);
        // A long address runs over the end of its line.
        Assert.Contains($"/publications/{slug}?edition=1", text.Replace("\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.InRange(text.IndexOf("تنشر", StringComparison.Ordinal), 0, text.IndexOf("الدولة", StringComparison.Ordinal));
        foreach (var secret in PublishedReview.Secrets)
        {
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, pdf.Raw, StringComparison.Ordinal);
            Assert.DoesNotContain(Encoding.Latin1.GetString(Encoding.BigEndianUnicode.GetBytes(secret)), pdf.Raw, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToHexStringLower(Encoding.BigEndianUnicode.GetBytes(secret)), pdf.Raw, StringComparison.OrdinalIgnoreCase);
        }

        foreach (var trace in new[] { "file:", Path.GetTempPath(), "peerreview-pdf", "HeadlessChrome" })
            Assert.DoesNotContain(trace, pdf.Raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_gets_its_Chromium_later_prints_what_waited()
    {
        var folder = Directory.CreateTempSubdirectory("peerreview-browser-");
        File.SetUnixFileMode(folder.FullName, (UnixFileMode)0b111_101_101);
        var program = Path.Combine(folder.FullName, "chromium");
        await using var app = await TestApp.StartAsync(chromium: program);
        var slug = await PublishedReview.PublishAsync(app);
        await app.AdvanceAsync(TimeSpan.Zero);
        Assert.Equal("failed", (await PdfOfAsync(app, slug)).GetProperty("state").GetString());

        File.CreateSymbolicLink(program, Chromium.Program);
        await app.Database.AsOwnerAsync("UPDATE outbox SET available_at = now() WHERE topic = 'report-pdf'");
        await app.AdvanceAsync(TimeSpan.Zero);

        Assert.Equal("ready", (await PdfOfAsync(app, slug)).GetProperty("state").GetString());
        await app.Database.RequireSoundAsync();
        folder.Delete(recursive: true);
    }

    private static async Task<JsonElement> PdfOfAsync(TestApp app, string slug) =>
        (await app.Visitor().GetFromJsonAsync<JsonElement>($"/api/v1/publications/{slug}/files", Cancel)).GetProperty("items")[0];

    private static async Task<PdfFile> MadeAsync(TestApp app, string slug, string name)
    {
        await app.AdvanceAsync(TimeSpan.Zero);
        var content = await app.Visitor().GetByteArrayAsync($"/publications/{slug}/report.pdf?edition=1", Cancel);
        if (Environment.GetEnvironmentVariable("PEERREVIEW_PICTURES") is { Length: > 0 } folder)
            await File.WriteAllBytesAsync(Path.Combine(folder, $"report-{name}.pdf"), content, Cancel);
        return new PdfFile(content);
    }
}
