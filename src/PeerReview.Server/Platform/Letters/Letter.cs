using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Platform.Letters;

/// <summary>A letter to be written to one person: codes and days, put into words of the person's language only when it is
/// sent. Holds no name, no address and nothing anybody typed.</summary>
/// <param name="Name">As in <see cref="LetterNames"/>.</param>
/// <param name="Person">To whom, and to nobody else.</param>
/// <param name="Path">Where the one address leads, from <c>/</c>.</param>
public sealed record Letter(string Name, PersonId Person, string Path)
{
    /// <summary>ISO 639-1 code; null for the person's own language.</summary>
    public string? Language { get; init; }

    /// <summary>ISO 3166-1 alpha-3 code of the subject; becomes <c>state</c>.</summary>
    public string? State { get; init; }

    /// <summary>The review it is about; with the State it becomes <c>review</c>, which is the State alone where this is null.</summary>
    public LetterReview? Review { get; init; }

    /// <summary>ISO 3166-1 alpha-3 code of a reviewing State; becomes <c>reviewer</c>.</summary>
    public string? Reviewer { get; init; }

    /// <summary>The party it is about; becomes <c>side</c>.</summary>
    public LetterSide? Side { get; init; }

    /// <summary>The stage it is about; becomes <c>stage</c>.</summary>
    public LetterStage? Stage { get; init; }

    /// <summary>The deadline it is about; becomes <c>due</c> and <c>left</c>.</summary>
    public LetterDeadline? Deadline { get; init; }

    /// <summary>Whom a deadline waits for; becomes <c>late</c>.</summary>
    public LetterLate? Late { get; init; }

    /// <summary>Items it is about; becomes <c>items</c>, each with its question.</summary>
    public LetterItems? Items { get; init; }

    /// <summary>What an expert is asked for; becomes <c>facts</c>.</summary>
    public LetterInvitation? Invitation { get; init; }

    /// <summary>Values that are the same in every language, such as <c>note</c>.</summary>
    public ImmutableSortedDictionary<string, string> Values { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Values that are days, such as <c>forecast</c>.</summary>
    public ImmutableSortedDictionary<string, DateOnly> Days { get; init; } =
        ImmutableSortedDictionary.Create<string, DateOnly>(StringComparer.Ordinal);

    /// <summary>Values that are instants, such as the <c>until</c> of a fixed dialogue; written in the person's zone.</summary>
    public ImmutableSortedDictionary<string, DateTimeOffset> Instants { get; init; } =
        ImmutableSortedDictionary.Create<string, DateTimeOffset>(StringComparer.Ordinal);

    /// <summary>How long its address works, from the moment it is written; becomes <c>lasts</c>. A duration and no point of time: such
    /// links live by the real clock, whatever the clock of the reviews says.</summary>
    public TimeSpan? Lasts { get; init; }

    /// <summary>What a digest lists; becomes <c>list</c>.</summary>
    public ImmutableArray<DigestLine> Lines { get; init; } = [];
}

/// <summary>A review, as far as its name goes.</summary>
/// <param name="Kind">Of the subject, as the process names it; becomes <c>scale</c>.</param>
/// <param name="LaunchedAt">UTC.</param>
public sealed record LetterReview(string Process, int Version, string Variant, string Kind, DateTimeOffset LaunchedAt)
{
    /// <summary>The norm, pillar or group it is about alone; null where it is about the whole framework.</summary>
    public string? Theme { get; init; }
}

/// <summary>A stage of a process version.</summary>
public sealed record LetterStage(string Process, int Version, string Stage);

/// <summary>A party of a process version.</summary>
public sealed record LetterSide(string Process, int Version, string Party);

/// <summary>Due until 23:59:59 of a day in an IANA zone.</summary>
public sealed record LetterDeadline(DateOnly Day, string Zone)
{
    /// <summary>Where it ends at an instant of that day and not with the day, UTC; null elsewhere.</summary>
    public DateTimeOffset? At { get; init; }
}

/// <summary>Who is late: roles, never a person.</summary>
/// <param name="Roles">Role codes, such as <c>REV_EXPERT</c>.</param>
/// <param name="State">ISO 3166-1 alpha-3 code of the reviewing State whose part it is; null elsewhere. It is named with roles held for
/// that State alone.</param>
public sealed record LetterLate(ImmutableArray<string> Roles, string? State)
{
    /// <summary>Those of the roles that the reader has: the letter says so.</summary>
    public ImmutableArray<string> Own { get; init; } = [];

    /// <summary>Other sides that are late with the same stage, of which the same letter tells; empty for most.</summary>
    public ImmutableArray<LetterLate> Beside { get; init; } = [];

    /// <summary>This side and those beside it.</summary>
    public ImmutableArray<LetterLate> All => [this with { Beside = [] }, .. Beside];
}

/// <summary>Items of a framework version.</summary>
public sealed record LetterItems(string Framework, int Version, ImmutableArray<string> Items);

/// <summary>What an expert is asked for, in the words of the page that the letter opens.</summary>
/// <param name="Items">How many answers there are to read.</param>
/// <param name="Language">The working language, ISO 639-1.</param>
public sealed record LetterInvitation(int Items, string Language)
{
    /// <summary>By when to answer; null where no day is set.</summary>
    public LetterDeadline? AnswerBy { get; init; }

    /// <summary>When the work is to begin and to end; null where the process does not say.</summary>
    public (DateOnly From, DateOnly To)? Work { get; init; }

    /// <summary>Of a reserve, who works only when somebody is late or leaves: how many days there are from then on; null for all others.</summary>
    public int? ReserveDays { get; init; }

    /// <summary>In a programme's own process: the stages in which the expert acts; none elsewhere.</summary>
    public ImmutableArray<LetterStageTime> Stages { get; init; } = [];
}

/// <summary>A stage of the review a letter is about, with the days a forecast gives it.</summary>
/// <param name="Stage">Its id.</param>
/// <param name="Days">Calendar days it is given.</param>
public sealed record LetterStageTime(string Stage, DateOnly From, DateOnly To, int Days);

/// <summary>One line of a digest: a stage of a review that waits, and until when.</summary>
public sealed record DigestLine(string State, LetterStage Stage, LetterDeadline Deadline)
{
    /// <summary>The review itself, for its name; null in what an older release wrote.</summary>
    public LetterReview? Review { get; init; }
}

/// <summary>Names of stages, what silence means in them, and questions of items, for people.</summary>
public interface IStageTitles
{
    /// <summary>The question of an item in a language, in English where it has not been translated; null when the framework or the
    /// item is unknown.</summary>
    string? QuestionOf(string framework, int version, string item, string language);

    /// <summary>The name of a stage in a language, in English where it has not been translated; the id of the stage when
    /// the definition is unknown.</summary>
    string Of(LetterStage stage, string language);

    /// <summary>The name of a party in a language, as <see cref="Of"/>.</summary>
    string SideOf(LetterSide side, string language);

    /// <summary>The sentence that says that silence consents, where it does; null in all other stages.</summary>
    string? ConsentOf(LetterStage stage, string language);

    /// <summary>Whom the State names for a stage, in the words of its process with those of every process; empty where it names nobody.</summary>
    string NamedFor(LetterStage stage, Texts words);

    /// <summary>What the kind of a review is called in a language; its code when the definition is unknown.</summary>
    string KindOf(LetterReview review, Texts words);

    /// <summary>Makes sure that the processes a letter names are known, though they may have been published after the program started.</summary>
    ValueTask KnowAsync(Letter letter, CancellationToken cancel);
}
