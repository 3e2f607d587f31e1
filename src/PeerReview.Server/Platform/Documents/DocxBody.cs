using System.Diagnostics;
using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace PeerReview.Server.Platform.Documents;

/// <summary>Turns a layout into paragraphs and tables.</summary>
internal sealed class DocxBody
{
    private readonly ReportLayout _layout;
    private readonly DocxRuns _runs;
    private readonly List<OpenXmlElement> _content = [];
    private readonly List<(string Bookmark, int Level, IReadOnlyList<Words> Title)> _headings = [];

    private DocxBody(ReportLayout layout) => (_layout, _runs) = (layout, new DocxRuns(layout));

    /// <summary>The body with its one section.</summary>
    /// <param name="footer">The relationship of the footer.</param>
    public static Body Of(ReportLayout layout, string footer)
    {
        var body = new DocxBody(layout);
        foreach (var chapter in layout.Chapters)
            body.Add(chapter);
        return new Body(
        [
            body._runs.Paragraph("Title", new Words(layout.Title)),
            body.Pairs(layout.Facts),
            body._runs.Paragraph("TOCHeading", new Words(layout.Contents)),
            .. body.Contents(),
            .. body._content,
            Section(layout, footer),
        ]);
    }

    private void Add(ReportChapter chapter)
    {
        Add(1, [new Words(chapter.Title)]);
        foreach (var passage in chapter.Passages)
        {
            if (passage.Id is not null)
                Add(2, passage.Title);
            foreach (var block in passage.Blocks)
                _content.AddRange(Draw(block));
        }
    }

    private void Add(int level, IReadOnlyList<Words> title)
    {
        var id = _headings.Count.ToString(CultureInfo.InvariantCulture);
        _headings.Add(("heading_" + id, level, title));
        _content.Add(_runs.Paragraph(
            string.Create(CultureInfo.InvariantCulture, $"Heading{level}"),
            [
                new BookmarkStart { Id = id, Name = "heading_" + id },
                .. title.SelectMany(_runs.Of),
                new BookmarkEnd { Id = id },
            ]));
    }

    private IEnumerable<OpenXmlElement> Draw(ReportBlock block) => block switch
    {
        ReportBlock.Written written => written.Text.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => _runs.Paragraph("Written", written.Text with { Text = line.TrimEnd('\r') })),
        ReportBlock.Note note => [_runs.Paragraph("Note", new Words(note.Text))],
        ReportBlock.Value value => [_runs.Paragraph("Value", new Words(value.Text))],
        ReportBlock.Line line => [_runs.Paragraph(null, line.Text)],
        ReportBlock.Heading heading => [_runs.Paragraph(heading.IsUnder ? "Heading4" : "Heading3", new Words(heading.Text))],
        ReportBlock.Facts facts => [Pairs(facts.Pairs), _runs.Paragraph(null, [])],
        _ => throw new UnreachableException($"No drawing of {block.GetType().Name}."),
    };

    /// <summary>Names beside their values: a table of two columns.</summary>
    private Table Pairs(IReadOnlyList<ReportFact> facts)
    {
        const string names = "2900", values = "6300";
        var properties = new TableProperties();
        if (_layout.Direction == "rtl")
            properties.BiDiVisual = new BiDiVisual();
        properties.TableWidth = new TableWidth { Width = "9200", Type = TableWidthUnitValues.Dxa };
        properties.TableLayout = new TableLayout { Type = TableLayoutValues.Fixed };
        return new Table(
        [
            properties,
            new TableGrid(new GridColumn { Width = names }, new GridColumn { Width = values }),
            .. facts.Select(fact => new TableRow(
                new TableRowProperties(new CantSplit()),
                Cell(names, _runs.Paragraph("Name", new Words(fact.Name))),
                Cell(values, _runs.Paragraph("Cell", fact.Value)))),
        ]);
    }

    private static TableCell Cell(string width, Paragraph content) =>
        new(new TableCellProperties(new TableCellWidth { Width = width, Type = TableWidthUnitValues.Dxa }), content);

    /// <summary>A contents field that is filled already: links to every heading. A word processor adds the numbers of pages
    /// when it is told to update the field.</summary>
    private IEnumerable<Paragraph> Contents()
    {
        foreach (var (place, heading) in _headings.Index())
        {
            var link = new Hyperlink(heading.Title.SelectMany(_runs.Of)) { Anchor = heading.Bookmark, History = true };
            yield return _runs.Paragraph(
                string.Create(CultureInfo.InvariantCulture, $"TOC{heading.Level}"),
                [
                    .. place == 0 ? DocxRuns.Begin("TOC \\o \"1-2\" \\h \\z") : [],
                    link,
                    .. place < _headings.Count - 1 ? Array.Empty<Run>() : [DocxRuns.End()],
                ]);
        }
    }

    // A4 with margins of 2 cm, in twentieths of a point.
    private static SectionProperties Section(ReportLayout layout, string footer)
    {
        var section = new SectionProperties(
            new FooterReference { Type = HeaderFooterValues.Default, Id = footer },
            new PageSize { Width = 11906, Height = 16838 },
            new PageMargin { Top = 1247, Right = 1134, Bottom = 1247, Left = 1134, Header = 709, Footer = 709, Gutter = 0 });
        if (layout.Direction == "rtl")
            section.AppendChild(new BiDi());
        return section;
    }
}
