namespace PeerReview.Core.Reviews;

/// <summary>How a coordinator or a focal point leaves a review: whoever follows is named in the same act, so that there is no day
/// without somebody.</summary>
public static class HandOverRules
{
    /// <summary>Whether a focal point names who follows; everybody else of the State is named by its authority.</summary>
    /// <param name="replaces">Who leaves the role; null for nobody.</param>
    public static bool IsOwn(Dossier dossier, string role, Guid? replaces, PersonId by) =>
        role == RoleCode.FocalPoint && replaces == by.Value && dossier.Holding(RoleCode.FocalPoint).Contains(by.Value);

    /// <summary>The fact that somebody else looks after a review from now on.</summary>
    /// <param name="from">The coordinator or deputy who leaves.</param>
    /// <param name="to">Who follows.</param>
    /// <param name="coordinators">The coordinators of the programme.</param>
    /// <returns>The fact, or <c>hand-over.not-in-role</c>, <c>people.unknown-coordinator</c>, <c>hand-over.both</c>.</returns>
    public static Verdict<ReviewEvent> Case(
        Dossier dossier, PersonId? from, PersonId? to, IReadOnlyCollection<PersonId> coordinators, PersonId by)
    {
        if (dossier.Coordinator is not { } coordinator || dossier.Deputy is not { } deputy || (from?.Value != coordinator && from?.Value != deputy))
            return new Refusal("hand-over.not-in-role", RefusalKind.Invalid, "from");
        if (to is not { } successor || !coordinators.Contains(successor))
            return new Refusal("people.unknown-coordinator", RefusalKind.Invalid, "to");
        if (successor.Value == coordinator || successor.Value == deputy)
            return new Refusal("hand-over.both", RefusalKind.Invalid, "to");
        return from.Value.Value == coordinator
            ? new ReviewEvent.CaseAssigned(successor.Value, deputy, by.Value)
            : new ReviewEvent.CaseAssigned(coordinator, successor.Value, by.Value);
    }
}
