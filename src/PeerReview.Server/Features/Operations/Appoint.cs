using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.People;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Operations;

/// <summary>Gives somebody the role of operator or auditor. Only whoever holds the database can: nobody inside does.</summary>
public static class Appoint
{
    /// <summary>Opens the account when there is none, and gives the role; harmless when given already.</summary>
    /// <param name="programme">The short name of the programme.</param>
    /// <param name="role">Operator or auditor.</param>
    public static async Task<Verdict<Account>> RunAsync(
        Database database, string programme, Role role, NamedPerson person, CancellationToken cancel)
    {
        if (person.Tidy().Check().FirstOrDefault() is { } wrong)
            return wrong;
        if (await database.Worker.SingleOrDefaultAsync<Guid?>(Scope.None, Sql.Find, new { Slug = programme }, cancel) is not { } id)
            return await ProgrammeNames.UnknownAsync(database, programme, cancel);

        await using var unit = await database.BeginAsync(Scope.Of(new ProgrammeId(id)), cancel);
        var opened = await AccountOpening.OpenAsync(unit, person.Tidy(), "en", "UTC", cancel);
        if (opened is not Verdict<Account>.Accepted { Value: var account })
            return opened;
        unit.Write(Sql.Grant, new { Id = Guid.CreateVersion7(), Programme = id, Person = account.Person.Value, Role = role.Code() });
        await unit.CommitAsync(cancel);
        return account;
    }

    private static class Sql
    {
        public const string Find = "SELECT id FROM programme WHERE slug = @Slug";

        public const string Grant =
            """
            INSERT INTO role_grant (id, programme_id, person_id, role, granted_at)
            VALUES (@Id, @Programme, @Person, @Role, app.clock())
            ON CONFLICT DO NOTHING
            """;
    }
}
