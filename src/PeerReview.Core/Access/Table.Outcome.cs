using static PeerReview.Core.Access.Sight;

namespace PeerReview.Core.Access;

/// <summary>The rows of what comes of a review and can go out: as much of it as the State chose.</summary>
internal static partial class Table
{
    private static Sight AgreedReport(Cell c) => c.Side switch
    {
        Side.State => Decide,
        Side.Contributor or Side.Team or Side.Coordinator or Side.Head => Read,
        Side.Observer => c.Review.Agreed ? Read : Nothing,
        Side.Participant or Side.OtherState or Side.Public => Chosen(c, PublicationChoice.Redacted, DocumentKind.AgreedReport),
        Side.Stakeholder => Nothing,
    };

    private static Sight ExecutiveSummary(Cell c) => c.Side switch
    {
        Side.State => Decide,
        Side.Contributor or Side.Team or Side.Coordinator or Side.Head => Read,
        Side.Observer or Side.Participant or Side.OtherState => c.Review.Agreed ? Read : Nothing,
        Side.Stakeholder or Side.Public =>
            Chosen(c, PublicationChoice.Summary, DocumentKind.ExecutiveSummary, DocumentKind.AgreedReport),
    };

    private static Sight Recommendations(Cell c) => c.Side switch
    {
        Side.State => Decide,
        Side.Contributor or Side.Team or Side.Coordinator or Side.Head => Read,
        Side.Observer => c.Review.Agreed ? Read : Nothing,
        _ => Chosen(c, PublicationChoice.Summary, DocumentKind.Recommendations),
    };

    private static Sight ActionPlan(Cell c) => c.Side switch
    {
        Side.State => WriteAndDecide,
        Side.Contributor => c.Own ? Write : Nothing,
        Side.Team => c.Seat.Role == Role.ReviewerLead ? Comment : Read, // the lead confirms
        Side.Coordinator or Side.Head => Read,
        _ => Chosen(c, PublicationChoice.Summary, DocumentKind.ActionPlan),
    };

    private static Sight Clarifications(Cell c) => c.Side switch
    {
        Side.State or Side.Coordinator => Write,
        Side.Contributor => c.Own ? Write : Nothing,
        Side.Head => Read,
        _ => Chosen(c, PublicationChoice.Summary, DocumentKind.Clarifications),
    };

    private static Sight Commitments(Cell c) => c.Side switch
    {
        Side.State => WriteAndDecide,
        Side.Contributor or Side.Team or Side.Coordinator or Side.Head => Read,
        _ => Chosen(c, PublicationChoice.Summary, DocumentKind.Commitments),
    };

    /// <summary>The list of redactions would tell what was withheld, so it stays inside.</summary>
    private static Sight PublicationDecision(Cell c) => c.Side switch
    {
        Side.State => WriteAndDecide,
        Side.Team or Side.Coordinator or Side.Head => Read,
        _ => Nothing,
    };

    /// <summary>The published edition, when the State chose at least this much for one of these documents.</summary>
    private static Sight Chosen(Cell c, PublicationChoice least, params ReadOnlySpan<DocumentKind> documents)
    {
        if (!c.Review.Published)
            return Nothing;
        foreach (var document in documents)
        {
            if (c.Review.Choices.TryGetValue(document, out var choice) && choice >= least)
                return Published;
        }

        return Nothing;
    }
}
