using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Programmes;

/// <summary>What programs read of programmes.</summary>
public sealed class ProgrammeLists(Database database, StateNames names)
{
    private const int PageSize = 100;

    public static void Map(WebRoutes routes)
    {
        routes.Api.MapGet("/programmes", (Caller caller, ProgrammeLists lists, CancellationToken cancel) =>
            lists.ProgrammesAsync(caller, cancel)).WithName("Programmes").WithTags("programmes");
        routes.Api.MapGet("/programmes/{programme:guid}/missions", (Guid programme, Visit visit, ProgrammeLists lists, CancellationToken cancel) =>
            lists.MissionsAsync(visit, new ProgrammeId(programme), cancel)).WithName("Missions").WithTags("programmes");
        routes.Api.MapGet("/programmes/{programme:guid}/notes-verbales", (
            Guid programme, string? state, Guid? cursor, Caller caller, ProgrammeLists lists, CancellationToken cancel) =>
            lists.NotesAsync(caller, new ProgrammeId(programme), state, cursor, cancel)).WithName("NotesVerbales").WithTags("programmes");
        routes.Api.MapGet("/programmes/{programme:guid}/people", (Guid programme, Caller caller, ProgrammeLists lists, CancellationToken cancel) =>
            lists.PeopleAsync(caller, new ProgrammeId(programme), cancel)).WithName("ProgrammePeople").WithTags("programmes");
    }

    private async Task<IResult> ProgrammesAsync(Caller caller, CancellationToken cancel)
    {
        var rows = await database.QueryAsync<ProgrammeRow>(caller.Scope, Sql.Programmes, null, cancel);
        return TypedResults.Ok(new Listing<ProgrammeItem>(rows.Select(row => new ProgrammeItem(
            row.Id, row.Slug, row.Name, row.Rolling,
            [.. caller.Actor.Grants.Where(g => g.Programme.Value == row.Id && g.Review is null).Select(g => g.Role.Code())
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]))));
    }

    private async Task<IResult> MissionsAsync(Visit visit, ProgrammeId programme, CancellationToken cancel)
    {
        if (Refuse(visit.Caller, programme) is { } no)
            return no.ToProblem();
        var (missions, authorities) = await database.ReadAsync(
            Scope.Of(programme),
            Sql.Missions,
            new { Programme = programme.Value },
            async grid => (
                await grid.ReadAsync<MissionRow>(),
                (await grid.ReadAsync<PersonRow>()).ToLookup(p => p.State, StringComparer.Ordinal)),
            cancel);
        return TypedResults.Ok(new Listing<MissionItem>(missions.Select(m => new MissionItem(
            m.State, names.Of(m.State, visit.Texts.Language), m.Email, m.RegisteredAt,
            [.. authorities[m.State].Select(p => new PersonItem(p.Person, p.Name, p.Email, p.Office, p.Role))]))));
    }

    private async Task<IResult> NotesAsync(
        Caller caller, ProgrammeId programme, string? state, Guid? cursor, CancellationToken cancel)
    {
        if (Refuse(caller, programme) is { } no)
            return no.ToProblem();
        var rows = await database.QueryAsync<NoteItem>(
            Scope.Of(programme),
            Sql.Notes,
            new { Programme = programme.Value, State = state, Before = cursor, Limit = PageSize + 1 },
            cancel);
        return TypedResults.Ok(new Listing<NoteItem>(
            rows.Take(PageSize), rows.Count > PageSize ? rows[PageSize - 1].Id.ToString() : null));
    }

    private async Task<IResult> PeopleAsync(Caller caller, ProgrammeId programme, CancellationToken cancel)
    {
        if (Refuse(caller, programme) is { } no)
            return no.ToProblem();
        var rows = await database.QueryAsync<PersonRow>(
            Scope.Of(programme), Sql.People, new { Programme = programme.Value }, cancel);
        return TypedResults.Ok(new Listing<PersonItem>(rows.Select(p => new PersonItem(p.Person, p.Name, p.Email, p.Office, p.Role))));
    }

    private static Refusal? Refuse(Caller caller, ProgrammeId programme) =>
        Access.May(caller.Actor, ProgrammeAct.ManagePeople, programme);

    /// <summary>A programme the caller has a role in.</summary>
    /// <param name="Rolling">Whether deadlines roll over weekends, holidays and sessions.</param>
    /// <param name="Roles">The caller's roles in the programme as a whole.</param>
    public sealed record ProgrammeItem(Guid Id, string Slug, string Name, bool Rolling, ImmutableArray<string> Roles);

    /// <summary>A State with a registered mission and whoever speaks for it.</summary>
    public sealed record MissionItem(
        string State, string Name, string Email, DateTimeOffset RegisteredAt, ImmutableArray<PersonItem> Authorities);

    /// <summary>Somebody with a role in the programme as a whole.</summary>
    public sealed record PersonItem(Guid Person, string Name, string Email, string Office, string Role);

    /// <summary>A note verbale on record.</summary>
    public sealed record NoteItem(
        Guid Id, string State, string Number, DateOnly Dated, string Signatory, bool HasFile, DateTimeOffset RecordedAt);

    private sealed record ProgrammeRow(Guid Id, string Slug, string Name, bool Rolling);

    private sealed record MissionRow(string State, string Email, DateTimeOffset RegisteredAt);

    private sealed record PersonRow(Guid Person, string? State, string Name, string Email, string Office, string Role);

    private static class Sql
    {
        public const string Programmes =
            """
            SELECT id, slug, name, coalesce((settings ->> 'rolling')::boolean, true) AS rolling FROM programme ORDER BY name, id
            """;

        public const string Missions =
            """
            SELECT state, email, registered_at FROM mission WHERE programme_id = @Programme ORDER BY state;
            SELECT p.id AS person, g.state, p.name, p.email, p.office, g.role
            FROM role_grant g JOIN person p ON p.id = g.person_id AND p.closed_at IS NULL
            WHERE g.programme_id = @Programme AND g.role = 'STATE_AUTH' AND g.state IS NOT NULL AND g.review_id IS NULL
              AND g.ended_at IS NULL
            ORDER BY g.state, p.name, p.id
            """;

        public const string Notes =
            """
            SELECT id, state, number, dated, signatory, file_id IS NOT NULL AS has_file, recorded_at
            FROM note_verbale
            WHERE programme_id = @Programme AND (@State::text IS NULL OR state = @State) AND (@Before::uuid IS NULL OR id < @Before)
            ORDER BY id DESC LIMIT @Limit
            """;

        public const string People =
            """
            SELECT p.id AS person, g.state, p.name, p.email, p.office, g.role
            FROM role_grant g JOIN person p ON p.id = g.person_id AND p.closed_at IS NULL
            WHERE g.programme_id = @Programme AND g.role IN ('COORD', 'COORD_HEAD') AND g.review_id IS NULL
              AND g.ended_at IS NULL
            ORDER BY g.role, p.name, p.id
            """;
    }
}
