using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Core.Selection;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Moves.Stages;

/// <summary>The head coordinator puts another State in the place of one, in a process whose States are named and not drawn by us: the State
/// under review asked for it by a right its process gives it, or the State cannot go on.</summary>
public sealed class ReplaceNamedState(ReviewCommands commands)
{
    public static void Map(WebRoutes routes)
    {
        routes.Api.MapPost(
            "/reviews/{review:guid}/reviewing-states/{state}/replacement",
            async (Guid review, string state, TakingRequest request, Visit visit, ReplaceNamedState replace, HttpContext http, CancellationToken cancel) =>
                (await replace.RunAsync(new ReviewId(review), state, request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
                .OrProblem(TypedResults.Ok))
            .WithName(nameof(ReplaceNamedState)).WithTags("reviews").Produces<Receipt>();
        routes.Pages.MapPost("/reviews/{review:guid}/reviewing-states/replacement", (
            Guid review, Visit visit, Form form, ReplaceNamedState replace, NameStates page, CancellationToken cancel) =>
            replace.PostAsync(new ReviewId(review), visit, form, page, cancel));
    }

    /// <summary>Whether somebody could do it now.</summary>
    /// <param name="state">A State with a place; ISO 3166-1 alpha-3 code.</param>
    internal static bool IsOffered(Actor actor, LoadedReview review, string state) =>
        Access.May(actor, ReviewAct.LeaveExpertOut, review.Facts) is null && ReplacingState.OfNamed(review.State, state) is null;

    private Task<Verdict<Receipt>> RunAsync(
        ReviewId review, string from, TakingRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, token) => DecideAsync(work, from, request.By ?? "", request.Reason.Trim(), token), cancel);

    private static async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, string from, string to, string reason, CancellationToken cancel)
    {
        var review = work.Review;
        // Who decides that a review goes on without an expert decides this as well.
        if (Access.May(work.Actor, ReviewAct.LeaveExpertOut, review.Facts) is { } no)
            return no;
        if (ReplacingState.OfNamed(review.State, from) is { } closed)
            return closed;
        if (review.Dossier.Team.Find(from) is null)
            return new Refusal("selection.not-reviewing", RefusalKind.Conflict, "state");
        if (Reasons.Check(reason) is { } unsaid)
            return unsaid;
        if (review.Dossier.Team.States.Select(seat => seat.State).Concat(review.Dossier.Team.Left).Contains(to, StringComparer.Ordinal))
            return new Refusal("selection.named-twice", RefusalKind.Invalid, "by");
        if (to == review.Subject.Iso3)
            return new Refusal("selection.barred", RefusalKind.Invalid, "by").With("rule", "not_the_subject");
        if (await NamingStates.FindAsync(to, work, cancel) is not { } taking)
            return new Refusal("selection.unknown-state", RefusalKind.Invalid, "by");
        var change = new ReviewChange().PutInPlace(work, from, taking, ReplacementCause.Unable);
        // The process may know the coordinator alone; whoever decides stands in that place.
        if (review.State.Open.Any(stage => review.State[stage].Part(from) is { Status: PartStatus.Open }))
            change.Then(new ProcessCommand.Replace(new Acting(work.Person, ReplacingState.ActingFor(review.Process), null), BranchSet.ReviewingState, from, to));
        return change.Explain(ReplacingSeat.ReasonOf(from), reason, work)
            .SendAfter(after => ReplacingSeat.News(after, to, $"/reviews/{after.Id}/reviewing-states"));
    }

    private async Task<IResult> PostAsync(ReviewId review, Visit visit, Form form, NameStates page, CancellationToken cancel)
    {
        var request = new TakingRequest(form.Text("by"), form.Text("reason"));
        var verdict = await RunAsync(review, form.Text("state"), request, visit.Caller.Actor, key: null, cancel);
        return verdict is not Verdict<Receipt>.Refused { Reason: var reason } ? Answer.Done($"/reviews/{review}/reviewing-states", "reviewer-replaced")
            : reason.Kind == RefusalKind.NotFound ? Answer.NotFound()
            : await page.DrawAsync(visit, review, form, reason, cancel);
    }
}

/// <summary>The State that takes the place.</summary>
/// <param name="By">ISO 3166-1 alpha-3 code.</param>
/// <param name="Reason">Why; read by the State under review and the coordinators.</param>
public sealed record TakingRequest(string? By, string Reason = "");
