using PeerReview.Server.Features.Dialogue.Meeting;
using PeerReview.Server.Features.Dialogue.Minutes;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Dialogue;

/// <summary>The dialogue of a full review: an agenda, times across zones, sessions, a visit if the State wishes, a record both sides
/// confirm.</summary>
public static class DialogueFeature
{
    public static IServiceCollection AddDialogue(this IServiceCollection services) => services
        .AddSingleton<DialogueReader>()
        .AddSingleton<DialogueActs>()
        .AddSingleton<DialoguePage>()
        .AddSingleton<AddPoint>()
        .AddSingleton<SaveAgenda>()
        .AddSingleton<OfferSlots>()
        .AddSingleton<AnswerSlots>()
        .AddSingleton<FixMeeting>()
        .AddSingleton<MeetingFile>()
        .AddSingleton<WishVisit>()
        .AddSingleton<SaveProgramme>()
        .AddSingleton<AgreeProgramme>()
        .AddSingleton<RecordSession>()
        .AddSingleton<SaveRecord>()
        .AddSingleton<CommentOnRecord>()
        .AddSingleton<SettleRecordComment>()
        .AddSingleton<IStageCompletion, ConfirmRecord>();

    public static void Map(WebRoutes routes)
    {
        DialoguePage.Map(routes);
        AddPoint.Map(routes);
        SaveAgenda.Map(routes);
        OfferSlots.Map(routes);
        AnswerSlots.Map(routes);
        FixMeeting.Map(routes);
        MeetingFile.Map(routes);
        WishVisit.Map(routes);
        SaveProgramme.Map(routes);
        AgreeProgramme.Map(routes);
        RecordSession.Map(routes);
        SaveRecord.Map(routes);
        CommentOnRecord.Map(routes);
        SettleRecordComment.Map(routes);
    }
}
