using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.DeskReview;

/// <summary>The desk review: experts comment on each answer, blind to each other until all have handed in.</summary>
public static class DeskReviewFeature
{
    public static IServiceCollection AddDeskReview(this IServiceCollection services) => services
        .AddSingleton<DeskReader>()
        .AddSingleton<DeskPage>()
        .AddSingleton<DeskItemPage>()
        .AddSingleton<SaveComment>()
        .AddSingleton<RemoveComment>()
        .AddSingleton<HandInComments>()
        .AddSingleton<IStageCompletion>(provider => provider.GetRequiredService<HandInComments>());

    public static void Map(WebRoutes routes)
    {
        DeskPage.Map(routes);
        DeskItemPage.Map(routes);
        SaveComment.Map(routes);
        RemoveComment.Map(routes);
        HandInComments.Map(routes);
    }
}
