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
    /// <param name="material">With what the change writes.</param>
    /// <returns>Whether there is one: not where the report is not out, the plan is not handed in, or the public reads nothing of it.</returns>
    public bool Add(ReviewChange change, ReviewWork work, Material material)
    {
        var (review, dossier) = (work.Review, work.Review.Dossier);
        if (!review.HasTeam || !review.Facts.Planned || dossier.Slug is null || !PlanPublicity.IsPublic(dossier)
            || ReportBuilder.Build(ReportOf.Input(review, material, DateOnly.FromDateTime(work.Now.UtcDateTime))) is not Verdict<PublishedReport>.Accepted { Value: var report })
        {
            return false;
        }

        editions.Add(change, work, report);
        return true;
    }
}
