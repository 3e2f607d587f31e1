using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Reviews;
using PeerReview.Server.Components;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.People;

/// <summary>The State takes a role of this review back. What the person wrote and did stays.</summary>
public sealed class ReleasePerson(ReviewCommands commands, ReviewLookup reviews)
{
    public static void Map(WebRoutes routes)
    {
        routes.Pages.MapGet("/reviews/{review:guid}/people/{person:guid}/{role}/release", (
            Guid review, Guid person, string role, Visit visit, ReleasePerson release, CancellationToken cancel) =>
            release.AskAsync(review, person, role, visit, cancel));
        routes.Pages.MapPost("/reviews/{review:guid}/people/{person:guid}/{role}/release", (
            Guid review, Guid person, string role, Visit visit, ReleasePerson release, CancellationToken cancel) =>
            release.PostAsync(review, person, role, visit, cancel));
        routes.Api.MapDelete(
            "/reviews/{review:guid}/nominations/{person:guid}/{role}",
            async (Guid review, Guid person, string role, Visit visit, ReleasePerson release, HttpContext http, CancellationToken cancel) =>
                (await release.RunAsync(
                    new ReviewId(review), new PersonId(person), role, visit.Caller.Actor, Idempotency.Of(http, body: null), cancel))
                .OrProblem(TypedResults.Ok))
            .WithName(nameof(ReleasePerson)).WithTags("reviews");
    }

    /// <summary>Runs the use case.</summary>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, PersonId person, string role, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, _) => Task.FromResult(Decide(work, person, role)), cancel);

    private static Verdict<ReviewChange> Decide(ReviewWork work, PersonId person, string code)
    {
        var review = work.Review;
        if (Access.May(work.Actor, NominationRules.ActOf(code), review.Facts) is { } no)
            return no;
        if (!Roles.TryParse(code, out var role) || !NominationRules.Roles.Contains(code, StringComparer.Ordinal))
            return new Refusal("people.unknown-role", RefusalKind.Invalid, "role");
        var grant = new Grant(role, review.Programme, review.Id, new StateCode(review.Subject.Iso3));
        if (Access.MayGrant(work.Actor, person, grant, review.Facts) is { } mayNot)
            return mayNot;
        return NominationRules.Release(review.Dossier, person, code, Appointing.IsDone(review), work.Person)
            .Match<Verdict<ReviewChange>>(fact => new ReviewChange().Record(fact), refused => refused);
    }

    private async Task<IResult> AskAsync(
        Guid review, Guid person, string role, Visit visit, CancellationToken cancel)
    {
        var found = await reviews.FindAsync(visit.Caller.Actor, new ReviewId(review), cancel);
        return found?.People.FirstOrDefault(p => p.Person.Value == person && p.Role == role && p.ForThisReview) is { } holder
            && Access.May(visit.Caller.Actor, NominationRules.ActOf(role), found.Facts) is null
            ? Page(visit, review, holder, [], StatusCodes.Status200OK)
            : Answer.NotFound();
    }

    private async Task<IResult> PostAsync(
        Guid review, Guid person, string role, Visit visit, CancellationToken cancel)
    {
        var verdict = await RunAsync(
            new ReviewId(review), new PersonId(person), role, visit.Caller.Actor, key: null, cancel);
        if (verdict is not Verdict<Receipt>.Refused { Reason: var reason })
            return Answer.Done($"/reviews/{review}/people", "person-released");
        var found = await reviews.FindAsync(visit.Caller.Actor, new ReviewId(review), cancel);
        return reason.Kind != RefusalKind.NotFound
            && found?.People.FirstOrDefault(p => p.Person.Value == person && p.Role == role && p.ForThisReview) is { } holder
            && Access.May(visit.Caller.Actor, NominationRules.ActOf(role), found.Facts) is null
            ? Page(visit, review, holder, [.. reason.All], reason.Status())
            : Answer.NotFound();
    }

    private static IResult Page(Visit visit, Guid review, Holder holder, IReadOnlyList<Refusal> errors, int status) =>
        Answer.Page<ConfirmPage>(
            new
            {
                Title = visit.Texts.Of("people.release.title", ("name", holder.Name)),
                Consequence = visit.Texts["people.release.consequence." + holder.Role],
                Action = $"/reviews/{review}/people/{holder.Person}/{holder.Role}/release",
                Button = visit.Texts["people.release.button"],
                Back = $"/reviews/{review}/people",
                Dangerous = true,
                Section = "reviews",
                Errors = errors,
            },
            status);
}
