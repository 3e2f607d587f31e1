using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Declarations;

/// <summary>What experts declare, whom the subject objects to, and what is decided about it.</summary>
public static class DeclarationsFeature
{
    public static IServiceCollection AddDeclarations(this IServiceCollection services) => services
        .AddSingleton<DeclarationsPage>()
        .AddSingleton<SignDeclaration>()
        .AddSingleton<IStageCompletion>(provider => provider.GetRequiredService<SignDeclaration>())
        .AddSingleton<ObjectToExpert>()
        .AddSingleton<DecideObjection>()
        .AddSingleton<RecuseFromItems>();

    public static void Map(WebRoutes routes)
    {
        DeclarationsPage.Map(routes);
        SignDeclaration.Map(routes);
        ObjectToExpert.Map(routes);
        DecideObjection.Map(routes);
        RecuseFromItems.Map(routes);
    }
}
