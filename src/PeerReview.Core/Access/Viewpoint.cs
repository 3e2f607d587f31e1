using System.Collections.Immutable;

namespace PeerReview.Core.Access;

/// <summary>Whose eyes somebody may borrow to see what a review looks like to others.</summary>
public static class Viewpoint
{
    /// <summary>The subject, an expert of a reviewing State, another State, everybody.</summary>
    public static readonly ImmutableArray<Role> All =
        [Role.StateFocalPoint, Role.ReviewerExpert, Role.OtherState, Role.Public];

    /// <summary>Somebody with that role and no person behind it: nothing is "their own".</summary>
    /// <param name="role">One of <see cref="All"/>.</param>
    /// <param name="subject">The State reviewed, or null.</param>
    public static Actor Of(Role role, ProgrammeId programme, ReviewId review, StateCode? subject) => role switch
    {
        Role.StateFocalPoint => new Actor(null, [new Grant(role, programme, review, subject)]),
        Role.ReviewerExpert => new Actor(null, [new Grant(role, programme, review)]),
        Role.OtherState => new Actor(null, [new Grant(role, programme)]),
        _ => Actor.Visitor,
    };
}
