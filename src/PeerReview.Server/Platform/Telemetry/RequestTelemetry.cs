using System.Collections;
using System.Diagnostics;

namespace PeerReview.Server.Platform.Telemetry;

/// <summary>Gives every request an id, puts it and the review's id around all log entries of the request, and writes one
/// line at its end.</summary>
/// <remarks>The line names the route, never the path. The id goes out as <c>Request-Id</c>, so that a person can quote it.
/// Reading is logged at Debug, changing at Information, a failure of ours at Error.</remarks>
internal sealed partial class RequestTelemetry(RequestDelegate next, ILogger<RequestTelemetry> log)
{
    /// <summary>The response header with the id.</summary>
    public const string Header = "Request-Id";

    public async Task InvokeAsync(HttpContext context)
    {
        var id = context.TraceIdentifier = Activity.Current?.TraceId.ToString() ?? Guid.NewGuid().ToString("N");
        context.Response.Headers[Header] = id;
        var started = Stopwatch.GetTimestamp();
        using (log.BeginScope(new Around(id, context)))
        {
            try
            {
                await next(context);
            }
            finally
            {
                var level = LevelOf(context);
                if (log.IsEnabled(level))
                {
                    var took = (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                    var route = RouteOf(context);
                    Ended(log, level, context.Request.Method, route, context.Response.StatusCode, took);
                }
            }
        }
    }

    private static string RouteOf(HttpContext context) =>
        (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(none)";

    private static LogLevel LevelOf(HttpContext context) =>
        context.Response.StatusCode >= StatusCodes.Status500InternalServerError ? LogLevel.Error
        : HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) ? LogLevel.Debug
        : LogLevel.Information;

    [LoggerMessage(EventName = "RequestEnded", Message = "{Method} {Route} answered {Status} in {Milliseconds} ms")]
    private static partial void Ended(ILogger log, LogLevel level, string method, string route, int status, long milliseconds);

    /// <summary>The ids around an entry. The review is known only once the route is, so it is looked for when an entry is
    /// written.</summary>
    private sealed class Around(string id, HttpContext context) : IEnumerable<KeyValuePair<string, object?>>
    {
        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
        {
            yield return new("request", id);
            // Only what parses as an id: a path segment can hold anything.
            if (context.Request.RouteValues.TryGetValue("review", out var value) && Guid.TryParse(value as string, out var review))
                yield return new("review", review.ToString("D"));
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
