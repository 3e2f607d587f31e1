using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Frameworks;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Launch;

/// <summary>Launch in one page, with the dates it would bring.</summary>
public sealed class LaunchPage(
    Database database, Definitions definitions, Calendars calendars, StateNames names, LaunchReview launch,
    VariantsOffered offered)
{
    public static void Map(WebRoutes routes)
    {
        routes.Pages.MapGet("/reviews/new", (
            Visit visit, string? subject, string? variant, LaunchPage page, CancellationToken cancel) =>
            page.ShowAsync(visit, visit.Caller.DraftOf(), new Wish(subject, variant), [], StatusCodes.Status200OK, cancel));
        routes.Pages.MapPost("/reviews/new", (Visit visit, Form form, LaunchPage page, CancellationToken cancel) =>
            page.LaunchAsync(visit, form, cancel));
    }

    private async Task<IResult> LaunchAsync(Visit visit, Form form, CancellationToken cancel)
    {
        var verdict = await launch.RunAsync(LaunchRequest.Of(form), visit.Caller.Actor, key: null, cancel);
        return verdict is Verdict<Receipt>.Accepted { Value: var receipt }
            ? Answer.Done($"/reviews/{receipt.Review}", "launched")
            : verdict is Verdict<Receipt>.Refused { Reason: var reason } && reason.Kind != RefusalKind.NotFound
                ? await ShowAsync(visit, form, Wish.None, [.. reason.All], reason.Status(), cancel)
                : Answer.NotFound();
    }

    private async Task<IResult> ShowAsync(
        Visit visit, Form form, Wish wish, IReadOnlyList<Refusal> errors, int status, CancellationToken cancel)
    {
        var mine = visit.Caller.Actor.Grants
            .Where(g => g is { Role: Role.StateAuthority, Review: null, State: not null }).ToList();
        if (mine.Count == 0)
            return Answer.NotFound();
        var ground = await database.ReadAsync(
            visit.Caller.Scope,
            Sql.Ground,
            new
            {
                States = mine.Select(g => g.State!.Value.Value).Distinct(StringComparer.Ordinal).ToArray(),
                Days = definitions.Offered.Limits.CooldownDays,
            },
            async grid => (
                Now: await grid.ReadSingleAsync<DateTimeOffset>(),
                Programmes: (await grid.ReadAsync<ProgrammeRow>()).ToDictionary(p => p.Id),
                States: (await grid.ReadAsync<ZoneRow>()).ToDictionary(s => s.Iso3, StringComparer.Ordinal),
                Running: (await grid.ReadAsync<RunningReview>()).ToImmutableArray(),
                Published: (await grid.ReadAsync<string>()).ToHashSet(StringComparer.Ordinal)),
            cancel);
        var places = mine.Select(g => (Programme: ground.Programmes[g.Programme.Value], State: g.State!.Value.Value))
            .Distinct()
            .Select(p => new LaunchPlace(p.Programme.Id, p.Programme.Name, p.State, names.Of(p.State, visit.Texts.Language)))
            .ToImmutableArray();
        // The State decides the days: its zone and its weekend.
        var subject = wish.Subject ?? form.Raw("subject");
        var chosen = places.FirstOrDefault(place => place.Value == subject) ?? places[0];
        var variant = Variant(wish.Variant) ?? Variant(form.Raw("variant")) ?? offered.First;
        return Answer.Page<LaunchView>(
            new
            {
                Model = new LaunchModel(
                    form,
                    errors,
                    places,
                    definitions.Current,
                    visit.Caller.Person!,
                    ground.Now,
                    LaunchForecast.Days(
                        definitions.Offered.In(visit.Texts.Language), variant, form.IsOn("stakeholders"), ground.States[chosen.State].ToState(), ground.Programmes[chosen.Programme].Rolling,
                        calendars, ground.Now))
                {
                    Variant = variant,
                    Offered = offered,
                    Cools = ground.Published.Contains(chosen.State),
                    Running = [.. ground.Running.Where(one => one.State == chosen.State)],
                    Zone = ground.States[chosen.State].TimeZone,
                },
            },
            status);
    }

    private string? Variant(string? code) => code is not null && offered.Has(code) ? code : null;

    /// <summary>What the address asks to be shown; null for what the form says.</summary>
    private sealed record Wish(string? Subject, string? Variant)
    {
        public static Wish None { get; } = new(null, null);
    }

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
            SELECT iso3, time_zone, weekend FROM state WHERE iso3 = ANY (@States) ORDER BY iso3;
            SELECT id, subject_state AS state, variant, launched_at FROM review
            WHERE subject_state = ANY (@States) AND status IN ('running', 'deferred', 'suspended') ORDER BY launched_at DESC, id LIMIT 20;
            SELECT DISTINCT r.subject_state FROM review r JOIN publication p ON p.review_id = r.id
            WHERE r.subject_state = ANY (@States) AND p.published_at > app.clock() - make_interval(days => @Days) ORDER BY r.subject_state
            """;
    }
}

/// <summary>Where somebody may launch: a programme, for a State.</summary>
public sealed record LaunchPlace(Guid Programme, string ProgrammeName, string State, string StateName)
{
    /// <summary>The value of the choice.</summary>
    public string Value => $"{Programme}:{State}";
}

/// <summary>What the launch page draws.</summary>
/// <param name="Forecast">The stages with the days on which each would end if it were launched now.</param>
public sealed record LaunchModel(
    Form Form,
    IReadOnlyList<Refusal> Errors,
    ImmutableArray<LaunchPlace> Places,
    Framework Framework,
    Platform.Identity.Person Person,
    DateTimeOffset Now,
    ImmutableArray<ForecastDay> Forecast)
{
    /// <summary>The variant the page is about.</summary>
    public required string Variant { get; init; }

    /// <summary>Those that can be chosen.</summary>
    public required VariantsOffered Offered { get; init; }

    /// <summary>Whether the State published a review not long ago: if the same items come again, it is asked why.</summary>
    public bool Cools { get; init; }

    /// <summary>Reviews of the chosen State that are not over, the newest first.</summary>
    public ImmutableArray<RunningReview> Running { get; init; } = [];

    /// <summary>The time zone of the chosen State.</summary>
    public string Zone { get; init; } = "UTC";

    /// <summary>The day of its launch there.</summary>
    public DateOnly DayOf(RunningReview review) => Zones.DayAt(review.LaunchedAt, Zone);
}

/// <summary>A review of the State that is not over.</summary>
/// <param name="LaunchedAt">UTC.</param>
public sealed record RunningReview(Guid Id, string State, string Variant, DateTimeOffset LaunchedAt);

/// <summary>When a stage would end.</summary>
public sealed record ForecastDay(string Stage, string Title, DateOnly Day);
