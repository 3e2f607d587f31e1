using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Assessment;

/// <summary>A State comes back: the answers of its last review and what it left open go with it into the next one.</summary>
public sealed class LastReviewTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_are_taken_over_as_drafts_that_count_as_missing_until_somebody_has_looked_at_them()
    {
        await using var app = await TestApp.StartAsync();
        var (last, next) = await NextCycle.StartAsync(app);
        using var pages = await Pages.OfAsync(app, next.FocalPoint);
        var (_, page) = await pages.ReadAsync($"/reviews/{next.Id}/last");
        Assert.Contains("Yearly drills", page, StringComparison.Ordinal);
        Assert.Contains("[asked for again]", page, StringComparison.Ordinal);
        Assert.Contains("1 answer of the last review is left out", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"/reviews/{last.Id}", page, StringComparison.Ordinal); // whose focal point was somebody else

        // One by one, then the rest; what is there is not written over.
        Assert.Equal(HttpStatusCode.OK, (await TakeAsync(next, next.FocalPoint, "N-a.a2")).StatusCode);
        Assert.Equal("last.answered", await CodeAsync(await TakeAsync(next, next.FocalPoint, "N-a.a2")));
        Assert.Equal(HttpStatusCode.NotFound, (await TakeAsync(next, next.FocalPoint, "P-CBM.c4")).StatusCode);
        await pages.ReadAsync($"/reviews/{next.Id}/last");
        Assert.EndsWith("/assessment", (await pages.SubmitAsync($"/reviews/{next.Id}/last")).Next, StringComparison.Ordinal);
        Assert.Equal("last.nothing", await CodeAsync(await TakeAsync(next, next.FocalPoint, null)));
        var (_, list) = await pages.ReadAsync($"/reviews/{next.Id}/assessment");
        Assert.Contains("from the last review, not yet looked at", list, StringComparison.Ordinal);
        Assert.Contains("0 of 20 done", list, StringComparison.Ordinal);
        var (_, item) = await pages.ReadAsync($"/reviews/{next.Id}/assessment/N-a.a2");
        Assert.Contains("nobody has looked at it yet", item, StringComparison.Ordinal);
        Assert.Contains(ReviewAt.MarkerOf("N-a.a2"), item, StringComparison.Ordinal);
        Assert.Equal("sign-off.incomplete", await CodeAsync(await next.FocalPoint.Client.PostAsJsonAsync(
            $"{next.Api}/stages/self_assess/complete",
            new { contentHash = await HashAsync(next), signature = Declaring(app) }, Cancel)));

        // Saved as it is, it was looked at; what changed shows beside it.
        var draft = await AnswerAsync(next, "N-a.a2");
        Assert.True(draft.GetProperty("fromLast").GetBoolean());
        Assert.Equal("GREEN", draft.GetProperty("label").GetString());
        (await next.FocalPoint.Client.PutAsJsonAsync(
            $"{next.Api}/answers/N-a.a2",
            new { value = "in_place", label = "GREEN", rule = "[a new rule]", practice = "[practice of N-a.a2]", evidence = "[evidence of N-a.a2]", version = 1 }, Cancel))
            .EnsureSuccessStatusCode();
        Assert.False((await AnswerAsync(next, "N-a.a2")).GetProperty("fromLast").GetBoolean());
        var (_, since) = await pages.ReadAsync($"/reviews/{next.Id}/assessment/N-a.a2");
        Assert.Contains("What has changed since the last review", since, StringComparison.Ordinal);
        Assert.Contains(ReviewAt.MarkerOf("N-a.a2"), since, StringComparison.Ordinal);
        await app.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task What_was_left_open_is_undertaken_again_by_whoever_writes_for_the_State()
    {
        await using var app = await TestApp.StartAsync();
        var (_, next) = await NextCycle.StartAsync(app);
        using var pages = await Pages.OfAsync(app, next.FocalPoint);
        using var office = await Pages.OfAsync(app, next.Coordinator);
        var take = $"/reviews/{next.Id}/commitments/new?from=last.C-01";

        Assert.Contains($"href=\"{take}\"", (await pages.ReadAsync($"/reviews/{next.Id}/last")).Html, StringComparison.Ordinal);
        Assert.Contains($"/reviews/{next.Id}/last#open", (await pages.ReadAsync($"/reviews/{next.Id}/commitments")).Html, StringComparison.Ordinal);
        Assert.DoesNotContain("commitments/new", (await office.ReadAsync($"/reviews/{next.Id}/last")).Html, StringComparison.Ordinal);
        var (_, form) = await pages.ReadAsync(take);
        Assert.Contains("Yearly drills", form, StringComparison.Ordinal);
        Assert.DoesNotContain("Yearly drills", (await pages.ReadAsync($"/reviews/{next.Id}/commitments/new?from=last.C-02")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_else_learns_of_it_beyond_what_they_read_then()
    {
        await using var app = await TestApp.StartAsync();
        var (last, next) = await NextCycle.StartAsync(app);

        var office = await next.Coordinator.Client.GetFromJsonAsync<JsonElement>($"{next.Api}/last", Cancel);
        Assert.Equal(last.Id, office.GetProperty("review").GetGuid());
        Assert.Equal("C-01", office.GetProperty("open")[0].GetProperty("id").GetString());
        Assert.Equal(0, office.GetProperty("answers").GetArrayLength()); // nothing of the present self-assessment is open yet
        Assert.Equal(HttpStatusCode.NotFound, (await next.Other.Client.GetAsync($"{next.Api}/last", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await last.FocalPoint.Client.GetAsync($"{next.Api}/last", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await last.FocalPoint.Client.GetAsync($"{last.Api}/last", Cancel)).StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, (await TakeAsync(next, next.Coordinator, null)).StatusCode);
    }

    private static Task<HttpResponseMessage> TakeAsync(ReviewAt review, TestPerson person, string? item) =>
        person.Client.PostAsJsonAsync($"{review.Api}/last/take", new { item }, Cancel);

    private static Task<JsonElement> AnswerAsync(ReviewAt review, string item) =>
        review.FocalPoint.Client.GetFromJsonAsync<JsonElement>($"{review.Api}/answers/{item}", Cancel);

    private static async Task<string?> HashAsync(ReviewAt review) =>
        (await review.FocalPoint.Client.GetFromJsonAsync<JsonElement>($"{review.Api}/sign-off", Cancel)).GetProperty("contentHash").GetString();

    private static Dictionary<string, object> Declaring(TestApp app) =>
        new(LightReview.Signature(app), StringComparer.Ordinal) { ["nothingClassified"] = true };

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString();
}
