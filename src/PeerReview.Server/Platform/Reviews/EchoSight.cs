using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>Who is told that a sentence stands elsewhere with a stricter label.</summary>
internal static class EchoSight
{
    /// <summary>Only whoever reads the answer or reply it comes from.</summary>
    public static bool Reads(this LoadedReview review, Actor actor, StrictEcho echo) => Access.Visible(
        actor,
        echo.Source.Kind == WritingKind.Answer ? review.Dossier.Answer(echo.Source.Key) : review.Dossier.Reply(echo.Item, review.State),
        review.Facts,
        echo.Label).CanRead;
}
