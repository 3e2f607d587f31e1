using System.Collections.Immutable;

namespace PeerReview.Core.Frameworks;

/// <summary>Reads norms and pillars with their items.</summary>
internal static class PartReader
{
    public static ImmutableArray<FrameworkPart> Read(MapReader map, ImmutableArray<Term> levels, ProblemList problems)
    {
        var parts = ImmutableArray.CreateBuilder<FrameworkPart>();
        var items = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in map.Nodes("parts"))
        {
            var entry = MapReader.Of(node, "a part", problems, "id", "kind", "title", "theme", "source", "groups", "items");
            if (entry is null)
                continue;
            var part = Part(entry, levels, items, problems);
            if (parts.Any(p => p.Id == part.Id))
                problems.Add(node.Line, $"the part \"{part.Id}\" stands twice; give each its own id");
            if (part.Kind == PartKind.Norm && parts.Any(p => p.Kind == PartKind.Pillar))
                problems.Add(node.Line, $"the norm \"{part.Id}\" stands after a pillar; norms come first");
            parts.Add(part);
        }

        return parts.ToImmutable();
    }

    private static FrameworkPart Part(MapReader entry, ImmutableArray<Term> levels, HashSet<string> seen, ProblemList problems)
    {
        var id = entry.Text("id");
        var kind = entry.Text("kind");
        if (kind is not ("norm" or "pillar" or ""))
            problems.Add(entry.LineOf("kind"), $"the kind of \"{id}\" should be norm or pillar, not \"{kind}\"");
        var prefix = kind == "norm" ? "N-" : "P-";
        if (id.Length > 0 && (!id.StartsWith(prefix, StringComparison.Ordinal) || !id[2..].All(char.IsAsciiLetter) || id.Length == 2))
            problems.Add(entry.LineOf("id"), $"the id \"{id}\" of a {kind} should be {prefix} and letters");
        var groups = entry.Texts("groups");
        foreach (var group in groups.Where(g => g != FrameworkPart.CriticalInfrastructure))
            problems.Add(entry.LineOf("groups"), $"there is no group \"{group}\"; the one there is is {FrameworkPart.CriticalInfrastructure}");
        var sectors = groups.Contains(FrameworkPart.CriticalInfrastructure, StringComparer.Ordinal);
        var items = ImmutableArray.CreateBuilder<FrameworkItem>();
        foreach (var node in entry.Nodes("items"))
        {
            if (Item(node, id, sectors, levels, problems) is not { } item)
                continue;
            if (!seen.Add(item.Id))
                problems.Add(node.Line, $"the item \"{item.Id}\" stands twice; give each its own id");
            items.Add(item);
        }

        return new FrameworkPart(
            id, kind == "pillar" ? PartKind.Pillar : PartKind.Norm, entry.Text("title"), entry.Text("theme"),
            entry.TextOr("source", ""), groups, items.ToImmutable());
    }

    private static FrameworkItem? Item(
        DataNode node, string part, bool sectors, ImmutableArray<Term> known, ProblemList problems)
    {
        if (MapReader.Of(node, "an item", problems, "id", "light", "levels", "question", "help") is not { } entry)
            return null;
        var id = entry.Text("id");
        var code = id.StartsWith(part + ".", StringComparison.Ordinal) ? id[(part.Length + 1)..] : "";
        if (code.Length == 0 || !char.IsAsciiLetterLower(code[0]) || !code.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)))
            problems.Add(entry.LineOf("id"), $"the id \"{id}\" should be \"{part}.\" and a code such as a1: short codes repeat between parts");
        var levels = entry.Texts("levels");
        if (levels.IsEmpty)
            problems.Add(entry.Line, $"the item \"{id}\" lacks \"levels\"; name at least one");
        foreach (var level in levels.Where(l => known.All(k => k.Code != l)))
            problems.Add(entry.LineOf("levels"), $"the level \"{level}\" of \"{id}\" is not in \"levels\"; use one of {string.Join(", ", known.Select(k => k.Code))}");
        return new FrameworkItem(
            id, part, entry.Text("question"), entry.Text("help"), entry.Flag("light"), levels, sectors);
    }
}
