using System.Text.RegularExpressions;
using Npgsql;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.People;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Identity;

namespace PeerReview.Server.Features.Programmes;

/// <summary>Creates a programme with the people who run it: the first use of a database, before anybody can sign in.</summary>
public static partial class Init
{
    private const int MaxSlug = 60;

    /// <summary>Creates all of it, or nothing and says what is wrong.</summary>
    public static async Task<Verdict<NewProgramme>> RunAsync(Database database, ProgrammeWish wish, CancellationToken cancel)
    {
        var problems = Check(wish).ToList();
        if (problems.Count > 0)
            return Refusal.Of(problems);
        try
        {
            return await CreateAsync(database, wish, cancel);
        }
        catch (PostgresException twice) when (twice.ConstraintName == "programme_slug_key")
        {
            return new Refusal("programme.known", RefusalKind.Conflict, "slug").With("slug", wish.Slug);
        }
    }

    private static IEnumerable<Refusal> Check(ProgrammeWish wish)
    {
        if (wish.Slug.Length > MaxSlug || !Slug().IsMatch(wish.Slug))
            yield return new Refusal("programme.slug", RefusalKind.Invalid, "slug").With("max", MaxSlug);
        if (wish.Name.Trim().Length == 0 || !Line.Is(wish.Name, NamedPerson.MaxLength))
            yield return new Refusal("programme.name", RefusalKind.Invalid, "name").With("max", NamedPerson.MaxLength);
        foreach (var refusal in wish.People.SelectMany(p => p.Person.Tidy().Check()))
            yield return refusal;
    }

    private static async Task<Verdict<NewProgramme>> CreateAsync(
        Database database, ProgrammeWish wish, CancellationToken cancel)
    {
        var id = Guid.CreateVersion7();
        await using var unit = await database.BeginAsync(Scope.Of(new ProgrammeId(id)), cancel);
        unit.Write(Sql.Programme, new { Id = id, wish.Slug, Name = wish.Name.Trim(), wish.Rolling }, rows: 1);
        var people = new List<NewPerson>();
        foreach (var (role, named) in wish.People)
        {
            var opened = await AccountOpening.OpenAsync(unit, named.Tidy(), "en", "UTC", cancel);
            if (opened is not Verdict<Account>.Accepted { Value: var account })
                return ((Verdict<Account>.Refused)opened).Reason;
            unit.Write(Sql.Grant, new
            {
                Id = Guid.CreateVersion7(),
                Programme = id,
                Person = account.Person.Value,
                Role = role.Code(),
            });
            people.Add(new NewPerson(account.Person, role, account.Name));
        }

        await unit.CommitAsync(cancel);
        return new NewProgramme(new ProgrammeId(id), people);
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Slug();

    private static class Sql
    {
        public const string Programme =
            """
            INSERT INTO programme (id, slug, name, settings, created_at)
            VALUES (@Id, @Slug, @Name, jsonb_build_object('rolling', @Rolling::boolean), app.clock())
            """;

        public const string Grant =
            """
            INSERT INTO role_grant (id, programme_id, person_id, role, granted_at)
            VALUES (@Id, @Programme, @Person, @Role, app.clock())
            ON CONFLICT DO NOTHING
            """;
    }
}

/// <summary>A programme to be created.</summary>
/// <param name="Slug">Its short name in addresses: lower-case letters, digits and hyphens.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="People">Who runs it, each with a role in the programme as a whole.</param>
/// <param name="Rolling">Whether deadlines roll over weekends, holidays and sessions.</param>
public sealed record ProgrammeWish(
    string Slug, string Name, IReadOnlyList<(Role Role, NamedPerson Person)> People, bool Rolling = true);

/// <summary>A programme just created, and its people in the order they were named.</summary>
public sealed record NewProgramme(ProgrammeId Id, IReadOnlyList<NewPerson> People);

/// <summary>Somebody who runs a programme.</summary>
public sealed record NewPerson(PersonId Id, Role Role, string Name);
