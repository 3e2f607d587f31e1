using PeerReview.Server.Tests.Web;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Home;

/// <summary>The day a review was launched: one day, wherever it is told; and what home and board call waiting, alike.</summary>
public sealed class LaunchDayTests
{
    [Fact]
    public async Task It_is_that_of_the_State_under_review_on_home_on_the_board_and_on_the_review()
    {
        await using var app = await TestApp.StartAsync();
        // In the evening by UTC it is the next morning in Fiji.
        await app.AdvanceAsync(app.StartedAt.Date.AddDays(1).AddHours(20) - app.StartedAt.UtcDateTime);
        var review = await ReviewAt.LaunchAsync(app, "FJI");
        var day = DateOnly.FromDateTime(app.StartedAt.UtcDateTime).AddDays(2);

        using var coordinator = await Pages.OfAsync(app, review.Coordinator);
        using var authority = await Pages.OfAsync(app, review.Authority);
        var launched = $"launched {TestTexts.English.ShortDay(day)}";
        // For one it is a step that waits, for the other a review of somebody else's turn.
        Assert.Contains(launched, (await coordinator.ReadAsync("/")).Html, StringComparison.Ordinal);
        using var head = await Pages.OfAsync(app, review.Head);
        Assert.Contains(launched, (await head.ReadAsync("/")).Html, StringComparison.Ordinal);
        Assert.Contains($">{TestTexts.English.ShortDay(day)}</td>", (await coordinator.ReadAsync("/board")).Html, StringComparison.Ordinal);
        Assert.Contains($"<dd>{TestTexts.English.Day(day)}</dd>", (await authority.ReadAsync($"/reviews/{review.Id}")).Html, StringComparison.Ordinal);
        Assert.Contains(TestTexts.English.ShortDay(day), (await authority.ReadAsync("/reviews/new")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_home_shows_as_later_does_not_wait_for_the_coordinator_on_the_board()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewStages.AtAsync(app, ReviewStages.FollowingUp);
        using var pages = await Pages.OfAsync(app, review.Coordinator);

        Assert.Contains($"/reviews/{review.Id}/follow-up", (await pages.ReadAsync("/")).Html, StringComparison.Ordinal);
        Assert.Matches("<span class=\"number\">0</span>\\s*<span class=\"tile-name\">Waiting for me", (await pages.ReadAsync("/board")).Html);
    }
}
