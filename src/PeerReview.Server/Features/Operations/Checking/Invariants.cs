using System.Globalization;
using PeerReview.Server.Platform.Data;

namespace PeerReview.Server.Features.Operations.Checking;

/// <summary>Statements that must find nothing: what the tables promise each other and no constraint can hold.</summary>
internal static class Invariants
{
    /// <summary>Runs them all in one round trip; answers the first five rows of each that finds any.</summary>
    public static Task<IReadOnlyList<Finding>> FindAsync(UnitOfWork unit, CancellationToken cancel) => unit.ReadAsync(
        Together, null, async grid =>
        {
            var found = new List<Finding>();
            foreach (var (rule, _) in Rules)
                found.AddRange((await grid.ReadAsync<string>()).Select(row => new Finding(rule, row)));
            return (IReadOnlyList<Finding>)found;
        }, cancel);

    /// <summary>The names of the rules, for the test that breaks each.</summary>
    public static IEnumerable<string> Names => Rules.Select(rule => rule.Name);

    private static readonly (string Name, string Statement)[] Rules =
    [
        ("event-without-review", Sql.EventWithoutReview),
        ("event-sequence-gap", Sql.EventSequenceGap),
        ("review-not-at-its-last-event", Sql.ReviewNotAtItsLastEvent),
        ("row-of-another-programme", Sql.RowOfAnotherProgramme),
        ("writing-version-gap", Sql.WritingVersionGap),
        ("writing-head-not-newest", Sql.WritingHeadNotNewest),
        ("writing-without-head", Sql.WritingWithoutHead),
        ("writing-without-event", Sql.WritingWithoutEvent),
        ("event-without-writing", Sql.EventWithoutWriting),
        ("writing-erased-without-event", Sql.WritingErasedWithoutEvent),
        ("notes-not-erased", Sql.NotesNotErased),
        ("task-without-deadline", Sql.TaskWithoutDeadline),
        ("task-of-no-holder", Sql.TaskOfNoHolder),
        ("deadline-of-review-at-rest", Sql.DeadlineOfReviewAtRest),
        ("next-due-not-nearest", Sql.NextDueNotNearest),
        ("reminder-of-closed-deadline", Sql.ReminderOfClosedDeadline),
        ("reminder-sent-without-letter", Sql.ReminderSentWithoutLetter),
        ("outbox-without-cause", Sql.OutboxWithoutCause),
        ("grant-of-other-review", Sql.GrantOfOtherReview),
        ("end-without-status", Sql.EndWithoutStatus),
        ("publication-without-event", Sql.PublicationWithoutEvent),
        ("publication-without-file", Sql.PublicationWithoutFile),
        ("report-file-without-work", Sql.ReportFileWithoutWork),
        ("report-file-not-its-hash", Sql.ReportFileNotItsHash),
        ("seat-not-its-review", Sql.SeatNotItsReview),
        ("invitation-not-its-review", Sql.InvitationNotItsReview),
        ("participant-not-its-review", Sql.ParticipantNotItsReview),
    ];

    private static readonly string Together = string.Join(
        ";\n", Rules.Select(rule => string.Create(CultureInfo.InvariantCulture, $"{rule.Statement}\nLIMIT 5")));

    private static class Sql
    {
        public const string EventWithoutReview =
            """
            SELECT e.review_id || ' event ' || e.sequence FROM event e
            WHERE e.sequence = 1 AND NOT EXISTS (SELECT FROM review r WHERE r.id = e.review_id)
            """;

        public const string EventSequenceGap =
            """
            SELECT review_id || ' has ' || count(*) || ' events up to ' || max(sequence) FROM event
            GROUP BY review_id HAVING count(*) <> max(sequence)
            """;

        public const string ReviewNotAtItsLastEvent =
            """
            SELECT r.id || ' stands at ' || r.sequence || ', its last event is ' || coalesce(e.last, 0)
            FROM review r LEFT JOIN (SELECT review_id, max(sequence) AS last FROM event GROUP BY review_id) AS e
                ON e.review_id = r.id
            WHERE r.sequence IS DISTINCT FROM e.last
            """;

        public const string RowOfAnotherProgramme =
            """
            SELECT r.id || ' ' || x.what FROM review r
            JOIN (SELECT DISTINCT review_id, programme_id, 'event' AS what FROM event
                  UNION ALL SELECT DISTINCT review_id, programme_id, 'writing' FROM writing
                  UNION ALL SELECT DISTINCT review_id, programme_id, 'writing_head' FROM writing_head
                  UNION ALL SELECT DISTINCT review_id, programme_id, 'task' FROM task
                  UNION ALL SELECT DISTINCT review_id, programme_id, 'deadline' FROM deadline
                  UNION ALL SELECT DISTINCT review_id, programme_id, 'reminder' FROM reminder
                  UNION ALL SELECT DISTINCT review_id, programme_id, 'publication' FROM publication
                  UNION ALL SELECT p.review_id, f.programme_id, 'report_file' FROM report_file f JOIN publication p USING (slug, edition)
                  UNION ALL SELECT DISTINCT review_id, programme_id, 'outbox' FROM outbox WHERE review_id IS NOT NULL) AS x
                ON x.review_id = r.id
            WHERE x.programme_id IS DISTINCT FROM r.programme_id
            """;

        public const string WritingVersionGap =
            """
            SELECT review_id || ' ' || kind || ' ' || key || ' has ' || count(*) || ' versions up to ' || max(version)
            FROM writing GROUP BY review_id, kind, key HAVING count(*) <> max(version)
            """;

        public const string WritingHeadNotNewest =
            """
            SELECT h.review_id || ' ' || h.kind || ' ' || h.key || ' stands at ' || h.version || ', the newest is '
                   || coalesce(w.newest::text, 'none')
            FROM writing_head h
            LEFT JOIN (SELECT review_id, kind, key, max(version) AS newest FROM writing GROUP BY review_id, kind, key) AS w
                USING (review_id, kind, key)
            WHERE h.version IS DISTINCT FROM w.newest
            """;

        public const string WritingWithoutHead =
            """
            SELECT w.review_id || ' ' || w.kind || ' ' || w.key FROM writing w
            WHERE w.version = 1 AND NOT EXISTS (
                SELECT FROM writing_head h WHERE h.review_id = w.review_id AND h.kind = w.kind AND h.key = w.key)
            """;

        // The event commits to the text; H(salt ‖ text) must still come out.
        public const string WritingWithoutEvent =
            """
            SELECT w.review_id || ' ' || w.kind || ' ' || w.key || ' version ' || w.version FROM writing w
            WHERE NOT EXISTS (
                SELECT FROM (SELECT body::jsonb AS body FROM event e
                             WHERE e.review_id = w.review_id AND e.kind = 'text_written') AS t
                WHERE t.body ->> 'what' = w.kind AND t.body ->> 'key' = w.key AND (t.body ->> 'version')::integer = w.version
                  AND (w.erased_at IS NOT NULL OR t.body ->> 'commitment' = encode(sha256(w.salt || convert_to(w.content, 'UTF8')), 'hex')))
            """;

        public const string EventWithoutWriting =
            """
            SELECT t.review_id || ' event ' || t.sequence
            FROM (SELECT review_id, sequence, body::jsonb AS body FROM event WHERE kind = 'text_written') AS t
            WHERE NOT EXISTS (
                SELECT FROM writing w
                WHERE w.review_id = t.review_id AND w.kind = t.body ->> 'what' AND w.key = t.body ->> 'key'
                  AND w.version = (t.body ->> 'version')::integer)
            """;

        public const string WritingErasedWithoutEvent =
            """
            SELECT w.review_id || ' ' || w.kind || ' ' || w.key FROM writing w
            WHERE w.erased_at IS NOT NULL AND (w.kind NOT IN ('comments', 'consolidation', 'comment_remark') OR NOT EXISTS (
                SELECT FROM event e WHERE e.review_id = w.review_id AND e.kind = 'notes_erased'))
            """;

        // A day more than the rule has: what falls due is done by a clock that looks now and then.
        public const string NotesNotErased =
            """
            SELECT r.id || ' has ' || count(*) || ' notes of reviewers' FROM review r JOIN desk_comment d ON d.review_id = r.id
            WHERE r.status = 'withdrawn' AND r.ended_at < app.clock() - interval '31 days' GROUP BY r.id
            """;

        public const string TaskWithoutDeadline =
            """
            SELECT t.review_id || ' ' || t.stage || ' ' || t.branch FROM task t
            WHERE NOT EXISTS (
                SELECT FROM deadline d WHERE d.review_id = t.review_id AND d.stage = t.stage AND d.branch = t.branch)
            """;

        public const string TaskOfNoHolder =
            """
            SELECT t.review_id || ' ' || t.stage || ' ' || t.person_id FROM task t
            WHERE NOT EXISTS (
                SELECT FROM role_grant g
                WHERE g.person_id = t.person_id AND g.programme_id = t.programme_id AND g.ended_at IS NULL)
            """;

        public const string DeadlineOfReviewAtRest =
            """
            SELECT d.review_id || ' ' || d.stage || ' while ' || r.status
            FROM deadline d JOIN review r ON r.id = d.review_id WHERE r.status <> 'running'
            """;

        public const string NextDueNotNearest =
            """
            SELECT r.id || ' says ' || coalesce(r.next_due_at::text, 'nothing') || ', nearest is ' || coalesce(d.nearest::text, 'nothing')
            FROM review r LEFT JOIN (SELECT review_id, min(due_at) AS nearest FROM deadline WHERE NOT stands AND stage NOT IN ('urgent', 'clarify_first') GROUP BY review_id) AS d
                ON d.review_id = r.id
            WHERE r.next_due_at IS DISTINCT FROM d.nearest
            """;

        // A letter that tells of the end of a time goes when nothing waits any more.
        public const string ReminderOfClosedDeadline =
            """
            SELECT m.key FROM reminder m
            WHERE m.settled_at IS NULL AND m.letter <> 'clarify_first_lapsed' AND NOT EXISTS (
                SELECT FROM deadline d
                WHERE d.review_id = m.review_id AND d.stage = m.stage AND d.branch = m.branch AND d.day = m.deadline_day)
            """;

        public const string ReminderSentWithoutLetter =
            "SELECT m.key FROM reminder m WHERE m.outcome = 'sent' AND m.outbox_key IS NULL";

        public const string OutboxWithoutCause =
            """
            SELECT o.id || ' ' || o.topic FROM outbox o
            WHERE o.review_id IS NOT NULL AND NOT EXISTS (SELECT FROM review r WHERE r.id = o.review_id)
            """;

        public const string GrantOfOtherReview =
            """
            SELECT g.id::text FROM role_grant g LEFT JOIN review r ON r.id = g.review_id
            WHERE g.review_id IS NOT NULL AND r.programme_id IS DISTINCT FROM g.programme_id
            """;

        public const string EndWithoutStatus =
            """
            SELECT r.id || ' is ' || r.status || CASE WHEN r.ended_at IS NULL THEN ' without an end' ELSE ' and has ended' END
            FROM review r WHERE (r.status IN ('withdrawn', 'closed')) <> (r.ended_at IS NOT NULL)
            """;

        public const string PublicationWithoutEvent =
            """
            SELECT p.slug || ' edition ' || p.edition FROM publication p
            WHERE NOT EXISTS (
                SELECT FROM event e
                WHERE e.review_id = p.review_id AND e.kind = 'published' AND e.body::jsonb ->> 'slug' = p.slug
                  AND (e.body::jsonb ->> 'edition')::integer = p.edition)
            """;

        public const string PublicationWithoutFile =
            """
            SELECT p.slug || ' edition ' || p.edition || ' ' || f.format
            FROM publication p CROSS JOIN (VALUES ('pdf'), ('docx')) AS f (format)
            WHERE NOT EXISTS (
                SELECT FROM report_file r WHERE r.slug = p.slug AND r.edition = p.edition AND r.format = f.format)
            """;

        // Nobody would ever make it.
        public const string ReportFileWithoutWork =
            """
            SELECT f.slug || ' edition ' || f.edition || ' ' || f.format FROM report_file f
            WHERE f.state <> 'ready' AND NOT EXISTS (
                SELECT FROM outbox o
                WHERE o.key = 'report:' || f.slug || ':' || f.edition || ':' || f.format AND o.delivered_at IS NULL)
            """;

        public const string ReportFileNotItsHash =
            """
            SELECT f.slug || ' edition ' || f.edition || ' ' || f.format FROM report_file f
            WHERE f.state = 'ready' AND (encode(sha256(f.content), 'hex') <> f.sha256 OR length(f.content) <> f.size)
            """;

        public const string SeatNotItsReview =
            """
            SELECT coalesce(d.review, seat.review_id) || ' ' || coalesce(d.state, seat.state)
            FROM (SELECT r.id AS review, s ->> 'state' AS state
                  FROM review r CROSS JOIN jsonb_array_elements(coalesce(r.dossier::jsonb #> '{team,states}', '[]')) AS s) AS d
            FULL JOIN (SELECT review_id, state FROM reviewer_seat WHERE ended_at IS NULL) AS seat
                ON seat.review_id = d.review AND seat.state = d.state
            WHERE d.review IS NULL OR seat.review_id IS NULL
            """;

        public const string InvitationNotItsReview =
            """
            SELECT coalesce(d.review, i.review_id) || ' ' || coalesce(d.id, i.id)
            FROM (SELECT r.id AS review, (s ->> 'id')::uuid AS id, s ->> 'outcome' AS outcome
                  FROM review r CROSS JOIN jsonb_array_elements(coalesce(r.dossier::jsonb #> '{team,invitations}', '[]')) AS s) AS d
            FULL JOIN invitation i ON i.review_id = d.review AND i.id = d.id
            WHERE d.review IS NULL OR i.id IS NULL OR i.outcome IS DISTINCT FROM d.outcome
            """;

        public const string ParticipantNotItsReview =
            """
            SELECT coalesce(d.review, p.review_id) || ' ' || coalesce(d.state, p.state)
            FROM (SELECT r.id AS review, s AS state
                  FROM review r CROSS JOIN jsonb_array_elements_text(coalesce(r.dossier::jsonb #> '{region,states}', '[]')) AS s) AS d
            FULL JOIN review_participant p ON p.review_id = d.review AND p.state = d.state
            WHERE d.review IS NULL OR p.review_id IS NULL
            """;
    }
}
