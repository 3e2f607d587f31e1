using System.Security.Claims;
using Dapper;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Drafts;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Platform.Identity;

/// <summary>Finds out who makes a request, in one round trip and none for a visitor.</summary>
/// <remarks>
/// A page takes the session cookie. The API takes a bearer token; it takes the cookie only where the browser itself says
/// that our own page asks (Sec-Fetch-Site), so that no other site can act through it. Session, token, account and roles
/// are read every time: what was ended is ended at once.
/// </remarks>
public sealed class Identification(Database database, TimeProvider time)
{
    /// <summary>The caller of a request. A proof that does not hold is no proof: the caller is a visitor.</summary>
    public async Task<Caller> OfAsync(HttpContext context)
    {
        var isApi = context.Request.IsApi();
        var bearer = Bearer(context);
        var caller = (isApi, bearer) switch
        {
            (true, { } token) => await FindAsync(Sql.ByToken, token, context),
            (true, null) when context.Request.Headers["Sec-Fetch-Site"] != "same-origin" => null,
            _ => SessionCookie.Read(context) is { } secret ? await FindAsync(Sql.BySession, secret, context) : null,
        };
        if (caller is { Person: { } person })
            context.User = Principal(person);
        return caller ?? Caller.Visitor;
    }

    private static string? Bearer(HttpContext context)
    {
        const string scheme = "Bearer ";
        return context.Request.Headers.Authorization.ToString() is var header && header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
            ? header[scheme.Length..].Trim()
            : null;
    }

    private async Task<Caller?> FindAsync(string sql, string secret, HttpContext context)
    {
        var (caller, seeing) = await database.ReadAsync(
            Scope.None, sql, new { Hash = Secret.Hash(secret), Now = time.GetUtcNow(), Page = PageOf(context), Review = ReviewOf(context) }, ReadAsync, context.RequestAborted);
        return caller is null || seeing is not { SeeingReview: { } review, SeeingRole: { } code } || !Roles.TryParse(code, out var role)
            ? caller
            : With(caller, seeing, new Seeing(new ReviewId(review), role), context.Request.Path);
    }

    // Routes say which review they are about by this name; routing comes before.
    private static Guid? ReviewOf(HttpContext context) =>
        Guid.TryParse(context.Request.RouteValues["review"] as string, out var review) ? review : null;

    // Only a page that is drawn afresh shows what was kept of its forms; one that is drawn again shows what was sent.
    private static string? PageOf(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) && !context.Request.IsApi() ? context.Request.Path.Value : null;

    // Within the review its pages are seen so; everywhere else the person is told that it goes on.
    private static Caller With(Caller caller, ProofRow row, Seeing seeing, PathString path)
    {
        var eyes = Viewpoint.Of(
            seeing.Role, new ProgrammeId(row.SeeingProgramme!.Value), seeing.Review,
            row.SeeingSubject is { } state ? new StateCode(state) : null);
        var within = path.StartsWithSegments($"/reviews/{seeing.Review}", StringComparison.OrdinalIgnoreCase) || path.StartsWithSegments($"/api/v1/reviews/{seeing.Review}", StringComparison.OrdinalIgnoreCase);
        return caller with { Seeing = seeing, Actor = within ? caller.Actor with { Eyes = eyes } : caller.Actor };
    }

    private static async Task<(Caller? Caller, ProofRow? Proof)> ReadAsync(SqlMapper.GridReader grid)
    {
        var proof = await grid.ReadSingleOrDefaultAsync<ProofRow>();
        await grid.ReadSingleAsync<string>();
        var person = await grid.ReadSingleOrDefaultAsync<PersonRow>();
        var grants = await grid.ReadAsync<HeldRole>();
        var drafts = await grid.ReadAsync<DraftRow>();
        var caller = person is null ? null : new Caller(
            new Actor(new PersonId(person.Id), [.. HeldRoles.Read(grants)]), person.ToPerson(), ProofOf(proof?.Scope))
        {
            Drafts = [.. drafts.Select(draft => Draft.Read(draft.Part, draft.Fields, draft.KeptAt))],
        };
        return (caller, proof);
    }

    private static Proof ProofOf(string? scope) => scope switch
    {
        "session" => Proof.Session,
        "write" => Proof.WriteToken,
        _ => Proof.ReadToken,
    };

    // Antiforgery binds a form to whom it was shown; nothing else reads the principal.
    private static ClaimsPrincipal Principal(Person person) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, person.Id.ToString())], "session"));

    private sealed record ProofRow(string Scope, Guid? SeeingReview, Guid? SeeingProgramme, string? SeeingSubject, string? SeeingRole);

    private sealed record PersonRow(Guid Id, string Email, string Name, string Office, string Language, string TimeZone)
    {
        public Person ToPerson() => new(new PersonId(Id), Email, Name, Office, Language, TimeZone);
    }

    private sealed record DraftRow(string Part, string Fields, DateTimeOffset KeptAt);

    private static class Sql
    {
        public const string BySession =
            """
            SELECT 'session' AS scope, seeing_review, seeing_programme, seeing_subject, seeing_role FROM session WHERE token_hash = @Hash AND ended_at IS NULL AND expires_at > @Now;
            SELECT set_config('app.person', coalesce(
                (SELECT person_id::text FROM session
                 WHERE token_hash = @Hash AND ended_at IS NULL AND expires_at > @Now), ''), true);
            """ + PersonAndGrants;

        public const string ByToken =
            """
            SELECT scope, NULL::uuid AS seeing_review, NULL::uuid AS seeing_programme, NULL::text AS seeing_subject, NULL::text AS seeing_role
            FROM api_token WHERE token_hash = @Hash AND revoked_at IS NULL AND expires_at > @Now;
            SELECT set_config('app.person', coalesce(
                (SELECT person_id::text FROM api_token
                 WHERE token_hash = @Hash AND revoked_at IS NULL AND expires_at > @Now), ''), true);
            """ + PersonAndGrants;

        private const string PersonAndGrants =
            """

            SELECT id, email, name, office, language, time_zone FROM person
            WHERE id = (SELECT app.person()) AND closed_at IS NULL;

            """ + HeldRoles.OfRequest + """
            ;
            SELECT part, fields, kept_at FROM draft WHERE person_id = (SELECT app.person()) AND page = @Page::text ORDER BY part
            """;
    }
}
