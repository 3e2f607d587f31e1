using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Serialization;
using PeerReview.Core.Deliberation;

namespace PeerReview.Core.Reviews;

/// <summary>What a review has become beside its process: people, promises, signatures. The fold of its
/// <see cref="ReviewEvent"/>s, kept beside the process state in the review's row.</summary>
public sealed partial record Dossier
{
    // Before Empty, which begins with it: the order of the file is the order of their making.
    private static readonly ImmutableSortedDictionary<string, string> NoTexts =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Before the first event.</summary>
    public static Dossier Empty { get; } = new();

    public Guid Programme { get; init; }

    public string SubjectKind { get; init; } = "";

    /// <summary>ISO 3166-1 alpha-3 code of the subject State.</summary>
    public string Subject { get; init; } = "";

    /// <summary>As launched; the process knows whether it changed.</summary>
    public string Variant { get; init; } = "";

    public DefinitionPin Process { get; init; } = new("", 0, "");

    public DefinitionPin Framework { get; init; } = new("", 0, "");

    /// <summary>Items in scope, in the framework's order.</summary>
    public ImmutableArray<string> Items { get; init; } = [];

    /// <summary>The norm, pillar or group the review is about alone; null where it is about the whole framework.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Theme { get; init; }

    /// <summary>Language of the review, an ISO 639-1 code of the six.</summary>
    public string WorkingLanguage { get; init; } = "en";

    public ImmutableArray<string> PublicationLanguages { get; init; } = [];

    /// <summary>What the launch notice promised per document: the most that is ever published without a new signature.</summary>
    public ImmutableSortedDictionary<string, string> Promise { get; init; } = NoTexts;

    public bool RegisterConsent { get; init; }

    public Guid? Coordinator { get; init; }

    public Guid? Deputy { get; init; }

    /// <summary>People with a role in this review alone, in order of appointment.</summary>
    public ImmutableArray<Appointment> People { get; init; } = [];

    /// <summary>The reviewing States; none in a light review.</summary>
    public ReviewTeam Team { get; init; } = ReviewTeam.None;

    /// <summary>The participating States of a regional or subregional review; null in a national one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Region? Region { get; init; }

    /// <summary>Stakeholders who were invited, and their contributions.</summary>
    public StakeholderWindow Stakeholders { get; init; } = StakeholderWindow.None;

    /// <summary>Contributor to the content hash of the part they validated. A later change to the part takes it away.</summary>
    public ImmutableSortedDictionary<Guid, string> Validated { get; init; } = ImmutableSortedDictionary<Guid, string>.Empty;

    /// <summary>The newest signature of each act and role.</summary>
    public ImmutableArray<SignatureMark> Signatures { get; init; } = [];

    /// <summary>Document to choice, null until decided.</summary>
    public ImmutableSortedDictionary<string, string>? Choices { get; init; }

    public ImmutableArray<string> Withheld { get; init; } = [];

    public ImmutableArray<string> Relabelled { get; init; } = [];

    /// <summary>The parties whose dissent on the report stands.</summary>
    public ImmutableArray<string> Dissent { get; init; } = [];

    /// <summary>Comments of the State on the draft of which the lead has not said what becomes of them, in order.</summary>
    public ImmutableArray<string> Unsettled { get; init; } = [];

    /// <summary>What all agreed on, or went on with; null before.</summary>
    public AgreementMark? Agreement { get; init; }

    public string? Slug { get; init; }

    public int Edition { get; init; }

    /// <summary>What people stated with their part of a stage, the newest; null before.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<StatementMark>? Statements { get; init; }

    /// <summary>Who took an expert's place after the others had declared, in a programme's own process; null before anybody did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<LateDeclaration>? Joined { get; init; }

    /// <summary>The rights of a programme's own process that were used, oldest first; null before.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<UsedRight>? RightsUsed { get; init; }

    /// <summary>What of a programme's own process the public reads, by the decision of the State; null before one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<ShownText>? Shown { get; init; }

    /// <summary>The last review of the same State in this programme that was over or published at the launch; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? Last { get; init; }

    /// <summary>Clarifying questions without a reply.</summary>
    public ImmutableArray<string> OpenQuestions { get; init; } = [];

    /// <summary>What the reviewing States asked about the self-assessment as it was handed in; null before.</summary>
    public AskedMark? Asked { get; init; }

    /// <summary>Urgent points with the person who raised each; acknowledged ones are marked.</summary>
    public ImmutableArray<UrgentMark> Urgent { get; init; } = [];

    /// <summary>Private questions of experts to the State, in the order in which they were asked; answered ones are marked.</summary>
    public ImmutableArray<PrivateQuestionMark> PrivateQuestions { get; init; } = [];

    /// <summary>How far the dialogue of a full review is.</summary>
    public DialogueMark Dialogue { get; init; } = DialogueMark.None;

    /// <summary>The people holding a role in this review.</summary>
    public IEnumerable<Guid> Holding(string role) => People.Where(p => p.Role == role).Select(p => p.Person);

    /// <summary>The people holding a role for one reviewing State.</summary>
    public IEnumerable<Guid> Holding(string role, string state) =>
        People.Where(p => p.Role == role && p.State == state).Select(p => p.Person);

    /// <summary>Whether an item is outside the one theme of the review: what was written to it before stays the State's own.</summary>
    public bool FallsOutside(string item) => Theme is not null && !Items.Contains(item, StringComparer.Ordinal);

    /// <summary>The contributors with something to answer: all, but those whose items are all outside the theme.</summary>
    [JsonIgnore]
    public IEnumerable<Guid> Contributing =>
        People.Where(p => p.Role == RoleCode.Contributor && (p.Items.IsEmpty || !p.Items.All(FallsOutside))).Select(p => p.Person);

    /// <summary>The contributors whose items are all outside the theme: they keep the role, and nothing waits for them.</summary>
    [JsonIgnore]
    public IEnumerable<Guid> WithoutQuestions => Holding(RoleCode.Contributor).Except(Contributing);

    /// <summary>Whether an expert declared ties and signed the code of conduct for this review.</summary>
    public bool HasDeclared(Guid expert) => SignedHash(SignedAct.Declaration(expert), RoleCode.Expert) is not null;

    /// <summary>Those of a reviewing State who accepted to step in, and have no place.</summary>
    public IEnumerable<Guid> StandingBy(string state) =>
        Team.ReserveExperts(state).Where(person => !Holding(RoleCode.Expert).Contains(person) && !Team.HasLeft(person));

    /// <summary>When the last expert declared who stepped in for one the subject objected to, UTC; null where nobody did.</summary>
    public DateTimeOffset? SteppedInAt => Team.Objections.Any(o => o is { Upheld: true, Replaced: true })
        ? Holding(RoleCode.Expert)
            .Select(expert => Signatures.FirstOrDefault(s => s.Act == SignedAct.Declaration(expert))?.At).Max()
        : null;

    /// <summary>Whether a question of the reviewing States on an item of a contributor has no reply.</summary>
    public bool HasOpenQuestion(Guid contributor) => Asked is { } asked && asked.Items.Any(one =>
        OpenQuestions.Contains(one.Question, StringComparer.Ordinal)
        && People.Any(p => p.Person == contributor && p.Role == RoleCode.Contributor && p.Items.Contains(one.Item, StringComparer.Ordinal)));

    /// <summary>The hash last signed for an act by a role, or null.</summary>
    public string? SignedHash(string act, string role) =>
        Signatures.FirstOrDefault(s => s.Act == act && s.Role == role)?.ContentHash;

    /// <summary>The state after one more fact. Total: every kind of event is folded.</summary>
    /// <param name="event">The fact.</param>
    /// <param name="at">When it happened, UTC.</param>
    public Dossier Evolve(ReviewEvent @event, DateTimeOffset at) => @event switch
    {
        ReviewEvent.Launched e => Start(e),
        ReviewEvent.ParticipantsNamed e => this with { Region = new Region { States = e.States } },
        ReviewEvent.ParticipantAppointed or ReviewEvent.NamingAnswered or ReviewEvent.ParticipantUnasked or ReviewEvent.SheetDecided or ReviewEvent.OtherGroupConsented => this with { Region = Region?.Evolve(@event, at) },
        // Whoever objects takes the sheet back.
        ReviewEvent.EndorsementGiven e => (e.Endorses ? this : Unsign([SignedAct.Sheet(e.State)])) with { Region = Region?.Answer(e, at) },
        ReviewEvent.SheetTakenBack e => Unsign([SignedAct.Sheet(e.State)]),
        // Whoever signed the whole has not signed the part.
        ReviewEvent.ThemeChosen e => Unsign() with { Theme = e.Theme, Items = e.Items },
        ReviewEvent.PromiseChanged e => this with { Promise = e.Promise.WithComparers(StringComparer.Ordinal) },
        ReviewEvent.CaseAssigned e => Assign(e),
        ReviewEvent.PersonAppointed e => this with
        {
            People = People.RemoveAll(p => p.Person == e.Person && p.Role == e.Role)
                .Add(new Appointment(e.Person, e.Role, e.Letter, e.Items)),
            // Whoever is given other items has not validated these.
            Validated = e.Role == RoleCode.Contributor ? Validated.Remove(e.Person) : Validated,
        },
        ReviewEvent.PersonReleased e => this with
        {
            People = People.RemoveAll(p => p.Person == e.Person && p.Role == e.Role),
            Validated = Validated.Remove(e.Person),
        },
        ReviewEvent.ReviewerAppointed e => this with
        {
            People = People.RemoveAll(p => p.Person == e.Person && p.Role == e.Role)
                .Add(new Appointment(e.Person, e.Role, e.Letter, [], e.State)),
        },
        ReviewEvent.ExpertReplaced { Late: true } e => this with { Team = Team.Evolve(e), Joined = [.. Joined ?? [], new LateDeclaration(e.To, at)] },
        ReviewEvent.ReviewersNamed or ReviewEvent.RedrawAsked or ReviewEvent.ServiceDeclined
            or ReviewEvent.ReviewerReplaced or ReviewEvent.ReviewersReleased or ReviewEvent.ExpertInvited or ReviewEvent.InvitationClosed
            or ReviewEvent.ExpertReplaced or ReviewEvent.ExpertLeftOut or ReviewEvent.ObjectionDecided or ReviewEvent.ItemsRecused
            or ReviewEvent.OpeningAgreed =>
            this with { Team = Team.Evolve(@event) },
        ReviewEvent.PlaceVacated e => this with { Team = Team.Vacate(e, at) },
        ReviewEvent.StakeholderInvited or ReviewEvent.StakeholderInvitationClosed or ReviewEvent.ContributionScreened
            or ReviewEvent.ContributionForwarded => this with { Stakeholders = Stakeholders.Evolve(@event) },
        ReviewEvent.TextWritten e => Write(e, at),
        ReviewEvent.TextWithdrawn e => Withdraw(e),
        ReviewEvent.FileAdded e => Touch(e.Item),
        ReviewEvent.FileRemoved e => Touch(e.Item),
        ReviewEvent.PartValidated e => this with { Validated = Validated.SetItem(e.Person, e.ContentHash) },
        ReviewEvent.Signed e => this with
        {
            Signatures = Signatures.RemoveAll(s => s.Act == e.Act && s.Role == e.Role)
                .Add(new SignatureMark(e.Act, e.Role, e.ContentHash, e.By, at)),
            Region = Region?.Sign(e.Act),
        },
        ReviewEvent.PublicationDecided e => this with { Choices = e.Choices, Withheld = e.Withheld, Relabelled = e.Relabelled },
        ReviewEvent.TextsShown e => this with { RegisterConsent = e.Register, Shown = e.Texts },
        ReviewEvent.StageStated e => this with { Statements = e.After(Statements) },
        ReviewEvent.RightUsed e => this with { RightsUsed = (RightsUsed ?? []).Add(new UsedRight(e.Stage, e.Branch, e.Role, e.By, at)) },
        ReviewEvent.QuestionsAsked e => this with { Asked = new AskedMark(at, e.Items) },
        ReviewEvent.AgreementReached e => this with { Agreement = new AgreementMark(e.ContentHash, e.Dissent) },
        ReviewEvent.Published e => this with { Slug = e.Slug, Edition = e.Edition },
        ReviewEvent.SeenAs or ReviewEvent.NotesErased => this,
        _ => throw new UnreachableException($"No fold for {@event.GetType().Name}."),
    };

    private Dossier Withdraw(ReviewEvent.TextWithdrawn e) => e.What switch
    {
        WritingKind.Question => this with { OpenQuestions = OpenQuestions.Remove(e.Key, StringComparer.Ordinal) },
        WritingKind.Recommendation => Unconfirm(),
        WritingKind.Dissent => Unconfirm() with { Dissent = Dissent.Remove(e.Key, StringComparer.Ordinal) },
        WritingKind.DraftComment => this with { Unsettled = Unsettled.Remove(e.Key, StringComparer.Ordinal) },
        WritingKind.Slot or WritingKind.Session or WritingKind.VisitProgramme => this with { Dialogue = Dialogue.Withdraw(e) },
        _ => this,
    };

    private static Dossier Start(ReviewEvent.Launched e) => new()
    {
        Programme = e.Programme,
        SubjectKind = e.SubjectKind,
        Subject = e.Subject,
        Variant = e.Variant,
        Process = e.Process,
        Framework = e.Framework,
        Items = e.Items,
        WorkingLanguage = e.WorkingLanguage,
        PublicationLanguages = e.PublicationLanguages,
        Promise = e.Promise,
        RegisterConsent = e.RegisterConsent,
    };

    private Dossier Assign(ReviewEvent.CaseAssigned e) => this with
    {
        Coordinator = e.Coordinator,
        Deputy = e.Deputy,
        People = People.RemoveAll(p => p.Role == RoleCode.Coordinator)
            .Add(new Appointment(e.Coordinator, RoleCode.Coordinator, null, []))
            .Add(new Appointment(e.Deputy, RoleCode.Coordinator, null, [])),
    };
}
