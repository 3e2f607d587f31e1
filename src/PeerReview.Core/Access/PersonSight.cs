namespace PeerReview.Core.Access;

public static partial class Access
{
    /// <summary>How much the actor may know of somebody who acts in this review.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="review">How the review stands.</param>
    /// <param name="role">The role the person holds in it.</param>
    /// <param name="person">The person.</param>
    /// <returns>
    /// <see cref="Extent.Everything"/>: name, office and address, for the State's own side and the coordinators' office.
    /// <see cref="Extent.Metadata"/>: name and office, for those who work on the review; the reviewing States' side has the
    /// coordinators' address as well. <see cref="Extent.Nothing"/>: that
    /// the role is held, and no more. Who contributes for a State is known to the State and the office alone;
    /// who reviews for another State, not to contributors (process B.5, "Expert names", "Draw record"); a stakeholder to the office, and by
    /// their contribution to whoever reads that.
    /// </returns>
    public static Extent VisiblePerson(Actor actor, ReviewFacts review, Role role, PersonId person)
    {
        if (actor.Eyes is { } eyes)
        {
            var (own, theirs) = (VisiblePerson(actor with { Eyes = null }, review, role, person), VisiblePerson(eyes, review, role, person));
            return own < theirs ? own : theirs;
        }

        if (actor.Person == person)
            return Extent.Everything;
        var most = Extent.Nothing;
        foreach (var grant in actor.Grants)
        {
            var one = Seat.Of(grant, review)?.Side switch
            {
                Side.Coordinator or Side.Head => Extent.Everything,
                Side.State when role != Role.Stakeholder => Extent.Everything,
                Side.Contributor when role is not (Role.StateContributor or Role.Stakeholder
                    or Role.ReviewerFocalPoint or Role.ReviewerExpert or Role.ReviewerLead) => Extent.Metadata,
                // Whom to tell when something is different.
                Side.Team or Side.Participant when role == Role.Coordinator => Extent.Everything,
                Side.Team when role is not (Role.StateContributor or Role.Stakeholder) && review.Status != ReviewStatus.Withdrawn => Extent.Metadata,
                _ => Extent.Nothing,
            };
            most = one > most ? one : most;
        }

        return most;
    }
}
