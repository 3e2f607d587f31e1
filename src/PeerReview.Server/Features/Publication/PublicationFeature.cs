using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Publication;

/// <summary>What becomes public, and that it does.</summary>
public static class PublicationFeature
{
    public static IServiceCollection AddPublication(this IServiceCollection services) => services
        .AddSingleton<DecidePublication>()
        .AddSingleton<PublishReport>()
        .AddSingleton<IStageCompletion>(s => s.GetRequiredService<DecidePublication>())
        .AddSingleton<IStageCompletion>(s => s.GetRequiredService<PublishReport>())
        .AddSingleton<PublicationPage>();

    public static void Map(WebRoutes routes) => PublicationPage.Map(routes);
}
