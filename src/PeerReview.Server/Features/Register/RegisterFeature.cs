using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Register;

/// <summary>What everybody may read.</summary>
public static class RegisterFeature
{
    public static IServiceCollection AddRegister(this IServiceCollection services) => services.AddSingleton<PublicReads>();

    public static void Map(WebRoutes routes) => PublicSide.Map(routes);
}
