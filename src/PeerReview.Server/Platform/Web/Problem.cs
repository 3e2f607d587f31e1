using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using PeerReview.Core;

namespace PeerReview.Server.Platform.Web;

/// <summary>A refusal as the API answers it: a problem document (RFC 9457) in the reader's language.</summary>
/// <remarks>
/// <c>type</c> is <c>urn:peer-review:&lt;code&gt;</c>, <c>title</c> the kind of refusal, <c>detail</c> the sentence that
/// says what to do; <c>code</c>, <c>field</c> and <c>values</c> are the same for programs; <c>errors</c> lists everything that
/// is wrong with the same input where that is more than one thing.
/// </remarks>
public sealed class Problem(Refusal refusal, int status) : IResult, IStatusCodeHttpResult, IEndpointMetadataProvider
{
    /// <summary>Why not.</summary>
    public Refusal Refusal => refusal;

    /// <summary>Members beside the usual ones, such as the versions of a text that collided.</summary>
    public IReadOnlyDictionary<string, object?> Extra { get; init; } = ImmutableDictionary<string, object?>.Empty;

    /// <summary>The HTTP status.</summary>
    public int? StatusCode => status;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var texts = httpContext.Texts();
        var document = new ProblemDetails
        {
            Type = "urn:peer-review:" + refusal.Code,
            Title = texts["problem.status." + status.ToString(CultureInfo.InvariantCulture)],
            Status = status,
            Detail = texts.Sentence(refusal),
            Instance = httpContext.Request.Path,
        };
        document.Extensions["code"] = refusal.Code;
        if (refusal.Field is { } field)
            document.Extensions["field"] = field;
        if (!refusal.Args.IsEmpty)
            document.Extensions["values"] = refusal.Args;
        if (!refusal.More.IsEmpty)
            document.Extensions["errors"] = refusal.All.Select(one => new Error(one.Code, one.Field, texts.Sentence(one), one.Args));
        foreach (var (name, value) in Extra)
            document.Extensions[name] = value;
        httpContext.Response.StatusCode = status;
        return httpContext.Response.WriteAsJsonAsync(
            document, (JsonSerializerOptions?)null, "application/problem+json", httpContext.RequestAborted);
    }

    private sealed record Error(string Code, string? Field, string Detail, IReadOnlyDictionary<string, object> Values);

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        foreach (var status in new[] { 403, 404, 409, 422 })
            builder.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(ProblemDetails), ["application/problem+json"]));
    }
}

/// <summary>Refusals become HTTP here and nowhere else.</summary>
public static class RefusalsOverHttp
{
    /// <summary>The status of a refusal.</summary>
    public static int Status(this Refusal refusal) => refusal.Kind switch
    {
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.NotAllowed => StatusCodes.Status403Forbidden,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        RefusalKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        RefusalKind.Invalid => StatusCodes.Status422UnprocessableEntity,
    };

    /// <summary>The problem document of a refusal. A review that is not there and one the caller may not know of get the
    /// same, byte for byte.</summary>
    public static Problem ToProblem(this Refusal refusal) => new(
        refusal.Code is "review.not-found" or "access.not-found" ? new Refusal("request.not-found", RefusalKind.NotFound) : refusal,
        refusal.Status());

    /// <summary>The sentence a person reads: the text <c>refusal.&lt;code&gt;</c>, which says what to do. Roles are named,
    /// days are written as the language writes them.</summary>
    public static string Sentence(this Texts texts, Refusal refusal) =>
        texts.Of("refusal." + refusal.Code, [.. refusal.Args.Select(arg => KeyValuePair.Create(arg.Key, Readable(texts, arg.Key, arg.Value)))]);

    private static object? Readable(Texts texts, string name, object value) => (name, value) switch
    {
        ("role" or "roles", string codes) => texts.List(codes.Split(' ').Select(code => texts["role." + code])),
        ("pool", string code) => texts["pool.outlook.from." + code],
        ("rule", string code) => texts["pool.bar." + code],
        (_, string text) when DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) => day,
        _ => value,
    };
}
