using System.Diagnostics;
using PeerReview.Core.Process;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>The status of a review as the database writes it.</summary>
public static class StatusText
{
    public static string Of(ReviewStatus status) => status switch
    {
        ReviewStatus.NotLaunched => throw new UnreachableException("A stored review was launched."),
        ReviewStatus.Running => "running",
        ReviewStatus.Deferred => "deferred",
        ReviewStatus.Suspended => "suspended",
        ReviewStatus.Withdrawn => "withdrawn",
        ReviewStatus.Closed => "closed",
    };

    /// <summary>When the review ended, UTC; null while it has not.</summary>
    public static DateTimeOffset? EndOf(ProcessState state) =>
        state.Status is ReviewStatus.Withdrawn or ReviewStatus.Closed ? state.StatusSince : null;
}
