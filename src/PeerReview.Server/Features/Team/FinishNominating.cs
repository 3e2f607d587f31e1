using System.Text.Json;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Team;

/// <summary>The focal point of a reviewing State says that its experts are complete.</summary>
public sealed class FinishNominating(ReviewCommands commands) : IStageCompletion
{
    public string Stage => "nominate";

    public static void Map(WebRoutes routes) => routes.Pages.MapPost(
        "/reviews/{review:guid}/experts",
        (Guid review, Visit visit, Form form, FinishNominating finish, ExpertsPage page, CancellationToken cancel) =>
            finish.PostAsync(review, visit, form, page, cancel));

    public Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, JsonElement body, CancellationToken cancel) =>
        Task.FromResult(Decide(work));

    private static Verdict<ReviewChange> Decide(ReviewWork work)
    {
        var (review, dossier) = (work.Review, work.Review.Dossier);
        if (Access.May(work.Actor, ReviewAct.NominateExperts, review.Facts) is { } no)
            return no;
        if (StageDoor.Closed(review.State, "nominate") is { } closed)
            return closed;
        var state = review.BranchOf(work.Person) ?? "";
        // The process would only say that something is missing; here it is known what.
        if (TeamGuards.Nominated(state, review.State, dossier) is { Holds: false, Detail: var missing })
        {
            return new Refusal(
                missing switch { "leaving" => "selection.leaving-already", "redraw-window" => "team.redraw-window", _ => "team.expert-missing" },
                RefusalKind.Conflict);
        }

        var last = review.State[review.Process.Stage("nominate")].Parts.All(p => p.Branch == state || p.Status != PartStatus.Open);
        if (last && TeamGuards.Complete(dossier) is { Holds: false, Detail: var lacking })
            return new Refusal(lacking == "lead" ? "team.lead-missing" : "team.expert-missing", RefusalKind.Conflict);
        return new ReviewChange().Then(new ProcessCommand.Complete(work.Acting, "nominate"));
    }

    private async Task<IResult> PostAsync(Guid review, Visit visit, Form form, ExpertsPage page, CancellationToken cancel)
    {
        var verdict = await commands.RunAsync(
            new ReviewId(review), visit.Caller.Actor, key: null, (work, _) => Task.FromResult(Decide(work)), cancel);
        return verdict is Verdict<Receipt>.Refused { Reason: var reason }
            ? await page.AgainAsync(visit, review, form, reason, cancel)
            : Answer.Done($"/reviews/{review}", "nominated");
    }
}
