using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using PeerReview.Core.Access;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Register;

public sealed class RegisterTests
{
    [Fact]
    public async Task A_published_report_is_read_by_everybody_and_verifies()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.DecidingAsync(app, label: item => item == "N-a.a2" ? SharingLabel.Amber : SharingLabel.Clear);
        var visitor = app.Visitor();
        Assert.Equal("running", (await LineAsync(visitor)).GetProperty("status").GetString());

        await PublishAsync(app, review);

        var line = await LineAsync(visitor);
        var slug = line.GetProperty("slug").GetString();
        Assert.Equal(("published", "KEN"), (line.GetProperty("status").GetString(), line.GetProperty("state").GetString()));
        var file = await visitor.GetAsync($"/publications/{slug}.json?edition=1", Cancel);
        var bytes = await file.Content.ReadAsByteArrayAsync(Cancel);
        Assert.Equal($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))}\"", file.Headers.ETag?.Tag);
        using var pages = await Pages.OfAsync(app, null);
        var (status, html) = await pages.ReadAsync($"/publications/{slug}");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains(ReviewAt.MarkerOf("P-CBM.c4"), html, StringComparison.Ordinal);
        Assert.DoesNotContain(ReviewAt.MarkerOf("N-a.a2"), html, StringComparison.Ordinal);
        Assert.DoesNotContain("[question", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Ce rapport n’est publié que", html, StringComparison.Ordinal);
        var french = WebUtility.HtmlDecode((await pages.ReadAsync($"/publications/{slug}?lang=fr")).Html);
        Assert.Contains("Ce rapport n’est publié que dans cette langue\u00a0: English.", french, StringComparison.Ordinal);
        Assert.Contains("<article class=\"report\" lang=\"en\"", french, StringComparison.Ordinal);
        // On paper a path of ours would lead nowhere.
        Assert.Contains($"data-address=\"{app.Address}publications/{slug}.json?edition=1\"", html, StringComparison.Ordinal);
        Assert.Contains($"data-address=\"{app.Address}publications/{slug}\"", (await pages.ReadAsync("/register")).Html, StringComparison.Ordinal);
        Assert.Contains(slug!, (await pages.ReadAsync("/register.atom")).Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await pages.ReadAsync("/publications/nothing")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await pages.ReadAsync($"/publications/{slug}?edition=2")).Status);
    }

    [Fact]
    public async Task Without_consent_nothing_is_listed_and_a_suspended_review_is_under_way()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);
        await ReviewAt.LaunchAsync(app, "NOR", notice => notice["register"] = false);
        await review.Authority.Client.PostAsJsonAsync($"{review.Api}/suspend", new { reason = "A test." }, Cancel);

        var line = await LineAsync(app.Visitor());

        Assert.Equal(("KEN", "running"), (line.GetProperty("state").GetString(), line.GetProperty("status").GetString()));
        await review.Authority.Client.PostAsJsonAsync($"{review.Api}/withdraw", new { signature = LightReview.Signature(app) }, Cancel);
        var page = await app.Visitor().GetFromJsonAsync<JsonElement>("/api/v1/register", Cancel);
        // One withdrawn review is not counted: whoever looked before would know which it was.
        Assert.Equal(0, page.GetProperty("items").GetArrayLength());
        Assert.False(page.TryGetProperty("withdrawn", out var count) && count.ValueKind == JsonValueKind.Number);
        Assert.DoesNotContain("withdrawn", await app.Visitor().GetStringAsync(new Uri("/register", UriKind.Relative), Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decision_that_does_not_come_by_its_day_is_awaited_in_the_register_and_on_the_page_also_while_the_review_is_suspended()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.DecidingAsync(app);
        using var pages = await Pages.OfAsync(app, review.Authority);
        Assert.Contains("If the State does not sign by", (await pages.ReadAsync($"/reviews/{review.Id}/publication")).Html, StringComparison.Ordinal);

        await app.AdvanceAsync(TimeSpan.FromDays(40));

        Assert.Equal("awaited", (await LineAsync(app.Visitor())).GetProperty("status").GetString());
        Assert.Contains("a decision on publication is awaited", (await pages.ReadAsync("/register")).Html, StringComparison.Ordinal);
        var (_, html) = await pages.ReadAsync($"/reviews/{review.Id}/publication");
        Assert.Contains("The State was to sign by", html, StringComparison.Ordinal);
        Assert.Contains("The public register says that a decision is awaited.", html, StringComparison.Ordinal);
        await app.AdvanceAsync(TimeSpan.FromDays(60));
        Assert.Equal(["suspended"], await app.Database.AsOwnerAsync<string>("SELECT status FROM review"));
        Assert.Equal("awaited", (await LineAsync(app.Visitor())).GetProperty("status").GetString());
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task<JsonElement> LineAsync(HttpClient client) =>
        Assert.Single((await client.GetFromJsonAsync<JsonElement>("/api/v1/register", Cancel)).GetProperty("items").EnumerateArray());

    private static async Task PublishAsync(TestApp app, ReviewAt review)
    {
        (await review.Authority.Client.PostAsJsonAsync(
            $"{review.Api}/stages/pub_decide/complete",
            new
            {
                choices = new { self_assessment = "full", clarifications = "none", commitments = "full", summary = "full" },
                signature = LightReview.Signature(app),
            },
            Cancel)).EnsureSuccessStatusCode();
        (await review.Coordinator.Client.PostAsJsonAsync($"{review.Api}/stages/publish/complete", new { }, Cancel)).EnsureSuccessStatusCode();
    }
}
