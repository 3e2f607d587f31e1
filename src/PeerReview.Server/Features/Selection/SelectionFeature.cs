using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Selection;

/// <summary>Who may review whom: the pool of reviewing States of a programme.</summary>
public static class SelectionFeature
{
    public static IServiceCollection AddSelection(this IServiceCollection services) => services
        .AddSingleton<PoolReader>()
        .AddSingleton<PoolPage>()
        .AddSingleton<PoolStatePage>()
        .AddSingleton<SavePoolState>();

    public static void Map(WebRoutes routes)
    {
        PoolPage.Map(routes);
        PoolStatePage.Map(routes);
        SavePoolState.Map(routes);
    }
}
