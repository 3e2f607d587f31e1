using System.Collections.Immutable;
using System.Globalization;
using PeerReview.Core;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Programmes;

/// <summary>The States of a programme and who speaks for them, and its coordinators.</summary>
public sealed class ProgrammePage(Database database, StateNames names)
{
    public static void Map(WebRoutes routes) => routes.Pages.MapGet(
        "/programme",
        (Visit visit, ProgrammePage page, Guid? programme, string? q, CancellationToken cancel) =>
            CoordinatorOf.Programme(visit.Caller.Actor, programme) is { } chosen
                ? page.DrawAsync(new Asked(visit, chosen, q ?? ""), cancel)
                : Task.FromResult(Answer.NotFound()));

    /// <summary>The page again after a form of it was refused.</summary>
    internal Task<IResult> AgainAsync(
        Visit visit, ProgrammeId programme, Form form, Refusal reason, CancellationToken cancel) =>
        reason.Kind == RefusalKind.NotFound
            ? Task.FromResult(Answer.NotFound())
            : DrawAsync(new Asked(visit, programme, "") { Form = form, Errors = [.. reason.All], Status = reason.Status() }, cancel);

    private async Task<IResult> DrawAsync(Asked asked, CancellationToken cancel)
    {
        var data = await database.ReadAsync(
            asked.Visit.Caller.Scope,
            Sql.All,
            new { Programme = asked.Programme.Value },
            async grid => (
                Programmes: (await grid.ReadAsync<ProgrammeName>()).ToImmutableArray(),
                Missions: (await grid.ReadAsync<string>()).ToHashSet(StringComparer.Ordinal),
                Authorities: (await grid.ReadAsync<Authority>()).ToLookup(a => a.State, a => a.Name, StringComparer.Ordinal),
                Coordinators: (await grid.ReadAsync<Coordinator>()).ToImmutableArray()),
            cancel);
        var mine = CoordinatorOf.All(asked.Visit.Caller.Actor).Select(p => p.Value).ToHashSet();
        var texts = asked.Visit.Texts;
        var states = names.Codes
            .Select(code => new StateLine(code, names.Of(code, texts.Language), data.Missions.Contains(code), [.. data.Authorities[code]]))
            .Where(state => Matches(state, asked.Query, texts.Culture))
            .OrderBy(state => state.Name, StringComparer.Create(texts.Culture, CompareOptions.IgnoreNonSpace));
        return Answer.Page<ProgrammeView>(
            new
            {
                Model = new ProgrammeModel(
                    data.Programmes.Single(p => p.Id == asked.Programme.Value),
                    [.. data.Programmes.Where(p => mine.Contains(p.Id))],
                    asked.Query,
                    [.. states],
                    names.Codes.Count(),
                    data.Missions.Count,
                    data.Authorities.Count,
                    data.Coordinators,
                    asked.Form,
                    asked.Errors),
            },
            asked.Status);
    }

    // By name, without minding accents and case, or by code.
    private static bool Matches(StateLine state, string query, CultureInfo culture) =>
        query.Trim() is var q && (q.Length == 0
            || string.Equals(state.Iso3, q, StringComparison.OrdinalIgnoreCase)
            || culture.CompareInfo.IndexOf(state.Name, q, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0);

    private sealed record Asked(Visit Visit, ProgrammeId Programme, string Query)
    {
        public Form Form { get; init; } = Form.Empty;

        public IReadOnlyList<Refusal> Errors { get; init; } = [];

        public int Status { get; init; } = StatusCodes.Status200OK;
    }

    private sealed record Authority(string State, string Name);

    private static class Sql
    {
        public const string All =
            """
            SELECT id, name FROM programme ORDER BY name, id;
            SELECT state FROM mission WHERE programme_id = @Programme;
            SELECT g.state, p.name FROM role_grant g JOIN person p ON p.id = g.person_id AND p.closed_at IS NULL
            WHERE g.programme_id = @Programme AND g.role = 'STATE_AUTH' AND g.state IS NOT NULL AND g.review_id IS NULL
              AND g.ended_at IS NULL
            ORDER BY g.state, p.name, p.id;
            SELECT p.name, p.email, p.office, g.role
            FROM role_grant g JOIN person p ON p.id = g.person_id AND p.closed_at IS NULL
            WHERE g.programme_id = @Programme AND g.role IN ('COORD', 'COORD_HEAD') AND g.state IS NULL
              AND g.review_id IS NULL AND g.ended_at IS NULL
            ORDER BY g.role, p.name, p.id
            """;
    }
}

/// <summary>What the page of a programme draws.</summary>
/// <param name="Mine">The programmes the reader runs.</param>
/// <param name="Query">What was searched for; empty shows every State.</param>
public sealed record ProgrammeModel(
    ProgrammeName Programme,
    ImmutableArray<ProgrammeName> Mine,
    string Query,
    ImmutableArray<StateLine> States,
    int All,
    int Missions,
    int Authorities,
    ImmutableArray<Coordinator> Coordinators,
    Form Form,
    IReadOnlyList<Refusal> Errors);

/// <summary>A programme by name.</summary>
public sealed record ProgrammeName(Guid Id, string Name);

/// <summary>A State in the list.</summary>
public sealed record StateLine(string Iso3, string Name, bool HasMission, ImmutableArray<string> Authorities);

/// <summary>Somebody who runs the programme.</summary>
/// <param name="Role">COORD or COORD_HEAD.</param>
public sealed record Coordinator(string Name, string Email, string Office, string Role);
