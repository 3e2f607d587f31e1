using PeerReview.Core.Access;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Participants;

/// <summary>Who may name the person who speaks for a participating State.</summary>
internal static class Speakers
{
    /// <summary>The coordinators for each State; its own authority for that State alone.</summary>
    public static bool MayName(Actor actor, LoadedReview review, string state) =>
        review.Dossier.Region?.Has(state) == true
        && Access.May(actor, ReviewAct.AppointParticipant, review.Facts) is null
        && (actor.Person is not { } person || review.ParticipantOf(person) is not { } own || own == state);
}
