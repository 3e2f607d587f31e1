using System.Collections.Immutable;

namespace PeerReview.Core.Process;

/// <summary>Second pass over a process file: what only the whole can show.</summary>
internal static class DefinitionChecks
{
    /// <param name="broken">Stages that already have a problem: what follows from it is not said again.</param>
    public static void Check(DefinitionParts parts, DataNode root, HashSet<string> broken, Problems problems)
    {
        var at = new Lines(root);
        Roles(parts, at, problems);
        foreach (var stage in parts.Stages.Where(s => !broken.Contains(s.Id)))
        {
            Actors(parts, stage, at, problems);
            Place(parts, stage, at, problems);
            Reminders(parts, stage, at, problems);
        }

        Milestones(parts, at, problems);
        First(parts, at, broken, problems);
        if (Cycle(parts, at, problems))
            return;
        Ends(parts, at, problems);
        Takeovers(parts, at, problems);
    }

    private static void Roles(DefinitionParts parts, Lines at, Problems problems)
    {
        foreach (var role in parts.Roles.Where(r => r.AlternateOf is not null))
        {
            if (parts.Roles.First(r => r.Id == role.AlternateOf) is { AlternateOf: not null } or { Acts: false })
                problems.Add(at.Of("roles", role.Id), $"{role.Id} stands in for {role.AlternateOf}, which does not act itself: name a role that does");
        }
    }

    private static void Actors(DefinitionParts parts, Stage stage, Lines at, Problems problems)
    {
        var line = at.Of("stages", stage.Id, "acts");
        foreach (var role in stage.Acts.Where(id => !parts.Roles.First(r => r.Id == id).Acts))
            problems.Add(line, $"{role} only reads and cannot act in stage {stage.Id}: name a role that acts");
        if (stage.Acts.IsEmpty)
            problems.Add(line, $"nobody can act in stage {stage.Id}: name at least one role");
        foreach (var role in stage.Acts.Where(r => !stage.Beside.Has(r) && !stage.Each.Any(e => e.By.Has(r))))
            problems.Add(line, $"{role} acts in no part of stage {stage.Id}: add it to 'beside' or to 'by' of a branch");
        if (stage.Each.Any(e => e.By.IsEmpty))
            problems.Add(at.Of("stages", stage.Id, "each"), $"nobody acts in a branch of stage {stage.Id}: name the roles in 'by'");
        foreach (var exit in stage.Exit.Where(e => e.From is not null && stage.Mode != ActsMode.Sequence))
            problems.Add(at.Of("stages", stage.Id, "exit"), $"'from' of {exit.Guard} needs 'mode: sequence' in stage {stage.Id}");
    }

    private static void Place(DefinitionParts parts, Stage stage, Lines at, Problems problems)
    {
        if (stage.Days.All(d => d is null))
            problems.Add(at.Of("stages", stage.Id, "days"), $"stage {stage.Id} cannot be reached: give it days in at least one variant");
        foreach (var variant in stage.OptionalIn)
        {
            if (stage.Days[Index(parts.Variants, v => v.Id == variant)] is null)
                problems.Add(at.Of("stages", stage.Id, "optional"), $"stage {stage.Id} is optional in {variant} but does not exist there: give it days");
        }

        if (stage.OnSilence is { Effect: not SilenceEffect.Wait } && !parts.May.ContainsKey("lapse"))
            problems.Add(at.Of("stages", stage.Id, "on_silence"), "nobody may count silence: add 'lapse: [SYSTEM]' under 'may'");
        if (!stage.OptionalIn.IsEmpty && !parts.May.ContainsKey("skip"))
            problems.Add(at.Of("stages", stage.Id, "optional"), "nobody may leave a stage out: name roles under 'may: skip'");
    }

    private static void Reminders(DefinitionParts parts, Stage stage, Lines at, Problems problems)
    {
        if (stage.Reminders is not null)
            return;
        foreach (var days in stage.Days.OfType<int>().Distinct())
        {
            var fitting = parts.ReminderProfiles.Count(p => days >= p.MinDays && (p.MaxDays is null || days <= p.MaxDays));
            if (fitting != 1)
            {
                problems.Add(at.Of("stages", stage.Id, "days"), $"{fitting} reminder profiles fit {days} days of stage {stage.Id}: "
                    + "let the profiles cover every length once, or name one in 'reminders'");
            }
        }
    }

    private static void Milestones(DefinitionParts parts, Lines at, Problems problems)
    {
        foreach (var milestone in parts.Milestones)
        {
            foreach (var (variant, id) in milestone.Stages)
            {
                if (parts.Stages.First(s => s.Id == id).Days[Index(parts.Variants, v => v.Id == variant)] is null)
                {
                    problems.Add(at.Of("milestones", milestone.Id, variant), $"stage {id} does not exist in {variant}: "
                        + "name another stage or leave the variant out");
                }
            }
        }
    }

    /// <summary>Exactly one stage begins, everywhere and with one act, because completing it is launching.</summary>
    private static void First(DefinitionParts parts, Lines at, HashSet<string> broken, Problems problems)
    {
        var firsts = parts.Stages.Where(s => s.After.IsEmpty && !broken.Contains(s.Id)).ToImmutableArray();
        if (!parts.Stages.IsEmpty && parts.Stages.All(s => !s.After.IsEmpty))
            problems.Add(at.Of("stages"), "no stage can be the first: one must have an empty 'after'");
        foreach (var other in firsts.Skip(1))
            problems.Add(at.Of("stages", other.Id), $"stage {other.Id} cannot be reached: only {firsts[0].Id} begins, so say what it comes 'after'");
        if (firsts.FirstOrDefault() is { } first
            && (!first.OneAct || first.When is not null || !first.OptionalIn.IsEmpty || !first.Subjects.IsEmpty || first.Days.Any(d => d is null)))
        {
            problems.Add(at.Of("stages", first.Id), $"the first stage {first.Id} is the launch: it needs days in every variant and no "
                + "'mode', 'each', 'when', 'optional' or 'subjects'");
        }
    }

    private static bool Cycle(DefinitionParts parts, Lines at, Problems problems)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var start in parts.Stages)
        {
            if (FindCycle(parts, start.Id, [], done) is not { } cycle)
                continue;
            problems.Add(at.Of("stages", cycle[0], "after"), $"the stages {string.Join(" → ", cycle)} wait for each other: "
                + "take one out of the other's 'after'");
            return true;
        }

        return false;
    }

    private static ImmutableList<string>? FindCycle(DefinitionParts parts, string id, ImmutableList<string> path, HashSet<string> done)
    {
        if (path.IndexOf(id) is var i and >= 0)
            return path.GetRange(i, path.Count - i).Add(id);
        if (!done.Contains(id))
        {
            foreach (var before in parts.Stages.First(s => s.Id == id).After)
            {
                if (FindCycle(parts, before, path.Add(id), done) is { } cycle)
                    return cycle;
            }

            done.Add(id);
        }

        return null;
    }

    private static void Ends(DefinitionParts parts, Lines at, Problems problems)
    {
        if (parts.Stages.FirstOrDefault(s => s.Id == parts.End) is not { } end)
            return;
        for (var v = 0; v < parts.Variants.Length; v++)
        {
            if (end.Days[v] is null)
                problems.Add(at.Of("end"), $"variant {parts.Variants[v].Id} has no end: stage {end.Id} does not exist in it; give it days there");
        }

        if (!end.Subjects.IsEmpty || end.When is not null || !end.OptionalIn.IsEmpty)
            problems.Add(at.Of("stages", end.Id), $"the end {end.Id} must always take place: remove 'subjects', 'when' and 'optional'");
        foreach (var late in parts.Stages.Where(s => s.After.Has(end.Id)))
            problems.Add(at.Of("stages", late.Id, "after"), $"stage {late.Id} cannot be reached: the review is closed with {end.Id}");
    }

    private static void Takeovers(DefinitionParts parts, Lines at, Problems problems)
    {
        foreach (var stage in parts.Stages)
        {
            if (stage.OnFail is { } to && !parts.Stages.First(s => s.Id == to).After.Has(stage.Id))
                problems.Add(at.Of("stages", stage.Id, "on_fail"), $"stage {to} takes over when {stage.Id} fails, so it must come 'after' it");
            foreach (var earlier in stage.Return?.To ?? [])
            {
                if (!Before(parts, stage).Contains(earlier))
                    problems.Add(at.Of("stages", stage.Id, "return"), $"stage {stage.Id} can send back only what comes before it; {earlier} does not");
            }

            var condition = parts.Conditions.FirstOrDefault(c => c.Id == stage.When);
            if (condition?.FailedStage is { } failed
                && (!Before(parts, stage).Contains(failed) || parts.Stages.First(s => s.Id == failed).OnFail is null))
            {
                problems.Add(at.Of("stages", stage.Id, "when"), $"stage {stage.Id} cannot be reached: {failed} must come before it and have an 'on_fail'");
            }
        }
    }

    private static HashSet<string> Before(DefinitionParts parts, Stage stage)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(stage.After);
        while (open.TryPop(out var id))
        {
            if (!found.Add(id))
                continue;
            foreach (var before in parts.Stages.First(s => s.Id == id).After)
                open.Push(before);
        }

        return found;
    }

    private static int Index<T>(ImmutableArray<T> items, Func<T, bool> match) => items.TakeWhile(i => !match(i)).Count();

    /// <summary>Lines of a place given by its keys; of the nearest place above it that is there.</summary>
    internal sealed class Lines(DataNode root)
    {
        public int Of(params ReadOnlySpan<string> keys)
        {
            var node = root;
            var line = root.Line;
            foreach (var key in keys)
            {
                if (node is not DataNode.Mapping map)
                    break;
                var entry = map.Entries.FirstOrDefault(e => e.Key == key);
                if (entry is null)
                    break;
                (line, node) = (entry.Line, entry.Value);
            }

            return line;
        }
    }
}
