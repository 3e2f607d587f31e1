using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace PeerReview.Core.Process;

/// <summary>Names a stage may refer to.</summary>
internal sealed record StageNames(
    ImmutableArray<string> Roles,
    ImmutableArray<string> Variants,
    ImmutableArray<string> Subjects,
    ImmutableArray<string> Stages,
    ImmutableArray<string> Guards,
    ImmutableArray<string> Conditions,
    ImmutableArray<string> Documents,
    ImmutableArray<string> Reminders);

/// <summary>Reads one stage of a process file.</summary>
internal sealed partial class StageReading(Problems problems, KnownNames known, StageNames names)
{
    public Stage Read(DataNode.Entry entry, int index)
    {
        if (!SnakeCase().IsMatch(entry.Key))
            problems.Add(entry.Line, $"stage '{entry.Key}' must be in snake_case: small letters, digits and single low lines");
        var f = new Fields(problems, entry.Value, $"stage {entry.Key}");
        f.Required("acts");
        var acts = f.Names("acts", "role", names.Roles);
        var after = f.Names("after", "stage", names.Stages);
        var each = FanOuts(f, acts);
        var beside = f.Node("beside") is null
            ? [.. acts.Where(r => !each.Any(e => e.By.Has(r)))]
            : f.Names("beside", "role of the stage", acts);
        var mode = f.Code("mode", ActsMode.Any);
        var stage = new Stage
        {
            Index = index,
            Id = entry.Key,
            Title = f.Text("title"),
            What = f.Text("what"),
            Acts = acts,
            Mode = mode,
            After = after,
            AfterMask = after.Aggregate(0UL, (mask, id) => mask | (1UL << names.Stages.IndexOf(id))),
            Offset = f.WholeOrNull("offset", 0, 3660) ?? 0,
            Days = Days(f),
            Subjects = f.Names("subjects", "kind of subject", names.Subjects),
            Each = each,
            Beside = beside,
            When = f.Name("when", "condition", names.Conditions),
            OptionalIn = f.Names("optional", "variant", names.Variants),
            Waivable = f.Flag("waivable", otherwise: false),
            Exit = Exits(f, acts, each),
            Extend = f.Node("extend") is { } extend ? Extend(extend) : null,
            Return = f.Node("return") is { } back ? Return(back) : null,
            OnFail = f.Name("on_fail", "stage", names.Stages),
            OnSilence = f.Node("on_silence") is { } silence ? Silence(silence) : null,
            Makes = f.Names("makes", "document", names.Documents),
            Reminders = f.Name("reminders", "reminder profile", names.Reminders),
        };
        f.Done();
        return stage;
    }

    /// <summary>One number for all variants, or a number for each variant that has the stage.</summary>
    private ImmutableArray<int?> Days(Fields f)
    {
        switch (f.Required("days"))
        {
            case DataNode.Mapping map:
                var days = new Fields(problems, map, $"days");
                ImmutableArray<int?> each = [.. names.Variants.Select(v =>
                    days.Node(v) is { } node and not DataNode.Scalar { Text: null } ? days.Days(node, "days") : null)];
                days.Done();
                return each;
            case { } node:
                var one = f.Days(node, "days");
                return [.. names.Variants.Select(_ => one)];
            default:
                return [.. names.Variants.Select(_ => (int?)null)];
        }
    }

    private ImmutableArray<FanOut> FanOuts(Fields f, ImmutableArray<string> acts)
    {
        var items = f.Node("each") switch
        {
            null => [],
            DataNode.Sequence list => list.Items,
            var single => [single],
        };
        return [.. items.Select(item => FanOut(item, acts))];
    }

    private FanOut FanOut(DataNode item, ImmutableArray<string> acts)
    {
        if (item is DataNode.Scalar { Text: { } over })
        {
            if (!known.Sets.Has(over))
                problems.Add(item.Line, $"unknown set '{over}': a stage can have a branch for each {string.Join(", ", known.Sets)}");
            return new FanOut(over, acts, null);
        }

        var f = new Fields(problems, item, "each");
        f.Required("over");
        var fan = new FanOut(
            f.Name("over", "set", known.Sets) ?? "",
            f.Node("by") is null ? acts : f.Names("by", "role of the stage", acts),
            f.TextOrNull("quorum") is null or "all" ? null : f.WholeOrNull("quorum", 1, 1000));
        f.Done();
        return fan;
    }

    private ImmutableArray<ExitGuard> Exits(Fields f, ImmutableArray<string> acts, ImmutableArray<FanOut> each)
    {
        var exits = ImmutableArray.CreateBuilder<ExitGuard>();
        foreach (var item in f.Items("exit"))
        {
            if (item is DataNode.Scalar { Text: { } name })
            {
                f.IsKnown(name, item.Line, "guard", names.Guards);
                exits.Add(new ExitGuard(name));
                continue;
            }

            var exit = new Fields(problems, item, "exit");
            exit.Required("guard");
            var branch = exit.Flag("per_branch", otherwise: false);
            if (branch && each.IsEmpty)
                exit.Problem("per_branch", "the stage has no branches: remove 'per_branch' or add 'each'");
            exits.Add(new ExitGuard(exit.Name("guard", "guard", names.Guards) ?? "", branch, exit.Name("from", "role of the stage", acts)));
            exit.Done();
        }

        return exits.ToImmutable();
    }

    private ExtendRule Extend(DataNode node)
    {
        var f = new Fields(problems, node, "extend");
        var rule = new ExtendRule(f.Whole("times", 1, 20), f.Whole("max_days", 1, 3660));
        f.Done();
        return rule;
    }

    private ReturnRule Return(DataNode node)
    {
        var f = new Fields(problems, node, "return");
        f.Required("to");
        var rule = new ReturnRule(f.Names("to", "stage", names.Stages), f.Whole("times", 1, 20), f.Whole("days", 1, 3660));
        f.Done();
        return rule;
    }

    private SilenceRule Silence(DataNode node)
    {
        var f = new Fields(problems, node, "on_silence");
        f.Required("effect");
        var rule = new SilenceRule(f.Code("effect", SilenceEffect.Wait), f.Text("what"));
        f.Done();
        return rule;
    }

    [GeneratedRegex(@"^[a-z][a-z0-9]*(_[a-z0-9]+)*\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex SnakeCase();
}
