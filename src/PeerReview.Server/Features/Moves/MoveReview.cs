using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Moves;

/// <summary>The addresses of the moves: what a page does, the API does.</summary>
public sealed class MoveReview(ReviewCommands commands, VariantsOffered offered, Calendars calendars)
{
    public static void Map(WebRoutes routes)
    {
        MapStage(routes, "extend", MoveKind.Extend);
        MapStage(routes, "waive", MoveKind.Waive);
        MapStage(routes, "fail", MoveKind.Fail);
        Map(routes, "pause", MoveKind.Pause);
        Map(routes, "resume-clock", MoveKind.ResumeClock);
        Map(routes, "defer", MoveKind.Defer);
        Map(routes, "suspend", MoveKind.Suspend);
        Map(routes, "resume", MoveKind.Resume);
        Map(routes, "withdraw", MoveKind.Withdraw);
        Map(routes, "variant", MoveKind.ChangeVariant);
    }

    /// <summary>Runs the use case.</summary>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, MoveKind kind, MoveRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, _) => Task.FromResult(Move.Decide(work, kind, request, offered, calendars)), cancel);

    /// <summary>The same from a page. What cannot be undone is not done by one press of a button there.</summary>
    /// <param name="sure">Whether the box beside the button is ticked.</param>
    public Task<Verdict<Receipt>> RunOnPageAsync(
        ReviewId review, MoveKind kind, MoveRequest request, bool sure, Actor actor, CancellationToken cancel) =>
        commands.RunAsync(
            review, actor, key: null,
            (work, _) => Task.FromResult(Move.Decide(work, kind, request, offered, calendars) switch
            {
                Verdict<ReviewChange>.Accepted when kind == MoveKind.Withdraw && !sure =>
                    new Refusal("moves.not-sure", RefusalKind.Invalid, "confirmed"),
                var decided => decided,
            }),
            cancel);

    private static void MapStage(WebRoutes routes, string name, MoveKind kind) => routes.Api.MapPost(
        "/reviews/{review:guid}/stages/{stage}/" + name,
        async (Guid review, string stage, MoveRequest request, Visit visit, MoveReview moves, HttpContext http, CancellationToken cancel) =>
            (await moves.RunAsync(
                new ReviewId(review), kind, request with { Stage = stage }, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
            .OrProblem(TypedResults.Ok))
        .WithName($"{kind}Stage").WithTags("reviews");

    private static void Map(WebRoutes routes, string name, MoveKind kind) => routes.Api.MapPost(
        "/reviews/{review:guid}/" + name,
        async (Guid review, MoveRequest request, Visit visit, MoveReview moves, HttpContext http, CancellationToken cancel) =>
            (await moves.RunAsync(
                new ReviewId(review), kind, request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
            .OrProblem(TypedResults.Ok))
        .WithName($"{kind}Review").WithTags("reviews");
}
