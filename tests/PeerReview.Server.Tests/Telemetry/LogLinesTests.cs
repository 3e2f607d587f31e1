using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PeerReview.Server.Platform.Telemetry;
using Xunit;

namespace PeerReview.Server.Tests.Telemetry;

/// <summary>A log line is JSON, carries the ids and holds nothing a person wrote.</summary>
public sealed class LogLinesTests
{
    private readonly LogLines _lines = new(TimeProvider.System);
    private readonly LoggerExternalScopeProvider _scopes = new();

    [Fact]
    public void A_line_carries_the_ids_around_it_and_nothing_else_of_them()
    {
        using var framework = _scopes.Push(new Dictionary<string, object?> { ["RequestPath"] = "/sign-in/secret-token" });
        using var ours = _scopes.Push(new Dictionary<string, object?> { ["request"] = "r1", ["review"] = "r2" });

        var line = Line(new InvalidOperationException("gone"));

        Assert.Equal("r1", line.GetProperty("request").GetString());
        Assert.Equal("r2", line.GetProperty("review").GetString());
        Assert.Equal("warning", line.GetProperty("level").GetString());
        Assert.Equal(7, line.GetProperty("attempt").GetInt32());
        Assert.Equal("Attempt 7 failed", line.GetProperty("says").GetString());
        Assert.DoesNotContain("secret-token", line.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("550 5.1.1 <amina@mission.example>: Recipient rejected", "550 5.1.1 <…>: Recipient rejected")]
    [InlineData("The input string 'my secret answer' was not in a correct format.", "The input string … was not in a correct format.")]
    [InlineData("invalid input syntax for type uuid: \"abc\"", "invalid input syntax for type uuid: …")]
    [InlineData("one\ntwo", "one two")]
    public void A_failure_says_nothing_a_person_wrote(string message, string logged)
    {
        var line = Line(new InvalidOperationException("outer", new FormatException(message)));

        var failures = line.GetProperty("failure").EnumerateArray().ToList();
        Assert.Equal(2, failures.Count);
        Assert.Equal("System.FormatException", failures[1].GetProperty("type").GetString());
        Assert.Equal(logged, failures[1].GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_request_is_one_line_with_its_route_and_its_review()
    {
        var written = new List<(LogLevel Level, string Text, string Scopes)>();
        var review = Guid.NewGuid();
        var context = new DefaultHttpContext();
        context.Request.Method = "POST";
        context.Request.Path = $"/reviews/{review}/secret";
        context.Request.RouteValues["review"] = review.ToString();
        context.Response.StatusCode = 422;

        await new RequestTelemetry(_ => Task.CompletedTask, new Recording(written, _scopes)).InvokeAsync(context);

        var (level, text, scopes) = Assert.Single(written);
        Assert.Equal(LogLevel.Information, level);
        Assert.StartsWith("POST (none) answered 422 in ", text, StringComparison.Ordinal);
        Assert.Equal($"request={context.Response.Headers[RequestTelemetry.Header]} review={review}", scopes);
    }

    private JsonElement Line(Exception failure)
    {
        using var text = new StringWriter();
        var values = new List<KeyValuePair<string, object?>> { new("Attempt", 7), new("{OriginalFormat}", "Attempt {Attempt} failed") };
        var entry = new LogEntry<IReadOnlyList<KeyValuePair<string, object?>>>(
            LogLevel.Warning, "PeerReview.Server.Test", new EventId(1, "Failed"), values, failure, (_, _) => "Attempt 7 failed");
        _lines.Write(entry, _scopes, text);
        Assert.Equal(1, text.ToString().Count(c => c == '\n'));
        return JsonDocument.Parse(text.ToString()).RootElement;
    }

    private sealed class Recording(List<(LogLevel, string, string)> written, LoggerExternalScopeProvider scopes) : ILogger<RequestTelemetry>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var around = new List<string>();
            scopes.ForEachScope(
                (scope, to) => to.AddRange(((IEnumerable<KeyValuePair<string, object?>>)scope!).Select(one => $"{one.Key}={one.Value}")),
                around);
            written.Add((logLevel, formatter(state, exception), string.Join(' ', around)));
        }
    }
}
