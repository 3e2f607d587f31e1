using System.Collections.Frozen;
using System.Collections.Immutable;

namespace PeerReview.Core.Process;

/// <summary>One version of a process, read from <c>workflows/processes</c>: who acts, in which order, for how long, and
/// what must hold. Immutable; every question about it is answered from tables made once.</summary>
/// <remarks>Made by <see cref="DefinitionReader"/> only, so a definition in hand has passed every check.</remarks>
public sealed partial class ProcessDefinition
{
    /// <summary>Stages are kept as bits of one machine word, so no process has more.</summary>
    public const int MaxStages = 64;

    private readonly FrozenDictionary<string, int> _stageIndex;
    private readonly FrozenDictionary<string, int> _variantIndex;
    private readonly FrozenDictionary<string, int> _subjectIndex;
    private readonly FrozenDictionary<string, Role> _roles;
    private readonly ImmutableArray<ulong> _exists;

    private readonly FrozenDictionary<string, ProcessDefinition> _languages;

    internal ProcessDefinition(DefinitionParts parts)
        : this(parts, [])
    {
    }

    private ProcessDefinition(DefinitionParts parts, IEnumerable<Translation> translations)
    {
        Parts = parts;
        _languages = translations.ToFrozenDictionary(
            t => t.Language, t => new ProcessDefinition(ProcessTexts.Map(parts, t.At)), StringComparer.Ordinal);
        _stageIndex = Index(parts.Stages, s => s.Id);
        _variantIndex = Index(parts.Variants, v => v.Id);
        _subjectIndex = Index(parts.Subjects, s => s.Id);
        _roles = parts.Roles.ToFrozenDictionary(r => r.Id, StringComparer.Ordinal);
        _exists = ExistenceMasks(parts);
        Order = TopologicalOrder(parts.Stages);
        Ordered = [.. Order.Select(i => parts.Stages[i])];
        Descendants = DescendantMasks(parts.Stages, Order);
        First = parts.Stages.First(s => s.After.IsEmpty);
        End = parts.Stages[_stageIndex[parts.End]];
        Publication = parts.Publication is { } id ? parts.Stages[_stageIndex[id]] : null;
    }

    internal DefinitionParts Parts { get; }

    /// <summary>Stable name, kebab-case: <c>voluntary-review</c>.</summary>
    public string Id => Parts.Id;

    /// <summary>Counts from 1; a published version never changes.</summary>
    public int Version => Parts.Version;

    /// <summary>SHA-256, 64 lower-case hexadecimal digits, over the parsed canonical form (structure and English text).</summary>
    public string Hash => Parts.Hash;

    /// <summary>English name for people.</summary>
    public string Title => Parts.Title;

    /// <summary>Whether programmes offer it without being told to.</summary>
    public bool OfferedByDefault => Parts.Offered;

    /// <summary>The sides of a review, each with its own clock.</summary>
    public ImmutableArray<Party> Parties => Parts.Parties;

    public ImmutableArray<Role> Roles => Parts.Roles;

    /// <summary>Lightest first: moving to an earlier one is moving down.</summary>
    public ImmutableArray<Variant> Variants => Parts.Variants;

    public ImmutableArray<Subject> Subjects => Parts.Subjects;

    /// <summary>In the order of the file; <see cref="Stage.Index"/> is the place in this list.</summary>
    public ImmutableArray<Stage> Stages => Parts.Stages;

    /// <summary>In the order in which they are reached.</summary>
    public ImmutableArray<Milestone> Milestones => Parts.Milestones;

    public ImmutableArray<ReminderProfile> ReminderProfiles => Parts.ReminderProfiles;

    public ImmutableArray<EscalationLevel> Escalation => Parts.Escalation;

    public ProcessLimits Limits => Parts.Limits;

    public ImmutableArray<Guard> Guards => Parts.Guards;

    public ImmutableArray<Condition> Conditions => Parts.Conditions;

    public ImmutableArray<Document> Documents => Parts.Documents;

    /// <summary>Why a clock may be paused: codes with their English text.</summary>
    public ImmutableArray<NamedText> PauseReasons => Parts.PauseReasons;

    /// <summary>Who may steer the process: command name (snake_case) to roles.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> May => Parts.May;

    /// <summary>How reviewing States are drawn; null where none are.</summary>
    public DrawRules? Draw => Parts.Draw;

    /// <summary>The one stage without <c>after</c>; completing it is launching.</summary>
    public Stage First { get; }

    /// <summary>When this stage closes the review is closed.</summary>
    public Stage End { get; }

    /// <summary>The stage at whose end something is public, for forecasts; null when the process has none.</summary>
    public Stage? Publication { get; }

    /// <summary>Stage indices, each after all its predecessors.</summary>
    internal ImmutableArray<int> Order { get; }

    /// <summary>The stages, each after all its predecessors.</summary>
    public ImmutableArray<Stage> Ordered { get; }

    /// <summary>Per stage, the bits of every stage that comes after it, directly or not.</summary>
    internal ImmutableArray<ulong> Descendants { get; }

    /// <summary>The stage of that id, or null.</summary>
    public Stage? FindStage(string id) => _stageIndex.TryGetValue(id, out var i) ? Parts.Stages[i] : null;

    /// <summary>The stage of that id.</summary>
    /// <exception cref="KeyNotFoundException">There is none: the caller holds an id of another process.</exception>
    public Stage Stage(string id) => Parts.Stages[_stageIndex[id]];

    public Variant? FindVariant(string id) => _variantIndex.TryGetValue(id, out var i) ? Parts.Variants[i] : null;

    public Subject? FindSubject(string id) => _subjectIndex.TryGetValue(id, out var i) ? Parts.Subjects[i] : null;

    public Role? FindRole(string id) => _roles.GetValueOrDefault(id);

    public Role Role(string id) => _roles[id];

    public Party? FindParty(string id) => Parts.Parties.FirstOrDefault(p => p.Id == id);

    /// <summary>Whether the stage is there at all in this variant for this kind of subject.</summary>
    public bool Exists(Stage stage, string variant, string subject) => (ExistsMask(variant, subject) & stage.Bit) != 0;

    /// <summary>Calendar days of the stage in that variant; null where it does not exist.</summary>
    public int? Days(Stage stage, string variant) => stage.Days[_variantIndex[variant]];

    /// <summary>The roles that may act as this role: itself and its alternates.</summary>
    public bool ActsAs(string held, string role) =>
        held == role || (_roles.TryGetValue(held, out var r) && r.AlternateOf == role);

    /// <summary>These roles and the ones that may stand in for them.</summary>
    public ImmutableArray<string> WithAlternates(ImmutableArray<string> roles) =>
        [.. roles, .. Parts.Roles.Where(r => r.AlternateOf is { } of && roles.Has(of) && !roles.Has(r.Id)).Select(r => r.Id)];

    /// <summary>The path of every text, as a translation must have them.</summary>
    public ImmutableArray<string> TextPaths => ProcessTexts.Paths(Parts);

    /// <summary>The same version with these languages beside English.</summary>
    public ProcessDefinition With(IEnumerable<Translation> translations) => new(Parts, translations);

    /// <summary>The same version with its texts in a language, for reading only; in English where it has not been translated.</summary>
    /// <param name="language">ISO 639-1 code.</param>
    public ProcessDefinition In(string language) => _languages.GetValueOrDefault(language, this);

    internal int IndexOf(string stage) => _stageIndex[stage];

    internal ulong ExistsMask(string variant, string subject) =>
        _exists[(_variantIndex[variant] * Parts.Subjects.Length) + _subjectIndex[subject]];

    private static FrozenDictionary<string, int> Index<T>(ImmutableArray<T> items, Func<T, string> key) =>
        items.Select((item, i) => (Key: key(item), Index: i))
            .ToFrozenDictionary(x => x.Key, x => x.Index, StringComparer.Ordinal);
}
