using PeerReview.Server.Platform.Clock;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Deadlines;

/// <summary>What deadlines bring about by themselves.</summary>
public static class DeadlinesFeature
{
    public static IServiceCollection AddDeadlines(this IServiceCollection services) =>
        services.AddSingleton<IDueWork, OverdueWatch>().AddSingleton<IDueWork, DeferralEnds>().AddSingleton<Reminders>();

    public static void Map(WebRoutes routes) => Reminders.Map(routes);
}
