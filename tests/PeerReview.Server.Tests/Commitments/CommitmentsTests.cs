using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Core.Access;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Commitments;

public sealed class CommitmentsTests
{
    [Fact]
    public async Task A_State_writes_changes_and_withdraws_a_commitment_and_each_version_stays()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);
        var client = review.FocalPoint.Client;

        var made = await client.PostAsJsonAsync($"{review.Api}/actions", Request(LightReview.Commitment()), Cancel);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal($"{review.Api}/actions/C-01", made.Headers.Location?.ToString());
        Assert.Equal("\"1\"", made.Headers.ETag?.Tag);
        var saved = await client.PutAsJsonAsync(
            $"{review.Api}/actions/C-01", Request(LightReview.Commitment("Better drills"), "CLEAR", version: 1), Cancel);
        Assert.Equal((HttpStatusCode.OK, "\"2\""), (saved.StatusCode, saved.Headers.ETag?.Tag));

        var read = await client.GetFromJsonAsync<JsonElement>($"{review.Api}/actions", Cancel);
        var one = Assert.Single(read.GetProperty("items").EnumerateArray());
        Assert.Equal(("C-01", 2, "CLEAR", "en", "Better drills"), (
            one.GetProperty("id").GetString(), one.GetProperty("version").GetInt32(), one.GetProperty("label").GetString(),
            one.GetProperty("language").GetString(), one.GetProperty("content").GetProperty("title").GetString()));
        var first = await client.GetFromJsonAsync<JsonElement>($"{review.Api}/actions/C-01?version=1", Cancel);
        Assert.Equal("Yearly drills", first.GetProperty("content").GetProperty("title").GetString());

        Assert.Equal(HttpStatusCode.OK, (await client.DeleteAsync($"{review.Api}/actions/C-01", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"{review.Api}/actions/C-01", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.PutAsJsonAsync(
            $"{review.Api}/actions/C-01", Request(LightReview.Commitment(), version: 2), Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.DeleteAsync($"{review.Api}/actions/C-01", Cancel)).StatusCode);
        var next = await client.PostAsJsonAsync($"{review.Api}/actions", Request(LightReview.Commitment()), Cancel);
        Assert.EndsWith("/C-02", next.Headers.Location!.ToString(), StringComparison.Ordinal);
        await app.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task Two_who_write_at_once_lose_nothing()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);
        await review.FocalPoint.Client.PostAsJsonAsync($"{review.Api}/actions", Request(LightReview.Commitment("Base")), Cancel);
        await review.Alternate.Client.PutAsJsonAsync($"{review.Api}/actions/C-01", Request(LightReview.Commitment("Theirs"), version: 1), Cancel);
        var before = await review.SequenceAsync();

        using var late = new HttpRequestMessage(HttpMethod.Put, $"{review.Api}/actions/C-01")
        {
            Content = JsonContent.Create(Request(LightReview.Commitment("Mine"))),
            Headers = { IfMatch = { new EntityTagHeaderValue("\"1\"") } },
        };
        var answer = await review.FocalPoint.Client.SendAsync(late, Cancel);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal("writing.stale", problem.GetProperty("code").GetString());
        Assert.Equal(["Base", "Theirs", "Mine"], new[] { "base", "theirs", "mine" }.Select(side =>
            problem.GetProperty(side).GetProperty("content").GetProperty("title").GetString()));
        Assert.Equal(before, await review.SequenceAsync());

        // On the page what was typed stays in the form, above it what the other saved.
        using var pages = await Pages.OfAsync(app, review.FocalPoint);
        var address = $"/reviews/{review.Id}/commitments/C-01";
        await pages.ReadAsync(address);
        var (status, html, _) = await pages.SubmitAsync(address, [.. Fields("Mine"), ("version", "1")]);
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("value=\"Mine\"", html, StringComparison.Ordinal);
        Assert.Contains("Theirs", html, StringComparison.Ordinal);
        Assert.Contains("name=\"version\" value=\"2\"", html, StringComparison.Ordinal);
        var (again, _, next) = await pages.SubmitAsync(address, [.. Fields("Mine"), ("version", "2")]);
        Assert.Equal((HttpStatusCode.SeeOther, $"/reviews/{review.Id}/commitments"), (again, next));
    }

    [Fact]
    public async Task Good_practices_and_the_summary_are_written_the_same_way()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);
        var client = review.Authority.Client;

        var practice = await client.PostAsJsonAsync($"{review.Api}/practices", Request(Practice()), Cancel);
        var empty = await client.GetAsync($"{review.Api}/summary", Cancel);
        var summary = await client.PutAsJsonAsync($"{review.Api}/summary", Request(new { text = "In short." }, "CLEAR"), Cancel);
        var unchanged = await client.PutAsJsonAsync($"{review.Api}/summary", Request(new { text = "In short." }, "CLEAR"), Cancel);
        var stale = await client.PutAsJsonAsync($"{review.Api}/summary", Request(new { text = "Shorter." }, "CLEAR"), Cancel);

        Assert.Equal($"{review.Api}/practices/G-01", practice.Headers.Location?.ToString());
        Assert.Equal(
            [HttpStatusCode.NotFound, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Conflict],
            [empty.StatusCode, summary.StatusCode, unchanged.StatusCode, stale.StatusCode]);
        var read = await client.GetFromJsonAsync<JsonElement>($"{review.Api}/summary", Cancel);
        Assert.Equal(("In short.", 1), (read.GetProperty("content").GetProperty("text").GetString(), read.GetProperty("version").GetInt32()));
        await app.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task Only_the_State_writes_and_only_those_of_the_review_read_by_label()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);
        await review.FocalPoint.Client.PostAsJsonAsync($"{review.Api}/actions", Request(LightReview.Commitment("[amber]")), Cancel);
        await review.FocalPoint.Client.PostAsJsonAsync($"{review.Api}/actions", Request(LightReview.Commitment("[red]"), "RED"), Cancel);
        var before = await review.SequenceAsync();

        // A draft is the State's own until it hands its self-assessment in.
        Assert.Equal((2, -1, -1, -1), await SeenAsync());
        await review.SubmitAsync(_ => SharingLabel.Amber);
        Assert.Equal((2, 1, 1, -1), await SeenAsync());

        foreach (var (person, status) in new[]
        {
            (review.Coordinator, HttpStatusCode.Forbidden), (review.Head, HttpStatusCode.Forbidden), (review.Other, HttpStatusCode.Forbidden),
        })
        {
            Assert.Equal(status, (await person.Client.PostAsJsonAsync($"{review.Api}/actions", Request(LightReview.Commitment()), Cancel)).StatusCode);
            Assert.Equal(status, (await person.Client.DeleteAsync($"{review.Api}/actions/C-01", Cancel)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Visitor().GetAsync($"{review.Api}/actions", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await review.Coordinator.Client.GetAsync($"{review.Api}/actions/C-02", Cancel)).StatusCode);
        Assert.True(before < await review.SequenceAsync());

        using var pages = await Pages.OfAsync(app, review.Coordinator);
        var (_, html) = await pages.ReadAsync($"/reviews/{review.Id}/commitments");
        Assert.Contains("[amber]", html, StringComparison.Ordinal);
        Assert.DoesNotContain("[red]", html, StringComparison.Ordinal);
        Assert.DoesNotContain("/commitments/new", html, StringComparison.Ordinal);

        async Task<(int, int, int, int)> SeenAsync() => (
            await CountAsync(review.Authority), await CountAsync(review.Coordinator), await CountAsync(review.Head), await CountAsync(review.Other));

        async Task<int> CountAsync(TestPerson person)
        {
            var answer = await person.Client.GetAsync($"{review.Api}/actions", Cancel);
            return answer.StatusCode == HttpStatusCode.NotFound
                ? -1
                : (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("items").GetArrayLength();
        }
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal static object Practice(string text = "[practice]") =>
        new { item = "N-a.a2", text, outcomes = new[] { "open" }, lenses = new[] { "human_rights" }, level = "national" };

    internal static Dictionary<string, object?> Request(object content, string label = "AMBER", string? language = null, int? version = null) =>
        new(StringComparer.Ordinal) { ["content"] = content, ["label"] = label, ["language"] = language, ["version"] = version };

    internal static (string, string)[] Fields(string title) =>
    [
        ("title", title), ("text", ""), ("items", "N-a.a2"), ("lenses", "human_rights"), ("outcomes", "open"), ("level", "national"),
        ("action_type", "policy"), ("threat_kind", ""), ("owner", "Office"), ("due", "2040-12-31"), ("indicator", "It is seen."),
        ("help_needed", "no"), ("help", ""), ("urgency", "normal"), ("rights_considered", "on"), ("label", "AMBER"), ("language", "en"),
    ];
}
