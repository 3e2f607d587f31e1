using System.Collections.Immutable;

namespace PeerReview.Core.Access;

/// <summary>Who asks. A visitor has no person and no grants.</summary>
/// <param name="Person">The account, or null for a visitor.</param>
/// <param name="Grants">The roles that have not ended: every one in a programme as a whole, and every one in the review the request is
/// about. Of those in other reviews there is one of each programme and role, which says that the person holds it somewhere; whoever asks
/// about other reviews adds the roles in them by <see cref="With"/>.</param>
public sealed record Actor(PersonId? Person, ImmutableArray<Grant> Grants)
{
    /// <summary>Somebody who did not sign in.</summary>
    public static Actor Visitor { get; } = new(null, []);

    /// <summary>With whose eyes the person looks on: what both would see is shown, and nothing can be done. Null for one's own.</summary>
    public Actor? Eyes { get; init; }

    /// <summary>The same person with roles in one more review.</summary>
    public Actor With(IEnumerable<Grant> grants) => this with { Grants = [.. Grants, .. grants] };

    /// <summary>Whether the person is among these.</summary>
    public bool IsAmong(ImmutableArray<PersonId> people) => Person is { } person && people.Contains(person);

    /// <summary>Whether any grant gives this role in the programme as a whole.</summary>
    public bool Serves(ProgrammeId programme, Role role) =>
        Grants.Any(g => g.Role == role && g.Programme == programme && g.Review is null);
}

/// <summary>One role somebody holds.</summary>
/// <param name="Role">The role.</param>
/// <param name="Programme">Where; a role never reaches into another programme.</param>
/// <param name="Review">In this review only, or null: in the programme. Of the programme-wide roles only STATE_AUTH
/// (for the reviews of its State), COORD and COORD_HEAD (for all) take part in reviews.</param>
/// <param name="State">The State the person speaks for, or null.</param>
public sealed record Grant(Role Role, ProgrammeId Programme, ReviewId? Review = null, StateCode? State = null);
