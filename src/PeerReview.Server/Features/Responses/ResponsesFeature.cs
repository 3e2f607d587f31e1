using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Responses;

/// <summary>The State's responses to the recommendations.</summary>
public static class ResponsesFeature
{
    public static IServiceCollection AddResponses(this IServiceCollection services) => services
        .AddSingleton<ResponsesPage>()
        .AddSingleton<SaveResponse>()
        .AddSingleton<IStageCompletion, SignResponses>();

    public static void Map(WebRoutes routes)
    {
        ResponsesPage.Map(routes);
        SaveResponse.Map(routes);
    }
}
