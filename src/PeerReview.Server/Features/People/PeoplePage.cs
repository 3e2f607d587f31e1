using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;
using Role = PeerReview.Core.Access.Role;

namespace PeerReview.Server.Features.People;

/// <summary>Who takes part in a review, as far as the reader may know, and what the reader may change about it.</summary>
public sealed class PeoplePage(ReviewLookup reviews, StateNames names)
{
    public static void Map(WebRoutes routes)
    {
        routes.Pages.MapGet("/reviews/{review:guid}/people", (Guid review, Visit visit, PeoplePage page, CancellationToken cancel) =>
            page.DrawAsync(visit, review, Form.Empty, [], StatusCodes.Status200OK, cancel));
        routes.Api.MapGet("/reviews/{review:guid}/nominations", (Guid review, Visit visit, PeoplePage page, CancellationToken cancel) =>
            page.ListAsync(visit, review, cancel)).WithName("Nominations").WithTags("reviews");
    }

    /// <summary>The page again after a form of it was refused.</summary>
    internal Task<IResult> AgainAsync(Visit visit, Guid review, Form form, Refusal reason, CancellationToken cancel) =>
        reason.Kind == RefusalKind.NotFound
            ? Task.FromResult(Answer.NotFound())
            : DrawAsync(visit, review, form, [.. reason.All], reason.Status(), cancel);

    private async Task<IResult> DrawAsync(
        Visit visit, Guid id, Form form, IReadOnlyList<Refusal> errors, int status, CancellationToken cancel)
    {
        if (await FindAsync(visit.Caller.Actor, id, cancel) is not { } found)
            return Answer.NotFound();
        var (actor, review) = (visit.Caller.Actor, found.Review);
        var mayAppoint = Access.May(actor, ReviewAct.AppointFocalPoint, review.Facts) is null;
        return Answer.Page<PeopleView>(
            new
            {
                Model = new PeopleModel(
                    review,
                    names.Of(review.Subject.Iso3, visit.Texts.Language),
                    Lines(actor, found, [.. PeopleModel.RolesShown, .. PeopleModel.RolesOfReviewers]),
                    Access.VisiblePerson(actor, review.Facts, Role.StateContributor, default) == Extent.Everything ? found.More.Past : [],
                    MayAcknowledge: Access.May(actor, ReviewAct.Acknowledge, review.Facts) is null
                        && StageDoor.Closed(review.State, "acknowledge") is null,
                    mayAppoint,
                    MayFinish: mayAppoint && StageDoor.Closed(review.State, "appoint") is null,
                    MayGiveItems: Access.May(actor, ReviewAct.AppointContributor, review.Facts) is null,
                    form,
                    errors)
                {
                    NameOf = state => names.Of(state, visit.Texts.Language),
                },
            },
            status);
    }

    private async Task<IResult> ListAsync(Visit visit, Guid id, CancellationToken cancel)
    {
        if (await FindAsync(visit.Caller.Actor, id, cancel) is not { } found)
            return ReviewRefusals.NotFound.ToProblem();
        return TypedResults.Ok(new Listing<NominationItem>(Lines(visit.Caller.Actor, found, PeopleModel.RolesShown)
            .Where(line => line.Holder is not null)
            .Select(line => new NominationItem(
                line.Holder!.Person.Value, line.Role, line.Holder.Name, line.Holder.Office, line.Email, line.Items, line.Note))));
    }

    /// <summary>The review for somebody who may know anybody of it; null for everybody else.</summary>
    private async Task<Found<Rows>?> FindAsync(Actor actor, Guid id, CancellationToken cancel)
    {
        var found = await reviews.FindAsync(
            actor,
            new ReviewId(id),
            Sql.People,
            new { Review = id },
            async grid => new Rows([.. await grid.ReadAsync<GrantRow>()], [.. await grid.ReadAsync<PastLine>()]),
            cancel);
        return found is not null
            && Access.VisiblePerson(actor, found.Review.Facts, Role.StateAuthority, default) > Extent.Nothing ? found : null;
    }

    private static ImmutableArray<PersonLine> Lines(Actor actor, Found<Rows> found, ImmutableArray<string> roles)
    {
        var review = found.Review;
        return
        [
            .. from role in roles
               from person in review.Holding(role).Distinct()
               where role != RoleCode.Coordinator || review.Dossier.Coordinator is not null
               let sight = Roles.TryParse(role, out var known)
                   ? Access.VisiblePerson(actor, review.Facts, known, person)
                   : Extent.Nothing
               let row = found.More.Grants.FirstOrDefault(g => g.PersonId == person.Value && g.Role == role)
               select new PersonLine(
                   role,
                   sight > Extent.Nothing ? review.People.FirstOrDefault(p => p.Person == person && p.Role == role) : null,
                   sight == Extent.Everything ? row?.Email : null,
                   sight == Extent.Everything ? row?.Note : null,
                   sight > Extent.Nothing ? ItemsOf(review.Dossier, person) : [],
                   Deputy: role == RoleCode.Coordinator && review.Dossier.Deputy == person.Value),
        ];
    }

    private static ImmutableArray<string> ItemsOf(Dossier dossier, PersonId person) =>
        [.. dossier.People.Where(p => p.Person == person.Value).SelectMany(p => p.Items).Where(item => !dossier.FallsOutside(item))];

    /// <summary>Somebody with a role in a review, as the API shows it to those who may know.</summary>
    /// <param name="Email">Null where the reader may know the name only.</param>
    /// <param name="NoteVerbale">The number of the note the appointment rests on.</param>
    public sealed record NominationItem(
        Guid Person, string Role, string Name, string Office, string? Email, ImmutableArray<string> Items, string? NoteVerbale);

    private sealed record Rows(ImmutableArray<GrantRow> Grants, ImmutableArray<PastLine> Past);

    private sealed record GrantRow(Guid PersonId, string Role, string Email, string? Note);

    private static class Sql
    {
        public const string People =
            """
            SELECT g.person_id, g.role, p.email, n.number AS note
            FROM review r
            JOIN role_grant g ON g.programme_id = r.programme_id AND g.ended_at IS NULL
                AND (g.review_id = r.id OR (g.review_id IS NULL AND g.role = 'STATE_AUTH' AND g.state = r.subject_state))
            JOIN person p ON p.id = g.person_id
            LEFT JOIN note_verbale n ON n.id = g.letter_id
            WHERE r.id = @Review;
            SELECT g.role, p.name, g.granted_at, g.ended_at FROM role_grant g JOIN person p ON p.id = g.person_id
            WHERE g.review_id = @Review AND g.ended_at IS NOT NULL AND NOT EXISTS (
                SELECT FROM role_grant now
                WHERE now.review_id = g.review_id AND now.person_id = g.person_id AND now.role = g.role AND now.ended_at IS NULL)
            ORDER BY g.ended_at, p.name, g.id
            """;
    }
}

/// <summary>What the page of people draws.</summary>
/// <param name="Past">Who held a role before, for those who may know everybody.</param>
public sealed record PeopleModel(
    LoadedReview Review,
    string StateName,
    ImmutableArray<PersonLine> People,
    ImmutableArray<PastLine> Past,
    bool MayAcknowledge,
    bool MayAppoint,
    bool MayFinish,
    bool MayGiveItems,
    Form Form,
    IReadOnlyList<Refusal> Errors)
{
    /// <summary>The roles of the page, in its order.</summary>
    public static readonly ImmutableArray<string> RolesShown =
        [RoleCode.Coordinator, RoleCode.Authority, RoleCode.FocalPoint, RoleCode.Alternate, RoleCode.Contributor];

    /// <summary>The roles of those who review, in the order of the page.</summary>
    public static readonly ImmutableArray<string> RolesOfReviewers = [RoleCode.ReviewerFocalPoint, RoleCode.Expert];

    /// <summary>Who holds a role.</summary>
    public IEnumerable<PersonLine> Of(string role) => People.Where(p => p.Role == role);

    /// <summary>The reviewing States with the people of theirs the reader may know, by name.</summary>
    public IEnumerable<IGrouping<string, PersonLine>> Reviewers => People
        .Where(p => RolesOfReviewers.Contains(p.Role, StringComparer.Ordinal) && p.Holder?.State is not null)
        .GroupBy(p => NameOf(p.Holder!.State!), StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.CurrentCulture);

    /// <summary>What a State is called in the reader's language.</summary>
    public required Func<string, string> NameOf { get; init; }

    /// <summary>Whether somebody leads the reviewers.</summary>
    public bool Leads(PersonLine line) => Review.Holding(RoleCode.Lead).Contains(line.Holder!.Person);
}

/// <summary>Somebody with a role.</summary>
/// <param name="Holder">Null when the reader may know only that the role is held.</param>
/// <param name="Email">Null when the reader may not know it.</param>
/// <param name="Note">The number of the note verbale the appointment rests on.</param>
public sealed record PersonLine(
    string Role, Holder? Holder, string? Email, string? Note, ImmutableArray<string> Items, bool Deputy);

/// <summary>Somebody who held a role.</summary>
public sealed record PastLine(string Role, string Name, DateTimeOffset GrantedAt, DateTimeOffset EndedAt);
