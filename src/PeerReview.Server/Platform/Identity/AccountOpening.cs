using PeerReview.Core;
using PeerReview.Core.People;
using PeerReview.Server.Platform.Data;

namespace PeerReview.Server.Platform.Identity;

/// <summary>Opens accounts for people whom somebody else names. One address is one account, whatever its roles.</summary>
public static class AccountOpening
{
    /// <summary>The account of this address, opened when there is none. Name, office, language and zone of an account that
    /// is there stay its own.</summary>
    /// <param name="person">Tidy and checked.</param>
    /// <param name="language">Of letters to a new account.</param>
    /// <param name="zone">IANA name, of a new account.</param>
    /// <remarks>The row is written at once: whoever refuses afterwards must give the unit up.</remarks>
    public static async Task<Verdict<Account>> OpenAsync(
        UnitOfWork unit, NamedPerson person, string language, string zone, CancellationToken cancel)
    {
        var account = await unit.SingleOrDefaultAsync<Row>(
            Sql.Open,
            new { Id = Guid.CreateVersion7(), person.Email, person.Name, person.Office, Language = language, Zone = zone },
            cancel);
        return account is { Closed: false } row
            ? new Account(new PersonId(row.Id), row.Name)
            : new Refusal("person.account-closed", RefusalKind.Conflict, "email");
    }

    private sealed record Row(Guid Id, string Name, bool Closed);

    private static class Sql
    {
        // Two statements: the second sees a row that somebody else committed while the first waited for it.
        public const string Open =
            """
            INSERT INTO person (id, email, name, office, language, time_zone, created_at)
            VALUES (@Id, @Email, @Name, @Office, @Language, @Zone, app.clock())
            ON CONFLICT (email) DO NOTHING;
            SELECT id, name, closed_at IS NOT NULL AS closed FROM person WHERE email = @Email
            """;
    }
}

/// <summary>An account somebody is given a role on.</summary>
/// <param name="Name">As the person is called.</param>
public sealed record Account(PersonId Person, string Name);
