namespace PeerReview.Core.Reviews;

/// <summary>What people write in a review.</summary>
public static class WritingKind
{
    /// <summary>The answer to an item; key is the item id.</summary>
    public const string Answer = "answer";

    /// <summary>An answer in another language; the key is item id and language, <c>N-c.c1:fr</c>.</summary>
    public const string AnswerTranslation = "answer_translation";

    /// <summary>A working translation of an answer that the coordinator's office made for the experts; key as above.</summary>
    public const string ReaderTranslation = "reader_translation";

    /// <summary>The coordinator's list of what is missing; key is the number of the return.</summary>
    public const string ReturnList = "return_list";

    /// <summary>A clarifying question of the coordinator; key is its id.</summary>
    public const string Question = "question";

    /// <summary>The State's reply; key is the id of the question.</summary>
    public const string Reply = "reply";

    /// <summary>A commitment of the State; key is its id.</summary>
    public const string Commitment = "commitment";

    /// <summary>A good practice the State offers; key is its id.</summary>
    public const string GoodPractice = "good_practice";

    /// <summary>The State's own summary of its report; the key is <c>summary</c>.</summary>
    public const string Summary = "summary";

    /// <summary>An urgent point; key is its id. Never leaves State authority and coordinator.</summary>
    public const string Urgent = "urgent";

    /// <summary>That an urgent point was acknowledged; key is its id. Same circle.</summary>
    public const string UrgentAcknowledged = "urgent_acknowledged";

    /// <summary>A private question of an expert to the State; key is its id, which counts nothing. Never leaves those it is between.</summary>
    public const string PrivateQuestion = "private_question";

    /// <summary>The State's answer to it; key is the id of the question. Same circle.</summary>
    public const string PrivateAnswer = "private_answer";

    /// <summary>The progress note of a follow-up stage; key is the stage.</summary>
    public const string ProgressNote = "progress_note";

    /// <summary>The closing note and what is carried over; key is the role that wrote it.</summary>
    public const string ClosingNote = "closing_note";

    /// <summary>Reasons of acts: suspension, extension and so on; key is the sequence of the act.</summary>
    public const string Reason = "reason";

    /// <summary>An expert's declaration of ties to the subject; key is the person. Read by the subject and the office.</summary>
    public const string Declaration = "declaration";

    /// <summary>The subject's objection to an expert, with its reason; key is the person.</summary>
    public const string Objection = "objection";

    /// <summary>What a participating State says to an item on its own sheet; key is State and item, <c>KEN:N-c.c1</c>.</summary>
    public const string SheetAnswer = "sheet_answer";

    /// <summary>Why a participating State objects to the common part; key is the State. Read by whoever reads its endorsement.</summary>
    public const string EndorsementObjection = "endorsement_objection";

    /// <summary>The reason of the decision on an objection; key is the person.</summary>
    public const string ObjectionDecision = "objection_decision";

    /// <summary>The minutes of the opening; the key is <c>opening</c>.</summary>
    public const string Minutes = "minutes";

    /// <summary>What an expert handed in of comments; key is the person.</summary>
    public const string Comments = "comments";

    /// <summary>What a member of the team says under a comment; key is item, comment and remark, see <see cref="Deliberation.CommentRemarks"/>.</summary>
    public const string CommentRemark = "comment_remark";

    /// <summary>Where the lead leads every comment; the key is <c>consolidation</c>.</summary>
    public const string Consolidation = "consolidation";

    /// <summary>The order of the dialogue's agenda, and what the experts keep open; the key is <c>dialogue</c>.</summary>
    public const string Agenda = "agenda";

    /// <summary>A point either side adds to the agenda; key is its id.</summary>
    public const string AgendaPoint = "agenda_point";

    /// <summary>A time offered for the dialogue; key is its id.</summary>
    public const string Slot = "slot";

    /// <summary>Which times suit a side; key is the side.</summary>
    public const string SlotAnswer = "slot_answer";

    /// <summary>The time and way of meeting that were fixed; key is the id of the time.</summary>
    public const string Meeting = "meeting";

    /// <summary>How the State wishes to meet; the key is <c>dialogue</c>.</summary>
    public const string VisitWish = "visit_wish";

    /// <summary>The programme of a visit or joint meeting; the key is <c>dialogue</c>.</summary>
    public const string VisitProgramme = "visit_programme";

    /// <summary>A session of the dialogue that took place; key is its id.</summary>
    public const string Session = "session";

    /// <summary>The record of the dialogue; the key is <c>dialogue</c>.</summary>
    public const string DialogueRecord = "dialogue_record";

    /// <summary>A comment of the State on that record; key is its id.</summary>
    public const string RecordComment = "record_comment";

    /// <summary>What became of such a comment; key is its id.</summary>
    public const string RecordCommentOutcome = "record_comment_outcome";

    /// <summary>Why nobody of a group of stakeholders was invited; key is the group.</summary>
    public const string NotInvited = "not_invited";

    /// <summary>A section of the draft report; key is the section.</summary>
    public const string Section = "section";

    /// <summary>A recommendation; key is its id.</summary>
    public const string Recommendation = "recommendation";

    /// <summary>That somebody looked at flagged wording; key is the section or recommendation.</summary>
    public const string WordingCheck = "wording_check";

    /// <summary>A comment of the State on the draft; key is its id.</summary>
    public const string DraftComment = "draft_comment";

    /// <summary>What became of such a comment; key is its id.</summary>
    public const string DraftCommentOutcome = "draft_comment_outcome";

    /// <summary>A remark of a coordinator on the draft; key is its id.</summary>
    public const string DraftRemark = "draft_remark";

    /// <summary>The dissent of a party on the report; key is the party.</summary>
    public const string Dissent = "dissent";

    /// <summary>The State's response to a recommendation; key is its id.</summary>
    public const string Response = "response";

    /// <summary>What a stakeholder handed in; key is its id.</summary>
    public const string Contribution = "contribution";

    /// <summary>How a contribution was screened, as its sender reads it; key is the id of the contribution.</summary>
    public const string Screening = "screening";

    /// <summary>The State's reply to a contribution; key is the id of the contribution.</summary>
    public const string ContributionReply = "contribution_reply";

    /// <summary>A document that a process says a stage makes; key is stage, document and, where each branch writes its own, the branch
    /// (see <see cref="StageDocuments"/>).</summary>
    public const string StageDocument = "stage_document";

    /// <summary>Why a party cannot agree to the common text of such a stage; key is stage and party, see <see cref="CommonText"/>.</summary>
    public const string StageObjection = "stage_objection";

    /// <summary>That a review comes after an earlier one of the same State; key is the id of that review. Kept as a text because
    /// whoever reviews need not know that there was one.</summary>
    public const string LastReview = "last_review";

    /// <summary>Name, office and date under a signature; key is act and role.</summary>
    public const string Signature = "signature";
}
