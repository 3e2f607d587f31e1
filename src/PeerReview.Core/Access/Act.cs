namespace PeerReview.Core.Access;

/// <summary>Acts in a review.</summary>
public enum ReviewAct
{
    /// <summary>Acknowledge the launch and name coordinator and deputy.</summary>
    Acknowledge,

    /// <summary>Name the reviewing States.</summary>
    NameReviewers,

    /// <summary>Ask for another reviewing State, or say that none is asked for.</summary>
    AskRedraw,

    /// <summary>Put another State in the place of a reviewing State.</summary>
    ReplaceReviewer,

    /// <summary>Let the review go on without an expert who is long late.</summary>
    LeaveExpertOut,

    /// <summary>Give the service of a reviewing State back.</summary>
    DeclineService,

    /// <summary>Name who speaks for a reviewing State.</summary>
    AppointReviewerFocalPoint,

    /// <summary>Invite experts, finish nominating.</summary>
    NominateExperts,

    /// <summary>Name the expert who leads.</summary>
    NameLead,

    /// <summary>Declare ties and accept the code of conduct.</summary>
    Declare,

    /// <summary>Object to an expert, or say that nobody is objected to.</summary>
    ObjectToExpert,
    DecideObjection,

    /// <summary>Write the minutes of the opening.</summary>
    WriteMinutes,

    /// <summary>Confirm the minutes for one's party.</summary>
    ConfirmOpening,

    /// <summary>Comment on answers, keep notes, hand in.</summary>
    WriteComment,

    /// <summary>Remark on a comment, one's own or another's.</summary>
    RemarkOnComment,

    /// <summary>Lead every comment to a question, into the report or aside.</summary>
    Consolidate,

    /// <summary>Take part in preparing the dialogue: add points, say which times suit.</summary>
    JoinDialogue,

    /// <summary>Offer times for the dialogue and fix one.</summary>
    LeadDialogue,

    /// <summary>Put the agenda in order, record sessions, write record and programme.</summary>
    WriteDialogue,

    /// <summary>Say how the State wishes to meet, agree to the programme of a visit.</summary>
    WishVisit,

    /// <summary>Comment on the record of the dialogue, for the State.</summary>
    CommentOnDialogue,

    /// <summary>Confirm that record for one's side.</summary>
    ConfirmDialogue,

    /// <summary>Write sections and recommendations of the report.</summary>
    WriteReport,

    /// <summary>Look at wording that was flagged, and find that it blames nobody.</summary>
    ClearWording,

    /// <summary>Hand the draft to the State.</summary>
    FinishDraft,

    /// <summary>Comment on the draft, for the State.</summary>
    CommentOnDraft,

    /// <summary>Remark on the draft, for the coordinators.</summary>
    RemarkOnDraft,

    /// <summary>Take a comment of the State up, or annex it.</summary>
    SettleDraftComment,

    /// <summary>Confirm the report for one's party, or state that there is no agreement; annex dissent.</summary>
    ConfirmReport,

    /// <summary>Answer the recommendations, for the State.</summary>
    Respond,

    /// <summary>Confirm the State's mid-term update as the lead.</summary>
    ConfirmProgress,

    /// <summary>Invite stakeholders to contribute, take an invitation back.</summary>
    InviteStakeholder,

    /// <summary>Write a contribution and hand it in, as a stakeholder.</summary>
    Contribute,

    /// <summary>Accept a contribution or set it aside; close the window.</summary>
    ScreenContribution,

    /// <summary>Reply to a contribution for the State, pass it to the State's contributors.</summary>
    ReplyToContribution,

    /// <summary>Appoint focal point or alternate.</summary>
    AppointFocalPoint,

    /// <summary>Name who follows as focal point, by the focal point who leaves.</summary>
    HandOverFocalPoint,

    /// <summary>Name who follows as coordinator or deputy of a review.</summary>
    HandOverCase,

    /// <summary>Settle what follows from a right the State used in a programme's own process.</summary>
    SettleRight,

    /// <summary>Give items to a contributor.</summary>
    AppointContributor,
    SaveAnswer,
    AttachEvidence,

    /// <summary>Declare the own part finished.</summary>
    ValidatePart,
    SignAsFocalPoint,
    SignAsAuthority,

    /// <summary>Invite the coordinator to help with an answer before submission.</summary>
    InviteHelp,

    /// <summary>Name who speaks for a participating State.</summary>
    AppointParticipant,

    /// <summary>Endorse or refuse a regional self-assessment as a participating State.</summary>
    Endorse,

    /// <summary>Write, sign or take back the own sheet of a participating State, and decide whether it is published.</summary>
    WriteSheet,
    FindComplete,
    ReturnAssessment,

    /// <summary>Translate answers for the experts, or find that they can be read as they are.</summary>
    Translate,
    AskQuestion,
    Reply,
    WriteCommitment,
    RaiseUrgentPoint,
    AcknowledgeUrgentPoint,

    /// <summary>Ask the State something in private, as an expert.</summary>
    AskPrivately,

    /// <summary>Answer such a question, for the State.</summary>
    AnswerPrivately,
    DecidePublication,

    /// <summary>Decide what of a programme's own process the public reads; after its end too.</summary>
    ShowTexts,
    Publish,
    WriteProgressNote,
    Close,
    Suspend,
    Resume,
    Defer,
    Withdraw,
    ChangeVariant,
    Extend,
    Waive,

    /// <summary>Leave out an optional stage.</summary>
    Skip,

    /// <summary>Write the documents of a stage that no part of the product is made for, and do one's part of it: the process says who.</summary>
    DoStage,

    /// <summary>Stop or restart a party's clock.</summary>
    PauseClock,

    /// <summary>Read or export the ledger; bodies are shown by <see cref="Access.Visible"/> one by one.</summary>
    ReadLedger,

    /// <summary>Look on with the eyes of somebody else, see <see cref="Viewpoint"/>.</summary>
    SeeAs,
}

/// <summary>Acts in a programme, outside any review.</summary>
public enum ProgrammeAct
{
    RegisterMission,
    RecordNoteVerbale,

    /// <summary>Launch a review of the State named.</summary>
    Launch,

    /// <summary>Launch a review of any State, where the process says that the office does.</summary>
    LaunchForState,

    /// <summary>See people and their roles; see <see cref="Access.MayGrant"/> for changing them.</summary>
    ManagePeople,
    ReadBoard,

    /// <summary>Outbox, jobs, given-up rows, invariants, ledger check.</summary>
    Operate,

    /// <summary>Look at the program at work without touching it.</summary>
    WatchOperations,
}
