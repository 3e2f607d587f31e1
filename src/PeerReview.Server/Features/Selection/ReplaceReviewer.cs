using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Core.Selection;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Selection;

/// <summary>The coordinator puts another State in the place of one: because the subject asked for it, because the State gave its
/// service back, or because no nomination came from it. The head coordinator does so as well where a State cannot go on, with a reason,
/// until its experts have commented. Whoever spoke or worked for it leaves the review; the new State finds somebody for each place.</summary>
public sealed class ReplaceReviewer(ReviewCommands commands)
{
    public static void Map(WebRoutes routes)
    {
        routes.Api.MapPost(
            "/reviews/{review:guid}/reviewers/{state}/replacement",
            async (Guid review, string state, ReplacementRequest request, Visit visit, ReplaceReviewer replace, HttpContext http, CancellationToken cancel) =>
                (await replace.RunAsync(new ReviewId(review), state, request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
                .OrProblem(TypedResults.Ok))
            .WithName(nameof(ReplaceReviewer)).WithTags("reviews").Produces<Receipt>();
        routes.Pages.MapPost(
            "/reviews/{review:guid}/reviewers/replacement",
            (Guid review, Visit visit, Form form, ReplaceReviewer replace, ReviewersPage page, CancellationToken cancel) =>
                replace.PostAsync(review, visit, form, page, cancel));
    }

    private Task<Verdict<Receipt>> RunAsync(
        ReviewId review, string from, ReplacementRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, token) => DecideAsync(work, from, request.By ?? "", request.Reason.Trim(), token), cancel);

    private static async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, string from, string to, string reason, CancellationToken cancel)
    {
        var review = work.Review;
        var cause = SilentReviewer.CauseOf(review.Dossier, review.State, from, work.Now) ?? ReplacementCause.Unable;
        if (Access.May(work.Actor, ReviewAct.ReplaceReviewer, review.Facts) is { } no && (cause != ReplacementCause.Unable || !Decides(work)))
            return no;
        if (review.Dossier.Team.Find(from) is not { } seat)
            return new Refusal("selection.not-reviewing", RefusalKind.Conflict, "state");
        if (Problem(work, from, cause, reason) is { } refused)
            return refused;
        var (pool, ground) = await SelectionLock.ReadAsync(work, cancel);
        var slot = ground.Rules.Slots.First(one => one.Id == seat.Slot);
        var taken = review.Dossier.Team.States.Select(s => s.State).Concat(review.Dossier.Team.Left).ToHashSet(StringComparer.Ordinal);
        if (SeatRules.Problem(to, slot, ground, pool.ByCode, taken) is { } problem)
            return problem with { Field = "by" };
        return Change(work, from, pool.Find(to)!, cause, reason);
    }

    /// <summary>Whether it is the head coordinator: who decides that a review goes on without an expert decides this as well.</summary>
    private static bool Decides(ReviewWork work) => Access.May(work.Actor, ReviewAct.LeaveExpertOut, work.Review.Facts) is null;

    private static Refusal? Problem(ReviewWork work, string from, string cause, string reason)
    {
        var review = work.Review;
        if (cause == ReplacementCause.Unable && Decides(work))
            return ReplacingState.Problem(review.Dossier, review.State, from) ?? Reasons.Check(reason);
        if (StageDoor.Closed(review.State, SilentReviewer.Stage) is { } closed)
            return closed;
        if (cause == ReplacementCause.Unable)
            return new Refusal("selection.not-leaving", RefusalKind.Conflict, "state").With("days", SilentReviewer.AfterDays);
        return IsNominating(review, from) ? null : new Refusal("selection.has-nominated", RefusalKind.Conflict, "state");
    }

    private static bool IsNominating(LoadedReview review, string state) =>
        review.State[review.Process.Stage(SilentReviewer.Stage)] is { Status: StageStatus.Open } stage && stage.Part(state) is { Status: PartStatus.Open };

    private static ReviewChange Change(ReviewWork work, string from, PoolLine to, string cause, string reason)
    {
        var (review, by, taking) = (work.Review, work.Person.Value, to.Member.State.Value);
        var nominating = IsNominating(review, from);
        var change = new ReviewChange().PutInPlace(work, from, to.Calendar, cause);
        // The process knows the coordinator alone; whoever decides stands in the coordinator's place.
        if (nominating)
            change.Then(new ProcessCommand.Replace(Decides(work) ? new Acting(work.Person, [RoleCode.Coordinator], null) : work.Acting, BranchSet.ReviewingState, from, taking));
        // Whoever nominates anew finds experts with the nomination.
        foreach (var expert in nominating ? [] : review.Dossier.Holding(RoleCode.Expert, from))
            change.Record(new ReviewEvent.PlaceVacated(expert, taking, review.Dossier.Holding(RoleCode.Lead).Contains(expert), by));
        return cause == ReplacementCause.Unable
            ? change.Explain(ReplacingSeat.ReasonOf(from), reason, work).SendAfter(after => ReplacingSeat.News(after, taking, $"/reviews/{after.Id}/reviewers"))
            : change;
    }

    private async Task<IResult> PostAsync(Guid review, Visit visit, Form form, ReviewersPage page, CancellationToken cancel)
    {
        var request = new ReplacementRequest(form.Text("by"), form.Text("reason"));
        var verdict = await RunAsync(new ReviewId(review), form.Text("state"), request, visit.Caller.Actor, key: null, cancel);
        return verdict is Verdict<Receipt>.Refused { Reason: var reason }
            ? await page.AgainAsync(visit, review, form, reason, cancel)
            : Answer.Done($"/reviews/{review}/reviewers", "reviewer-replaced");
    }
}

/// <summary>The State that takes the place.</summary>
/// <param name="By">ISO 3166-1 alpha-3 code.</param>
/// <param name="Reason">Why, where the head coordinator decides that the State cannot go on; read by the State under review and the
/// coordinators.</param>
public sealed record ReplacementRequest(string? By, string Reason = "");
