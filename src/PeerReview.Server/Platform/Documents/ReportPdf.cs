using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using PeerReview.Server.Components;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Platform.Documents;

/// <summary>The report as a tagged PDF: drawn as one HTML file, printed by Chromium; then again, with the numbers of the
/// pages in its contents.</summary>
internal sealed class ReportPdf(IServiceScopeFactory scopes, ILoggerFactory loggers, ChromiumPrinter printer) : IReportFileMaker
{
    private static readonly string Style = ReadStyle();

    public string Format => ReportFormats.Pdf;

    // Chromium takes seconds and a good part of a machine.
    public int? AtOnce => 1;

    public async Task<byte[]> MakeAsync(ReportSheet sheet, CancellationToken cancel)
    {
        var layout = ReportLayouts.ForFile(sheet);
        var plain = await printer.PrintAsync(await DrawAsync(layout, sheet.Texts, FrozenDictionary<string, int>.Empty), cancel);
        var pages = PdfPlaces.Of(plain);
        var numbered = pages.Count == 0 ? plain : await printer.PrintAsync(await DrawAsync(layout, sheet.Texts, pages), cancel);
        // The numbers have a column of their own and move nothing. Should they once, none is better than a wrong one.
        var moved = PdfPlaces.Of(numbered).Any(place => pages.GetValueOrDefault(place.Key) != place.Value);
        return PdfMetadata.Tidy(moved ? plain : numbered, sheet.Edition!.PublishedAt, layout.Direction == "rtl");
    }

    private async Task<string> DrawAsync(ReportLayout layout, Texts texts, FrozenDictionary<string, int> pages)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var drawn = await renderer.RenderComponentAsync<ReportPrint>(ParameterView.FromDictionary(
                new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    [nameof(ReportPrint.Layout)] = layout,
                    [nameof(ReportPrint.Pages)] = pages,
                    [nameof(ReportPrint.Style)] = Style + PageLines(layout, texts),
                }));
            return drawn.ToHtmlString();
        });
    }

    /// <summary>What stands above and below each page but the first.</summary>
    private static string PageLines(ReportLayout layout, Texts texts)
    {
        const string look = "font-size: 8.5pt; color: #3d4a56;";
        var number = texts.Of("documents.page", ("page", "\u0001"), ("pages", "\u0002"));
        var content = Quoted(number).Replace(Escaped('\u0001'), "\" counter(page) \"", StringComparison.Ordinal)
            .Replace(Escaped('\u0002'), "\" counter(pages) \"", StringComparison.Ordinal);
        return $$"""
            @page { font-family: "Noto Sans", "Noto Sans Arabic", "Noto Sans CJK SC", "WenQuanYi Micro Hei", sans-serif; direction: {{layout.Direction}};
              @top-center { content: {{Quoted(layout.Title)}}; {{look}} }
              @bottom-center { content: {{content}}; {{look}} } }
            @page :first { @top-center { content: none; } @bottom-center { content: none; } }
            """;
    }

    // Every sign that is no letter is escaped, so that no text ends the string or the element around it.
    private static string Quoted(string text) =>
        $"\"{string.Concat(text.EnumerateRunes().Select(rune => Rune.IsLetterOrDigit(rune) ? rune.ToString() : Escaped(rune.Value)))}\"";

    private static string Escaped(int sign) => string.Create(CultureInfo.InvariantCulture, $"\\{sign:x} ");

    private static string ReadStyle()
    {
        using var reader = new StreamReader(typeof(ReportPdf).Assembly.GetManifestResourceStream("report.css")!);
        return reader.ReadToEnd();
    }
}
