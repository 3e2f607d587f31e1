using System.Text;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Telemetry;

namespace PeerReview.Server.Features.Operations;

/// <summary>What the program measured, as OpenMetrics; for operators only.</summary>
public static class Metrics
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/metrics", ShowAsync).WithName("Metrics");

    private static async Task<IResult> ShowAsync(
        HttpContext context, MetricsRecorder recorder, Database database, CancellationToken cancel)
    {
        if (!OperatorOnly.Admits(context))
            return TypedResults.NotFound();
        var text = new StringBuilder(recorder.Text());
        var pulse = await PulseAsync(database, cancel);
        Gauge(text, "peerreview_database_up", "", "Whether the database answered this very reading.", pulse is null ? 0 : 1);
        if (pulse is not null)
            Write(text, pulse);
        text.Append(OpenMetricsText.End);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Text(text.ToString(), OpenMetricsText.MediaType, Encoding.UTF8);
    }

    // A scrape that fails because the database is gone would hide everything else just when it is needed.
    private static async Task<Pulse?> PulseAsync(Database database, CancellationToken cancel)
    {
        try
        {
            return await Pulse.ReadAsync(database, cancel);
        }
        catch (Npgsql.NpgsqlException)
        {
            return null;
        }
    }

    private static void Write(StringBuilder text, Pulse pulse)
    {
        Gauge(text, "peerreview_outbox_given_up", "", "Rows no one tries again by itself.", pulse.OutboxGivenUp);
        Gauge(
            text, "peerreview_outbox_oldest_waiting_seconds", "seconds", "How long ago the oldest waiting letter was written.",
            pulse.OutboxOldest.TotalSeconds);
        Gauge(
            text, "peerreview_outbox_uncertain", "", "Waiting rows whose last attempt may have reached somebody.",
            pulse.OutboxUncertain);
        Gauge(text, "peerreview_outbox_waiting", "", "Rows neither delivered nor given up.", pulse.OutboxWaiting);
        Gauge(
            text, "peerreview_reminder_oldest_waiting_seconds", "seconds", "How long the oldest due reminder has waited.",
            pulse.ReminderOldest.TotalSeconds);
    }

    private static void Gauge(StringBuilder text, string name, string unit, string help, double value)
    {
        OpenMetricsText.Describe(text, name, MetricKind.Gauge, unit, help);
        OpenMetricsText.Sample(text, name, "", value);
    }
}
