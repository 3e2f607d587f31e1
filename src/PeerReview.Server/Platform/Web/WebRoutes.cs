using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using PeerReview.Core;
using PeerReview.Server.Platform.Drafts;
using PeerReview.Server.Platform.Identity;

namespace PeerReview.Server.Platform.Web;

/// <summary>The four groups every route of a feature belongs to. What a group demands holds for all its routes.</summary>
/// <param name="Pages">Pages for signed-in people. A visitor is sent to sign in and comes back.</param>
/// <param name="PublicPages">Pages for everybody.</param>
/// <param name="Api"><c>/api/v1</c> for signed-in people; a token that only reads may not write.</param>
/// <param name="PublicApi"><c>/api/v1</c> for everybody.</param>
/// <remarks>Every form of a page carries its antiforgery token (<c>PostForm</c>), and a POST without one is refused.</remarks>
public sealed record WebRoutes(RouteGroupBuilder Pages, RouteGroupBuilder PublicPages, RouteGroupBuilder Api, RouteGroupBuilder PublicApi)
{
    // As the column that keeps it.
    private const int MaxKey = 200;

    /// <summary>A service of the program, for handlers that know it when they are mapped.</summary>
    public T Service<T>()
        where T : notnull => ((IEndpointRouteBuilder)Pages).ServiceProvider.GetRequiredService<T>();

    internal static WebRoutes Of(IEndpointRouteBuilder app)
    {
        var publicPages = app.MapGroup("").WithMetadata(new RequireAntiforgeryTokenAttribute())
            .AddEndpointFilter(RefuseForgedForms).AddEndpointFilter(RefuseWhileSeeing);
        publicPages.ExcludeFromDescription();
        var publicApi = app.MapGroup("/api/v1").AddEndpointFilter(RefuseWritingReaders).AddEndpointFilter(RefuseWhileSeeing).AddEndpointFilter(RefuseWrongKeys);
        return new WebRoutes(
            publicPages.MapGroup("").AddEndpointFilter(SendVisitorsToSignIn).AddEndpointFilter(ForgetSaved.FilterAsync),
            publicPages,
            publicApi.MapGroup("").AddEndpointFilter(RefuseVisitors).AddEndpointFilter(ReadVersions),
            publicApi);
    }

    // The attribute alone lets a POST through that binds no form field: this is what refuses.
    private static async ValueTask<object?> RefuseForgedForms(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Features.Get<IAntiforgeryValidationFeature>() switch
        {
            { IsValid: false, Error: var error } when BodyLimits.WereExceeded(error) =>
                new Refused("request.too-large", StatusCodes.Status413PayloadTooLarge),
            { IsValid: false } => await SendAgain.OfferAsync(context.HttpContext) ?? new Refused("request.form-expired", StatusCodes.Status400BadRequest),
            _ => await next(context),
        };

    private static ValueTask<object?> SendVisitorsToSignIn(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (context.HttpContext.Caller().IsSignedIn)
            return next(context);
        // A form cannot be sent again after signing in: one comes back to where it stood.
        var back = HttpMethods.IsGet(context.HttpContext.Request.Method) ? context.HttpContext.Visit().Path : "/";
        return new(Answer.Done("/sign-in?returnTo=" + Uri.EscapeDataString(ReturnTo.Safe(back))));
    }

    private static ValueTask<object?> RefuseVisitors(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (context.HttpContext.Caller().IsSignedIn)
            return next(context);
        context.HttpContext.Response.Headers.WWWAuthenticate = "Bearer";
        return new(new Refused("request.sign-in", StatusCodes.Status401Unauthorized));
    }

    private static ValueTask<object?> RefuseWritingReaders(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Caller().Proof == Proof.ReadToken && !IsReading(context.HttpContext.Request.Method)
            ? new(new Refused("request.token-read-only", StatusCodes.Status403Forbidden))
            : next(context);

    // Who looks on with somebody else's eyes changes nothing, wherever: the one thing at hand is to end it.
    private static ValueTask<object?> RefuseWhileSeeing(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Caller().Seeing is not null && !IsReading(context.HttpContext.Request.Method)
        && context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<WhileSeeing>() is null
            ? new(new Refused("access.seeing-as", StatusCodes.Status403Forbidden))
            : next(context);

    private static ValueTask<object?> RefuseWrongKeys(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var keys = context.HttpContext.Request.Headers["Idempotency-Key"];
        return keys.Count == 0 || (keys is [{ Length: > 0 and <= MaxKey } key] && key.All(c => c is >= '!' and <= '~'))
            ? next(context)
            : new(new Refusal("request.key-wrong", RefusalKind.Invalid, "Idempotency-Key").With("max", MaxKey).ToProblem());
    }

    // What a change was made on may stand in the header as well as in the body.
    private static ValueTask<object?> ReadVersions(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        for (var at = 0; at < context.Arguments.Count; at++)
        {
            if (context.Arguments[at] is not IVersioned request)
                continue;
            if (ETags.IfMatch(context.HttpContext, out var version) is { } malformed)
                return new(malformed.ToProblem());
            if (version is { } made)
                context.Arguments[at] = request.On(made);
        }

        return next(context);
    }

    private static bool IsReading(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);

    private sealed class Refused(string code, int status) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) =>
            Failures.AnswerAsync(httpContext, new Refusal(code, RefusalKind.Invalid), status);
    }
}

/// <summary>Marks routes that change nothing of a review: they work while somebody looks on with other eyes.</summary>
public sealed class WhileSeeing
{
    /// <summary>The mark, as metadata of a route.</summary>
    public static readonly WhileSeeing Marker = new();

    private WhileSeeing()
    {
    }
}

/// <summary>What a single route may ask beyond its group.</summary>
public static class RouteDemands
{
    /// <summary>Lets a route take files up to <see cref="JsonRules.FileLimit"/>, and a megabyte around them.</summary>
    public static TBuilder TakesFiles<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new RequestSizeLimitAttribute(JsonRules.FileLimit + JsonRules.BodyLimit));
}
