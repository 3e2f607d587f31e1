namespace PeerReview.Core.Access;

/// <summary>The only answer to "who may see this" and "who may do this".</summary>
/// <remarks>
/// A person sees with each role on its own and gets what the roles see together; a role of one review says nothing in
/// another. Everybody also sees what the public sees. Labels only ever narrow, and so do somebody else's eyes.
/// </remarks>
public static partial class Access
{
    /// <summary>How much of a document the actor sees in this review, and the rights it has on it.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="document">The document or part of one.</param>
    /// <param name="review">How the review stands.</param>
    /// <param name="label">The label of the text; null where there is none. Answers and evidence without one are AMBER.</param>
    public static Sight Visible(Actor actor, Document document, ReviewFacts review, SharingLabel? label = null)
    {
        if (actor.Eyes is { } eyes)
            return Visible(actor with { Eyes = null }, document, review, label).And(Visible(eyes, document, review, label));
        var sight = Seen(Seat.Public, actor, document, review, label);
        foreach (var grant in actor.Grants)
        {
            if (Seat.Of(grant, review) is { } seat)
                sight = sight.Or(Seen(seat, actor, document, review, label));
        }

        return sight;
    }

    /// <summary>Whether the actor may know that the review exists. When not, every address of it answers 404.</summary>
    public static bool Knows(Actor actor, ReviewFacts review) =>
        Visible(actor, DocumentKind.Status, review).Extent > Extent.Nothing;

    /// <summary>Whether the actor reads why the course of a review was changed: the State under review and the office do. Others who read
    /// how it stands learn that it was changed, and when.</summary>
    public static bool ReadsReasons(Actor actor, ReviewFacts review) =>
        actor.Grants.Any(grant => Seat.Of(grant, review) is { Side: Side.State or Side.Coordinator or Side.Head })
        && (actor.Eyes is not { } eyes || ReadsReasons(eyes, review));

    private static Sight Seen(Seat seat, Actor actor, Document document, ReviewFacts review, SharingLabel? label)
    {
        seat = Sheets.Seat(seat, document);
        var cell = new Cell(seat, actor, document, review);
        // What they wrote they can read; after a withdrawal it is sealed for the State like everything else.
        if (document.Makers is { } makers && makers.Have(seat, actor) && (!actor.IsAmong(review.Undeclared) || makers.Branch == actor.Person?.ToString()) && (review.Status != ReviewStatus.Withdrawn || seat.Side is Side.State or Side.Contributor))
            return Sight.Full(Rights.Write & Kept(review.Status));
        // What a programme's own process makes is its makers' alone until it is handed in.
        if (document.Draft && (document.Makers is not null || !cell.Writes))
            return Sight.Nothing;
        var sight = review.Status == ReviewStatus.Withdrawn ? Table.Sealed(cell) : Table.Sight(cell);
        if (review.Status != ReviewStatus.Running || seat.Role != Role.StateAuthority && seat.Side == Side.State)
            sight = sight with { Rights = sight.Rights & Kept(review.Status) };
        return Recused(Undeclared(Ladder.Narrow(sight, cell, label ?? Ladder.Default(document.Kind)), cell), cell);
    }

    /// <summary>Whoever has no part in an item (process B.4) reads nothing of it: not the answer, not what others say of it. The lead
    /// still puts together what the others wrote, which nobody else can.</summary>
    private static Sight Recused(Sight sight, Cell cell) =>
        cell.Side != Side.Team || cell.Seat.Role == Role.ReviewerFocalPoint || !cell.Actor.IsAmong(cell.Document.Recused) ? sight
        : cell.Document.Kind switch
        {
            DocumentKind.SelfAssessment => sight.Extent > Extent.Metadata ? Sight.Metadata : sight,
            DocumentKind.Evidence or DocumentKind.StakeholderInput => Sight.Nothing,
            DocumentKind.ReviewerComments when cell.Own => sight,
            DocumentKind.ReviewerComments or DocumentKind.CommentRemarks or DocumentKind.StateReplies or DocumentKind.DraftReport =>
                cell.Seat.Role == Role.ReviewerLead ? sight : Sight.Nothing,
            _ => sight,
        };

    /// <summary>Who comes to review declares first (process B.4), and reads after that. Which answers there are may be known, as to
    /// everybody who works on the review.</summary>
    private static Sight Undeclared(Sight sight, Cell cell) =>
        cell.Side != Side.Team || cell.Seat.Role == Role.ReviewerFocalPoint || !cell.Actor.IsAmong(cell.Review.Undeclared) ? sight
        : cell.Document.Kind switch
        {
            DocumentKind.SelfAssessment => sight.Extent > Extent.Metadata ? Sight.Metadata : sight,
            DocumentKind.Evidence or DocumentKind.StateReplies or DocumentKind.StateComments or DocumentKind.StakeholderInput
                or DocumentKind.Clarifications or DocumentKind.CommentRemarks or DocumentKind.DialogueRecord or DocumentKind.DraftReport => Sight.Nothing,
            _ => sight,
        };

    /// <summary>Only the authority decides for the State; nobody writes in a review that does not run.</summary>
    private static Rights Kept(ReviewStatus status) =>
        status == ReviewStatus.Running ? Rights.Read | Rights.Write | Rights.Comment : Rights.Read;
}

/// <summary>One cell of the table: who sits where, asking for what, when.</summary>
internal readonly record struct Cell(Seat Seat, Actor Actor, Document Document, ReviewFacts Review)
{
    public Side Side => Seat.Side;

    /// <summary>Whether it is the asker's own: a contributor's by the item given, anybody else's by authorship.</summary>
    public bool Own => Actor.IsAmong(Side == Side.Contributor ? Document.Contributors : Document.Owners);

    /// <summary>Whether the asker is on the side that writes this kind of document, and so sees its drafts.</summary>
    public bool Writes => Document.Kind switch
    {
        DocumentKind.LaunchNotice or DocumentKind.SelfAssessment or DocumentKind.Evidence or DocumentKind.StateReplies
            or DocumentKind.StateComments or DocumentKind.ActionPlan or DocumentKind.Commitments
            or DocumentKind.PublicationDecision => Side == Side.State || (Side == Side.Contributor && Own),
        DocumentKind.DraftReport or DocumentKind.Recommendations or DocumentKind.AgreedReport
            or DocumentKind.ExecutiveSummary => Side == Side.Team,
        DocumentKind.DialogueRecord => Side is Side.Team or Side.Coordinator,
        DocumentKind.DrawRecord or DocumentKind.Status => Side == Side.Coordinator,
        DocumentKind.ExpertNames or DocumentKind.Invitations or DocumentKind.Declarations or DocumentKind.WorkingNotes or DocumentKind.ReviewerComments
            or DocumentKind.CommentRemarks
            or DocumentKind.StakeholderInput or DocumentKind.ProtectedSender or DocumentKind.AccessLog
            or DocumentKind.Statistics or DocumentKind.Clarifications or DocumentKind.UrgentPoint
            or DocumentKind.PrivateQuestion or DocumentKind.Endorsement => Own,
    };
}

/// <summary>A regional strategy has a common part and a sheet per participating State, which is that State's own.</summary>
internal static class Sheets
{
    /// <summary>Where somebody sits before a document: at the own sheet as the State whose it is; at somebody else's the owner of the
    /// common part is one more State.</summary>
    public static Seat Seat(Seat seat, Document document) => (document.Sheet, seat.Side) switch
    {
        (null, _) => seat,
        ({ } sheet, Side.Participant) when sheet == seat.State => seat with { Side = Side.State },
        (_, Side.State or Side.Contributor) when document.Kind == DocumentKind.SelfAssessment => seat with { Side = Side.OtherState },
        _ => seat,
    };

    /// <summary>Whether it is of the common part of a self-assessment, which participating States read as theirs.</summary>
    public static bool IsCommon(Document document) =>
        document is { Sheet: null, Kind: DocumentKind.SelfAssessment or DocumentKind.Evidence };
}
