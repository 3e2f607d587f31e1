using PeerReview.Core;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Outbox;

namespace PeerReview.Server.Platform.Identity;

/// <summary>Links that sign in once. Whoever reads the mailbox of an account is its owner.</summary>
public sealed class SignInLinks(Database database, OutboxSignal outbox, TimeProvider time)
{
    /// <summary>How long a link from a letter works, in real time.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    /// <summary>How long a session lasts: a working day, however busy.</summary>
    public static readonly TimeSpan SessionLifetime = TimeSpan.FromHours(12);

    /// <summary>Writes a letter with a link to the account of this address, if there is one. The caller never learns which.</summary>
    /// <param name="email">Any text; compared in lower case without blanks around it.</param>
    /// <param name="returnTo">A safe path to come out at.</param>
    public async Task SendAsync(string email, string returnTo, CancellationToken cancel)
    {
        await using var unit = await database.BeginAsync(Scope.None, cancel);
        var person = await unit.SingleOrDefaultAsync<Guid?>(Sql.PersonOf, new { Email = Normal(email) }, cancel);
        if (person is not { } id)
            return;
        OutboxWriter.Keep(unit, programme: null, review: null, [WithLink(unit, new Letter(LetterNames.SignIn, new PersonId(id), returnTo))]);
        await unit.CommitAsync(cancel);
        outbox.Wake();
    }

    /// <summary>Sends a letter of a review that signs its reader in on the way to where it leads.</summary>
    /// <param name="letter">To an account that was just given a role; its kind names <c>lasts</c>.</param>
    public async Task SendAsync(ProgrammeId programme, ReviewId review, Letter letter, CancellationToken cancel)
    {
        await using var unit = await database.BeginAsync(Scope.Of(programme), cancel);
        OutboxWriter.Keep(unit, programme, review, [WithLink(unit, letter)]);
        await unit.CommitAsync(cancel);
        outbox.Wake();
    }

    /// <summary>Makes a link without a letter, for demonstrations and for an operator who hands it over.</summary>
    /// <returns>The path of the link, from <c>/</c>.</returns>
    public async Task<string> CreateAsync(PersonId person, TimeSpan lifetime, CancellationToken cancel)
    {
        await using var unit = await database.BeginAsync(Scope.None, cancel);
        var secret = Keep(unit, person, lifetime);
        await unit.CommitAsync(cancel);
        return "/sign-in/" + secret;
    }

    /// <summary>Whether a link would work now. Looking changes nothing: mail scanners look, too.</summary>
    public async Task<bool> IsAliveAsync(string secret, CancellationToken cancel) =>
        Secret.LooksLikeOne(secret)
        && await database.SingleOrDefaultAsync<bool>(Scope.None, Sql.IsAlive, new { Hash = Secret.Hash(secret), Now = time.GetUtcNow() }, cancel);

    /// <summary>Uses a link up and begins a session.</summary>
    /// <returns>The session's secret for the browser's cookie and when it ends; or that the link is dead.</returns>
    public async Task<Verdict<NewSession>> UseAsync(string secret, CancellationToken cancel)
    {
        if (!Secret.LooksLikeOne(secret))
            return Dead;
        var now = time.GetUtcNow();
        await using var unit = await database.BeginAsync(Scope.None, cancel);
        if (await unit.SingleOrDefaultAsync<Guid?>(Sql.Use, new { Hash = Secret.Hash(secret), Now = now }, cancel) is not { } person)
            return Dead;
        var session = new NewSession(new PersonId(person), Secret.New(), now + SessionLifetime);
        unit.Write(Sql.Begin, new { Hash = Secret.Hash(session.Secret), Person = person, Now = now, session.Expires }, rows: 1);
        await unit.CommitAsync(cancel);
        return session;
    }

    private static Refusal Dead => new("accounts.link-dead", RefusalKind.Conflict);

    private string Keep(UnitOfWork unit, PersonId person, TimeSpan lifetime)
    {
        var (secret, now) = (Secret.New(), time.GetUtcNow());
        unit.Write(Sql.Keep, new { Hash = Secret.Hash(secret), Person = person.Value, Now = now, Until = now + lifetime }, rows: 1);
        return secret;
    }

    /// <summary>The letter with a new link in its address that comes out where it led.</summary>
    private KeyedLetter WithLink(UnitOfWork unit, Letter letter)
    {
        var secret = Keep(unit, letter.Person, Lifetime);
        var path = letter.Path == "/" ? $"/sign-in/{secret}" : $"/sign-in/{secret}?returnTo={Uri.EscapeDataString(letter.Path)}";
        return new KeyedLetter(
            "sign-in:" + Convert.ToHexStringLower(Secret.Hash(secret)),
            letter with { Path = path, Lasts = Lifetime });
    }

    private static string Normal(string email) => email.Trim().ToLowerInvariant();

    private static class Sql
    {
        public const string PersonOf = "SELECT id FROM person WHERE email = @Email AND closed_at IS NULL";

        public const string Keep =
            "INSERT INTO sign_in_link (token_hash, person_id, created_at, expires_at) VALUES (@Hash, @Person, @Now, @Until)";

        public const string IsAlive =
            """
            SELECT EXISTS (
                SELECT FROM sign_in_link l JOIN person p ON p.id = l.person_id
                WHERE l.token_hash = @Hash AND l.used_at IS NULL AND l.expires_at > @Now AND p.closed_at IS NULL)
            """;

        // Two clicks at once: the second waits for the first one's row and then finds it used.
        public const string Use =
            """
            UPDATE sign_in_link SET used_at = @Now
            WHERE token_hash = @Hash AND used_at IS NULL AND expires_at > @Now
              AND EXISTS (SELECT FROM person p WHERE p.id = person_id AND p.closed_at IS NULL)
            RETURNING person_id
            """;

        public const string Begin =
            "INSERT INTO session (token_hash, person_id, created_at, expires_at) VALUES (@Hash, @Person, @Now, @Expires)";
    }
}

/// <summary>A session just begun.</summary>
/// <param name="Secret">For the browser's cookie; not stored anywhere.</param>
/// <param name="Expires">Real time, UTC.</param>
public sealed record NewSession(PersonId Person, string Secret, DateTimeOffset Expires);
