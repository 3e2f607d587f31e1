using System.Diagnostics.Metrics;

namespace PeerReview.Server.Platform.Clock;

/// <summary>Counts the runs of recurring work, by its name.</summary>
public sealed class RecurringWorkMetrics
{
    private readonly Counter<long> _runs;
    private readonly Counter<long> _failures;

    public RecurringWorkMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("PeerReview.Server");
        _runs = meter.CreateCounter<long>("peerreview.work.runs", description: "Runs of recurring work that ended well.");
        _failures = meter.CreateCounter<long>("peerreview.work.failures", description: "Runs of recurring work that threw.");
    }

    public void Ran(string work) => _runs.Add(1, KeyValuePair.Create<string, object?>("work", work));

    public void Failed(string work) => _failures.Add(1, KeyValuePair.Create<string, object?>("work", work));
}
