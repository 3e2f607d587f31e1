using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Selection;

/// <summary>A reviewing State gives its service back: once per cycle, within ten days of being named (process B.4). The coordinator
/// puts another in its place.</summary>
public sealed class DeclineService(ReviewCommands commands)
{
    public static void Map(WebRoutes routes)
    {
        routes.Api.MapPost(
            "/reviews/{review:guid}/reviewers/{state}/decline",
            async (Guid review, string state, Visit visit, DeclineService decline, HttpContext http, CancellationToken cancel) =>
                (await decline.RunAsync(new ReviewId(review), state, visit.Caller.Actor, Idempotency.Of(http, body: null), cancel))
                .OrProblem(TypedResults.Ok))
            .WithName(nameof(DeclineService)).WithTags("reviews").Produces<Receipt>();
        routes.Pages.MapPost(
            "/reviews/{review:guid}/reviewers/decline",
            (Guid review, Visit visit, Form form, DeclineService decline, ReviewersPage page, CancellationToken cancel) =>
                decline.PostAsync(review, visit, form, page, cancel));
    }

    private Task<Verdict<Receipt>> RunAsync(
        ReviewId review, string state, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, token) => DecideAsync(work, state, token), cancel);

    private static async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, string state, CancellationToken cancel)
    {
        var review = work.Review;
        if (Access.May(work.Actor, ReviewAct.DeclineService, review.Facts) is { } no)
            return no;
        if (!review.Dossier.Holding(RoleCode.ReviewerFocalPoint, state).Contains(work.Person.Value))
            return new Refusal("selection.not-your-state", RefusalKind.NotAllowed, "state");
        if (review.Dossier.Team.CauseOf(state) is not null)
            return new Refusal("selection.leaving-already", RefusalKind.Conflict, "state");
        if (review.Process.FindStage("nominate") is not { } nominating || review.State[nominating].Part(state) is not { Status: PartStatus.Open })
            return new Refusal("selection.has-nominated", RefusalKind.Conflict, "state");
        var rules = review.Process.Draw!;
        var args = new { Review = review.Id.Value, Programme = review.Programme.Value, State = state, rules.DeclineDays, rules.CycleDays };
        // Under the programme's lock: the same State could decline in two reviews at once.
        var standing = await work.ReadAsync(
            SelectionLock.Statement + Sql.Standing,
            args,
            async grid =>
            {
                await grid.ReadAsync<Guid>();
                return await grid.ReadSingleOrDefaultAsync<StandingRow>();
            },
            cancel);
        if (standing is not { InTime: true })
            return new Refusal("selection.decline-late", RefusalKind.Conflict, "state").With("count", rules.DeclineDays);
        if (standing.Declined >= rules.DeclinesPerCycle)
            return new Refusal("selection.declines-used", RefusalKind.Conflict, "state");
        return review.Holding(RoleCode.Coordinator).Aggregate(
            new ReviewChange().Record(new ReviewEvent.ServiceDeclined(state, work.Person.Value)),
            (change, coordinator) => change.Send(ReviewLetters.About(review, LetterNames.ServiceDeclined, coordinator)));
    }

    private async Task<IResult> PostAsync(Guid review, Visit visit, Form form, ReviewersPage page, CancellationToken cancel)
    {
        var verdict = await RunAsync(new ReviewId(review), form.Text("state"), visit.Caller.Actor, key: null, cancel);
        return verdict is Verdict<Receipt>.Refused { Reason: var reason }
            ? await page.AgainAsync(visit, review, form, reason, cancel)
            : Answer.Done($"/reviews/{review}/reviewers", "service-declined");
    }

    private sealed record StandingRow(bool InTime, long Declined);

    private static class Sql
    {
        public const string Standing =
            """
            SELECT seat.named_at + make_interval(days => @DeclineDays) > app.clock() AS in_time,
                   (SELECT count(*) FROM reviewer_seat past
                    WHERE past.programme_id = @Programme AND past.state = @State
                      AND past.declined_at > app.clock() - make_interval(days => @CycleDays)) AS declined
            FROM reviewer_seat seat
            WHERE seat.review_id = @Review AND seat.state = @State AND seat.ended_at IS NULL
            ORDER BY seat.named_at
            """;
    }
}
