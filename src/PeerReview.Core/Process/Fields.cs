using System.Collections.Immutable;
using System.Globalization;

namespace PeerReview.Core.Process;

/// <summary>Gathers everything that is wrong with one file.</summary>
internal sealed class Problems(string path)
{
    private readonly List<DataProblem> _all = [];

    public bool Any => _all.Count > 0;

    public int Count => _all.Count;

    public void Add(int line, string message) => _all.Add(new DataProblem(path, line, message));

    public ImmutableArray<DataProblem> InFileOrder() => [.. _all.OrderBy(p => p.Line)];
}

/// <summary>Reads the keys of one mapping and reports what is missing, doubled, of the wrong kind or unknown.</summary>
internal sealed class Fields
{
    private readonly Problems _problems;
    private readonly Dictionary<string, DataNode> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly string _what;

    public Fields(Problems problems, DataNode node, string what)
    {
        _problems = problems;
        _what = what;
        Line = node.Line;
        if (node is not DataNode.Mapping map)
        {
            problems.Add(node.Line, $"{what} must be a mapping of keys and values");
            return;
        }

        foreach (var entry in map.Entries)
        {
            if (_values.TryAdd(entry.Key, entry.Value))
                _lines[entry.Key] = entry.Line;
            else
                problems.Add(entry.Line, $"{what} has '{entry.Key}' twice: keep one (the first is on line {_lines[entry.Key]})");
        }
    }

    public int Line { get; }

    public int LineOf(string key) => _lines.GetValueOrDefault(key, Line);

    public void Problem(string key, string message) => _problems.Add(LineOf(key), message);

    public DataNode? Node(string key)
    {
        _asked.Add(key);
        return _values.GetValueOrDefault(key);
    }

    public DataNode? Required(string key)
    {
        var node = Node(key);
        if (node is null)
            _problems.Add(Line, $"{_what} lacks '{key}': add it");
        return node;
    }

    public string Text(string key) => Required(key) is { } node ? Scalar(node, key) ?? "" : "";

    public string? TextOrNull(string key) => Node(key) is { } node ? Scalar(node, key) : null;

    public bool Flag(string key, bool otherwise)
    {
        if (Node(key) is not { } node)
            return otherwise;
        switch (Scalar(node, key))
        {
            case "true": return true;
            case "false": return false;
            default:
                _problems.Add(node.Line, $"'{key}' must be true or false");
                return otherwise;
        }
    }

    public int Whole(string key, int min, int max) => Required(key) is { } node ? Whole(node, key, min, max) ?? min : min;

    public int? WholeOrNull(string key, int min, int max) => Node(key) is { } node ? Whole(node, key, min, max) : null;

    public int? Whole(DataNode node, string key, int min, int max)
    {
        if (node is DataNode.Scalar { Text: { } text }
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
        {
            return number;
        }

        _problems.Add(node.Line, $"'{key}' must be a whole number from {min} to {max}");
        return null;
    }

    /// <summary>A number of calendar days. Months and years have no length of their own and are refused.</summary>
    public int? Days(DataNode node, string key)
    {
        if (node is DataNode.Scalar { Text: { } text } && text.Any(char.IsLetter))
        {
            _problems.Add(node.Line, $"'{key}: {text}' is not a number of days: months and years differ in length, "
                + "so write calendar days as a whole number");
            return null;
        }

        return Whole(node, key, 0, 3660);
    }

    /// <summary>A list of words, or one word.</summary>
    public ImmutableArray<(string Text, int Line)> List(string key)
    {
        switch (Node(key))
        {
            case null:
                return [];
            case DataNode.Sequence list:
                var words = from item in list.Items
                            let text = Scalar(item, key)
                            where text is not null
                            select (text, item.Line);
                return [.. words];
            case var node:
                return Scalar(node, key) is { } single ? [(single, node.Line)] : [];
        }
    }

    /// <summary>A list of names that must be among the known ones.</summary>
    public ImmutableArray<string> Names(string key, string kind, IEnumerable<string> known)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        foreach (var (text, line) in List(key))
        {
            if (names.Contains(text))
                _problems.Add(line, $"'{key}' of {_what} names {text} twice: keep one");
            else if (IsKnown(text, line, kind, known))
                names.Add(text);
        }

        return names.ToImmutable();
    }

    public string? Name(string key, string kind, IEnumerable<string> known) =>
        TextOrNull(key) is { } text && IsKnown(text, LineOf(key), kind, known) ? text : null;

    public bool IsKnown(string name, int line, string kind, IEnumerable<string> known)
    {
        var all = known as IReadOnlyCollection<string> ?? [.. known];
        if (all.Contains(name, StringComparer.Ordinal))
            return true;
        var nearest = Nearest(name, all);
        _problems.Add(line, nearest is null
            ? $"unknown {kind} '{name}' in {_what}: declare it or correct the name"
            : $"unknown {kind} '{name}' in {_what}: did you mean '{nearest}'?");
        return false;
    }

    /// <summary>A code of a closed set.</summary>
    public T Code<T>(string key, T otherwise)
        where T : struct, Enum
    {
        if (TextOrNull(key) is not { } text)
            return otherwise;
        if (ProcessCodes.Parse<T>(text) is { } value)
            return value;
        var all = string.Join(", ", Enum.GetValues<T>().Select(v => ProcessCodes.Of(v)));
        _problems.Add(LineOf(key), $"'{key}: {text}' of {_what} must be one of {all}");
        return otherwise;
    }

    /// <summary>The entries of a mapping under a key, each name once.</summary>
    public ImmutableArray<DataNode.Entry> Entries(string key, bool required = true)
    {
        switch (required ? Required(key) : Node(key))
        {
            case null:
                return [];
            case DataNode.Mapping map:
                foreach (var again in map.Entries.GroupBy(e => e.Key, StringComparer.Ordinal).SelectMany(g => g.Skip(1)))
                    _problems.Add(again.Line, $"'{key}' has '{again.Key}' twice: keep one");
                return [.. map.Entries.DistinctBy(e => e.Key, StringComparer.Ordinal)];
            case var node:
                _problems.Add(node.Line, $"'{key}' must be a mapping of names");
                return [];
        }
    }

    public ImmutableArray<DataNode> Items(string key)
    {
        switch (Node(key))
        {
            case null:
                return [];
            case DataNode.Sequence list:
                return list.Items;
            case var node:
                _problems.Add(node.Line, $"'{key}' must be a list");
                return [];
        }
    }

    /// <summary>Reports the keys nobody asked for. Call when all others are read.</summary>
    public void Done()
    {
        foreach (var key in _values.Keys.Where(k => !_asked.Contains(k)))
        {
            var nearest = Nearest(key, _asked);
            _problems.Add(_lines[key], nearest is null
                ? $"unknown key '{key}' in {_what}: remove it"
                : $"unknown key '{key}' in {_what}: did you mean '{nearest}'?");
        }
    }

    private string? Scalar(DataNode node, string key)
    {
        if (node is DataNode.Scalar { Text: { } text } && !string.IsNullOrWhiteSpace(text))
            return text.Trim();
        _problems.Add(node.Line, $"'{key}' of {_what} must be a text");
        return null;
    }

    private static string? Nearest(string name, IEnumerable<string> known) => known
        .Select(k => (Name: k, Distance: Distance(name.ToUpperInvariant(), k.ToUpperInvariant())))
        .Where(k => k.Distance <= Math.Max(1, name.Length / 3))
        .OrderBy(k => k.Distance).ThenBy(k => k.Name, StringComparer.Ordinal)
        .Select(k => k.Name).FirstOrDefault();

    /// <summary>Letters to change, add or remove to make one word of the other.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
