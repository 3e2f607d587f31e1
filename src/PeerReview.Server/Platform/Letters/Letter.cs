using System.Collections.Immutable;
using PeerReview.Core;

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

    /// <summary>ISO 3166-1 alpha-3 code of a reviewing State; becomes <c>reviewer</c>.</summary>
    public string? Reviewer { get; init; }

    /// <summary>The stage it is about; becomes <c>stage</c>.</summary>
    public LetterStage? Stage { get; init; }

    /// <summary>The deadline it is about; becomes <c>due</c> and <c>left</c>.</summary>
    public LetterDeadline? Deadline { get; init; }

    /// <summary>Values that are the same in every language, such as <c>note</c>.</summary>
    public ImmutableSortedDictionary<string, string> Values { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Values that are days, such as <c>forecast</c>.</summary>
    public ImmutableSortedDictionary<string, DateOnly> Days { get; init; } =
        ImmutableSortedDictionary.Create<string, DateOnly>(StringComparer.Ordinal);

    /// <summary>Values that are instants, such as the <c>until</c> of a sign-in letter; written in the person's zone.</summary>
    public ImmutableSortedDictionary<string, DateTimeOffset> Instants { get; init; } =
        ImmutableSortedDictionary.Create<string, DateTimeOffset>(StringComparer.Ordinal);

    /// <summary>What a digest lists; becomes <c>list</c>.</summary>
    public ImmutableArray<DigestLine> Lines { get; init; } = [];
}

/// <summary>A stage of a process version.</summary>
public sealed record LetterStage(string Process, int Version, string Stage);

/// <summary>Due until 23:59:59 of a day in an IANA zone.</summary>
public sealed record LetterDeadline(DateOnly Day, string Zone)
{
    /// <summary>Where it ends at an instant of that day and not with the day, UTC; null elsewhere.</summary>
    public DateTimeOffset? At { get; init; }
}

/// <summary>One line of a digest: a stage of a review that waits, and until when.</summary>
public sealed record DigestLine(string State, LetterStage Stage, LetterDeadline Deadline);

/// <summary>Names of stages for people.</summary>
public interface IStageTitles
{
    /// <summary>The name of a stage in a language, in English where it has not been translated; the id of the stage when
    /// the definition is unknown.</summary>
    string Of(LetterStage stage, string language);

    /// <summary>Makes sure that these are known, though they may have been published after the program started.</summary>
    ValueTask KnowAsync(IEnumerable<LetterStage> stages, CancellationToken cancel);
}
