using PeerReview.Core;
using PeerReview.Core.Access;

namespace PeerReview.Server.Platform.Identity;

/// <summary>Which programme a coordinator's page is about.</summary>
internal static class CoordinatorOf
{
    /// <summary>The programme asked for, or the first one run by the actor; null when there is none, or not that one.</summary>
    public static ProgrammeId? Programme(Actor actor, Guid? wanted) => All(actor)
        .Where(p => wanted is null || p.Value == wanted)
        .Select(p => (ProgrammeId?)p)
        .FirstOrDefault();

    /// <summary>Every programme the actor runs, always in the same order.</summary>
    public static IEnumerable<ProgrammeId> All(Actor actor) => actor.Grants
        .Select(g => g.Programme)
        .Distinct()
        .Where(p => Access.May(actor, ProgrammeAct.ManagePeople, p) is null)
        .OrderBy(p => p.Value);
}
