using System.Collections.Immutable;

namespace PeerReview.Core.Access;

/// <summary>What the rules of access need to know about a review, and nothing more.</summary>
public sealed record ReviewFacts(ReviewId Review, ProgrammeId Programme)
{
    /// <summary>The State reviewed; null when an organisation owns a regional strategy.</summary>
    public StateCode? Subject { get; init; }

    /// <summary>For a regional or subregional subject: the States that take part. Empty for a national one.</summary>
    public ImmutableArray<StateCode> Participants { get; init; } = [];

    public ReviewStatus Status { get; init; }

    /// <summary>Other States review it; a light review has none.</summary>
    public bool HasTeam { get; init; }

    /// <summary>The self-assessment is signed and handed in; false again while it is returned.</summary>
    public bool Submitted { get; init; }

    /// <summary>Experts who have not declared their ties yet: until they have, they read nothing the State or the others wrote.</summary>
    public ImmutableArray<PersonId> Undeclared { get; init; } = [];

    /// <summary>Every expert has submitted: they may now read each other.</summary>
    public bool ReviewersDone { get; init; }

    /// <summary>The comments are merged into one list of questions.</summary>
    public bool Consolidated { get; init; }

    /// <summary>The State's time to reply to stakeholders is over.</summary>
    public bool ReplyWindowOver { get; init; }

    /// <summary>The draft of the report is handed to the State.</summary>
    public bool Drafted { get; init; }

    /// <summary>The report is agreed, or goes on with dissent; in a light review: what becomes public is decided.</summary>
    public bool Agreed { get; init; }

    /// <summary>The action plan is handed in.</summary>
    public bool Planned { get; init; }

    /// <summary>The report is out, as far as the State chose.</summary>
    public bool Published { get; init; }

    /// <summary>The State agreed that the register shows this review.</summary>
    public bool InRegister { get; init; }

    /// <summary>The observers were invited to the dialogue.</summary>
    public bool ObserversInvited { get; init; }

    /// <summary>What the State chose, signed, per document; a document not named here is not published.</summary>
    public ImmutableDictionary<DocumentKind, PublicationChoice> Choices { get; init; } =
        ImmutableDictionary<DocumentKind, PublicationChoice>.Empty;
}

/// <summary>How a review stands.</summary>
public enum ReviewStatus
{
    /// <summary>It runs.</summary>
    Running,

    /// <summary>Put off by the subject, to come back.</summary>
    Deferred,

    /// <summary>Stopped, everything kept; one signature resumes it.</summary>
    Suspended,

    /// <summary>Ended by the subject; drafts are sealed for it alone.</summary>
    Withdrawn,

    /// <summary>Finished.</summary>
    Closed,
}

/// <summary>What the State decides about publishing one document.</summary>
public enum PublicationChoice
{
    /// <summary>Nothing of it.</summary>
    None,

    /// <summary>Its summary.</summary>
    Summary,

    /// <summary>All but what the State withholds, each gap saying so.</summary>
    Redacted,

    /// <summary>All of it.</summary>
    Full,
}
