namespace PeerReview.Server.Components;

/// <summary>One stage of a process as a line of <c>StageList</c>.</summary>
/// <param name="Id">Its id in the process.</param>
/// <param name="Name">Its title in the reader's language.</param>
/// <param name="Status">How it stands.</param>
public sealed record StageLine(string Id, string Name, StageStatus Status)
{
    /// <summary>Whether it takes place, as far as is known: not skipped, and not only if needed.</summary>
    public bool TakesPlace { get; init; } = true;

    /// <summary>Ids of the stages it follows, of those that are shown.</summary>
    public IReadOnlyList<string> After { get; init; } = [];

    /// <summary>Whose turn it is, by the name of the role; for an open stage.</summary>
    public string? Turn { get; init; }

    /// <summary>Whether it is the reader's own turn.</summary>
    public bool Mine { get; init; }

    /// <summary>The day it is due, or is expected to be; with its zone.</summary>
    public (DateOnly Day, string Zone)? Due { get; init; }

    /// <summary>Whether the clock of whoever it waits for stands.</summary>
    public bool Stands { get; init; }

    /// <summary>The day it ended.</summary>
    public DateOnly? Ended { get; init; }

    /// <summary>One more sentence: why it was skipped, how often it was returned.</summary>
    public string? Note { get; init; }

    /// <summary>Where to act on it or read about it.</summary>
    public string? Link { get; init; }

    /// <summary>What the reader is asked for in the place of somebody the stage lacks, in words, and where that is done; null where there is
    /// nobody lacking, or others are asked.</summary>
    public (string What, string Path)? Mends { get; init; }
}

/// <summary>How a stage stands, as a reader needs to know it.</summary>
public enum StageStatus
{
    /// <summary>Finished.</summary>
    Done,

    /// <summary>Somebody has to act.</summary>
    Open,

    /// <summary>Its predecessors are not finished.</summary>
    Waiting,

    /// <summary>Does not take place, or was waived.</summary>
    Skipped,

    /// <summary>Ended without its aim, and the process went on.</summary>
    Failed,
}

/// <summary>Statuses by their codes, which are also their classes in the style sheet.</summary>
public static class StageStatuses
{
    /// <summary>The code; the words are the text <c>stages.status.&lt;code&gt;</c>.</summary>
    public static string Code(this StageStatus status) => status switch
    {
        StageStatus.Done => "done",
        StageStatus.Open => "open",
        StageStatus.Waiting => "waiting",
        StageStatus.Skipped => "skipped",
        StageStatus.Failed => "failed",
    };
}
