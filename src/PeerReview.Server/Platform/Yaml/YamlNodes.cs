using System.Collections.Immutable;
using PeerReview.Core;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PeerReview.Server.Platform.Yaml;

/// <summary>Parses YAML into <see cref="DataNode"/>s that know their lines. One document, no anchors, aliases or tags.</summary>
public static class YamlNodes
{
    /// <summary>Characters a file may have.</summary>
    public const int MaxLength = 4_000_000;

    /// <summary>Levels mappings and lists may be nested.</summary>
    public const int MaxDepth = 32;

    /// <summary>Parses one file.</summary>
    /// <param name="path">For the problems only.</param>
    public static YamlDocument Parse(string text, string path)
    {
        if (text.Length > MaxLength)
        {
            return YamlDocument.Bad(path, 1,
                $"the file has {text.Length} characters; {MaxLength} are allowed: split it");
        }

        try
        {
            var parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _))
                return YamlDocument.Bad(path, 1, "the file is empty: write a mapping of keys and values");
            var root = Node(parser, 1);
            parser.Consume<DocumentEnd>();
            return parser.TryConsume<DocumentStart>(out var second)
                ? YamlDocument.Bad(path, Line(second), "a second document begins here: keep one document in a file")
                : new YamlDocument(root, []);
        }
        catch (RefusedException refused)
        {
            return YamlDocument.Bad(path, refused.Line, refused.Message);
        }
        catch (YamlException e)
        {
            return YamlDocument.Bad(path, (int)e.Start.Line, $"not YAML: {e.Message} Correct the spelling or the indentation here");
        }
    }

    private static DataNode Node(Parser parser, int depth)
    {
        var current = parser.Current ?? throw new RefusedException(1, "the file ends too early");
        if (depth > MaxDepth)
            throw new RefusedException(Line(current), $"nested more than {MaxDepth} levels deep: flatten it");
        if (current is NodeEvent { Anchor.IsEmpty: false } or AnchorAlias)
            throw new RefusedException(Line(current), "anchors and aliases are not read: write the value out");
        if (current is NodeEvent { Tag.IsEmpty: false })
            throw new RefusedException(Line(current), "tags are not read: leave the tag out");
        return current switch
        {
            YamlDotNet.Core.Events.Scalar => Scalar(parser),
            SequenceStart => Sequence(parser, depth),
            MappingStart => Mapping(parser, depth),
            _ => throw new RefusedException(Line(current), "a value is missing here"),
        };
    }

    private static DataNode.Scalar Scalar(Parser parser)
    {
        var scalar = parser.Consume<YamlDotNet.Core.Events.Scalar>();
        var quoted = scalar.Style is not ScalarStyle.Plain;
        var nothing = !quoted && scalar.Value is "" or "~" or "null";
        return new DataNode.Scalar(Line(scalar), nothing ? null : scalar.Value, quoted);
    }

    private static DataNode.Sequence Sequence(Parser parser, int depth)
    {
        var start = parser.Consume<SequenceStart>();
        var items = ImmutableArray.CreateBuilder<DataNode>();
        while (!parser.TryConsume<SequenceEnd>(out _))
            items.Add(Node(parser, depth + 1));
        return new DataNode.Sequence(Line(start), items.ToImmutable());
    }

    private static DataNode.Mapping Mapping(Parser parser, int depth)
    {
        var start = parser.Consume<MappingStart>();
        var entries = ImmutableArray.CreateBuilder<DataNode.Entry>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (Node(parser, depth + 1) is not DataNode.Scalar { Text: { } key } scalar)
                throw new RefusedException(Line(parser.Current!), "a key must be a word");
            entries.Add(new DataNode.Entry(scalar.Line, key, Node(parser, depth + 1)));
        }

        return new DataNode.Mapping(Line(start), entries.ToImmutable());
    }

    private static int Line(ParsingEvent at) => (int)at.Start.Line;

    /// <summary>Leaves the recursion; never leaves this class.</summary>
    private sealed class RefusedException(int line, string message) : Exception(message)
    {
        public int Line { get; } = line;
    }
}

/// <summary>A parsed file, or what is wrong with it.</summary>
/// <param name="Root">Null when there are problems.</param>
public sealed record YamlDocument(DataNode? Root, ImmutableArray<DataProblem> Problems)
{
    internal static YamlDocument Bad(string path, int line, string message) =>
        new(null, [new DataProblem(path, line, message)]);
}
