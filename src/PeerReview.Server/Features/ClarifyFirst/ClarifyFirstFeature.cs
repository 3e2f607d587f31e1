using PeerReview.Server.Platform.Clock;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.ClarifyFirst;

/// <summary>Private questions of experts to the State, before anything is written.</summary>
public static class ClarifyFirstFeature
{
    public static IServiceCollection AddClarifyFirst(this IServiceCollection services) => services
        .AddSingleton<PrivateQuestions>()
        .AddSingleton<AskPrivately>()
        .AddSingleton<AnswerPrivately>()
        .AddSingleton<ClarifyFirstPage>()
        .AddSingleton<IDueWork, LapseWatch>();

    public static void Map(WebRoutes routes)
    {
        ClarifyFirstPage.Map(routes);
        AskPrivately.Map(routes);
        AnswerPrivately.Map(routes);
    }
}
