using System.Collections.Immutable;
using PeerReview.Core.Calendar;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Launch;

/// <summary>The dates a review would have if it were launched now and every step took the time it may take.</summary>
public static class LaunchForecast
{
    /// <summary>Every stage with the day it would end, in the order of the process, up to publication.</summary>
    public static ImmutableArray<ForecastDay> Days(
        ProcessDefinition process, string variant, string kind, IReadOnlyCollection<string> wanted, StateRow subject, bool rolling, Calendars calendars, DateTimeOffset now)
    {
        var plan = Plan(process, variant, kind, wanted, subject, rolling, calendars, now);
        return
        [
            .. plan.Stages.Where(s => s.Takes && s.Ends <= plan.Publication && s.Stage != process.First)
                .OrderBy(s => s.Ends).ThenBy(s => s.Stage.Index)
                .Select(s => new ForecastDay(s.Stage.Id, s.Stage.Title, s.Ends)),
        ];
    }

    /// <summary>The day the report would be public.</summary>
    public static DateOnly Publication(
        ProcessDefinition process, string variant, string kind, IReadOnlyCollection<string> wanted, StateRow subject, bool rolling, Calendars calendars, DateTimeOffset now) =>
        Plan(process, variant, kind, wanted, subject, rolling, calendars, now).Publication;

    /// <summary>The stages that do not take place: those the process lets be left out, unless they are wanted.</summary>
    public static ImmutableArray<string> LeftOut(ProcessDefinition process, string variant, IReadOnlyCollection<string> wanted) =>
    [
        .. process.Stages.Where(s => s.OptionalIn.Contains(variant, StringComparer.Ordinal)).Select(s => s.Id)
            .Where(stage => !wanted.Contains(stage, StringComparer.Ordinal)),
    ];

    /// <summary>The optional stages a launch wants: the window for stakeholders where the State opens it, and those named.</summary>
    public static ImmutableArray<string> Wanted(bool stakeholders, ImmutableArray<string> optional) =>
        stakeholders ? optional.Add(StakeholderWindow.Call) : optional;

    private static Forecast Plan(
        ProcessDefinition process, string variant, string kind, IReadOnlyCollection<string> wanted, StateRow subject, bool rolling, Calendars calendars, DateTimeOffset now) => Forecast.Plan(
        process,
        variant,
        kind,
        // The coordinator's office acts next: its day counts, wherever the State is.
        DueDay.In(calendars.Office.Zone, now),
        FactsForProcess.Planning(process, subject, rolling, calendars),
        assumed: [],
        leftOut: LeftOut(process, variant, wanted));
}
