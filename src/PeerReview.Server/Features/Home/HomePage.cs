using PeerReview.Core.Access;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Home;

/// <summary>The first page: what waits for me, by when; for a visitor, what this is.</summary>
public static class HomePage
{
    public static void Map(WebRoutes routes) => routes.PublicPages.MapGet(
        "/",
        async (Visit visit, MyTasks tasks, CancellationToken cancel) => visit.Caller.IsSignedIn
            ? Answer.Page<HomeView>(new
            {
                Model = new HomeModel(
                    await tasks.OfAsync(visit.Caller, visit.Texts, cancel),
                    visit.Caller.Actor.Grants.Any(g => g is { Role: Role.StateAuthority, Review: null, State: not null }),
                    visit.Caller.HasSome(Role.Coordinator) || visit.Caller.HasSome(Role.HeadCoordinator)),
            })
            : (IResult)Answer.Page<WelcomeView>());
}

/// <summary>What home draws.</summary>
/// <param name="MayLaunch">Whether the person speaks for a State.</param>
/// <param name="Coordinates">Whether the person looks after reviews.</param>
public sealed record HomeModel(MyDesk Desk, bool MayLaunch, bool Coordinates);
