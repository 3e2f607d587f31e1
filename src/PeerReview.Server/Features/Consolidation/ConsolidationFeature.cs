using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Consolidation;

/// <summary>Consolidation: the lead reviewer leads every comment to a question, into the report or aside.</summary>
public static class ConsolidationFeature
{
    public static IServiceCollection AddConsolidation(this IServiceCollection services) => services
        .AddSingleton<ConsolidationReader>()
        .AddSingleton<ConsolidationPage>()
        .AddSingleton<ConsolidationItemPage>()
        .AddSingleton<SaveConsolidation>()
        .AddSingleton<HandOverQuestions>()
        .AddSingleton<IStageCompletion>(provider => provider.GetRequiredService<HandOverQuestions>());

    public static void Map(WebRoutes routes)
    {
        ConsolidationPage.Map(routes);
        ConsolidationItemPage.Map(routes);
        SaveConsolidation.Map(routes);
    }
}
