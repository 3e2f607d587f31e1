using System.Collections.Immutable;

namespace PeerReview.Core.Reviews;

/// <summary>A fact about a review beside the moves of its process. Holds ids, codes, instants and commitments to text
/// (<c>H(salt ‖ text)</c>, hex), never names, addresses or text: so a body can be erased from nobody's memory but ours.</summary>
/// <remarks>Kinds and property names are the ledger format: they change only by a new kind.</remarks>
public abstract record ReviewEvent
{
    private ReviewEvent()
    {
    }

    /// <summary>The subject launched a review with this scope and this promise; always sequence 1.</summary>
    public sealed record Launched(
        Guid Programme,
        string SubjectKind,
        string Subject,
        string Variant,
        DefinitionPin Process,
        DefinitionPin Framework,
        ImmutableArray<string> Items,
        string WorkingLanguage,
        ImmutableArray<string> PublicationLanguages,
        ImmutableSortedDictionary<string, string> Promise,
        bool RegisterConsent,
        Guid By,
        string Signature) : ReviewEvent;

    /// <summary>The programme named who looks after the review (guard G-CASE).</summary>
    public sealed record CaseAssigned(Guid Coordinator, Guid Deputy, Guid By) : ReviewEvent;

    /// <summary>A person got a role in this review, by a letter where one is needed. Items: only theirs, for contributors.</summary>
    public sealed record PersonAppointed(Guid Person, string Role, Guid? Letter, ImmutableArray<string> Items, Guid By)
        : ReviewEvent;

    /// <summary>A person gave a role of this review back, or it was taken back.</summary>
    public sealed record PersonReleased(Guid Person, string Role, Guid By) : ReviewEvent;

    /// <summary>The programme named the reviewing States with their reserves (guard G-DRAW).</summary>
    public sealed record ReviewersNamed(ImmutableArray<SeatedState> States, ImmutableArray<SeatedState> Reserves, Guid By)
        : ReviewEvent;

    /// <summary>The subject asked for another State in the place of one, without a reason, within its window (process B.4).</summary>
    public sealed record RedrawAsked(string State, Guid By) : ReviewEvent;

    /// <summary>A reviewing State gave its service back; another has to take its place.</summary>
    public sealed record ServiceDeclined(string State, Guid By) : ReviewEvent;

    /// <summary>Another State took the place of a reviewing State.</summary>
    /// <param name="Cause">Why, see <see cref="ReplacementCause"/>.</param>
    public sealed record ReviewerReplaced(string From, string To, string Cause, Guid By) : ReviewEvent;

    /// <summary>The review goes on without reviewing States: their places and the invitations nobody answered end.</summary>
    public sealed record ReviewersReleased(ImmutableArray<string> States, Guid By) : ReviewEvent;

    /// <summary>A person got a role in this review for a reviewing State, by a letter where one is needed.</summary>
    public sealed record ReviewerAppointed(Guid Person, string Role, string State, Guid? Letter, Guid By) : ReviewEvent;

    /// <summary>A reviewing State invited a person to review for it.</summary>
    /// <param name="Reserve">To step in when an expert is late or leaves.</param>
    public sealed record ExpertInvited(Guid Invitation, Guid Person, string State, bool Reserve, Guid By) : ReviewEvent;

    /// <summary>An invitation was answered or taken back.</summary>
    /// <param name="Outcome">See <see cref="InvitationOutcome"/>.</param>
    public sealed record InvitationClosed(Guid Invitation, string Outcome, Guid By) : ReviewEvent;

    /// <summary>A reserve took the place of an expert, with the items given to them.</summary>
    public sealed record ExpertReplaced(Guid From, Guid To, string State, Guid By) : ReviewEvent;

    /// <summary>The head coordinator decided on the subject's objection to an expert.</summary>
    public sealed record ObjectionDecided(Guid Person, bool Upheld, Guid By) : ReviewEvent;

    /// <summary>An expert has no part in these items: by their own word, or by a decision on an objection that left them in.</summary>
    public sealed record ItemsRecused(Guid Person, ImmutableArray<string> Items, Guid By) : ReviewEvent;

    /// <summary>Subject, reviewing States and coordinator confirmed the same minutes of the opening (guard G-PLAN).</summary>
    /// <param name="Language">The language the experts work in, an ISO 639-1 code of the six.</param>
    /// <param name="Split">Who comments on what.</param>
    public sealed record OpeningAgreed(string Language, ImmutableArray<ItemSplit> Split, string ContentHash) : ReviewEvent;

    /// <summary>The coordinator invited a stakeholder to contribute.</summary>
    /// <param name="Family">See <see cref="Deliberation.StakeholderFamily"/>.</param>
    public sealed record StakeholderInvited(Guid Invitation, Guid Person, string Family, Guid By) : ReviewEvent;

    /// <summary>The invitation of a stakeholder was answered or taken back.</summary>
    /// <param name="Outcome">See <see cref="InvitationOutcome"/>.</param>
    public sealed record StakeholderInvitationClosed(Guid Invitation, string Outcome, Guid By) : ReviewEvent;

    /// <summary>The coordinator screened a contribution; the reasons are a text of their own (guard G-STKSCREEN).</summary>
    public sealed record ContributionScreened(string Contribution, bool Accepted, Guid By) : ReviewEvent;

    /// <summary>The State passed a contribution to its contributors.</summary>
    public sealed record ContributionForwarded(string Contribution, Guid By) : ReviewEvent;

    /// <summary>Somebody wrote the next version of something.</summary>
    /// <param name="What">The kind of text, see <see cref="WritingKind"/>; in the body because its existence may be a secret.</param>
    /// <param name="Key">Item id, or the id of the question, commitment, point.</param>
    /// <param name="Version">1, 2, 3 …</param>
    /// <param name="Commitment">H(salt ‖ text), hex.</param>
    public sealed record TextWritten(string What, string Key, int Version, string Commitment, string Label, Guid By)
        : ReviewEvent;

    /// <summary>Something written no longer stands; its versions stay.</summary>
    public sealed record TextWithdrawn(string What, string Key, Guid By) : ReviewEvent;

    /// <summary>A file came to an item.</summary>
    public sealed record FileAdded(Guid File, string Item, string Sha256, string Label, Guid By) : ReviewEvent;

    /// <summary>A file no longer belongs to its item; its content is erased.</summary>
    public sealed record FileRemoved(Guid File, string Item, Guid By) : ReviewEvent;

    /// <summary>A contributor declared the own part finished as it stands (guard G-SIGNOFF).</summary>
    public sealed record PartValidated(Guid Person, string ContentHash) : ReviewEvent;

    /// <summary>A signature under a content hash: name, office and date stand in the committed text.</summary>
    /// <param name="Act">What was signed: <c>launch</c>, <c>self_assess</c>, <c>pub_decide</c>, <c>close</c> …</param>
    public sealed record Signed(string Act, string Role, string ContentHash, string Signature, Guid By) : ReviewEvent;

    /// <summary>The subject decided what becomes public (guard G-PUBDEC).</summary>
    /// <param name="Choices">Document to choice: <c>full</c>, <c>redacted</c>, <c>summary</c>, <c>none</c>.</param>
    /// <param name="Withheld">Items whose answers are redacted.</param>
    /// <param name="Relabelled">Items the subject widened to CLEAR by this signature.</param>
    public sealed record PublicationDecided(
        ImmutableSortedDictionary<string, string> Choices,
        ImmutableArray<string> Withheld,
        ImmutableArray<string> Relabelled,
        Guid By) : ReviewEvent;

    /// <summary>Subject, reviewing States and programme confirmed the same report (guards G-AGREE, G-AGREE-OR-DISSENT).</summary>
    /// <param name="Dissent">The parties whose dissent is annexed; empty where all agree.</param>
    public sealed record AgreementReached(string ContentHash, ImmutableArray<string> Dissent) : ReviewEvent;

    /// <summary>An edition of the report went out under its permanent address.</summary>
    public sealed record Published(string Slug, int Edition, string Sha256, Guid By) : ReviewEvent;

    /// <summary>A person began to look on with the eyes of somebody in this role; it showed nothing beyond the person's own sight.</summary>
    public sealed record SeenAs(string Role, Guid By) : ReviewEvent;
}

/// <summary>A State in one of the places of a review.</summary>
/// <param name="State">ISO 3166-1 alpha-3 code.</param>
/// <param name="Slot">The place, as the process names it.</param>
public sealed record SeatedState(string State, string Slot);

/// <summary>The experts who comment on one item.</summary>
public sealed record ItemSplit(string Item, ImmutableArray<Guid> Experts);

/// <summary>Why a reviewing State left its place.</summary>
public static class ReplacementCause
{
    /// <summary>The subject asked for it.</summary>
    public const string Redraw = "redraw";

    /// <summary>The State gave its service back.</summary>
    public const string Declined = "declined";

    /// <summary>The review changed to a variant without reviewing States; nobody takes the place.</summary>
    public const string Variant = "variant";
}

/// <summary>What became of an invitation.</summary>
public static class InvitationOutcome
{
    public const string Accepted = "accepted";
    public const string Declined = "declined";

    /// <summary>Whoever invited took it back, or left the review.</summary>
    public const string Withdrawn = "withdrawn";
}

/// <summary>A definition as a review pins it.</summary>
/// <param name="Hash">SHA-256 over the parsed canonical form, hex.</param>
public sealed record DefinitionPin(string Id, int Version, string Hash);

/// <summary>What people write in a review.</summary>
public static class WritingKind
{
    /// <summary>The answer to an item; key is the item id.</summary>
    public const string Answer = "answer";

    /// <summary>An answer in another language; the key is item id and language, <c>N-c.c1:fr</c>.</summary>
    public const string AnswerTranslation = "answer_translation";

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

    /// <summary>The reason of the decision on an objection; key is the person.</summary>
    public const string ObjectionDecision = "objection_decision";

    /// <summary>The minutes of the opening; the key is <c>opening</c>.</summary>
    public const string Minutes = "minutes";

    /// <summary>What an expert handed in of comments; key is the person.</summary>
    public const string Comments = "comments";

    /// <summary>Where the lead leads every comment; the key is <c>consolidation</c>.</summary>
    public const string Consolidation = "consolidation";

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

    /// <summary>Name, office and date under a signature; key is act and role.</summary>
    public const string Signature = "signature";
}

/// <summary>What is signed.</summary>
public static class SignedAct
{
    /// <summary>The launch notice.</summary>
    public const string Launch = "launch";

    /// <summary>The self-assessment: focal point, then State authority, under the same content hash.</summary>
    public const string SelfAssessment = "self_assess";

    /// <summary>The publication decision.</summary>
    public const string Publication = "pub_decide";

    /// <summary>An expert's declaration and code of conduct; one act per person.</summary>
    public static string Declaration(Guid person) => $"declare:{new PersonId(person)}";

    /// <summary>The minutes of the opening, confirmed by one party.</summary>
    public static string Opening(string party) => $"opening:{party}";

    /// <summary>The report, confirmed by one party.</summary>
    public static string Agreement(string party) => $"agree:{party}";

    /// <summary>The responses to the recommendations.</summary>
    public const string Responses = "rec_response";

    /// <summary>That a suspended or deferred review goes on.</summary>
    public const string Resumption = "resume";
}

/// <summary>Roles this release names in code; every other role is data of a process.</summary>
public static class RoleCode
{
    public const string Authority = "STATE_AUTH";
    public const string FocalPoint = "STATE_FP";
    public const string Alternate = "STATE_ALT";
    public const string Contributor = "STATE_CONTRIB";
    public const string Coordinator = "COORD";
    public const string HeadCoordinator = "COORD_HEAD";
    public const string ReviewerFocalPoint = "REV_FP";
    public const string Expert = "REV_EXPERT";
    public const string Lead = "REV_LEAD";
    public const string Stakeholder = "STAKEHOLDER";
}
