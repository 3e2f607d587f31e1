using System.Collections.Immutable;

namespace PeerReview.Core.Process;

/// <summary>One stage of a process: a piece of work with actors, days and exit guards.</summary>
public sealed record Stage
{
    /// <summary>Place in <see cref="ProcessDefinition.Stages"/>.</summary>
    public required int Index { get; init; }

    /// <summary>Stable, snake_case.</summary>
    public required string Id { get; init; }

    /// <summary>English title.</summary>
    public required string Title { get; init; }

    /// <summary>One or two English sentences: what the actors have to do.</summary>
    public required string What { get; init; }

    /// <summary>Roles that act, in the order of the file (which is the order of a <see cref="ActsMode.Sequence"/>).</summary>
    public required ImmutableArray<string> Acts { get; init; }

    public ActsMode Mode { get; init; }

    /// <summary>Ids of the stages that must all be closed first; empty for the first stage.</summary>
    public required ImmutableArray<string> After { get; init; }

    /// <summary>Days after the end of the latest predecessor before the stage starts.</summary>
    public int Offset { get; init; }

    /// <summary>Calendar days by index of variant; null where the stage does not exist.</summary>
    public required ImmutableArray<int?> Days { get; init; }

    /// <summary>Kinds of subject that have the stage; empty means all.</summary>
    public ImmutableArray<string> Subjects { get; init; } = [];

    /// <summary>Branches: one per reviewing State, expert, …; empty for ordinary stages.</summary>
    public ImmutableArray<FanOut> Each { get; init; } = [];

    /// <summary>Roles that act once, outside any branch: all of <see cref="Acts"/> where there are no branches.</summary>
    public required ImmutableArray<string> Beside { get; init; }

    /// <summary>Name of the condition without which the stage is skipped.</summary>
    public string? When { get; init; }

    /// <summary>Variants in which the stage may be left out by choice.</summary>
    public ImmutableArray<string> OptionalIn { get; init; } = [];

    /// <summary>Whether whoever acts may give up the right the stage protects.</summary>
    public bool Waivable { get; init; }

    public ImmutableArray<ExitGuard> Exit { get; init; } = [];

    public ExtendRule? Extend { get; init; }

    public ReturnRule? Return { get; init; }

    /// <summary>The stage that takes over when this one fails; null when it cannot fail.</summary>
    public string? OnFail { get; init; }

    public SilenceRule? OnSilence { get; init; }

    /// <summary>Ids of documents the stage makes.</summary>
    public ImmutableArray<string> Makes { get; init; } = [];

    /// <summary>Reminder profile by name; null picks it by the number of days.</summary>
    public string? Reminders { get; init; }

    internal ulong Bit => 1UL << Index;

    internal ulong AfterMask { get; init; }

    /// <summary>Whether it is done by one act: one actor role of many, no branches. Most stages are.</summary>
    internal bool OneAct => Mode == ActsMode.Any && Each.IsEmpty;

    /// <summary>The roles of a part: of the branch group, or those that act beside the branches.</summary>
    public ImmutableArray<string> RolesOf(int group) => group < 0 ? Beside : Each[group].By;
}

/// <summary>Who of several roles has to act.</summary>
public enum ActsMode
{
    /// <summary>One of them is enough.</summary>
    Any,

    /// <summary>Each of them, in any order.</summary>
    All,

    /// <summary>Each of them, one after the other; a role nobody holds is passed over.</summary>
    Sequence,
}

/// <summary>One branch for each of a set of keys the domain knows.</summary>
/// <param name="Over">Name of the set: <c>reviewing_state</c>, <c>expert</c>, <c>participating_state</c>, <c>endorsing_state</c>.</param>
/// <param name="By">Roles that act in a branch.</param>
/// <param name="Quorum">Branches that must be closed for the stage to close; null means all.</param>
public sealed record FanOut(string Over, ImmutableArray<string> By, int? Quorum);

/// <summary>A guard on leaving a stage.</summary>
/// <param name="Guard">Its name.</param>
/// <param name="Branch">Also asked of each branch, with the branch key, when that branch is completed.</param>
/// <param name="From">In a sequence: asked from this role's act on, not only when the stage would close.</param>
public sealed record ExitGuard(string Guard, bool Branch = false, string? From = null);

/// <summary>How often and by how many days in one go a deadline may be extended.</summary>
public sealed record ExtendRule(int Times, int MaxDays);

/// <summary>The stage may send one of <paramref name="To"/> back, at most <paramref name="Max"/> times.</summary>
/// <param name="Days">Calendar days the stage sent back is given.</param>
public sealed record ReturnRule(ImmutableArray<string> To, int Max, int Days);

/// <summary>What silence means once the deadline has passed.</summary>
/// <param name="Text">English sentence for people.</param>
public sealed record SilenceRule(SilenceEffect Effect, string Text);

/// <summary>What happens when nobody acted in time.</summary>
public enum SilenceEffect
{
    /// <summary>The stage stays open; the text says what follows meanwhile.</summary>
    Wait,

    /// <summary>Counts as consent: the part is done.</summary>
    Consent,

    /// <summary>The right to act lapses: the part is done.</summary>
    Lapse,
}
