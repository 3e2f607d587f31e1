using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace PeerReview.Server.Platform.Telemetry;

/// <summary>Writes each log entry as one line of JSON: <c>at</c>, <c>level</c>, <c>from</c>, <c>event</c>, <c>says</c>, the
/// values the sentence names, the ids around it, the failure.</summary>
/// <remarks>Of the scopes only <see cref="ScopeKeys"/> are written: the framework puts the path of a request into one, and
/// a path can hold a sign-in token.</remarks>
internal sealed class LogLines(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    /// <summary>The name by which the console logger finds it.</summary>
    public const string FormatterName = "peerreview";

    private static readonly string[] ScopeKeys = ["request", "review"];
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Relaxed))
        {
            json.WriteStartObject();
            json.WriteString("at", time.GetUtcNow());
            json.WriteString("level", LevelName(logEntry.LogLevel));
            json.WriteString("from", logEntry.Category);
            if (logEntry.EventId.Name is { } name)
                json.WriteString("event", name);
            json.WriteString("says", logEntry.Formatter(logEntry.State, null));
            WriteValues(json, logEntry.State);
            scopeProvider?.ForEachScope(static (scope, to) => WriteScope(to, scope), json);
            if (logEntry.Exception is { } failure)
                WriteFailure(json, failure);
            json.WriteEndObject();
        }

        textWriter.WriteLine(System.Text.Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
    }

    private static string LevelName(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warning",
        LogLevel.Error => "error",
        LogLevel.Critical => "critical",
        LogLevel.None => "none",
    };

    private static void WriteValues<TState>(Utf8JsonWriter json, TState state)
    {
        if (state is not IReadOnlyList<KeyValuePair<string, object?>> values)
            return;
        foreach (var (key, value) in values)
        {
            if (key != "{OriginalFormat}")
                WriteValue(json, JsonNamingPolicy.CamelCase.ConvertName(key), value);
        }
    }

    private static void WriteScope(Utf8JsonWriter json, object? scope)
    {
        if (scope is not IEnumerable<KeyValuePair<string, object?>> values)
            return;
        foreach (var (key, value) in values)
        {
            if (ScopeKeys.Contains(key, StringComparer.Ordinal))
                WriteValue(json, key, value);
        }
    }

    private static void WriteValue(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNull(name);
                break;
            case bool yes:
                json.WriteBoolean(name, yes);
                break;
            case int number:
                json.WriteNumber(name, number);
                break;
            case long number:
                json.WriteNumber(name, number);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumber(name, number);
                break;
            default:
                json.WriteString(name, Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture));
                break;
        }
    }

    private static void WriteFailure(Utf8JsonWriter json, Exception failure)
    {
        json.WriteStartArray("failure");
        for (var one = failure; one is not null; one = one.InnerException)
        {
            json.WriteStartObject();
            json.WriteString("type", one.GetType().FullName);
            json.WriteString("message", Redaction.Of(one.Message));
            if (one is Npgsql.PostgresException answer)
                json.WriteString("sqlState", answer.SqlState);
            json.WriteString("stack", one.StackTrace);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
