namespace PeerReview.Server.Tests.Web;

/// <summary>Real time moved by hand. Waiting takes no time: a delay is over as soon as it is asked for.</summary>
public sealed class HandTime : TimeProvider
{
    // Far ahead: the cookie jar of a test's browser goes by the clock of the machine and drops what has expired by it.
    private DateTimeOffset _now = new(2126, 11, 22, 9, 0, 0, TimeSpan.Zero);

    /// <summary>The delays somebody waited for, in order.</summary>
    public ICollection<TimeSpan> Waits { get; } = [];

    public void Advance(TimeSpan by) => _now += by;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _now.UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (Waits)
            Waits.Add(dueTime);
        return System.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? TimeSpan.FromTicks(1) : dueTime, Timeout.InfiniteTimeSpan);
    }
}
