using System.Collections.Immutable;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Components;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Reviews;

/// <summary>A page of a review that a reader can go to.</summary>
/// <param name="Name">Its text is <c>reviews.doors.&lt;name&gt;</c>.</param>
public sealed record Door(string Name, string Path);

/// <summary>What the page of a review draws.</summary>
/// <param name="IfLate">What a week of delay now would do; null when nothing is open.</param>
/// <param name="SeesAs">Whether the reader may look on with somebody else's eyes.</param>
/// <param name="Notice">Whether the reader may read the launch notice, and with it what it promises.</param>
public sealed record ReviewModel(
    LoadedReview Review,
    string State,
    ImmutableArray<StageLine> Stages,
    DateOnly Publication,
    Delay? IfLate,
    ImmutableArray<IndexedDocument> Documents,
    ImmutableArray<Door> Doors,
    ImmutableArray<Holder> People,
    bool Notice,
    bool SeesAs)
{
    /// <summary>What a programme's own process calls its roles and documents.</summary>
    public required OwnNames Own { get; init; }

    /// <summary>How the course of the review was changed, and which clocks stand.</summary>
    public Course Course { get; init; } = Course.Empty;

    /// <summary>Why the State asks for the same questions again so soon; null where nobody had to say, or the reader may not read it.</summary>
    public Writing? Reason { get; init; }

    /// <summary>Whether the result is still to come.</summary>
    public bool Awaited { get; init; }

    /// <summary>The day on which the notes and comments of the reviewers are erased, or were; null where nothing is.</summary>
    public DateOnly? NotesErasedOn { get; init; }
}
