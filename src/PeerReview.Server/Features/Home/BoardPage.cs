using System.Globalization;
using PeerReview.Core.Access;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Home;

/// <summary>The reviews a coordinator looks after: status, whose turn, what is late.</summary>
public sealed class BoardPage(Database database, Definitions definitions, StateNames states)
{
    private const int PageSize = 50;

    public static void Map(WebRoutes routes)
    {
        routes.Pages.MapGet("/board", async (Visit visit, [AsParameters] BoardQuery query, BoardPage board, CancellationToken cancel) =>
            IsAllowed(visit.Caller)
                ? Answer.Page<BoardView>(new { Model = await board.ReadAsync(visit.Caller, query, visit.Texts, cancel) })
                : Answer.NotFound());
        routes.Api.MapGet("/reviews", async (Visit visit, [AsParameters] BoardQuery query, BoardPage board, CancellationToken cancel) =>
            {
                var read = await board.ReadAsync(visit.Caller, query, visit.Texts, cancel);
                return TypedResults.Ok(new Listing<BoardLine>(read.Lines, read.Next));
            })
            .WithName("ListReviews").WithTags("reviews");
    }

    private static bool IsAllowed(Caller caller) => caller.HasSome(Role.Coordinator) || caller.HasSome(Role.HeadCoordinator);

    /// <summary>One page of the list, in one round trip.</summary>
    private Task<BoardModel> ReadAsync(Caller caller, BoardQuery query, Texts texts, CancellationToken cancel) => database.ReadAsync(
        caller.Scope,
        Sql.Page,
        new
        {
            Programmes = ProgrammesOf(caller),
            Person = caller.Id.Value,
            States = caller.OwnStates,
            Status = query.Status is { Length: > 0 } status ? status : null,
            Turn = query.Turn is { Length: > 0 } turn ? turn : null,
            State = query.State is { Length: > 0 } state ? state.ToUpperInvariant() : null,
            Late = query.Late == "on",
            Soon = query.Soon == "on",
            Tiles.Most,
            Rows = Tiles.Most * DeskRows.RolesOfAStep,
            Far = MyDesk.FarDays,
            After = Cursor(query.After),
            Size = PageSize + 1,
        },
        async grid =>
        {
            var now = await grid.ReadSingleAsync<DateTimeOffset>();
            var tiles = await grid.ReadSingleAsync<Tiles>();
            var rows = (await grid.ReadAsync<Row>()).ToList();
            await definitions.KnowAsync(rows.Select(row => new ProcessPin(row.ProcessId, row.ProcessVersion)), cancel);
            var lines = rows.Take(PageSize).Select(row => new BoardLine(
                row.Id, row.State, states.Of(row.State, texts.Language), row.Variant, row.Status,
                [.. row.Turn.Split(' ', StringSplitOptions.RemoveEmptyEntries)], row.LaunchedAt, row.NextDueAt, row.Day, row.Zone,
                row.Status == "running" && row.NextDueAt is { } due && due <= now)
            {
                Stands = row.Stands,
                GoesOn = row.ResumesAt is { } resumes ? states.DayIn(row.State, resumes) : null,
                Name = ReviewNames.Of(
                    texts, states.Of(row.State, texts.Language),
                    VariantNames.Whole(texts, definitions.FindProcess(row.ProcessId, row.ProcessVersion)!, row.Variant, row.SubjectKind, definitions.ThemeName(row.Theme, texts)),
                    states.DayIn(row.State, row.LaunchedAt)),
                Published = row.Published,
                Due = [.. (row.DueRoles ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)],
                IsNear = row.NextDueAt <= now.AddDays(MyDesk.FarDays),
            }).ToList();
            return new BoardModel(query, now, states, tiles, lines, rows.Count > PageSize ? lines[^1].Id.ToString("N") : null);
        },
        cancel);

    private static Guid? Cursor(string? after) => Guid.TryParseExact(after, "N", out var id) ? id : null;

    private static Guid[] ProgrammesOf(Caller caller) =>
        [.. caller.Actor.Grants.Where(g => g is { Role: Role.Coordinator or Role.HeadCoordinator, Review: null })
            .Select(g => g.Programme.Value).Distinct()];

    private sealed record Row(
        Guid Id, string State, string SubjectKind, string Variant, string ProcessId, int ProcessVersion, string? Theme, string Status, string Turn, DateTimeOffset LaunchedAt,
        DateTimeOffset? NextDueAt, DateOnly? Day, string? Zone, string? DueRoles, bool Stands, bool Published, DateTimeOffset? ResumesAt);

    private static class Parts
    {
        // What is asked for, and nothing after the cursor. Ids are made in the order of launching, so the newest comes first and a page
        // follows the last id of the one before.
        public const string Newest =
            """
              AND (@Status::text IS NULL OR r.status = @Status)
              AND (@Turn::text IS NULL OR @Turn = ANY (string_to_array(r.turn, ' ')))
              AND (@State::text IS NULL OR r.subject_state = @State)
              AND (NOT @Late OR (r.status = 'running' AND r.next_due_at <= (SELECT app.clock())))
              AND (NOT @Soon OR (r.status = 'running' AND r.next_due_at > (SELECT app.clock())
                   AND r.next_due_at <= (SELECT app.clock()) + interval '7 days'))
              AND (@After::uuid IS NULL OR r.id < @After)
            ORDER BY r.id DESC
            LIMIT @Size
            """;
    }

    private static class Sql
    {
        // The clock stands in a query of its own: it is asked once then, and the index finds what is late, not every review.
        // Whoever looks after thousands of reviews has as many tasks: the index finds the first that are due, and counting ends. Each reason
        // to see a review finds its own newest, so that none has to be known to the last before the page is full.
        public const string Page =
            """
            SELECT app.clock();
            SELECT (SELECT count(*) FROM (SELECT FROM review WHERE programme_id = ANY (@Programmes) AND status = 'running'
                        AND next_due_at <= (SELECT app.clock()) LIMIT @Most) x) AS late,
                   (SELECT count(*) FROM (SELECT FROM review WHERE programme_id = ANY (@Programmes) AND status = 'running'
                        AND next_due_at > (SELECT app.clock()) AND next_due_at <= (SELECT app.clock()) + interval '7 days' LIMIT @Most) x) AS soon,
                   (SELECT count(*) FROM (SELECT DISTINCT review_id, stage, branch FROM (
                        (SELECT review_id, stage, branch FROM task WHERE person_id = @Person
                            AND due_at <= (SELECT app.clock()) + make_interval(days => @Far) ORDER BY due_at LIMIT @Rows)
                        UNION ALL
                        (SELECT review_id, stage, branch FROM task WHERE person_id = @Person AND due_at IS NULL LIMIT @Rows)) step
                        LIMIT @Most) x) AS mine,
                   (SELECT count(*) FROM (SELECT FROM review WHERE programme_id = ANY (@Programmes) AND status = 'deferred'
                        LIMIT @Most) x) AS deferred,
                   (SELECT count(*) FROM (SELECT FROM review WHERE programme_id = ANY (@Programmes) AND status = 'suspended'
                        LIMIT @Most) x) AS suspended;
            WITH seen AS (
            (SELECT r.id FROM review r WHERE r.programme_id = ANY (@Programmes)
            """ + Parts.Newest + """
            )
            UNION
            (SELECT r.id FROM review r WHERE r.subject_state = ANY (@States)
            """ + Parts.Newest + """
            )
            UNION
            (SELECT DISTINCT r.id FROM review r JOIN review_participant p ON p.review_id = r.id WHERE p.state = ANY (@States)
            """ + Parts.Newest + """
            )
            UNION
            (SELECT DISTINCT r.id FROM review r JOIN role_grant g ON g.review_id = r.id
             WHERE g.person_id = @Person AND g.review_id IS NOT NULL AND g.ended_at IS NULL
            """ + Parts.Newest + """
            ))
            SELECT r.id, r.subject_state AS state, r.subject_kind, r.variant, r.process_id, r.process_version, r.theme, r.status, r.turn, r.launched_at, d.due_at AS next_due_at, d.day, d.zone, d.roles AS due_roles,
                   r.next_due_at IS NULL AND EXISTS (SELECT FROM deadline s WHERE s.review_id = r.id AND s.stands
                       AND (s.stage <> 'endorse' OR r.programme_id = ANY (@Programmes) OR r.subject_state = ANY (@States))) AS stands,
                   EXISTS (SELECT FROM publication p WHERE p.review_id = r.id) AS published,
                   r.resumes_at
            FROM seen JOIN review r USING (id)
            LEFT JOIN LATERAL (SELECT day, zone, due_at, roles FROM deadline
                               WHERE review_id = r.id AND due_at = r.next_due_at AND NOT stands
                                 -- Which participating States have not answered is not told to the others, not even by their clock.
                                 AND (stage <> 'endorse' OR r.programme_id = ANY (@Programmes) OR r.subject_state = ANY (@States))
                               ORDER BY stage, branch LIMIT 1) d ON true
            ORDER BY r.id DESC
            LIMIT @Size
            """;
    }
}

/// <summary>What is asked of the board.</summary>
public sealed record BoardQuery
{
    /// <summary>Code of a status of reviews.</summary>
    public string? Status { get; init; }

    /// <summary>Role code whose turn it is.</summary>
    public string? Turn { get; init; }

    /// <summary>ISO 3166-1 alpha-3 code.</summary>
    public string? State { get; init; }

    /// <summary>"on" for reviews with a deadline that has passed.</summary>
    public string? Late { get; init; }

    /// <summary>"on" for reviews with a deadline within seven days.</summary>
    public string? Soon { get; init; }

    /// <summary>Cursor of the page before.</summary>
    public string? After { get; init; }

    /// <summary>The roles one can ask for.</summary>
    public static IReadOnlyList<string> Turns { get; } =
    [
        RoleCode.Coordinator, RoleCode.HeadCoordinator, RoleCode.Authority, RoleCode.FocalPoint, RoleCode.Contributor, RoleCode.ReviewerFocalPoint,
        RoleCode.Lead, RoleCode.Expert, RoleCode.Stakeholder,
    ];

    /// <summary>The same question for the next page.</summary>
    public string NextPage(string cursor) => "/board?" + string.Join('&', new[]
    {
        ("status", Status), ("turn", Turn), ("state", State), ("late", Late), ("soon", Soon), ("after", cursor),
    }.Where(p => !string.IsNullOrEmpty(p.Item2)).Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Item1}={Uri.EscapeDataString(p.Item2!)}")));
}

/// <summary>One review on the board.</summary>
/// <param name="NextDueAt">The first instant that is too late for what is due next, UTC.</param>
/// <param name="Day">What is due next is due until 23:59:59 of this day in <paramref name="Zone"/>, that of who acts.</param>
public sealed record BoardLine(
    Guid Id, string State, string StateName, string Variant, string Status, IReadOnlyList<string> Turn, DateTimeOffset LaunchedAt,
    DateTimeOffset? NextDueAt, DateOnly? Day, string? Zone, bool Late)
{
    /// <summary>What the review is called, see <see cref="ReviewNames"/>.</summary>
    internal string Name { get; init; } = "";

    /// <summary>Whether nothing has a deadline that runs because the clock of whoever is waited for stands.</summary>
    public bool Stands { get; init; }

    /// <summary>The day on which a review that was put off goes on by itself, where its State is; null for all others.</summary>
    internal DateOnly? GoesOn { get; init; }

    /// <summary>The roles that what is due next waits for.</summary>
    internal IReadOnlyList<string> Due { get; init; } = [];

    /// <summary>Whether what is due next is due before long, or late: what those it waits for have on their own page now.</summary>
    internal bool IsNear { get; init; }

    /// <summary>Whose turn it is, as the board says it: after publication whoever something is due from before long.</summary>
    internal IReadOnlyList<string> Acting => !Published ? Turn : IsNear ? Due : [];

    /// <summary>Whether its report is out: what is left takes years, and is nobody's turn in particular before it is late.</summary>
    public bool Published { get; init; }
}

/// <summary>What the board draws.</summary>
/// <param name="Next">Cursor of the next page, or null.</param>
public sealed record BoardModel(BoardQuery Query, DateTimeOffset Now, StateNames States, Tiles Tiles, IReadOnlyList<BoardLine> Lines, string? Next);

/// <summary>How many reviews of a coordinator each saved query finds, counted up to <see cref="Most"/>.</summary>
/// <param name="Late">With a deadline that has passed.</param>
/// <param name="Soon">With a deadline within seven days.</param>
/// <param name="Mine">Steps that wait for the coordinator in person; not those due only in a long while, which home shows as later.</param>
public sealed record Tiles(long Late, long Soon, long Mine, long Deferred, long Suspended)
{
    /// <summary>Counting ends here: more is said as "more than".</summary>
    public const int Most = 100;
}
