using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.People;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Outbox;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Programmes;

/// <summary>A coordinator brings a colleague into the programme: a review needs two of them.</summary>
public sealed class AddCoordinator(Database database, OutboxSignal outbox)
{
    public static void Map(WebRoutes routes)
    {
        routes.Pages.MapPost("/programme/people", PostAsync);
        routes.Api.MapPost(
            "/programmes/{programme:guid}/people",
            async (Guid programme, NamedPerson person, Caller caller, AddCoordinator coordinators, CancellationToken cancel) =>
                (await coordinators.RunAsync(caller, new ProgrammeId(programme), person, cancel)).OrProblem(made =>
                    TypedResults.Created($"/api/v1/programmes/{programme}/people", new { Person = made.Person.Value, made.Name })))
            .WithName(nameof(AddCoordinator)).WithTags("programmes");
    }

    /// <summary>Runs the use case; giving the role again changes nothing. The person gets a letter once.</summary>
    public async Task<Verdict<Account>> RunAsync(
        Caller caller, ProgrammeId programme, NamedPerson named, CancellationToken cancel)
    {
        if (Access.May(caller.Actor, ProgrammeAct.ManagePeople, programme) is { } no)
            return no;
        var person = named.Tidy();
        if (person.Check().ToList() is { Count: > 0 } problems)
            return Refusal.Of(problems);
        await using var unit = await database.BeginAsync(Scope.Of(programme), cancel);
        var opened = await AccountOpening.OpenAsync(unit, person, "en", "UTC", cancel);
        if (opened is not Verdict<Account>.Accepted { Value: var account })
            return opened;
        if (Access.MayGrant(caller.Actor, account.Person, new Grant(Role.Coordinator, programme)) is { } mayNot)
            return mayNot with { Field = "email" };
        unit.Write(Sql.Grant, new
        {
            Id = Guid.CreateVersion7(),
            Programme = programme.Value,
            Person = account.Person.Value,
            Role = Role.Coordinator.Code(),
            By = caller.Id.Value,
        });
        OutboxWriter.Keep(unit, programme, review: null,
        [
            new KeyedLetter($"{LetterNames.CoordinatorAdded}:{programme}:{account.Person}", new Letter(LetterNames.CoordinatorAdded, account.Person, "/")),
        ]);
        await unit.CommitAsync(cancel);
        outbox.Wake();
        return account;
    }

    private static async Task<IResult> PostAsync(
        Visit visit, Form form, AddCoordinator coordinators, ProgrammePage page, CancellationToken cancel)
    {
        if (CoordinatorOf.Programme(visit.Caller.Actor, form.Id("programme")) is not { } programme)
            return Answer.NotFound();
        var verdict = await coordinators.RunAsync(visit.Caller, programme, form.Person(), cancel);
        return verdict is Verdict<Account>.Refused { Reason: var reason }
            ? await page.AgainAsync(visit, programme, form, reason, cancel)
            : Answer.Done($"/programme?programme={programme}#coordinators", "coordinator-added");
    }

    private static class Sql
    {
        public const string Grant =
            """
            INSERT INTO role_grant (id, programme_id, person_id, role, granted_at, granted_by)
            VALUES (@Id, @Programme, @Person, @Role, app.clock(), @By)
            ON CONFLICT DO NOTHING
            """;
    }
}
