using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Reviews;
using PeerReview.Server.Components;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.People;

/// <summary>The form by which the State names somebody, puts somebody in another's place, or changes a contributor's items.</summary>
public sealed class NominatePage(ReviewLookup reviews, StateNames names, Nominate nominate)
{
    public static void Map(WebRoutes routes)
    {
        routes.Pages.MapGet("/reviews/{review:guid}/people/nomination", (
            Guid review, string? role, Guid? replaces, Guid? person, Visit visit, NominatePage page, CancellationToken cancel) =>
            page.DrawAsync(new Asked(visit, review, role ?? "") { Replaces = replaces, Person = person }, cancel));
        routes.Pages.MapPost("/reviews/{review:guid}/people/nomination", (
            Guid review, Visit visit, Form form, NominatePage page, CancellationToken cancel) =>
            page.PostAsync(review, visit, form, cancel));
    }

    private async Task<IResult> PostAsync(Guid review, Visit visit, Form form, CancellationToken cancel)
    {
        var request = NominationRequest.Of(form);
        var verdict = await nominate.RunAsync(new ReviewId(review), request, visit.Caller.Actor, key: null, cancel);
        if (verdict is not Verdict<Receipt>.Refused { Reason: var reason })
            return Answer.Done(HasLeft(request, visit) ? "/" : $"/reviews/{review}/people", "person-named");
        return reason.Kind == RefusalKind.NotFound
            ? Answer.NotFound()
            : await DrawAsync(
                new Asked(visit, review, request.Role)
                {
                    Replaces = request.Replaces,
                    Form = form,
                    Errors = [.. reason.All],
                    Status = reason.Status(),
                },
                cancel);
    }

    // Whoever named their own successor has no page of this review any more.
    private static bool HasLeft(NominationRequest request, Visit visit) => request.Replaces == visit.Caller.Id.Value;

    private async Task<IResult> DrawAsync(Asked asked, CancellationToken cancel)
    {
        var actor = asked.Visit.Caller.Actor;
        var found = await reviews.FindAsync(
            actor,
            new ReviewId(asked.Review),
            NoteMatching.OnRecord + ";\n" + Sql.Email,
            new { asked.Review, asked.Person, State = (string?)null },
            async grid => (
                Notes: (await grid.ReadAsync<NoteOption>()).ToImmutableArray(),
                Email: await grid.ReadSingleOrDefaultAsync<string>()),
            cancel);
        // Without a role it is the address the form was sent to, opened from the history of the browser.
        if (found is not null && asked.Role.Length == 0 && Access.VisiblePerson(actor, found.Review.Facts, Role.StateAuthority, default) > Extent.Nothing)
            return Answer.Done($"/reviews/{asked.Review}/people");
        if (found is null || !NominationRules.Roles.Contains(asked.Role, StringComparer.Ordinal)
            || Access.May(actor, Own(asked, found.Review) ? ReviewAct.HandOverFocalPoint : NominationRules.ActOf(asked.Role), found.Review.Facts) is not null)
            return Answer.NotFound();
        return Answer.Page<NominateView>(
            new
            {
                Model = new NominateModel(
                    found.Review,
                    names.Of(found.Review.Subject.Iso3, asked.Visit.Texts.Language),
                    asked.Role,
                    asked.Replaces is { } old ? found.Review.Find(new PersonId(old)) : null,
                    found.More.Notes,
                    asked.Form ?? Prefilled(found.Review, asked, found.More.Email),
                    asked.Errors)
                {
                    Own = Own(asked, found.Review),
                },
            },
            asked.Status);
    }

    private static bool Own(Asked asked, LoadedReview review) =>
        HandOverRules.IsOwn(review.Dossier, asked.Role, asked.Replaces, asked.Visit.Caller.Id);

    /// <summary>A contributor who is there already, with the items given so far.</summary>
    private static Form Prefilled(LoadedReview review, Asked asked, string? email)
    {
        if (asked is not { Role: RoleCode.Contributor, Person: { } id } || email is null
            || review.Find(new PersonId(id)) is not { } holder)
            return Form.Empty;
        return Form.Filled(new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            ["name"] = [holder.Name],
            ["email"] = [email],
            ["office"] = [holder.Office],
            ["items"] = [.. review.Dossier.People.Where(p => p.Person == id).SelectMany(p => p.Items)],
        });
    }

    private sealed record Asked(Visit Visit, Guid Review, string Role)
    {
        public Guid? Replaces { get; init; }

        public Guid? Person { get; init; }

        public Form? Form { get; init; }

        public IReadOnlyList<Refusal> Errors { get; init; } = [];

        public int Status { get; init; } = StatusCodes.Status200OK;
    }

    private static class Sql
    {
        public const string Email =
            """
            SELECT p.email FROM person p
            WHERE p.id = @Person AND EXISTS (
                SELECT FROM role_grant g WHERE g.person_id = p.id AND g.review_id = @Review AND g.ended_at IS NULL)
            """;
    }
}

/// <summary>What the form of a nomination draws.</summary>
/// <param name="Replaced">Who leaves the role, or null.</param>
/// <param name="Notes">Notes verbales of the State on record.</param>
public sealed record NominateModel(
    LoadedReview Review,
    string StateName,
    string Role,
    Holder? Replaced,
    ImmutableArray<NoteOption> Notes,
    Form Form,
    IReadOnlyList<Refusal> Errors)
{
    /// <summary>Whether the focal point who leaves names who follows, by a note on record.</summary>
    public bool Own { get; init; }
}
