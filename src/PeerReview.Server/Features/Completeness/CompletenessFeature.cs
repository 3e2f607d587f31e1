using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Completeness;

/// <summary>The coordinator's completeness check.</summary>
public static class CompletenessFeature
{
    public static IServiceCollection AddCompleteness(this IServiceCollection services) => services
        .AddSingleton<FindComplete>()
        .AddSingleton<IStageCompletion>(provider => provider.GetRequiredService<FindComplete>())
        .AddSingleton<ReturnAssessment>()
        .AddSingleton<CompletenessPage>();

    public static void Map(WebRoutes routes)
    {
        ReturnAssessment.Map(routes);
        CompletenessPage.Map(routes);
    }
}
