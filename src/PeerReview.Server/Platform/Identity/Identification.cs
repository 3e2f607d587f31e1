using System.Security.Claims;
using Dapper;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Server.Platform.Data;
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
            (true, { } token) => await FindAsync(Sql.ByToken, token, context.RequestAborted),
            (true, null) when context.Request.Headers["Sec-Fetch-Site"] != "same-origin" => null,
            _ => SessionCookie.Read(context) is { } secret ? await FindAsync(Sql.BySession, secret, context.RequestAborted) : null,
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

    private Task<Caller?> FindAsync(string sql, string secret, CancellationToken cancel) =>
        database.ReadAsync(Scope.None, sql, new { Hash = Secret.Hash(secret), Now = time.GetUtcNow() }, ReadAsync, cancel);

    private static async Task<Caller?> ReadAsync(SqlMapper.GridReader grid)
    {
        var scope = await grid.ReadSingleOrDefaultAsync<string>();
        await grid.ReadSingleAsync<string>();
        var person = await grid.ReadSingleOrDefaultAsync<PersonRow>();
        var grants = await grid.ReadAsync<GrantRow>();
        return person is null ? null : new Caller(
            new Actor(new PersonId(person.Id), [.. grants.SelectMany(Grants)]), person.ToPerson(), ProofOf(scope));
    }

    // A role this release does not know gives no rights.
    private static IEnumerable<Grant> Grants(GrantRow row) => Roles.TryParse(row.Role, out var role)
        ? [new Grant(
            role,
            new ProgrammeId(row.ProgrammeId),
            row.ReviewId is { } review ? new ReviewId(review) : null,
            row.State is { } state ? new StateCode(state) : null)]
        : [];

    private static Proof ProofOf(string? scope) => scope switch
    {
        "session" => Proof.Session,
        "write" => Proof.WriteToken,
        _ => Proof.ReadToken,
    };

    // Antiforgery binds a form to whom it was shown; nothing else reads the principal.
    private static ClaimsPrincipal Principal(Person person) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, person.Id.ToString())], "session"));

    private sealed record PersonRow(Guid Id, string Email, string Name, string Office, string Language, string TimeZone)
    {
        public Person ToPerson() => new(new PersonId(Id), Email, Name, Office, Language, TimeZone);
    }

    private sealed record GrantRow(string Role, Guid ProgrammeId, string? State, Guid? ReviewId);

    private static class Sql
    {
        public const string BySession =
            """
            SELECT 'session' FROM session WHERE token_hash = @Hash AND ended_at IS NULL AND expires_at > @Now;
            SELECT set_config('app.person', coalesce(
                (SELECT person_id::text FROM session
                 WHERE token_hash = @Hash AND ended_at IS NULL AND expires_at > @Now), ''), true);
            """ + PersonAndGrants;

        public const string ByToken =
            """
            SELECT scope FROM api_token WHERE token_hash = @Hash AND revoked_at IS NULL AND expires_at > @Now;
            SELECT set_config('app.person', coalesce(
                (SELECT person_id::text FROM api_token
                 WHERE token_hash = @Hash AND revoked_at IS NULL AND expires_at > @Now), ''), true);
            """ + PersonAndGrants;

        private const string PersonAndGrants =
            """

            SELECT id, email, name, office, language, time_zone FROM person
            WHERE id = (SELECT app.person()) AND closed_at IS NULL;
            SELECT role, programme_id, state, review_id FROM role_grant
            WHERE person_id = (SELECT app.person()) AND ended_at IS NULL
            ORDER BY programme_id, role, state, review_id
            """;
    }
}
