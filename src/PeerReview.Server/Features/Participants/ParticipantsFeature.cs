using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Participants;

/// <summary>The participating States of a regional or subregional review: who speaks for them, what they say to the common part.</summary>
public static class ParticipantsFeature
{
    public static IServiceCollection AddParticipants(this IServiceCollection services) => services
        .AddSingleton<ParticipantsPage>()
        .AddSingleton<Sheets>()
        .AddSingleton<SaveSheetAnswer>()
        .AddSingleton<SignSheet>()
        .AddSingleton<SheetPage>()
        .AddSingleton<EndorseCommonPart>()
        .AddSingleton<IStageCompletion>(provider => provider.GetRequiredService<EndorseCommonPart>());

    public static void Map(WebRoutes routes)
    {
        ParticipantsPage.Map(routes);
        NameSpeaker.Map(routes, ParticipantSeat.Seat);
        SpeakerPage.Map(routes, ParticipantSeat.Seat);
        EndorseCommonPart.Map(routes);
        SheetsApi.Map(routes);
        SaveSheetAnswer.Map(routes);
        SignSheet.Map(routes);
        SheetPage.Map(routes);
    }
}
