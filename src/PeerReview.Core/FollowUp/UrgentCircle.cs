using System.Collections.Immutable;
using PeerReview.Core.Reviews;

namespace PeerReview.Core.FollowUp;

/// <summary>Who answers an urgent point: State authority and coordinator, but never the side that raised it.</summary>
public static class UrgentCircle
{
    /// <summary>Everybody who may read it.</summary>
    public static ImmutableArray<string> Roles { get; } = [RoleCode.Authority, RoleCode.Coordinator];

    /// <summary>The roles it waits for.</summary>
    /// <param name="raiser">Roles of the person who raised it, in this review. A focal point is no part of the circle:
    /// then either of the two answers.</param>
    public static ImmutableArray<string> Answering(IEnumerable<string> raiser)
    {
        var other = Roles.RemoveAll(role => raiser.Contains(role, StringComparer.Ordinal));
        // Whoever holds both roles leaves nobody: then both are asked.
        return other.IsEmpty ? Roles : other;
    }

    /// <summary>Whether somebody may acknowledge it; null is yes.</summary>
    /// <param name="actor">Roles of the person who acknowledges.</param>
    /// <returns>null, or <c>urgent-point.acknowledged</c>, <c>urgent-point.own-side</c>.</returns>
    public static Refusal? MayAcknowledge(UrgentMark point, PersonId person, IEnumerable<string> actor, IEnumerable<string> raiser)
    {
        if (point.Acknowledged)
            return new Refusal(FollowUpRefusals.UrgentAcknowledged, RefusalKind.Conflict);
        return point.By == person.Value || !Answering(raiser).Intersect(actor, StringComparer.Ordinal).Any()
            ? new Refusal(FollowUpRefusals.UrgentOwnSide, RefusalKind.NotAllowed)
            : null;
    }
}
