using System.Collections.Immutable;
using PeerReview.Core.Access;
using PeerReview.Core.Process;

namespace PeerReview.Core.Reviews;

/// <summary>What of a programme's own process the public may read, once the State decides so: such a process has no publication of ours.</summary>
public static class PublicTexts
{
    // The rows of the visibility table that are public by the choice of the State.
    private static readonly ImmutableArray<DocumentKind> Kinds =
    [
        DocumentKind.LaunchNotice, DocumentKind.SelfAssessment, DocumentKind.StateReplies, DocumentKind.AgreedReport, DocumentKind.ExecutiveSummary,
        DocumentKind.Recommendations, DocumentKind.ActionPlan, DocumentKind.Commitments, DocumentKind.PublicationDecision,
    ];

    /// <summary>Whether a review has such texts.</summary>
    public static bool AreIn(ProcessDefinition process) => !process.OfferedByDefault;

    /// <summary>Whether the State may ever show documents of a kind.</summary>
    public static bool AreOf(DocumentKind kind) => Kinds.Contains(kind);

    /// <summary>Whether a text can be shown: it is handed in, carries CLEAR, is of a kind the State decides about, and holds no sentence that
    /// could be read as naming an author of an incident.</summary>
    /// <param name="text">Its newest version.</param>
    public static bool MayBeShown(ProcessState state, Dossier dossier, Writing text) =>
        StageDocuments.Find(state.Definition, text.Key) is { } document && document.ToAccess(state, dossier) is { Draft: false } handedIn
        && AreOf(handedIn.Kind) && SharingLabels.Of(text.Label) == SharingLabel.Clear && Contents.ReadSection(text).Flagged.IsEmpty;
}

/// <summary>A version of a text that the public reads.</summary>
/// <param name="Key">See <see cref="StageDocuments.KeyOf"/>.</param>
public sealed record ShownText(string Key, int Version);
