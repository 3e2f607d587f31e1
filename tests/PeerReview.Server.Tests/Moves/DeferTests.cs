using System.Net.Http.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Moves;

/// <summary>A State puts its review off: as often as it likes before it hands in, once up to ninety days afterwards.</summary>
public sealed class DeferTests
{
    [Fact]
    public async Task A_deferred_review_rests_and_goes_on_by_itself_on_the_day_named()
    {
        await using var app = await TestApp.StartAsync();
        // Its day is UTC's: days are counted alike at any hour.
        var review = await ReviewStages.AtAsync(app, ReviewStages.Assessing, "GHA");
        var due = await review.DueAsync("self_assess");
        var before = await review.LedgerAsync();

        Assert.Equal("ok", await DeferAsync(review, 40));

        Assert.Equal(["text_written", "deferred"], (await review.LedgerAsync())[before.Length..]);
        Assert.Empty(await review.TasksAsync());
        Assert.Empty(await app.Database.AsOwnerAsync<string>("SELECT stage FROM deadline"));
        foreach (var person in new[] { review.Authority, review.FocalPoint, review.Alternate, review.Coordinator, review.Deputy })
            Assert.Single(await review.LettersAsync(person), "review_deferred");
        using (var office = await Pages.OfAsync(app, review.Coordinator))
        {
            var day = ReviewStages.Day(app, 40).ToString("d MMMM yyyy", System.Globalization.CultureInfo.InvariantCulture);
            Assert.Contains($"Nobody: it goes on by itself on {day}", (await office.ReadAsync("/board")).Html.Replace("\u2068", "", StringComparison.Ordinal).Replace("\u2069", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }

        await app.AdvanceAsync(TimeSpan.FromDays(38));
        Assert.Equal("deferred", await review.StatusAsync());
        Assert.DoesNotContain(await app.LettersAsync(), letter => letter.Subject.StartsWith("What waits for you", StringComparison.Ordinal));

        await app.AdvanceAsync(TimeSpan.FromDays(3));

        Assert.Equal("running", await review.StatusAsync());
        Assert.Equal(due.AddDays(40), await review.DueAsync("self_assess"));
        Assert.Equal(["resumed", "deadline_set"], (await review.LedgerAsync())[(before.Length + 2)..]);
        foreach (var person in new[] { review.Authority, review.FocalPoint, review.Alternate, review.Coordinator, review.Deputy })
            Assert.Single(await review.LettersAsync(person), "review_resumed");
        await app.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task Everybody_who_hears_that_it_goes_on_heard_that_it_was_put_off()
    {
        await using var under = await ReviewUnderWay.StartAsync();
        await under.App.PersonAsync("COORD_HEAD", name: "Head");
        using (var deferred = await under.Authority.Client.PostAsJsonAsync(
            $"{under.Api}/defer", new { until = ReviewStages.Day(under.App, 40) }, TestContext.Current.CancellationToken))
            deferred.EnsureSuccessStatusCode();
        using (var resumed = await under.Authority.Client.PostAsJsonAsync(
            $"{under.Api}/resume", new { signature = LightReview.Signature(under.App) }, TestContext.Current.CancellationToken))
            resumed.EnsureSuccessStatusCode();

        var told = await ToldAsync(under, "review_deferred");
        Assert.Equal(await ToldAsync(under, "review_resumed"), told);
        Assert.Contains("Contributor", told);
        Assert.Contains("Head", told);
    }

    private static async Task<string[]> ToldAsync(ReviewUnderWay under, string letter) =>
        [.. (await under.LettersAsync()).Where(line => line.StartsWith(letter + " to ", StringComparison.Ordinal)).Select(line => line.Split(" to ")[1]).Order(StringComparer.Ordinal)];

    [Fact]
    public async Task All_who_heard_that_it_is_put_off_hear_that_it_goes_on_by_itself()
    {
        await using var under = await ReviewUnderWay.StartAsync();
        await under.App.PersonAsync("COORD_HEAD", name: "Head");
        using (var deferred = await under.Authority.Client.PostAsJsonAsync(
            $"{under.Api}/defer", new { until = ReviewStages.Day(under.App, 40) }, TestContext.Current.CancellationToken))
            deferred.EnsureSuccessStatusCode();
        await under.App.AdvanceAsync(TimeSpan.FromDays(42));

        var told = await ToldAsync(under, "review_deferred");
        Assert.Equal(await ToldAsync(under, "review_resumed"), told);
        Assert.Contains("Contributor", told);
    }

    [Fact]
    public async Task The_page_says_beforehand_until_when_a_review_can_be_put_off()
    {
        await using var under = await ReviewUnderWay.StartAsync();
        using var pages = await Pages.OfAsync(under.App, under.Authority);
        Assert.Contains("At the latest on ", (await pages.ReadAsync($"/reviews/{under.Api.Split('/')[^1]}/moves")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_signature_resumes_it_before_its_day_and_then_the_day_means_nothing()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewStages.AtAsync(app, ReviewStages.Assessing);
        var due = await review.DueAsync("self_assess");
        Assert.Equal("ok", await DeferAsync(review, 40));
        await app.AdvanceAsync(TimeSpan.FromDays(10));

        Assert.Equal("signature.name", await review.CodeAsync(review.Authority, "resume", new { }));
        Assert.Equal("ok", await review.CodeAsync(
            review.Authority, "resume", new { signature = LightReview.Signature(app, ReviewStages.Day(app, 10)) }));
        var sequence = await review.SequenceAsync();
        await app.AdvanceAsync(TimeSpan.FromDays(40));

        Assert.Equal(due.AddDays(10), await review.DueAsync("self_assess"));
        Assert.Equal(sequence, await review.SequenceAsync());
        await app.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task Before_handing_in_it_is_free_afterwards_once_and_ninety_days_with_a_reason()
    {
        await using var app = await TestApp.StartAsync();
        var early = await ReviewStages.AtAsync(app, ReviewStages.Assessing);
        for (var time = 0; time < 3; time++)
        {
            Assert.Equal("ok", await DeferAsync(early, 500));
            Assert.Equal("ok", await ResumeAsync(early));
        }

        var late = await ReviewStages.AtAsync(app, ReviewStages.Checking, "CHL");
        Assert.Equal("moves.reason-missing", await late.CodeAsync(late.Authority, "defer", new { until = ReviewStages.Day(app, 30) }));
        Assert.Equal("process.deferral-too-long", await DeferAsync(late, 92));
        using var pages = await Pages.OfAsync(app, late.Authority);
        Assert.Contains("From the point the review has reached, this can be done once.", (await pages.ReadAsync($"/reviews/{late.Id}/moves")).Html, StringComparison.Ordinal);
        // Where the State is it may still be the day before.
        Assert.Equal("ok", await DeferAsync(late, 89));
        Assert.Equal("ok", await ResumeAsync(late));
        var before = await late.SequenceAsync();
        Assert.Equal("process.deferrals-used", await DeferAsync(late, 5));
        Assert.Equal(before, await late.SequenceAsync());
        var (_, html) = await pages.ReadAsync($"/reviews/{late.Id}/moves");
        Assert.DoesNotContain("value=\"Defer\"", html, StringComparison.Ordinal);
        Assert.Contains("The review was put off already.", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_that_is_past_or_missing_is_refused()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewStages.AtAsync(app, ReviewStages.Assessing);
        var before = await review.SequenceAsync();

        Assert.Equal("process.deferral-in-past", await DeferAsync(review, -1));
        Assert.Equal("moves.until-missing", await review.CodeAsync(review.Authority, "defer", new { reason = "a" }));

        Assert.Equal(before, await review.SequenceAsync());
    }

    private static Task<string> DeferAsync(ReviewAt review, int days) => review.CodeAsync(
        review.Authority, "defer", new { until = ReviewStages.Day(review.App, days), reason = "[an election]" });

    private static Task<string> ResumeAsync(ReviewAt review) =>
        review.CodeAsync(review.Authority, "resume", new { signature = LightReview.Signature(review.App) });
}
