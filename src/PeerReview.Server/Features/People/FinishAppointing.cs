using System.Text.Json;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.People;

/// <summary>The State authority confirms that focal point and alternates are named.</summary>
public sealed class FinishAppointing(ReviewCommands commands) : IStageCompletion
{
    public string Stage => "appoint";

    public static void Map(WebRoutes routes) => routes.Pages.MapPost(
        "/reviews/{review:guid}/people/appointment",
        (Guid review, Visit visit, Form form, FinishAppointing finish, PeoplePage page, CancellationToken cancel) =>
            finish.PostAsync(review, visit, form, page, cancel));

    public Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, JsonElement body, CancellationToken cancel) =>
        Task.FromResult(Decide(work));

    private static Verdict<ReviewChange> Decide(ReviewWork work)
    {
        var review = work.Review;
        if (Access.May(work.Actor, ReviewAct.AppointFocalPoint, review.Facts) is { } no)
            return no;
        // The process would only say that something is missing; here it is known what.
        if (StageDoor.Closed(review.State, "appoint") is { } closed)
            return closed;
        if (!review.Dossier.Holding(RoleCode.FocalPoint).Any())
            return new Refusal("people.focal-point-missing", RefusalKind.Conflict);
        if (!review.Dossier.Holding(RoleCode.Alternate).Any())
            return new Refusal("people.alternate-missing", RefusalKind.Conflict);
        return new ReviewChange().Then(new ProcessCommand.Complete(work.Acting, "appoint"));
    }

    private async Task<IResult> PostAsync(
        Guid review, Visit visit, Form form, PeoplePage page, CancellationToken cancel)
    {
        var verdict = await commands.RunAsync(
            new ReviewId(review), visit.Caller.Actor, key: null, (work, _) => Task.FromResult(Decide(work)), cancel);
        return verdict is Verdict<Receipt>.Refused { Reason: var reason }
            ? await page.AgainAsync(visit, review, form, reason, cancel)
            : Answer.Done($"/reviews/{review}", "appointed");
    }
}
