using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Reviews;

/// <summary>The review itself, for all its people.</summary>
public static class ReviewsFeature
{
    public static IServiceCollection AddReviewPages(this IServiceCollection services) =>
        services.AddSingleton<ReviewPage>().AddSingleton<ReviewView>();

    public static void Map(WebRoutes routes)
    {
        ReviewPage.Map(routes);
        ReviewApi.Map(routes);
    }
}
