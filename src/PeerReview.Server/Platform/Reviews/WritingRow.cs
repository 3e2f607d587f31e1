using PeerReview.Core;
using PeerReview.Core.Reviews;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>A version of a text as the database gives it.</summary>
/// <remarks>Filled by name, so that one statement may give more than another.</remarks>
internal sealed record WritingRow
{
    public required string Kind { get; init; }

    public required string Key { get; init; }

    public required int Version { get; init; }

    public required string Content { get; init; }

    public required string Label { get; init; }

    public required string Language { get; init; }

    public required Guid Author { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Whether the text does not stand any more; for statements that give withdrawn ones too.</summary>
    public bool Withdrawn { get; init; }

    /// <summary>The version as the rules know it.</summary>
    public Writing ToWriting() => new(Kind, Key, Version, Content, Label, Language, new PersonId(Author), At);
}
