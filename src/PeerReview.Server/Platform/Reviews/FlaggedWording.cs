using PeerReview.Core;
using PeerReview.Core.Deliberation;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>Wording that could blame somebody, where it is said in one act and goes to others with it.</summary>
public static class FlaggedWording
{
    /// <summary>Why wording has to be looked at before it leaves the team; null where nothing is flagged, or somebody has looked.</summary>
    /// <param name="namesNobody">The author has looked at it again: it names nobody.</param>
    /// <param name="field">The field it was typed in.</param>
    /// <returns>null, or <c>wording.flagged</c> {sentence}.</returns>
    public static Refusal? Flagged(this WordingGuard wording, string text, bool namesNobody, LoadedReview review, string field) =>
        !namesNobody && wording.Flags(text, review.Dossier.Subject) is { IsEmpty: false } flags
            ? new Refusal("wording.flagged", RefusalKind.Conflict, field).With("sentence", flags[0])
            : null;
}
