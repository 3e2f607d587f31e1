namespace PeerReview.Core.Access;

/// <summary>Whether a seat carries an act. Ordered: the better answer of two roles holds.</summary>
internal enum Standing
{
    None,

    /// <summary>The act is a contributor's, the item is not.</summary>
    OthersItem,
    Yes,
}

/// <summary>Who does what in a review.</summary>
internal static class ActTable
{
    public static Standing Of(Seat seat, ReviewAct act, Actor actor, Document? about)
    {
        if (seat.Side == Side.Contributor && act != ReviewAct.DoStage)
        {
            return !OfContributors(act) ? Standing.None
                : about is not null && actor.IsAmong(about.Contributors) ? Standing.Yes
                : Standing.OthersItem;
        }

        return Does(seat, act) ? Standing.Yes : Standing.None;
    }

    /// <summary>Acts that look after a stopped review.</summary>
    public static bool WhileStopped(ReviewAct act) => act is ReviewAct.Resume or ReviewAct.Withdraw
        or ReviewAct.RaiseUrgentPoint or ReviewAct.AcknowledgeUrgentPoint or ReviewAct.AppointFocalPoint
        or ReviewAct.HandOverFocalPoint or ReviewAct.HandOverCase
        or ReviewAct.SeeAs;

    /// <summary>Acts on a self-assessment that is not handed in.</summary>
    public static bool BeforeSubmission(ReviewAct act) => act is ReviewAct.SaveAnswer or ReviewAct.AttachEvidence
        or ReviewAct.ValidatePart or ReviewAct.SignAsFocalPoint or ReviewAct.SignAsAuthority or ReviewAct.InviteHelp;

    /// <summary>Those of them that are open again for an answer reviewing States ask about.</summary>
    public static bool InReply(ReviewAct act) => act is ReviewAct.SaveAnswer or ReviewAct.AttachEvidence;

    private static bool OfContributors(ReviewAct act) => act is ReviewAct.SaveAnswer or ReviewAct.AttachEvidence
        or ReviewAct.ValidatePart or ReviewAct.Reply;

    private static bool Does(Seat seat, ReviewAct act) => act switch
    {
        ReviewAct.Acknowledge or ReviewAct.FindComplete or ReviewAct.ReturnAssessment or ReviewAct.AskQuestion
            or ReviewAct.Publish or ReviewAct.Translate or ReviewAct.ReplaceReviewer or ReviewAct.WriteMinutes
            or ReviewAct.InviteStakeholder or ReviewAct.ScreenContribution => seat.Side == Side.Coordinator,
        ReviewAct.Contribute => seat.Side == Side.Stakeholder,
        ReviewAct.NameReviewers or ReviewAct.AppointReviewerFocalPoint or ReviewAct.HandOverCase or ReviewAct.SettleRight => IsOffice(seat),
        // The authority for its own State: see where it is done.
        ReviewAct.AppointParticipant => IsOffice(seat) || seat is { Side: Side.Participant, Role: Role.StateAuthority },
        ReviewAct.HandOverFocalPoint => seat is { Side: Side.State, Role: Role.StateFocalPoint },
        ReviewAct.Declare or ReviewAct.WriteComment or ReviewAct.RemarkOnComment or ReviewAct.AskPrivately => seat.Side == Side.Team && seat.Role is Role.ReviewerExpert or Role.ReviewerLead,
        ReviewAct.JoinDialogue => seat.Side is Side.State or Side.Team or Side.Coordinator,
        ReviewAct.WriteDialogue => seat.Side == Side.Coordinator
            || (seat.Side == Side.Team && seat.Role is Role.ReviewerExpert or Role.ReviewerLead),
        ReviewAct.ConfirmDialogue => IsLead(seat) || seat is { Side: Side.State, Role: not Role.StateAuthority },
        ReviewAct.WriteReport => seat.Side == Side.Team && seat.Role is Role.ReviewerExpert or Role.ReviewerLead,
        ReviewAct.Consolidate or ReviewAct.SettleDraftComment or ReviewAct.ConfirmProgress => IsLead(seat),
        ReviewAct.FinishDraft or ReviewAct.ClearWording or ReviewAct.LeadDialogue => IsLead(seat) || seat.Side == Side.Coordinator,
        ReviewAct.RemarkOnDraft => seat.Side == Side.Coordinator,
        ReviewAct.CommentOnDraft or ReviewAct.CommentOnDialogue or ReviewAct.Respond => seat.Side == Side.State,
        ReviewAct.ConfirmReport => IsAuthority(seat) || IsLead(seat) || seat.Side == Side.Head
            || seat is { Side: Side.Team, Role: Role.ReviewerFocalPoint },
        ReviewAct.DecideObjection or ReviewAct.LeaveExpertOut => seat.Side == Side.Head,
        ReviewAct.ConfirmOpening => seat.Side is Side.State or Side.Coordinator
            || seat is { Side: Side.Team, Role: Role.ReviewerFocalPoint },
        ReviewAct.NameLead => seat.Side == Side.Coordinator || seat is { Side: Side.Team, Role: Role.ReviewerFocalPoint },
        ReviewAct.NominateExperts or ReviewAct.DeclineService => seat is { Side: Side.Team, Role: Role.ReviewerFocalPoint },
        ReviewAct.AppointFocalPoint or ReviewAct.SignAsAuthority or ReviewAct.DecidePublication or ReviewAct.ShowTexts
            or ReviewAct.Defer or ReviewAct.Withdraw or ReviewAct.ChangeVariant => IsAuthority(seat),
        ReviewAct.SignAsFocalPoint or ReviewAct.WishVisit => seat is { Side: Side.State, Role: not Role.StateAuthority },
        ReviewAct.SaveAnswer or ReviewAct.AttachEvidence or ReviewAct.ValidatePart or ReviewAct.AppointContributor
            or ReviewAct.InviteHelp or ReviewAct.Reply or ReviewAct.WriteCommitment or ReviewAct.WriteProgressNote
            or ReviewAct.AskRedraw or ReviewAct.ObjectToExpert or ReviewAct.ReplyToContribution or ReviewAct.AnswerPrivately => seat.Side == Side.State,
        ReviewAct.Endorse or ReviewAct.WriteSheet => seat is { Side: Side.Participant, Role: Role.StateAuthority or Role.ParticipantFocalPoint },
        ReviewAct.RaiseUrgentPoint => seat.Side is Side.State or Side.Coordinator
            || seat.Role is Role.ReviewerExpert or Role.ReviewerLead,
        ReviewAct.AcknowledgeUrgentPoint or ReviewAct.Close => IsAuthority(seat) || seat.Side == Side.Coordinator,
        ReviewAct.Suspend or ReviewAct.Resume => IsAuthority(seat) || seat.Side == Side.Head,
        ReviewAct.Extend or ReviewAct.Waive => seat.Side is Side.State or Side.Team || IsOffice(seat),
        ReviewAct.DoStage => seat.Side is Side.State or Side.Contributor or Side.Team or Side.Stakeholder || IsOffice(seat),
        ReviewAct.Skip => IsAuthority(seat) || seat.Side == Side.Coordinator,
        ReviewAct.PauseClock => seat.Side == Side.Coordinator,
        ReviewAct.SeeAs => seat.Side == Side.State || IsOffice(seat),
        ReviewAct.ReadLedger => seat.Side is Side.State or Side.Team || IsOffice(seat),
    };

    private static bool IsAuthority(Seat seat) => seat is { Side: Side.State, Role: Role.StateAuthority };

    private static bool IsLead(Seat seat) => seat is { Side: Side.Team, Role: Role.ReviewerLead };

    private static bool IsOffice(Seat seat) => seat.Side is Side.Coordinator or Side.Head;
}
