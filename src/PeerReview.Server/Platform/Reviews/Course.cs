using System.Collections.Immutable;
using System.Globalization;
using Dapper;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>How the course of a review was changed and which clocks stand, as far as a reader may know.</summary>
/// <param name="Clocks">Those that stand now.</param>
/// <param name="Changes">Oldest first.</param>
public sealed record Course(ImmutableArray<StandingClock> Clocks, ImmutableArray<CourseChange> Changes)
{
    /// <summary>Nothing to tell.</summary>
    public static Course Empty { get; } = new([], []);

    /// <summary>Whether somebody said why of a change, and the reader learns only that it happened.</summary>
    public bool Withholds { get; init; }

    // What the parties of a programme's own process say to each other in a stage is read by all who work on the review.
    private static readonly ImmutableArray<string> OfStages = [Reasons.Fail, Reasons.Skip, Reasons.Return];

    /// <summary>What one reader may know: that it happened, whoever knows how the stages stand; why, the State and the coordinators.</summary>
    public static Course Of(LoadedReview review, Actor actor, CourseRecord record)
    {
        if (!StageSight.Of(review, actor).IsWhole)
            return Empty;
        var all = Access.ReadsReasons(actor, review.Facts);
        var known = Steps(review.Process, record).Where(Knows).Concat(Told(review, record.Reasons)).OrderBy(change => change.Number).ToList();
        return new Course(
            [.. review.State.Status == Core.Process.ReviewStatus.Running ? review.State.Pauses.Select(pause => new StandingClock(pause, all)) : []],
            [.. known.Select(change => Reads(change) ? change : change with { Reason = null })])
        {
            Withholds = known.Exists(change => change.Reason is not null && !Reads(change)),
        };

        // Who reviews is told to those who may read it.
        bool Knows(CourseChange change) => change.Step?.Replaced is null || Access.Visible(actor, DocumentKind.DrawRecord, review.Facts).CanRead;

        bool Reads(CourseChange change) => all || OfStages.Contains(change.Kind, StringComparer.Ordinal);
    }

    /// <summary>What stands in the record whether or not somebody said why.</summary>
    private static IEnumerable<CourseChange> Steps(ProcessDefinition process, CourseRecord record)
    {
        var open = record.Reasons.ToList();
        foreach (var step in record.Steps)
        {
            var kind = KindOf(step);
            // A reason stands under the number of the first event of its act.
            var reason = open.Find(one => KindOf(one) == kind && NumberOf(one) <= step.Number);
            if (reason is not null)
                open.Remove(reason);
            // No change by itself: a theme chosen at the launch, and that nothing more is asked for.
            var isNone = step.Theme is not null || step.Event is ProcessEvent.RightWaived waived && KnownStages.IsTimeToAsk(process, waived.Stage);
            if (!isNone || reason is not null)
                yield return new CourseChange(kind, step.At, reason) { Number = step.Number, Step = step };
        }
    }

    /// <summary>What is told with its reason alone. Ours tell of a failed agreement where it is dealt with.</summary>
    private static IEnumerable<CourseChange> Told(LoadedReview review, ImmutableArray<Writing> reasons) => review.Process.OfferedByDefault
        ? []
        : from reason in reasons
          where KindOf(reason) == Reasons.Fail
          select new CourseChange(Reasons.Fail, reason.At, reason) { Number = NumberOf(reason) };

    private static string KindOf(Writing reason) => reason.Key.Split(':')[0];

    private static int NumberOf(Writing reason) =>
        int.TryParse(reason.Key.Split(':')[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string KindOf(CourseStep step) => step.Replaced is { } replaced ? ReplacingSeat.ReasonOf(replaced.From) : step.Event switch
    {
        ProcessEvent.VariantChanged => nameof(MoveKind.ChangeVariant),
        ProcessEvent.ClockPaused => nameof(MoveKind.Pause),
        ProcessEvent.ClockResumed => nameof(MoveKind.ResumeClock),
        ProcessEvent.Deferred => nameof(MoveKind.Defer),
        ProcessEvent.Suspended => nameof(MoveKind.Suspend),
        ProcessEvent.Resumed => nameof(MoveKind.Resume),
        ProcessEvent.Withdrawn => nameof(MoveKind.Withdraw),
        ProcessEvent.Extended => nameof(MoveKind.Extend),
        ProcessEvent.RightWaived => nameof(MoveKind.Waive),
        ProcessEvent.SkipChosen => Reasons.Skip,
        ProcessEvent.Returned => Reasons.Return,
        _ => Reasons.Theme,
    };
}

/// <summary>A clock that stands.</summary>
/// <param name="ShowsReason">Whether the reader learns what is awaited.</param>
public sealed record StandingClock(ClockPause Pause, bool ShowsReason);

/// <summary>One change of the course of a review.</summary>
/// <param name="Kind">The name of a move, <c>Theme</c>, <c>Skip</c> or <c>Return</c>; its text is <c>reviews.course.kind.&lt;kind&gt;</c>.</param>
/// <param name="At">UTC.</param>
/// <param name="Reason">Null where none was given, or where the reader learns only that it happened.</param>
public sealed record CourseChange(string Kind, DateTimeOffset At, Writing? Reason)
{
    /// <summary>The number in the record.</summary>
    public int Number { get; init; }

    /// <summary>What the record says of it; null where its kind says all.</summary>
    public CourseStep? Step { get; init; }
}

/// <summary>An event that changed the course of a review.</summary>
/// <param name="Number">In the record.</param>
/// <param name="At">UTC.</param>
/// <param name="Event">Null where a theme was chosen or a State replaced.</param>
/// <param name="Theme">The id of a norm or pillar, or the code of a group; null for all else.</param>
public sealed record CourseStep(int Number, DateTimeOffset At, ProcessEvent? Event, string? Theme)
{
    /// <summary>A reviewing State that another took the place of; null for all else.</summary>
    public ReviewEvent.ReviewerReplaced? Replaced { get; init; }
}

/// <summary>What is read for the course of a review, both in order of time.</summary>
public sealed record CourseRecord(ImmutableArray<Writing> Reasons, ImmutableArray<CourseStep> Steps);

/// <summary>Reads the reasons and the events.</summary>
internal static class CourseSql
{
    /// <summary>Two results. The argument is named <c>Review</c>.</summary>
    public const string Statements = Sql.Reasons + ";" + Sql.Steps;

    /// <summary>Reads them.</summary>
    public static async Task<CourseRecord> ReadAsync(SqlMapper.GridReader grid)
    {
        var reasons = await grid.ReadAsync<WritingRow>();
        var steps = await grid.ReadAsync<StepRow>();
        return new CourseRecord([.. reasons.Select(row => row.ToWriting())], [.. steps.Select(row => row.ToStep())]);
    }

    private sealed record StepRow(int Sequence, DateTimeOffset At, string Kind, string Body)
    {
        public CourseStep ToStep() => (ReviewJson.Knows(Kind) ? ReviewJson.Read(Kind, Body) : null) switch
        {
            ReviewEvent.ThemeChosen chosen => new CourseStep(Sequence, At, null, chosen.Theme),
            ReviewEvent.ReviewerReplaced replaced => new CourseStep(Sequence, At, null, null) { Replaced = replaced },
            _ => new CourseStep(Sequence, At, ProcessJson.Read(Kind, Body), null),
        };
    }

    private static class Sql
    {
        public const string Reasons =
            """
            SELECT kind, key, version, content, label, language, author, at FROM writing_head JOIN writing USING (review_id, kind, key, version)
            WHERE review_id = @Review AND kind = 'reason' AND NOT withdrawn AND key LIKE '%:%'
            ORDER BY at, key
            """;

        public const string Steps =
            """
            SELECT sequence, at, kind, body FROM event
            WHERE review_id = @Review AND kind IN (
                'clock_paused', 'clock_resumed', 'deferred', 'extended', 'resumed', 'returned', 'reviewer_replaced', 'right_waived', 'skip_chosen', 'suspended',
                'theme_chosen', 'variant_changed', 'withdrawn')
            ORDER BY sequence
            """;
    }
}
