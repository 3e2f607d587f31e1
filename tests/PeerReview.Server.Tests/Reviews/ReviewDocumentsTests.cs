using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Reviews;

public sealed class ReviewDocumentsTests
{
    [Fact]
    public async Task The_page_of_a_review_lists_its_documents_with_who_reads_each_now()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);
        var answer = new { value = "in_place", rule = "[a rule]", label = "CLEAR" };
        (await review.FocalPoint.Client.PutAsJsonAsync($"{review.Api}/answers/N-a.a1", answer, Cancel)).EnsureSuccessStatusCode();

        using var state = await Pages.OfAsync(app, review.FocalPoint);
        var mine = (await state.ReadAsync($"/reviews/{review.Id}")).Html;
        Assert.Contains("One answer", mine, StringComparison.Ordinal);
        Assert.Contains("State authority, Focal point of the State", mine, StringComparison.Ordinal);
        Assert.DoesNotContain("[a rule]", mine, StringComparison.Ordinal);

        using var office = await Pages.OfAsync(app, review.Coordinator);
        var theirs = (await office.ReadAsync($"/reviews/{review.Id}")).Html;
        Assert.DoesNotContain("One answer", theirs, StringComparison.Ordinal);
        Assert.Contains("Launch notice", theirs, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_list_comes_over_the_api()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);

        Assert.Equal(["launch", "assessment", "questions", "commitments", "publication"], await CodesAsync(review, review.FocalPoint));
        Assert.Equal(["launch", "questions"], await CodesAsync(review, review.Coordinator));
        Assert.Equal(
            System.Net.HttpStatusCode.NotFound,
            (await (await app.PersonAsync("OPERATOR")).Client.GetAsync($"{review.Api}/documents", Cancel)).StatusCode);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task<IEnumerable<string?>> CodesAsync(ReviewAt review, TestPerson person) =>
        (await person.Client.GetFromJsonAsync<JsonElement>($"{review.Api}/documents", Cancel)).GetProperty("items").EnumerateArray()
            .Select(d => d.GetProperty("document").GetString());
}
