using static PeerReview.Core.Access.Sight;

namespace PeerReview.Core.Access;

/// <summary>The visibility table, a row per document, before labels narrow it.</summary>
/// <remarks>In the State's column D belongs to the authority alone; the caller of this table takes it from the others.</remarks>
internal static partial class Table
{
    private static readonly Sight Read = Full();
    private static readonly Sight Write = Full(Rights.Write);
    private static readonly Sight Comment = Full(Rights.Comment);
    private static readonly Sight Decide = Full(Rights.Decide);
    private static readonly Sight WriteAndDecide = Full(Rights.Write | Rights.Decide);

    public static Sight Sight(Cell c) => c.Document.Kind switch
    {
        DocumentKind.LaunchNotice => LaunchNotice(c),
        DocumentKind.DrawRecord => DrawRecord(c),
        DocumentKind.ExpertNames => ExpertNames(c),
        DocumentKind.Invitations => Invitations(c),
        DocumentKind.Declarations => Declarations(c),
        DocumentKind.SelfAssessment => SelfAssessment(c),
        DocumentKind.Evidence => Evidence(c),
        DocumentKind.WorkingNotes => WorkingNotes(c),
        DocumentKind.ReviewerComments => ReviewerComments(c),
        DocumentKind.CommentRemarks => CommentRemarks(c),
        DocumentKind.StateReplies => OfState(c, WriteAndDecide),
        DocumentKind.StakeholderInput => StakeholderInput(c),
        DocumentKind.ProtectedSender => ProtectedSender(c),
        DocumentKind.DialogueRecord => DialogueRecord(c),
        DocumentKind.DraftReport => DraftReport(c),
        DocumentKind.StateComments => OfState(c, Write),
        DocumentKind.AgreedReport => AgreedReport(c),
        DocumentKind.ExecutiveSummary => ExecutiveSummary(c),
        DocumentKind.Recommendations => Recommendations(c),
        DocumentKind.ActionPlan => ActionPlan(c),
        DocumentKind.Status => Status(c),
        DocumentKind.AccessLog => AccessLog(c),
        DocumentKind.Statistics => c.Side == Side.Contributor ? Nothing : Read,
        DocumentKind.Clarifications => Clarifications(c),
        DocumentKind.Commitments => Commitments(c),
        DocumentKind.PublicationDecision => PublicationDecision(c),
        DocumentKind.UrgentPoint => UrgentPoint(c),
        DocumentKind.PrivateQuestion => PrivateQuestion(c),
        DocumentKind.Endorsement => Endorsement(c),
    };

    /// <summary>After withdrawal everything is sealed for the subject; the office keeps the bare file of the case, a
    /// reviewer the own notes until they are erased; nobody else learns that there was a review.</summary>
    public static Sight Sealed(Cell c) => (c.Side, c.Document.Kind) switch
    {
        (_, DocumentKind.Statistics) => Sight(c),
        (Side.State or Side.Contributor, _) => Sight(c),
        (Side.Coordinator or Side.Head, DocumentKind.LaunchNotice or DocumentKind.DrawRecord or DocumentKind.Status
            or DocumentKind.AccessLog) => Read,
        (Side.Team, DocumentKind.WorkingNotes or DocumentKind.Declarations or DocumentKind.AccessLog) =>
            c.Own ? Read : Nothing,
        // A participating State keeps its sheet, and the way to it.
        (Side.Team or Side.Participant, DocumentKind.Status) => Metadata,
        _ => Nothing,
    };

    private static Sight LaunchNotice(Cell c) => c.Side switch
    {
        Side.State => WriteAndDecide,
        Side.Contributor or Side.Team or Side.Coordinator or Side.Head or Side.Observer or Side.Participant => Read,
        Side.Stakeholder or Side.OtherState => Metadata,
        Side.Public => c.Review.InRegister ? Metadata : Nothing,
    };

    /// <summary>Names States only, so it may be public; not where the State wants the review unknown.</summary>
    private static Sight DrawRecord(Cell c) => c.Side switch
    {
        Side.State or Side.Team or Side.Observer or Side.Participant or Side.OtherState => Read,
        Side.Coordinator => Write,
        Side.Head => Decide,
        Side.Public => c.Review.InRegister ? Read : Nothing,
        Side.Contributor or Side.Stakeholder => Nothing,
    };

    private static Sight ExpertNames(Cell c) => c.Side switch
    {
        Side.State or Side.Team or Side.Coordinator or Side.Head or Side.Observer => Read,
        Side.Public => c.Document.NameAgreed ? Read : Nothing,
        Side.Contributor or Side.Stakeholder or Side.Participant or Side.OtherState => Nothing,
    };

    private static Sight Invitations(Cell c) => c.Side switch
    {
        Side.Team => c.Own ? Write : Nothing,
        Side.Coordinator or Side.Head => Read,
        _ => Nothing,
    };

    private static Sight Declarations(Cell c) => c.Side switch
    {
        Side.State => Comment, // it may object
        Side.Team => c.Own ? Write : Nothing,
        Side.Coordinator => Read,
        Side.Head => Decide,
        _ => Nothing,
    };

    private static Sight SelfAssessment(Cell c) => (c.Side, c.Review.Submitted) switch
    {
        (Side.State, false) => WriteAndDecide,
        (Side.Contributor, false) => c.Own ? Write : Nothing,
        (Side.Coordinator, false) => c.Document is { Sheet: null, HelpInvited: true } ? Read : Nothing,
        // The sheet of a participating State is open until it is signed, though the common part is handed in.
        (Side.State, true) when c.Document is { Sheet: not null, Draft: true } => WriteAndDecide,
        (Side.State or Side.Coordinator or Side.Head, true) => Read,
        (Side.Contributor, true) => c.Own ? Read : Nothing,
        (Side.Team, true) => c.Document.Sheet is null ? Comment : Read,
        // Unlabelled is AMBER, so the ladder shows an observer GREEN and CLEAR only.
        (Side.Observer, true) => c.Document.Sheet is null ? Read : Nothing,
        (Side.Participant, true) => c.Document.Sheet is null ? Read : Nothing,
        _ => Nothing,
    };

    private static Sight Evidence(Cell c) => c.Side switch
    {
        Side.State => Write,
        Side.Contributor => c.Own ? Write : Nothing,
        Side.Team or Side.Coordinator or Side.Participant => c.Review.Submitted ? Read : Nothing,
        _ => Nothing,
    };

    private static Sight WorkingNotes(Cell c) =>
        c.Side != Side.Team ? Nothing : c.Own ? Write : c.Review.ReviewersDone ? Read : Nothing;

    private static Sight ReviewerComments(Cell c) => c.Side switch
    {
        Side.State => c.Review.Consolidated ? Read : Nothing,
        Side.Contributor => c.Review.Consolidated && c.Own ? Read : Nothing,
        // Blind to each other until all have submitted; then the lead merges.
        Side.Team when c.Own => Write,
        Side.Team or Side.Coordinator or Side.Head when !c.Review.ReviewersDone => Nothing,
        Side.Team => c.Seat.Role == Role.ReviewerLead ? Write : Read,
        Side.Coordinator or Side.Head => Read,
        _ => Nothing,
    };

    /// <summary>The talk of the team, once nobody is blind any more; after the agreement it is kept as it was.</summary>
    private static Sight CommentRemarks(Cell c) => c.Side switch
    {
        _ when !c.Review.ReviewersDone => Nothing,
        Side.Team => c.Seat.Role == Role.ReviewerFocalPoint || c.Review.Agreed ? Read : Write,
        Side.Coordinator or Side.Head => Read,
        _ => Nothing,
    };

    /// <summary>What the State writes to the others of the review.</summary>
    private static Sight OfState(Cell c, Sight own) => c.Side switch
    {
        Side.State => own,
        Side.Contributor => c.Own ? Write : Nothing,
        Side.Team or Side.Coordinator or Side.Head => Read,
        _ => Nothing,
    };

    private static Sight StakeholderInput(Cell c) => c.Side switch
    {
        // What is not screened, or was set aside, stays between its sender and the office.
        Side.State => c.Document.Admitted ? Comment : Nothing, // its right of reply
        Side.Contributor => c.Document is { Admitted: true, Forwarded: true } ? Read : Nothing,
        Side.Team => c.Document is { Admitted: true, ReplyWindowOver: true } ? Read : Nothing,
        Side.Coordinator => Decide, // screens
        Side.Head => Read,
        Side.Stakeholder => c.Own ? Write : Nothing,
        // Public before the State could reply would hand it to the team as well.
        Side.Public => c.Document is { Admitted: true, SenderChosePublic: true, ReplyWindowOver: true } ? Read : Nothing,
        _ => Nothing,
    };

    private static Sight ProtectedSender(Cell c) => c.Side switch
    {
        Side.Head => c.Actor.IsAmong(c.Document.NamedReaders) ? Read : Nothing,
        Side.Stakeholder => c.Own ? Read : Nothing,
        _ => Nothing,
    };

    private static Sight DialogueRecord(Cell c) => c.Side switch
    {
        Side.State => Comment,
        Side.Team or Side.Coordinator => Write,
        Side.Head => Read,
        Side.Observer => c.Review.ObserversInvited ? Read : Nothing,
        _ => Nothing,
    };

    private static Sight DraftReport(Cell c) => c.Side switch
    {
        // Wording that could blame somebody is looked at before it leaves the team.
        Side.State => c.Review.Drafted ? Comment : Nothing,
        Side.Coordinator => Comment,
        Side.Contributor => c.Review.Drafted && c.Own ? Read : Nothing,
        Side.Team => Write,
        Side.Head => Read,
        _ => Nothing,
    };

    private static Sight Status(Cell c) => c.Side switch
    {
        Side.State or Side.Team or Side.Head or Side.Observer or Side.Participant => Read,
        Side.Contributor => c.Own ? Read : Metadata,
        Side.Coordinator => Write,
        Side.Stakeholder or Side.OtherState => Metadata,
        Side.Public => c.Review.InRegister ? Metadata : Nothing,
    };

    private static Sight AccessLog(Cell c) => c.Side switch
    {
        Side.State or Side.Coordinator or Side.Head => Read,
        Side.Team => c.Own ? Read : Nothing,
        _ => Nothing,
    };

    /// <summary>The circle: the State's authority and the coordinator. It never grows.</summary>
    private static Sight UrgentPoint(Cell c) =>
        c.Seat.Role == Role.StateAuthority && c.Side == Side.State || c.Side == Side.Coordinator ? Comment : Nothing;

    /// <summary>The circle: who asked, who speaks for that expert's State, and the State's contact points. No office is in it.</summary>
    private static Sight PrivateQuestion(Cell c) => c.Side switch
    {
        Side.State => Comment, // it answers
        Side.Team when c.Own => c.Seat.Role == Role.ReviewerFocalPoint ? Read : Write,
        _ => Nothing,
    };

    /// <summary>The owner of the common part answers to it; the other participating States do not learn of it.</summary>
    private static Sight Endorsement(Cell c) => c.Side switch
    {
        Side.State or Side.Coordinator or Side.Head => Read,
        Side.Team => c.Review.Submitted ? Read : Nothing,
        _ => Nothing,
    };
}
