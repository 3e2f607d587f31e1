using System.Text;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Platform.Documents;

/// <summary>Makes paragraphs and runs: each run in one direction and one language, because a word processor orders what
/// stands in a run by the run's own direction.</summary>
internal sealed class DocxRuns(ReportLayout layout)
{
    /// <summary>A paragraph in the direction of the report.</summary>
    /// <param name="style">Id of its style, or null.</param>
    public Paragraph Paragraph(string? style, IEnumerable<OpenXmlElement> content) =>
        Paragraph(style, layout.Direction == "rtl", content);

    /// <summary>A paragraph in a direction of its own, as the text in it has.</summary>
    public Paragraph Paragraph(string? style, Words words) =>
        Paragraph(style, IsRightToLeft(words), Of(words));

    /// <summary>Runs of a text in the language of the report.</summary>
    public IEnumerable<Run> Of(string text) => Of(new Words(text));

    /// <summary>Runs of a text.</summary>
    public IEnumerable<Run> Of(Words words)
    {
        var language = words.Language ?? layout.Language;
        var runs = Bidi.Stretches(Readable(words.Text), IsRightToLeft(words)).Select(stretch => new Run(
            Properties(language, stretch.RightToLeft, words.Address is not null),
            new Text(stretch.Text) { Space = SpaceProcessingModeValues.Preserve }));
        return words.Address is { } address ? [.. Begin($"HYPERLINK \"{address}\""), .. runs, End()] : runs;
    }

    /// <summary>A field, such as the number of the page, with a value until it is counted.</summary>
    public static IEnumerable<Run> Field(string code) => [.. Begin(code), new Run(new Text("1")), End()];

    /// <summary>A field up to where its value stands.</summary>
    public static IEnumerable<Run> Begin(string code) =>
    [
        new Run(new FieldChar { FieldCharType = FieldCharValues.Begin }),
        new Run(new FieldCode($" {code} ") { Space = SpaceProcessingModeValues.Preserve }),
        new Run(new FieldChar { FieldCharType = FieldCharValues.Separate }),
    ];

    /// <summary>What ends a field.</summary>
    public static Run End() => new(new FieldChar { FieldCharType = FieldCharValues.End });

    // What somebody wrote has a direction of its own, whatever the report's.
    private bool IsRightToLeft(Words words) => words.Language is null
        ? layout.Direction == "rtl"
        : Bidi.BeginsRightToLeft(words.Text, layout.Direction == "rtl");

    private static Paragraph Paragraph(string? style, bool rightToLeft, IEnumerable<OpenXmlElement> content)
    {
        var properties = new ParagraphProperties();
        if (style is not null)
            properties.ParagraphStyleId = new ParagraphStyleId { Val = style };
        properties.BiDi = new BiDi { Val = rightToLeft };
        return new Paragraph([properties, .. content]);
    }

    private static RunProperties Properties(string language, bool rightToLeft, bool isLink)
    {
        var properties = new RunProperties();
        if (isLink)
            properties.RunStyle = new RunStyle { Val = "Hyperlink" };
        if (rightToLeft)
            properties.RightToLeftText = new RightToLeftText();
        properties.Languages = DocxStyles.LanguagesOf(language);
        return properties;
    }

    // XML has no place for control characters; direction marks are said by the runs.
    private static string Readable(string text)
    {
        var readable = new StringBuilder(text.Length);
        foreach (var rune in Bidi.Bare(text).EnumerateRunes())
        {
            if (!rune.IsBmp || XmlConvert.IsXmlChar((char)rune.Value))
                readable.Append(rune.ToString());
        }

        return readable.ToString();
    }
}
