namespace PeerReview.Server.Features.Home;

/// <summary>What the first page of a person is read from: what waits for them, what they have a part in besides, what they audit.</summary>
internal static class DeskRows
{
    /// <summary>The clock, the steps, the reviews and the records; for <c>@Person</c>, the States and programmes they speak for.</summary>
    public const string Statement = Sql.Desk;

    /// <summary>A step is one task for each role its person has in it; who has many steps is not counted to the last of them.</summary>
    public const int RolesOfAStep = 4;

    internal sealed record TaskRow(
        Guid ReviewId, string State, string SubjectKind, string Variant, DateTimeOffset LaunchedAt, string ProcessId, int ProcessVersion, string? Theme, string Stage, string? Branch, string Role,
        DateOnly? Day, string? Zone, DateTimeOffset? DueAt, string? Late, bool Stands, bool CameLate, bool Awaited, long? Contributors, long? Unfinished, string? Dossier, bool CameBack);

    internal sealed record ElsewhereRow(
        Guid ReviewId, string State, string SubjectKind, string Variant, string ProcessId, int ProcessVersion, string? Theme, DateTimeOffset LaunchedAt, string Status, string Turn,
        bool Published, bool TakesPart);

    internal sealed record RecordRow(Guid ReviewId, string State, string SubjectKind, string Variant, string ProcessId, int ProcessVersion, string? Theme, DateTimeOffset LaunchedAt);

    private static class Sql
    {
        // A task of several roles of one person is one line; in a dialogue the lead is asked as lead. Whoever leads a self-assessment is told how many contributors have
        // nothing left to do in it. A step nobody takes for long is somebody else's as well: where not everybody confirmed the report in
        // time, the head coordinator has a way on, and so in whatever is a month late before publication; where experts are late, their
        // focal point, who can invite a reserve, and the coordinator, who can put one in place or name another lead. What the authority signs
        // on the recommendations, the focal point prepares by the same day. Nobody is late while their clock stands. What is late comes before the
        // person's part in it (OFFSET 0 keeps it so): few steps are late, and a coordinator can have a part in very many reviews. For the
        // same reason a review's own steps are looked through for the person, not the person's steps for the review.
        // Planning all this takes longer than reading it, and costs by a guess at the person's programmes would have PostgreSQL do so every
        // time: one plan for everybody, until the end of this transaction.
        public const string Desk =
            """
            SELECT app.clock() FROM set_config('plan_cache_mode', 'force_generic_plan', true);
            WITH late AS MATERIALIZED (
                SELECT review_id, stage, branch, due_at FROM deadline
                WHERE stage IN ('desk_review', 'consolidate', 'draft') AND due_at <= app.clock() AND NOT stands
            )
            SELECT t.review_id, r.subject_state AS state, r.subject_kind, r.variant, r.launched_at, r.process_id, r.process_version, r.theme, t.stage,
                   t.branch, t.role, d.day, d.zone, t.due_at, t.late, coalesce(d.stands, false) AS stands, t.late IS NULL AND coalesce((
                       SELECT min(g.granted_at) >= t.due_at FROM role_grant g
                       WHERE g.review_id = t.review_id AND g.person_id = @Person AND g.role = t.role AND g.ended_at IS NULL), false) AS came_late,
                   (t.stage = 'mid_term' AND t.role = 'REV_LEAD') OR (t.stage = 'close' AND NOT EXISTS (
                       SELECT FROM task other WHERE other.review_id = t.review_id AND other.stage = t.stage AND other.role <> t.role)) AS awaited,
                   parts.contributors, parts.unfinished, CASE WHEN t.stage IN ('dialogue', 'state_reply', 'stake_call')
                       OR (t.stage = 'self_assess' AND t.role = 'STATE_FP' AND r.theme IS NOT NULL) THEN r.dossier END AS dossier,
                   t.stage = 'self_assess' AND EXISTS (SELECT FROM writing_head h WHERE h.review_id = t.review_id AND h.kind = 'return_list') AS came_back
            FROM (
                SELECT review_id, stage, branch, CASE WHEN stage = 'dialogue' THEN max(role) ELSE min(role) END AS role, min(due_at) AS due_at, NULL AS late
                FROM (SELECT review_id, stage, branch, role, due_at FROM task WHERE person_id = @Person ORDER BY due_at NULLS LAST, review_id LIMIT @Rows) first
                GROUP BY review_id, stage, branch
                UNION ALL
                SELECT review_id, stage, min(branch), 'COORD_HEAD', min(due_at), 'late'
                FROM deadline
                WHERE programme_id = ANY(@Programmes) AND stage IN ('agree', 'reconcile') AND due_at <= app.clock() AND NOT stands
                  AND NOT EXISTS (SELECT FROM task own WHERE own.review_id = deadline.review_id AND own.person_id = @Person)
                GROUP BY review_id, stage
                UNION ALL
                SELECT d.review_id, d.stage, min(d.branch), 'COORD_HEAD', min(d.due_at), 'late_head'
                FROM deadline d JOIN review r ON r.id = d.review_id AND r.status = 'running'
                WHERE d.programme_id = ANY(@Programmes) AND d.due_at <= app.clock() - interval '30 days' AND NOT d.stands
                  AND d.stage NOT IN ('agree', 'reconcile', 'urgent', 'clarify_first')
                  AND NOT EXISTS (SELECT FROM publication p WHERE p.review_id = d.review_id)
                  AND NOT EXISTS (SELECT FROM task own WHERE own.review_id = d.review_id AND own.stage = d.stage AND own.person_id = @Person)
                GROUP BY d.review_id, d.stage
                UNION ALL
                SELECT d.review_id, d.stage, d.branch, mine.role, d.due_at,
                       CASE WHEN mine.role = 'REV_FP' THEN 'late_own' WHEN reserve.waits THEN 'late' ELSE 'late_alone' END
                FROM late d
                CROSS JOIN LATERAL (
                    SELECT role, state FROM role_grant
                    WHERE review_id = d.review_id AND person_id = @Person AND role IN ('COORD', 'REV_FP') AND ended_at IS NULL OFFSET 0) mine
                JOIN role_grant expert ON expert.review_id = d.review_id AND expert.person_id::text = d.branch AND expert.role = 'REV_EXPERT' AND expert.ended_at IS NULL
                CROSS JOIN LATERAL (
                    SELECT EXISTS (
                        SELECT FROM invitation i WHERE i.review_id = d.review_id AND i.state = expert.state AND i.reserve AND i.outcome = 'accepted'
                          AND NOT EXISTS (
                              SELECT FROM role_grant held
                              WHERE held.review_id = i.review_id AND held.person_id = i.person_id AND held.role = 'REV_EXPERT' AND held.ended_at IS NULL)) AS waits
                ) reserve
                WHERE d.stage = 'desk_review' AND (mine.role = 'COORD' OR (mine.state = expert.state AND NOT reserve.waits))
                  AND (reserve.waits OR d.due_at <= app.clock() - CASE WHEN mine.role = 'COORD' THEN interval '21 days' ELSE interval '7 days' END)
                UNION ALL
                SELECT d.review_id, d.stage, d.branch, mine.role, d.due_at, CASE WHEN mine.role = 'REV_FP' THEN 'late_own' ELSE 'late_alone' END
                FROM late d
                CROSS JOIN LATERAL (
                    SELECT role FROM role_grant
                    WHERE review_id = d.review_id AND person_id = @Person AND role IN ('COORD', 'REV_FP') AND ended_at IS NULL OFFSET 0) mine
                WHERE d.stage <> 'desk_review' AND d.due_at <= app.clock() - interval '21 days'
                  AND NOT EXISTS (SELECT FROM task own WHERE own.review_id = d.review_id AND own.stage = d.stage AND own.person_id = @Person)
                UNION ALL
                SELECT DISTINCT d.review_id, d.stage, d.branch, 'STATE_FP', d.due_at, 'prepare'
                FROM role_grant mine JOIN deadline d ON d.review_id = mine.review_id AND d.stage = 'rec_response'
                WHERE mine.person_id = @Person AND mine.role IN ('STATE_FP', 'STATE_ALT') AND mine.ended_at IS NULL
                  AND EXISTS (
                      SELECT FROM writing_head asked
                      WHERE asked.review_id = d.review_id AND asked.kind = 'recommendation' AND NOT asked.withdrawn
                        AND NOT EXISTS (
                            SELECT FROM writing_head said
                            WHERE said.review_id = asked.review_id AND said.kind = 'response' AND said.key = asked.key AND NOT said.withdrawn))
                  AND NOT EXISTS (SELECT FROM task own WHERE own.review_id = d.review_id AND own.stage = d.stage AND own.person_id = @Person)
                ORDER BY due_at NULLS LAST, review_id, stage, branch
                LIMIT @Limit
            ) t
            JOIN review r ON r.id = t.review_id
            LEFT JOIN deadline d ON d.review_id = t.review_id AND d.stage = t.stage AND d.branch = t.branch
            LEFT JOIN LATERAL (
                SELECT count(*) AS contributors,
                       count(*) FILTER (WHERE EXISTS (
                           SELECT FROM task o WHERE o.review_id = t.review_id AND o.stage = t.stage
                             AND o.role = 'STATE_CONTRIB' AND o.person_id = g.person_id)) AS unfinished
                FROM role_grant g WHERE g.review_id = t.review_id AND g.role = 'STATE_CONTRIB' AND g.ended_at IS NULL
            ) parts ON t.stage = 'self_assess' AND t.role = 'STATE_FP'
            ORDER BY t.due_at NULLS LAST, t.review_id, t.stage, t.branch;
            SELECT r.id AS review_id, r.subject_state AS state, r.subject_kind, r.variant, r.process_id, r.process_version, r.theme, r.launched_at, r.status, r.turn,
                   EXISTS (SELECT FROM publication p WHERE p.review_id = r.id) AS published,
                   EXISTS (SELECT FROM role_grant g WHERE g.review_id = r.id AND g.person_id = @Person AND g.role <> 'STAKEHOLDER' AND g.ended_at IS NULL) AS takes_part
            FROM (
                SELECT id FROM (
                    SELECT review_id AS id FROM role_grant
                    WHERE person_id = @Person AND review_id IS NOT NULL AND ended_at IS NULL
                    GROUP BY review_id ORDER BY review_id DESC LIMIT @Reviews
                ) held
                UNION
                SELECT id FROM (
                    SELECT id FROM review WHERE subject_state = ANY (@States) ORDER BY launched_at DESC LIMIT @Limit
                ) own
                UNION
                SELECT review_id FROM review_participant WHERE state = ANY (@States)
                UNION
                SELECT id FROM (
                    SELECT id FROM review WHERE programme_id = ANY (@Programmes) ORDER BY launched_at DESC, id LIMIT @Limit
                ) headed
            ) mine
            JOIN review r USING (id)
            WHERE NOT EXISTS (SELECT FROM (SELECT person_id FROM task WHERE review_id = r.id OFFSET 0) step WHERE step.person_id = @Person)
            ORDER BY r.launched_at DESC, r.id
            LIMIT @Limit;
            SELECT r.id AS review_id, r.subject_state AS state, r.subject_kind, r.variant, r.process_id, r.process_version, r.theme, r.launched_at
            FROM unnest(@Audited::uuid[]) AS audited (programme) CROSS JOIN LATERAL (
                SELECT * FROM review WHERE programme_id = audited.programme ORDER BY launched_at DESC, id LIMIT @Limit) r
            ORDER BY r.launched_at DESC, r.id LIMIT @Limit
            """;
    }
}
