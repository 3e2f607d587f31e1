using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Core.Selection;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Selection;

/// <summary>The coordinator puts another State in the place of one: because the subject asked for it, because the State gave its
/// service back, or because no nomination came from it. Whoever spoke for it leaves the review; what they did stays.</summary>
public sealed class ReplaceReviewer(ReviewCommands commands)
{
    public static void Map(WebRoutes routes)
    {
        routes.Api.MapPost(
            "/reviews/{review:guid}/reviewers/{state}/replacement",
            async (Guid review, string state, ReplacementRequest request, Visit visit, ReplaceReviewer replace, HttpContext http, CancellationToken cancel) =>
                (await replace.RunAsync(new ReviewId(review), state, request.By ?? "", visit.Caller.Actor, Idempotency.Of(http, request), cancel))
                .OrProblem(TypedResults.Ok))
            .WithName(nameof(ReplaceReviewer)).WithTags("reviews").Produces<Receipt>();
        routes.Pages.MapPost(
            "/reviews/{review:guid}/reviewers/replacement",
            (Guid review, Visit visit, Form form, ReplaceReviewer replace, ReviewersPage page, CancellationToken cancel) =>
                replace.PostAsync(review, visit, form, page, cancel));
    }

    private Task<Verdict<Receipt>> RunAsync(
        ReviewId review, string from, string to, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, token) => DecideAsync(work, from, to, token), cancel);

    private static async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, string from, string to, CancellationToken cancel)
    {
        var review = work.Review;
        if (Access.May(work.Actor, ReviewAct.ReplaceReviewer, review.Facts) is { } no)
            return no;
        if (review.Dossier.Team.Find(from) is not { } seat)
            return new Refusal("selection.not-reviewing", RefusalKind.Conflict, "state");
        if (StageDoor.Closed(review.State, "nominate") is { } closed)
            return closed;
        if (SilentReviewer.CauseOf(review.Dossier, review.State, from, work.Now) is not { } cause)
            return new Refusal("selection.not-leaving", RefusalKind.Conflict, "state").With("days", SilentReviewer.AfterDays);
        // Once it has nominated, its people are replaced one by one.
        if (review.State[review.Process.Stage("nominate")].Part(from) is not { Status: PartStatus.Open })
            return new Refusal("selection.has-nominated", RefusalKind.Conflict, "state");
        var (pool, ground) = await SelectionLock.ReadAsync(work, cancel);
        var slot = ground.Rules.Slots.First(one => one.Id == seat.Slot);
        var taken = review.Dossier.Team.States.Select(s => s.State).Concat(review.Dossier.Team.Left).ToHashSet(StringComparer.Ordinal);
        if (SeatRules.Problem(to, slot, ground, pool.ByCode, taken) is { } problem)
            return problem with { Field = "by" };
        return Change(work, from, pool.Find(to)!, cause);
    }

    private static ReviewChange Change(ReviewWork work, string from, PoolLine to, string cause)
    {
        var (review, by) = (work.Review, work.Person.Value);
        var change = new ReviewChange();
        foreach (var leaving in review.Dossier.People.Where(p => p.State == from))
            change.Record(new ReviewEvent.PersonReleased(leaving.Person, leaving.Role, by));
        foreach (var person in review.Dossier.People.Where(p => p.State == from).Select(p => p.Person).Distinct())
            change.Send(ReviewLetters.About(review, LetterNames.ReviewerReleased, new PersonId(person)) with { Path = "/" });
        return change
            .Record(new ReviewEvent.ReviewerReplaced(from, to.Member.State.Value, cause, by))
            .Seat(to.Calendar)
            .Then(new ProcessCommand.Replace(work.Acting, BranchSet.ReviewingState, from, to.Member.State.Value))
            .Made(to.Member.State.Value);
    }

    private async Task<IResult> PostAsync(Guid review, Visit visit, Form form, ReviewersPage page, CancellationToken cancel)
    {
        var verdict = await RunAsync(new ReviewId(review), form.Text("state"), form.Text("by"), visit.Caller.Actor, key: null, cancel);
        return verdict is Verdict<Receipt>.Refused { Reason: var reason }
            ? await page.AgainAsync(visit, review, form, reason, cancel)
            : Answer.Done($"/reviews/{review}/reviewers", "reviewer-replaced");
    }
}

/// <summary>The State that takes the place.</summary>
/// <param name="By">ISO 3166-1 alpha-3 code.</param>
public sealed record ReplacementRequest(string? By);
