using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Opening;

/// <summary>The opening: minutes that all parties confirm before the experts begin.</summary>
public static class OpeningFeature
{
    public static IServiceCollection AddOpening(this IServiceCollection services) => services
        .AddSingleton<OpeningPage>()
        .AddSingleton<SaveMinutes>()
        .AddSingleton<ConfirmOpening>()
        .AddSingleton<IStageCompletion>(provider => provider.GetRequiredService<ConfirmOpening>());

    public static void Map(WebRoutes routes)
    {
        OpeningPage.Map(routes);
        SaveMinutes.Map(routes);
        ConfirmOpening.Map(routes);
    }
}
