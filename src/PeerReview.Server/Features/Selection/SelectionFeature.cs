using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Selection;

/// <summary>Who may review whom: the pool of reviewing States of a programme.</summary>
public static class SelectionFeature
{
    public static IServiceCollection AddSelection(this IServiceCollection services) => services
        .AddSingleton<PoolReader>()
        .AddSingleton<PoolPage>()
        .AddSingleton<PoolStatePage>()
        .AddSingleton<SavePoolState>()
        .AddSingleton<ReviewersPage>()
        .AddSingleton<NameReviewers>()
        .AddSingleton<IStageCompletion>(provider => provider.GetRequiredService<NameReviewers>())
        .AddSingleton<AskRedraw>()
        .AddSingleton<DeclineService>()
        .AddSingleton<ReplaceReviewer>();

    public static void Map(WebRoutes routes)
    {
        PoolPage.Map(routes);
        PoolStatePage.Map(routes);
        SavePoolState.Map(routes);
        ReviewersPage.Map(routes);
        NameReviewers.Map(routes);
        AskRedraw.Map(routes);
        DeclineService.Map(routes);
        ReplaceReviewer.Map(routes);
    }
}
