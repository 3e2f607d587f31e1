using System.Net;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Reviews;

/// <summary>Why a State asks for the same questions again within two years: both sides of the review read it.</summary>
public sealed class LaunchReasonTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_sides_read_why_the_same_questions_are_asked_again()
    {
        await using var desk = await DeskReview.CommentingAsync(change: notice => notice["cooldownReason"] = "[asked again after the elections]");
        TestPerson[] both =
        [
            desk.Authority, desk.FocalPoint, desk.Coordinator, desk.At.Head, desk.Experts[DeskReview.Ama], desk.Experts[DeskReview.Eva],
            desk.Spokespersons["GHA"], desk.Spokespersons["EST"],
        ];
        foreach (var person in both)
        {
            using var pages = await Pages.OfAsync(desk.App, person);
            var (_, html) = await pages.ReadAsync(desk.Page);
            Assert.Contains("Why the same questions are asked again so soon", html, StringComparison.Ordinal);
            Assert.Contains("[asked again after the elections]", html, StringComparison.Ordinal);
            Assert.Contains(@"""cooldownReason"":""[asked again after the elections]""", await person.Client.GetStringAsync(desk.Api, Cancel), StringComparison.Ordinal);
        }

        using var other = await Pages.OfAsync(desk.App, desk.At.Other);
        Assert.DoesNotContain("[asked again after the elections]", (await other.ReadAsync(desk.Page)).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_review_nobody_had_to_give_a_reason_for_says_nothing_of_it()
    {
        await using var desk = await DeskReview.NamedAsync();
        using var pages = await Pages.OfAsync(desk.App, desk.FocalPoint);
        var (status, html) = await pages.ReadAsync(desk.Page);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.DoesNotContain("Why the same questions are asked again so soon", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_no_State_reviews_nobody_of_another_side_is_said_to_read_it()
    {
        await using var app = await TestApp.StartAsync();
        await PublishedReview.PublishAsync(app);
        var authority = await app.PersonAsync("STATE_AUTH", "KEN");
        using var pages = await Pages.OfAsync(app, authority);

        var light = (await pages.ReadAsync("/reviews/new?variant=light")).Html;
        Assert.Contains("your State and the coordinators read it.", light, StringComparison.Ordinal);
        Assert.DoesNotContain("both sides read it", light, StringComparison.Ordinal);
        Assert.Contains("both sides read it", (await pages.ReadAsync("/reviews/new?variant=desk")).Html, StringComparison.Ordinal);
    }
}
