using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Team;

/// <summary>The people of the reviewing States: who speaks for them, who reviews.</summary>
public static class TeamFeature
{
    public static IServiceCollection AddTeam(this IServiceCollection services) => services
        .AddSingleton<NameFocalPoint>()
        .AddSingleton<FocalPointPage>();

    public static void Map(WebRoutes routes)
    {
        NameFocalPoint.Map(routes);
        FocalPointPage.Map(routes);
    }
}
