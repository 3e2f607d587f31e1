using System.Net;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Moves;

public sealed class ExtendTests
{
    private const string Path = "stages/self_assess/extend";

    [Fact]
    public async Task Whoever_acts_extends_once_and_deadline_reminders_and_letters_follow()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewStages.AtAsync(app, ReviewStages.Assessing);
        var due = await review.DueAsync("self_assess");
        var before = await review.LedgerAsync();

        Assert.Equal("ok", await review.CodeAsync(review.FocalPoint, Path, new { days = 60, reason = "[a flood]" }));

        Assert.Equal(due.AddDays(60), await review.DueAsync("self_assess"));
        Assert.Equal(["text_written", "extended", "deadline_set"], (await review.LedgerAsync())[before.Length..]);
        Assert.All(
            await app.Database.AsOwnerAsync<DateOnly>("SELECT deadline_day FROM reminder WHERE stage = 'self_assess' AND settled_at IS NULL"),
            day => Assert.Equal(due.AddDays(60), day));
        foreach (var person in new[] { review.FocalPoint, review.Alternate, review.Authority, review.Coordinator, review.Deputy })
            Assert.Single(await review.LettersAsync(person), "extension_granted");
        foreach (var person in new[] { review.Head, review.Other })
            Assert.DoesNotContain("extension_granted", await review.LettersAsync(person));
        Assert.Equal("process.extensions-used", await review.CodeAsync(review.FocalPoint, Path, new { days = 1, reason = "[more]" }));
        Assert.Equal("process.extensions-used", await review.CodeAsync(review.Coordinator, Path, new { days = 1, reason = "[more]" }));
        await app.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task A_coordinator_may_give_the_time_too()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewStages.AtAsync(app, ReviewStages.Assessing);
        var due = await review.DueAsync("self_assess");

        Assert.Equal("ok", await review.CodeAsync(review.Deputy, Path, new { days = 7, reason = "[asked by telephone]" }));

        Assert.Equal(due.AddDays(7), await review.DueAsync("self_assess"));
    }

    [Fact]
    public async Task Too_long_none_no_reason_and_stages_without_are_refused_by_name()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewStages.AtAsync(app, ReviewStages.Assessing);
        var (before, due) = (await review.SequenceAsync(), await review.DueAsync("self_assess"));

        Assert.Equal("process.extension-too-long", await review.CodeAsync(review.FocalPoint, Path, new { days = 61, reason = "a" }));
        Assert.Equal("moves.days-missing", await review.CodeAsync(review.FocalPoint, Path, new { reason = "a" }));
        Assert.Equal("moves.days-missing", await review.CodeAsync(review.FocalPoint, Path, new { days = -5, reason = "a" }));
        Assert.Equal("moves.reason-missing", await review.CodeAsync(review.FocalPoint, Path, new { days = 5, reason = " " }));
        Assert.Equal("moves.reason-too-long", await review.CodeAsync(review.FocalPoint, Path, new { days = 5, reason = new string('a', 1001) }));
        Assert.Equal("process.no-extension", await review.CodeAsync(review.Authority, "stages/pub_decide/extend", new { days = 5, reason = "a" }));
        Assert.Equal("process.not-in-variant", await review.CodeAsync(review.Authority, "stages/draft/extend", new { days = 5, reason = "a" }));
        Assert.Equal("process.unknown-stage", await review.CodeAsync(review.Authority, "stages/tea/extend", new { days = 5, reason = "a" }));
        using (var far = await review.PostAsync(review.FocalPoint, Path, new { days = 99_999_999_999, reason = "a" }))
            Assert.Equal(HttpStatusCode.BadRequest, far.StatusCode);
        Assert.Equal((before, due), (await review.SequenceAsync(), await review.DueAsync("self_assess")));
    }

    [Fact]
    public async Task Where_days_of_rest_make_it_longer_the_page_says_so_beforehand()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewStages.AtAsync(app, ReviewStages.Assessing);
        var due = await review.DueAsync("self_assess");
        using var pages = await Pages.OfAsync(app, review.FocalPoint);
        var saturday = Enumerable.Range(1, 7).First(days => due.AddDays(days).DayOfWeek == DayOfWeek.Saturday);

        Assert.DoesNotContain("would have been a day of rest", await CascadeAsync(saturday), StringComparison.Ordinal);
        await app.Database.AsOwnerAsync("UPDATE programme SET settings = '{\"rolling\": true}'");
        Assert.Contains("would have been a day of rest", await CascadeAsync(saturday), StringComparison.Ordinal);

        async Task<string> CascadeAsync(int days)
        {
            await pages.ReadAsync($"/reviews/{review.Id}/moves");
            return (await pages.SubmitAsync(
                $"/reviews/{review.Id}/moves", ("move", "Extend"), ("stage", "self_assess"), ("days", $"{days}"), ("reason", "[a flood]"))).Html;
        }
    }

    [Fact]
    public async Task The_page_shows_what_an_extension_moves_before_it_is_given()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewStages.AtAsync(app, ReviewStages.Assessing);
        using var pages = await Pages.OfAsync(app, review.FocalPoint);
        var address = $"/reviews/{review.Id}/moves";
        await pages.ReadAsync(address);
        var before = await review.SequenceAsync();

        var (status, html, _) = await pages.SubmitAsync(address, ("move", "Extend"), ("stage", "self_assess"), ("days", "10"), ("reason", "[a flood]"));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("The deadline moves from", html, StringComparison.Ordinal);
        Assert.Contains("Publication moves from", html, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">Self-assessment</th>", html, StringComparison.Ordinal);
        Assert.Contains("Self-assessment – at most 60 days", html, StringComparison.Ordinal);
        Assert.Contains("Self-assessment: more time can be given once.", Shown(html), StringComparison.Ordinal);
        Assert.Contains("After this, no more time can be given for this step.", html, StringComparison.Ordinal);
        Assert.Equal(before, await review.SequenceAsync());
        var (done, _, _) = await pages.SubmitAsync(
            address, ("move", "Extend"), ("stage", "self_assess"), ("days", "10"), ("reason", "[a flood]"), ("confirmed", "on"));
        Assert.Equal(HttpStatusCode.SeeOther, done);
        var after = (await pages.ReadAsync(address)).Html;
        Assert.DoesNotContain("value=\"Extend\"", after, StringComparison.Ordinal);
        Assert.Contains("Self-assessment: more time was given already. For this step that can be done once.", Shown(after), StringComparison.Ordinal);
        using var office = await Pages.OfAsync(app, review.Coordinator);
        Assert.Contains("Self-assessment: more time was given already.", Shown((await office.ReadAsync(address)).Html), StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_time_for_a_late_step_ends_on_a_day_still_to_come()
    {
        await using var app = await TestApp.StartAsync();
        // Its day is UTC's: days are counted alike at any hour.
        var review = await ReviewStages.AtAsync(app, ReviewStages.Assessing, "GHA");
        var due = await review.DueAsync("self_assess");
        await app.AdvanceAsync(TimeSpan.FromDays(due.DayNumber - review.Today.DayNumber + 20));
        var before = await review.SequenceAsync();
        var first = due.AddDays(21).ToString("d MMMM yyyy", System.Globalization.CultureInfo.InvariantCulture);
        using var pages = await Pages.OfAsync(app, review.FocalPoint);
        var address = $"/reviews/{review.Id}/moves";

        Assert.Contains($"Ask for at least this many days: 21. The first possible day is {first}.", Shown((await pages.ReadAsync(address)).Html), StringComparison.Ordinal);
        Assert.Equal("process.extension-in-past", await review.CodeAsync(review.FocalPoint, Path, new { days = 20, reason = "[a flood]" }));
        var (status, html, _) = await pages.SubmitAsync(address, ("move", "Extend"), ("stage", "self_assess"), ("days", "5"), ("reason", "[a flood]"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains($"the fewest are 21. The first possible day is {first}.", Shown(html), StringComparison.Ordinal);
        Assert.DoesNotContain("The deadline moves from", html, StringComparison.Ordinal);
        Assert.Equal((before, due), (await review.SequenceAsync(), await review.DueAsync("self_assess")));
        (_, html, _) = await pages.SubmitAsync(address, ("move", "Extend"), ("stage", "self_assess"), ("days", "21"), ("reason", "[a flood]"));
        Assert.Contains("The deadline moves from", html, StringComparison.Ordinal);

        Assert.Equal("ok", await review.CodeAsync(review.FocalPoint, Path, new { days = 21, reason = "[a flood]" }));
        Assert.Equal(due.AddDays(21), await review.DueAsync("self_assess"));
    }

    private static string Shown(string html) => html.Replace("\u2068", "", StringComparison.Ordinal).Replace("\u2069", "", StringComparison.Ordinal);
}
