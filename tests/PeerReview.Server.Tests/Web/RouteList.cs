using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PeerReview.Testing;

namespace PeerReview.Server.Tests.Web;

/// <summary>A route of the running program.</summary>
/// <param name="Pattern">As mapped, with a slash before it.</param>
/// <param name="TakesJson">Whether it reads a body of JSON.</param>
internal sealed record ProgramRoute(string Method, string Pattern, bool TakesJson)
{
    public bool IsApi => Pattern.StartsWith("/api/", StringComparison.Ordinal);

    public bool Writes => Method is not "GET";

    /// <summary>The address with this review in it; other parts of the address name what every review has or could have.</summary>
    public string With(Guid review) => Parts.Aggregate(
        Pattern, (path, part) => path.Replace(part.Name, part.Value, StringComparison.Ordinal))
        .Replace("{review:guid}", review.ToString(), StringComparison.Ordinal);

    /// <summary>The same, for a route of no review as well.</summary>
    public string With(TestApp app, Guid review) => With(review)
        .Replace("{programme:guid}", app.Programme.ToString(), StringComparison.Ordinal)
        .Replace("{state}", "FRA", StringComparison.Ordinal)
        .Replace("{row:long}", "1", StringComparison.Ordinal)
        .Replace("{token:guid}", Guid.Empty.ToString(), StringComparison.Ordinal)
        .Replace("{note:guid}", Guid.Empty.ToString(), StringComparison.Ordinal)
        .Replace("{secret}", new string('a', 43), StringComparison.Ordinal)
        .Replace("{slug}", "none", StringComparison.Ordinal)
        .Replace("{version:int}", "1", StringComparison.Ordinal);

    public override string ToString() => $"{Method} {Pattern}";

    private static readonly (string Name, string Value)[] Parts =
    [
        ("{item}", "N-a.a2"), ("{stage}", "self_assess"), ("{question}", "q1"), ("{point}", "U-01"), ("{id}", "C-01"),
        ("{role}", "STATE_FP"), ("{person:guid}", Guid.Empty.ToString()), ("{file:guid}", Guid.Empty.ToString()),
        ("{section}", "summary"), ("{document}", "letter"), ("{key}", "summary"), ("{comment}", "F-01"), ("{recommendation}", "R-01"),
        ("{invitation:guid}", Guid.Empty.ToString()), ("{comment:guid}", Guid.Empty.ToString()), ("{remark:guid}", Guid.Empty.ToString()),
        ("{contribution:guid}", Guid.Empty.ToString()), ("{family}", "academia"), ("{slot}", "T-01"), ("{session}", "D-01"), ("{asked:guid}", Guid.Empty.ToString()),
    ];
}

/// <summary>The routes of a program, from the program itself: one added later is tested like the others.</summary>
internal static class RouteList
{
    /// <summary>Every route of pages and API.</summary>
    public static IReadOnlyList<ProgramRoute> Routes(this TestApp app) =>
    [
        .. from route in app.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
           from method in route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []
           let pattern = "/" + route.RoutePattern.RawText!.TrimStart('/')
           orderby pattern, method
           select new ProgramRoute(
               method, pattern, route.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes.Contains("application/json", StringComparer.Ordinal) == true),
    ];

    /// <summary>Those of one review.</summary>
    public static IEnumerable<ProgramRoute> OfReviews(this IEnumerable<ProgramRoute> routes) =>
        routes.Where(route => route.Pattern.Contains("{review:guid}", StringComparison.Ordinal));
}
