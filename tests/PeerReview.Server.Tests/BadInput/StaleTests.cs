using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.BadInput;

/// <summary>What was written on a version that no longer stands, over every route that has versions.</summary>
public sealed class StaleTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Versions => new()
    {
        { "\"0\"", "writing.stale" }, { "\"7\"", "writing.stale" }, { "\"2147483647\"", "writing.stale" },
        { "\"99999999999\"", "request.if-match" }, { "W/\"1\"", "request.if-match" }, { "*", "request.if-match" }, { "\"-1\"", "request.if-match" },
    };

    [Theory, MemberData(nameof(Versions))]
    public async Task A_version_that_does_not_stand_is_refused_and_changes_nothing(string version, string code)
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.DecidingAsync(app);
        var content = new { title = "A title", items = new[] { "N-a.a2" }, lenses = new[] { "human_rights" }, outcomes = new[] { "open" }, level = "national", actionType = "policy", rightsConsidered = true, owner = "Ministry", due = review.Today.AddDays(100), indicator = "One.", helpNeeded = false };
        using var made = await review.FocalPoint.Client.PostAsJsonAsync($"{review.Api}/actions", new { content }, Cancel);
        using var summary = await review.FocalPoint.Client.PutAsJsonAsync($"{review.Api}/summary", new { content = new { text = "One." } }, Cancel);
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (made.StatusCode, summary.StatusCode));
        var before = await app.Database.HoldingsAsync();

        Assert.Equal(code, await CodeAsync(review.FocalPoint, HttpMethod.Put, made.Headers.Location!.ToString(), version, new { content = content with { title = "Another" } }));
        Assert.Equal(code, await CodeAsync(review.FocalPoint, HttpMethod.Delete, made.Headers.Location!.ToString(), version, null));
        Assert.Equal(code, await CodeAsync(review.FocalPoint, HttpMethod.Put, $"{review.Api}/summary", version, new { content = new { text = "Another" } }));
        Assert.Equal(before, await app.Database.HoldingsAsync());
    }

    [Theory]
    [InlineData(7)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public async Task The_same_where_the_body_says_the_version(int version)
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);
        using var pages = await Pages.OfAsync(app, review.FocalPoint);
        await pages.ReadAsync("/account");
        var before = await app.Database.HoldingsAsync();

        Assert.Equal("writing.stale", await CodeAsync(review.FocalPoint, HttpMethod.Put, $"{review.Api}/answers/N-a.a2", null, new { value = "planned", version }));
        var (status, _, _) = await pages.SubmitAsync(
            $"/reviews/{review.Id}/assessment/N-a.a2", ("value", "planned"), ("label", "AMBER"), ("version", version.ToString(System.Globalization.CultureInfo.InvariantCulture)));

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Equal(before, await app.Database.HoldingsAsync());
    }

    private static async Task<string?> CodeAsync(TestPerson person, HttpMethod method, string path, string? version, object? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (version is not null)
            request.Headers.TryAddWithoutValidation("If-Match", version);
        using var answer = await person.Client.SendAsync(request, Cancel);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).Text("code");
    }
}
