namespace PeerReview.Core.Access;

/// <summary>How much of a document somebody sees and what they may do with it.</summary>
/// <param name="Extent">How much.</param>
/// <param name="Rights">What they may do; the rights beyond reading are those of the table, the process still says when.</param>
/// <param name="Handling">How a file is handed out.</param>
public sealed record Sight(Extent Extent, Rights Rights = Rights.None, Handling Handling = Handling.Plain)
{
    /// <summary>As if it were not there.</summary>
    public static Sight Nothing { get; } = new(Extent.Nothing);

    /// <summary>That it exists and how it stands.</summary>
    public static Sight Metadata { get; } = new(Extent.Metadata);

    /// <summary>The edition that was published.</summary>
    public static Sight Published { get; } = new(Extent.Published, Rights.Read);

    /// <summary>Everything, with the right to read and these.</summary>
    public static Sight Full(Rights rights = Rights.None) => new(Extent.Everything, Rights.Read | rights);

    /// <summary>Whether the working text itself may be read.</summary>
    public bool CanRead => Extent == Extent.Everything;

    /// <summary>Whether the right is there.</summary>
    public bool May(Rights right) => (Rights & right) == right;

    /// <summary>What is seen by both of two: the less of each, and reading only.</summary>
    public Sight And(Sight other) => new(
        (Extent)Math.Min((int)Extent, (int)other.Extent),
        Rights & other.Rights & Rights.Read,
        (Handling)Math.Max((int)Handling, (int)other.Handling));

    /// <summary>What somebody with both sees.</summary>
    public Sight Or(Sight other) => new(
        (Extent)Math.Max((int)Extent, (int)other.Extent),
        Rights | other.Rights,
        (CanRead, other.CanRead) switch
        {
            (true, true) => (Handling)Math.Min((int)Handling, (int)other.Handling),
            (true, false) => Handling,
            (false, _) => other.Handling,
        });
}

/// <summary>How much of a document. Ordered.</summary>
public enum Extent
{
    /// <summary>Not even that it exists: 404.</summary>
    Nothing,

    /// <summary>That it exists, its status and dates; no text, no file name, no person.</summary>
    Metadata,

    /// <summary>Only the edition the State published, redactions and all; never the working text.</summary>
    Published,

    /// <summary>The text as it stands.</summary>
    Everything,
}

/// <summary>What may be done with a document.</summary>
[Flags]
public enum Rights
{
    None = 0,
    Read = 1,
    Write = 2,
    Comment = 4,
    Decide = 8,
}

/// <summary>How a file is handed out. Ordered from the freest.</summary>
public enum Handling
{
    /// <summary>As it is.</summary>
    Plain,

    /// <summary>With the reader's name and the time on it.</summary>
    Watermark,

    /// <summary>On the screen only, with the watermark.</summary>
    ViewOnly,
}
