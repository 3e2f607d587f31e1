using System.Collections.Immutable;

namespace PeerReview.Core.Access;

/// <summary>Who can read a document: the circles a page names under "who can see this".</summary>
public static class Audience
{
    /// <summary>The circles one by one, from the innermost.</summary>
    private static readonly ImmutableArray<Role> Circles =
    [
        Role.StateAuthority, Role.StateFocalPoint, Role.StateContributor, Role.ParticipantFocalPoint, Role.ReviewerFocalPoint,
        Role.ReviewerExpert, Role.Coordinator,
        Role.HeadCoordinator, Role.Observer, Role.OtherState, Role.Public,
    ];

    /// <summary>The roles whose holders can read the working text, asked of <see cref="Access.Visible"/> one by one.</summary>
    /// <param name="document">Contributors are among the readers only where the document names some.</param>
    /// <param name="review">How the review stands, or will stand.</param>
    /// <param name="label">The label of the text.</param>
    public static ImmutableArray<Role> Of(Document document, ReviewFacts review, SharingLabel? label) =>
    [
        .. Circles.Where(role => (review.HasTeam || role is not (Role.ReviewerExpert or Role.ReviewerFocalPoint))
            && Access.Visible(Somebody(role, document, review), document, review, label).CanRead),
    ];

    private static Actor Somebody(Role role, Document document, ReviewFacts review) => role switch
    {
        Role.Public => Actor.Visitor,
        Role.StateContributor => new Actor(
            document.Contributors.Select(p => (PersonId?)p).FirstOrDefault(),
            [new Grant(role, review.Programme, review.Review, review.Subject)]),
        Role.StateAuthority => new Actor(null, [new Grant(role, review.Programme, null, review.Subject)]),
        Role.ParticipantFocalPoint => new Actor(
            null, [.. (document.Sheet is { } own ? [own] : review.Participants).Take(1).Select(state => new Grant(role, review.Programme, review.Review, state))]),
        Role.StateFocalPoint => new Actor(null, [new Grant(role, review.Programme, review.Review, review.Subject)]),
        Role.Coordinator or Role.HeadCoordinator or Role.OtherState => new Actor(null, [new Grant(role, review.Programme)]),
        _ => new Actor(null, [new Grant(role, review.Programme, review.Review)]),
    };
}
