using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Translations;

/// <summary>Working translations of answers, made by the coordinator's office for the experts.</summary>
public static class TranslationsFeature
{
    public static IServiceCollection AddTranslations(this IServiceCollection services) => services
        .AddSingleton<SaveReaderTranslation>()
        .AddSingleton<FinishTranslations>()
        .AddSingleton<IStageCompletion>(provider => provider.GetRequiredService<FinishTranslations>())
        .AddSingleton<TranslationsPage>()
        .AddSingleton<ReaderTranslationPage>();

    public static void Map(WebRoutes routes)
    {
        TranslationsPage.Map(routes);
        ReaderTranslationPage.Map(routes);
        ReaderTranslationsApi.Map(routes);
    }
}
