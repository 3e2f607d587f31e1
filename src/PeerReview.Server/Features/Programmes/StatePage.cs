using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Programmes;

/// <summary>One State in a programme: its mission, its notes verbales, its authority, with the forms that add them.</summary>
public sealed class StatePage(Database database, StateNames names)
{
    public static void Map(WebRoutes routes) => routes.Pages.MapGet(
        "/programme/states/{state}",
        (string state, Visit visit, StatePage page, Guid? programme, CancellationToken cancel) =>
            CoordinatorOf.Programme(visit.Caller.Actor, programme) is { } chosen
                ? page.DrawAsync(new Asked(visit, chosen, state), cancel)
                : Task.FromResult(Answer.NotFound()));

    /// <summary>The address of the page.</summary>
    public static string PathOf(ProgrammeId programme, string state) => $"/programme/states/{state}?programme={programme}";

    /// <summary>The page again after a form of it was refused.</summary>
    internal Task<IResult> AgainAsync(
        Visit visit, ProgrammeId programme, string state, Form form, Refusal reason, CancellationToken cancel) =>
        reason.Kind == RefusalKind.NotFound
            ? Task.FromResult(Answer.NotFound())
            : DrawAsync(
                new Asked(visit, programme, state) { Form = form, Errors = [.. reason.All], Status = reason.Status() }, cancel);

    private async Task<IResult> DrawAsync(Asked asked, CancellationToken cancel)
    {
        if (!names.Codes.Contains(asked.State, StringComparer.Ordinal))
            return Answer.NotFound();
        var model = await database.ReadAsync(
            asked.Visit.Caller.Scope,
            Sql.All,
            new { Programme = asked.Programme.Value, asked.State },
            async grid => new StateModel(
                asked.Programme,
                await grid.ReadSingleAsync<string>(),
                asked.State,
                names.Of(asked.State, asked.Visit.Texts.Language),
                await grid.ReadSingleOrDefaultAsync<MissionLine>(),
                [.. await grid.ReadAsync<NoteLine>()],
                [.. await grid.ReadAsync<AuthorityLine>()],
                asked.Form,
                asked.Errors),
            cancel);
        return Answer.Page<StateView>(new { Model = model }, asked.Status);
    }

    private sealed record Asked(Visit Visit, ProgrammeId Programme, string State)
    {
        public Form Form { get; init; } = Form.Empty;

        public IReadOnlyList<Refusal> Errors { get; init; } = [];

        public int Status { get; init; } = StatusCodes.Status200OK;
    }

    private static class Sql
    {
        public const string All =
            """
            SELECT name FROM programme WHERE id = @Programme;
            SELECT email, registered_at FROM mission WHERE programme_id = @Programme AND state = @State;
            SELECT n.id, n.number, n.dated, n.signatory, f.name AS file, n.recorded_at
            FROM note_verbale n LEFT JOIN file f ON f.id = n.file_id AND f.removed_at IS NULL
            WHERE n.programme_id = @Programme AND n.state = @State
            ORDER BY n.recorded_at DESC, n.id LIMIT 200;
            SELECT p.name, p.email, p.office, n.number AS note, g.granted_at
            FROM role_grant g JOIN person p ON p.id = g.person_id AND p.closed_at IS NULL
            LEFT JOIN note_verbale n ON n.id = g.letter_id
            WHERE g.programme_id = @Programme AND g.role = 'STATE_AUTH' AND g.state = @State AND g.review_id IS NULL
              AND g.ended_at IS NULL
            ORDER BY g.granted_at, p.name
            """;
    }
}

/// <summary>What the page of a State draws.</summary>
public sealed record StateModel(
    ProgrammeId Programme,
    string ProgrammeName,
    string State,
    string Name,
    MissionLine? Mission,
    ImmutableArray<NoteLine> Notes,
    ImmutableArray<AuthorityLine> Authorities,
    Form Form,
    IReadOnlyList<Refusal> Errors);

/// <summary>Where the permanent mission is reached.</summary>
public sealed record MissionLine(string Email, DateTimeOffset RegisteredAt);

/// <summary>A note verbale on record.</summary>
/// <param name="File">The name of its file, or null.</param>
public sealed record NoteLine(
    Guid Id, string Number, DateOnly Dated, string Signatory, string? File, DateTimeOffset RecordedAt);

/// <summary>Somebody who speaks for the State, and by which note.</summary>
public sealed record AuthorityLine(string Name, string Email, string Office, string? Note, DateTimeOffset GrantedAt);
