using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Launch;

/// <summary>A review of one theme: launched, reviewed, published, and what it means for the next.</summary>
public sealed class ThemeLaunchTests
{
    private const string Infrastructure = "critical_infrastructure";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_review_of_one_theme_asks_all_its_questions_and_is_named_after_it()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.LaunchAsync(app, change: On(Infrastructure));

        var body = await review.Authority.Client.GetFromJsonAsync<JsonElement>(review.Api, Cancel);
        Assert.Equal(Infrastructure, body.GetProperty("theme").GetString());
        Assert.Equal(["N-f", "N-g", "N-h"], Parts(body.GetProperty("items")));
        Assert.Equal(
            ["review_launched", "theme_chosen"],
            await app.Database.AsOwnerAsync<string>("SELECT kind FROM event WHERE kind IN ('theme_chosen', 'review_launched') ORDER BY sequence"));
        using var authority = await Pages.OfAsync(app, review.Authority);
        using var office = await Pages.OfAsync(app, review.Coordinator);
        using var visitor = await Pages.OfAsync(app, person: null);
        foreach (var (pages, path) in new[] { (authority, $"/reviews/{review.Id}"), (authority, "/"), (office, "/board"), (visitor, "/register"), (authority, "/find?q=Light") })
            Assert.Contains("Light voluntary report – Critical infrastructure", (await pages.ReadAsync(path)).Html, StringComparison.Ordinal);
        Assert.Equal(
            [Infrastructure],
            await app.Database.AsOwnerAsync<string>("SELECT DISTINCT body::jsonb -> 'review' ->> 'theme' FROM outbox WHERE review_id = @Id", new { review.Id }));
        await app.Database.RequireSoundAsync();
    }

    [Theory]
    [InlineData("everything", false, "scope.unknown-theme", "theme")]
    [InlineData("", false, "scope.unknown-theme", "theme")]
    [InlineData("N-c", true, "scope.theme-alone", "items")]
    public async Task A_theme_that_is_none_or_has_company_is_refused(string theme, bool own, string code, string field)
    {
        await using var app = await TestApp.StartAsync();
        var authority = await app.PersonAsync("STATE_AUTH", "KEN");
        var notice = LightReview.Notice(app, "KEN");
        notice["theme"] = theme;
        if (!own)
            notice["items"] = Array.Empty<string>();

        using var answer = await authority.Client.PostAsJsonAsync("/api/v1/reviews", notice, Cancel);

        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, code, field), (answer.StatusCode, problem.GetProperty("code").GetString(), problem.GetProperty("field").GetString()));
        Assert.Equal([0L], await app.Database.AsOwnerAsync<long>("SELECT count(*) FROM review"));
    }

    [Fact]
    public async Task The_page_offers_a_theme_in_place_of_items_and_launches_it_without_scripts()
    {
        await using var app = await TestApp.StartAsync();
        var authority = await app.PersonAsync("STATE_AUTH", "KEN");
        using var pages = await Pages.OfAsync(app, authority);

        var whole = (await pages.ReadAsync("/reviews/new?variant=light")).Html;
        Assert.Contains("href=\"/reviews/new?variant=light&theme=one\"", whole, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"theme\"", whole, StringComparison.Ordinal);
        var themed = (await pages.ReadAsync("/reviews/new?variant=light&theme=one")).Html;
        Assert.Contains("Critical infrastructure (12 questions)", themed, StringComparison.Ordinal);
        Assert.Contains("<option value=\"N-c\">N-c Territorial care (4 questions)</option>", themed, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"items\"", themed, StringComparison.Ordinal);

        Assert.Contains("Choose one of the themes", (await pages.SubmitAsync("/reviews/new", Form(app, ""))).Html, StringComparison.Ordinal);
        var (status, _, next) = await pages.SubmitAsync("/reviews/new", Form(app, "N-c"));
        Assert.Equal(HttpStatusCode.SeeOther, status);
        Assert.Contains("N-c Territorial care (4 questions)", (await pages.ReadAsync(next!)).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_desk_review_of_a_theme_comes_to_a_report_that_names_it_and_holds_only_its_parts()
    {
        await using var desk = await DeskReview.PublishedAsync(change: On(Infrastructure));
        var slug = (await desk.App.Database.AsOwnerAsync<string>("SELECT slug FROM publication")).Single();
        using var visitor = await Pages.OfAsync(desk.App, person: null);

        var (_, html) = await visitor.ReadAsync($"/publications/{slug}");
        Assert.Contains("<h1>Voluntary review of Kenya – Critical infrastructure</h1>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("N-a –", html, StringComparison.Ordinal);
        var report = await desk.App.Visitor().GetFromJsonAsync<JsonElement>($"/api/v1/publications/{slug}", Cancel);
        Assert.Equal(Infrastructure, report.GetProperty("theme").GetString());
        var sections = report.GetProperty("agreed").GetProperty("sections").EnumerateArray().Select(section => section.GetProperty("section").GetString()!)
            .Where(section => section.StartsWith("N-", StringComparison.Ordinal) || section.StartsWith("P-", StringComparison.Ordinal));
        Assert.Empty(sections.Except(["N-f", "N-g", "N-h"]));
        // The feed and the register tell two reports of one State apart.
        Assert.Contains("Kenya – Critical infrastructure", (await visitor.ReadAsync("/register.atom")).Html, StringComparison.Ordinal);
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task A_published_theme_bars_its_own_items_and_prefills_them_in_the_next_review()
    {
        await using var app = await TestApp.StartAsync();
        var last = await ReviewAt.DecidingAsync(app, change: On("N-c"));
        using (var decided = await last.Authority.Client.PostAsJsonAsync(
            $"{last.Api}/stages/pub_decide/complete",
            new { choices = new { self_assessment = "full", clarifications = "none", commitments = "none", summary = "none" }, signature = LightReview.Signature(app) }, Cancel))
            decided.EnsureSuccessStatusCode();
        using (var published = await last.Coordinator.Client.PostAsJsonAsync($"{last.Api}/stages/publish/complete", new { }, Cancel))
            published.EnsureSuccessStatusCode();

        using var again = await last.Authority.Client.PostAsJsonAsync("/api/v1/reviews", Notice(app, Infrastructure), Cancel);
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        using var same = await last.Authority.Client.PostAsJsonAsync("/api/v1/reviews", Notice(app, "N-c"), Cancel);
        Assert.Equal("launch.cooldown", (await same.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString());
        var next = await ReviewAt.AssessingAsync(app, change: notice => notice["cooldownReason"] = "[asked for again]");
        var carried = await next.FocalPoint.Client.GetFromJsonAsync<JsonElement>($"{next.Api}/last", Cancel);
        Assert.Contains(ReviewAt.MarkerOf("N-c.c1"), carried.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(ReviewAt.MarkerOf("N-a.a1"), carried.GetRawText(), StringComparison.Ordinal);
        await app.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task A_regional_review_of_a_theme_asks_every_State_its_questions()
    {
        await using var desk = await DeskReview.StartAsync(change: notice =>
        {
            RegionalReview.Regional(notice);
            On("N-c")(notice);
        });

        var body = await desk.Authority.Client.GetFromJsonAsync<JsonElement>(desk.Api, Cancel);
        Assert.Equal(["N-c"], Parts(body.GetProperty("items")));
        // Other States answer all of it: it is not limited further.
        using var narrowed = await desk.Authority.Client.PostAsJsonAsync(
            $"{desk.Api}/theme", new { theme = "N-c", reason = "[less]", signature = LightReview.Signature(desk.App) }, Cancel);
        Assert.Equal("theme.regional", (await narrowed.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString());
    }

    private static IEnumerable<string> Parts(JsonElement items) => items.EnumerateArray().Select(item => item.GetString()!.Split('.')[0]).Distinct();

    private static Action<IDictionary<string, object>> On(string theme) => notice =>
    {
        notice["theme"] = theme;
        notice["items"] = Array.Empty<string>();
    };

    private static IDictionary<string, object> Notice(TestApp app, string theme)
    {
        var notice = LightReview.Notice(app, "KEN");
        On(theme)(notice);
        return notice;
    }

    private static (string Name, string Value)[] Form(TestApp app, string theme) =>
    [
        ("subject", $"{app.Programme}:KEN"), ("subject_kind", "national"), ("variant", "light"), ("theme", theme), ("working_language", "en"),
        ("promise.self_assessment", "full"), ("promise.clarifications", "none"), ("promise.commitments", "full"), ("promise.summary", "full"),
        ("signature.name", "A. Signatory"), ("signature.office", "Director"), ("signature.day", app.StartedAt.UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)),
    ];
}
