using System.Net;
using System.Net.Http.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Faults;

/// <summary>Many requests at the same moment: each is done whole or not at all, and whoever got an answer can rely on it.</summary>
public sealed class AtOnceTests
{
    private const int Many = 20;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Experts_who_finish_at_the_same_moment_join_once()
    {
        await using var desk = await DeskReview.CommentingAsync();
        foreach (var email in new[] { DeskReview.Ama, DeskReview.Eva })
        {
            foreach (var item in await desk.ItemsAsync())
                (await desk.CommentAsync(email, item, "", "no_comment")).EnsureSuccessStatusCode();
        }

        var answers = await Task.WhenAll(new[] { DeskReview.Ama, DeskReview.Eva }.Select(email =>
            desk.Experts[email].Client.PostAsJsonAsync($"{desk.Api}/stages/desk_review/complete", new { }, Cancel)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(["REV_LEAD Expert ama"], await desk.AskedAsync("consolidate"));
        Assert.Single(await desk.At.LettersAsync(desk.Experts[DeskReview.Ama]), "your_turn_consolidate");
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task A_burst_over_many_reviews_leaves_each_with_what_was_answered()
    {
        await using var app = await TestApp.StartAsync();
        var states = await app.Database.AsOwnerAsync<string>("SELECT iso3 FROM state ORDER BY iso3 LIMIT @Many", new { Many });
        var reviews = new List<ReviewAt>();
        foreach (var state in states)
            reviews.Add(await ReviewAt.AssessingAsync(app, state));
        await AllAsync("/suspend", new { reason = "[a flood]" });

        await AllAsync("/resume", new { signature = LightReview.Signature(app) });

        Assert.All(
            await app.Database.AsOwnerAsync<string>("SELECT status FROM review"),
            status => Assert.Equal("running", status));
        await app.Database.RequireSoundAsync();

        async Task AllAsync(string act, object body)
        {
            var answers = await Task.WhenAll(reviews.Select(review => review.Authority.Client.PostAsJsonAsync(review.Api + act, body, Cancel)));
            Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        }
    }

    [Fact]
    public async Task What_comes_while_a_review_is_withdrawn_does_not_bring_it_back()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);
        var saves = "abcdefghi".Select(norm => $"N-{norm}.{norm}1").Select(item => review.FocalPoint.Client.PutAsJsonAsync($"{review.Api}/answers/{item}", new { value = "planned", version = 0 }, Cancel)).ToList();
        var withdrawn = await review.Authority.Client.PostAsJsonAsync($"{review.Api}/withdraw", new { signature = LightReview.Signature(app) }, Cancel);
        var saved = await Task.WhenAll(saves);
        await app.AdvanceAsync(TimeSpan.FromDays(120));

        withdrawn.EnsureSuccessStatusCode();
        Assert.All(saved, answer => Assert.True((int)answer.StatusCode < 500, $"{(int)answer.StatusCode}"));
        Assert.Equal(
            ["withdrawn 0 0 0"],
            await app.Database.AsOwnerAsync<string>(
                """
                SELECT status || ' ' || (SELECT count(*) FROM task) || ' ' || (SELECT count(*) FROM deadline)
                    || ' ' || (SELECT count(*) FROM reminder WHERE outcome IS NULL)
                FROM review
                """));
        Assert.Equal(
            saved.Count(answer => answer.IsSuccessStatusCode),
            (await app.Database.AsOwnerAsync<long>("SELECT count(*) FROM writing WHERE kind = 'answer'")).Single());
        await app.Database.RequireSoundAsync();
    }
}
