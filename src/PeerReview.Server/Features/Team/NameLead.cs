using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Team;

/// <summary>One expert leads: who merges the comments and drafts the report. A reviewing State names one of its own where nobody
/// leads yet; the coordinator names anybody.</summary>
public sealed class NameLead(ReviewCommands commands)
{
    public static void Map(WebRoutes routes)
    {
        routes.Api.MapPut(
            "/reviews/{review:guid}/lead",
            async (Guid review, LeadRequest request, Visit visit, NameLead name, HttpContext http, CancellationToken cancel) =>
                (await name.RunAsync(new ReviewId(review), request.Person ?? Guid.Empty, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
                .OrProblem(TypedResults.Ok))
            .WithName(nameof(NameLead)).WithTags("reviews").Produces<Receipt>();
        routes.Pages.MapPost(
            "/reviews/{review:guid}/experts/lead",
            (Guid review, Visit visit, Form form, NameLead name, ExpertsPage page, CancellationToken cancel) =>
                name.PostAsync(review, visit, form, page, cancel));
    }

    private Task<Verdict<Receipt>> RunAsync(
        ReviewId review, Guid person, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, _) => Task.FromResult(Decide(work, person)), cancel);

    private static Verdict<ReviewChange> Decide(ReviewWork work, Guid person)
    {
        var (review, dossier) = (work.Review, work.Review.Dossier);
        if (Access.May(work.Actor, ReviewAct.NameLead, review.Facts) is { } no)
            return no;
        if (dossier.People.FirstOrDefault(p => p.Person == person && p.Role == RoleCode.Expert) is not { State: { } state })
            return new Refusal("team.not-an-expert", RefusalKind.Invalid, "person");
        var grant = new Grant(Role.ReviewerLead, review.Programme, review.Id, new StateCode(state));
        if (Access.MayGrant(work.Actor, new PersonId(person), grant, review.Facts) is not null)
            return new Refusal("team.not-your-expert", RefusalKind.NotAllowed, "person");
        if (dossier.People.FirstOrDefault(p => p.Role == RoleCode.Lead) is not { } lead)
            return Change(work, person, state);
        if (lead.Person == person)
            return new ReviewChange().Made(person.ToString());
        // What another State's expert leads is not taken by a State, but by the coordinator.
        return lead.State != state && Access.May(work.Actor, ReviewAct.ReplaceReviewer, review.Facts) is not null
            ? new Refusal("team.lead-of-another", RefusalKind.NotAllowed, "person")
            : Change(work, person, state, lead.Person);
    }

    private static ReviewChange Change(ReviewWork work, Guid person, string state, Guid? before = null)
    {
        var change = new ReviewChange();
        if (before is { } leaving)
            change.Record(new ReviewEvent.PersonReleased(leaving, RoleCode.Lead, work.Person.Value));
        return change
            .Record(new ReviewEvent.ReviewerAppointed(person, RoleCode.Lead, state, null, work.Person.Value))
            .Send(ReviewLetters.About(work.Review, LetterNames.LeadNamed, new PersonId(person)))
            .Made(person.ToString());
    }

    private async Task<IResult> PostAsync(Guid review, Visit visit, Form form, ExpertsPage page, CancellationToken cancel)
    {
        var verdict = await RunAsync(new ReviewId(review), form.Id("person") ?? Guid.Empty, visit.Caller.Actor, key: null, cancel);
        return verdict is Verdict<Receipt>.Refused { Reason: var reason }
            ? await page.AgainAsync(visit, review, form, reason, cancel)
            : Answer.Done($"/reviews/{review}/experts", "lead-named");
    }
}

/// <summary>Who is to lead.</summary>
/// <param name="Person">An expert of this review.</param>
public sealed record LeadRequest(Guid? Person = null);
