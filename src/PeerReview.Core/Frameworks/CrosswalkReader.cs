using System.Collections.Immutable;

namespace PeerReview.Core.Frameworks;

/// <summary>Reads overlays and crosswalks, which name parts and items.</summary>
internal static class CrosswalkReader
{
    /// <summary>What an entry may match outside the items: links under an answer, fields of the action plan.</summary>
    private static readonly ImmutableArray<string> Elsewhere = ["evidence", "action_plan"];

    public static ImmutableArray<Overlay> Overlays(
        MapReader map, ImmutableArray<FrameworkPart> parts, ImmutableArray<Term> sectors, ProblemList problems)
    {
        var items = parts.SelectMany(p => p.Items).Select(i => i.Id).ToHashSet(StringComparer.Ordinal);
        var overlays = ImmutableArray.CreateBuilder<Overlay>();
        foreach (var node in map.Nodes("overlays", optional: true))
        {
            if (MapReader.Of(node, "an overlay", problems, "code", "title", "sector", "items") is not { } entry)
                continue;
            var sector = entry.TextOr("sector", "");
            if (sector.Length > 0 && sectors.All(s => s.Code != sector))
                problems.Add(entry.LineOf("sector"), $"the sector \"{sector}\" is not in \"sectors\"");
            var named = entry.Texts("items");
            foreach (var item in named.Where(i => !items.Contains(i)))
                problems.Add(entry.LineOf("items"), $"there is no item \"{item}\"; use full ids such as N-g.g1");
            overlays.Add(new Overlay(Code(entry, problems), entry.Text("title"), sector.Length > 0 ? sector : null, named));
        }

        return overlays.ToImmutable();
    }

    public static ImmutableArray<Crosswalk> Crosswalks(MapReader map, ImmutableArray<FrameworkPart> parts, ProblemList problems)
    {
        var targets = parts.Select(p => p.Id).Concat(parts.SelectMany(p => p.Items).Select(i => i.Id)).Concat(Elsewhere)
            .ToHashSet(StringComparer.Ordinal);
        var crosswalks = ImmutableArray.CreateBuilder<Crosswalk>();
        foreach (var node in map.Nodes("crosswalks", optional: true))
        {
            if (MapReader.Of(node, "a crosswalk", problems, "code", "kind", "title", "entries") is not { } entry)
                continue;
            var kind = entry.Text("kind");
            if (kind is not ("industry" or "self_assessment" or ""))
                problems.Add(entry.LineOf("kind"), $"the kind of a crosswalk should be industry or self_assessment, not \"{kind}\"");
            crosswalks.Add(new Crosswalk(Code(entry, problems), entry.Text("title"), kind, Entries(entry, targets, problems)));
        }

        return crosswalks.ToImmutable();
    }

    private static ImmutableArray<CrosswalkEntry> Entries(MapReader crosswalk, HashSet<string> targets, ProblemList problems)
    {
        var entries = ImmutableArray.CreateBuilder<CrosswalkEntry>();
        foreach (var node in crosswalk.Nodes("entries"))
        {
            if (MapReader.Of(node, "an entry of a crosswalk", problems, "code", "title", "matches") is not { } entry)
                continue;
            var matches = entry.Texts("matches");
            foreach (var match in matches.Where(m => !targets.Contains(m)))
                problems.Add(entry.LineOf("matches"), $"there is no part or item \"{match}\"; use an id of this file, or {string.Join(" or ", Elsewhere)}");
            entries.Add(new CrosswalkEntry(entry.Text("code"), entry.Text("title"), matches));
        }

        return entries.ToImmutable();
    }

    private static string Code(MapReader entry, ProblemList problems)
    {
        var code = entry.Text("code");
        if (code.Length > 0 && !Codes.IsSnake(code))
            problems.Add(entry.LineOf("code"), $"the code \"{code}\" should be lower-case letters, digits and single underscores");
        return code;
    }
}
