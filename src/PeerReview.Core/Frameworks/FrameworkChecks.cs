using System.Collections.Immutable;
using PeerReview.Core.Assessment;

namespace PeerReview.Core.Frameworks;

/// <summary>What must hold between the parts of a framework, and between it and the rules that use it.</summary>
internal static class FrameworkChecks
{
    private static readonly ImmutableArray<string> Layers = ["rule", "practice", "evidence", "last_tested"];
    private static readonly ImmutableArray<string> Urgencies = ["normal", "do_not_wait"];

    public static void Check(Framework framework, MapReader map, ProblemList problems)
    {
        if (framework.Id.Length > 0 && !Codes.IsKebab(framework.Id))
            problems.Add(map.LineOf("id"), $"the id \"{framework.Id}\" should be lower-case letters, digits and single hyphens");
        Exactly(map, "scale", framework.Scale, [.. Enum.GetValues<AnswerValue>().Select(v => v.Code())], problems);
        Exactly(map, "layers", framework.Layers, Layers, problems);
        Exactly(map, "urgencies", framework.Urgencies, Urgencies, problems);
        var light = framework.Items.Count(i => i.InLightSet);
        if (light == 0)
            problems.Add(map.LineOf("parts"), "no item is marked \"light: true\"; a light review would have nothing to answer");
        foreach (var (variant, budget) in framework.Budgets.Where(b => b.Value.MaxItems < light))
            problems.Add(map.LineOf("budgets"), $"the budget \"{variant}\" allows {budget.MaxItems} items and {light} are fixed; raise it or unmark items");
        if (!framework.Budgets.ContainsKey("light"))
            problems.Add(map.LineOf("budgets"), "the budget \"light\" is missing; add it with items and words");
    }

    /// <summary>Lists whose entries rules know by name: neither more nor fewer, in the order in which they are shown.</summary>
    private static void Exactly(
        MapReader map, string key, ImmutableArray<Term> terms, ImmutableArray<string> codes, ProblemList problems)
    {
        if (!terms.IsEmpty && !terms.Select(t => t.Code).SequenceEqual(codes, StringComparer.Ordinal))
            problems.Add(map.LineOf(key), $"\"{key}\" should hold exactly {string.Join(", ", codes)}, in this order");
    }
}
