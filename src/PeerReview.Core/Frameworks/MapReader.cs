using System.Collections.Immutable;
using System.Globalization;

namespace PeerReview.Core.Frameworks;

/// <summary>Reads a mapping key by key and notes every problem; what is wrong reads as empty so that reading goes on.</summary>
internal sealed class MapReader
{
    private readonly Dictionary<string, DataNode.Entry> _entries = new(StringComparer.Ordinal);
    private readonly ProblemList _problems;
    private readonly string _what;

    private MapReader(int line, string what, ProblemList problems)
    {
        Line = line;
        _what = what;
        _problems = problems;
    }

    public int Line { get; }

    /// <summary>The mapping in a node; null with a problem when it is something else.</summary>
    /// <param name="node">The node.</param>
    /// <param name="what">What it should describe, for the messages.</param>
    /// <param name="problems">Where problems go.</param>
    /// <param name="known">Every key that may be there.</param>
    public static MapReader? Of(DataNode node, string what, ProblemList problems, params ReadOnlySpan<string> known)
    {
        if (node is not DataNode.Mapping mapping)
        {
            problems.Add(node.Line, $"{what} should be a mapping of keys; write it as \"key: value\" lines");
            return null;
        }

        var reader = new MapReader(mapping.Line, what, problems);
        foreach (var entry in mapping.Entries)
        {
            if (!known.Contains(entry.Key))
                problems.Add(entry.Line, $"{what} has no key \"{entry.Key}\"; remove it or use one of {string.Join(", ", known!)}");
            else if (!reader._entries.TryAdd(entry.Key, entry))
                problems.Add(entry.Line, $"\"{entry.Key}\" stands twice in {what}; keep one");
        }

        return reader;
    }

    public int LineOf(string key) => _entries.TryGetValue(key, out var entry) ? entry.Line : Line;

    /// <summary>A text that must be there and not be empty.</summary>
    public string Text(string key)
    {
        if (!_entries.TryGetValue(key, out var entry))
        {
            _problems.Add(Line, $"{_what} lacks \"{key}\"; add it");
            return "";
        }

        return Scalar(entry.Value, key);
    }

    /// <summary>A text that may be left out.</summary>
    public string TextOr(string key, string otherwise) =>
        _entries.TryGetValue(key, out var entry) ? Scalar(entry.Value, key) : otherwise;

    /// <summary>A whole number of at least one.</summary>
    public int Count(string key)
    {
        var text = Text(key);
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
            return number;
        if (text.Length > 0)
            _problems.Add(LineOf(key), $"\"{key}\" of {_what} should be a whole number from 1 on, not \"{text}\"");
        return 1;
    }

    /// <summary>true or false; false when left out.</summary>
    public bool Flag(string key)
    {
        var text = TextOr(key, "false");
        if (text is not ("true" or "false"))
            _problems.Add(LineOf(key), $"\"{key}\" of {_what} should be true or false, not \"{text}\"");
        return text == "true";
    }

    /// <summary>A list of texts without doubles; empty when left out.</summary>
    public ImmutableArray<string> Texts(string key)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        foreach (var node in Nodes(key, optional: true))
        {
            var text = Scalar(node, key);
            if (texts.Contains(text, StringComparer.Ordinal))
                _problems.Add(node.Line, $"\"{text}\" stands twice in \"{key}\" of {_what}; keep one");
            else
                texts.Add(text);
        }

        return texts.ToImmutable();
    }

    /// <summary>The nodes of a list.</summary>
    public ImmutableArray<DataNode> Nodes(string key, bool optional = false)
    {
        if (!_entries.TryGetValue(key, out var entry))
        {
            if (!optional)
                _problems.Add(Line, $"{_what} lacks the list \"{key}\"; add it");
            return [];
        }

        if (entry.Value is DataNode.Sequence { Items.IsEmpty: false } list)
            return list.Items;
        if (!optional || entry.Value is not DataNode.Sequence)
            _problems.Add(entry.Line, $"\"{key}\" of {_what} should be a list with at least one entry");
        return [];
    }

    /// <summary>The entries of a mapping under a key.</summary>
    public ImmutableArray<DataNode.Entry> Entries(string key)
    {
        if (_entries.TryGetValue(key, out var entry) && entry.Value is DataNode.Mapping mapping)
            return mapping.Entries;
        _problems.Add(LineOf(key), $"{_what} lacks the mapping \"{key}\"; add it");
        return [];
    }

    private string Scalar(DataNode node, string key)
    {
        if (node is DataNode.Scalar { Text: { } text } && text.Trim() is { Length: > 0 } trimmed)
            return trimmed;
        _problems.Add(node.Line, $"\"{key}\" of {_what} should be a text that is not empty");
        return "";
    }
}

/// <summary>The problems of one file, in the order of its lines.</summary>
internal sealed class ProblemList(string path)
{
    private readonly List<DataProblem> _problems = [];

    public void Add(int line, string message) => _problems.Add(new DataProblem(path, line, message));

    public ImmutableArray<DataProblem> All => [.. _problems.OrderBy(p => p.Line)];
}
