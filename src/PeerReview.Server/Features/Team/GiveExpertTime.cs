using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Team;

/// <summary>The coordinator gives one expert more days for the comments. The days of the others stay as they are.</summary>
public sealed class GiveExpertTime(ReviewCommands commands)
{
    public static void Map(WebRoutes routes)
    {
        routes.Api.MapPost(
            "/reviews/{review:guid}/experts/{person:guid}/more-time",
            async (Guid review, Guid person, MoreTimeRequest request, Visit visit, GiveExpertTime give, HttpContext http, CancellationToken cancel) =>
                (await give.RunAsync(new ReviewId(review), person, request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
                .OrProblem(TypedResults.Ok))
            .WithName(nameof(GiveExpertTime)).WithTags("reviews").Produces<Receipt>();
        routes.Pages.MapPost(
            "/reviews/{review:guid}/experts/more-time",
            (Guid review, Visit visit, Form form, GiveExpertTime give, ExpertsPage page, CancellationToken cancel) =>
                give.PostAsync(review, visit, form, page, cancel));
    }

    /// <summary>The most days an expert can still be given; null where the part is not open, or its extensions are used.</summary>
    internal static int? DaysLeftFor(LoadedReview review, Guid person) =>
        review.Process.FindStage(CommentRules.Stage) is { Extend: { } rule } stage && review.State[stage].Status == StageStatus.Open
        && review.State[stage].Part(new PersonId(person).ToString()) is { Status: PartStatus.Open } part && part.Extensions < rule.Times
            ? rule.MaxDays
            : null;

    private Task<Verdict<Receipt>> RunAsync(
        ReviewId review, Guid person, MoreTimeRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, _) => Task.FromResult(Decide(work, person, request)), cancel);

    private static Verdict<ReviewChange> Decide(ReviewWork work, Guid person, MoreTimeRequest request)
    {
        var review = work.Review;
        // Whoever looks after the places: an expert asks for the own time on the page of the moves.
        if (Access.May(work.Actor, ReviewAct.ReplaceReviewer, review.Facts) is { } no)
            return no;
        if (review.Dossier.People.FirstOrDefault(p => p.Person == person && p.Role == RoleCode.Expert)?.State is not { } state)
            return new Refusal("team.not-an-expert", RefusalKind.Conflict, "person");
        if (Problems(request).ToList() is { Count: > 0 } problems)
            return Refusal.Of(problems);
        var branch = new PersonId(person).ToString();
        return new ReviewChange()
            .Then(new ProcessCommand.Extend(work.Acting, CommentRules.Stage, request.Days, branch))
            .Explain(nameof(ProcessCommand.Extend), request.Reason.Trim(), work)
            .SendAfter(after => Told(after, branch, state))
            .Made(person.ToString());
    }

    private static IEnumerable<Refusal> Problems(MoreTimeRequest request)
    {
        if (Reasons.Check(request.Reason) is { } unsaid)
            yield return unsaid;
        if (request.Days < 1)
            yield return new Refusal("moves.days-missing", RefusalKind.Invalid, "days");
    }

    /// <summary>The new day, to the expert, whoever speaks for that State, and the coordinators.</summary>
    private static IEnumerable<Letter> Told(LoadedReview after, string branch, string state) =>
        from wait in Waits.Of(after)
        where wait.Stage == CommentRules.Stage && wait.Branch == branch
        from person in wait.Roles.SelectMany(role => wait.Waiting(after, role))
            .Concat(after.Dossier.Holding(RoleCode.ReviewerFocalPoint, state).Select(speaker => new PersonId(speaker)))
            .Concat(after.Holding(RoleCode.Coordinator)).Distinct()
        select ReviewLetters.OfMoreTime(after, person, wait);

    private async Task<IResult> PostAsync(Guid review, Visit visit, Form form, ExpertsPage page, CancellationToken cancel)
    {
        var request = new MoreTimeRequest(form.Number("days") ?? 0, form.Text("reason"));
        var verdict = await RunAsync(new ReviewId(review), form.Id("person") ?? Guid.Empty, request, visit.Caller.Actor, key: null, cancel);
        return verdict is Verdict<Receipt>.Refused { Reason: var reason }
            ? await page.AgainAsync(visit, review, form, reason, cancel)
            : Answer.Done($"/reviews/{review}/experts", "expert-given-time");
    }
}

/// <summary>More time for one expert.</summary>
/// <param name="Days">Days beyond the day of the part.</param>
/// <param name="Reason">Read by the State and the coordinators.</param>
public sealed record MoreTimeRequest(int Days = 0, string Reason = "");
