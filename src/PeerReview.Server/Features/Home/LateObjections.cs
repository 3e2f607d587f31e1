using Dapper;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Core.Selection;
using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Web;
using ReviewStatus = PeerReview.Core.Access.ReviewStatus;

namespace PeerReview.Server.Features.Home;

/// <summary>The right of a State to object to whoever took an expert's place after the time for objections: no step of the process, and so
/// nothing that waits, but open until its day to those who speak for the State.</summary>
internal static class LateObjections
{
    /// <summary>Reviews of the person's State in which a reserve works as an expert while they comment.</summary>
    public const string Statement = Sql.Rows;

    /// <summary>What the statement answers.</summary>
    public static async Task<IReadOnlyList<Row>> ReadAsync(SqlMapper.GridReader grid) => [.. await grid.ReadAsync<Row>()];

    /// <summary>Those the caller may object to now, each as a line with the last day for it.</summary>
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
        if (Access.May(caller.Actor.With(row.Held), ReviewAct.ObjectToExpert, facts) is not null)
            return [];
        var zone = TimeZoneInfo.FindSystemTimeZoneById(row.Zone);
        return from expert in dossier.Holding(RoleCode.Expert)
               where dossier.Team.Objections.All(o => o.Person != expert) && SteppingIn.MayObject(dossier, state, expert, zone, now)
               let seat = dossier.People.FirstOrDefault(p => p.Person == expert && p.Role == RoleCode.Expert)?.State
               select new MyTask(
                   row.ReviewId, row.State, states.Of(row.State, texts.Language), row.Variant, "objection",
                   texts.Of("home.may.object", ("state", seat is null ? "" : states.Of(seat, texts.Language))), RoleCode.FocalPoint,
                   SteppingIn.LastDay(dossier, state, expert, zone), row.Zone, null, $"/reviews/{row.ReviewId}/declarations")
               {
                   Name = name,
                   LaunchedAt = row.LaunchedAt,
                   Launched = states.DayIn(row.State, row.LaunchedAt),
                   What = texts["home.may.object_text"],
               };
    }

    /// <summary>A review as far as the right hangs on it.</summary>
    internal sealed record Row(
        Guid ReviewId, Guid ProgrammeId, string State, string SubjectKind, string Variant, DateTimeOffset LaunchedAt, string ProcessId, int ProcessVersion, string? Theme,
        string Zone, string ProcessState, string Dossier, string[] Roles)
    {
        /// <summary>What the person holds in this review.</summary>
        public IEnumerable<Grant> Held => HeldRoles.Read(Roles.Select(role => new HeldRole(role, ProgrammeId, State, ReviewId)));
    }

    private static class Sql
    {
        // A handful at most: those in which a reserve holds the role of an expert and others still comment. It begins with what is the
        // person's, so that it does not grow with the reviews of others.
        public const string Rows =
            """
            ;
            SELECT r.id AS review_id, r.programme_id, r.subject_state AS state, r.subject_kind, r.variant, r.launched_at, r.process_id, r.process_version, r.theme,
                   s.time_zone AS zone, r.state AS process_state, r.dossier,
                   ARRAY(SELECT role FROM role_grant WHERE review_id = r.id AND person_id = @Person AND ended_at IS NULL AND role IN ('STATE_AUTH', 'STATE_FP', 'STATE_ALT')) AS roles
            FROM (
                SELECT review_id AS id FROM role_grant
                WHERE person_id = @Person AND review_id IS NOT NULL AND ended_at IS NULL AND role IN ('STATE_AUTH', 'STATE_FP', 'STATE_ALT')
                UNION
                SELECT id FROM (SELECT id FROM review WHERE subject_state = ANY (@States) ORDER BY launched_at DESC LIMIT @Limit) own
            ) mine
            JOIN review r USING (id) JOIN state s ON s.iso3 = r.subject_state
            WHERE r.status = 'running'
              AND EXISTS (
                  SELECT FROM invitation i
                  JOIN role_grant held ON held.review_id = i.review_id AND held.person_id = i.person_id AND held.role = 'REV_EXPERT' AND held.ended_at IS NULL
                  WHERE i.review_id = r.id AND i.reserve AND i.outcome = 'accepted')
              AND EXISTS (SELECT FROM deadline d WHERE d.review_id = r.id AND d.stage = 'desk_review')
            ORDER BY r.launched_at, r.id
            LIMIT @Limit
            """;
    }
}
