using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace PeerReview.Core.Process;

/// <summary>First pass over a process file: every key, every name, every number.</summary>
internal sealed partial class DefinitionReading(Problems problems, DataNode root, KnownNames known)
{
    /// <summary>Stages with a problem of their own, about which nothing more is said.</summary>
    public HashSet<string> Broken { get; } = new(StringComparer.Ordinal);

    private readonly Fields _top = new(problems, root, "the process");
    private ImmutableArray<string> _parties = [];
    private ImmutableArray<string> _roles = [];
    private ImmutableArray<string> _variants = [];
    private ImmutableArray<string> _subjects = [];
    private ImmutableArray<string> _stages = [];
    private ImmutableArray<string> _milestones = [];

    public DefinitionParts Read(string path)
    {
        _parties = Keys("parties");
        _roles = Keys("roles");
        _variants = Keys("variants");
        _subjects = Keys("subjects");
        _stages = Keys("stages");
        _milestones = Keys("milestones");
        var id = Id("process");
        var version = _top.Whole("version", 1, 9999);
        if (!path.EndsWith($"{id}.v{version}.yaml", StringComparison.Ordinal))
            _top.Problem("process", $"the file must be named {id}.v{version}.yaml, after its process and version");
        var parts = new DefinitionParts
        {
            Id = id,
            Version = version,
            Hash = CanonicalData.Hash(root),
            Title = _top.Text("title"),
            Offered = _top.Flag("offered", otherwise: false),
            End = Stage("end", required: true) ?? "",
            Publication = Stage("publication", required: false),
            Parties = Each("parties", Party),
            Roles = Each("roles", Role),
            Variants = Each("variants", Variant),
            Subjects = Each("subjects", Subject),
            Guards = Each("guards", Guard, required: false),
            Conditions = Each("conditions", Condition, required: false),
            Documents = Each("documents", Document, required: false),
            PauseReasons = Each("pause_reasons", PauseReason, required: false),
            ReminderProfiles = Each("reminders", Profile),
            Milestones = Each("milestones", Milestone, required: false),
            Escalation = Each("escalation", Level, required: false),
            May = May(),
            Limits = Limits(),
            Draw = _top.Node("draw") is { } draw ? new DrawReading(problems, draw, known).Read() : null,
            Stages = Stages(),
        };
        _top.Done();
        return parts;
    }

    private string Id(string key)
    {
        var id = _top.Text(key);
        if (id.Length > 0 && !KebabCase().IsMatch(id))
            _top.Problem(key, $"'{id}' must be in kebab-case: small letters, digits and single hyphens");
        return id;
    }

    private string? Stage(string key, bool required)
    {
        if (required)
            _top.Required(key);
        return _top.Name(key, "stage", _stages);
    }

    private ImmutableArray<string> Keys(string section) =>
        root is DataNode.Mapping map && map.Entries.FirstOrDefault(e => e.Key == section)?.Value is DataNode.Mapping inner
            ? [.. inner.Entries.Select(e => e.Key).Distinct(StringComparer.Ordinal)]
            : [];

    private ImmutableArray<T> Each<T>(string section, Func<string, Fields, T> read, bool required = true)
    {
        var items = ImmutableArray.CreateBuilder<T>();
        foreach (var entry in _top.Entries(section, required))
        {
            if (!Word().IsMatch(entry.Key))
                problems.Add(entry.Line, $"'{entry.Key}' in {section} must be of letters, digits, hyphens and low lines only");
            var fields = new Fields(problems, entry.Value, $"{section} {entry.Key}");
            items.Add(read(entry.Key, fields));
            fields.Done();
        }

        return items.ToImmutable();
    }

    private Party Party(string id, Fields f)
    {
        f.Required("authority");
        return new(id, f.Text("title"), f.Name("authority", "role", _roles) ?? "");
    }

    private Role Role(string id, Fields f)
    {
        if (id == Acting.SystemRole)
            problems.Add(f.Line, $"{id} is the program itself: give the role another name");
        f.Required("party");
        return new(id, f.Text("title"), f.Name("party", "party", _parties) ?? "", f.Name("alternate_of", "role", _roles),
            f.Name("held_per", "set", known.Sets), f.Flag("acts", otherwise: true));
    }

    private static Variant Variant(string id, Fields f) => new(
        id, f.Text("title"), f.Whole("reviewing_states", 0, 10), f.Whole("items_max", 0, 1000), f.Whole("words_per_answer", 0, 10_000));

    private static Subject Subject(string id, Fields f) => new(id, f.Text("title"), f.Text("owner"));

    private Guard Guard(string id, Fields f)
    {
        var attested = f.Flag("attested", otherwise: false);
        if (!attested)
            f.IsKnown(id, f.Line, "guard (the product cannot compute it; set 'attested: true')", known.Guards);
        return new Guard(id, f.Text("holds_when"), attested);
    }

    private Condition Condition(string id, Fields f)
    {
        var failed = f.Name("stage_failed", "stage", _stages);
        if (failed is null)
            f.IsKnown(id, f.Line, "condition (the product cannot answer it; set 'stage_failed')", known.Conditions);
        return new Condition(id, f.Text("holds_when"), failed);
    }

    private Document Document(string id, Fields f)
    {
        f.Required("visibility");
        return new(id, f.Text("title"), f.Name("visibility", "row of the visibility table", known.Visibility) ?? "");
    }

    private static NamedText PauseReason(string id, Fields f) => new(id, f.Text("title"));

    private ReminderProfile Profile(string id, Fields f)
    {
        var before = Steps(f, "before");
        var after = Steps(f, "after");
        var from = f.Whole("from_days", 0, 3660);
        return new ReminderProfile(id, from, f.WholeOrNull("to_days", from, 3660),
            [.. before.OrderDescending()], f.Flag("on_day", otherwise: true), [.. after.Order()]);
    }

    private static ImmutableArray<int> Steps(Fields f, string key)
    {
        var steps = from item in f.Items(key)
                    let days = f.Whole(item, key, 1, 365)
                    where days is not null
                    select days.Value;
        return [.. steps.Distinct()];
    }

    private Milestone Milestone(string id, Fields f)
    {
        var at = f.Code("at", MilestoneMoment.Closed);
        var stages = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var variant in _variants)
        {
            if (f.Name(variant, "stage", _stages) is { } stage)
                stages[variant] = stage;
        }

        return new Milestone(id, at, stages.ToImmutable());
    }

    private EscalationLevel Level(string id, Fields f) => new(
        id,
        f.Whole("overdue_days", 1, 365),
        f.Names("to", "role", [.. _roles, "acting", "alternate", "authority"]),
        f.Names("only_roles", "role", _roles),
        f.Code("effect", EscalationEffect.LogContact),
        f.Name("only_party", "party", _parties),
        f.Name("until_closed", "stage", _stages),
        f.Text("what"));

    private ImmutableSortedDictionary<string, ImmutableArray<string>> May()
    {
        var may = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);
        if (_top.Required("may") is not { } node)
            return may.ToImmutable();
        var fields = new Fields(problems, node, "may");
        foreach (var command in Steering)
        {
            var roles = fields.Names(command, "role", [.. _roles, Acting.SystemRole]);
            if (!roles.IsEmpty)
                may[command] = roles;
        }

        fields.Done();
        return may.ToImmutable();
    }

    /// <summary>Commands that are not the work of a stage's own actors.</summary>
    private static readonly ImmutableArray<string> Steering =
        ["skip", "extend", "pause", "change_variant", "defer", "suspend", "resume", "withdraw", "replace", "lapse"];

    private ProcessLimits Limits()
    {
        if (_top.Required("limits") is not { } node)
            return new ProcessLimits([], null, null, 0, 0);
        var f = new Fields(problems, node, "limits");
        var rules = ImmutableArray.CreateBuilder<DeferralRule>();
        foreach (var item in f.Items("deferral"))
        {
            var rule = new Fields(problems, item, "a deferral rule");
            rules.Add(new DeferralRule(rule.Name("before", "milestone", _milestones),
                rule.WholeOrNull("times", 0, 100), rule.WholeOrNull("max_days", 1, 3660)));
            rule.Done();
        }

        var limits = new ProcessLimits(
            rules.ToImmutable(),
            f.Name("withdraw_before", "milestone", _milestones),
            f.Name("deeper_before", "milestone", _milestones),
            f.WholeOrNull("cooldown_days", 0, 3660) ?? 0,
            f.WholeOrNull("notes_kept_days", 0, 3660) ?? 0);
        f.Done();
        return limits;
    }

    private ImmutableArray<Stage> Stages()
    {
        var entries = _top.Entries("stages");
        if (entries.Length > ProcessDefinition.MaxStages)
        {
            problems.Add(_top.LineOf("stages"),
                $"{entries.Length} stages; {ProcessDefinition.MaxStages} are allowed: join some or make two processes");
        }

        var reading = new StageReading(problems, known, new StageNames(
            _roles, _variants, _subjects, [.. entries.Select(e => e.Key)],
            Keys("guards"), Keys("conditions"), Keys("documents"), Keys("reminders")));
        var stages = ImmutableArray.CreateBuilder<Stage>(entries.Length);
        foreach (var entry in entries)
        {
            var before = problems.Count;
            stages.Add(reading.Read(entry, stages.Count));
            if (problems.Count > before)
                Broken.Add(entry.Key);
        }

        return stages.MoveToImmutable();
    }

    [GeneratedRegex(@"^[a-z][a-z0-9]*(-[a-z0-9]+)*\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex KebabCase();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_-]*\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Word();
}
