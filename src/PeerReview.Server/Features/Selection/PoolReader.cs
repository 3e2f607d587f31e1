using System.Collections.Immutable;
using Dapper;
using PeerReview.Core;
using PeerReview.Core.Process;
using PeerReview.Core.Selection;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Selection;

/// <summary>Reads the pool of a programme. One round trip, however many reviews there are.</summary>
public sealed class PoolReader(Database database)
{
    /// <summary>The statements; the argument is named <c>Programme</c>. For a decision they come after the programme's row is
    /// locked, so that nobody joins or leaves the pool meanwhile.</summary>
    public const string Statements = Sql.Pool;

    /// <summary>Every State of the world as the pool knows it, by code, and the instant it was read.</summary>
    public Task<Pool> ReadAsync(ProgrammeId programme, CancellationToken cancel) => database.ReadAsync(
        Scope.Of(programme), Statements, new { Programme = programme.Value }, ReadAsync, cancel);

    /// <summary>Reads the results of the statements.</summary>
    public static async Task<Pool> ReadAsync(SqlMapper.GridReader grid)
    {
        var name = await grid.ReadSingleAsync<NameRow>();
        var rows = (await grid.ReadAsync<Row>()).ToList();
        var conflicts = (await grid.ReadAsync<ConflictRow>()).ToList();
        var services = await grid.ReadAsync<ServiceRow>();
        return new Pool(
            name.Name,
            name.Now,
            [.. rows.Select(row => row.ToLine(conflicts))],
            [.. services.Select(s => new Service(new StateCode(s.State), new StateCode(s.SubjectState), s.NamedAt))]);
    }

    private sealed record NameRow(string Name, DateTimeOffset Now);

    private sealed record ConflictRow(string State, string Other);

    private sealed record ServiceRow(string State, string SubjectState, DateTimeOffset NamedAt);

    private sealed record Row(
        string State, string? UnRegionalGroup, string[] Regions, string TimeZone, string[] Weekend, bool OptedIn, DateOnly? DeferredUntil,
        int Version)
    {
        public PoolLine ToLine(IReadOnlyList<ConflictRow> conflicts) => new(
            new PoolMember(new StateCode(State), RegionalGroup.Of(UnRegionalGroup, Regions))
            {
                IsOptedIn = OptedIn,
                DeferredUntil = DeferredUntil,
                Conflicts =
                [
                    .. conflicts.Where(c => c.State == State).Select(c => c.Other)
                        .Union(conflicts.Where(c => c.Other == State).Select(c => c.State), StringComparer.Ordinal)
                        .Order(StringComparer.Ordinal).Select(code => new StateCode(code)),
                ],
            },
            Version,
            new StateRow(State, TimeZone, Weekdays.Read(Weekend)),
            [.. conflicts.Where(c => c.State == State).Select(c => new StateCode(c.Other)).OrderBy(c => c.Value, StringComparer.Ordinal)]);
    }

    private static class Sql
    {
        public const string Pool =
            """
            SELECT name, app.clock() AS now FROM programme WHERE id = @Programme;
            SELECT s.iso3 AS state, s.un_regional_group, s.m49_regions AS regions, s.time_zone, s.weekend,
                   coalesce(p.opted_in, false) AS opted_in, p.deferred_until, coalesce(p.version, 0) AS version
            FROM state s LEFT JOIN pool_state p ON p.programme_id = @Programme AND p.state = s.iso3
            ORDER BY s.iso3;
            SELECT state, other FROM state_conflict WHERE programme_id = @Programme AND ended_at IS NULL ORDER BY state, other;
            SELECT state, subject_state, named_at FROM reviewer_seat
            WHERE programme_id = @Programme AND ended_at IS NULL AND named_at > app.clock() - interval '3 years'
            ORDER BY named_at, state
            """;
    }
}

/// <summary>The pool of a programme.</summary>
/// <param name="Now">UTC.</param>
/// <param name="Services">Reviews the States served in the last three years, which is the length of a cycle.</param>
public sealed record Pool(
    string ProgrammeName, DateTimeOffset Now, ImmutableArray<PoolLine> Lines, ImmutableArray<Service> Services)
{
    /// <summary>What bars States from reviewing a subject.</summary>
    public SelectionGround GroundFor(PoolMember subject, DrawRules rules) =>
        new(subject.State, subject.Group, rules, Now) { Services = Services };

    /// <summary>What bars States from reviewing the subject of a review.</summary>
    /// <param name="rules">Of its process.</param>
    public SelectionGround GroundFor(LoadedReview review, DrawRules rules) => GroundFor(Find(review.Subject.Iso3)!.Member, rules) with
    {
        Participants = review.Facts.Participants,
        OtherGroup = review.Dossier.Region?.OtherGroup == true,
    };

    /// <summary>Every State by its code.</summary>
    public IReadOnlyDictionary<string, PoolMember> ByCode { get; } =
        Lines.ToDictionary(line => line.Member.State.Value, line => line.Member, StringComparer.Ordinal);

    /// <summary>The day by UTC, by which deferrals end.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Now.UtcDateTime);

    /// <summary>One State, or null where there is none with that code.</summary>
    public PoolLine? Find(string state) => Lines.FirstOrDefault(line => line.Member.State.Value == state);
}

/// <summary>A State in the pool.</summary>
/// <param name="Version">Of its entry; 0 while nothing is recorded.</param>
/// <param name="Calendar">Its zone and weekend.</param>
/// <param name="Declared">The States with which it declared a conflict itself; <see cref="PoolMember.Conflicts"/> has those of both sides.</param>
public sealed record PoolLine(PoolMember Member, int Version, StateRow Calendar, ImmutableArray<StateCode> Declared);
