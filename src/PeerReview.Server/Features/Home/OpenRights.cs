using Dapper;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.FollowUp;
using PeerReview.Core.Process;
using PeerReview.Core.Report;
using PeerReview.Core.Reviews;
using PeerReview.Core.Selection;
using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Web;
using ReviewStatus = PeerReview.Core.Access.ReviewStatus;

namespace PeerReview.Server.Features.Home;

/// <summary>Rights of a State that are open to somebody who speaks for it without a step of the process that waits for them: to object to an
/// expert, while others of the State are asked, or to whoever took an expert's place after the time for objections; and to let the public
/// read what the lead reviewer confirmed.</summary>
internal static class OpenRights
{
    /// <summary>Reviews of the person's State in which one of them may be open.</summary>
    public const string Statement = Sql.Rows;

    /// <summary>What the statement answers.</summary>
    public static async Task<IReadOnlyList<Row>> ReadAsync(SqlMapper.GridReader grid) => [.. await grid.ReadAsync<Row>()];

    /// <summary>Those the caller may use now, each as a line, with the last day for it where there is one.</summary>
    /// <param name="process">The process of the review, known by now.</param>
    /// <param name="now">Business time, UTC.</param>
    public static IEnumerable<MyTask> Of(Row row, ProcessDefinition process, string name, Caller caller, StateNames states, Texts texts, DateTimeOffset now)
    {
        var (state, dossier) = (ProcessJson.ReadState(process, row.ProcessState), ReviewJson.ReadDossier(row.Dossier));
        var facts = new ReviewFacts(new ReviewId(row.ReviewId), new ProgrammeId(row.ProgrammeId))
        {
            Subject = new StateCode(row.State),
            Participants = [.. (dossier.Region?.States ?? []).Select(one => new StateCode(one))],
            Status = ReviewStatus.Running,
            HasTeam = true,
        };
        var actor = caller.Actor.With(row.Held);
        var rights = new List<MyTask>();
        if (Access.May(actor, ReviewAct.ObjectToExpert, facts) is null)
            rights.AddRange(Objections(row, state, dossier, states, texts, now));
        if (row.Confirmed is { } label && Access.May(actor, ReviewAct.WriteProgressNote, facts) is null && StageDoor.Closed(state, ProgressRules.Close) is null
            && PlanPublicity.MayRelease(dossier, SharingLabels.Of(label)))
        {
            rights.Add(Line(row, ProgressRules.MidTerm, texts["home.may.release"], (null, row.Zone), "follow-up", states, texts) with { What = texts["home.may.release_text"] });
        }

        return rights.Select(right => right with { Name = name });
    }

    private static IEnumerable<MyTask> Objections(Row row, ProcessState state, Dossier dossier, StateNames states, Texts texts, DateTimeOffset now)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(row.Zone);
        var open = dossier.Holding(RoleCode.Expert).Where(expert => dossier.Team.Objections.All(o => o.Person != expert)).ToList();
        if (row is { ObjectUntil: { } day, ObjectZone: { } of } && StageDoor.Closed(state, "objection") is null && open.Exists(dossier.HasDeclared))
            yield return Line(row, "objection", texts["home.may.object_any"], (day, of), "declarations", states, texts) with { What = texts["home.may.object_any_text"] };
        foreach (var expert in open.Where(expert => SteppingIn.MayObject(dossier, state, expert, zone, now)))
        {
            var seat = dossier.People.FirstOrDefault(p => p.Person == expert && p.Role == RoleCode.Expert)?.State;
            yield return Line(
                row, "objection", texts.Of("home.may.object", ("state", seat is null ? "" : states.Of(seat, texts.Language))),
                (SteppingIn.LastDay(dossier, state, expert, zone), row.Zone), "declarations", states, texts) with
            {
                What = texts["home.may.object_text"],
            };
        }
    }

    private static MyTask Line(Row row, string stage, string title, (DateOnly? Day, string Zone) until, string page, StateNames states, Texts texts) => new(
        row.ReviewId, row.State, states.Of(row.State, texts.Language), row.Variant, stage, title, RoleCode.FocalPoint, until.Day, until.Zone, null,
        $"/reviews/{row.ReviewId}/{page}")
    {
        LaunchedAt = row.LaunchedAt,
        Launched = states.DayIn(row.State, row.LaunchedAt),
    };

    /// <summary>A review as far as the rights hang on it.</summary>
    /// <param name="ObjectUntil">The day until which others of the State are asked whether they object, and the person is not; null elsewhere.</param>
    /// <param name="Confirmed">The label of what the lead confirmed; null where nothing is.</param>
    internal sealed record Row(
        Guid ReviewId, Guid ProgrammeId, string State, string SubjectKind, string Variant, DateTimeOffset LaunchedAt, string ProcessId, int ProcessVersion, string? Theme,
        string Zone, string ProcessState, string Dossier, string[] Roles, DateOnly? ObjectUntil, string? ObjectZone, string? Confirmed)
    {
        /// <summary>What the person holds in this review.</summary>
        public IEnumerable<Grant> Held => HeldRoles.Read(Roles.Select(role => new HeldRole(role, ProgrammeId, State, ReviewId)));
    }

    private static class Sql
    {
        // A handful at most: those in which a reserve holds the role of an expert and others still comment, in which others of the State are
        // asked whether it objects, or in which words of the lead stay inside. It begins with what is the person's, so that it does not grow
        // with the reviews of others.
        public const string Rows =
            """
            ;
            SELECT r.id AS review_id, r.programme_id, r.subject_state AS state, r.subject_kind, r.variant, r.launched_at, r.process_id, r.process_version, r.theme,
                   s.time_zone AS zone, r.state AS process_state, r.dossier,
                   ARRAY(SELECT role FROM role_grant WHERE review_id = r.id AND person_id = @Person AND ended_at IS NULL AND role IN ('STATE_AUTH', 'STATE_FP', 'STATE_ALT')) AS roles,
                   asked.day AS object_until, asked.zone AS object_zone, told.label AS confirmed
            FROM (
                SELECT part.review_id AS id
                FROM unnest(app.programmes()) AS own (programme) CROSS JOIN unnest(ARRAY['STATE_AUTH', 'STATE_FP', 'STATE_ALT']) AS speaks (role)
                CROSS JOIN LATERAL (
                    SELECT review_id FROM role_grant
                    WHERE person_id = @Person AND programme_id = own.programme AND role = speaks.role AND review_id IS NOT NULL AND ended_at IS NULL OFFSET 0) part
                UNION
                SELECT id FROM (SELECT id FROM review WHERE subject_state = ANY (@States) ORDER BY launched_at DESC LIMIT @Limit) own
            ) mine
            JOIN review r USING (id) JOIN state s ON s.iso3 = r.subject_state
            LEFT JOIN LATERAL (
                SELECT d.day, d.zone FROM task t JOIN deadline d ON d.review_id = t.review_id AND d.stage = t.stage AND d.branch = t.branch
                WHERE t.review_id = r.id AND t.stage = 'objection' AND t.role IN ('STATE_FP', 'STATE_ALT')
                  AND NOT EXISTS (SELECT FROM task own WHERE own.review_id = t.review_id AND own.stage = t.stage AND own.person_id = @Person)
                LIMIT 1
            ) asked ON true
            LEFT JOIN LATERAL (
                SELECT w.label FROM writing_head h JOIN writing w USING (review_id, kind, key, version)
                WHERE h.review_id = r.id AND h.kind = 'progress_note' AND h.key = 'mid_term:confirmed' AND NOT h.withdrawn
            ) told ON true
            WHERE r.status = 'running'
              AND (asked.day IS NOT NULL OR told.label <> 'CLEAR' OR (
                  EXISTS (
                      SELECT FROM invitation i
                      JOIN role_grant held ON held.review_id = i.review_id AND held.person_id = i.person_id AND held.role = 'REV_EXPERT' AND held.ended_at IS NULL
                      WHERE i.review_id = r.id AND i.reserve AND i.outcome = 'accepted')
                  AND EXISTS (SELECT FROM deadline d WHERE d.review_id = r.id AND d.stage = 'desk_review')))
            ORDER BY r.launched_at, r.id
            LIMIT @Limit
            """;
    }
}
