using PeerReview.Core;
using PeerReview.Server.Platform.Data;

namespace PeerReview.Server.Platform.Identity;

/// <summary>API tokens: what a program shows instead of a browser's session.</summary>
public sealed class Tokens(Database database, TimeProvider time)
{
    /// <summary>The longest a token may live, in days.</summary>
    public const int MaxDays = 365;

    /// <summary>How many a person may have at a time.</summary>
    public const int MaxPerPerson = 20;

    private const int MaxName = 100;

    /// <summary>Makes a token.</summary>
    /// <param name="person">Whose rights it has.</param>
    /// <param name="wanted">Its name, reach and life.</param>
    /// <returns>The token with its secret, which can never be shown again.</returns>
    public async Task<Verdict<NewToken>> CreateAsync(PersonId person, TokenWish wanted, CancellationToken cancel)
    {
        if (wanted.Name.Trim() is not { Length: > 0 and <= MaxName } name || !OneLine.Is(name))
            return new Refusal("accounts.token-name", RefusalKind.Invalid, "name").With("max", MaxName);
        if (wanted.Scope is not ("read" or "write"))
            return new Refusal("accounts.token-scope", RefusalKind.Invalid, "scope");
        if (wanted.Days is < 1 or > MaxDays)
            return new Refusal("accounts.token-days", RefusalKind.Invalid, "days").With("max", MaxDays);

        var now = time.GetUtcNow();
        var token = new NewToken(Guid.CreateVersion7(now), name, wanted.Scope, now, now.AddDays(wanted.Days), Secret.New());
        var made = await database.ExecuteAsync(
            Scope.None,
            Sql.Create,
            new { token.Id, Hash = Secret.Hash(token.Token), Person = person.Value, Name = name, token.Scope, Now = now, Expires = token.ExpiresAt, Max = MaxPerPerson },
            cancel);
        return made == 1 ? token : new Refusal("accounts.token-too-many", RefusalKind.Conflict).With("max", MaxPerPerson);
    }

    /// <summary>Makes a token for the account of an address.</summary>
    public async Task<Verdict<NewToken>> CreateForAsync(string email, TokenWish wanted, CancellationToken cancel) =>
        await database.SingleOrDefaultAsync<Guid?>(
            Scope.None, Sql.PersonOf, new { Email = email.Trim().ToLowerInvariant() }, cancel) is { } person
            ? await CreateAsync(new PersonId(person), wanted, cancel)
            : new Refusal("accounts.no-account", RefusalKind.Invalid, "email");

    /// <summary>A person's tokens that still work, newest first, without their secrets.</summary>
    public Task<IReadOnlyList<TokenLine>> ListAsync(PersonId person, CancellationToken cancel) =>
        database.QueryAsync<TokenLine>(Scope.None, Sql.List, new { Person = person.Value, Now = time.GetUtcNow() }, cancel);

    /// <summary>Ends a token at once.</summary>
    public async Task<Verdict<Guid>> RevokeAsync(PersonId person, Guid token, CancellationToken cancel) =>
        await database.ExecuteAsync(Scope.None, Sql.Revoke, new { Id = token, Person = person.Value, Now = time.GetUtcNow() }, cancel) == 1
            ? token
            : new Refusal("accounts.token-unknown", RefusalKind.NotFound);

    private static class Sql
    {
        public const string PersonOf = "SELECT id FROM person WHERE email = @Email AND closed_at IS NULL";

        public const string Create =
            """
            INSERT INTO api_token (id, token_hash, person_id, name, scope, created_at, expires_at)
            SELECT @Id, @Hash, @Person, @Name, @Scope, @Now, @Expires
            WHERE (SELECT count(*) FROM api_token
                   WHERE person_id = @Person AND revoked_at IS NULL AND expires_at > @Now) < @Max
            """;

        public const string List =
            """
            SELECT id, name, scope, created_at, expires_at FROM api_token
            WHERE person_id = @Person AND revoked_at IS NULL AND expires_at > @Now
            ORDER BY created_at DESC, id
            """;

        public const string Revoke =
            "UPDATE api_token SET revoked_at = @Now WHERE id = @Id AND person_id = @Person AND revoked_at IS NULL";
    }
}

/// <summary>What token somebody wants.</summary>
/// <param name="Name">What it is for; one line.</param>
/// <param name="Scope"><c>read</c> or <c>write</c>.</param>
/// <param name="Days">How many days it works, real time.</param>
public sealed record TokenWish(string Name, string Scope, int Days);

/// <summary>A token without its secret.</summary>
public sealed record TokenLine(Guid Id, string Name, string Scope, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);

/// <summary>A token just made; the only time its secret is seen.</summary>
/// <param name="Token">What goes into the header <c>Authorization: Bearer</c>.</param>
public sealed record NewToken(
    Guid Id, string Name, string Scope, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, string Token);
