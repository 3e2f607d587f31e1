using System.Text.Json;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Process;
using PeerReview.Core.Report;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Documents;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Commitments;

/// <summary>The State hands its action plan in: every recommendation it undertakes something by is carried out by an entry with owner,
/// day and indicator (guard G-PLANOWN). A report that is out gets the plan in its next edition, as far as the State signed.</summary>
public sealed class FinishPlan(Editions editions, StageBody bodies) : IStageCompletion
{
    public string Stage => CommitmentDoor.Plan;

    public Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, JsonElement body, CancellationToken cancel) =>
        DecideAsync(work, () => bodies.Read<PlanRequest>(body), cancel);

    /// <summary>The same with a request that is read only once rights and time are fine.</summary>
    public async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, Func<PlanRequest> read, CancellationToken cancel)
    {
        var (review, dossier) = (work.Review, work.Review.Dossier);
        if (Access.May(work.Actor, ReviewAct.WriteCommitment, review.Facts) is { } no)
            return no;
        if (StageDoor.Closed(review.State, Stage) is { } closed)
            return closed;
        var material = await work.MaterialAsync(cancel);
        if (RecommendationResponses.Missing(material) is { IsEmpty: false } unanswered)
            return new Refusal("plan.responses-open", RefusalKind.Conflict).With("count", unanswered.Length);
        if (RecommendationResponses.WithoutAction(material) is [var first, ..] open)
            return new Refusal("plan.actions-open", RefusalKind.Conflict).With("count", open.Length).With("recommendation", first);
        if (!material.Of(WritingKind.Commitment).Any() && !read().Empty)
            return new Refusal("plan.empty", RefusalKind.Invalid, "empty");
        var change = Bounded(dossier, material).Aggregate(
            new ReviewChange(),
            (all, text) => all.Write(text.Kind, text.Key, text.Version - 1, text.Content, text.Label, text.Language));
        if (dossier.Slug is not null && PlanPublicity.IsPublic(dossier))
        {
            if (ReportBuilder.Build(ReportOf.Input(review, material, review.Today, planned: true)) is Verdict<PublishedReport>.Accepted { Value: var report })
                editions.Add(change, work, report);
        }

        return change.Then(new ProcessCommand.Complete(work.Acting, Stage));
    }

    /// <summary>From here on others read the plan: entries that were labelled wider than what they carry out go no further than that.</summary>
    private static IEnumerable<NewText> Bounded(Dossier dossier, Material material) =>
        from entry in material.Of(WritingKind.Commitment)
        let content = Contents.ReadCommitment(entry)
        where content.Recommendation is not null
        let bound = PlanPublicity.Bound(dossier, content.Recommendation!, material)
        where bound < SharingLabels.Of(entry.Label)
        select new NewText(entry.Kind, entry.Key, entry.Version + 1, Contents.Write(content), bound.Code(), entry.Language);
}

/// <summary>The handing in of a plan.</summary>
public sealed record PlanRequest
{
    /// <summary>That a plan without any entry is meant.</summary>
    public bool Empty { get; init; }
}
