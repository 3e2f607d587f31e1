using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Core.Selection;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Team;

/// <summary>The head coordinator lets a review go on without an expert who has long not handed in, where nobody takes the place. What the
/// others do not comment on stays without a comment, and the report says that an expert of that State is missing.</summary>
public sealed class LeaveExpertOut(ReviewCommands commands)
{
    public static void Map(WebRoutes routes)
    {
        routes.Api.MapPost(
            "/reviews/{review:guid}/experts/{person:guid}/leaving-out",
            async (Guid review, Guid person, LeaveOutRequest request, Visit visit, LeaveExpertOut leave, HttpContext http, CancellationToken cancel) =>
                (await leave.RunAsync(new ReviewId(review), person, request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
                .OrProblem(TypedResults.Ok))
            .WithName(nameof(LeaveExpertOut)).WithTags("reviews").Produces<Receipt>();
        routes.Pages.MapPost(
            "/reviews/{review:guid}/experts/leaving-out",
            (Guid review, Visit visit, Form form, LeaveExpertOut leave, ExpertsPage page, CancellationToken cancel) =>
                leave.PostAsync(review, visit, form, page, cancel));
    }

    /// <summary>How its reason is kept.</summary>
    internal static string ReasonOf(Guid person) => $"LeaveOut.{person}";

    private Task<Verdict<Receipt>> RunAsync(
        ReviewId review, Guid person, LeaveOutRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, _) => Task.FromResult(Decide(work, person, request.Reason.Trim())), cancel);

    private static Verdict<ReviewChange> Decide(ReviewWork work, Guid person, string reason)
    {
        var (review, dossier) = (work.Review, work.Review.Dossier);
        if (Access.May(work.Actor, ReviewAct.LeaveExpertOut, review.Facts) is { } no)
            return no;
        var gap = dossier.Team.GapLeftBy(person);
        if ((gap?.State ?? dossier.People.FirstOrDefault(p => p.Person == person && p.Role == RoleCode.Expert)?.State) is not { } state)
            return new Refusal("team.not-an-expert", RefusalKind.Conflict, "person");
        if (LeavingOut.Problem(dossier, review.State, person, work.Now) is { } problem)
            return problem;
        if (Reasons.Check(reason) is { } unsaid)
            return unsaid;
        var change = new ReviewChange();
        // Whom an objection took out, or whose State left, has left already.
        if (gap is null)
        {
            change.Record(new ReviewEvent.PersonReleased(person, RoleCode.Expert, work.Person.Value))
                .Send(ReviewLetters.About(review, LetterNames.ExpertReleased, new PersonId(person)) with { Path = "/" });
        }

        return change
            .Record(new ReviewEvent.ExpertLeftOut(person, state, work.Person.Value))
            // The part is closed by whoever decided, in the place of the expert.
            .Then(new ProcessCommand.Complete(new Acting(work.Person, [RoleCode.Expert], new PersonId(person).ToString()), CommentRules.Stage))
            .Explain(ReasonOf(person), reason, work)
            .SendAfter(after => TeamNews.Of(after, LetterNames.ExpertLeftOut, state).Concat(Authority(after, state)))
            .Made(person.ToString());
    }

    // The report will say that an expert is missing: whoever answers for the State must know.
    private static IEnumerable<Letter> Authority(LoadedReview after, string state) => after.Holding(RoleCode.Authority).Distinct()
        .Select(person => ReviewLetters.About(after, LetterNames.ExpertLeftOut, person) with { Reviewer = state });

    private async Task<IResult> PostAsync(Guid review, Visit visit, Form form, ExpertsPage page, CancellationToken cancel)
    {
        var verdict = await RunAsync(new ReviewId(review), form.Id("person") ?? Guid.Empty, new LeaveOutRequest(form.Text("reason")), visit.Caller.Actor, key: null, cancel);
        return verdict is Verdict<Receipt>.Refused { Reason: var reason }
            ? await page.AgainAsync(visit, review, form, reason, cancel)
            : Answer.Done($"/reviews/{review}/experts", "expert-left-out");
    }
}

/// <summary>That the review goes on without an expert.</summary>
/// <param name="Reason">Read by the State under review and the coordinators.</param>
public sealed record LeaveOutRequest(string Reason = "");
