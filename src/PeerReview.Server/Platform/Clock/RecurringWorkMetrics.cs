using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace PeerReview.Server.Platform.Clock;

/// <summary>Counts the runs of recurring work, by its name, and remembers when each piece last ran on this node.</summary>
public sealed class RecurringWorkMetrics
{
    private readonly Counter<long> _runs;
    private readonly Counter<long> _failures;

    private readonly ConcurrentDictionary<string, WorkStanding> _standing = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;

    public RecurringWorkMetrics(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        var meter = meters.Create("PeerReview.Server");
        _runs = meter.CreateCounter<long>("peerreview.work.runs", description: "Runs of recurring work that ended well.");
        _failures = meter.CreateCounter<long>("peerreview.work.failures", description: "Runs of recurring work that threw.");
    }

    /// <summary>Every piece this node has run, by name.</summary>
    public IReadOnlyList<WorkStanding> Standing => [.. _standing.Values.OrderBy(one => one.Name, StringComparer.Ordinal)];

    public void Ran(string work)
    {
        _runs.Add(1, KeyValuePair.Create<string, object?>("work", work));
        Keep(work, one => one with { LastRun = _time.GetUtcNow() });
    }

    public void Failed(string work)
    {
        _failures.Add(1, KeyValuePair.Create<string, object?>("work", work));
        Keep(work, one => one with { LastFailure = _time.GetUtcNow() });
    }

    private void Keep(string work, Func<WorkStanding, WorkStanding> change) => _standing.AddOrUpdate(
        work, name => change(new WorkStanding(name, null, null)), (_, known) => change(known));
}

/// <summary>When a piece of recurring work last ended well, and when it last threw, on this node; real time.</summary>
public sealed record WorkStanding(string Name, DateTimeOffset? LastRun, DateTimeOffset? LastFailure);
