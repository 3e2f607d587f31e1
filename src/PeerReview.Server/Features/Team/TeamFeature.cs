using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Team;

/// <summary>The people of the reviewing States: who speaks for them, who reviews.</summary>
public static class TeamFeature
{
    public static IServiceCollection AddTeam(this IServiceCollection services) => services
        .AddSingleton<ExpertsPage>()
        .AddSingleton<InviteExpert>()
        .AddSingleton<WithdrawInvitation>()
        .AddSingleton<NameLead>()
        .AddSingleton<ReplaceExpert>()
        .AddSingleton<LeaveExpertOut>()
        .AddSingleton<GiveExpertTime>()
        .AddSingleton<FinishNominating>()
        .AddSingleton<IStageCompletion>(provider => provider.GetRequiredService<FinishNominating>())
        .AddSingleton<Invitations>()
        .AddSingleton<AnswerInvitation>()
        .AddSingleton<InvitationPage>();

    public static void Map(WebRoutes routes)
    {
        NameSpeaker.Map(routes, ReviewerSeat.Seat);
        SpeakerPage.Map(routes, ReviewerSeat.Seat);
        ExpertsPage.Map(routes);
        InviteExpert.Map(routes);
        WithdrawInvitation.Map(routes);
        NameLead.Map(routes);
        ReplaceExpert.Map(routes);
        LeaveExpertOut.Map(routes);
        GiveExpertTime.Map(routes);
        FinishNominating.Map(routes);
        AnswerInvitation.Map(routes);
        InvitationPage.Map(routes);
    }
}
