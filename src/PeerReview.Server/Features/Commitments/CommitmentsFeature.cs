using PeerReview.Core.FollowUp;
using PeerReview.Core.Report;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;
using PeerReview.Server.Platform.Writings;

namespace PeerReview.Server.Features.Commitments;

/// <summary>Commitments and good practices of a State, and its own summary.</summary>
public static class CommitmentsFeature
{
    public static IServiceCollection AddCommitments(this IServiceCollection services) => services
        .AddSingleton<TextKind<Commitment>, CommitmentText>()
        .AddSingleton<TextKind<GoodPractice>, PracticeText>()
        .AddSingleton<TextKind<Summary>, SummaryText>()
        .AddSingleton<TextForm<Commitment>, CommitmentForm>()
        .AddSingleton<TextForm<GoodPractice>, PracticeForm>()
        .AddSingleton<TextForm<Summary>, SummaryForm>()
        .AddSingleton<FinishPlan>()
        .AddSingleton<IStageCompletion>(provider => provider.GetRequiredService<FinishPlan>())
        .AddSingleton<CommitmentsPage>();

    public static void Map(WebRoutes routes)
    {
        CommitmentsPage.Map(routes);
        EditPages.Map<Commitment, CommitmentEdit>(routes, "commitments");
        EditPages.Map<GoodPractice, PracticeEdit>(routes, "practices");
        EditPages.MapOnly<Summary, SummaryEdit>(routes, "summary");
        TextsApi.Map<Commitment>(routes, "actions", "Commitment");
        TextsApi.Map<GoodPractice>(routes, "practices", "GoodPractice");
        TextsApi.MapOnly<Summary>(routes, PublishedDocuments.Summary, "Summary");
    }
}
