using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Stakeholders;

/// <summary>A stakeholder takes a contribution back that is not handed in.</summary>
public sealed class RemoveContribution(ReviewCommands commands)
{
    public static void Map(WebRoutes routes) => routes.Api.MapDelete(
        "/reviews/{review:guid}/contributions/{contribution:guid}",
        async (Guid review, Guid contribution, Visit visit, RemoveContribution remove, HttpContext http, CancellationToken cancel) =>
            (await remove.RunAsync(new ReviewId(review), contribution, visit.Caller.Actor, Idempotency.Of(http, body: null), cancel))
            .OrProblem(TypedResults.Ok))
        .WithName(nameof(RemoveContribution)).WithTags("reviews").Produces<Receipt>();

    /// <summary>Runs the use case.</summary>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, Guid contribution, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, token) => DecideAsync(work, contribution, token), cancel);

    private static async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, Guid contribution, CancellationToken cancel)
    {
        if (SaveContribution.Closed(work.Actor, work.Review) is { } closed)
            return closed;
        var found = await SaveContribution.DraftAsync(work, contribution, cancel);
        return found is Verdict<DraftRow>.Accepted { Value: var draft }
            ? new ReviewChange().Also(DraftRows.Close, new { draft.Id, draft.Version, At = work.Now }, rows: 1)
            : ((Verdict<DraftRow>.Refused)found).Reason;
    }
}
