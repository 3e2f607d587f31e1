using System.Text.Json;
using PeerReview.Core.Deliberation;

namespace PeerReview.Core.Reviews;

/// <content>What belongs to the dialogue of a full review.</content>
public static partial class Contents
{
    /// <summary>The agenda as it is put in order.</summary>
    public static AgendaContent ReadAgenda(Writing writing) => Read(writing.Content, ContentsContext.Default.AgendaContent);

    /// <summary>A point of the agenda.</summary>
    public static AgendaPointContent ReadAgendaPoint(Writing writing) => Read(writing.Content, ContentsContext.Default.AgendaPointContent);

    /// <summary>A time offered for the dialogue.</summary>
    public static SlotContent ReadSlot(Writing writing) => Read(writing.Content, ContentsContext.Default.SlotContent);

    /// <summary>Which times suit a side.</summary>
    public static SlotAnswerContent ReadSlotAnswer(Writing writing) => Read(writing.Content, ContentsContext.Default.SlotAnswerContent);

    /// <summary>The meeting that was fixed.</summary>
    public static MeetingContent ReadMeeting(Writing writing) => Read(writing.Content, ContentsContext.Default.MeetingContent);

    /// <summary>How the State wishes to meet.</summary>
    public static VisitWishContent ReadVisitWish(Writing writing) => Read(writing.Content, ContentsContext.Default.VisitWishContent);

    /// <summary>The programme of a visit.</summary>
    public static VisitProgrammeContent ReadVisitProgramme(Writing writing) => Read(writing.Content, ContentsContext.Default.VisitProgrammeContent);

    /// <summary>A session that took place.</summary>
    public static SessionContent ReadSession(Writing writing) => Read(writing.Content, ContentsContext.Default.SessionContent);

    /// <summary>The record of the dialogue.</summary>
    public static DialogueRecordContent ReadDialogueRecord(Writing writing) => Read(writing.Content, ContentsContext.Default.DialogueRecordContent);

    /// <summary>A comment of the State on that record.</summary>
    public static RecordCommentContent ReadRecordComment(Writing writing) => Read(writing.Content, ContentsContext.Default.RecordCommentContent);

    /// <summary>What became of such a comment.</summary>
    public static CommentOutcomeContent ReadCommentOutcome(Writing writing) => Read(writing.Content, ContentsContext.Default.CommentOutcomeContent);

    public static JsonElement Write(AgendaContent content) => JsonSerializer.SerializeToElement(content, ContentsContext.Default.AgendaContent);

    public static JsonElement Write(AgendaPointContent content) => JsonSerializer.SerializeToElement(content, ContentsContext.Default.AgendaPointContent);

    public static JsonElement Write(SlotContent content) => JsonSerializer.SerializeToElement(content, ContentsContext.Default.SlotContent);

    public static JsonElement Write(SlotAnswerContent content) => JsonSerializer.SerializeToElement(content, ContentsContext.Default.SlotAnswerContent);

    public static JsonElement Write(MeetingContent content) => JsonSerializer.SerializeToElement(content, ContentsContext.Default.MeetingContent);

    public static JsonElement Write(VisitWishContent content) => JsonSerializer.SerializeToElement(content, ContentsContext.Default.VisitWishContent);

    public static JsonElement Write(VisitProgrammeContent content) => JsonSerializer.SerializeToElement(content, ContentsContext.Default.VisitProgrammeContent);

    public static JsonElement Write(SessionContent content) => JsonSerializer.SerializeToElement(content, ContentsContext.Default.SessionContent);

    public static JsonElement Write(DialogueRecordContent content) => JsonSerializer.SerializeToElement(content, ContentsContext.Default.DialogueRecordContent);

    public static JsonElement Write(RecordCommentContent content) => JsonSerializer.SerializeToElement(content, ContentsContext.Default.RecordCommentContent);

    public static JsonElement Write(CommentOutcomeContent content) => JsonSerializer.SerializeToElement(content, ContentsContext.Default.CommentOutcomeContent);
}
