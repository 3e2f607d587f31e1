using System.Collections.Immutable;
using System.Text.Json.Serialization;

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

    /// <summary>The States that take part in the regional strategy under review, beside the one that leads; right after the launch.</summary>
    /// <param name="States">ISO 3166-1 alpha-3 codes.</param>
    public sealed record ParticipantsNamed(ImmutableArray<string> States, Guid By) : ReviewEvent;

    /// <summary>A person speaks for a participating State from now on, by a letter of that State; whoever did before does no longer.</summary>
    public sealed record ParticipantAppointed(Guid Person, string State, Guid Letter, Guid By) : ReviewEvent;

    /// <summary>A participating State endorsed the common part, or objected to it; the reason is a text of its own (guard G-ENDORSED).</summary>
    /// <param name="ContentHash">Of the common part.</param>
    public sealed record EndorsementGiven(string State, bool Endorses, string ContentHash, Guid By) : ReviewEvent
    {
        /// <summary>Whether an objection took a signed sheet back.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool TakesSheet { get; init; }
    }

    /// <summary>A participating State said, with its answer on the common part, whether the published report may name it.</summary>
    public sealed record NamingAnswered(string State, bool Named, Guid By) : ReviewEvent;

    /// <summary>The days of a participating State for the common part ended, and nobody spoke for it: it was not asked, and its silence is no
    /// consent.</summary>
    public sealed record ParticipantUnasked(string State) : ReviewEvent;

    /// <summary>A participating State took its signed sheet back: it is its own again until it is signed anew.</summary>
    public sealed record SheetTakenBack(string State, Guid By) : ReviewEvent;

    /// <summary>A participating State decided what of its sheet is published, by a signature of its own.</summary>
    /// <param name="Items">Items whose answers are published; none where nothing is.</param>
    public sealed record SheetDecided(string State, ImmutableArray<string> Items, Guid By) : ReviewEvent;

    /// <summary>No State of the lead's regional group could review: the owner consents to one of another group in its place.</summary>
    public sealed record OtherGroupConsented(Guid By) : ReviewEvent;

    /// <summary>The review is about one theme alone: right after the launch, or because the subject so limited it later.</summary>
    /// <param name="Theme">The id of a norm or pillar, or the code of a group.</param>
    /// <param name="Items">All items of it: the scope from now on, in the framework's order.</param>
    public sealed record ThemeChosen(string Theme, ImmutableArray<string> Items, Guid By) : ReviewEvent;

    /// <summary>With another form of the review the subject promised what becomes public of its documents.</summary>
    /// <param name="Promise">Document to choice: all that is promised from now on.</param>
    public sealed record PromiseChanged(ImmutableSortedDictionary<string, string> Promise, Guid By) : ReviewEvent;

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
    public sealed record ExpertReplaced(Guid From, Guid To, string State, Guid By) : ReviewEvent
    {
        /// <summary>Whether the experts of a programme's own process had declared by then, so that whoever came declares late.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool Late { get; init; }
    }

    /// <summary>The head coordinator let the review go on without an expert who was long late: the open part of theirs is left.</summary>
    public sealed record ExpertLeftOut(Guid Person, string State, Guid By) : ReviewEvent;

    /// <summary>The place of an expert whose State left the review, for somebody of the State that took its place; or of one whom an objection took
    /// out while experts comment, for somebody of the same State.</summary>
    /// <param name="Person">Who had the place.</param>
    /// <param name="State">The State that finds somebody.</param>
    /// <param name="Led">Whether whoever takes the place leads.</param>
    public sealed record PlaceVacated(Guid Person, string State, bool Led, Guid By) : ReviewEvent
    {
        /// <summary>Whether the comments were closed by then: nobody comments in the place any more, and somebody else has to lead.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool Commented { get; init; }
    }

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

    /// <summary>The lead reviewer handed the questions of the reviewing States to the subject.</summary>
    /// <param name="Items">The item each is about; general questions are not among them.</param>
    public sealed record QuestionsAsked(ImmutableArray<AskedItem> Items, Guid By) : ReviewEvent;

    /// <summary>Whoever did a part of a stage stated what the product cannot know.</summary>
    /// <param name="Guards">Guards that hold, by their word.</param>
    /// <param name="Conditions">Conditions of what comes next, and whether they hold.</param>
    public sealed record StageStated(
        string Stage, ImmutableArray<string> Guards, ImmutableSortedDictionary<string, bool> Conditions, Guid By) : ReviewEvent;

    /// <summary>Somebody used a right a stage of a programme's own process gives, and the office settles what follows.</summary>
    /// <param name="Branch">The part of the stage; null where it has none.</param>
    /// <param name="Role">The role whose part it was.</param>
    public sealed record RightUsed(string Stage, string? Branch, string Role, Guid By) : ReviewEvent;

    /// <summary>Somebody wrote the next version of something.</summary>
    /// <param name="What">The kind of text, see <see cref="WritingKind"/>; in the body because its existence may be a secret.</param>
    /// <param name="Key">Item id, or the id of the question, commitment, point.</param>
    /// <param name="Version">1, 2, 3 …</param>
    /// <param name="Commitment">H(salt ‖ text), hex.</param>
    public sealed record TextWritten(string What, string Key, int Version, string Commitment, string Label, Guid By)
        : ReviewEvent
    {
        /// <summary>Whether what others have confirmed keeps every word: nobody confirms it again.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool Keeps { get; init; }

        /// <summary>Whether not everybody took part who has to, where it is a session.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool Lacks { get; init; }
    }

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

    /// <summary>The subject decided whether the register shows a review by a programme's own process, and which of its texts the public reads.</summary>
    public sealed record TextsShown(bool Register, ImmutableArray<ShownText> Texts, Guid By) : ReviewEvent;

    /// <summary>Subject, reviewing States and programme confirmed the same report (guards G-AGREE, G-AGREE-OR-DISSENT).</summary>
    /// <param name="Dissent">The parties whose dissent is annexed; empty where all agree.</param>
    public sealed record AgreementReached(string ContentHash, ImmutableArray<string> Dissent) : ReviewEvent;

    /// <summary>An edition of the report went out under its permanent address.</summary>
    public sealed record Published(string Slug, int Edition, string Sha256, Guid By) : ReviewEvent;

    /// <summary>The time after a withdrawal was over: the notes and comments of the reviewers are erased, which the State never had.</summary>
    public sealed record NotesErased : ReviewEvent;

    /// <summary>A person began to look on with the eyes of somebody in this role; it showed nothing beyond the person's own sight.</summary>
    public sealed record SeenAs(string Role, Guid By) : ReviewEvent;
}

/// <summary>A State in one of the places of a review.</summary>
/// <param name="State">ISO 3166-1 alpha-3 code.</param>
/// <param name="Slot">The place, as the process names it.</param>
public sealed record SeatedState(string State, string Slot);

/// <summary>The experts who comment on one item.</summary>
public sealed record ItemSplit(string Item, ImmutableArray<Guid> Experts);

/// <summary>The item a question of the reviewing States is about.</summary>
/// <param name="Question">The id of the question.</param>
public sealed record AskedItem(string Question, string Item);

/// <summary>Why a reviewing State left its place.</summary>
public static class ReplacementCause
{
    /// <summary>The subject asked for it.</summary>
    public const string Redraw = "redraw";

    /// <summary>The State gave its service back.</summary>
    public const string Declined = "declined";

    /// <summary>No nomination came from it for a long time after the day.</summary>
    public const string Silent = "silent";

    /// <summary>It cannot go on, or does not: the head coordinator decided so, with a reason.</summary>
    public const string Unable = "unable";

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
