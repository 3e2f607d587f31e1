using PeerReview.Core.FollowUp;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Home;

/// <summary>What home shows.</summary>
/// <param name="Now">Business time, UTC.</param>
public sealed record MyDesk(DateTimeOffset Now, IReadOnlyList<MyTask> Waiting, IReadOnlyList<ElsewhereLine> Elsewhere)
{
    /// <summary>Days from now after which a step is said to be for later: longer than any stage that is steady work from its first day,
    /// even when extended.</summary>
    public const int FarDays = 150;

    /// <summary>The records an auditor verifies, the newest first: all an auditor sees of a review.</summary>
    public IReadOnlyList<RecordLine> Records { get; init; } = [];

    /// <summary>What the person may do until a day and need not: nobody waits for it.</summary>
    public IReadOnlyList<MyTask> May { get; init; } = [];

    /// <summary>What there is to do.</summary>
    public IReadOnlyList<MyTask> Soon => [.. Waiting.Where(t => !IsFar(t))];

    /// <summary>What is open already and due only long after, such as the closing of a review just published.</summary>
    public IReadOnlyList<MyTask> Later => [.. Waiting.Where(IsFar)];

    /// <summary>Reviews that run: it is somebody else's turn in them, or they are in their follow-up.</summary>
    public IEnumerable<ElsewhereLine> Running => Elsewhere.Where(line => line.Status == "running");

    /// <summary>Reviews in which it is nobody's turn until somebody takes them up again.</summary>
    public IEnumerable<ElsewhereLine> Resting => Elsewhere.Where(line => line.Status is "deferred" or "suspended");

    /// <summary>Reviews that are over.</summary>
    public IEnumerable<ElsewhereLine> Over => Elsewhere.Where(line => line.Status is "withdrawn" or "closed");

    // What is asked for from some day on is far until that day; what waits for one side alone is not.
    private bool IsFar(MyTask task) => !task.IsAwaited
        && task.DueAt > Now.AddDays(ProgressRules.Stages.Contains(task.Stage, StringComparer.Ordinal) ? ProgressRules.EarlyDays(task.Stage) : FarDays);
}

/// <summary>One thing that waits for a person.</summary>
/// <param name="Title">Title of the stage; null for what is beside the process.</param>
/// <param name="Day">Due until 23:59:59 of this day in <paramref name="Zone"/>; a private question until <paramref name="DueAt"/>.</param>
/// <param name="Path">Where to act.</param>
public sealed record MyTask(
    Guid Review, string State, string StateName, string Variant, string Stage, string? Title, string Role, DateOnly? Day,
    string? Zone, DateTimeOffset? DueAt, string Path)
{
    /// <summary>The instant at which it ends, UTC, where it does not end with its day; null elsewhere.</summary>
    internal DateTimeOffset? EndsAt => Waits.EndsByTheHour(Stage) ? DueAt : null;

    /// <summary>What the review is called, see <see cref="ReviewNames"/>.</summary>
    internal string Name { get; init; } = "";

    /// <summary>Whether the others have done their part and only this one is waited for, however far its day is.</summary>
    internal bool IsAwaited { get; init; }

    /// <summary>Whether the day had passed when the person came in.</summary>
    internal bool CameLate { get; init; }

    /// <summary>Whether the clock of whoever is waited for stands: then the day is the old one, and no deadline runs.</summary>
    public bool Stands { get; init; }

    /// <summary>When the review was launched, UTC: a State may have several.</summary>
    public DateTimeOffset LaunchedAt { get; init; }

    /// <summary>The day of the launch where the State under review is.</summary>
    public DateOnly Launched { get; init; }

    /// <summary>What the stage asks for, in a sentence or two; null for what is beside the process.</summary>
    public string? What { get; init; }
}

/// <summary>The record of a review.</summary>
/// <param name="Name">See <see cref="ReviewNames"/>.</param>
/// <param name="Launched">The day of the launch where the State under review is.</param>
public sealed record RecordLine(Guid Review, string Name, DateOnly Launched);

/// <summary>A review of mine that waits for somebody else, or for nobody.</summary>
/// <param name="Name">See <see cref="ReviewNames"/>.</param>
/// <param name="Launched">The day of the launch where the State under review is.</param>
public sealed record ElsewhereLine(
    Guid Review, string Name, DateOnly Launched, string Status, IReadOnlyList<string> Turn)
{
    /// <summary>Whether its report is out: what is left takes years, and is nobody's turn in particular.</summary>
    public bool Published { get; init; }

    /// <summary>Whether the person has a part in it beyond that of a stakeholder.</summary>
    internal bool TakesPart { get; init; }
}
