using PeerReview.Core;
using PeerReview.Server.Platform.Data;

namespace PeerReview.Server.Platform.Reminders;

/// <summary>Holds the waiting reminder rows of a review equal to its plan.</summary>
public static class ReminderRows
{
    /// <summary>Keeps two statements for the writing round trip: what is no longer planned and still waits goes, what is
    /// newly planned comes.</summary>
    /// <param name="plan">Every reminder of every open deadline of the review; none for a review that does not run.</param>
    /// <param name="now">Business time of the command. What would have been due by then is not inserted: nothing is sent
    /// merely because somebody moved a date. Rows that already waited stay and are sent.</param>
    public static void Reconcile(
        UnitOfWork unit, ProgrammeId programme, ReviewId review, DateTimeOffset now, IReadOnlyCollection<PlannedReminder> plan)
    {
        unit.Write(Sql.Void, new
        {
            Review = review.Value,
            Keys = plan.Select(one => one.Key).ToArray(),
            Letters = plan.Select(one => one.Letter).ToArray(),
        });
        var coming = plan.Where(one => one.DueAt > now).ToList();
        if (coming.Count == 0)
            return;
        unit.Write(Sql.Insert, new
        {
            Programme = programme.Value,
            Review = review.Value,
            Keys = coming.Select(one => one.Key).ToArray(),
            People = coming.Select(one => one.Person.Value).ToArray(),
            Stages = coming.Select(one => one.Stage).ToArray(),
            Branches = coming.Select(one => one.Branch).ToArray(),
            Steps = coming.Select(one => one.Step).ToArray(),
            Letters = coming.Select(one => one.Letter).ToArray(),
            DeadlineDays = coming.Select(one => one.DeadlineDay).ToArray(),
            Days = coming.Select(one => one.Day).ToArray(),
            Zones = coming.Select(one => one.Zone).ToArray(),
            DueAts = coming.Select(one => one.DueAt).ToArray(),
            AtOnce = coming.Select(one => one.AtOnce).ToArray(),
        });
    }

    private static class Sql
    {
        // A step whose letter has become another, such as when nothing is suspended any more, is planned anew.
        public const string Void =
            """
            DELETE FROM reminder WHERE review_id = @Review AND settled_at IS NULL
              AND NOT EXISTS (
                SELECT FROM unnest(@Keys::text[], @Letters::text[]) AS p (key, letter)
                WHERE p.key = reminder.key AND p.letter = reminder.letter)
            """;

        public const string Insert =
            """
            INSERT INTO reminder (key, review_id, programme_id, person_id, stage, branch, step, letter,
                                  deadline_day, day, zone, due_at, at_once)
            SELECT r.key, @Review, @Programme, r.person, r.stage, r.branch, r.step, r.letter,
                   r.deadline_day, r.day, r.zone, r.due_at, r.at_once
            FROM unnest(@Keys::text[], @People::uuid[], @Stages::text[], @Branches::text[], @Steps::text[], @Letters::text[],
                        @DeadlineDays::date[], @Days::date[], @Zones::text[], @DueAts::timestamptz[], @AtOnce::boolean[])
                AS r (key, person, stage, branch, step, letter, deadline_day, day, zone, due_at, at_once)
            ON CONFLICT (key) DO NOTHING
            """;
    }
}
