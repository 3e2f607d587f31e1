using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PeerReview.Core.Process;
using PeerReview.Core.Report;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Register;

/// <summary>What everybody may read: editions that were published, and of running reviews the few facts their States agreed
/// to show. Read across programmes by the worker's login, so each statement names its columns: nothing else can leave.</summary>
public sealed class PublicReads(Database database, StateNames states, Definitions definitions)
{
    /// <summary>Fewer withdrawn reviews are not counted: whoever looked before would know which it was.</summary>
    public const int LeastCount = 5;

    /// <summary>Lines of one page of the register.</summary>
    public const int PageSize = 50;

    /// <summary>An edition, the newest when none is named; null when there is none to be seen.</summary>
    public async Task<Edition?> FindAsync(string slug, int? edition, CancellationToken cancel)
    {
        var found = await database.Worker.SingleOrDefaultAsync<Edition>(
            Scope.None, Sql.Edition, new { Slug = slug, Edition = edition }, cancel);
        // A State that agreed to nothing is not betrayed by an empty page.
        return found is { RegisterConsent: false } && found.Read().Choices.Values.All(choice => choice == "none") ? null : found;
    }

    /// <summary>The register, newest first.</summary>
    /// <param name="state">ISO 3166-1 alpha-3 code, or null for all.</param>
    /// <param name="after">Where the page before ended, or null.</param>
    public async Task<RegisterPage> ListAsync(string? state, string? after, CancellationToken cancel)
    {
        var from = Cursor.Read(after);
        var (rows, withdrawn) = await database.Worker.ReadAsync(
            Scope.None, Sql.Register,
            new { State = state, At = from?.At, Id = from?.Id, Most = PageSize + 1 },
            async grid => ((await grid.ReadAsync<Row>()).ToList(), await grid.ReadSingleAsync<int>()), cancel);
        var shown = rows.Take(PageSize).ToList();
        return new RegisterPage(
            [.. shown.Select(r => r.ToLine(states, definitions))], rows.Count > PageSize ? Cursor.Write(shown[^1].LaunchedAt, shown[^1].Id) : null,
            withdrawn >= LeastCount ? withdrawn : null);
    }

    /// <summary>What a State shows of a review by a programme's own process; null where it shows nothing.</summary>
    public async Task<ShownReview?> ShownAsync(Guid review, CancellationToken cancel)
    {
        var (found, texts) = await database.Worker.ReadAsync(
            Scope.None, Sql.Shown, new { Review = review },
            async grid => (await grid.ReadSingleOrDefaultAsync<ShownReview>(), (await grid.ReadAsync<ShownRow>()).ToImmutableArray()), cancel);
        return found is null || texts.IsEmpty ? null : found with { Texts = texts };
    }

    private sealed record Row(
        Guid Id, string SubjectState, string SubjectKind, string Variant, string ProcessId, int ProcessVersion, string? Theme, string Status, DateTimeOffset LaunchedAt, bool Shows, string? Slug,
        DateTimeOffset? PublishedAt, string? State, DateTimeOffset Now)
    {
        // Suspended, deferred and late are nobody's business outside: such a review is under way. Only that a decision about publication
        // did not come by its day is said, as every State is told before it signs.
        public RegisterLine ToLine(StateNames states, Definitions definitions) => new(
            SubjectState,
            Variant,
            Status == "closed" ? "closed" : Slug is not null ? "published" : Awaits(definitions) ? "awaited" : "running",
            states.DayIn(SubjectState, LaunchedAt).ToString("yyyy-MM", CultureInfo.InvariantCulture),
            Slug,
            PublishedAt is { } at ? states.DayIn(SubjectState, at) : null)
        {
            SubjectKind = SubjectKind,
            Theme = Theme,
            Process = new ProcessPin(ProcessId, ProcessVersion),
            Shown = Shows ? $"/register/{Id}" : null,
        };

        private bool Awaits(Definitions definitions) => State is not null && definitions.FindProcess(ProcessId, ProcessVersion) is { } process
            && AwaitedDecision.IsOverdue(ProcessJson.ReadState(process, State), Now);
    }

    private static class Sql
    {
        public const string Edition =
            """
            SELECT p.slug, p.edition AS number, p.report, p.sha256, p.published_at, r.framework_id, r.framework_version, r.register_consent,
                   (SELECT max(n.edition) FROM publication n WHERE n.slug = p.slug) AS newest
            FROM publication p JOIN review r ON r.id = p.review_id
            WHERE p.slug = @Slug AND (p.edition = @Edition::integer OR @Edition::integer IS NULL)
            ORDER BY p.edition DESC LIMIT 1
            """;

        public const string Register =
            """
            SELECT r.id, r.subject_state, r.subject_kind, r.variant, r.process_id, r.process_version, r.theme, r.status, r.launched_at,
                   coalesce(json_array_length(r.dossier::json -> 'shown'), 0) > 0 AS shows,
                   p.slug, p.published_at, CASE WHEN p.slug IS NULL AND r.status <> 'closed' THEN r.state END AS state, app.clock() AS now
            FROM review r
            LEFT JOIN LATERAL (SELECT slug, published_at FROM publication
                               WHERE review_id = r.id ORDER BY edition DESC LIMIT 1) AS p ON true
            WHERE r.register_consent AND r.status <> 'withdrawn'
              AND (r.subject_state = @State::text OR @State::text IS NULL)
              AND (@At::timestamptz IS NULL OR (r.launched_at, r.id) < (@At::timestamptz, @Id::uuid))
            ORDER BY r.launched_at DESC, r.id DESC LIMIT @Most;
            SELECT count(*)::integer FROM review WHERE status = 'withdrawn'
            """;

        // The version the State decided about, under the label it had then: a later one waits for its decision.
        public const string Shown =
            """
            SELECT id, subject_state, variant, process_id, process_version FROM review
            WHERE id = @Review AND register_consent AND status <> 'withdrawn';
            SELECT w.key, w.content, w.language, w.at FROM review r
            CROSS JOIN LATERAL json_array_elements(r.dossier::json -> 'shown') AS t
            JOIN writing w ON w.review_id = r.id AND w.kind = 'stage_document' AND w.key = t ->> 'key' AND w.version = (t ->> 'version')::integer
            WHERE r.id = @Review AND r.register_consent AND r.status <> 'withdrawn' AND w.label = 'CLEAR'
            ORDER BY w.key
            """;
    }
}

/// <summary>One edition of a report.</summary>
/// <param name="Report">The file, to the byte.</param>
/// <param name="Newest">The number of the newest edition.</param>
public sealed record Edition(
    string Slug, int Number, string Report, string Sha256, DateTimeOffset PublishedAt, string FrameworkId, int FrameworkVersion,
    bool RegisterConsent, int Newest)
{
    /// <summary>Its permanent address, without the site.</summary>
    public string Address => string.Create(CultureInfo.InvariantCulture, $"/publications/{Slug}?edition={Number}");

    /// <summary>The report as a value.</summary>
    public PublishedReport Read() => ReportJson.Read(Encoding.UTF8.GetBytes(Report));
}

/// <summary>A review of which a State shows texts.</summary>
public sealed record ShownReview(Guid Id, string SubjectState, string Variant, string ProcessId, int ProcessVersion)
{
    public ImmutableArray<ShownRow> Texts { get; init; } = [];
}

/// <summary>One of those texts.</summary>
/// <param name="At">When it was saved, UTC.</param>
public sealed record ShownRow(string Key, string Content, string Language, DateTimeOffset At)
{
    /// <summary>Its words.</summary>
    public string Text => Contents.ReadText(Content);
}

/// <summary>A page of the register.</summary>
/// <param name="Next">Cursor of the page after; null at the end.</param>
/// <param name="Withdrawn">Reviews that were withdrawn: only their number is public, and that from five on; null below.</param>
public sealed record RegisterPage(ImmutableArray<RegisterLine> Items, string? Next, int? Withdrawn);

/// <summary>What the public learns of a review.</summary>
/// <param name="Status">running, awaited (a decision of the State about publication, the day of which has passed), published or closed.</param>
/// <param name="Started">Year and month of the launch.</param>
/// <param name="Slug">Of the published report; null before.</param>
public sealed record RegisterLine(string State, string Variant, string Status, string Started, string? Slug, DateOnly? Published)
{
    /// <summary><c>national</c>; or <c>regional</c> or <c>subregional</c>, for whose strategy the State leads.</summary>
    public string SubjectKind { get; init; } = "";

    /// <summary>The norm, pillar or group the review is about alone; null where it is about the whole framework.</summary>
    public string? Theme { get; init; }

    /// <summary>Where the texts are that the State shows of a programme's own process; null where it shows none.</summary>
    public string? Shown { get; init; }

    /// <summary>The process that names its variant.</summary>
    internal ProcessPin Process { get; init; } = new("", 0);
}

/// <summary>Where a page ended, as opaque text.</summary>
internal static class Cursor
{
    public static string Write(DateTimeOffset at, Guid id) => Convert.ToHexStringLower(
        [.. BitConverter.GetBytes(at.UtcTicks), .. id.ToByteArray()]);

    /// <summary>null for none, and for one that is not ours: the register then begins at the top.</summary>
    public static (DateTimeOffset At, Guid Id)? Read(string? cursor)
    {
        if (cursor is not { Length: 48 } || !cursor.All(char.IsAsciiHexDigit))
            return null;
        var bytes = Convert.FromHexString(cursor);
        var ticks = BitConverter.ToInt64(bytes);
        return ticks < 0 || ticks > DateTimeOffset.MaxValue.UtcTicks
            ? null
            : (new DateTimeOffset(ticks, TimeSpan.Zero), new Guid(bytes.AsSpan(8)));
    }
}
