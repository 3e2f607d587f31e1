using System.Collections.Frozen;
using System.Collections.Immutable;

namespace PeerReview.Core.Frameworks;

/// <summary>What States assess themselves against: one version, one language of texts (English in the file itself).</summary>
/// <param name="Id">kebab-case, the same in every version.</param>
/// <param name="Version">1, 2, 3 …; a finished review keeps its version.</param>
/// <param name="Hash">SHA-256 over the canonical form of structure and English text, hex: what a review pins.</param>
public sealed record Framework(string Id, int Version, string Hash)
{
    private readonly FrozenDictionary<string, FrameworkItem> _byId = FrozenDictionary<string, FrameworkItem>.Empty;
    private FrozenDictionary<string, Framework> _languages = FrozenDictionary<string, Framework>.Empty;

    /// <summary>The language of its texts, ISO 639-1: English in the file itself.</summary>
    public string Language { get; private init; } = "en";

    /// <summary>Name shown to people.</summary>
    public string Title { get; init; } = "";

    /// <summary>Norms first, then pillars, in the order of the file.</summary>
    public ImmutableArray<FrameworkPart> Parts
    {
        get;
        init
        {
            field = value;
            _byId = value.SelectMany(p => p.Items).DistinctBy(i => i.Id, StringComparer.Ordinal)
                .ToFrozenDictionary(i => i.Id, StringComparer.Ordinal);
        }
    } = [];

    /// <summary>What an answer may say, in the order shown; codes are those of <c>AnswerValues</c>.</summary>
    public ImmutableArray<Term> Scale { get; init; } = [];

    /// <summary>rule, practice, evidence, last_tested.</summary>
    public ImmutableArray<Term> Layers { get; init; } = [];

    /// <summary>Critical-infrastructure sectors.</summary>
    public ImmutableArray<Term> Sectors { get; init; } = [];

    /// <summary>national to global.</summary>
    public ImmutableArray<Term> Levels { get; init; } = [];

    /// <summary>Impact lenses of findings and commitments.</summary>
    public ImmutableArray<Term> Lenses { get; init; } = [];

    /// <summary>open, secure, stable, accessible, peaceful.</summary>
    public ImmutableArray<Term> Outcomes { get; init; } = [];

    public ImmutableArray<Term> ActionTypes { get; init; } = [];

    public ImmutableArray<Term> ThreatKinds { get; init; } = [];

    public ImmutableArray<Term> Urgencies { get; init; } = [];

    /// <summary>Views over items that cut across the parts, such as readiness in an emergency.</summary>
    public ImmutableArray<Overlay> Overlays { get; init; } = [];

    /// <summary>Budget per variant.</summary>
    public ImmutableSortedDictionary<string, ItemBudget> Budgets { get; init; } =
        ImmutableSortedDictionary.Create<string, ItemBudget>(StringComparer.Ordinal);

    /// <summary>To industry commitments and to self-assessments a State may already have.</summary>
    public ImmutableArray<Crosswalk> Crosswalks { get; init; } = [];

    /// <summary>All items in the order of the file.</summary>
    public IEnumerable<FrameworkItem> Items => Parts.SelectMany(p => p.Items);

    /// <summary>An item by its full id (<c>N-c.c1</c>), or null.</summary>
    public FrameworkItem? Item(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The part an item belongs to.</summary>
    public FrameworkPart PartOf(FrameworkItem item) => Parts.Single(p => p.Id == item.Part);

    /// <summary>What a review can be about alone: each group of parts, then each part; groups in the order of their first part.</summary>
    public IEnumerable<string> Themes => Parts.SelectMany(p => p.Groups).Distinct(StringComparer.Ordinal).Concat(Parts.Select(p => p.Id));

    /// <summary>The items of a theme, in the order of the file; none where there is no such theme.</summary>
    /// <param name="theme">One of <see cref="Themes"/>.</param>
    public IEnumerable<FrameworkItem> ItemsOn(string theme) =>
        Parts.Where(p => p.Id == theme || p.Groups.Contains(theme, StringComparer.Ordinal)).SelectMany(p => p.Items);

    /// <summary>The path of every text, as a translation must have them.</summary>
    public ImmutableArray<string> TextPaths => FrameworkTexts.Paths(this);

    /// <summary>The same version with these languages beside English.</summary>
    public Framework With(IEnumerable<Translation> translations) => this with
    {
        _languages = translations.ToFrozenDictionary(
            t => t.Language, t => FrameworkTexts.Map(this, t.At) with { Language = t.Language }, StringComparer.Ordinal),
    };

    /// <summary>The same version with its texts in a language; in English where it has not been translated.</summary>
    /// <param name="language">ISO 639-1 code.</param>
    public Framework In(string language) => _languages.GetValueOrDefault(language, this);
}

/// <summary>A norm or a pillar.</summary>
/// <param name="Id"><c>N-a</c> … <c>N-k</c>, <c>P-STR</c> ….</param>
/// <param name="Kind">Norm or pillar.</param>
/// <param name="Title">Short title in our own words.</param>
/// <param name="Theme">The theme in a word or two.</param>
/// <param name="Source">A reference such as <c>A/70/174, 13(f)</c>, never the sentence; empty for pillars without one.</param>
/// <param name="Groups">Groups it belongs to, such as <c>critical_infrastructure</c>.</param>
/// <param name="Items">Its items, in order.</param>
public sealed record FrameworkPart(
    string Id, PartKind Kind, string Title, string Theme, string Source,
    ImmutableArray<string> Groups, ImmutableArray<FrameworkItem> Items)
{
    /// <summary>The group of the three norms on essential services.</summary>
    public const string CriticalInfrastructure = "critical_infrastructure";

    /// <summary>Whether its answers name the sectors they are about.</summary>
    public bool AsksForSectors => Groups.Contains(CriticalInfrastructure, StringComparer.Ordinal);
}

/// <summary>Norm or pillar.</summary>
public enum PartKind
{
    Norm,
    Pillar,
}

/// <summary>One question of the framework.</summary>
/// <param name="Id">Part plus code, everywhere: <c>N-c.c1</c>, <c>P-CBM.c1</c>.</param>
/// <param name="Part">The id of its part.</param>
/// <param name="Question">The question.</param>
/// <param name="Help">What a good answer contains, one line.</param>
/// <param name="InLightSet">One of the fixed items of the light set.</param>
/// <param name="Levels">Codes of the levels it speaks of.</param>
/// <param name="NeedsSectors">Its answer names the critical-infrastructure sectors it is about.</param>
public sealed record FrameworkItem(
    string Id, string Part, string Question, string Help, bool InLightSet, ImmutableArray<string> Levels, bool NeedsSectors);

/// <summary>A code with its text and, where useful, a line of help.</summary>
public sealed record Term(string Code, string Text, string Help = "");

/// <summary>How much may be answered in a variant.</summary>
/// <param name="MaxItems">Items at most.</param>
/// <param name="MaxWords">Words per answer, all layers together.</param>
public sealed record ItemBudget(int MaxItems, int MaxWords);

/// <summary>Items seen together under one heading.</summary>
/// <param name="Sector">The sector it is about, or null for all.</param>
public sealed record Overlay(string Code, string Title, string? Sector, ImmutableArray<string> Items);

/// <summary>Which parts or items match which entries of something else.</summary>
/// <param name="Kind">industry (commitments set beside the State's answer) or self_assessment (to import from).</param>
public sealed record Crosswalk(string Code, string Title, string Kind, ImmutableArray<CrosswalkEntry> Entries);

/// <summary>One entry of the other side.</summary>
/// <param name="Matches">Ids of parts (<c>N-e</c>), items (<c>N-g.g1</c>), or targets outside the items, such as
/// <c>evidence</c> and <c>action_plan</c>.</param>
public sealed record CrosswalkEntry(string Code, string Title, ImmutableArray<string> Matches);
