namespace PeerReview.Core.Access;

public static partial class Access
{
    /// <summary>Whether the actor may do this in this review; null is yes.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="act">What.</param>
    /// <param name="review">How the review stands.</param>
    /// <param name="about">The item the act is about, where contributors may act on their own only.</param>
    /// <returns>
    /// null, or: <c>access.not-found</c> (may not know of the review), <c>access.not-allowed</c> (another role's act),
    /// <c>access.not-your-item</c>, <c>review.withdrawn</c>, <c>review.closed</c>, <c>review.suspended</c>,
    /// <c>review.deferred</c>, <c>review.not-stopped</c>, <c>assessment.submitted</c>, <c>assessment.reply-instead</c> (contributes,
    /// and writes no answer that was handed in, but a reply), <c>access.seeing-as</c> (looks on with somebody else's eyes). The process still says whether it
    /// is time: this answers by role and by how the review stands.
    /// </returns>
    public static Refusal? May(Actor actor, ReviewAct act, ReviewFacts review, Document? about = null)
    {
        if (actor.Eyes is { } eyes)
            return WithEyes(actor, eyes, act, review);
        var standing = Standing.None;
        foreach (var grant in actor.Grants)
        {
            if (Seat.Of(grant, review) is { } seat)
                standing = (Standing)Math.Max((int)standing, (int)ActTable.Of(seat, act, actor, about));
        }

        if (act == ReviewAct.ReadLedger && actor.Serves(review.Programme, Role.Auditor))
            return null;
        if (standing != Standing.Yes)
        {
            return !Knows(actor, review) ? new Refusal("access.not-found", RefusalKind.NotFound)
                : standing == Standing.OthersItem ? new Refusal("access.not-your-item", RefusalKind.NotAllowed)
                : new Refusal("access.not-allowed", RefusalKind.NotAllowed);
        }

        return InTime(act, review, about) ?? (review.Submitted && act == ReviewAct.SaveAnswer && !SpeaksForState(actor, review)
            ? new Refusal("assessment.reply-instead", RefusalKind.NotAllowed)
            : null);
    }

    // What was handed in is read by others at once: only whoever answers for the whole of it says something else.
    private static bool SpeaksForState(Actor actor, ReviewFacts review) =>
        actor.Grants.Any(grant => Seat.Of(grant, review) is { Side: Side.State });

    /// <summary>Whether the actor may do this in the programme; null is yes.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="act">What.</param>
    /// <param name="programme">Where.</param>
    /// <param name="state">For <see cref="ProgrammeAct.Launch"/> the subject, or null: any State of the actor's.</param>
    /// <returns>null; <c>access.not-found</c> when the actor has no role in the programme; else <c>access.not-allowed</c>.</returns>
    public static Refusal? May(Actor actor, ProgrammeAct act, ProgrammeId programme, StateCode? state = null)
    {
        var allowed = act switch
        {
            ProgrammeAct.RegisterMission or ProgrammeAct.RecordNoteVerbale or ProgrammeAct.ManagePeople
                or ProgrammeAct.ReadBoard or ProgrammeAct.LaunchForState =>
                actor.Serves(programme, Role.Coordinator) || actor.Serves(programme, Role.HeadCoordinator),
            ProgrammeAct.Launch => actor.Grants.Any(g => g is { Role: Role.StateAuthority, Review: null, State: { } own }
                && g.Programme == programme && (state is null || own == state)),
            ProgrammeAct.Operate => actor.Serves(programme, Role.Operator),
            ProgrammeAct.WatchOperations => actor.Serves(programme, Role.Operator) || actor.Serves(programme, Role.Auditor),
        };
        if (allowed)
            return null;
        return actor.Grants.Any(g => g.Programme == programme)
            ? new Refusal("access.not-allowed", RefusalKind.NotAllowed)
            : new Refusal("access.not-found", RefusalKind.NotFound);
    }

    /// <summary>Whether the actor may do this in one of the programmes they have a role in, for what belongs to none.</summary>
    public static bool MayAnywhere(Actor actor, ProgrammeAct act) =>
        actor.Grants.Any(grant => May(actor, act, grant.Programme) is null);

    /// <summary>Whether the actor may give or end this role of a person; null is yes.</summary>
    /// <returns>null, or <c>access.not-to-yourself</c>, <c>access.not-allowed</c>, <c>access.not-found</c>.</returns>
    /// <remarks>Nobody gives a role to themselves or above their own; operators and auditors come from the command
    /// line. The State's authority rests on a note verbale the coordinator matched.</remarks>
    public static Refusal? MayGrant(Actor actor, PersonId to, Grant grant, ReviewFacts? review = null)
    {
        if (actor.Person is null || actor.Grants.All(g => g.Programme != grant.Programme))
            return new Refusal("access.not-found", RefusalKind.NotFound);
        if (review is not null && (review.Review != grant.Review || review.Programme != grant.Programme || !Knows(actor, review)))
            return new Refusal("access.not-found", RefusalKind.NotFound);
        if (actor.Person == to)
            return new Refusal("access.not-to-yourself", RefusalKind.NotAllowed);
        return Givers(grant, review).Any(giver => Holds(actor, giver, grant, review))
            ? null
            : new Refusal("access.not-allowed", RefusalKind.NotAllowed);
    }

    private static Role[] Givers(Grant grant, ReviewFacts? review) => grant.Role switch
    {
        Role.HeadCoordinator => [Role.HeadCoordinator],
        Role.Coordinator => [Role.HeadCoordinator, Role.Coordinator],
        Role.StateAuthority or Role.OtherState => [Role.Coordinator, Role.HeadCoordinator],
        Role.Observer or Role.Stakeholder or Role.RegionalFocalPoint or Role.ReviewerFocalPoint when review is not null =>
            [Role.Coordinator, Role.HeadCoordinator],
        Role.ParticipantFocalPoint when review is not null => [Role.Coordinator, Role.HeadCoordinator, Role.StateAuthority],
        // A focal point who leaves names who follows.
        Role.StateFocalPoint when review is not null => [Role.StateAuthority, Role.StateFocalPoint],
        Role.StateAlternate when review is not null => [Role.StateAuthority],
        Role.StateContributor when review is not null =>
            [Role.StateAuthority, Role.StateFocalPoint, Role.StateAlternate],
        Role.ReviewerExpert when review is not null => [Role.ReviewerFocalPoint],
        Role.ReviewerLead when review is not null => [Role.ReviewerFocalPoint, Role.Coordinator],
        _ => [],
    };

    private static bool Holds(Actor actor, Role giver, Grant grant, ReviewFacts? review) => review is null
        ? actor.Serves(grant.Programme, giver)
        : actor.Grants.Any(g => g.Role == giver
            && Seat.Of(g, review) is { Side: not Side.OtherState } seat
            // Of a participating State only its own authority, and only for whoever speaks for that State.
            && (grant.Role == Role.ParticipantFocalPoint && giver == Role.StateAuthority) == (seat.Side == Side.Participant)
            && (seat.Side is not (Side.Team or Side.Participant) || g.State == grant.State));

    /// <summary>With somebody else's eyes nothing is done; what both may read may be read.</summary>
    private static Refusal? WithEyes(Actor actor, Actor eyes, ReviewAct act, ReviewFacts review)
    {
        if (!Knows(actor, review))
            return new Refusal("access.not-found", RefusalKind.NotFound);
        return act == ReviewAct.ReadLedger
            ? May(actor with { Eyes = null }, act, review) ?? May(eyes, act, review)
            : new Refusal("access.seeing-as", RefusalKind.NotAllowed);
    }

    private static Refusal? InTime(ReviewAct act, ReviewFacts review, Document? about)
    {
        if (act == ReviewAct.ReadLedger)
            return null;
        var stopped = review.Status switch
        {
            ReviewStatus.Withdrawn => "review.withdrawn",
            // What was made is there to be shown only then.
            ReviewStatus.Closed when act == ReviewAct.ShowTexts => null,
            ReviewStatus.Closed => "review.closed",
            ReviewStatus.Suspended when !ActTable.WhileStopped(act) => "review.suspended",
            ReviewStatus.Deferred when !ActTable.WhileStopped(act) => "review.deferred",
            ReviewStatus.Running when act == ReviewAct.Resume => "review.not-stopped",
            ReviewStatus.Running or ReviewStatus.Suspended or ReviewStatus.Deferred => null,
        };
        if (stopped is not null)
            return new Refusal(stopped, RefusalKind.Conflict);
        return review.Submitted && ActTable.BeforeSubmission(act) && !(about is { Reopened: true } && ActTable.InReply(act))
            ? new Refusal("assessment.submitted", RefusalKind.Conflict)
            : null;
    }
}
