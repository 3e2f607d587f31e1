using Hangfire.Logging;
using HangfireLevel = Hangfire.Logging.LogLevel;
using Level = Microsoft.Extensions.Logging.LogLevel;

namespace PeerReview.Server.Stacks.Elsa;

/// <summary>Takes what Hangfire says into our log. What it tells of each start and stop is detail to us.</summary>
internal sealed partial class HangfireLogs(ILogger log) : ILogProvider, ILog
{
    public ILog GetLogger(string name) => this;

    public bool Log(HangfireLevel logLevel, Func<string>? messageFunc, Exception? exception = null)
    {
        var level = logLevel switch
        {
            HangfireLevel.Trace => Level.Trace,
            HangfireLevel.Debug or HangfireLevel.Info => Level.Debug,
            HangfireLevel.Warn => Level.Warning,
            _ => Level.Error,
        };
        var heard = log.IsEnabled(level);
        // Without a text it only asks whether it would be heard.
        if (heard && messageFunc?.Invoke() is { } text)
            Said(log, level, exception, text);
        return heard;
    }

    [LoggerMessage("Hangfire: {Text}")]
    private static partial void Said(ILogger log, Level level, Exception? e, string text);
}
