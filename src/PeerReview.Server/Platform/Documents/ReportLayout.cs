namespace PeerReview.Server.Platform.Documents;

/// <summary>A report as headings and paragraphs in their order: what page, PDF and DOCX have in common, so that none says
/// more than another.</summary>
/// <param name="Language">ISO 639-1; of every text that names no other.</param>
/// <param name="Direction"><c>ltr</c> or <c>rtl</c>.</param>
/// <param name="Contents">The heading of the table of contents.</param>
public sealed record ReportLayout(string Title, string Language, string Direction, string Contents)
{
    /// <summary>Kind, dates, framework, edition.</summary>
    public IReadOnlyList<ReportFact> Facts { get; init; } = [];

    public IReadOnlyList<ReportChapter> Chapters { get; init; } = [];
}

/// <summary>A chapter: a heading of the second level with what follows.</summary>
/// <param name="Id">Unique in the report; the anchor of the heading.</param>
public sealed record ReportChapter(string Id, string Title, IReadOnlyList<ReportPassage> Passages);

/// <summary>Blocks under a heading of the third level, or under none.</summary>
/// <param name="Id">The anchor; null without a heading.</param>
/// <param name="Title">The heading, piece by piece; empty for none.</param>
public sealed record ReportPassage(string? Id, IReadOnlyList<Words> Title, IReadOnlyList<ReportBlock> Blocks);

/// <summary>A text in a language; null is the language of the report.</summary>
public sealed record Words(string Text, string? Language = null)
{
    /// <summary>The whole address it leads to; null where it is no link.</summary>
    public string? Address { get; init; }

    /// <summary>An address to be read and to be followed.</summary>
    public static Words Link(string address) => new(address, "en") { Address = address };
}

/// <summary>A name with its value.</summary>
public sealed record ReportFact(string Name, Words Value);

/// <summary>Something below a heading. A closed set.</summary>
public abstract record ReportBlock
{
    private ReportBlock()
    {
    }

    /// <summary>What somebody wrote, with its line breaks.</summary>
    public sealed record Written(Words Text) : ReportBlock;

    /// <summary>A word of ours in place of a text: withheld, no reply.</summary>
    public sealed record Note(string Text) : ReportBlock;

    /// <summary>The answer to a question in a word.</summary>
    public sealed record Value(string Text) : ReportBlock;

    /// <summary>A line of ours.</summary>
    public sealed record Line(Words Text) : ReportBlock;

    /// <summary>A heading of the fourth level.</summary>
    public sealed record Heading(string Text) : ReportBlock
    {
        /// <summary>Whether it stands under another of these: it is then of the fifth.</summary>
        public bool IsUnder { get; init; }
    }

    /// <summary>Names with values.</summary>
    public sealed record Facts(IReadOnlyList<ReportFact> Pairs) : ReportBlock;
}
