using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;
using KnownStages = PeerReview.Core.Process.KnownStages;
using ProcessDefinition = PeerReview.Core.Process.ProcessDefinition;

namespace PeerReview.Server.Features.Home;

/// <summary>What waits for a person, soonest first but for responses, which come before what waits for them; and the reviews in which it is somebody else's turn.</summary>
public sealed class MyTasks(Database database, Definitions definitions, StateNames states)
{
    /// <summary>Most tasks and most reviews shown at once.</summary>
    public const int Limit = 50;

    // A step is one task for each role its person has in it.
    private const int RolesOfAStep = 4;

    // Of the newest reviews somebody has a part in, those where nothing waits are shown; who has more finds them on the board.
    private const int Reviews = 500;

    public static void Map(WebRoutes routes) => routes.Api.MapGet(
        "/tasks",
        async (Visit visit, MyTasks tasks, CancellationToken cancel) =>
        {
            var mine = await tasks.OfAsync(visit.Caller, visit.Texts, cancel);
            return TypedResults.Ok(new Listing<MyTask>(mine.Waiting));
        })
        .WithName(nameof(MyTasks)).WithTags("me");

    /// <summary>Reads both in one round trip; it costs the same however many reviews there are.</summary>
    public Task<MyDesk> OfAsync(Caller caller, Texts texts, CancellationToken cancel) => database.ReadAsync(
        caller.Scope,
        Sql.Desk + OpenRights.Statement,
        new
        {
            Person = caller.Id.Value,
            Limit,
            Rows = Limit * RolesOfAStep,
            Reviews,
            States = caller.OwnStates,
            Programmes = Of(caller, Role.HeadCoordinator),
            Audited = Of(caller, Role.Auditor),
        },
        async grid =>
        {
            var now = await grid.ReadSingleAsync<DateTimeOffset>();
            var rows = (await grid.ReadAsync<TaskRow>()).ToList();
            await definitions.KnowAsync(rows.Select(row => new ProcessPin(row.ProcessId, row.ProcessVersion)), cancel);
            // Of being late, only stages of ours ask somebody else for something.
            var responding = rows.Where(row => row.Stage == SignedAct.Responses).Select(row => row.ReviewId).ToHashSet();
            var waiting = ResponsesFirst(rows.Where(row => row.Late is null || KnownStages.Serve(definitions.FindProcess(row.ProcessId, row.ProcessVersion)!, row.Stage))
                .Select(row => ToTask(row, texts, responding.Contains(row.ReviewId), now)));
            var others = (await grid.ReadAsync<ElsewhereRow>()).ToList();
            await definitions.KnowAsync(others.Select(row => new ProcessPin(row.ProcessId, row.ProcessVersion)), cancel);
            var elsewhere = others.Select(row => new ElsewhereLine(
                row.ReviewId,
                NameOf(row.State, definitions.FindProcess(row.ProcessId, row.ProcessVersion)!, row.Variant, row.SubjectKind, row.Theme, row.LaunchedAt, texts),
                states.DayIn(row.State, row.LaunchedAt), row.Status, [.. row.Turn.Split(' ', StringSplitOptions.RemoveEmptyEntries)])
            {
                Published = row.Published,
                TakesPart = row.TakesPart,
            }).ToList();
            var recorded = (await grid.ReadAsync<RecordRow>()).ToList();
            await definitions.KnowAsync(recorded.Select(row => new ProcessPin(row.ProcessId, row.ProcessVersion)), cancel);
            var records = recorded.Select(row => new RecordLine(
                row.ReviewId,
                NameOf(row.State, definitions.FindProcess(row.ProcessId, row.ProcessVersion)!, row.Variant, row.SubjectKind, row.Theme, row.LaunchedAt, texts),
                states.DayIn(row.State, row.LaunchedAt))).ToList();
            return new MyDesk(now, waiting, [.. elsewhere.Where(line => waiting.TrueForAll(task => task.Review != line.Review) && Opens(line, caller))])
            {
                Records = records,
                May = await MayAsync(await OpenRights.ReadAsync(grid), caller, texts, now, cancel),
            };
        },
        cancel);

    private async Task<List<MyTask>> MayAsync(IReadOnlyList<OpenRights.Row> rows, Caller caller, Texts texts, DateTimeOffset now, CancellationToken cancel)
    {
        await definitions.KnowAsync(rows.Select(row => new ProcessPin(row.ProcessId, row.ProcessVersion)), cancel);
        return
        [
            .. from row in rows
               let process = definitions.FindProcess(row.ProcessId, row.ProcessVersion)!
               from task in OpenRights.Of(
                   row, process, NameOf(row.State, process, row.Variant, row.SubjectKind, row.Theme, row.LaunchedAt, texts), caller, states, texts, now)
               select task,
        ];
    }

    // A stakeholder reads nothing of a withdrawn review, not even that it is over.
    private static bool Opens(ElsewhereLine line, Caller caller) => line.Status != "withdrawn"
        || line.TakesPart || caller.Actor.Grants.Any(grant => grant.Role != Role.Stakeholder && grant.Review is null);

    private static Guid[] Of(Caller caller, Role role) =>
        [.. caller.Actor.Grants.Where(g => g.Role == role && g.Review is null).Select(g => g.Programme.Value).Distinct()];

    /// <summary>What is to be published goes out with the responses to it: they come before the decision, though it is due earlier.</summary>
    private static List<MyTask> ResponsesFirst(IEnumerable<MyTask> tasks)
    {
        var ordered = tasks.ToList();
        foreach (var responses in ordered.Where(task => task.Stage == SignedAct.Responses).ToList())
        {
            var decision = ordered.FindIndex(task => task.Stage == SignedAct.Publication && task.Review == responses.Review);
            if (decision < 0 || decision > ordered.IndexOf(responses))
                continue;
            ordered.Remove(responses);
            ordered.Insert(decision, responses);
        }

        return ordered;
    }

    /// <param name="responds">Whether the person responds to recommendations of the same review as well.</param>
    private MyTask ToTask(TaskRow row, Texts texts, bool responds, DateTimeOffset now)
    {
        var left = row is { Day: { } day, Zone: { } zone } ? texts.DaysLeft(day, zone, now) : "";
        var process = definitions.FindProcess(row.ProcessId, row.ProcessVersion)!.In(texts.Language);
        var stage = process.FindStage(row.Stage);
        var gap = StageGaps.Of(process, row.Stage, row.Role);
        var step = gap is not null ? $"gap.{gap.Value.SnakeCode()}" : $"{KnownStages.RulesOf(process, row.Stage)}.{row.Late ?? row.Role}";
        // What is decided about publication waits for the responses.
        if (responds && row is { Stage: SignedAct.Publication, Late: null })
            step += "_early";
        // The plan comes after the responses only while there are any to prepare.
        if (!responds && step == "action_plan.STATE_FP")
            step = "action_plan.responded";
        // What was handed in and came back is not begun anew.
        if (row is { CameBack: true, Role: RoleCode.FocalPoint, Late: null })
            step += "_returned";
        // Every question has its reply: what is left is to hand them in.
        if (row is { Stage: ClarifyingRound.Replying, Dossier: { } replied, Late: null } && ReviewJson.ReadDossier(replied).OpenQuestions.IsEmpty)
            step += "_done";
        // A dialogue asks for one thing after the other: told is what comes next.
        if (row is { Stage: DialogueRules.Stage, Dossier: { } dossier })
            step += "." + DialogueRules.NextStep(ReviewJson.ReadDossier(dossier), row.Role);
        // Before anybody can write somebody has to be invited.
        if (row is { Stage: StakeholderWindow.Call, Role: RoleCode.Coordinator, Dossier: { } call } && ReviewJson.ReadDossier(call).Stakeholders.Invitations.IsEmpty)
            step += "_invite";
        return new MyTask(
            row.ReviewId,
            row.State,
            states.Of(row.State, texts.Language),
            row.Variant,
            row.Stage,
            Waits.IsBeside(row.Stage) ? null : TitleOf(step, row.Branch, texts) ?? stage?.Title ?? row.Stage,
            row.Role,
            row.Day,
            row.Zone,
            row.DueAt,
            row switch
            {
                { Late: LateHead } when row.Stage != CommentRules.Stage => StagePages.Of(row.ReviewId),
                // What others are late with is not done on the page of the step.
                { Late: LateHead or LateAlone or LateOwn } => StagePages.Of(row.ReviewId) + "/experts",
                _ => StagePages.Of(process, row.ReviewId, row.Stage, row.Role),
            })
        {
            IsAwaited = row.Awaited,
            Stands = row.Stands,
            CameLate = row.CameLate,
            LaunchedAt = row.LaunchedAt,
            Name = NameOf(row.State, process, row.Variant, row.SubjectKind, row.Theme, row.LaunchedAt, texts),
            Launched = states.DayIn(row.State, row.LaunchedAt),
            What = gap == StageGap.People ? texts.Of("home.what.gap.people", ("stage", stage?.Title ?? row.Stage), ("roles", OwnNames.NamedFor(texts, process, row.Stage))) : Contributing(row) is { } all and > 0
                ? $"{WhatOf(step, texts, stage?.Title, left) ?? stage?.What} {texts.Of("home.contributors", ("done", all - row.Unfinished), ("all", all))}"
                : WhatOf(step, texts, stage?.Title, left) ?? (row.Late == LateHead ? texts["home.late_head"] : stage?.What),
        };
    }

    // Whoever lost all questions to the theme has nothing to finish.
    private static long? Contributing(TaskRow row) => row is { Stage: AssessmentToSign.Stage, Dossier: { } dossier }
        ? row.Contributors - ReviewJson.ReadDossier(dossier).WithoutQuestions.Count()
        : row.Contributors;

    private string NameOf(string state, ProcessDefinition process, string variant, string kind, string? theme, DateTimeOffset launchedAt, Texts texts) => ReviewNames.Of(
        texts, states.Of(state, texts.Language), VariantNames.Whole(texts, process, variant, kind, definitions.ThemeName(theme, texts)), states.DayIn(state, launchedAt));

    // Where a stage asks different things of different roles, what it asks of this one.
    private static string? WhatOf(string step, Texts texts, string? stage, string left) =>
        texts.Find("home.what." + step) is null ? null : texts.Of("home.what." + step, ("stage", stage ?? ""), ("left", left));

    // The same for what that is called.
    private string? TitleOf(string step, string? branch, Texts texts) =>
        texts.Find("home.step." + step) is null ? null : texts.Of("home.step." + step, ("state", branch is { Length: 3 } ? states.Of(branch, texts.Language) : ""));

    // Steps others are late with: for the head coordinator, for a coordinator without a reserve, for the reviewing State of an expert.
    private const string LateHead = "late_head", LateAlone = "late_alone", LateOwn = "late_own";

    private sealed record TaskRow(
        Guid ReviewId, string State, string SubjectKind, string Variant, DateTimeOffset LaunchedAt, string ProcessId, int ProcessVersion, string? Theme, string Stage, string? Branch, string Role,
        DateOnly? Day, string? Zone, DateTimeOffset? DueAt, string? Late, bool Stands, bool CameLate, bool Awaited, long? Contributors, long? Unfinished, string? Dossier, bool CameBack);

    private sealed record ElsewhereRow(
        Guid ReviewId, string State, string SubjectKind, string Variant, string ProcessId, int ProcessVersion, string? Theme, DateTimeOffset LaunchedAt, string Status, string Turn,
        bool Published, bool TakesPart);

    private sealed record RecordRow(Guid ReviewId, string State, string SubjectKind, string Variant, string ProcessId, int ProcessVersion, string? Theme, DateTimeOffset LaunchedAt);

    private static class Sql
    {
        // A task of several roles of one person is one line; in a dialogue the lead is asked as lead. Whoever leads a self-assessment is told how many contributors have
        // nothing left to do in it. A step nobody takes for long is somebody else's as well: where not everybody confirmed the report in
        // time, the head coordinator has a way on, and so in whatever is a month late before publication; where experts are late, their
        // focal point, who can invite a reserve, and the coordinator, who can put one in place or name another lead. What the authority signs
        // on the recommendations, the focal point prepares by the same day. Nobody is late while their clock stands.
        public const string Desk =
            """
            SELECT app.clock();
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
                FROM role_grant mine
                JOIN deadline d ON d.review_id = mine.review_id AND d.stage = 'desk_review' AND d.due_at <= app.clock() AND NOT d.stands
                JOIN role_grant late ON late.review_id = d.review_id AND late.person_id::text = d.branch AND late.role = 'REV_EXPERT' AND late.ended_at IS NULL
                CROSS JOIN LATERAL (
                    SELECT EXISTS (
                        SELECT FROM invitation i WHERE i.review_id = d.review_id AND i.state = late.state AND i.reserve AND i.outcome = 'accepted'
                          AND NOT EXISTS (
                              SELECT FROM role_grant held
                              WHERE held.review_id = i.review_id AND held.person_id = i.person_id AND held.role = 'REV_EXPERT' AND held.ended_at IS NULL)) AS waits
                ) reserve
                WHERE mine.person_id = @Person AND mine.role IN ('COORD', 'REV_FP') AND mine.ended_at IS NULL
                  AND (mine.role = 'COORD' OR (mine.state = late.state AND NOT reserve.waits))
                  AND (reserve.waits OR d.due_at <= app.clock() - CASE WHEN mine.role = 'COORD' THEN interval '21 days' ELSE interval '7 days' END)
                UNION ALL
                SELECT d.review_id, d.stage, d.branch, mine.role, d.due_at, CASE WHEN mine.role = 'REV_FP' THEN 'late_own' ELSE 'late_alone' END
                FROM role_grant mine
                JOIN deadline d ON d.review_id = mine.review_id AND d.stage IN ('consolidate', 'draft') AND d.due_at <= app.clock() - interval '21 days' AND NOT d.stands
                WHERE mine.person_id = @Person AND mine.role IN ('COORD', 'REV_FP') AND mine.ended_at IS NULL
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
            WHERE NOT EXISTS (SELECT FROM task t WHERE t.review_id = r.id AND t.person_id = @Person)
            ORDER BY r.launched_at DESC, r.id
            LIMIT @Limit;
            SELECT id AS review_id, subject_state AS state, subject_kind, variant, process_id, process_version, theme, launched_at FROM review
            WHERE programme_id = ANY (@Audited) ORDER BY launched_at DESC, id LIMIT @Limit
            """;
    }
}
