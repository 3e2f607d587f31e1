using PeerReview.Core;
using PeerReview.Core.Report;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Documents;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.FollowUp;

/// <summary>Brings what is told of the action plan into the published report, as far as the State signed that plan and progress are public.</summary>
public sealed class ProgressEditions(Editions editions)
{
    /// <summary>Adds the next edition to a change.</summary>
    /// <param name="before">What stands.</param>
    /// <param name="after">With what the change writes.</param>
    /// <returns>Whether there is one, see <see cref="GoOut"/>; none where the public would read the same as before.</returns>
    public bool Add(ReviewChange change, ReviewWork work, Material before, Material after)
    {
        if (Next(work.Review, after, work.Review.Today) is not { } report
            || (Next(work.Review, before, work.Review.Today) is { } last && ReportHash.Of(last) == ReportHash.Of(report)))
        {
            return false;
        }

        editions.Add(change, work, report);
        return true;
    }

    /// <summary>Whether what is told now goes out with an edition: not where the report is not out, the plan is not handed in, or the public
    /// reads nothing of it.</summary>
    public static bool GoOut(LoadedReview review) =>
        review.HasTeam && review.Facts.Planned && review.Dossier.Slug is not null && PlanPublicity.IsPublic(review.Dossier);

    /// <summary>The report as the next edition would have it; null where there would be none.</summary>
    /// <param name="published">The day of the edition by the subject's calendar; null for a preview.</param>
    public static PublishedReport? Next(LoadedReview review, Material material, DateOnly? published) =>
        GoOut(review) && ReportBuilder.Build(ReportOf.Input(review, material, published)) is Verdict<PublishedReport>.Accepted { Value: var report }
            ? report
            : null;
}
