using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Moves;

/// <summary>The clock of one side stands: nothing reminds it, nothing suspends it, and afterwards it has the days it missed.</summary>
public sealed class PauseTests
{
    private static readonly object Subject = new { party = "subject", pauseReason = "force_majeure", reason = "[a flood]" };

    [Fact]
    public async Task While_a_clock_stands_its_side_is_not_reminded_and_not_suspended()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewStages.AtAsync(app, ReviewStages.Assessing);
        var due = await review.DueAsync("self_assess");
        var before = await review.LedgerAsync();

        Assert.Equal("ok", await review.CodeAsync(review.Coordinator, "pause", Subject));
        Assert.Equal(["text_written", "clock_paused"], (await review.LedgerAsync())[before.Length..]);
        Assert.Single(await review.LettersAsync(review.FocalPoint), "clock_paused");
        await app.AdvanceAsync(TimeSpan.FromDays(200));

        Assert.Equal("running", await review.StatusAsync());
        Assert.DoesNotContain(await app.LettersAsync(), letter => letter.Subject.StartsWith("What waits for you", StringComparison.Ordinal));
        Assert.Equal("ok", await review.CodeAsync(review.Coordinator, "resume-clock", new { party = "subject" }));
        Assert.Equal(due.AddDays(200), await review.DueAsync("self_assess"));
        Assert.Single(await review.LettersAsync(review.FocalPoint), "clock_resumed");
        await app.AdvanceAsync(TimeSpan.FromDays(61));
        Assert.Contains(await app.LettersAsync(), letter => letter.Subject.StartsWith("What waits for you", StringComparison.Ordinal));
        await app.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task A_pause_ended_on_the_same_day_leaves_deadline_and_reminders_as_they_were()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewStages.AtAsync(app, ReviewStages.Assessing);
        var due = await review.DueAsync("self_assess");
        var planned = await RemindersAsync();

        Assert.Equal("ok", await review.CodeAsync(review.Coordinator, "pause", Subject));
        Assert.Empty(await RemindersAsync());
        Assert.Equal("ok", await review.CodeAsync(review.Coordinator, "resume-clock", new { party = "subject" }));

        Assert.Equal((due, planned), (await review.DueAsync("self_assess"), await RemindersAsync()));

        async Task<string> RemindersAsync() => string.Join(' ', await app.Database.AsOwnerAsync<string>(
            "SELECT key FROM reminder WHERE stage = 'self_assess' AND settled_at IS NULL ORDER BY key"));
    }

    [Fact]
    public async Task The_page_of_the_review_says_which_clock_stands_and_why()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewStages.AtAsync(app, ReviewStages.Assessing);
        Assert.Equal("ok", await review.CodeAsync(review.FocalPoint, "stages/self_assess/extend", new { days = 5, reason = "[elections]" }));
        Assert.Equal("ok", await review.CodeAsync(review.Coordinator, "pause", Subject));

        foreach (var person in new[] { review.Authority, review.FocalPoint, review.Coordinator })
        {
            using var pages = await Pages.OfAsync(app, person);
            var html = (await pages.ReadAsync($"/reviews/{review.Id}")).Html;
            Assert.Contains("A clock stands still: The reviewed side, since", html, StringComparison.Ordinal);
            Assert.Contains("Events beyond anybody's control", html, StringComparison.Ordinal);
            Assert.Contains("The clock stands still: no deadline runs.", html, StringComparison.Ordinal);
            Assert.DoesNotMatch(", until\\s*</span>", html);
            Assert.Contains("[a flood]", html, StringComparison.Ordinal);
            Assert.Contains("[elections]", html, StringComparison.Ordinal);
        }

        using var others = await Pages.OfAsync(app, review.Other);
        Assert.DoesNotContain("clock", (await others.ReadAsync($"/reviews/{review.Id}")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_waits_for_a_side_whose_clock_stands_is_late_nowhere_and_has_no_day()
    {
        const string stands = "The clock stands still: no deadline runs.";
        await using var app = await TestApp.StartAsync();
        var review = await ReviewStages.AtAsync(app, ReviewStages.Assessing);
        var due = await review.DueAsync("self_assess");
        using var state = await Pages.OfAsync(app, review.FocalPoint);
        using var office = await Pages.OfAsync(app, review.Coordinator);
        Assert.Equal("ok", await review.CodeAsync(review.Coordinator, "pause", Subject));
        await app.AdvanceAsync(TimeSpan.FromDays(200));
        await app.Database.RequireSoundAsync();

        foreach (var html in new[]
        {
            (await state.ReadAsync("/")).Html, (await state.ReadAsync($"/reviews/{review.Id}/assessment")).Html,
            (await office.ReadAsync("/board")).Html, (await office.ReadAsync($"/reviews/{review.Id}/hand-over")).Html,
        })
        {
            Assert.Contains(stands, html, StringComparison.Ordinal);
            Assert.DoesNotMatch("[0-9] days (late|left)|class=\"(due|task) late", html);
        }

        Assert.Matches("<span class=\"number\">0</span>\\s*<span class=\"tile-name\">Overdue", (await office.ReadAsync("/board")).Html);
        Assert.DoesNotContain($"/reviews/{review.Id}", (await office.ReadAsync("/board?late=on")).Html, StringComparison.Ordinal);
        Assert.True((await review.FocalPoint.Client.GetFromJsonAsync<JsonElement>("/api/v1/tasks", TestContext.Current.CancellationToken)).GetProperty("items")[0].GetProperty("stands").GetBoolean());

        Assert.Equal("ok", await review.CodeAsync(review.Coordinator, "resume-clock", new { party = "subject" }));
        Assert.DoesNotContain(stands, (await state.ReadAsync("/")).Html, StringComparison.Ordinal);
        Assert.DoesNotContain(stands, (await office.ReadAsync("/board")).Html, StringComparison.Ordinal);
        await app.AdvanceAsync(TimeSpan.FromDays(due.DayNumber - review.Today.DayNumber + 2));
        Assert.Contains($"/reviews/{review.Id}", (await office.ReadAsync("/board?late=on")).Html, StringComparison.Ordinal);
        await app.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task Before_a_clock_is_stopped_the_page_says_which_steps_would_stand()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewStages.AtAsync(app, ReviewStages.Assessing);
        using var pages = await Pages.OfAsync(app, review.Coordinator);

        var html = (await pages.ReadAsync($"/reviews/{review.Id}/moves")).Html.Replace("\u2068", "", StringComparison.Ordinal).Replace("\u2069", "", StringComparison.Ordinal);

        Assert.Matches("type=\"radio\"[^>]*value=\"subject\"[^>]*checked", html);
        Assert.Matches(">The reviewed side</label>\\s*<p[^>]*>Would stand still: Self-assessment</p>", html);
        Assert.Contains("No step of theirs is open now.", html, StringComparison.Ordinal);
        Assert.Equal("ok", await review.CodeAsync(review.Coordinator, "pause", Subject));
        Assert.DoesNotContain("Would stand still: Self-assessment", (await pages.ReadAsync($"/reviews/{review.Id}/moves")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reviewing_States_hear_that_their_steps_come_later_and_both_sides_where_the_reason_stands()
    {
        await using var desk = await DeskReview.NominatingAsync();
        Assert.Equal("ok", await desk.At.CodeAsync(desk.Coordinator, "pause", Subject));
        foreach (var person in new[] { desk.Spokespersons["GHA"], desk.Spokespersons["EST"], desk.FocalPoint })
            Assert.Single(await desk.At.LettersAsync(person), "clock_paused");
        var stopped = (await desk.App.LettersAsync()).Last(letter => letter.Recipient == desk.Spokespersons["EST"].Email && letter.Subject.Contains("a clock stands still", StringComparison.Ordinal)).Body;
        Assert.Contains("Whose clock it is: The reviewed side", stopped, StringComparison.Ordinal);
        Assert.DoesNotContain("[a flood]", stopped, StringComparison.Ordinal);
        await desk.App.AdvanceAsync(TimeSpan.FromDays(20));
        Assert.Equal("ok", await desk.At.CodeAsync(desk.Coordinator, "resume-clock", new { party = "subject" }));

        Assert.Contains("clock_resumed", await desk.At.LettersAsync(desk.FocalPoint));
        Assert.DoesNotContain("steps_later", await desk.At.LettersAsync(desk.FocalPoint));
        foreach (var state in new[] { "GHA", "EST" })
            Assert.Single(await desk.At.LettersAsync(desk.Spokespersons[state]), "steps_later");
        var letters = await desk.App.LettersAsync();
        Assert.Contains("Why it stood: ", letters.Last(letter => letter.Recipient == desk.FocalPoint.Email).Body, StringComparison.Ordinal);
        var told = letters.Last(letter => letter.Recipient == desk.Spokespersons["EST"].Email).Body;
        Assert.Contains("It is now expected to end on: ", told, StringComparison.Ordinal);
        Assert.DoesNotContain("[a flood]", told, StringComparison.Ordinal);

        Assert.Equal("ok", await desk.At.CodeAsync(desk.FocalPoint, "stages/self_assess/extend", new { days = 30, reason = "[more]" }));
        foreach (var state in new[] { "GHA", "EST" })
            Assert.Equal(2, (await desk.At.LettersAsync(desk.Spokespersons[state])).Count(letter => letter == "steps_later"));
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task The_other_side_goes_on()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewStages.AtAsync(app, ReviewStages.Checking);
        var due = await review.DueAsync("complete");

        Assert.Equal("ok", await review.CodeAsync(review.Coordinator, "pause", Subject));
        await app.AdvanceAsync(TimeSpan.FromDays(5));
        Assert.Equal("ok", await review.CodeAsync(review.Coordinator, "stages/complete/complete", new { }));

        Assert.Equal(due, ReviewStages.Day(app, 10));
        Assert.Equal(ReviewStages.Day(app, 26), await review.DueAsync("clarify"));
        await app.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_by_name()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewStages.AtAsync(app, ReviewStages.Assessing);
        var before = await review.SequenceAsync();

        Assert.Equal("process.unknown-party", await PauseAsync("cats", "force_majeure", "a"));
        Assert.Equal("process.unknown-pause-reason", await PauseAsync("subject", "rain", "a"));
        Assert.Equal("moves.reason-missing", await PauseAsync("subject", "force_majeure", ""));
        Assert.Equal("process.clock-not-paused", await review.CodeAsync(review.Coordinator, "resume-clock", new { party = "subject" }));
        Assert.Equal(before, await review.SequenceAsync());
        Assert.Equal("ok", await PauseAsync("subject", "force_majeure", "a"));
        Assert.Equal("process.clock-already-paused", await PauseAsync("subject", "translation", "a"));

        Task<string> PauseAsync(string party, string why, string reason) =>
            review.CodeAsync(review.Coordinator, "pause", new { party, pauseReason = why, reason });
    }
}
