using System.Collections.Immutable;

namespace PeerReview.Core.Access;

/// <summary>Who asks. A visitor has no person and no grants.</summary>
/// <param name="Person">The account, or null for a visitor.</param>
/// <param name="Grants">Every role that has not ended, in whatever programme.</param>
public sealed record Actor(PersonId? Person, ImmutableArray<Grant> Grants)
{
    /// <summary>Somebody who did not sign in.</summary>
    public static Actor Visitor { get; } = new(null, []);

    /// <summary>With whose eyes the person looks on: what both would see is shown, and nothing can be done. Null for one's own.</summary>
    public Actor? Eyes { get; init; }

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
