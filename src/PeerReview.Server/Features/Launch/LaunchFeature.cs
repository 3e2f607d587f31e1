using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Launch;

/// <summary>Launching a review.</summary>
public static class LaunchFeature
{
    public static IServiceCollection AddLaunch(this IServiceCollection services) =>
        services.AddSingleton<LaunchReview>().AddSingleton<LaunchPage>();

    public static void Map(WebRoutes routes)
    {
        LaunchPage.Map(routes);
        LaunchReview.Map(routes);
    }
}
