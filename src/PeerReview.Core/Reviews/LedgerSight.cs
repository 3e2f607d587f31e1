using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using static PeerReview.Core.Access.Access;
using ProcessState = PeerReview.Core.Process.ProcessState;

namespace PeerReview.Core.Reviews;

/// <summary>Whose eyes the body of an event is for. The envelope is for everybody who may read the ledger.</summary>
/// <param name="Actor">Who reads.</param>
/// <param name="Review">How the review stands.</param>
/// <param name="Dossier">As it stands now: whoever was released reads no longer.</param>
public sealed record LedgerSight(Actor Actor, ReviewFacts Review, Dossier Dossier)
{
    /// <summary>How the process stands, for documents that it names itself; null where there are none.</summary>
    public ProcessState? State { get; init; }

    /// <summary>Whether the body of one event may be read.</summary>
    /// <param name="event">The event; null for a move of the process.</param>
    public bool MayRead(ReviewEvent? @event) => @event switch
    {
        null or ReviewEvent.Published or ReviewEvent.StageStated or ReviewEvent.NotesErased => Reads(DocumentKind.Status),
        ReviewEvent.Launched or ReviewEvent.ParticipantsNamed or ReviewEvent.ThemeChosen or ReviewEvent.PromiseChanged => Reads(DocumentKind.LaunchNotice),
        ReviewEvent.ParticipantAppointed e => Reads(ReviewDocuments.Endorsement(e.State)),
        ReviewEvent.SheetTakenBack e => Reads(Dossier.SheetOf(e.State)),
        ReviewEvent.SheetDecided e => Reads(Dossier.SheetOf(e.State)),
        ReviewEvent.EndorsementGiven e => Reads(ReviewDocuments.Endorsement(e.State)),
        ReviewEvent.ParticipantUnasked e => Reads(ReviewDocuments.Endorsement(e.State)),
        ReviewEvent.NamingAnswered e => Reads(ReviewDocuments.Endorsement(e.State)),
        ReviewEvent.CaseAssigned e => Knows(RoleCode.Coordinator, e.Coordinator),
        ReviewEvent.PersonAppointed e => Knows(e.Role, e.Person),
        ReviewEvent.PersonReleased e => Knows(e.Role, e.Person),
        ReviewEvent.ReviewerAppointed e => Knows(e.Role, e.Person),
        ReviewEvent.ReviewersNamed or ReviewEvent.RedrawAsked or ReviewEvent.ServiceDeclined or ReviewEvent.ReviewerReplaced
            or ReviewEvent.ReviewersReleased or ReviewEvent.OtherGroupConsented => Reads(DocumentKind.DrawRecord),
        ReviewEvent.ExpertInvited e => Reads(Dossier.Invitation(e.State)),
        ReviewEvent.InvitationClosed e => Reads(Dossier.Invitation(Dossier.Team.Invitations.FirstOrDefault(i => i.Id == e.Invitation)?.State)),
        ReviewEvent.ExpertReplaced or ReviewEvent.ExpertLeftOut or ReviewEvent.PlaceVacated => Reads(DocumentKind.ExpertNames),
        ReviewEvent.ObjectionDecided e => Reads(Dossier.Declaration(e.Person)),
        ReviewEvent.ItemsRecused e => Reads(Dossier.Declaration(e.Person)),
        ReviewEvent.StakeholderInvited or ReviewEvent.StakeholderInvitationClosed => Reads(Dossier.Invitation(state: null)),
        ReviewEvent.ContributionScreened e => Reads(Dossier.Contribution(e.Contribution, Review)),
        ReviewEvent.ContributionForwarded e => Reads(Dossier.Contribution(e.Contribution, Review)),
        ReviewEvent.OpeningAgreed => Reads(DocumentKind.DialogueRecord),
        ReviewEvent.QuestionsAsked => Reads(Dossier.Clarification(item: null)),
        ReviewEvent.AgreementReached => Reads(Dossier.Report(Review, [])),
        // The circle of an urgent point is its label: whoever is of it reads, nobody else.
        ReviewEvent.TextWritten { What: WritingKind.Urgent or WritingKind.UrgentAcknowledged } => Reads(DocumentKind.UrgentPoint),
        ReviewEvent.TextWritten { What: WritingKind.Comments } e =>
            Reads(new Document(DocumentKind.ReviewerComments) { Owners = [new PersonId(e.By)] }, e.Label),
        ReviewEvent.TextWritten { What: WritingKind.CommentRemark } e =>
            Reads(Dossier.Remark(CommentRemarks.ItemOf(e.Key), new PersonId(e.By)), e.Label),
        ReviewEvent.TextWritten e => Reads(OfText(e.What, e.Key), e.Label),
        ReviewEvent.TextWithdrawn e => Reads(OfText(e.What, e.Key)),
        ReviewEvent.FileAdded e => Reads(Dossier.Evidence(e.Item), e.Label),
        ReviewEvent.FileRemoved e => Reads(Dossier.Evidence(e.Item)),
        ReviewEvent.PartValidated e => Knows(RoleCode.Contributor, e.Person),
        ReviewEvent.Signed e => Reads(OfAct(e.Act)),
        // Who reads what was written reads that it was handed in.
        ReviewEvent.RightUsed e => Reads(OfStage(e.Stage, e.Branch)),
        ReviewEvent.PublicationDecided or ReviewEvent.TextsShown => Reads(DocumentKind.PublicationDecision),
        ReviewEvent.SeenAs e => Reads(new Document(DocumentKind.AccessLog) { Owners = [new PersonId(e.By)] }),
        _ => false,
    };

    private bool Reads(Document document, string? label = null) => Visible(
        Actor, document, Review, SharingLabels.TryParse(label, out var known) ? known : null).CanRead;

    private bool Knows(string role, Guid person) =>
        Roles.TryParse(role, out var known) && VisiblePerson(Actor, Review, known, new PersonId(person)) > Extent.Nothing;

    private Document OfText(string what, string key) => what switch
    {
        WritingKind.Answer => Dossier.Answer(key),
        WritingKind.AnswerTranslation or WritingKind.ReaderTranslation => Dossier.Answer(StandingTranslations.ItemOf(key)),
        WritingKind.ReturnList => DocumentKind.SelfAssessment,
        WritingKind.Question or WritingKind.Reply => Dossier.Clarification(item: null),
        WritingKind.Consolidation => Dossier.Consolidation([]),
        WritingKind.CommentRemark => Dossier.Remark(CommentRemarks.ItemOf(key)),
        WritingKind.Section or WritingKind.Dissent => Dossier.Report(Review, []),
        WritingKind.Recommendation => ReviewDocuments.Recommendation(Review),
        WritingKind.WordingCheck or WritingKind.DraftRemark => DocumentKind.DraftReport,
        WritingKind.DraftComment or WritingKind.DraftCommentOutcome => DocumentKind.StateComments,
        WritingKind.Response => Dossier.Response(),
        WritingKind.Urgent or WritingKind.UrgentAcknowledged => DocumentKind.UrgentPoint,
        WritingKind.PrivateQuestion or WritingKind.PrivateAnswer => Dossier.PrivateQuestion(key),
        WritingKind.ProgressNote or WritingKind.ClosingNote => DocumentKind.ActionPlan,
        WritingKind.Reason => DocumentKind.Status,
        WritingKind.Declaration or WritingKind.Objection or WritingKind.ObjectionDecision => Dossier.Declaration(Guid.Parse(key)),
        WritingKind.SheetAnswer => Dossier.SheetOf(SheetRules.StateOf(key)),
        WritingKind.EndorsementObjection => ReviewDocuments.Endorsement(key),
        WritingKind.Screening => Dossier.Screening(key),
        WritingKind.Contribution or WritingKind.ContributionReply => Dossier.Contribution(key, Review),
        WritingKind.Minutes or WritingKind.Agenda or WritingKind.AgendaPoint or WritingKind.Slot or WritingKind.SlotAnswer or WritingKind.Meeting
            or WritingKind.VisitWish or WritingKind.VisitProgramme or WritingKind.Session or WritingKind.DialogueRecord
            or WritingKind.RecordComment or WritingKind.RecordCommentOutcome => DocumentKind.DialogueRecord,
        WritingKind.LastReview => new Document(DocumentKind.LaunchNotice) { Draft = true },
        WritingKind.NotInvited => Dossier.Report(Review, []),
        WritingKind.StageDocument => State is { } state && StageDocuments.Find(state.Definition, key) is { } document
            ? document.ToAccess(state, Dossier)
            : new Document(DocumentKind.Status) { Draft = true },
        WritingKind.StageObjection => OfStage(StageDocuments.StageOf(key)),
        WritingKind.Signature => OfAct(key),
        // Commitments, good practices, summary: the State's own drafts until it hands in.
        _ => ReviewDocuments.Commitments(Review),
    };

    // Whoever reads the text of a stage reads what its parties say to it.
    private Document OfStage(string id, string? branch = null) => State?.Definition.FindStage(id) is { } stage && stage.Makes.FirstOrDefault() is { } document
        && StageDocuments.Find(State.Definition, StageDocuments.KeyOf(stage, document, StageDocuments.BranchOf(stage, branch))) is { } text
            ? text.ToAccess(State, Dossier)
            : new Document(DocumentKind.Status) { Draft = true };

    private Document OfAct(string act) => act.Split(':') switch
    {
        ["declare", var person, ..] => Dossier.Declaration(Guid.Parse(person)),
        ["opening" or "dialogue" or SignedAct.VisitProgramme, ..] => DocumentKind.DialogueRecord,
        ["sheet" or "sheet_publication", var state, ..] => Dossier.SheetOf(state),
        [EndorsementRules.Stage, var state, ..] => ReviewDocuments.Endorsement(state),
        ["agree", ..] => Dossier.Report(Review, []),
        ["stage_text", var stage, ..] => OfStage(stage),
        [var first, ..] => OfPlainAct(first),
        _ => DocumentKind.Status,
    };

    private static DocumentKind OfPlainAct(string act) => act switch
    {
        SignedAct.Launch => DocumentKind.LaunchNotice,
        SignedAct.SelfAssessment => DocumentKind.SelfAssessment,
        SignedAct.Publication or SignedAct.Shown => DocumentKind.PublicationDecision,
        SignedAct.Responses => DocumentKind.Recommendations,
        _ => DocumentKind.Status,
    };
}
