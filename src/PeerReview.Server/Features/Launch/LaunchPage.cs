using System.Collections.Immutable;
using Microsoft.AspNetCore.Mvc;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;
using Role = PeerReview.Core.Access.Role;

namespace PeerReview.Server.Features.Launch;

/// <summary>Launch in one page, with the dates it would bring.</summary>
public sealed class LaunchPage(
    Database database, Definitions definitions, Calendars calendars, StateNames names, LaunchReview launch,
    VariantsOffered offered)
{
    public static void Map(WebRoutes routes)
    {
        routes.Pages.MapGet("/reviews/new", (
            Visit visit, string? process, string? subject, string? variant, string? kind, [FromQuery(Name = "subject_kind")] string? subjectKind, string? theme,
            string[]? optional, string[]? stakeholders, LaunchPage page, CancellationToken cancel) =>
            page.ShowAsync(visit, visit.Caller.DraftOf(), new Wish(process, subject, variant, kind ?? subjectKind, theme)
            {
                Optional = optional is { Length: > 0 } ? optional : null,
                Stakeholders = stakeholders is { Length: > 0 } ? stakeholders.Contains("on", StringComparer.Ordinal) : null,
            }, [], StatusCodes.Status200OK, cancel));
        routes.Pages.MapPost("/reviews/new", (Visit visit, Form form, LaunchPage page, CancellationToken cancel) =>
            page.LaunchAsync(visit, form, cancel));
    }

    private async Task<IResult> LaunchAsync(Visit visit, Form form, CancellationToken cancel)
    {
        var verdict = await launch.RunOnPageAsync(LaunchRequest.Of(form), form.IsOn("confirmed"), visit.Caller.Actor, cancel);
        return verdict is Verdict<Receipt>.Accepted { Value: var receipt }
            ? Answer.Done($"/reviews/{receipt.Review}", "launched")
            : verdict is Verdict<Receipt>.Refused { Reason: var reason } && reason.Kind != RefusalKind.NotFound
                ? await ShowAsync(visit, form, Wish.None, [.. reason.All], reason.Status(), cancel)
                : Answer.NotFound();
    }

    private async Task<IResult> ShowAsync(
        Visit visit, Form form, Wish wish, IReadOnlyList<Refusal> errors, int status, CancellationToken cancel)
    {
        var actor = visit.Caller.Actor;
        var mine = actor.Grants.Where(g => g is { Role: Role.StateAuthority, Review: null, State: not null }).ToList();
        if (mine.Count == 0 && !Access.MayAnywhere(actor, ProgrammeAct.LaunchForState))
            return Answer.NotFound();
        var ground = await ReadAsync(visit, mine, cancel);
        var (doors, others) = await DoorsAsync(actor, ground, cancel);
        var wanted = wish.Process ?? (form.Has("process") ? form.Raw("process") : null);
        // Who cannot launch by a process is told before a form is filled in.
        if (doors.IsEmpty || others.Any(process => process.Id == wanted))
        {
            return Answer.Page<ClosedLaunchView>(new
            {
                Others = others.Select(process => process.In(visit.Texts.Language)).ToList(),
                Doors = doors.Select(one => one.Process.In(visit.Texts.Language)).ToList(),
            });
        }

        var door = doors.FirstOrDefault(one => one.Process.Id == wanted) ?? doors[0];
        var places = Places(mine, ground, door, visit.Texts.Language);
        // The State decides the days: its zone and its weekend. The office chooses one first.
        var subject = wish.Subject ?? form.Raw("subject");
        var chosen = places.FirstOrDefault(place => place.Value == subject) ?? (door.ByOffice && places.Length != 1 ? null : places[0]);
        var variants = offered.For(door.Process);
        var variant = new[] { wish.Variant, form.Raw("variant") }.FirstOrDefault(code => code is not null && variants.Has(code)) ?? variants.First;
        var process = door.Process.In(visit.Texts.Language);
        var kind = KindOf(process, wish.Kind ?? form.Raw("subject_kind"));
        var model = new LaunchModel(
            form,
            errors,
            places,
            definitions.Current,
            visit.Caller.Person!,
            ground.Now,
            chosen is null ? [] : LaunchForecast.Days(
                process, variant, kind, LaunchForecast.Wanted(wish.Stakeholders ?? form.IsOn("stakeholders"), [.. wish.Optional ?? form.All("optional")]), ground.States[chosen.State].ToState(),
                ground.Programmes[chosen.Programme].Rolling, calendars, ground.Now))
        {
            Place = chosen,
            ByOffice = door.ByOffice,
            Process = process,
            Processes = [.. doors.Select(one => one.Process.In(visit.Texts.Language))],
            Variant = variant,
            SubjectKind = kind,
            OnTheme = KnownStages.Serve(process, AssessmentToSign.Stage) && (wish == Wish.None ? form.Has("theme") : wish.Theme is not null),
            States = kind == Region.National ? [] : [.. Components.StateOptions.Of(names, visit.Texts).Where(option => option.Value != chosen?.State)],
            Offered = variants,
            HasLast = chosen is not null && kind == Region.National && ground.Reviewed.Contains((chosen.Programme, chosen.State)),
            Cools = chosen is not null && ground.Published.Contains(chosen.State),
            Running = [.. ground.Running.Where(one => one.State == chosen?.State).Select(one => one with { Kind = KindOf(one, visit.Texts) })],
            Zone = chosen is null ? "UTC" : ground.States[chosen.State].TimeZone,
            Reviewers = ReviewingStates.AreNamed(process, variant)
                ? [.. Components.StateOptions.Of(names, visit.Texts).Where(option => option.Value != chosen?.State || door.ByOffice)]
                : [],
        };
        return process.OfferedByDefault ? Answer.Page<LaunchView>(new { Model = model }, status) : Answer.Page<OwnLaunchView>(new { Model = model }, status);
    }

    /// <summary>The kind of subject the page is about: one of those the process has, else a State.</summary>
    private static string KindOf(ProcessDefinition process, string wanted) =>
        process.FindSubject(wanted) is not null && KnownStages.Serve(process, EndorsementRules.Stage) ? wanted : Region.National;

    /// <summary>What the person could launch: by their own State's hand, or by the office's where a process says so.</summary>
    private async Task<(ImmutableArray<Door> Doors, ImmutableArray<ProcessDefinition> Others)> DoorsAsync(Actor actor, Ground ground, CancellationToken cancel)
    {
        var doors = new List<Door>();
        var others = new List<ProcessDefinition>();
        foreach (var programme in ground.Programmes.Values)
        {
            var offers = await definitions.OfferedAsync(ground.Offers.Where(o => o.ProgrammeId == programme.Id).Select(o => new ProcessPin(o.Id, o.Version)), cancel);
            var open = offers.ToLookup(process => LaunchRights.Closed(actor, process, new ProgrammeId(programme.Id), null) is null);
            doors.AddRange(open[true].Select(process => new Door(process, [programme.Id])));
            others.AddRange(open[false]);
        }

        return (
            [
                .. doors.GroupBy(door => (door.Process.Id, door.Process.Version))
                    .Select(same => new Door(same.First().Process, [.. same.SelectMany(door => door.Programmes)])),
            ],
            [.. others.DistinctBy(process => process.Id, StringComparer.Ordinal).Where(process => doors.TrueForAll(door => door.Process.Id != process.Id))]);
    }

    private ImmutableArray<LaunchPlace> Places(List<Grant> mine, Ground ground, Door door, string language)
    {
        var places = door.ByOffice
            ? from mission in ground.Missions where door.Programmes.Contains(mission.ProgrammeId) select (Programme: mission.ProgrammeId, mission.State)
            : from grant in mine where door.Programmes.Contains(grant.Programme.Value) select (Programme: grant.Programme.Value, State: grant.State!.Value.Value);
        var all = places.Distinct()
            .Select(p => new LaunchPlace(p.Programme, ground.Programmes[p.Programme].Name, p.State, names.Of(p.State, language)));
        return door.ByOffice ? [.. all.OrderBy(p => p.StateName, StringComparer.Create(new(language), ignoreCase: true))] : [.. all];
    }

    private string KindOf(RunningReview review, Texts texts) =>
        VariantNames.Of(texts, definitions.FindProcess(review.ProcessId, review.ProcessVersion)!, review.Variant);

    private async Task<Ground> ReadAsync(Visit visit, List<Grant> mine, CancellationToken cancel)
    {
        var ground = await database.ReadAsync(
            visit.Caller.Scope,
            Sql.Ground,
            new
            {
                States = mine.Select(g => g.State!.Value.Value).Distinct(StringComparer.Ordinal).ToArray(),
                Days = definitions.Offered.Limits.CooldownDays,
                All = Access.MayAnywhere(visit.Caller.Actor, ProgrammeAct.LaunchForState),
            },
            async grid => new Ground(
                await grid.ReadSingleAsync<DateTimeOffset>(),
                (await grid.ReadAsync<ProgrammeRow>()).ToDictionary(p => p.Id),
                (await grid.ReadAsync<ZoneRow>()).ToDictionary(s => s.Iso3, StringComparer.Ordinal),
                [.. await grid.ReadAsync<RunningReview>()],
                (await grid.ReadAsync<string>()).ToHashSet(StringComparer.Ordinal),
                [.. await grid.ReadAsync<(Guid, string)>()],
                [.. await grid.ReadAsync<Offer>()],
                [.. await grid.ReadAsync<Mission>()]),
            cancel);
        await definitions.KnowAsync(ground.Running.Select(one => new ProcessPin(one.ProcessId, one.ProcessVersion)), cancel);
        return ground;
    }

    /// <summary>What the address asks to be shown; null for what the form says.</summary>
    private sealed record Wish(string? Process, string? Subject, string? Variant, string? Kind, string? Theme)
    {
        public static Wish None { get; } = new(null, null, null, null, null);

        /// <summary>The optional stages ticked on a page that is not sent yet.</summary>
        public string[]? Optional { get; init; }

        /// <summary>Whether the box for stakeholders is ticked there.</summary>
        public bool? Stakeholders { get; init; }
    }

    /// <summary>A process somebody could launch a review by, and the programmes that offer it.</summary>
    private sealed record Door(ProcessDefinition Process, ImmutableArray<Guid> Programmes)
    {
        /// <summary>Whether the office launches, for any State.</summary>
        public bool ByOffice => LaunchRights.IsByOffice(Process);
    }

    private sealed record Ground(
        DateTimeOffset Now, Dictionary<Guid, ProgrammeRow> Programmes, Dictionary<string, ZoneRow> States, ImmutableArray<RunningReview> Running,
        HashSet<string> Published, ImmutableHashSet<(Guid Programme, string State)> Reviewed, ImmutableArray<Offer> Offers, ImmutableArray<Mission> Missions);

    private sealed record Mission(Guid ProgrammeId, string State);

    private sealed record Offer(Guid ProgrammeId, string Id, int Version);

    private sealed record ProgrammeRow(Guid Id, string Name, bool Rolling);

    private sealed record ZoneRow(string Iso3, string TimeZone, string[] Weekend)
    {
        public StateRow ToState() => new(Iso3, TimeZone, Weekdays.Read(Weekend));
    }

    private static class Sql
    {
        public const string Ground =
            """
            SELECT app.clock();
            SELECT id, name, coalesce((settings ->> 'rolling')::boolean, true) AS rolling FROM programme ORDER BY name, id;
            SELECT iso3, time_zone, weekend FROM state WHERE @All OR iso3 = ANY (@States) ORDER BY iso3;
            SELECT id, subject_state AS state, variant, process_id, process_version, launched_at FROM review
            WHERE subject_state = ANY (@States) AND status IN ('running', 'deferred', 'suspended')
              AND NOT EXISTS (SELECT FROM publication p WHERE p.review_id = review.id)
            ORDER BY launched_at DESC, id LIMIT 20;
            SELECT DISTINCT r.subject_state FROM review r JOIN publication p ON p.review_id = r.id
            WHERE r.subject_state = ANY (@States) AND p.published_at > app.clock() - make_interval(days => @Days) ORDER BY r.subject_state;
            SELECT DISTINCT r.programme_id, r.subject_state FROM review r
            WHERE r.subject_state = ANY (@States) AND r.subject_kind = 'national'
              AND (r.status = 'closed' OR (r.status <> 'withdrawn' AND EXISTS (SELECT FROM publication p WHERE p.review_id = r.id)))
            ORDER BY 1, 2;
            SELECT programme_id, id, version FROM process_publication ORDER BY id, version;
            SELECT programme_id, state FROM mission WHERE @All ORDER BY state, programme_id
            """;
    }
}
