using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Moves.Stages;

/// <summary>A stage is left out where the process lets it be, or sends an earlier one back.</summary>
public sealed class LeaveStage(ReviewCommands commands)
{
    public static void Map(WebRoutes routes)
    {
        routes.Api.MapPost(
            "/reviews/{review:guid}/stages/{stage}/skip",
            async (Guid review, string stage, ReasonRequest request, Visit visit, LeaveStage leave, HttpContext http, CancellationToken cancel) =>
                (await leave.SkipAsync(new ReviewId(review), stage, request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
                .OrProblem(TypedResults.Ok))
            .WithName("SkipStage").WithTags("reviews").Produces<Receipt>();
        routes.Api.MapPost(
            "/reviews/{review:guid}/stages/{stage}/return",
            async (Guid review, string stage, BackRequest request, Visit visit, LeaveStage leave, HttpContext http, CancellationToken cancel) =>
                (await leave.ReturnAsync(new ReviewId(review), stage, request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
                .OrProblem(TypedResults.Ok))
            .WithName("ReturnStage").WithTags("reviews").Produces<Receipt>();
    }

    /// <summary>Leaves an optional stage out.</summary>
    public Task<Verdict<Receipt>> SkipAsync(
        ReviewId review, string stage, ReasonRequest request, Actor actor, CommandKey? key, CancellationToken cancel) => RunAsync(
        review, stage, request.Reason, Reasons.Skip, actor, key, by => new ProcessCommand.Skip(by, stage), cancel);

    /// <summary>Sends an earlier stage back.</summary>
    public Task<Verdict<Receipt>> ReturnAsync(
        ReviewId review, string stage, BackRequest request, Actor actor, CommandKey? key, CancellationToken cancel) => RunAsync(
        review, stage, request.Reason, Reasons.Return, actor, key, by => new ProcessCommand.Return(by, stage, request.To), cancel);

    private Task<Verdict<Receipt>> RunAsync(
        ReviewId review, string stage, string reason, string act, Actor actor, CommandKey? key,
        Func<Acting, ProcessCommand> command, CancellationToken cancel) => commands.RunAsync(
        review, actor, key, (work, _) => Task.FromResult(Decide(work, stage, reason, act, command)), cancel);

    private static Verdict<ReviewChange> Decide(
        ReviewWork work, string id, string reason, string act, Func<Acting, ProcessCommand> command)
    {
        if (Access.May(work.Actor, ReviewAct.DoStage, work.Review.Facts) is { } no)
            return no;
        if (work.Review.Process.FindStage(id) is not { } stage || !KnownStages.AreGeneric(work.Review.Process, stage))
            return ReviewRefusals.NotFound;
        if (reason.Length > Reasons.MaxLength)
            return new Refusal("moves.reason-too-long", RefusalKind.Invalid, "reason").With("max", Reasons.MaxLength);
        if (act == Reasons.Return && string.IsNullOrWhiteSpace(reason))
            return new Refusal("moves.reason-missing", RefusalKind.Invalid, "reason");
        var change = new ReviewChange().Then(command(StageRights.ActingIn(work.Review, stage, work.Person))).Made(id).Explain(act, reason.Trim(), work);
        return act == Reasons.Return ? change : change.SendAfter(after =>
            ReviewLetters.ToAll(after, LetterNames.StageWaived, RoleCode.Authority, RoleCode.FocalPoint, RoleCode.Alternate, RoleCode.Coordinator)
                .Select(letter => letter with { Stage = new LetterStage(after.Process.Id, after.Process.Version, id) }));
    }
}

/// <summary>Why something is done.</summary>
/// <param name="Reason">At most 1,000 characters; may be empty.</param>
public sealed record ReasonRequest(string Reason = "");

/// <summary>What is sent back, and why.</summary>
/// <param name="To">The earlier stage.</param>
public sealed record BackRequest(string To = "", string Reason = "");
