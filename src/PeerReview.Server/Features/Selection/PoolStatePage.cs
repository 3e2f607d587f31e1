using System.Collections.Immutable;
using System.Globalization;
using PeerReview.Core;
using PeerReview.Core.Process;
using PeerReview.Core.Selection;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Selection;

/// <summary>One State as a reviewing State, with the form that records what it says of itself.</summary>
public sealed class PoolStatePage(
    Database database, PoolReader pools, SavePoolState save, StateNames names, Definitions definitions)
{
    public static void Map(WebRoutes routes)
    {
        const string path = "/programme/states/{state}/pool";
        routes.Pages.MapGet(path, (string state, Guid? programme, Visit visit, PoolStatePage page, CancellationToken cancel) =>
            CoordinatorOf.Programme(visit.Caller.Actor, programme) is { } chosen
                ? page.DrawAsync(new Asked(visit, chosen, state), cancel)
                : Task.FromResult(Answer.NotFound()));
        routes.Pages.MapPost(path, (string state, Visit visit, Form form, PoolStatePage page, CancellationToken cancel) =>
            page.SaveAsync(state, visit, form, cancel));
    }

    /// <summary>The address of the page.</summary>
    public static string PathOf(ProgrammeId programme, string state) => $"/programme/states/{state}/pool?programme={programme}";

    private async Task<IResult> SaveAsync(string state, Visit visit, Form form, CancellationToken cancel)
    {
        if (CoordinatorOf.Programme(visit.Caller.Actor, form.Id("programme")) is not { } programme)
            return Answer.NotFound();
        var asked = new Asked(visit, programme, state) { Form = form };
        // A day that was typed and is none must not become "no day".
        if (form.Text("deferredUntil").Length > 0 && form.Day("deferredUntil") is null)
            return await AgainAsync(asked, new Refusal("pool.deferral-unreadable", RefusalKind.Invalid, "deferredUntil"), cancel);
        return await save.RunAsync(visit.Caller, programme, state, PoolRequest.Of(form), cancel) switch
        {
            // Somebody else saved meanwhile: what stands now is shown, else the form could never be saved.
            Verdict<PoolItem>.Refused { Reason: { Code: "writing.stale" } stale } => await AgainAsync(asked with { Form = Form.Empty }, stale, cancel),
            Verdict<PoolItem>.Refused { Reason: var reason } => await AgainAsync(asked, reason, cancel),
            _ => Answer.Done(PathOf(programme, state), "pool-saved"),
        };
    }

    private Task<IResult> AgainAsync(Asked asked, Refusal reason, CancellationToken cancel) => reason.Kind == RefusalKind.NotFound
        ? Task.FromResult(Answer.NotFound())
        : DrawAsync(asked with { Errors = [.. reason.All], Status = reason.Status() }, cancel);

    private async Task<IResult> DrawAsync(Asked asked, CancellationToken cancel)
    {
        var pool = await pools.ReadAsync(asked.Programme, cancel);
        if (pool.Find(asked.State) is not { } line)
            return Answer.NotFound();
        var notes = await database.QueryAsync<string>(
            Scope.Of(asked.Programme), Sql.Notes, new { Programme = asked.Programme.Value, asked.State }, cancel);
        var language = asked.Visit.Texts.Language;
        return Answer.Page<PoolStateView>(
            new
            {
                Model = new PoolStateModel(
                    asked.Programme,
                    line,
                    names.Of(asked.State, language),
                    [.. notes],
                    [.. line.Declared.Select(code => (code.Value, names.Of(code.Value, language)))],
                    [.. line.Member.Conflicts.Except(line.Declared).Select(code => names.Of(code.Value, language))],
                    Components.StateOptions.Of(names, asked.Visit.Texts),
                    [.. Places(pool, line, language, asked.Visit.Texts.Culture)],
                    asked.Form,
                    asked.Errors),
            },
            asked.Status);
    }

    /// <summary>Who could review this State today, place by place, and who of the pool is barred by what.</summary>
    private IEnumerable<PlaceOutlook> Places(Pool pool, PoolLine subject, string language, CultureInfo culture)
    {
        if (definitions.Offered.Draw is not { } rules)
            yield break;
        var ground = pool.GroundFor(subject.Member, rules);
        var ready = pool.Lines.Select(line => line.Member).Where(member => member.IsOptedIn && member.State != ground.Subject)
            .Select(member => (Member: member, Name: names.Of(member.State.Value, language), Broken: Bars.Of(member, ground)))
            .OrderBy(one => one.Name, StringComparer.Create(culture, ignoreCase: true)).ToList();
        foreach (var slot in rules.Slots)
        {
            var fitting = ready.Where(one => Bars.Fits(slot, one.Member.Group, ground.Group)).ToList();
            yield return new PlaceOutlook(
                slot,
                [.. fitting.Where(one => one.Broken.IsEmpty).Select(one => one.Name)],
                [.. fitting.Where(one => !one.Broken.IsEmpty).Select(one => (one.Name, one.Broken))]);
        }
    }

    private sealed record Asked(Visit Visit, ProgrammeId Programme, string State)
    {
        public Form Form { get; init; } = Form.Empty;

        public IReadOnlyList<Refusal> Errors { get; init; } = [];

        public int Status { get; init; } = StatusCodes.Status200OK;
    }

    private static class Sql
    {
        public const string Notes =
            "SELECT number FROM note_verbale WHERE programme_id = @Programme AND state = @State ORDER BY recorded_at DESC, id LIMIT 200";
    }
}

/// <summary>What the page draws.</summary>
/// <param name="Notes">Numbers of notes verbales on record, the newest first.</param>
/// <param name="Declared">Code and name of States with which it declared a conflict.</param>
/// <param name="FromOthers">Names of States that declared a conflict with it.</param>
/// <param name="States">Every State, to choose from.</param>
/// <param name="Places">Who could review this State; empty where the process has no reviewing States.</param>
public sealed record PoolStateModel(
    ProgrammeId Programme,
    PoolLine Line,
    string Name,
    ImmutableArray<string> Notes,
    ImmutableArray<(string Code, string Name)> Declared,
    ImmutableArray<string> FromOthers,
    IReadOnlyList<Components.ChoiceOption> States,
    ImmutableArray<PlaceOutlook> Places,
    Form Form,
    IReadOnlyList<Refusal> Errors);

/// <summary>A place among the reviewing States of one subject, as the pool could fill it today.</summary>
/// <param name="Able">Names of the States that could take it.</param>
/// <param name="Barred">Those of the pool that could not, with the rules that bar them, see <see cref="Bars"/>.</param>
public sealed record PlaceOutlook(DrawSlot Slot, ImmutableArray<string> Able, ImmutableArray<(string Name, ImmutableArray<string> Rules)> Barred);
