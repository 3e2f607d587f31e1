using System.Collections.Immutable;
using System.Globalization;

namespace PeerReview.Core.Process;

/// <summary>A letter a deadline brings about.</summary>
/// <param name="Key">Unique in a review for ever: stage, branch, round, day of the deadline, step. When the deadline moves, the
/// keys of its steps change, so nothing that was planned for the old day is mistaken for the new one.</param>
/// <param name="Stage">Id of the stage.</param>
/// <param name="Branch">Null for the part beside the branches.</param>
/// <param name="Day">In the zone of the deadline.</param>
/// <param name="Step"><c>before_7</c>, <c>on_day</c>, <c>after_3</c>; or the id of an escalation level.</param>
/// <param name="Roles">To whom; alternates are named as such.</param>
/// <param name="Level">The escalation level; null for a reminder.</param>
public sealed record PlannedLetter(
    string Key, string Stage, string? Branch, DateOnly Day, string Step, ImmutableArray<string> Roles, EscalationLevel? Level);

/// <summary>What is sent, to whom and when, before, on and after a deadline. Pure: the same function plans the letters of an
/// open stage and shows those of a later one.</summary>
public static class ReminderPlan
{
    /// <summary>The reminders of one deadline, by day.</summary>
    /// <param name="days">Calendar days the stage has, which choose the profile where the stage names none.</param>
    /// <param name="roles">The roles waited for; their alternates are added.</param>
    /// <param name="round">How often the stage has opened; 1 for one that is still to come.</param>
    public static ImmutableArray<PlannedLetter> Of(
        ProcessDefinition definition, Stage stage, string? branch, Deadline deadline, int days, int round, ImmutableArray<string> roles)
    {
        var profile = ProfileOf(definition, stage, days);
        var to = definition.WithAlternates(roles);
        var steps = profile.Before.Select(n => (Offset: -n, Step: $"before_{n}"))
            .Concat(profile.OnDay ? [(Offset: 0, Step: "on_day")] : [])
            .Concat(profile.After.Select(n => (Offset: n, Step: $"after_{n}")));
        return
        [
            .. from step in steps
               let day = deadline.Day.AddDays(step.Offset)
               // On the day the stage opens its own letter says all that a reminder could.
               where day > deadline.Starts || step.Offset >= 0
               select new PlannedLetter(Key(stage, branch, round, deadline, step.Step), stage.Id, branch, day, step.Step, to, null),
        ];
    }

    /// <summary>Reminders and escalation of every open part whose clock goes; none unless the review is running.</summary>
    public static ImmutableArray<PlannedLetter> Open(ProcessDefinition definition, ProcessState state, ProcessFacts facts)
    {
        var letters = ImmutableArray.CreateBuilder<PlannedLetter>();
        foreach (var turn in Turn.Of(definition, state, facts))
        {
            if (turn.Paused || turn.Deadline is not { } deadline || turn.Roles.IsEmpty)
                continue;
            var days = definition.Days(turn.Stage, state.Variant) ?? 0;
            var round = state[turn.Stage].Round;
            letters.AddRange(Of(definition, turn.Stage, turn.Branch, deadline, days, round, turn.Roles));
            letters.AddRange(EscalationLadder.Of(definition, turn.Stage, turn.Branch, deadline, round, turn.Roles));
        }

        return Sorted(letters);
    }

    /// <summary>The letters of stages that are still to come, if every stage takes its days.</summary>
    /// <param name="forecast">Of the same review.</param>
    public static ImmutableArray<PlannedLetter> Later(ProcessDefinition definition, Forecast forecast)
    {
        var letters = ImmutableArray.CreateBuilder<PlannedLetter>();
        foreach (var at in forecast.Stages.Where(s => s is { Status: StageStatus.Waiting, Takes: true }))
        {
            var deadline = new Deadline(at.Starts, at.Ends, at.Zone, DeadlineCause.Opened);
            var first = at.Stage.Mode == ActsMode.Sequence ? at.Stage.Acts.Slice(0, 1) : at.Stage.Acts;
            letters.AddRange(Of(definition, at.Stage, null, deadline, at.Days, 1, first));
            letters.AddRange(EscalationLadder.Of(definition, at.Stage, null, deadline, 1, first));
        }

        return Sorted(letters);
    }

    /// <summary>The profile a stage names, or the one for its number of days.</summary>
    public static ReminderProfile ProfileOf(ProcessDefinition definition, Stage stage, int days) =>
        definition.ReminderProfiles.First(p => stage.Reminders is { } named
            ? p.Id == named
            : days >= p.MinDays && (p.MaxDays is null || days <= p.MaxDays));

    private static ImmutableArray<PlannedLetter> Sorted(IEnumerable<PlannedLetter> letters) =>
        [.. letters.OrderBy(l => l.Day).ThenBy(l => l.Key, StringComparer.Ordinal)];

    internal static string Key(Stage stage, string? branch, int round, Deadline deadline, string step) =>
        string.Create(CultureInfo.InvariantCulture, $"{stage.Id}/{branch ?? "-"}/{round}/{deadline.Day:yyyy-MM-dd}/{step}");
}
