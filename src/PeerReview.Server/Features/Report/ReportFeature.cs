using PeerReview.Core.Deliberation;
using PeerReview.Server.Features.Report.Drafting;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;
using PeerReview.Server.Platform.Writings;

namespace PeerReview.Server.Features.Report;

/// <summary>The report the experts write: sections, recommendations, the State's comments on the draft, and the agreement of all.</summary>
public static class ReportFeature
{
    public static IServiceCollection AddReport(this IServiceCollection services) => services
        .AddSingleton<ReportReader>()
        .AddSingleton<ReportHistory>()
        .AddSingleton<ReportPage>()
        .AddSingleton<ReportActs>()
        .AddSingleton<SaveSection>()
        .AddSingleton<BuildDraft>()
        .AddSingleton<ClearWording>()
        .AddSingleton<TextKind<Recommendation>, RecommendationText>()
        .AddSingleton<CommentOnDraft>()
        .AddSingleton<SettleComment>()
        .AddSingleton<RemarkOnDraft>()
        .AddSingleton<SaveDissent>()
        .AddSingleton<ConfirmReport>()
        .AddSingleton<DraftReader>()
        .AddSingleton<DraftPage>()
        .AddSingleton<SectionPage>()
        .AddSingleton<MoveToAnnex>()
        .AddSingleton<TextForm<Recommendation>, RecommendationForm>()
        .AddSingleton<FinishDraft>()
        .AddSingleton<IStageCompletion>(provider => provider.GetRequiredService<FinishDraft>())
        .AddSingleton<FinishFactCheck>()
        .AddSingleton<IStageCompletion>(provider => provider.GetRequiredService<FinishFactCheck>())
        .AddSingleton<IStageCompletion>(provider => new ConfirmationOf(AgreementRules.Stage, provider.GetRequiredService<ConfirmReport>()))
        .AddSingleton<IStageCompletion>(provider => new ConfirmationOf(AgreementRules.Reconciling, provider.GetRequiredService<ConfirmReport>()));

    public static void Map(WebRoutes routes)
    {
        ReportPage.Map(routes);
        ReportActs.Map(routes);
        SaveSection.Map(routes);
        BuildDraft.Map(routes);
        ClearWording.Map(routes);
        DraftPage.Map(routes);
        SectionPage.Map(routes);
        MoveToAnnex.Map(routes);
        TextsApi.Map<Recommendation>(routes, "recommendations", "Recommendation");
        EditPages.Map<Recommendation, RecommendationEdit>(routes, "recommendations");
        CommentOnDraft.Map(routes);
        SettleComment.Map(routes);
        RemarkOnDraft.Map(routes);
        SaveDissent.Map(routes);
    }
}
