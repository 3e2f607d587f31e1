using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Urgent;

/// <summary>Points that do not wait for the report.</summary>
public static class UrgentFeature
{
    public static IServiceCollection AddUrgent(this IServiceCollection services) => services
        .AddSingleton<UrgentPoints>().AddSingleton<RaiseUrgent>().AddSingleton<AcknowledgeUrgent>().AddSingleton<UrgentPage>();

    public static void Map(WebRoutes routes)
    {
        UrgentPage.Map(routes);
        RaiseUrgent.Map(routes);
        AcknowledgeUrgent.Map(routes);
    }
}
