namespace PeerReview.Core.Access;

/// <summary>The side of the table somebody sits on in one review: a column of the visibility table.</summary>
internal enum Side
{
    State,
    Contributor,
    Team,
    Coordinator,
    Head,
    Observer,
    Stakeholder,

    /// <summary>A State that takes part in a regional strategy under review; barred as reviewer.</summary>
    Participant,
    OtherState,
    Public,
}

/// <summary>What one grant makes of a person in one review.</summary>
internal readonly record struct Seat(Side Side, Role Role, StateCode? State)
{
    public static Seat Public { get; } = new(Side.Public, Role.Public, null);

    /// <summary>The seat this grant gives here, or null: none beyond the public's.</summary>
    public static Seat? Of(Grant grant, ReviewFacts review)
    {
        if (grant.Programme != review.Programme)
            return null;
        var side = grant.Review == review.Review ? Here(grant, review)
            : grant.Review is null ? InProgramme(grant, review)
            : SpeaksForState(grant) ? Side.OtherState
            : (Side?)null;
        return side is { } s ? new Seat(s, grant.Role, grant.State) : null;
    }

    private static Side? Here(Grant grant, ReviewFacts review) => grant.Role switch
    {
        Role.StateAuthority or Role.StateFocalPoint or Role.StateAlternate => OfState(grant, review, Side.State),
        Role.StateContributor => OfState(grant, review, Side.Contributor),
        Role.ReviewerFocalPoint or Role.ReviewerExpert or Role.ReviewerLead => Side.Team,
        Role.Coordinator => Side.Coordinator,
        Role.HeadCoordinator => Side.Head,
        // The owner's focal point of a regional strategy; elsewhere a peer organisation that watches.
        Role.RegionalFocalPoint => review.Participants.IsEmpty ? Side.Observer : Side.State,
        Role.ParticipantFocalPoint => grant.State is { } state && review.Participants.Contains(state) ? Side.Participant : null,
        Role.Stakeholder => Side.Stakeholder,
        Role.Observer => Side.Observer,
        Role.OtherState => Side.OtherState,
        Role.Public or Role.Operator or Role.Auditor => null,
    };

    private static Side? InProgramme(Grant grant, ReviewFacts review) => grant.Role switch
    {
        Role.StateAuthority when grant.State is null => null,
        Role.StateAuthority => OfState(grant, review, Side.State),
        Role.Coordinator => Side.Coordinator,
        Role.HeadCoordinator => Side.Head,
        Role.StateFocalPoint or Role.StateAlternate or Role.ReviewerFocalPoint =>
            SpeaksForState(grant) ? Side.OtherState : null,
        Role.OtherState => Side.OtherState,
        Role.StateContributor or Role.ReviewerExpert or Role.ReviewerLead or Role.RegionalFocalPoint or Role.ParticipantFocalPoint
            or Role.Stakeholder or Role.Observer or Role.Public or Role.Operator or Role.Auditor => null,
    };

    private static Side OfState(Grant grant, ReviewFacts review, Side own)
    {
        if (grant.State is not { } state)
            return own; // a grant for this review that names no State is the subject's
        if (review.Participants.Contains(state))
            return Side.Participant;
        return review.Subject is null ? grant.Review is null ? Side.OtherState : own
            : state == review.Subject ? own
            : Side.OtherState;
    }

    private static bool SpeaksForState(Grant grant) =>
        grant.State is not null && grant.Role is Role.StateAuthority or Role.StateFocalPoint or Role.StateAlternate
            or Role.ReviewerFocalPoint or Role.OtherState;
}
