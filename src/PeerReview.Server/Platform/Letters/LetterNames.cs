namespace PeerReview.Server.Platform.Letters;

/// <summary>The names of the letters: file names in <c>workflows/letters</c> without language and ending. They are stored
/// in outbox and reminder rows, so a name is never given a second meaning.</summary>
public static class LetterNames
{
    public const string SignIn = "sign_in";
    public const string AccountOpened = "account_opened";
    public const string CoordinatorAdded = "coordinator_added";
    public const string ReviewLaunched = "review_launched";
    public const string LaunchConfirmed = "launch_confirmed";
    public const string LaunchRecorded = "launch_recorded";
    public const string LaunchAcknowledged = "launch_acknowledged";
    public const string CompletenessConfirmed = "completeness_confirmed";
    public const string LaunchTold = "launch_told";
    public const string Turn = "your_turn";
    public const string NobodyNamed = "nobody_named";
    public const string NobodyNamedOfState = "nobody_named_state";
    public const string NobodyReviews = "nobody_named_reviewers";
    public const string NoExperts = "nobody_named_experts";
    public const string RightUsedHead = "right_used_head";
    public const string RightToSettle = "right_to_settle";
    public const string ReserveNeededOwn = "reserve_needed_own";
    public const string ExpertReplacedOwn = "expert_replaced_own";
    public const string RightSettled = "right_settled";
    public const string StageLapsed = "stage_lapsed";
    public const string TextToShow = "text_to_show";
    public const string TextHandedIn = "text_handed_in";
    public const string ReviewClosedOwn = "review_closed_own";
    public const string TextObjected = "text_objected";
    public const string AnswersReturned = "answers_returned";
    public const string SignatureFell = "signature_fell";
    public const string AppointedFocalPoint = "appointed_focal_point";
    public const string AppointedAlternate = "appointed_alternate";
    public const string AppointedContributor = "appointed_contributor";
    public const string AppointedContributorNow = "appointed_contributor_now";
    public const string AppointedHelper = "appointed_helper";
    public const string ContributorFinished = "contributor_finished";
    public const string AppointedReviewer = "appointed_reviewer_focal_point";
    public const string FillPlace = "your_turn_fill_place";
    public const string ReviewerReplaced = "reviewer_replaced";
    public const string AppointedReviewerNow = "appointed_reviewer_now";
    public const string ReviewerReleased = "reviewer_released";
    public const string ReviewersReleased = "reviewers_released";
    public const string ExpertInvited = "expert_invited";
    public const string ReserveInvited = "reserve_invited";
    public const string ExpertAccepted = "expert_accepted";
    public const string InvitationAnswered = "invitation_answered";
    public const string InvitationWithdrawn = "invitation_withdrawn";
    public const string ExpertReleased = "expert_released";
    public const string ObjectedTo = "objection_made";
    public const string ObjectionTold = "objection_told";
    public const string ObjectionUndecided = "objection_undecided";
    public const string ObjectionUpheld = "objection_upheld";
    public const string ExpertStays = "objection_expert_stays";
    public const string ReserveNeeded = "reserve_needed";
    public const string AppointedParticipant = "appointed_participant";
    public const string EndorsementObjected = "endorsement_objected";
    public const string EndorsementEnded = "endorsement_ended";
    public const string EndorsementOver = "endorsement_over_lead";
    public const string EndorsementSilent = "endorsement_silent";
    public const string EndorsementAgain = "your_turn_endorse_again";
    public const string ReviewLaunchedRegional = "review_launched_regional";
    public const string ParticipantTold = "participant_told";
    public const string CommonPartReturned = "common_part_returned";
    public const string ObjectionKept = "objection_kept";
    public const string PublicationRegional = "publication_done_regional";
    public const string PublicationParticipant = "publication_participant";
    public const string PublicationWithoutSheet = "publication_without_sheet";
    public const string NobodyLeads = "nobody_leads";
    public const string ReserveNeededBy = "reserve_needed_by";
    public const string ExpertReplaced = "expert_replaced";
    public const string ExpertReplacedState = "expert_replaced_state";
    public const string ExpertReplacedLater = "expert_replaced_later";
    public const string ExpertLeftOut = "expert_left_out";
    public const string SteppedIn = "stepped_in";
    public const string ObjectionDecided = "objection_decided";
    public const string ObjectionItems = "objection_items";
    public const string ObjectionTaken = "objection_taken";
    public const string ObjectionTakenLate = "objection_taken_late";
    public const string StakeholderInvited = "stakeholder_invited";
    public const string StakeholderAccepted = "stakeholder_accepted";
    public const string StakeholderAnswered = "stakeholder_answered";
    public const string CallEnded = "stakeholder_call_ended";
    public const string ContributionUnread = "contribution_unread";
    public const string ContributionHandedIn = "contribution_handed_in";
    public const string ContributionAccepted = "contribution_accepted";
    public const string ContributionScreened = "contribution_screened";
    public const string ServiceDeclined = "service_declined";
    public const string RedrawAsked = "redraw_asked";
    public const string LeadNamed = "lead_named";
    public const string LateExpert = "late_expert";
    public const string LateExpertReserve = "late_expert_reserve";
    public const string LateDraft = "late_draft";
    public const string LateAgreement = "escalation_agreement";
    public const string LateAnswer = "late_agreement";
    public const string LateSide = "late_side";
    public const string LateNomination = "late_nomination";
    public const string LateExpertHead = "late_expert_head";
    public const string LateAfterPublication = "escalation_published";
    public const string SuspensionAhead = "suspension_ahead";
    public const string HeadDecides = "escalation_head_decides";
    public const string DialogueSlotsTold = "dialogue_slots_told";
    public const string DialogueSlots = "dialogue_slots";
    public const string DialogueFixed = "dialogue_fixed";
    public const string DialogueMoved = "dialogue_moved";
    public const string DialogueTakenBack = "dialogue_taken_back";
    public const string DialogueProgramme = "dialogue_programme";
    public const string DialogueRecord = "dialogue_record";
    public const string DialogueWish = "dialogue_wish";
    public const string DialogueProgrammeAgreed = "dialogue_programme_agreed";
    public const string DialogueSession = "dialogue_session";
    public const string PlanWithoutRecommendations = "your_turn_action_plan_none";
    public const string MinutesChanged = "minutes_changed";
    public const string DialogueRecordChanged = "dialogue_record_changed";
    public const string DialogueComment = "dialogue_comment";
    public const string DialogueSettled = "dialogue_settled";
    public const string DialogueConfirmed = "dialogue_confirmed";
    public const string NoAgreement = "no_agreement";
    public const string AnswerAwaited = "answer_awaited";
    public const string AnswersMissing = "answers_missing";
    public const string AnswersMissingTold = "answers_missing_told";
    public const string DraftRemarked = "draft_remarked";
    public const string ContributionsReadable = "contributions_readable";
    public const string QuestionAsked = "question_asked";
    public const string CommentsOpen = "comments_open";
    public const string QuestionReplied = "question_replied";
    public const string ContributorReplied = "contributor_replied";
    public const string RepliesReady = "replies_ready";
    public const string ReportAgreed = "report_agreed";
    public const string ReportAgreedUndecided = "report_agreed_undecided";
    public const string ReportGoesOn = "report_goes_on";
    public const string ResponsesSigned = "responses_signed";
    public const string PublicationDone = "publication_done";
    public const string PublicationEdition = "publication_edition";
    public const string DissentAnnexed = "dissent_annexed";
    public const string ResponsesPrepared = "responses_prepared";
    public const string ReserveAccepted = "reserve_accepted";
    public const string ReserveAcceptedOwn = "reserve_accepted_own";
    public const string ProgressTold = "progress_told";
    public const string ProgressConfirmed = "progress_confirmed";
    public const string SideClosed = "side_closed";
    public const string ReviewSuspended = "review_suspended";
    public const string ReviewResumed = "review_resumed";
    public const string ClockResumed = "clock_resumed";
    public const string ReviewDeferred = "review_deferred";
    public const string HandedOver = "handed_over";
    public const string HandedOverFocalPoint = "handed_over_focal_point";
    public const string HandedOverLeft = "handed_over_left";
    public const string HandedOverGiven = "handed_over_given";
    public const string HandedOverToYou = "handed_over_to_you";
    public const string VariantChanged = "variant_changed";
    public const string ReviewNarrowed = "review_narrowed";
    public const string ContributorNarrowed = "contributor_narrowed";
    public const string ReviewWithdrawn = "review_withdrawn";
    public const string ReserveWithdrawn = "reserve_withdrawn";
    public const string ReviewClosed = "review_closed";
    public const string ExtensionGranted = "extension_granted";
    public const string ClockPaused = "clock_paused";
    public const string StepsLater = "steps_later";
    public const string StageWaived = "stage_waived";
    public const string UrgentPoint = "urgent_point";
    public const string UrgentAcknowledged = "urgent_acknowledged";
    public const string ClarifyFirstAsked = "clarify_first_asked";
    public const string ClarifyFirstCopied = "clarify_first_copied";
    public const string ClarifyFirstAnswered = "clarify_first_answered";
    public const string ClarifyFirstLapsed = "clarify_first_lapsed";
    public const string Digest = "reminder_digest";
    public const string ExpertAcceptedOwn = "expert_accepted_own";
    public const string InvitationAnsweredOwn = "invitation_answered_own";
    public const string InvitationAnsweredLater = "invitation_answered_later";

    /// <summary>Whether a letter tells somebody that it is their turn from now on.</summary>
    public static bool IsTurn(string letter) => letter is ReserveNeededBy || letter.StartsWith(Turn, StringComparison.Ordinal);

    /// <summary>Whether a letter asks for nothing, so that whose turn it becomes with it is told in a letter of its own.</summary>
    public static bool IsOnlyNews(string letter) => letter is StageWaived or StepsLater or SignatureFell or PublicationDone or PublicationRegional or PublicationEdition or PublicationParticipant or PublicationWithoutSheet or ParticipantTold or CommonPartReturned or ObjectionKept or ObjectedTo or ObjectionTold or ExpertStays or ResponsesSigned or ReserveAccepted or ReserveAcceptedOwn or ReserveNeededOwn or ExpertReplaced or ExpertReplacedOwn or RightSettled or StageLapsed or TextToShow or TextHandedIn or ExpertReplacedState or ExpertReplacedLater or ExpertLeftOut or ReviewerReplaced or SteppedIn or ProgressTold or ProgressConfirmed
        or ReportAgreed or ReportAgreedUndecided or ReportGoesOn or EndorsementObjected or EndorsementEnded or EndorsementSilent or AppointedParticipant or AppointedReviewer or AppointedFocalPoint or AppointedContributor or AppointedHelper or LeadNamed
        or LaunchRecorded or LaunchTold or LaunchAcknowledged or CompletenessConfirmed or ContributorReplied or ContributionsReadable or DraftRemarked or TextObjected or HandedOver or HandedOverFocalPoint or HandedOverLeft or HandedOverGiven or HandedOverToYou or ReviewNarrowed or ContributorNarrowed
        || letter.StartsWith(VariantChanged, StringComparison.Ordinal);

    /// <summary>The letter that a review goes on in one of the forms every programme offers.</summary>
    /// <param name="variant"><c>light</c>, <c>desk</c> or <c>full</c>.</param>
    public static string ChangedTo(string variant) => $"{VariantChanged}_{variant}";

    /// <summary>Whether the page a letter leads to is read before signing in, by somebody whose language only the letter knows.</summary>
    public static bool OpensBeforeSignIn(string letter) => letter is ExpertInvited or ReserveInvited or StakeholderInvited or InvitationWithdrawn or CallEnded;

    /// <summary>The letter that tells a person of this role that a stage waits for them. Stages without words of their own
    /// get the general one, so a programme's own process needs no letter.</summary>
    /// <param name="stage">Stage id, such as <c>self_assess</c>.</param>
    /// <param name="role">Role code, such as <c>STATE_FP</c>.</param>
    /// <param name="reviewed">Whether other States review it: then there are recommendations and an action plan.</param>
    public static string YourTurn(string stage, string role, bool reviewed = false) => (stage, role) switch
    {
        ("pub_decide", "PART_FP") => "your_turn_pub_decide_sheet",
        ("pub_decide", _) when reviewed => "your_turn_pub_decide_reviewed",
        ("check_6m", _) when reviewed => "your_turn_check_6m_plan",
        ("mid_term", "REV_LEAD") => "your_turn_mid_term_lead",
        ("acknowledge", _) => ReviewLaunched,
        ("self_assess", "STATE_CONTRIB") => "your_turn_self_assess_contrib",
        ("self_assess", "STATE_AUTH") => "your_turn_self_assess_auth",
        ("self_assess", _) => "your_turn_self_assess_fp",
        ("clarify", "COORD") => "your_turn_clarify",
        ("clarify", _) => QuestionAsked,
        ("objection", "COORD_HEAD") => "your_turn_objection_head",
        ("objection", "REV_FP") => "your_turn_replace_expert",
        ("objection", "REV_EXPERT") => "your_turn_declare",
        ("desk_review", "COORD") => "your_turn_place_open",
        ("opening", "COORD") => "your_turn_opening_write",
        ("objection", "COORD") => "your_turn_nominate_coord",
        ("nominate", "COORD") => "your_turn_nominate_coord",
        ("redraw_window", "COORD") => RedrawAsked,
        ("draft", "REV_EXPERT") => "your_turn_draft_expert",
        ("draft", "COORD") => "your_turn_groups",
        ("agree", "REV_LEAD") => "your_turn_settle",
        ("stake_call", "STAKEHOLDER") => "your_turn_stake_call_sender",
        ("state_reply", "STATE_CONTRIB") => "your_turn_state_reply_contrib",
        ("endorse", "COORD") => "your_turn_endorse_coord",
        ("appoint" or "complete" or "pub_decide" or "publish" or "check_6m" or "close" or "draw"
            or "redraw_window" or "nominate" or "declare" or "objection" or "opening" or "desk_review" or "dialogue"
            or "stake_call" or "stake_reply" or "consolidate" or "state_reply" or "draft"
            or "fact_check" or "agree" or "reconcile" or "rec_response" or "action_plan" or "mid_term" or "endorse", _) => $"{Turn}_{stage}",
        _ => Turn,
    };

    /// <summary>The letter of a step of the escalation ladder.</summary>
    /// <param name="level">1 to 4.</param>
    public static string Escalation(int level) => level switch
    {
        1 => "escalation_1",
        2 => "escalation_2",
        3 => "escalation_3",
        4 => "escalation_4",
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, "The ladder has four steps."),
    };
}
