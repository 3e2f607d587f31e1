using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Accounts;

/// <summary>Signing out, here or everywhere.</summary>
public static class SignOut
{
    public static void Map(WebRoutes routes)
    {
        routes.PublicPages.MapPost("/sign-out", HereAsync).WithMetadata(WhileSeeing.Marker);
        routes.Pages.MapPost("/sign-out/everywhere", EverywhereAsync).WithMetadata(WhileSeeing.Marker);
    }

    private static async Task<IResult> HereAsync(HttpContext context, Sessions sessions, CancellationToken cancel)
    {
        await sessions.EndAsync(context, cancel);
        SessionCookie.Clear(context);
        return Answer.Done("/", "signed-out");
    }

    private static async Task<IResult> EverywhereAsync(HttpContext context, Caller caller, Sessions sessions, CancellationToken cancel)
    {
        await sessions.EndAllAsync(caller.Id, cancel);
        SessionCookie.Clear(context);
        return Answer.Done("/", "signed-out-everywhere");
    }
}
