using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Remarks;

/// <summary>What the reviewing team says under each other's comments while it works on questions and report.</summary>
public static class RemarksFeature
{
    public static IServiceCollection AddRemarks(this IServiceCollection services) => services
        .AddSingleton<RemarksPage>()
        .AddSingleton<WriteRemark>()
        .AddSingleton<TakeRemarkBack>();

    public static void Map(WebRoutes routes)
    {
        RemarksPage.Map(routes);
        WriteRemark.Map(routes);
        TakeRemarkBack.Map(routes);
    }
}
