namespace PeerReview.Testing;

/// <summary>The machine's time plus what a test moved it ahead. Timers fire when the test moves time over them, not by
/// themselves.</summary>
public sealed class MovedTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<Waiting> _timers = [];
    private TimeSpan _ahead;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return System.GetUtcNow() + _ahead;
    }

    /// <summary>Moves time and fires what fell due, once each.</summary>
    public void Advance(TimeSpan by)
    {
        List<Waiting> due;
        lock (_lock)
        {
            _ahead += by;
            var now = System.GetUtcNow() + _ahead;
            due = [.. _timers.Where(timer => timer.DueAt <= now)];
            foreach (var timer in due)
                timer.Next(now);
        }

        foreach (var timer in due)
            timer.Fire();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Waiting(this, callback, state);
        timer.Change(dueTime, period);
        lock (_lock)
            _timers.Add(timer);
        return timer;
    }

    private void Remove(Waiting timer)
    {
        lock (_lock)
            _timers.Remove(timer);
    }

    private sealed class Waiting(MovedTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public DateTimeOffset DueAt { get; private set; } = DateTimeOffset.MaxValue;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            DueAt = dueTime == Timeout.InfiniteTimeSpan ? DateTimeOffset.MaxValue : time.GetUtcNow() + dueTime;
            return true;
        }

        public void Next(DateTimeOffset now) =>
            DueAt = _period == Timeout.InfiniteTimeSpan ? DateTimeOffset.MaxValue : now + _period;

        public void Fire() => callback(state);

        public void Dispose() => time.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
