using System.Collections.Immutable;
using System.Globalization;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Find;

/// <summary>Finds a page by words of its name: places, one's own reviews and their stages, and the questions of one's own
/// self-assessment. Ctrl+K opens it from everywhere; it works as a page by itself.</summary>
public sealed class FindPage(Database database, Definitions definitions, StateNames states, ReviewLookup reviews)
{
    /// <summary>Most pages shown at once.</summary>
    public const int Limit = 30;

    public static void Map(WebRoutes routes) => routes.Pages.MapGet(
        "/find",
        async (Visit visit, string? q, FindPage page, CancellationToken cancel) => Answer.Page<FindView>(new
        {
            Model = await page.FindAsync(visit, (q ?? "").Trim(), cancel),
        }));

    private async Task<FindModel> FindAsync(Visit visit, string wanted, CancellationToken cancel)
    {
        var words = wanted.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var rows = words.Length == 0 ? [] : await database.QueryAsync<Row>(
            visit.Caller.Scope,
            Sql.Reviews,
            new { Person = visit.Caller.Id.Value, States = visit.Caller.OwnStates, Programmes = Coordinated(visit.Caller), Limit },
            cancel);
        await definitions.KnowAsync(rows.Select(row => new ProcessPin(row.ProcessId, row.ProcessVersion)), cancel);
        var pages = new List<FoundPage>();
        if (words.Length > 0)
            pages.AddRange(Places(visit).Where(Fits));
        foreach (var row in rows.TakeWhile(_ => pages.Count < Limit))
        {
            var found = PagesOf(row, visit).Where(Fits).ToList();
            // How a review stands is read only where the words lead into it, and once.
            if (found.Exists(page => page.Stage is not null) && await reviews.FindAsync(visit.Caller.Actor, new ReviewId(row.Id), cancel) is { } review)
                found.RemoveAll(page => page.Stage is { } stage && (!TakesPlace(review, stage) || !PageSight.Opens(review, stage, visit.Caller.Actor)));
            else
                found.RemoveAll(page => page.Stage is not null);
            // Stages that share a page are one hit.
            pages.AddRange(found.DistinctBy(page => (page.Title, page.Path)));
        }

        return new FindModel(wanted, [.. pages.Take(Limit)]);

        bool Fits(FoundPage page) => FindPage.Fits(page, words, visit.Texts.Culture);
    }

    private static IEnumerable<FoundPage> Places(Visit visit) =>
    [
        .. visit.Places.Select(place => new FoundPage(visit.Texts["nav." + place.Name], null, place.Path)),
        new(visit.Texts["processes.title"], null, "/processes"),
        new(visit.Texts["accounts.title"], null, "/account"),
        new(visit.Texts["shell.language"], null, "/language"),
        new(visit.Texts["shell.accessibility"], null, "/accessibility"),
    ];

    private IEnumerable<FoundPage> PagesOf(Row row, Visit visit)
    {
        var texts = visit.Texts;
        var process = definitions.FindProcess(row.ProcessId, row.ProcessVersion)!.In(texts.Language);
        var name = $"{states.Of(row.State, texts.Language)} – {VariantNames.Whole(texts, process, row.Variant, row.SubjectKind, definitions.ThemeName(row.Theme, texts))}";
        // Names of States are typed in Latin letters as well, and as their codes.
        yield return new FoundPage(name, null, StagePages.Of(row.Id)) { Also = $"{states.Of(row.State, "en")} {row.State}" };
        foreach (var stage in process.Stages.Where(s => StagePages.Has(process, s.Id)))
            yield return new FoundPage(stage.Title, name, StagePages.Of(process, row.Id, stage.Id)) { Stage = stage };
        if (!SpeaksFor(visit.Caller, row))
            yield break;
        var framework = definitions.Framework(row.FrameworkId, row.FrameworkVersion).In(texts.Language);
        foreach (var item in row.Items.Select(framework.Item).OfType<Core.Frameworks.FrameworkItem>())
            yield return new FoundPage($"{item.Id} {item.Question}", name, $"{StagePages.Of(row.Id, "self_assess")}/{item.Id}");
    }

    // Steps of different kinds of review share a page: found is the one this review has, or had when it was done.
    private static bool TakesPlace(LoadedReview review, Core.Process.Stage stage) =>
        review.State.Exists(stage) || review.State[stage].Status == Core.Process.StageStatus.Done;

    // The answers of a State are found by those who lead them; what others may read of them stands in the review.
    private static bool SpeaksFor(Caller caller, Row row) => row.Leads
        || caller.Actor.Grants.Any(grant => grant is { Role: Role.StateAuthority, Review: null } && grant.State?.Value == row.State);

    private static bool Fits(FoundPage page, string[] words, CultureInfo culture) => Array.TrueForAll(words, word =>
        culture.CompareInfo.IndexOf($"{page.Title} {page.Where} {page.Also}", word, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0);

    private static Guid[] Coordinated(Caller caller) =>
        [.. caller.Actor.Grants.Where(g => g is { Role: Role.Coordinator or Role.HeadCoordinator, Review: null })
            .Select(g => g.Programme.Value).Distinct()];

    private sealed record Row(
        Guid Id, string State, string SubjectKind, string Variant, string ProcessId, int ProcessVersion, string FrameworkId, int FrameworkVersion, string? Theme, string[] Items, bool Leads);

    private static class Sql
    {
        // Those of the newest reviews somebody has a part in.
        public const string Reviews =
            """
            SELECT r.id, r.subject_state AS state, r.subject_kind, r.variant, r.process_id, r.process_version, r.framework_id, r.framework_version,
                   r.theme, ARRAY(SELECT jsonb_array_elements_text(r.dossier::jsonb -> 'items')) AS items,
                   EXISTS (SELECT FROM role_grant g WHERE g.review_id = r.id AND g.person_id = @Person AND g.role IN ('STATE_FP', 'STATE_ALT')
                           AND g.ended_at IS NULL) AS leads
            FROM (
                SELECT id FROM (
                    SELECT review_id AS id FROM role_grant
                    WHERE person_id = @Person AND review_id IS NOT NULL AND ended_at IS NULL
                    GROUP BY review_id ORDER BY review_id DESC LIMIT @Limit
                ) held
                UNION
                SELECT id FROM (SELECT id FROM review WHERE subject_state = ANY (@States) ORDER BY launched_at DESC LIMIT @Limit) own
                UNION
                SELECT review_id FROM review_participant WHERE state = ANY (@States)
                UNION
                SELECT id FROM (SELECT id FROM review WHERE programme_id = ANY (@Programmes)
                                ORDER BY launched_at DESC, id LIMIT @Limit) coordinated
            ) mine
            JOIN review r USING (id)
            ORDER BY r.launched_at DESC, r.id
            LIMIT @Limit
            """;
    }
}

/// <summary>A page that was found.</summary>
/// <param name="Where">The review it belongs to, or null.</param>
public sealed record FoundPage(string Title, string? Where, string Path)
{
    /// <summary>Other words by which it is found.</summary>
    internal string? Also { get; init; }

    /// <summary>The stage it is of; null for a page that opens to whoever finds it.</summary>
    internal Core.Process.Stage? Stage { get; init; }
}

/// <summary>What the search draws.</summary>
/// <param name="Wanted">What was typed.</param>
public sealed record FindModel(string Wanted, ImmutableArray<FoundPage> Pages);
