namespace PeerReview.Server.Stacks.Elsa;

/// <summary>How often nodes look, and how they watch each other. Real time.</summary>
/// <param name="Poll">How often a node looks at the schedule and the queues; a job it queued itself it sees at once.</param>
/// <param name="Silence">How long a node may be silent before another takes over what it had in hand. For
/// that long a start may have to wait for a lock that a killed node left behind.</param>
public sealed record HangfireRhythm(TimeSpan Poll, TimeSpan Silence)
{
    public static HangfireRhythm Default { get; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));

    /// <summary>A rhythm as a cron expression of six fields.</summary>
    /// <remarks>Cron counts within one minute, hour or day: a rhythm that does not divide it comes early once at its end, and
    /// one between two units is rounded down. A piece may be looked at sooner than asked for, never later.</remarks>
    public static string Cron(TimeSpan every)
    {
        var text = every.TotalSeconds < 60 ? $"*/{(int)every.TotalSeconds} * * * * *"
            : every.TotalMinutes < 60 ? $"0 */{(int)every.TotalMinutes} * * * *"
            : every.TotalHours < 24 ? $"0 0 */{(int)every.TotalHours} * * *"
            : "0 0 0 * * *";
        return text.Replace("*/1 ", "* ", StringComparison.Ordinal);
    }
}
