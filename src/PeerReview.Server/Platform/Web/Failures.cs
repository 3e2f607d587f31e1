using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using PeerReview.Core;
using PeerReview.Server.Components;
using PeerReview.Server.Platform.Data;

namespace PeerReview.Server.Platform.Web;

/// <summary>Answers what no handler answered: unknown addresses, unreadable input, a database away, a bug.</summary>
/// <remarks>A program gets a problem document, a person a page; both say what to do and neither says how we are built.</remarks>
public sealed partial class Failures(ILogger<Failures> log) : IExceptionHandler
{
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(15);

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
            return true;
        await AnswerAsync(httpContext, Explain(httpContext, exception));
        return true;
    }

    /// <summary>Gives a status without a body its words.</summary>
    public static Task AnswerStatusAsync(StatusCodeContext context)
    {
        var status = context.HttpContext.Response.StatusCode;
        if (status == StatusCodes.Status405MethodNotAllowed && PageOf(context.HttpContext) is { } page)
            return Answer.Done(page).ExecuteAsync(context.HttpContext);
        var code = status switch
        {
            401 => "request.sign-in",
            403 => "request.not-allowed",
            404 => "request.not-found",
            405 => "request.method",
            413 => "request.too-large",
            415 => "request.not-json",
            429 => "request.too-many",
            _ => "request.malformed",
        };
        return AnswerAsync(context.HttpContext, new Failure(new Refusal(code, RefusalKind.Invalid), status));
    }

    /// <summary>Answers a refusal as a page or as a problem document, whichever the request wants.</summary>
    public static Task AnswerAsync(HttpContext context, Refusal refusal, int status) => AnswerAsync(context, new Failure(refusal, status));

    /// <summary>The page a form stands on, where somebody opens the address the form is sent to: after a change of language, or
    /// from the history of the browser. The forms of a page are sent to addresses below it.</summary>
    private static string? PageOf(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) && context.Request.WantsPage()
        && context.Request.Path.Value is { } path && path.LastIndexOf('/') is > 0 and var end
            ? path[..end]
            : null;

    private static async Task AnswerAsync(HttpContext context, Failure failure)
    {
        if (!context.Request.WantsPage())
        {
            await new Problem(failure.Refusal, failure.Status).ExecuteAsync(context);
            return;
        }

        // A page may have broken half drawn, and whatever drew it cannot draw another.
        await using var scope = context.RequestServices.CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        await Answer.Page<FailurePage>(new { failure.Refusal, failure.Status }, failure.Status).ExecuteAsync(context);
    }

    private Failure Explain(HttpContext context, Exception exception)
    {
        if (Input(exception) is { } input)
            return input;
        if (exception is CommitUnknownException)
        {
            CommitUnknown(log, exception);
            return Away(context, "request.commit-unknown");
        }

        if (DatabaseException.From(exception) is { } away)
        {
            DatabaseAway(log, away.Message);
            return Away(context, "request.database-away");
        }

        // Letters a person can read out: the beginning of the request's id, under which the log has the whole story.
        var incident = context.TraceIdentifier[..Math.Min(8, context.TraceIdentifier.Length)];
        var route = context.Features.Get<IExceptionHandlerFeature>()?.Endpoint as RouteEndpoint;
        Broke(log, exception, incident, context.Request.Method, route?.RoutePattern.RawText ?? "(none)");
        return new Failure(new Refusal("request.broke", RefusalKind.Conflict).With("incident", incident), 500);
    }

    private static Failure Away(HttpContext context, string code)
    {
        context.Response.Headers.RetryAfter = TryAgain.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        return new Failure(new Refusal(code, RefusalKind.Conflict), 503);
    }

    private static Failure? Input(Exception exception) => exception switch
    {
        _ when BodyLimits.WereExceeded(exception) => new(new Refusal("request.too-large", RefusalKind.Invalid), 413),
        InvalidDataException => new(new Refusal("request.malformed", RefusalKind.Invalid), 400),
        BadHttpRequestException { InnerException: JsonException json } => new(Unreadable(json), 400),
        BadHttpRequestException { StatusCode: 415 } => new(new Refusal("request.not-json", RefusalKind.Invalid), 415),
        BadHttpRequestException bad => new(new Refusal("request.malformed", RefusalKind.Invalid), bad.StatusCode),
        AntiforgeryValidationException => new(new Refusal("request.form-expired", RefusalKind.Conflict), 400),
        _ => null,
    };

    private static Refusal Unreadable(JsonException json) =>
        new Refusal("request.json", RefusalKind.Invalid, json.Path is { Length: > 2 } path ? path[2..] : null)
            .With("path", json.Path ?? "$")
            .With("line", (json.LineNumber ?? 0) + 1);

    private sealed record Failure(Refusal Refusal, int Status);

    [LoggerMessage(Level = LogLevel.Error, Message = "Incident {Incident}: {Method} {Route} broke")]
    private static partial void Broke(ILogger log, Exception e, string incident, string method, string route);

    [LoggerMessage(Level = LogLevel.Error, Message = "A request found the database away: {Reason}")]
    private static partial void DatabaseAway(ILogger log, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The connection was lost while a commit was under way")]
    private static partial void CommitUnknown(ILogger log, Exception e);
}
