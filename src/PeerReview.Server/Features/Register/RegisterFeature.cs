using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Register;

/// <summary>What everybody may read, and where a State decides it of a programme's own process.</summary>
public static class RegisterFeature
{
    public static IServiceCollection AddRegister(this IServiceCollection services) => services.AddSingleton<PublicReads>().AddSingleton<ShowTexts>().AddSingleton<ShowTextsPage>();

    public static void Map(WebRoutes routes)
    {
        PublicSide.Map(routes);
        ShowTexts.Map(routes);
        ShowTextsPage.Map(routes);
        ShownPage.Map(routes);
    }
}
