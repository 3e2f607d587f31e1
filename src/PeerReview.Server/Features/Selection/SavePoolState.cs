using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Selection;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Selection;

/// <summary>A coordinator records what a State says of itself as a reviewing State: whether it is ready, until when it is not to be
/// asked, and with whom it has a conflict. What it says first, and what it takes back, rests on a note verbale.</summary>
public sealed class SavePoolState(Database database)
{
    public static void Map(WebRoutes routes) => routes.Api.MapPut(
        "/programmes/{programme:guid}/pool/{state}",
        async (Guid programme, string state, PoolRequest request, Caller caller, SavePoolState save, HttpContext http, CancellationToken cancel) =>
        {
            return (await save.RunAsync(caller, new ProgrammeId(programme), state, request, cancel)).OrProblem(saved =>
            {
                ETags.Set(http, saved.Version);
                return TypedResults.Ok(saved);
            });
        })
        .WithName(nameof(SavePoolState)).WithTags("programmes").Produces<PoolItem>();

    /// <summary>Runs the use case; saving what stands already changes nothing.</summary>
    public async Task<Verdict<PoolItem>> RunAsync(
        Caller caller, ProgrammeId programme, string state, PoolRequest request, CancellationToken cancel) =>
        Access.May(caller.Actor, ProgrammeAct.RecordNoteVerbale, programme) is { } no
            ? no
            : await Database.RetryAsync(() => OnceAsync(caller, programme, new StateCode(state), request, cancel), cancel);

    private async Task<Verdict<PoolItem>> OnceAsync(
        Caller caller, ProgrammeId programme, StateCode state, PoolRequest request, CancellationToken cancel)
    {
        await using var unit = await database.BeginAsync(Scope.Of(programme), cancel);
        var args = new { Programme = programme.Value, State = state.Value, Note = request.NoteVerbale.Trim() };
        var (ground, declared, codes) = await unit.ReadAsync(
            Sql.Ground,
            args,
            async grid =>
            {
                await grid.ReadAsync<Guid>();
                return (await grid.ReadSingleOrDefaultAsync<Ground>(),
                    (await grid.ReadAsync<string>()).Select(code => new StateCode(code)).ToImmutableArray(),
                    (await grid.ReadAsync<string>()).ToHashSet(StringComparer.Ordinal));
            },
            cancel);
        if (ground is null)
            return ReviewRefusals.UnknownState(state);
        var entry = request.ToEntry();
        var problems = PoolRules.Check(
            entry, state, other => codes.Contains(other.Value), DateOnly.FromDateTime(ground.Now.UtcDateTime)).ToList();
        if (Note(entry, ground, args.Note) is { } noNote)
            problems.Insert(0, noNote);
        if (problems.Count > 0)
            return Refusal.Of(problems);
        var stands = entry.OptedIn == ground.OptedIn && entry.DeferredUntil == ground.DeferredUntil
            && entry.Conflicts.ToHashSet().SetEquals(declared);
        if (stands)
            return Item(ground.Version);
        if ((request.Version ?? 0) != ground.Version)
            return ReviewRefusals.Stale(ground.Version);
        Keep(unit, caller, programme, state, entry, ground, declared);
        await unit.CommitAsync(cancel);
        return Item(ground.Version + 1);

        PoolItem Item(int version) => new(
            state.Value, entry.OptedIn, entry.DeferredUntil, [.. entry.Conflicts.Select(c => c.Value)], version);
    }

    // A State joins and leaves in writing; putting off and conflicts may be told in any way.
    private static Refusal? Note(PoolEntry entry, Ground ground, string number)
    {
        if (number.Length > 0)
            return ground.NoteId is null ? new Refusal("pool.note-unknown", RefusalKind.Invalid, "noteVerbale") : null;
        return entry.OptedIn != ground.OptedIn ? new Refusal("pool.note-needed", RefusalKind.Invalid, "noteVerbale") : null;
    }

    private static void Keep(
        UnitOfWork unit, Caller caller, ProgrammeId programme, StateCode state, PoolEntry entry, Ground ground,
        ImmutableArray<StateCode> declared)
    {
        unit.Write(
            Sql.Keep,
            new
            {
                Programme = programme.Value,
                State = state.Value,
                Version = ground.Version + 1,
                entry.OptedIn,
                entry.DeferredUntil,
                Note = ground.NoteId,
                By = caller.Id.Value,
            },
            rows: 1);
        foreach (var other in entry.Conflicts.Except(declared))
        {
            unit.Write(Sql.Declare, new
            {
                Id = Guid.CreateVersion7(),
                Programme = programme.Value,
                State = state.Value,
                Other = other.Value,
                By = caller.Id.Value,
            });
        }

        foreach (var other in declared.Except(entry.Conflicts))
            unit.Write(Sql.End, new { Programme = programme.Value, State = state.Value, Other = other.Value, By = caller.Id.Value });
    }

    private sealed record Ground(
        DateTimeOffset Now, bool OptedIn, DateOnly? DeferredUntil, int Version, Guid? NoteId);

    private static class Sql
    {
        // The programme's row first: whoever reads the pool to choose from it holds the same lock.
        public const string Ground =
            """
            SELECT id FROM programme WHERE id = @Programme FOR NO KEY UPDATE;
            SELECT app.clock() AS now, coalesce(p.opted_in, false) AS opted_in, p.deferred_until, coalesce(p.version, 0) AS version,
                   (SELECT n.id FROM note_verbale n
                    WHERE n.programme_id = @Programme AND n.state = s.iso3 AND n.number = @Note) AS note_id
            FROM state s LEFT JOIN pool_state p ON p.programme_id = @Programme AND p.state = s.iso3
            WHERE s.iso3 = @State;
            SELECT other FROM state_conflict WHERE programme_id = @Programme AND state = @State AND ended_at IS NULL ORDER BY other;
            SELECT iso3 FROM state
            """;

        public const string Keep =
            """
            INSERT INTO pool_state (programme_id, state, version, opted_in, deferred_until, note_id, changed_at, changed_by)
            VALUES (@Programme, @State, @Version, @OptedIn, @DeferredUntil::date, @Note::uuid, app.clock(), @By)
            ON CONFLICT (programme_id, state) DO UPDATE
            SET version = excluded.version, opted_in = excluded.opted_in, deferred_until = excluded.deferred_until,
                note_id = coalesce(excluded.note_id, pool_state.note_id), changed_at = excluded.changed_at, changed_by = excluded.changed_by
            """;

        public const string Declare =
            """
            INSERT INTO state_conflict (id, programme_id, state, other, declared_at, declared_by)
            VALUES (@Id, @Programme, @State, @Other, app.clock(), @By)
            """;

        public const string End =
            """
            UPDATE state_conflict SET ended_at = app.clock(), ended_by = @By
            WHERE programme_id = @Programme AND state = @State AND other = @Other AND ended_at IS NULL
            """;
    }
}

/// <summary>What is to be recorded of a State in the pool.</summary>
/// <param name="OptedIn">Whether it is ready to review others.</param>
/// <param name="DeferredUntil">The last day on which it is not asked.</param>
/// <param name="Conflicts">ISO 3166-1 alpha-3 codes of States with which it declares a conflict.</param>
/// <param name="NoteVerbale">The number of a note verbale on record; needed to join and to leave.</param>
/// <param name="Version">The version it was written on, 0 for the first; <c>If-Match</c> says the same.</param>
public sealed record PoolRequest(
    bool OptedIn = false, DateOnly? DeferredUntil = null, IReadOnlyList<string>? Conflicts = null, string NoteVerbale = "", int? Version = null) : IVersioned
{
    IVersioned IVersioned.On(int version) => this with { Version = version };

    /// <summary>As the page sends it: conflicts that stay are ticked, another is chosen from the list.</summary>
    public static PoolRequest Of(Form form) => new(
        form.IsOn("opted_in"),
        form.Day("deferredUntil"),
        [.. form.All("conflicts").Append(form.Text("another")).Where(code => code.Length > 0)],
        form.Text("noteVerbale"),
        form.Number("version"));

    internal PoolEntry ToEntry() => new(
        OptedIn, DeferredUntil, [.. (Conflicts ?? []).Select(code => new StateCode(code ?? "")).Distinct()]);
}

/// <summary>A State in the pool, as the API shows it.</summary>
public sealed record PoolItem(
    string State, bool OptedIn, DateOnly? DeferredUntil, IReadOnlyList<string> Conflicts, int Version);
