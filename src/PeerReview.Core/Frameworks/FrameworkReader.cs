using System.Collections.Immutable;

namespace PeerReview.Core.Frameworks;

/// <summary>What reading a framework file gave: the framework, or everything that is wrong with the file.</summary>
public sealed record FrameworkReading(Framework? Framework, ImmutableArray<DataProblem> Problems);

/// <summary>Reads a framework file and checks it. Refuses what it does not know, so that a typing error never passes.</summary>
public static class FrameworkReader
{
    /// <summary>Reads one file.</summary>
    /// <param name="root">The parsed file.</param>
    /// <param name="path">Its path, as the problems name it.</param>
    /// <returns>A framework and no problem, or no framework and every problem in the order of the lines.</returns>
    public static FrameworkReading Read(DataNode root, string path)
    {
        var problems = new ProblemList(path);
        var framework = Whole(root, problems);
        return problems.All is { IsEmpty: false } all || framework is null
            ? new FrameworkReading(null, problems.All)
            : new FrameworkReading(framework with { Hash = FrameworkForm.Hash(framework).ToString() }, []);
    }

    private static Framework? Whole(DataNode root, ProblemList problems)
    {
        var map = MapReader.Of(
            root, "the framework", problems, "id", "version", "language", "title", "scale", "layers", "levels", "sectors",
            "lenses", "outcomes", "action_types", "threat_kinds", "urgencies", "budgets", "parts", "overlays", "crosswalks");
        if (map is null)
            return null;
        if (map.Text("language") is var language and not "en" and not "")
            problems.Add(map.LineOf("language"), $"a framework file is written in \"en\", not \"{language}\"; put translations in files of their own");
        var levels = Terms.Read(map, "levels", problems);
        var sectors = Terms.Read(map, "sectors", problems);
        var parts = PartReader.Read(map, levels, problems);
        var framework = new Framework(map.Text("id"), map.Count("version"), "")
        {
            Title = map.Text("title"),
            Scale = Terms.Read(map, "scale", problems),
            Layers = Terms.Read(map, "layers", problems),
            Levels = levels,
            Sectors = sectors,
            Lenses = Terms.Read(map, "lenses", problems),
            Outcomes = Terms.Read(map, "outcomes", problems),
            ActionTypes = Terms.Read(map, "action_types", problems),
            ThreatKinds = Terms.Read(map, "threat_kinds", problems),
            Urgencies = Terms.Read(map, "urgencies", problems),
            Budgets = Budgets(map, problems),
            Parts = parts,
            Overlays = CrosswalkReader.Overlays(map, parts, sectors, problems),
            Crosswalks = CrosswalkReader.Crosswalks(map, parts, problems),
        };
        FrameworkChecks.Check(framework, map, problems);
        return framework;
    }

    private static ImmutableSortedDictionary<string, ItemBudget> Budgets(MapReader map, ProblemList problems)
    {
        var budgets = ImmutableSortedDictionary.CreateBuilder<string, ItemBudget>(StringComparer.Ordinal);
        foreach (var entry in map.Entries("budgets"))
        {
            if (MapReader.Of(entry.Value, $"the budget \"{entry.Key}\"", problems, "items", "words") is not { } budget)
                continue;
            if (!budgets.TryAdd(entry.Key, new ItemBudget(budget.Count("items"), budget.Count("words"))))
                problems.Add(entry.Line, $"the budget \"{entry.Key}\" stands twice; keep one");
        }

        return budgets.ToImmutable();
    }
}

/// <summary>Reads lists of codes with their texts.</summary>
internal static class Terms
{
    public static ImmutableArray<Term> Read(MapReader map, string key, ProblemList problems)
    {
        var terms = ImmutableArray.CreateBuilder<Term>();
        foreach (var node in map.Nodes(key))
        {
            if (MapReader.Of(node, $"an entry of \"{key}\"", problems, "code", "text", "help") is not { } entry)
                continue;
            var code = entry.Text("code");
            if (!Codes.IsSnake(code))
                problems.Add(node.Line, $"the code \"{code}\" of \"{key}\" should be lower-case letters, digits and single underscores");
            if (terms.Any(t => t.Code == code))
                problems.Add(node.Line, $"the code \"{code}\" stands twice in \"{key}\"; keep one");
            terms.Add(new Term(code, entry.Text("text"), entry.TextOr("help", "")));
        }

        return terms.ToImmutable();
    }
}

/// <summary>How codes look.</summary>
internal static class Codes
{
    public static bool IsSnake(string code) => code.Length > 0 && char.IsAsciiLetterLower(code[0]) && code[^1] != '_'
        && !code.Contains("__", StringComparison.Ordinal)
        && code.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');

    public static bool IsKebab(string code) => IsSnake(code.Replace('-', '_')) && !code.Contains('_', StringComparison.Ordinal);
}
