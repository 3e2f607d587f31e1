using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Report;

/// <summary>Who reads why flagged wording was let through: those who work on the draft, the coordinators, and the State once it has the draft.
/// A contributor, who does not know the experts, does not; the public never does.</summary>
internal static class LetThroughSight
{
    /// <summary>The word of whoever looked at the text as it stands; null where nobody had to, or the reader may not know.</summary>
    /// <param name="text">A section or a recommendation the reader reads.</param>
    public static Writing? Of(Actor actor, LoadedReview review, Material material, Writing text) =>
        DraftReport.IsCleared(text, material) && material.Find(WritingKind.WordingCheck, text.Key) is { } check
        && Access.Visible(actor, DocumentKind.DraftReport, review.Facts, SharingLabels.Of(check.Label)).CanRead
        && Access.Visible(actor, DocumentKind.ExpertNames, review.Facts).CanRead
            ? check
            : null;
}
