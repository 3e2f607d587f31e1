using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Clarification;

/// <summary>One round of clarifying questions.</summary>
public static class ClarificationFeature
{
    public static IServiceCollection AddClarification(this IServiceCollection services) => services
        .AddSingleton<AskQuestion>()
        .AddSingleton<ReplyToQuestion>()
        .AddSingleton<StaleReply>()
        .AddSingleton<CloseRound>()
        .AddSingleton<IStageCompletion>(provider => provider.GetRequiredService<CloseRound>())
        .AddSingleton<FinishReplies>()
        .AddSingleton<IStageCompletion>(provider => provider.GetRequiredService<FinishReplies>())
        .AddSingleton<ClarificationPage>();

    public static void Map(WebRoutes routes)
    {
        AskQuestion.Map(routes);
        ReplyToQuestion.Map(routes);
        ClarificationPage.Map(routes);
    }
}
