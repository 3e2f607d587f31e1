using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Assessment;

/// <summary>The self-assessment: answers, evidence, parts, signatures.</summary>
public static class AssessmentFeature
{
    public static IServiceCollection AddAssessment(this IServiceCollection services) => services
        .AddSingleton<ItemReader>()
        .AddSingleton<ItemPage>()
        .AddSingleton<SaveAnswer>()
        .AddSingleton<SaveValues>()
        .AddSingleton<ValuesPage>()
        .AddSingleton<TranslationReader>()
        .AddSingleton<SaveTranslation>()
        .AddSingleton<TranslationPage>()
        .AddSingleton<AssessmentPage>()
        .AddSingleton<KeptPage>()
        .AddSingleton<LastPage>()
        .AddSingleton<TakeOver>()
        .AddSingleton<EvidenceFiles>()
        .AddSingleton<ValidatePart>()
        .AddSingleton<SignSelfAssessment>()
        .AddSingleton<IStageCompletion>(services => services.GetRequiredService<SignSelfAssessment>())
        .AddSingleton<SignOffPage>();

    public static void Map(WebRoutes routes)
    {
        AnswersApi.Map(routes);
        AssessmentPage.Map(routes);
        EvidenceRoutes.Map(routes);
        ItemPage.Map(routes);
        KeptPage.Map(routes);
        LastPage.Map(routes);
        SignOffPage.Map(routes);
        TranslationPage.Map(routes);
        TranslationsApi.Map(routes);
        ValidatePart.Map(routes);
        ValuesPage.Map(routes);
    }
}
