using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace PeerReview.Server.Platform.Telemetry;

/// <summary>Listens to the meters an operator watches and shows them as OpenMetrics.</summary>
/// <remarks>A measurement costs a lookup and an addition; nothing is sent anywhere. Instruments not named in
/// <see cref="Watched"/> are not recorded, tags not named there are dropped.</remarks>
public sealed class MetricsRecorder : IDisposable
{
    private static readonly FrozenDictionary<string, Watch> Watched = new Dictionary<string, Watch>(StringComparer.Ordinal)
    {
        ["http.server.request.duration"] = new(
            ["http.request.method", "http.route", "http.response.status_code"], [0.005, 0.025, 0.1, 0.5, 2.5, 10]),
        ["http.server.active_requests"] = new([], []),
        ["peerreview.refusals"] = new(["code"], []),
        ["peerreview.command.duration"] = new(["command", "outcome"], [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5]),
        ["peerreview.reminder.lateness"] = new([], [1, 5, 15, 60, 300, 900, 3600, 14400, 86400]),
        ["peerreview.work.runs"] = new(["work"], []),
        ["peerreview.work.failures"] = new(["work"], []),
        ["peerreview.database.round_trips"] = new([], []),
        ["dotnet.process.memory.working_set"] = new([], []),
        ["dotnet.process.cpu.time"] = new(["cpu.mode"], []),
        ["dotnet.gc.last_collection.heap.size"] = new(["gc.heap.generation"], []),
        ["dotnet.gc.pause.time"] = new([], []),
        ["dotnet.thread_pool.queue.length"] = new([], []),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, Recorded> _recorded = new(StringComparer.Ordinal);
    private readonly Lock _writing = new();

    /// <summary>Starts listening.</summary>
    /// <param name="meters">Whose meters are meant: another program's in the same process are not.</param>
    public MetricsRecorder(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (Watched.TryGetValue(instrument.Name, out var watch) && (instrument.Meter.Scope is null || instrument.Meter.Scope == meters))
                listener.EnableMeasurementEvents(instrument, _recorded.GetOrAdd(instrument.Name, _ => new Recorded(instrument, watch)));
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, state) => ((Recorded)state!).Take(value, tags));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, state) => ((Recorded)state!).Take(value, tags));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, state) => ((Recorded)state!).Take(value, tags));
        _listener.Start();
    }

    /// <summary>Everything measured so far, without the closing line.</summary>
    public string Text()
    {
        var text = new StringBuilder();
        // Observed values are cleared and observed again: two readers at once would see each other's half.
        lock (_writing)
        {
            foreach (var recorded in _recorded.Values.Where(one => one.IsObserved))
                recorded.Family.Clear();
            _listener.RecordObservableInstruments();
            foreach (var family in _recorded.Values.Select(one => one.Family).OrderBy(one => one.Name, StringComparer.Ordinal))
                family.Write(text);
        }

        return text.ToString();
    }

    /// <summary>Stops listening.</summary>
    public void Dispose() => _listener.Dispose();

    /// <summary>What is kept of an instrument.</summary>
    /// <param name="Tags">The tags that become labels.</param>
    /// <param name="Bounds">Upper bounds of the buckets, in the unit of the instrument; empty when it is no histogram.</param>
    private sealed record Watch(string[] Tags, double[] Bounds);

    private sealed class Recorded
    {
        private readonly Watch _watch;
        private readonly bool _adds;

        public Recorded(Instrument instrument, Watch watch)
        {
            _watch = watch;
            IsObserved = instrument.IsObservable;
            var shape = instrument.GetType().GetGenericTypeDefinition();
            _adds = !IsObserved && shape != typeof(Gauge<>);
            var unit = OpenMetricsText.Unit(instrument.Unit);
            Family = new MetricFamily(
                OpenMetricsText.FamilyName(instrument.Name, unit), KindOf(shape), unit, instrument.Description ?? "", watch.Bounds);
        }

        public MetricFamily Family { get; }

        public bool IsObserved { get; }

        public void Take(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var labels = Labels(tags);
            if (_adds)
                Family.Add(labels, value);
            else
                Family.Set(labels, value);
        }

        private static MetricKind KindOf(Type shape) =>
            shape == typeof(Counter<>) || shape == typeof(ObservableCounter<>) ? MetricKind.Counter
            : shape == typeof(Histogram<>) ? MetricKind.Histogram
            : MetricKind.Gauge;

        private string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (_watch.Tags.Length == 0)
                return "";
            var labels = new StringBuilder();
            foreach (var name in _watch.Tags)
            {
                foreach (var tag in tags)
                {
                    if (tag.Key == name)
                        labels.Append(labels.Length == 0 ? "" : ",").Append(OpenMetricsText.Label(name, Value(tag.Value)));
                }
            }

            return labels.ToString();
        }

        private static string Value(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
    }
}
