using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Stakeholders;

/// <summary>Stakeholders are heard by invitation: they contribute under their names, the coordinator screens, the State replies before
/// reviewers may use it.</summary>
public static class StakeholdersFeature
{
    public static IServiceCollection AddStakeholders(this IServiceCollection services) => services
        .AddSingleton<StakeholderInvitations>()
        .AddSingleton<InviteStakeholder>()
        .AddSingleton<WithdrawStakeholder>()
        .AddSingleton<AnswerStakeholderInvitation>()
        .AddSingleton<StakeholderInvitationPage>()
        .AddSingleton<SaveContribution>()
        .AddSingleton<RemoveContribution>()
        .AddSingleton<HandInContribution>()
        .AddSingleton<ScreenContribution>()
        .AddSingleton<ReplyToContribution>()
        .AddSingleton<ForwardContribution>()
        .AddSingleton<LeaveOutWindow>()
        .AddSingleton<SayNotInvited>()
        .AddSingleton<IStageCompletion, CloseWindow>()
        .AddSingleton<IStageCompletion, FinishReplying>()
        .AddSingleton<ContributionActs>()
        .AddSingleton<ContributionsPage>();

    public static void Map(WebRoutes routes)
    {
        InviteStakeholder.Map(routes);
        WithdrawStakeholder.Map(routes);
        StakeholderInvitationPage.Map(routes);
        SaveContribution.Map(routes);
        RemoveContribution.Map(routes);
        HandInContribution.Map(routes);
        ScreenContribution.Map(routes);
        ReplyToContribution.Map(routes);
        ForwardContribution.Map(routes);
        LeaveOutWindow.Map(routes);
        SayNotInvited.Map(routes);
        ContributionsPage.Map(routes);
    }
}
