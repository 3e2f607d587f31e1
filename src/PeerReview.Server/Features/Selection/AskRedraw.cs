using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Core.Selection;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Selection;

/// <summary>The subject asks for another State in the place of one, without a reason; or says that it asks for none.</summary>
public sealed class AskRedraw(ReviewCommands commands)
{
    private const string Window = "redraw_window";

    public static void Map(WebRoutes routes)
    {
        routes.Api.MapPost(
            "/reviews/{review:guid}/redraws",
            async (Guid review, RedrawRequest request, Visit visit, AskRedraw ask, HttpContext http, CancellationToken cancel) =>
                (await ask.RunAsync(new ReviewId(review), request.State ?? "", visit.Caller.Actor, Idempotency.Of(http, request), cancel))
                .OrProblem(TypedResults.Ok))
            .WithName(nameof(AskRedraw)).WithTags("reviews").Produces<Receipt>();
        routes.Pages.MapPost(
            "/reviews/{review:guid}/reviewers/redraw",
            (Guid review, Visit visit, Form form, AskRedraw ask, ReviewersPage page, CancellationToken cancel) =>
                ask.PostAsync(review, visit, form, page, cancel));
    }

    private Task<Verdict<Receipt>> RunAsync(
        ReviewId review, string state, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, _) => Task.FromResult(Decide(work, state)), cancel);

    private static Verdict<ReviewChange> Decide(ReviewWork work, string state)
    {
        var review = work.Review;
        if (Access.May(work.Actor, ReviewAct.AskRedraw, review.Facts) is { } no)
            return no;
        if (StageDoor.Closed(review.State, Window) is { } closed)
            return closed;
        return RedrawRules.Check(review.Dossier.Team, state, review.Process.Draw!) is { } refused
            ? refused
            : new ReviewChange().Record(new ReviewEvent.RedrawAsked(state, work.Person.Value));
    }

    // The right is given up by the step of the process that waives the stage.
    private static Verdict<ReviewChange> DecideWaived(ReviewWork work) =>
        Access.May(work.Actor, ReviewAct.AskRedraw, work.Review.Facts) is { } no
            ? no
            : new ReviewChange().Then(new ProcessCommand.Waive(work.Acting, Window));

    private async Task<IResult> PostAsync(Guid review, Visit visit, Form form, ReviewersPage page, CancellationToken cancel)
    {
        var (id, actor) = (new ReviewId(review), visit.Caller.Actor);
        var (verdict, notice) = form.Text("act") switch
        {
            "ask" => (await RunAsync(id, form.Text("state"), actor, key: null, cancel), "redraw-asked"),
            "waive" => (await commands.RunAsync(id, actor, key: null, (work, _) => Task.FromResult(DecideWaived(work)), cancel), "redraw-waived"),
            _ => (ReviewRefusals.UnknownAct, ""),
        };
        return verdict is Verdict<Receipt>.Refused { Reason: var reason }
            ? await page.AgainAsync(visit, review, form, reason, cancel)
            : Answer.Done($"/reviews/{review}/reviewers", notice);
    }
}

/// <summary>The State to be replaced.</summary>
/// <param name="State">ISO 3166-1 alpha-3 code.</param>
public sealed record RedrawRequest(string? State);
