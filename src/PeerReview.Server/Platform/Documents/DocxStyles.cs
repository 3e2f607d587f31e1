using System.Globalization;
using DocumentFormat.OpenXml.Wordprocessing;

namespace PeerReview.Server.Platform.Documents;

/// <summary>The styles of a report as a document; their ids are those word processors know.</summary>
internal static class DocxStyles
{
    /// <summary>All styles, with the language of the report as what holds where nothing else is said.</summary>
    public static Styles Of(ReportLayout layout) => new(
        new DocDefaults(
            new RunPropertiesDefault(new RunPropertiesBaseStyle(
                new RunFonts { Ascii = "Arial", HighAnsi = "Arial", EastAsia = "Microsoft YaHei", ComplexScript = "Arial" },
                new FontSize { Val = "21" },
                new FontSizeComplexScript { Val = "21" },
                LanguagesOf(layout.Language))),
            new ParagraphPropertiesDefault(new ParagraphPropertiesBaseStyle(
                new SpacingBetweenLines { After = "120", Line = "276", LineRule = LineSpacingRuleValues.Auto }))),
        Style("Normal", "Normal", null, isDefault: true),
        Style("Title", "Title", 46, level: null, after: 240, bold: true),
        Style("Heading1", "heading 1", 30, level: 0, before: 480, after: 120, bold: true),
        Style("Heading2", "heading 2", 23, level: 1, before: 280, after: 80, bold: true),
        Style("Heading3", "heading 3", 20, level: 2, before: 160, after: 40, bold: true),
        Style("Heading4", "heading 4", 20, level: 3, before: 160, after: 40, bold: true),
        Style("TOCHeading", "TOC Heading", 30, before: 480, after: 120, bold: true),
        Style("TOC1", "toc 1", null, before: 80, after: 40, bold: true),
        Style("TOC2", "toc 2", null, after: 40, indent: 320),
        Style("Written", "Written", null),
        Style("Note", "Note", null, colour: "3D4A56"),
        Style("Value", "Value", null, bold: true, keeps: true),
        new Style(
            new StyleName { Val = "Hyperlink" },
            new StyleRunProperties(new Color { Val = "0B3F5F" }, new Underline { Val = UnderlineValues.Single }))
        {
            Type = StyleValues.Character,
            StyleId = "Hyperlink",
        },
        Style("Name", "Name", null, after: 40, colour: "3D4A56"),
        Style("Cell", "Cell", null, after: 40),
        Style("Footer", "footer", 17, colour: "3D4A56", centred: true));

    /// <summary>The settings of the document: its languages.</summary>
    public static Settings Settings(ReportLayout layout)
    {
        var languages = LanguagesOf(layout.Language);
        return new Settings(
            new Compatibility(new CompatibilitySetting
            {
                // Word 2013 and later; without it Word opens the file as one of 2007.
                Name = CompatSettingNameValues.CompatibilityMode,
                Uri = "http://schemas.microsoft.com/office/word",
                Val = "15",
            }),
            new ThemeFontLanguages { Val = languages.Val, EastAsia = languages.EastAsia, Bidi = languages.Bidi });
    }

    /// <summary>A language where word processors look for it: by the script it is written in.</summary>
    /// <param name="language">ISO 639-1.</param>
    public static Languages LanguagesOf(string language) => language switch
    {
        "ar" => new Languages { Bidi = "ar" },
        "zh" => new Languages { EastAsia = "zh-CN" },
        _ => new Languages { Val = language },
    };

    /// <param name="halfPoints">Size of the letters in half points; null for that of the document.</param>
    /// <param name="level">Level of the outline from 0; null for none.</param>
    /// <param name="keeps">Whether it stays on the page of what follows, as headings do.</param>
    /// <param name="before">Space above in twentieths of a point, and so the others.</param>
    private static Style Style(
        string id, string name, int? halfPoints, int? level = null, int before = 0, int after = 120, int indent = 0,
        bool bold = false, bool keeps = false, bool centred = false, string? colour = null, bool isDefault = false)
    {
        var paragraph = new StyleParagraphProperties();
        if (keeps || level is not null)
            paragraph.KeepNext = new KeepNext();
        paragraph.SpacingBetweenLines = new SpacingBetweenLines { Before = Number(before), After = Number(after) };
        if (indent > 0)
            paragraph.Indentation = new Indentation { Start = Number(indent) };
        if (centred)
            paragraph.Justification = new Justification { Val = JustificationValues.Center };
        if (level is { } at)
            paragraph.OutlineLevel = new OutlineLevel { Val = at };
        var style = new Style(new StyleName { Val = name }) { Type = StyleValues.Paragraph, StyleId = id };
        if (isDefault)
            style.Default = true;
        else
            style.AppendChild(new BasedOn { Val = "Normal" });
        style.AppendChild(new PrimaryStyle());
        style.AppendChild(paragraph);
        style.AppendChild(Letters(halfPoints, bold, colour));
        return style;
    }

    private static StyleRunProperties Letters(int? halfPoints, bool bold, string? colour)
    {
        var letters = new StyleRunProperties();
        if (bold)
        {
            letters.Bold = new Bold();
            letters.BoldComplexScript = new BoldComplexScript();
        }

        if (colour is not null)
            letters.Color = new Color { Val = colour };
        if (halfPoints is { } size)
        {
            letters.FontSize = new FontSize { Val = Number(size) };
            letters.FontSizeComplexScript = new FontSizeComplexScript { Val = Number(size) };
        }

        return letters;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
