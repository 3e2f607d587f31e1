using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.People;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Programmes;

/// <summary>A coordinator writes down where a State's permanent mission is reached. Registering again corrects the
/// address.</summary>
public sealed class RegisterMission(Database database)
{
    public static void Map(WebRoutes routes)
    {
        routes.Pages.MapPost("/programme/states/{state}/mission", PostAsync);
        routes.Api.MapPost(
            "/programmes/{programme:guid}/missions",
            async (Guid programme, MissionRequest request, Caller caller, RegisterMission missions, CancellationToken cancel) =>
                (await missions.RunAsync(caller, new ProgrammeId(programme), request, cancel)).OrProblem(made =>
                    TypedResults.Created($"/api/v1/programmes/{programme}/missions", made)))
            .WithName(nameof(RegisterMission)).WithTags("programmes");
    }

    /// <summary>Runs the use case.</summary>
    public async Task<Verdict<MissionRequest>> RunAsync(
        Caller caller, ProgrammeId programme, MissionRequest request, CancellationToken cancel)
    {
        if (Access.May(caller.Actor, ProgrammeAct.RegisterMission, programme) is { } no)
            return no;
        var mission = request with { Email = request.Email.Trim().ToLowerInvariant() };
        if (!NamedPerson.IsAddress(mission.Email))
            return new Refusal("person.email", RefusalKind.Invalid, "email");
        var rows = await database.ExecuteAsync(
            Scope.Of(programme),
            Sql.Register,
            new { Programme = programme.Value, mission.State, mission.Email, By = caller.Id.Value },
            cancel);
        return rows == 1 ? mission : ReviewRefusals.UnknownState(new StateCode(mission.State));
    }

    private static async Task<IResult> PostAsync(
        string state, Visit visit, Form form, RegisterMission missions, StatePage page, CancellationToken cancel)
    {
        if (CoordinatorOf.Programme(visit.Caller.Actor, form.Id("programme")) is not { } programme)
            return Answer.NotFound();
        var verdict = await missions.RunAsync(visit.Caller, programme, new MissionRequest(state, form.Text("email")), cancel);
        return verdict is Verdict<MissionRequest>.Refused { Reason: var reason }
            ? await page.AgainAsync(visit, programme, state, form, reason, cancel)
            : Answer.Done(StatePage.PathOf(programme, state), "mission-registered");
    }

    private static class Sql
    {
        public const string Register =
            """
            INSERT INTO mission (programme_id, state, email, registered_at, registered_by)
            SELECT @Programme, s.iso3, @Email, app.clock(), @By FROM state s WHERE s.iso3 = @State
            ON CONFLICT (programme_id, state) DO UPDATE
            SET email = excluded.email, registered_at = excluded.registered_at, registered_by = excluded.registered_by
            """;
    }
}

/// <summary>Where a State's permanent mission is reached.</summary>
/// <param name="State">ISO 3166-1 alpha-3 code.</param>
public sealed record MissionRequest(string State, string Email);
