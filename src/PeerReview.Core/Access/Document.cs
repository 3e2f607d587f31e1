using System.Collections.Immutable;

namespace PeerReview.Core.Access;

/// <summary>One document, or one part of it with its own circle: an answer, a file, a comment.</summary>
/// <param name="Kind">Which row of the visibility table.</param>
public sealed record Document(DocumentKind Kind)
{
    /// <summary>Whose it is: the expert who comments or declares, the stakeholder who sends, the person an access-log
    /// line is about. Somebody about to write a first version is put here by the caller.</summary>
    public ImmutableArray<PersonId> Owners { get; init; } = [];

    /// <summary>The contributors of the State to whom the item it is about was given: what is "their own" to them.</summary>
    public ImmutableArray<PersonId> Contributors { get; init; } = [];

    /// <summary>The experts who have no part in the item it is about, and read neither the answer nor what others say of it.</summary>
    public ImmutableArray<PersonId> Recused { get; init; } = [];

    /// <summary>Who makes it, where a process says so itself: they read and write it, whatever their column says.</summary>
    public Makers? Makers { get; init; }

    /// <summary>The persons a RED text names; for the identity of a protected sender the one officer who may know.</summary>
    public ImmutableArray<PersonId> NamedReaders { get; init; } = [];

    /// <summary>Not handed in yet: only the side that writes it sees it.</summary>
    public bool Draft { get; init; }

    /// <summary>Reviewing States ask about this answer, and the State replies: it may save later versions of what it handed in.</summary>
    public bool Reopened { get; init; }

    /// <summary>For a regional subject: the State whose sheet this is. Null is the common part.</summary>
    public StateCode? Sheet { get; init; }

    /// <summary>The State invited the coordinator to help with this answer before submission.</summary>
    public bool HelpInvited { get; init; }

    /// <summary>The expert and the State agreed that the name is public.</summary>
    public bool NameAgreed { get; init; }

    /// <summary>Stakeholder input: the coordinator screened and accepted it.</summary>
    public bool Admitted { get; init; }

    /// <summary>Stakeholder input: the State's time to reply is over, or it replied.</summary>
    public bool ReplyWindowOver { get; init; }

    /// <summary>Stakeholder input: the State passed it to its contributors.</summary>
    public bool Forwarded { get; init; }

    /// <summary>Stakeholder input: its sender chose that it is public.</summary>
    public bool SenderChosePublic { get; init; }

    public static implicit operator Document(DocumentKind kind) => new(kind);
}

/// <summary>Those who make a document in a stage of a process.</summary>
/// <param name="Roles">The roles that act in the stage.</param>
public sealed record Makers(ImmutableArray<Role> Roles)
{
    /// <summary>Of one branch only: the code of a reviewing State, or the id of an expert. Null is everybody who acts.</summary>
    public string? Branch { get; init; }

    /// <summary>Whether somebody in this seat is one of them.</summary>
    internal bool Have(Seat seat, Actor actor) => Roles.Contains(seat.Role)
        && seat.Side is not (Side.OtherState or Side.Participant or Side.Public)
        && (Branch is null || seat.State?.Value == Branch || actor.Person?.ToString() == Branch);
}

/// <summary>The rows of the visibility table.</summary>
public enum DocumentKind
{
    LaunchNotice,
    DrawRecord,
    ExpertNames,

    /// <summary>Whom a reviewing State invited, and what they answered: until somebody accepts, a matter of that State.</summary>
    Invitations,

    /// <summary>Declarations of conflict, and objections.</summary>
    Declarations,

    /// <summary>An answer of the self-assessment, before or after submission.</summary>
    SelfAssessment,

    /// <summary>A file under an answer, its name included.</summary>
    Evidence,

    /// <summary>A reviewer's working notes.</summary>
    WorkingNotes,
    ReviewerComments,

    /// <summary>What the team says under each other's comments while it works on the report; never the State's to read.</summary>
    CommentRemarks,

    /// <summary>The State's replies to the reviewers.</summary>
    StateReplies,
    StakeholderInput,

    /// <summary>Who sent a protected input.</summary>
    ProtectedSender,
    DialogueRecord,
    DraftReport,

    /// <summary>The State's comments on the draft.</summary>
    StateComments,

    /// <summary>The agreed report; in a light review the report as the State signed it.</summary>
    AgreedReport,
    ExecutiveSummary,

    /// <summary>Recommendations with their responses.</summary>
    Recommendations,

    /// <summary>Action plan and progress notes.</summary>
    ActionPlan,

    /// <summary>Stages, deadlines, whose turn it is.</summary>
    Status,

    /// <summary>Who opened the State's material.</summary>
    AccessLog,

    /// <summary>Counts over many reviews; to the public only from five on.</summary>
    Statistics,

    /// <summary>Light review: the coordinator's clarifying questions and the State's replies.</summary>
    Clarifications,

    /// <summary>Light review: the State's own commitments and good practices.</summary>
    Commitments,

    /// <summary>What the State decided about publication, with its redactions.</summary>
    PublicationDecision,

    /// <summary>A point that cannot wait for the report, and its acknowledgement.</summary>
    UrgentPoint,

    /// <summary>What an expert asks the State in private before anything is written, and the answer.</summary>
    PrivateQuestion,

    /// <summary>What one participating State says to the common part of a regional self-assessment, and who speaks for it.</summary>
    Endorsement,
}
