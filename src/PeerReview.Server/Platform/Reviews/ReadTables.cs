using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Server.Platform.Data;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>Keeps the rows people and pages look at in step with the review: tasks, deadlines, reminders.</summary>
public sealed class ReadTables(ReminderTable reminders)
{
    /// <summary>Keeps what changed. Rows are few, so they are written anew whenever a turn or deadline changed.</summary>
    public void Keep(UnitOfWork unit, LoadedReview before, LoadedReview after)
    {
        var old = TaskRow.Of(before);
        var now = TaskRow.Of(after);
        if (!old.SequenceEqual(now))
            WriteTasks(unit, after, now, replace: !old.IsEmpty);

        var oldDeadlines = DeadlineRow.Of(before);
        var deadlines = DeadlineRow.Of(after);
        if (!oldDeadlines.SequenceEqual(deadlines))
            WriteDeadlines(unit, after, deadlines, replace: !oldDeadlines.IsEmpty);
        // A clock that stands moves no deadline, but nobody is reminded of it.
        if (!old.SequenceEqual(now) || !oldDeadlines.SequenceEqual(deadlines) || !before.State.Pauses.SequenceEqual(after.State.Pauses))
            reminders.Keep(unit, after);
    }

    private static void WriteTasks(UnitOfWork unit, LoadedReview review, ImmutableArray<TaskRow> rows, bool replace)
    {
        if (replace)
            unit.Write(Sql.ForgetTasks, new { Review = review.Id.Value });
        if (rows.IsEmpty)
            return;
        unit.Write(
            Sql.Tasks,
            new
            {
                Review = review.Id.Value,
                Programme = review.Programme.Value,
                Stages = rows.Select(r => r.Stage).ToArray(),
                Branches = rows.Select(r => r.Branch).ToArray(),
                People = rows.Select(r => r.Person.Value).ToArray(),
                Roles = rows.Select(r => r.Role).ToArray(),
                Due = rows.Select(r => r.DueAt).ToArray(),
            });
    }

    private static void WriteDeadlines(
        UnitOfWork unit, LoadedReview review, ImmutableArray<DeadlineRow> rows, bool replace)
    {
        if (replace)
            unit.Write(Sql.ForgetDeadlines, new { Review = review.Id.Value });
        if (rows.IsEmpty)
            return;
        unit.Write(
            Sql.Deadlines,
            new
            {
                Review = review.Id.Value,
                Programme = review.Programme.Value,
                Stages = rows.Select(r => r.Stage).ToArray(),
                Branches = rows.Select(r => r.Branch).ToArray(),
                Days = rows.Select(r => r.Day).ToArray(),
                Zones = rows.Select(r => r.Zone).ToArray(),
                Due = rows.Select(r => r.DueAt).ToArray(),
                Roles = rows.Select(r => r.Roles).ToArray(),
                Stands = rows.Select(r => r.Stands).ToArray(),
            });
    }

    private sealed record TaskRow(string Stage, string Branch, PersonId Person, string Role, DateTimeOffset DueAt)
    {
        public static ImmutableArray<TaskRow> Of(LoadedReview review) =>
        [
            .. from wait in Waits.Of(review)
               from role in wait.Roles
               from holder in wait.Waiting(review, role)
               select new TaskRow(wait.Stage, wait.Branch ?? "", holder, role, wait.DueAt),
        ];
    }

    private sealed record DeadlineRow(
        string Stage, string Branch, DateOnly Day, string Zone, DateTimeOffset DueAt, string Roles, bool Stands)
    {
        public static ImmutableArray<DeadlineRow> Of(LoadedReview review) =>
        [
            .. Waits.Of(review).Select(w => new DeadlineRow(
                w.Stage, w.Branch ?? "", w.Day, w.Zone, w.DueAt, string.Join(' ', w.Roles), w.Paused)),
        ];
    }

    private static class Sql
    {
        public const string ForgetTasks = "DELETE FROM task WHERE review_id = @Review";

        public const string Tasks =
            """
            INSERT INTO task (review_id, stage, branch, person_id, role, programme_id, due_at)
            SELECT @Review, t.stage, t.branch, t.person_id, t.role, @Programme, t.due_at
            FROM unnest(@Stages::text[], @Branches::text[], @People::uuid[], @Roles::text[], @Due::timestamptz[])
                AS t (stage, branch, person_id, role, due_at)
            """;

        public const string ForgetDeadlines = "DELETE FROM deadline WHERE review_id = @Review";

        public const string Deadlines =
            """
            INSERT INTO deadline (review_id, stage, branch, programme_id, day, zone, due_at, roles, stands)
            SELECT @Review, d.stage, d.branch, @Programme, d.day, d.zone, d.due_at, d.roles, d.stands
            FROM unnest(@Stages::text[], @Branches::text[], @Days::date[], @Zones::text[], @Due::timestamptz[], @Roles::text[], @Stands::boolean[])
                AS d (stage, branch, day, zone, due_at, roles, stands)
            """;
    }
}
