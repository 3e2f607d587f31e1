using System.Globalization;
using System.Text;

namespace PeerReview.Server.Platform.Telemetry;

/// <summary>How the values of a family add up.</summary>
internal enum MetricKind
{
    /// <summary>A value that goes up and down.</summary>
    Gauge,

    /// <summary>A sum that only grows.</summary>
    Counter,

    /// <summary>Counts of values by size.</summary>
    Histogram,
}

/// <summary>All series of one instrument.</summary>
/// <remarks>Holds at most <see cref="MaxSeries"/> label sets; what comes after them is added up under
/// <c>{overflow="true"}</c>, so that no client can fill the memory by inventing values.</remarks>
internal sealed class MetricFamily(string name, MetricKind kind, string unit, string help, IReadOnlyList<double> bounds)
{
    /// <summary>How many label sets one family keeps.</summary>
    public const int MaxSeries = 500;

    private const string Overflow = "overflow=\"true\"";

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, Series> _series = new(StringComparer.Ordinal);

    /// <summary>The name without the suffixes that single samples take; ends with the unit.</summary>
    public string Name { get; } = name;

    /// <summary>Adds to a counter or counts a value of a histogram.</summary>
    /// <param name="labels">Rendered, without braces; empty for none.</param>
    public void Add(string labels, double value)
    {
        lock (_lock)
        {
            var series = Find(labels);
            series.Sum += value;
            series.Count++;
            if (kind == MetricKind.Histogram)
                series.Buckets[BucketOf(value)]++;
        }
    }

    /// <summary>Sets a gauge, or a counter whose owner keeps the sum.</summary>
    public void Set(string labels, double value)
    {
        lock (_lock)
            Find(labels).Sum = value;
    }

    /// <summary>Forgets every series; before what is observed is observed again.</summary>
    public void Clear()
    {
        lock (_lock)
            _series.Clear();
    }

    /// <summary>Writes the family; nothing when nothing was measured.</summary>
    public void Write(StringBuilder text)
    {
        lock (_lock)
        {
            if (_series.Count == 0)
                return;
            OpenMetricsText.Describe(text, Name, kind, unit, help);
            foreach (var (labels, series) in _series)
                Write(text, labels, series);
        }
    }

    private void Write(StringBuilder text, string labels, Series series)
    {
        switch (kind)
        {
            case MetricKind.Gauge:
                OpenMetricsText.Sample(text, Name, labels, series.Sum);
                break;
            case MetricKind.Counter:
                OpenMetricsText.Sample(text, Name + "_total", labels, series.Sum);
                break;
            case MetricKind.Histogram:
                WriteBuckets(text, labels, series);
                OpenMetricsText.Sample(text, Name + "_count", labels, series.Count);
                OpenMetricsText.Sample(text, Name + "_sum", labels, series.Sum);
                break;
        }
    }

    private void WriteBuckets(StringBuilder text, string labels, Series series)
    {
        long below = 0;
        var separator = labels.Length == 0 ? "" : ",";
        for (var i = 0; i <= bounds.Count; i++)
        {
            below += series.Buckets[i];
            var bound = i == bounds.Count ? "+Inf" : OpenMetricsText.Number(bounds[i], asFloat: true);
            OpenMetricsText.Sample(
                text, Name + "_bucket", string.Create(CultureInfo.InvariantCulture, $"{labels}{separator}le=\"{bound}\""), below);
        }
    }

    private int BucketOf(double value)
    {
        for (var i = 0; i < bounds.Count; i++)
        {
            if (value <= bounds[i])
                return i;
        }

        return bounds.Count;
    }

    private Series Find(string labels)
    {
        if (_series.TryGetValue(labels, out var known))
            return known;
        if (_series.Count >= MaxSeries && labels != Overflow)
            return Find(Overflow);
        return _series[labels] = new Series(kind == MetricKind.Histogram ? bounds.Count + 1 : 0);
    }

    private sealed class Series(int buckets)
    {
        public double Sum { get; set; }

        public long Count { get; set; }

        public long[] Buckets { get; } = new long[buckets];
    }
}
