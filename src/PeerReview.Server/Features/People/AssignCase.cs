using System.Text.Json;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.People;

/// <summary>A coordinator acknowledges a launch: names who looks after the review, and a deputy.</summary>
public sealed class AssignCase(ReviewCommands commands, StageBody bodies) : IStageCompletion
{
    public string Stage => "acknowledge";

    public static void Map(WebRoutes routes) => routes.Pages.MapPost(
        "/reviews/{review:guid}/people/coordinators",
        (Guid review, Visit visit, Form form, AssignCase assign, PeoplePage page, CancellationToken cancel) =>
            assign.PostAsync(review, visit, form, page, cancel));

    public Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, JsonElement body, CancellationToken cancel) =>
        Task.FromResult(Decide(work, bodies.Read<CaseRequest>(body)));

    private static Verdict<ReviewChange> Decide(ReviewWork work, CaseRequest request)
    {
        if (Access.May(work.Actor, ReviewAct.Acknowledge, work.Review.Facts) is { } no)
            return no;
        if (Problems(work.Review, request).ToList() is { Count: > 0 } problems)
            return Refusal.Of(problems);
        return new ReviewChange()
            .Record(new ReviewEvent.CaseAssigned(request.Coordinator!.Value, request.Deputy!.Value, work.Person.Value))
            .Then(new ProcessCommand.Complete(work.Acting, "acknowledge"))
            // The letter after the launch says that this is to come.
            .SendAfter(after => ReviewLetters.ToAll(after, LetterNames.LaunchAcknowledged, RoleCode.Authority)
                .Select(letter => letter with { Path = $"/reviews/{after.Id}/people" }));
    }

    private static IEnumerable<Refusal> Problems(LoadedReview review, CaseRequest request)
    {
        if (!IsCoordinator(review, request.Coordinator))
            yield return new Refusal("people.unknown-coordinator", RefusalKind.Invalid, "coordinator");
        if (!IsCoordinator(review, request.Deputy))
            yield return new Refusal("people.unknown-coordinator", RefusalKind.Invalid, "deputy");
        else if (request.Deputy == request.Coordinator)
            yield return new Refusal("people.same-coordinator", RefusalKind.Invalid, "deputy");
    }

    private static bool IsCoordinator(LoadedReview review, Guid? person) =>
        person is { } id && review.People.Any(p => p.Role == RoleCode.Coordinator && !p.ForThisReview && p.Person.Value == id);

    private async Task<IResult> PostAsync(
        Guid review, Visit visit, Form form, PeoplePage page, CancellationToken cancel)
    {
        var request = new CaseRequest { Coordinator = form.Id("coordinator"), Deputy = form.Id("deputy") };
        var verdict = await commands.RunAsync(
            new ReviewId(review), visit.Caller.Actor, key: null, (work, _) => Task.FromResult(Decide(work, request)), cancel);
        return verdict is Verdict<Receipt>.Refused { Reason: var reason }
            ? await page.AgainAsync(visit, review, form, reason, cancel)
            : Answer.Done($"/reviews/{review}", "case-assigned");
    }
}

/// <summary>Who looks after a review: two different coordinators of its programme.</summary>
public sealed record CaseRequest
{
    public Guid? Coordinator { get; init; }

    public Guid? Deputy { get; init; }
}
