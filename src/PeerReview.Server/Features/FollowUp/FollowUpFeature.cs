using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.FollowUp;

/// <summary>After publication: the six-month check and the closing.</summary>
public static class FollowUpFeature
{
    public static IServiceCollection AddFollowUp(this IServiceCollection services) => services
        .AddSingleton<TellProgress>()
        .AddSingleton<CloseReview>()
        .AddSingleton<MidTerm>()
        .AddSingleton<ProgressEditions>()
        .AddSingleton<ReleaseConfirmation>()
        .AddSingleton<IStageCompletion>(s => s.GetRequiredService<MidTerm>())
        .AddSingleton<IStageCompletion>(s => s.GetRequiredService<TellProgress>())
        .AddSingleton<IStageCompletion>(s => s.GetRequiredService<CloseReview>())
        .AddSingleton<FollowUpPage>();

    public static void Map(WebRoutes routes)
    {
        FollowUpPage.Map(routes);
        ReleaseConfirmation.Map(routes);
    }
}
