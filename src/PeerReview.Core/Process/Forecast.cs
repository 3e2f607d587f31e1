using System.Collections.Immutable;
using PeerReview.Core.Calendar;

namespace PeerReview.Core.Process;

/// <summary>When each stage can end at the earliest, what decides it, and how much room there is.</summary>
/// <param name="Starts">The day of launch.</param>
/// <param name="Stages">Those that exist for this variant and subject, in the order of the definition.</param>
/// <param name="CriticalPath">From launch to the target: stages whose delay moves it.</param>
/// <param name="Target">The stage that publishes, or the end where nothing is published.</param>
/// <param name="Publication">The earliest day on which the target ends.</param>
public sealed record Forecast(
    DateOnly Starts,
    ImmutableArray<StageForecast> Stages,
    ImmutableArray<string> CriticalPath,
    Stage Target,
    DateOnly Publication)
{
    /// <summary>What it was made of, so that a question can be asked of it.</summary>
    internal ForecastCase Case { get; init; } = null!;

    /// <summary>Calendar days from launch to publication.</summary>
    public int Days => Publication.DayNumber - Starts.DayNumber;

    public StageForecast? this[string stage] => Stages.FirstOrDefault(s => s.Stage.Id == stage);

    /// <summary>Plans a review that is not launched.</summary>
    /// <param name="assumed">Conditions taken to hold; the others are taken not to.</param>
    /// <param name="leftOut">Optional stages left out.</param>
    public static Forecast Plan(
        ProcessDefinition definition,
        string variant,
        string subject,
        DateOnly starts,
        ProcessFacts facts,
        ImmutableArray<string> assumed,
        ImmutableArray<string> leftOut) =>
        Of(new ForecastCase(definition, null, variant, subject, starts, starts, facts, assumed, leftOut));

    /// <summary>Forecasts a running review: closed stages as they were, open ones by their deadline or today if that is later.</summary>
    /// <param name="today">By the calendar of the subject.</param>
    public static Forecast Of(
        ProcessDefinition definition, ProcessState state, ProcessFacts facts, DateOnly today, ImmutableArray<string> assumed)
    {
        var zone = facts.CalendarOf(definition.Role(definition.First.Acts[0]), null).Zone;
        var starts = state.LaunchedAt is { } at ? DueDay.In(zone, at) : today;
        return Of(new ForecastCase(definition, state, state.Variant, state.Subject, starts, today, facts, assumed, []));
    }

    /// <summary>What follows if one stage ends so many days later than it could at the earliest.</summary>
    public Delay IfLate(string stage, int days)
    {
        var late = Of(Case with { LateStage = stage, LateDays = days });
        return new Delay(stage, days, Publication, late.Publication);
    }

    private static Forecast Of(ForecastCase @case)
    {
        var run = new ForecastRun(@case);
        var target = @case.Definition.Publication ?? @case.Definition.End;
        return new Forecast(@case.Starts, run.Stages(target), run.PathTo(target), target, run.EndOf(target)) { Case = @case };
    }
}

/// <summary>The forecast of one stage.</summary>
/// <param name="Takes">Whether it takes place: false when skipped, or when its condition is taken not to hold.</param>
/// <param name="Starts">The day from which it can be worked on.</param>
/// <param name="Ends">The earliest day on which it is due, or the day on which it ended.</param>
/// <param name="Days">Calendar days it is given.</param>
/// <param name="Slack">Days it may end later without moving publication; 0 on the critical path, null when it does not lie
/// before publication or is closed.</param>
/// <param name="Zone">IANA name of the acting party's zone.</param>
public sealed record StageForecast(
    Stage Stage, StageStatus Status, bool Takes, DateOnly Starts, DateOnly Ends, int Days, int? Slack, string Zone);

/// <summary>If this stage comes so many days late, publication moves from … to ….</summary>
public sealed record Delay(string Stage, int Days, DateOnly From, DateOnly To)
{
    /// <summary>Days by which publication moves.</summary>
    public int Moves => To.DayNumber - From.DayNumber;
}

/// <summary>What a forecast is made of.</summary>
internal sealed record ForecastCase(
    ProcessDefinition Definition,
    ProcessState? State,
    string Variant,
    string Subject,
    DateOnly Starts,
    DateOnly Today,
    ProcessFacts Facts,
    ImmutableArray<string> Assumed,
    ImmutableArray<string> LeftOut)
{
    public string? LateStage { get; init; }

    public int LateDays { get; init; }
}
