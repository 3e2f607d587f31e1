using PeerReview.Core.Access;
using PeerReview.Server.Platform.Data;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>Which programmes' rows an actor's requests may touch at all.</summary>
public static class ActorScope
{
    public static Scope Scope(this Actor actor) => Data.Scope.Of(actor.Grants.Select(g => g.Programme).Distinct());
}
