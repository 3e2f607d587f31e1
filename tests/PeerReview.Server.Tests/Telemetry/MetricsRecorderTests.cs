using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using PeerReview.Server.Platform.Telemetry;
using Xunit;

namespace PeerReview.Server.Tests.Telemetry;

/// <summary>What an operator's collector reads is OpenMetrics 1.0 and stays small.</summary>
public sealed class MetricsRecorderTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly IMeterFactory _meters;
    private readonly MetricsRecorder _recorder;
    private readonly ServerMetrics _metrics;

    public MetricsRecorderTests()
    {
        _meters = _services.GetRequiredService<IMeterFactory>();
        _recorder = new MetricsRecorder(_meters);
        _metrics = new ServerMetrics(_meters);
    }

    public void Dispose()
    {
        _recorder.Dispose();
        _services.Dispose();
    }

    [Fact]
    public void A_counter_ends_with_total_and_adds_up()
    {
        _metrics.Refused("answer.stale");
        _metrics.Refused("answer.stale");
        _metrics.Refused("stage.not-open");

        Assert.Equal(
            """
            # TYPE peerreview_refusals counter
            # HELP peerreview_refusals Requests answered with a refusal, by its code.
            peerreview_refusals_total{code="answer.stale"} 2
            peerreview_refusals_total{code="stage.not-open"} 1

            """,
            Family("peerreview_refusals"));
    }

    [Fact]
    public void A_histogram_counts_up_to_its_bounds_and_names_its_unit()
    {
        _metrics.ReminderSettled(TimeSpan.FromSeconds(1));
        _metrics.ReminderSettled(TimeSpan.FromSeconds(1.5));
        _metrics.ReminderSettled(TimeSpan.FromDays(2));
        _metrics.ReminderSettled(TimeSpan.FromSeconds(-4));

        var lines = Family("peerreview_reminder_lateness_seconds").Split('\n');
        Assert.Equal("# UNIT peerreview_reminder_lateness_seconds seconds", lines[1]);
        Assert.Equal("peerreview_reminder_lateness_seconds_bucket{le=\"1.0\"} 2", lines[3]);
        Assert.Equal("peerreview_reminder_lateness_seconds_bucket{le=\"5.0\"} 3", lines[4]);
        Assert.Equal("peerreview_reminder_lateness_seconds_bucket{le=\"+Inf\"} 4", lines[^4]);
        Assert.Equal("peerreview_reminder_lateness_seconds_count 4", lines[^3]);
        Assert.Equal("peerreview_reminder_lateness_seconds_sum 172802.5", lines[^2]);
    }

    [Fact]
    public void A_label_is_escaped()
    {
        _metrics.Refused("a\\b\"c\nd");

        Assert.Contains("peerreview_refusals_total{code=\"a\\\\b\\\"c\\nd\"} 1\n", _recorder.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Invented_values_cannot_fill_the_memory()
    {
        for (var i = 0; i < 10_000; i++)
            _metrics.Refused($"code-{i}");

        var lines = Family("peerreview_refusals").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2 + MetricFamily.MaxSeries + 1, lines.Length);
        Assert.Contains("peerreview_refusals_total{overflow=\"true\"} 9500", lines, StringComparer.Ordinal);
    }

    [Fact]
    public void Another_program_in_this_process_is_not_counted()
    {
        using var others = new ServiceCollection().AddMetrics().BuildServiceProvider();
        new ServerMetrics(others.GetRequiredService<IMeterFactory>()).Refused("answer.stale");

        Assert.DoesNotContain("answer.stale", _recorder.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_memory_of_the_process_is_read_when_asked()
    {
        var text = _recorder.Text();

        Assert.Contains("# TYPE dotnet_process_memory_working_set_bytes gauge\n", text, StringComparison.Ordinal);
        Assert.Contains("\ndotnet_process_memory_working_set_bytes ", text, StringComparison.Ordinal);
        Assert.Contains("\ndotnet_process_cpu_time_seconds_total{cpu_mode=\"user\"} ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\n\n", text, StringComparison.Ordinal);
    }

    private string Family(string name) => string.Concat(
        _recorder.Text().Split('\n').Where(line => line.Contains(name, StringComparison.Ordinal)).Select(line => line + "\n"));
}
