using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace PeerReview.Server.Features.Operations;

/// <summary>What a load balancer asks: is the process alive, can it serve. Strangers learn the status and nothing else.</summary>
public static class Health
{
    private const string MediaType = "application/health+json";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", Live).WithName("HealthLive");
        routes.MapGet("/health/ready", ReadyAsync).WithName("HealthReady");
    }

    private static JsonHttpResult<Answer> Live(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(new Answer("pass", null), contentType: MediaType);
    }

    private static async Task<JsonHttpResult<Answer>> ReadyAsync(
        HttpContext context, Readiness readiness, CancellationToken cancel)
    {
        var checks = await readiness.AskAsync(cancel);
        var status = Readiness.Worst(checks);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(
            new Answer(status, OperatorOnly.Admits(context) ? checks : null),
            contentType: MediaType,
            statusCode: status == "fail" ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }

    /// <summary>The body.</summary>
    /// <param name="Status"><c>pass</c>, <c>warn</c> or <c>fail</c>.</param>
    /// <param name="Checks">What stands behind it; for operators only.</param>
    public sealed record Answer(
        string Status,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ReadinessCheck>? Checks);
}
