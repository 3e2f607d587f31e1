using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.BadInput;

/// <summary>An <c>ETag</c> tells of what its reader may see and of nothing else.</summary>
public sealed class EntityTagTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_urgent_point_moves_nothing_that_people_outside_its_circle_are_sent()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);
        var before = await ReadAsync(review);

        (await review.Authority.Client.PostAsJsonAsync($"{review.Api}/urgent", new { text = "One." }, Cancel)).EnsureSuccessStatusCode();

        Assert.Equal(before, await ReadAsync(review));
    }

    [Fact]
    public async Task The_tag_changes_with_what_is_seen_and_what_one_has_is_not_sent_again()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);
        using var first = await review.Other.Client.GetAsync(review.Api, Cancel);
        using var request = new HttpRequestMessage(HttpMethod.Get, review.Api) { Headers = { { "If-None-Match", first.Headers.ETag!.Tag } } };

        using var same = await review.Other.Client.SendAsync(request, Cancel);
        await review.SubmitAsync(_ => Core.Access.SharingLabel.Clear);
        using var later = await review.Other.Client.GetAsync(review.Api, Cancel);

        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        Assert.NotEqual(first.Headers.ETag, later.Headers.ETag);
    }

    [Fact]
    public async Task Another_State_learns_stages_and_dates_but_neither_scope_nor_promise_nor_how_much_was_written()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);

        var own = await review.FocalPoint.Client.GetFromJsonAsync<JsonElement>(review.Api, Cancel);
        var other = await review.Other.Client.GetFromJsonAsync<JsonElement>(review.Api, Cancel);
        using var pages = await Pages.OfAsync(app, review.Other);
        var html = (await pages.ReadAsync($"/reviews/{review.Id}")).Html;

        foreach (var hidden in new[] { "sequence", "items", "workingLanguage", "promise" })
        {
            Assert.NotEqual(JsonValueKind.Null, own.GetProperty(hidden).ValueKind);
            Assert.Equal(JsonValueKind.Null, other.GetProperty(hidden).ValueKind);
        }

        Assert.NotEqual(0, other.GetProperty("stages").GetArrayLength());
        Assert.DoesNotContain("What the State promised to publish", html, StringComparison.Ordinal);
    }

    /// <summary>What other State and focal point are sent of the review; the focal point reads the record, where an event
    /// stands without its body, so its number may move for him.</summary>
    private static async Task<IReadOnlyList<string>> ReadAsync(ReviewAt review)
    {
        var seen = new List<string>();
        foreach (var (person, path) in new[]
        {
            (review.Other, ""), (review.Other, "/forecast"), (review.FocalPoint, "/answers"), (review.FocalPoint, "/actions"),
            (review.FocalPoint, "/evidence"), (review.Head, "/forecast"),
        })
        {
            using var answer = await person.Client.GetAsync(review.Api + path, Cancel);
            seen.Add($"{path} {answer.Headers.ETag} {await answer.Content.ReadAsStringAsync(Cancel)}");
        }

        return seen;
    }
}
