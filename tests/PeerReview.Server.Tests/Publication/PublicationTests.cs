using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PeerReview.Core.Access;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Publication;

public sealed class PublicationTests
{
    [Fact]
    public async Task The_State_decides_the_coordinator_publishes_and_the_file_has_the_hash_of_the_ledger()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.DecidingAsync(app, label: item => item == "N-a.a2" ? SharingLabel.Amber : SharingLabel.Clear);

        Assert.Equal("process.too-early", await CodeAsync(await PublishAsync(review, review.Coordinator)));
        Assert.Equal(HttpStatusCode.OK, (await DecideAsync(review, review.Authority, Decision(app))).StatusCode);
        Assert.Equal("process.already-done", await CodeAsync(await DecideAsync(review, review.Authority, Decision(app))));
        Assert.Equal(HttpStatusCode.Forbidden, (await PublishAsync(review, review.Authority)).StatusCode);
        var published = await PublishAsync(review, review.Coordinator);
        Assert.True(published.IsSuccessStatusCode, await published.Content.ReadAsStringAsync(Cancel));

        var row = (await app.Database.AsOwnerAsync<(string Slug, string Report, string Hash)>("SELECT slug, report, sha256 FROM publication")).Single();
        Assert.Matches("^kenya-[0-9]{4}-light-[0-9a-f]{6}$", row.Slug);
        Assert.Equal(row.Hash, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(row.Report))));
        Assert.DoesNotContain(ReviewAt.MarkerOf("N-a.a2"), row.Report, StringComparison.Ordinal);
        Assert.Contains(ReviewAt.MarkerOf("P-CBM.c4"), row.Report, StringComparison.Ordinal);
        Assert.Contains("publication_done", await review.LettersAsync(review.Authority));
        Assert.Contains("check_6m STATE_FP", await review.TasksAsync());
        await app.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task The_day_of_publication_is_a_day_of_the_State()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.DecidingAsync(app);
        (await DecideAsync(review, review.Authority, Decision(app))).EnsureSuccessStatusCode();
        var time = (await app.Database.AsOwnerAsync<string>("SELECT to_char(app.clock() AT TIME ZONE 'UTC', 'HH24:MI:SS')"))[0];
        // Ten in the evening by universal time is one in the morning in Nairobi.
        await app.AdvanceAsync(TimeSpan.FromHours(46) - TimeSpan.Parse(time, System.Globalization.CultureInfo.InvariantCulture));
        (await PublishAsync(review, review.Coordinator)).EnsureSuccessStatusCode();

        var (told, there, universal) = (await app.Database.AsOwnerAsync<(string, string, string)>(
            """
            SELECT report::jsonb ->> 'published', (published_at AT TIME ZONE 'Africa/Nairobi')::date::text, (published_at AT TIME ZONE 'UTC')::date::text
            FROM publication
            """))[0];
        Assert.Equal(there, told);
        Assert.NotEqual(universal, told);
    }

    [Fact]
    public async Task A_short_form_that_its_label_keeps_back_is_told_before_it_is_signed()
    {
        await using var desk = await DeskReview.RespondingAsync();
        using var pages = await Pages.OfAsync(desk.App, desk.Authority);
        var path = $"{desk.Page}/publication";
        await pages.ReadAsync(path);
        (string, string)[] form = [("act", "preview"), ("choices.summary", "full"), ("choices.recommendations", "full"), ("choices.action_plan", "none")];

        foreach (var (choice, opened, warned) in new[] { ("summary", false, true), ("summary", true, false), ("full", false, false) })
        {
            IEnumerable<(string, string)> filled = [.. form, ("choices.report", choice), .. opened ? [("relabelled", "summary")] : Array.Empty<(string, string)>()];
            var (_, html, _) = await pages.SubmitAsync(path, [.. filled]);
            Assert.Equal(warned, html.Contains("The report goes out in its short form only", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task The_table_of_decisions_tells_what_the_public_will_read_and_the_page_what_goes_out()
    {
        await using var desk = await DeskReview.RespondingAsync();
        (await desk.RespondAsync("R-01", "accepted")).EnsureSuccessStatusCode();
        (await desk.SignResponsesAsync()).EnsureSuccessStatusCode();
        using var coordinator = await Pages.OfAsync(desk.App, desk.Coordinator);
        Assert.DoesNotContain("Language promised at launch", (await coordinator.ReadAsync($"{desk.Page}/publication")).Html, StringComparison.Ordinal);

        (await desk.DecideAsync(opens: false)).EnsureSuccessStatusCode();

        var (_, html) = await coordinator.ReadAsync($"{desk.Page}/publication");
        Assert.Contains("<td>Kept back by its sharing label</td>", html, StringComparison.Ordinal);
        Assert.Contains("Language promised at launch: English.", html, StringComparison.Ordinal);
        Assert.Contains("PDF, Word document (DOCX), Data (JSON). All of them are in English.", html, StringComparison.Ordinal);
        Assert.Contains("The PDF is tagged", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_decisions_are_refused_by_name_and_change_nothing()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.DecidingAsync(app);
        var before = await review.SequenceAsync();

        foreach (var (change, code) in new (Action<Dictionary<string, object>>, string)[]
        {
            (d => d["choices"] = new { self_assessment = "full" }, "publication.choice-missing"),
            (d => d["choices"] = new { self_assessment = "all", clarifications = "none", commitments = "full", summary = "full" }, "publication.choice-unknown"),
            (d => d["choices"] = new { self_assessment = "full", clarifications = "none", commitments = "full", summary = "full", annex = "full" }, "publication.document-unknown"),
            (d => d["withheld"] = new[] { "headings" }, "publication.always-shown"),
            (d => d["withheld"] = new[] { "N-z.z9" }, "publication.not-in-report"),
            (d => d["relabelled"] = new[] { "N-a.a2" }, "publication.already-clear"),
            (d => d.Remove("signature"), "signature.name"),
        })
        {
            var decision = Decision(app);
            change(decision);
            var answer = await DecideAsync(review, review.Authority, decision);
            Assert.Equal((HttpStatusCode.UnprocessableEntity, code), (answer.StatusCode, await CodeAsync(answer)));
        }

        foreach (var person in new[] { review.FocalPoint, review.Coordinator, review.Other })
            Assert.Equal(HttpStatusCode.Forbidden, (await DecideAsync(review, person, Decision(app))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await DecideAsync(review, review.Authority, new { choices = 3 })).StatusCode);
        Assert.Equal(before, await review.SequenceAsync());
        await review.Authority.Client.PostAsJsonAsync($"{review.Api}/suspend", new { reason = "A test." }, Cancel);
        Assert.Equal("review.suspended", await CodeAsync(await DecideAsync(review, review.Authority, Decision(app))));
    }

    [Fact]
    public async Task The_page_previews_signs_and_publishes()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.DecidingAsync(app, label: item => item == "N-a.a2" ? SharingLabel.Amber : SharingLabel.Clear);
        var address = $"/reviews/{review.Id}/publication";
        using var authority = await Pages.OfAsync(app, review.Authority);
        (string, string)[] fields =
        [
            ("choices.self_assessment", "full"), ("choices.clarifications", "none"), ("choices.commitments", "full"),
            ("choices.summary", "full"), ("relabelled", "N-a.a2"), ("signature.name", "A"), ("signature.office", "B"),
            ("signature.day", DateOnly.FromDateTime(app.StartedAt.UtcDateTime).ToString("O", System.Globalization.CultureInfo.InvariantCulture)),
        ];

        Assert.DoesNotContain(ReviewAt.MarkerOf("N-a.a2"), (await authority.ReadAsync(address)).Html, StringComparison.Ordinal);
        // What was changed after the preview is looked at before it is signed.
        var (unseen, shown, _) = await authority.SubmitAsync(address, [.. fields, ("act", "decide"), ("previewed", "what stood there before")]);
        Assert.Equal(HttpStatusCode.Conflict, unseen);
        Assert.Contains("Your choices differ from what was last shown.", shown, StringComparison.Ordinal);
        Assert.Contains(ReviewAt.MarkerOf("N-a.a2"), shown, StringComparison.Ordinal);
        var (_, preview, _) = await authority.SubmitAsync(address, [.. fields, ("act", "preview")]);
        Assert.Contains(ReviewAt.MarkerOf("N-a.a2"), preview, StringComparison.Ordinal);
        var seen = preview.Split("name=\"previewed\" value=\"")[1][..64];
        Assert.Equal(HttpStatusCode.SeeOther, (await authority.SubmitAsync(address, [.. fields, ("act", "decide"), ("previewed", seen)])).Status);
        using var coordinator = await Pages.OfAsync(app, review.Coordinator);
        await coordinator.ReadAsync(address);
        Assert.Equal(HttpStatusCode.SeeOther, (await coordinator.SubmitAsync(address, ("act", "publish"))).Status);
        Assert.Single(await app.Database.AsOwnerAsync<string>("SELECT slug FROM publication"));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal static Dictionary<string, object> Decision(TestApp app) => new(StringComparer.Ordinal)
    {
        ["choices"] = new { self_assessment = "full", clarifications = "none", commitments = "full", summary = "full" },
        ["signature"] = LightReview.Signature(app),
    };

    internal static Task<HttpResponseMessage> DecideAsync(ReviewAt review, TestPerson person, object decision) =>
        person.Client.PostAsJsonAsync($"{review.Api}/stages/pub_decide/complete", decision, Cancel);

    internal static Task<HttpResponseMessage> PublishAsync(ReviewAt review, TestPerson person) =>
        person.Client.PostAsJsonAsync($"{review.Api}/stages/publish/complete", new { }, Cancel);

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString();
}
