using System.Diagnostics.Metrics;

namespace PeerReview.Server.Platform.Telemetry;

/// <summary>What the program measures of itself. Tags are codes from closed sets, never an id, a name or an address.</summary>
/// <remarks>Round trips are counted where they happen, by the meter <c>PeerReview.Database</c>; requests by ASP.NET Core.</remarks>
public sealed class ServerMetrics
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "PeerReview.Server";

    private readonly Counter<long> _refusals;
    private readonly Histogram<double> _commands;
    private readonly Histogram<double> _lateness;

    /// <summary>Instruments of one program; <paramref name="meters"/> keeps those of two in one process apart.</summary>
    public ServerMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _refusals = meter.CreateCounter<long>(
            "peerreview.refusals", description: "Requests answered with a refusal, by its code.");
        _commands = meter.CreateHistogram<double>(
            "peerreview.command.duration", unit: "s", description: "From the lock on the review to the commit or the refusal.");
        _lateness = meter.CreateHistogram<double>(
            "peerreview.reminder.lateness", unit: "s", description: "From when a reminder was due to when it was settled.");
    }

    /// <summary>Somebody was told no.</summary>
    /// <param name="code">The code of the refusal.</param>
    public void Refused(string code) => _refusals.Add(1, KeyValuePair.Create<string, object?>("code", code));

    /// <summary>A command came to its end.</summary>
    /// <param name="command">Its name, from a closed set.</param>
    /// <param name="outcome"><c>accepted</c>, <c>refused</c> or <c>failed</c>.</param>
    public void CommandEnded(string command, string outcome, TimeSpan took) => _commands.Record(
        took.TotalSeconds,
        KeyValuePair.Create<string, object?>("command", command),
        KeyValuePair.Create<string, object?>("outcome", outcome));

    /// <summary>A reminder was settled.</summary>
    /// <param name="late">How long after it was due, business time; what came early counts as on time.</param>
    public void ReminderSettled(TimeSpan late) => _lateness.Record(Math.Max(0, late.TotalSeconds));
}
