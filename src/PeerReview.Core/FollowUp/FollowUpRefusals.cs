using System.Collections.Immutable;
using System.Reflection;

namespace PeerReview.Core.FollowUp;

/// <summary>Every way in which a commitment, a good practice or an urgent point is refused. The codes are a public
/// contract; "missing" and "unknown" share a code where the remedy is the same: choose from the list.</summary>
public static class FollowUpRefusals
{
    public const string Early = "follow-up.early";

    /// <summary>What the public would read is not what was last shown.</summary>
    public const string LookFirst = "follow-up.look-first";
    public const string CommitmentTitle = "commitment.title";
    public const string CommitmentTitleTooLong = "commitment.title-too-long";
    public const string CommitmentTextTooLong = "commitment.text-too-long";
    public const string CommitmentItems = "commitment.items";
    public const string CommitmentItemUnknown = "commitment.item-unknown";
    public const string CommitmentLenses = "commitment.lenses";
    public const string CommitmentLensUnknown = "commitment.lens-unknown";
    public const string CommitmentOutcomes = "commitment.outcomes";
    public const string CommitmentOutcomeUnknown = "commitment.outcome-unknown";
    public const string CommitmentLevel = "commitment.level";
    public const string CommitmentActionType = "commitment.action-type";
    public const string CommitmentThreatKind = "commitment.threat-kind";
    public const string CommitmentRights = "commitment.rights";
    public const string CommitmentUrgency = "commitment.urgency";
    public const string CommitmentOwner = "commitment.owner";
    public const string CommitmentOwnerTooLong = "commitment.owner-too-long";
    public const string CommitmentDue = "commitment.due";
    public const string CommitmentDuePast = "commitment.due-past";
    public const string CommitmentIndicator = "commitment.indicator";
    public const string CommitmentIndicatorTooLong = "commitment.indicator-too-long";
    public const string CommitmentHelpUnsaid = "commitment.help-unsaid";
    public const string CommitmentHelp = "commitment.help";
    public const string CommitmentHelpTooLong = "commitment.help-too-long";
    public const string CommitmentsTooMany = "commitment.too-many";

    public const string PracticeText = "good-practice.text";
    public const string PracticeTextTooLong = "good-practice.text-too-long";
    public const string PracticeItem = "good-practice.item";
    public const string PracticeLenses = "good-practice.lenses";
    public const string PracticeLensUnknown = "good-practice.lens-unknown";
    public const string PracticeOutcomes = "good-practice.outcomes";
    public const string PracticeOutcomeUnknown = "good-practice.outcome-unknown";
    public const string PracticeLevel = "good-practice.level";
    public const string PracticesTooMany = "good-practice.too-many";

    public const string UrgentText = "urgent-point.text";
    public const string UrgentTextTooLong = "urgent-point.text-too-long";
    public const string UrgentItem = "urgent-point.item";
    public const string UrgentThreatKind = "urgent-point.threat-kind";
    public const string UrgentLensUnknown = "urgent-point.lens-unknown";

    public const string SummaryTooLong = "summary.too-long";
    public const string TextUnreadable = "follow-up.unreadable";
    public const string NoteTooLong = "follow-up.note-too-long";
    public const string NoteEmpty = "follow-up.note-empty";
    public const string ProgressUnknown = "follow-up.unknown-commitment";
    public const string ProgressStatus = "follow-up.status";
    public const string ClosingEmpty = "follow-up.closing-empty";
    public const string ConfirmationEmpty = "follow-up.confirmation-empty";
    public const string Decided = "follow-up.decided";

    public const string UrgentOwnSide = "urgent-point.own-side";
    public const string UrgentAcknowledged = "urgent-point.acknowledged";

    /// <summary>All codes, so that a test can see that each has its sentence.</summary>
    public static ImmutableArray<string> Codes { get; } =
    [
        .. typeof(FollowUpRefusals).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!).Order(StringComparer.Ordinal),
    ];
}
