using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Home;

/// <summary>What waits for me, and the coordinators' board.</summary>
public static class HomeFeature
{
    public static IServiceCollection AddHome(this IServiceCollection services) =>
        services.AddSingleton<MyTasks>().AddSingleton<BoardPage>();

    public static void Map(WebRoutes routes)
    {
        HomePage.Map(routes);
        MyTasks.Map(routes);
        BoardPage.Map(routes);
    }
}
