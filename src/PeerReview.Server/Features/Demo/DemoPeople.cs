using PeerReview.Core;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Identity;

namespace PeerReview.Server.Features.Demo;

/// <summary>Accounts of the demonstration: found by address once something made them, or made for roles that nothing in a
/// review makes.</summary>
internal sealed class DemoPeople(Database database, Tokens tokens, SignInLinks links)
{
    private static readonly TimeSpan LinkLifetime = TimeSpan.FromDays(30);

    /// <summary>Creates somebody with a role in the programme as a whole.</summary>
    public async Task<DemoPerson> CreateAsync(
        ProgrammeId programme, string role, string? state, string name, string office, CancellationToken cancel)
    {
        var email = AddressOf(name);
        await database.ExecuteAsync(
            Scope.Of(programme),
            Sql.Create,
            new
            {
                Person = Guid.CreateVersion7(),
                Email = email,
                Name = name,
                Office = office,
                Grant = Guid.CreateVersion7(),
                Programme = programme.Value,
                Role = role,
                State = state,
            },
            cancel);
        return await FindAsync(email, role, cancel);
    }

    /// <summary>Somebody who has an account by now, with a token and a link of their own.</summary>
    public async Task<DemoPerson> FindAsync(string email, string role, CancellationToken cancel)
    {
        var row = await database.SingleOrDefaultAsync<Row>(Scope.None, Sql.Find, new { Email = email }, cancel)
            ?? throw new InvalidOperationException($"The demonstration lacks {email}.");
        var person = new PersonId(row.Id);
        var token = await tokens.CreateAsync(person, new TokenWish("Demonstration", "write", 365), cancel);
        return new DemoPerson(
            role,
            row.Name,
            email,
            token.Match(made => made.Token, refused => throw new InvalidOperationException(refused.Code)),
            await links.CreateAsync(person, LinkLifetime, cancel))
        {
            Id = row.Id,
        };
    }

    /// <summary>The address of a name at the reserved domain of examples.</summary>
    public static string AddressOf(string name) => name.ToLowerInvariant().Replace(' ', '.') + "@example.org";

    private sealed record Row(Guid Id, string Name);

    private static class Sql
    {
        public const string Create =
            """
            INSERT INTO person (id, email, name, office, created_at)
            VALUES (@Person, @Email, @Name, @Office, app.clock()) ON CONFLICT DO NOTHING;
            INSERT INTO role_grant (id, programme_id, person_id, role, state, granted_at)
            SELECT @Grant, @Programme, p.id, @Role, @State::text, app.clock() FROM person p WHERE p.email = @Email
            ON CONFLICT DO NOTHING
            """;

        public const string Find = "SELECT id, name FROM person WHERE email = @Email";
    }
}
