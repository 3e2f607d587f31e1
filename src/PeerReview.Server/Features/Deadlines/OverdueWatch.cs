using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Clock;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using ProcessTurn = PeerReview.Core.Process.Turn;
using Role = PeerReview.Core.Access.Role;

namespace PeerReview.Server.Features.Deadlines;

/// <summary>What happens by itself when a deadline has long passed: the end of the escalation ladder suspends a review whose
/// subject is late, and silence counts where a stage says so.</summary>
public sealed class OverdueWatch(Database database, Definitions definitions, ReviewCommands commands) : IDueWork
{
    /// <inheritdoc/>
    public string Name => "overdue-watch";

    /// <inheritdoc/>
    public async Task<DateTimeOffset?> NextAsync(DateTimeOffset after, CancellationToken cancel)
    {
        await definitions.RefreshAsync(cancel);
        return await database.Worker.SingleOrDefaultAsync<DateTimeOffset?>(
            Scope.None, Sql.Next, new { After = after, Days = SuspendingDays(), Stages = Suspending(), Silent = Silent() }, cancel);
    }

    /// <inheritdoc/>
    public async Task<int> DrainAsync(CancellationToken cancel)
    {
        // What a programme published meanwhile may say what silence means.
        await definitions.RefreshAsync(cancel);
        var late = await database.Worker.QueryAsync<Late>(Scope.None, Sql.Late, new { Days = SuspendingDays(), Stages = Suspending(), Silent = Silent() }, cancel);
        var done = 0;
        foreach (var one in late)
        {
            var actor = new Actor(default(PersonId), [new Grant(Role.Public, new ProgrammeId(one.ProgrammeId))]);
            var verdict = await commands.RunAsync(
                new ReviewId(one.ReviewId), actor, key: null, (work, _) => Task.FromResult(Decide(work, one)), cancel);
            done += verdict is Verdict<Receipt>.Accepted ? 1 : 0;
        }

        return done;
    }

    private int SuspendingDays()
    {
        var suspending = definitions.Processes.SelectMany(p => p.Escalation)
            .Where(l => l.Effect == EscalationEffect.Suspend).Select(l => l.OverdueDays).DefaultIfEmpty(int.MaxValue).Min();
        return Math.Min(suspending, 36_500);
    }

    /// <summary>Stages of any process whose lateness can suspend a review: the late party's own, before the level's end.</summary>
    private string[] Suspending() =>
    [
        .. (from process in definitions.Processes
            from level in process.Escalation
            where level.Effect == EscalationEffect.Suspend
            from stage in process.Stages
            where level.OnlyParty is null || stage.Acts.Any(role => process.Role(role).Party == level.OnlyParty)
            where level.BeforeStage is null || !ComesAfter(process, stage, level.BeforeStage)
            select stage.Id).Distinct(StringComparer.Ordinal),
    ];

    private static bool ComesAfter(ProcessDefinition process, Stage stage, string other) =>
        stage.After.Any(before => before == other || ComesAfter(process, process.Stage(before), other));

    /// <summary>Stages of any process in which silence counts.</summary>
    private string[] Silent() =>
    [
        .. definitions.Processes.SelectMany(p => p.Stages)
            .Where(s => s.OnSilence is { Effect: not SilenceEffect.Wait }).Select(s => s.Id).Distinct(StringComparer.Ordinal),
    ];

    private static Verdict<ReviewChange> Decide(ReviewWork work, Late late)
    {
        var review = work.Review;
        var turn = ProcessTurn.Of(review.Process, review.State, new ProcessFacts())
            .FirstOrDefault(t => t.Stage.Id == late.Stage && (t.Branch ?? "") == late.Branch);
        // A side whose clock stands is not late, however long ago its day was.
        if (turn is not { Deadline: { } deadline, Paused: false })
            return ReviewRefusals.NotFound;
        // Whoever used a right was not silent.
        if (UsedRights.In(review.State, review.Dossier, turn.Stage, turn.Branch) is not null)
            return ReviewRefusals.NotFound;
        if (turn.Stage.OnSilence is { Effect: not SilenceEffect.Wait })
            return Lapse(review, turn);
        // The process may wait for the subject while in truth somebody else has to act first, such as to name another State.
        if (Waits.Of(review).FirstOrDefault(w => w.Stage == late.Stage && (w.Branch ?? "") == late.Branch) is not { Roles: [var role, ..] })
            return ReviewRefusals.NotFound;
        var today = Core.Calendar.DueDay.In(TimeZoneInfo.FindSystemTimeZoneById(deadline.Zone), review.Now);
        var takes = review.Process.Escalation.Any(level => level.Effect == EscalationEffect.Suspend
            && deadline.Day.AddDays(level.OverdueDays) <= today
            && EscalationLadder.TakesEffect(review.Process, review.State, level, (turn.Stage, turn.Branch, role)));
        return takes ? Suspend() : ReviewRefusals.NotFound;
    }

    /// <summary>The silence counts; where nobody spoke for a participating State, the record says that it was not asked. In a programme's own process
    /// whoever could have acted hears that the days are over: what lies there written was not handed in.</summary>
    private static ReviewChange Lapse(LoadedReview review, ProcessTurn turn)
    {
        var change = new ReviewChange().Then(new ProcessCommand.Lapse(Acting.System, turn.Stage.Id, turn.Branch));
        return turn.Stage.Id == EndorsementRules.Stage && turn.Branch is { } state && review.Dossier.Region?.Has(state) == true && !review.SpeakingFor(state).Any()
            ? change.Record(new ReviewEvent.ParticipantUnasked(state))
            : !KnownStages.AreGeneric(review.Process, turn.Stage) ? change
            : change.SendAfter(after => turn.Stage.Acts
                .SelectMany(role => turn.Branch is { } branch ? after.Holding(role, branch) : after.Holding(role)).Distinct()
                .Select(person => ReviewLetters.About(after, LetterNames.StageLapsed, person).OnStage(after, turn.Stage)));
    }

    private static ReviewChange Suspend() => new ReviewChange()
        .Then(new ProcessCommand.Suspend(Acting.System))
        .SendAfter(after => new[]
            {
                RoleCode.Authority, RoleCode.FocalPoint, RoleCode.Alternate, RoleCode.Contributor, RoleCode.ReviewerFocalPoint, RoleCode.Expert,
                RoleCode.Coordinator, RoleCode.HeadCoordinator,
            }
            .SelectMany(after.Holding).Concat(after.SpeakingForParticipants).Distinct()
            .Select(person => ReviewLetters.About(after, LetterNames.ReviewSuspended, person)));

    private sealed record Late(Guid ReviewId, Guid ProgrammeId, string Stage, string Branch);

    private static class Sql
    {
        // due_at is the first instant that is too late, so so many days overdue begins so many days after it.
        public const string Next =
            """
            SELECT min(at) FROM (
                SELECT CASE WHEN d.stage = ANY (@Silent) THEN d.due_at ELSE d.due_at + make_interval(days => @Days) END AS at
                FROM deadline d JOIN review r ON r.id = d.review_id
                WHERE r.status = 'running' AND (d.stage = ANY (@Stages) OR d.stage = ANY (@Silent))
            ) due WHERE at > @After
            """;

        public const string Late =
            """
            SELECT d.review_id, d.programme_id, d.stage, d.branch
            FROM deadline d JOIN review r ON r.id = d.review_id
            WHERE r.status = 'running'
              AND ((d.stage = ANY (@Stages) AND d.due_at <= app.clock() - make_interval(days => @Days))
                   OR (d.stage = ANY (@Silent) AND d.due_at <= app.clock()))
            ORDER BY d.due_at, d.review_id, d.stage, d.branch
            LIMIT 1000
            """;
    }
}
