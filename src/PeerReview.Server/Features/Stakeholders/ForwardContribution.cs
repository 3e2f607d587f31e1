using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Stakeholders;

/// <summary>The State passes an accepted contribution to its contributors, who read it from then on.</summary>
public sealed class ForwardContribution(ReviewCommands commands)
{
    public static void Map(WebRoutes routes) => routes.Api.MapPost(
        "/reviews/{review:guid}/contributions/{contribution:guid}/forward",
        async (Guid review, Guid contribution, Visit visit, ForwardContribution forward, HttpContext http, CancellationToken cancel) =>
            (await forward.RunAsync(new ReviewId(review), contribution, visit.Caller.Actor, Idempotency.Of(http, body: null), cancel))
            .OrProblem(TypedResults.Ok))
        .WithName(nameof(ForwardContribution)).WithTags("reviews").Produces<Receipt>();

    /// <summary>Runs the use case.</summary>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, Guid contribution, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, _) => Task.FromResult(Decide(work, contribution.ToString())), cancel);

    private static Verdict<ReviewChange> Decide(ReviewWork work, string key)
    {
        if (ReplyToContribution.Unknown(work, key) is { } unknown)
            return unknown;
        return work.Review.Dossier.Stakeholders.Find(key) is { Forwarded: true }
            ? new Refusal("contribution.forwarded", RefusalKind.Conflict)
            : new ReviewChange().Record(new ReviewEvent.ContributionForwarded(key, work.Person.Value)).Made(key);
    }
}
