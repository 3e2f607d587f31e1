using System.Collections.Immutable;

namespace PeerReview.Core;

/// <summary>A parsed data file (YAML or JSON) that still knows its lines, so that a reader can say where a problem is.</summary>
/// <remarks>Whoever parses the file makes these; Core reads them and does no I/O.</remarks>
public abstract record DataNode(int Line)
{
    /// <summary>A text, number, boolean or nothing, as written.</summary>
    /// <param name="Text">The characters of the scalar; null for an empty value or <c>null</c>.</param>
    /// <param name="Quoted">Whether it stood in quotes, so that <c>"12"</c> stays a text.</param>
    public sealed record Scalar(int Line, string? Text, bool Quoted = false) : DataNode(Line);

    /// <summary>A list, in the order of the file.</summary>
    public sealed record Sequence(int Line, ImmutableArray<DataNode> Items) : DataNode(Line);

    /// <summary>A mapping, in the order of the file. Doubled keys are both present: the reader reports them.</summary>
    public sealed record Mapping(int Line, ImmutableArray<Entry> Entries) : DataNode(Line);

    /// <summary>One key of a mapping with the line the key stands on.</summary>
    public sealed record Entry(int Line, string Key, DataNode Value);
}

/// <summary>One thing wrong with a data file, as <c>path:line: what is wrong and what to do</c>.</summary>
public sealed record DataProblem(string Path, int Line, string Message)
{
    public override string ToString() => $"{Path}:{Line}: {Message}";
}
