using System.Text.Json;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Server.Features.Moves.Stages;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Moves;

/// <summary>Somebody does their part of an open stage. Features say what it takes beyond the step of the process.</summary>
public sealed class CompleteStage(ReviewCommands commands, IEnumerable<IStageCompletion> completions, DoStage generic)
{
    private readonly Dictionary<string, IStageCompletion> _completions =
        completions.ToDictionary(c => c.Stage, StringComparer.Ordinal);

    public static void Map(WebRoutes routes) => routes.Api.MapPost(
        "/reviews/{review:guid}/stages/{stage}/complete",
        async (Guid review, string stage, JsonElement? body, Visit visit, CompleteStage complete, HttpContext http, CancellationToken cancel) =>
            (await complete.RunAsync(new ReviewId(review), stage, body ?? default, visit.Caller.Actor, Idempotency.Of(http, body), cancel))
            .OrProblem(TypedResults.Ok))
        .WithName(nameof(CompleteStage)).WithTags("reviews");

    /// <summary>Runs the use case.</summary>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, string stage, JsonElement body, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, token) => DecideAsync(work, stage, body, token), cancel);

    /// <summary>The same from the page of a stage that no part of the product is made for.</summary>
    public Task<Verdict<Receipt>> RunAsync(ReviewId review, string stage, StageRequest request, Actor actor, CancellationToken cancel) =>
        commands.RunAsync(
            review, actor, key: null,
            async (work, token) => work.Review.Process.FindStage(stage) is { } found && KnownStages.AreGeneric(work.Review.Process, found)
                ? await generic.DecideAsync(work, found, request, token)
                : ReviewRefusals.NotFound,
            cancel);

    private async Task<Verdict<ReviewChange>> DecideAsync(
        ReviewWork work, string stage, JsonElement body, CancellationToken cancel)
    {
        if (!Access.Knows(work.Actor, work.Review.Facts))
            return ReviewRefusals.NotFound;
        if (work.Review.Process.FindStage(stage) is { } found && KnownStages.AreGeneric(work.Review.Process, found))
            return await generic.DecideAsync(work, found, body, cancel);
        if (_completions.TryGetValue(stage, out var own))
            return await own.DecideAsync(work, body, cancel);
        // What such a stage takes is a feature's to say; one without a feature is not offered yet.
        return work.Review.Process.FindStage(stage) is null
            ? StageDoor.Closed(work.Review.State, stage)!
            : new Refusal("moves.stage-later", RefusalKind.Conflict).With("stage", stage);
    }
}
