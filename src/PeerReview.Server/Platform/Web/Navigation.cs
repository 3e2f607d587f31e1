using PeerReview.Core.Access;
using PeerReview.Server.Platform.Identity;

namespace PeerReview.Server.Platform.Web;

/// <summary>The places of the main navigation. One whose page is not mapped is not shown, so that no link leads nowhere.</summary>
public sealed class Navigation(EndpointDataSource routes)
{
    private static readonly Place[] Known =
    [
        new("home", "/", _ => true),
        new("reviews", "/reviews", caller => caller.IsSignedIn),
        new("register", "/register", _ => true),
        new("board", "/board", caller => caller.HasSome(Role.Coordinator) || caller.HasSome(Role.HeadCoordinator)),
        new("programme", "/programme", caller => caller.HasSome(Role.Coordinator) || caller.HasSome(Role.HeadCoordinator)),
        new("operations", "/operations", caller => caller.HasSome(Role.Operator)),
        new("help", "/help", _ => true),
    ];

    // Routes are complete once the first request comes, and never change afterwards.
    private readonly Lazy<Place[]> _mapped = new(() =>
    {
        var paths = routes.Endpoints.OfType<RouteEndpoint>()
            .Select(route => "/" + route.RoutePattern.RawText?.Trim('/')).ToHashSet(StringComparer.Ordinal);
        return [.. Known.Where(place => paths.Contains(place.Path))];
    });

    /// <summary>The places this caller is shown, in order. Showing is a courtesy: the page itself checks rights.</summary>
    public IReadOnlyList<Place> For(Caller caller) => [.. _mapped.Value.Where(place => place.IsFor(caller))];
}

/// <summary>One place of the navigation; its name is the text <c>nav.&lt;name&gt;</c>.</summary>
public sealed record Place(string Name, string Path, Func<Caller, bool> IsFor);
