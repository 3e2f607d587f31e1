namespace PeerReview.Server.Platform.Outbox;

/// <summary>How the relay works. All times are real time.</summary>
public sealed record OutboxOptions
{
    /// <summary>Rows carried at the same time by one program.</summary>
    public int Senders { get; init; } = 4;

    /// <summary>How long a claimed row belongs to its claimer without a sign of life. Renewed while it is carried.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>After so many attempts a row is given up and shown to operators. With the pauses: about a day.</summary>
    public int MaxAttempts { get; init; } = 30;

    /// <summary>Pause after the first failure; three times as long after each further one.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest pause.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The pause after an attempt, before chance shortens it by up to a half, so that rows that failed together do
    /// not come back together.</summary>
    /// <param name="attempt">From 1.</param>
    /// <param name="chance">From 0 to 1.</param>
    public TimeSpan PauseAfter(int attempt, double chance)
    {
        var pause = FirstPause * Math.Pow(3, Math.Clamp(attempt - 1, 0, 12));
        return (pause < LongestPause ? pause : LongestPause) * (1 - (chance / 2));
    }
}
