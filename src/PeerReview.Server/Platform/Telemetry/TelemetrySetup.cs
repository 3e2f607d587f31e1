using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Console;

namespace PeerReview.Server.Platform.Telemetry;

/// <summary>Puts logs and metrics into the program.</summary>
public static class TelemetrySetup
{
    /// <summary>Logs as lines of JSON on standard output, and the recorder of metrics.</summary>
    /// <remarks>Levels come from configuration (<c>Logging:LogLevel:…</c>), else from the argument; the framework's own speak from Warning on.</remarks>
    public static void AddTelemetry(this WebApplicationBuilder builder, LogLevel from)
    {
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(from);
        builder.Logging.AddConsole(console => console.FormatterName = LogLines.FormatterName);
        builder.Logging.AddConsoleFormatter<LogLines, ConsoleFormatterOptions>();
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("System", LogLevel.Warning);
        builder.Logging.AddFilter("Quartz", LogLevel.Warning);
        // The keys that protect forms lie in our database, closed to all but the program: that is meant.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // Its entry holds the path of the request; ours says that it failed, and with what.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware", LogLevel.Error);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddMetrics();
        builder.Services.AddSingleton<ServerMetrics>();
        builder.Services.AddSingleton<MetricsRecorder>();
    }

    /// <summary>Request ids, scopes and lines; the first middleware of the program.</summary>
    public static void UseTelemetry(this WebApplication app)
    {
        // Listening starts here and not at the first reading, so that nothing before it is missed.
        app.Services.GetRequiredService<MetricsRecorder>();
        app.UseMiddleware<RequestTelemetry>();
    }
}
