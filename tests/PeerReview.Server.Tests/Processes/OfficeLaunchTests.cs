using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Processes;

/// <summary>A launch by the office for a State: nobody is chosen beforehand, only States with a mission, and the register is the State's.</summary>
public sealed class OfficeLaunchTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("peerreview-office-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_dates_count_a_stage_that_is_ticked_but_not_sent()
    {
        await using var app = await TestApp.StartAsync();
        var authority = await app.PersonAsync("STATE_AUTH", "KEN");
        await OwnProcess.PublishAsync(app, _folder, OwnProcess.FileOf("nis2-like"));
        using var pages = await Pages.OfAsync(app, authority);

        Assert.DoesNotContain("Self-assessment", await DaysAsync("&optional="), StringComparison.Ordinal);
        Assert.Contains("Self-assessment", await DaysAsync("&optional=&optional=self_assess"), StringComparison.Ordinal);

        async Task<string> DaysAsync(string ticked)
        {
            var html = (await pages.ReadAsync($"/reviews/new?process=nis2-like&variant=remote{ticked}")).Html;
            var from = html.IndexOf("id=\"forecast-days\"", StringComparison.Ordinal);
            return html[from..html.IndexOf("</table>", from, StringComparison.Ordinal)];
        }
    }

    [Fact]
    public async Task What_the_dates_depend_on_is_asked_for_with_them_though_the_address_does_not_say_it()
    {
        await using var app = await TestApp.StartAsync();
        var authority = await app.PersonAsync("STATE_AUTH", "KEN");
        await OwnProcess.PublishAsync(app, _folder, OwnProcess.FileOf("nis2-like"));
        using var pages = await Pages.OfAsync(app, authority);

        // A launch that was refused is shown at an address without any choice.
        await pages.ReadAsync("/reviews/new?process=nis2-like");
        var own = (await pages.SubmitAsync("/reviews/new", ("subject", $"{app.Programme}:KEN"), ("process", "nis2-like"), ("variant", "on_site"), ("optional", "self_assess"))).Html;
        Assert.Matches("data-redraws=\"forecast\" hidden[^>]*>\\s*<input type=\"hidden\" name=\"process\" value=\"nis2-like\"[^>]*>\\s*<input type=\"hidden\" name=\"variant\" value=\"on_site\"", own);
        var ours = (await pages.ReadAsync("/reviews/new?variant=desk")).Html;
        Assert.Matches("data-redraws=\"forecast\">\\s*<input type=\"checkbox\" id=\"f-stakeholders\"", ours);
        Assert.DoesNotContain("Call for stakeholder input", await DaysAsync("&stakeholders="), StringComparison.Ordinal);
        Assert.Contains("Call for stakeholder input", await DaysAsync("&stakeholders=&stakeholders=on&subject_kind=national"), StringComparison.Ordinal);

        async Task<string> DaysAsync(string ticked)
        {
            var html = (await pages.ReadAsync($"/reviews/new?variant=desk{ticked}")).Html;
            var from = html.IndexOf("id=\"forecast-days\"", StringComparison.Ordinal);
            return html[from..html.IndexOf("</table>", from, StringComparison.Ordinal)];
        }
    }

    [Fact]
    public async Task No_State_is_chosen_beforehand_and_the_office_is_asked_before_it_signs()
    {
        await using var app = await TestApp.StartAsync();
        var coordinator = await app.PersonAsync("COORD");
        await OwnProcess.PublishAsync(app, _folder, OwnProcess.FileOf("uncac-like"));
        await MissionAsync(app, coordinator, "KEN");
        await MissionAsync(app, coordinator, "NOR");
        using var pages = await Pages.OfAsync(app, coordinator);

        Assert.Contains("href=\"/reviews/new\"", (await pages.ReadAsync("/")).Html, StringComparison.Ordinal);
        var html = (await pages.ReadAsync("/reviews/new")).Html;
        Assert.Contains("Choose a State", html, StringComparison.Ordinal);
        Assert.DoesNotContain($"value=\"{app.Programme}:AFG\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain($"value=\"{app.Programme}:KEN\" selected", html, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"register\"", html, StringComparison.Ordinal);
        Assert.Contains("Choose the State first", html, StringComparison.Ordinal);

        var asked = await pages.SubmitAsync("/reviews/new", Fields(app));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, asked.Status);
        Assert.Contains("Yes, launch a review of Kenya", asked.Html, StringComparison.Ordinal);
        Assert.Empty(await app.Database.AsOwnerAsync<Guid>("SELECT id FROM review"));
        var done = await pages.SubmitAsync("/reviews/new", [.. Fields(app), ("confirmed", "on")]);

        Assert.Equal(HttpStatusCode.SeeOther, done.Status);
        Assert.Equal([false], await app.Database.AsOwnerAsync<bool>("SELECT register_consent FROM review"));
        // What the first stage makes has a page.
        Assert.Contains("[the lot]", (await pages.ReadAsync($"{done.Next}/stages/pairing")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_State_without_a_mission_is_not_launched_for_and_the_register_is_not_the_offices()
    {
        await using var app = await TestApp.StartAsync();
        var coordinator = await app.PersonAsync("COORD");
        await OwnProcess.PublishAsync(app, _folder, OwnProcess.FileOf("uncac-like"));

        using var refused = await coordinator.Client.PostAsJsonAsync("/api/v1/reviews", new
        {
            programme = app.Programme,
            subject = "KEN",
            process = "uncac-like",
            variant = "review",
            workingLanguage = "en",
            register = true,
            reviewers = new[] { "GHA", "EST" },
            signature = LightReview.Signature(app),
        }, Cancel);

        var text = await refused.Content.ReadAsStringAsync(Cancel);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("launch.no-mission", text, StringComparison.Ordinal);
        Assert.Contains("launch.register-is-the-states", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_does_not_launch_by_a_process_is_told_before_filling_anything_in()
    {
        await using var app = await TestApp.StartAsync();
        await app.PersonAsync("COORD");
        var head = await app.PersonAsync("COORD_HEAD");
        await OwnProcess.PublishAsync(app, _folder, OwnProcess.FileOf("uncac-like"));
        using var pages = await Pages.OfAsync(app, head);

        var html = (await pages.ReadAsync("/reviews/new?process=uncac-like")).Html;

        Assert.Contains(
            "A review by this process is launched by: Officer of the secretariat (Coordinator).",
            html.Replace("\u2068", "", StringComparison.Ordinal).Replace("\u2069", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("signature.name", html, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/reviews/new\"", (await pages.ReadAsync("/")).Html, StringComparison.Ordinal);
        var processes = (await pages.ReadAsync("/processes")).Html;
        Assert.Contains("21 days", processes, StringComparison.Ordinal);
        Assert.Contains("Begins after:", processes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_State_decides_what_the_public_reads_and_without_a_decision_it_reads_nothing()
    {
        await using var review = await OwnProcess.LaunchedAsync("uncac-like", "review");
        await review.RunAsync("agree");
        var (authority, ghana, visitor) = (review["STATE_AUTH"], review["REV_FP/GHA"], review.App.Visitor());
        foreach (var (document, label) in new[] { ("report", "AMBER"), ("summary_text", "CLEAR") })
        {
            using var saved = await ghana.Client.PutAsJsonAsync(
                $"{review.Api}/stages/agree/documents/{document}", new { text = $"[{document}]", label, version = 0 }, Cancel);
            saved.EnsureSuccessStatusCode();
        }

        Assert.Equal("show.not-possible", await ShowAsync("agree:summary_text"));
        await review.RunAsync("summary");
        Assert.DoesNotContain("KEN", await visitor.GetStringAsync(new Uri("/api/v1/register", UriKind.Relative), Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(new Uri($"/register/{review.Id}", UriKind.Relative), Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(review["STATE_FP"]));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(review["COORD"]));
        using var pages = await Pages.OfAsync(review.App, authority);
        var html = (await pages.ReadAsync($"{review.Page}/public")).Html;
        Assert.Contains("agree:summary_text@1", html, StringComparison.Ordinal);
        Assert.DoesNotContain("agree:report@", html, StringComparison.Ordinal);

        Assert.Equal("show.not-possible", await ShowAsync("agree:report"));
        Assert.Equal("", await ShowAsync());
        Assert.Contains("KEN", await visitor.GetStringAsync(new Uri("/api/v1/register", UriKind.Relative), Cancel), StringComparison.Ordinal);
        Assert.Contains("The State has not decided to show any text", await visitor.GetStringAsync(new Uri("/register", UriKind.Relative), Cancel), StringComparison.Ordinal);
        Assert.Equal("", await ShowAsync("agree:summary_text"));

        var shown = await visitor.GetStringAsync(new Uri($"/register/{review.Id}", UriKind.Relative), Cancel);
        Assert.Contains("[summary_text]", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("[report]", shown, StringComparison.Ordinal);
        Assert.Contains($"/register/{review.Id}", await visitor.GetStringAsync(new Uri("/register", UriKind.Relative), Cancel), StringComparison.Ordinal);
        await review.RunAsync();
        Assert.Equal("", await ShowAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(new Uri($"/api/v1/register/{review.Id}", UriKind.Relative), Cancel)).StatusCode);
        await review.App.Database.RequireSoundAsync();

        async Task<HttpStatusCode> StatusAsync(TestPerson person)
        {
            using var own = await Pages.OfAsync(review.App, person);
            return (await own.ReadAsync($"{review.Page}/public")).Status;
        }

        async Task<string> ShowAsync(params string[] keys)
        {
            var day = DateOnly.FromDateTime((await review.App.Database.AsOwnerAsync<DateTime>("SELECT app.clock() AT TIME ZONE 'UTC'"))[0]);
            using var answer = await authority.Client.PutAsJsonAsync(
                $"{review.Api}/public",
                new { register = true, texts = keys.Select(key => new { key, version = 1 }), signature = LightReview.Signature(review.App, day) }, Cancel);
            return answer.IsSuccessStatusCode ? "" : (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).Text("code")!;
        }
    }

    private static (string, string)[] Fields(TestApp app) =>
    [
        ("process", "uncac-like"), ("subject", $"{app.Programme}:KEN"), ("variant", "review"), ("reviewers", "GHA"), ("reviewers.2", "EST"),
        ("document.pairing_list", "[the lot]"), ("working_language", "en"), ("signature.name", "A. Name"), ("signature.office", "Office"),
        ("signature.day", app.StartedAt.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)),
    ];

    private static Task MissionAsync(TestApp app, TestPerson by, string state) => app.Database.AsOwnerAsync(
        "INSERT INTO mission (programme_id, state, email, registered_at, registered_by) VALUES (@Programme, @State, 'mission@example.org', app.clock(), @By)",
        new { app.Programme, State = state, By = by.Id });
}
