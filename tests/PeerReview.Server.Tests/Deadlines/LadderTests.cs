using System.Globalization;
using PeerReview.Core.Access;
using PeerReview.Server.Platform.Letters;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Deadlines;

/// <summary>Silence after a deadline, step by step up to the suspension: who is told on which day, and what then happens.</summary>
public sealed class LadderTests
{
    private const int Assessing = 60;

    [Fact]
    public async Task A_late_State_climbs_the_ladder_and_is_suspended_at_its_end()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewStages.AtAsync(app, ReviewStages.Assessing);

        await app.AdvanceAsync(TimeSpan.FromDays(Assessing + 59));
        Assert.Equal("running", await review.StatusAsync());
        await app.AdvanceAsync(TimeSpan.FromDays(2));

        Assert.Equal("suspended", await review.StatusAsync());
        Assert.Equal(
            [
                "7 L1 Alternate", "7 L1 Coordinator", "7 L1 Deputy", "7 L1 Focal point",
                "14 L2 Authority", "14 L2 Head",
                "30 L3 Head",
                "60 L4 Authority", "60 L4 Head",
            ],
            await StepsAsync(review));
        Assert.Equal(["escalation_4", "Focal point of the State"], await AtTheEndAsync(review));
        foreach (var person in new[] { review.Authority, review.FocalPoint, review.Alternate, review.Coordinator, review.Deputy, review.Head })
            Assert.Single(await review.LettersAsync(person), "review_suspended");
        // Those it waits for hear of it in time, once with the choice and once when it is near; nobody else does.
        Assert.Equal(
            ["30 suspends_30 Alternate", "30 suspends_30 Focal point", "57 suspends_3 Alternate", "57 suspends_3 Focal point"],
            await StepsAsync(review, steps: "suspends%"));
        var ahead = (await app.LettersAsync()).First(letter => letter.Recipient == review.FocalPoint.Email && letter.Subject.Contains("may be suspended", StringComparison.Ordinal));
        Assert.Contains(
            ReviewStages.Day(app, Assessing + 60).ToString("d MMMM yyyy", CultureInfo.InvariantCulture), ahead.Body.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Equal("suspended", (await review.LedgerAsync())[^1]);
        Assert.Empty(await review.TasksAsync());
        var sequence = await review.SequenceAsync();
        await app.AdvanceAsync(TimeSpan.FromDays(400));
        Assert.Equal(sequence, await review.SequenceAsync());
        await app.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task Resumed_after_the_end_of_the_ladder_it_runs_and_has_two_weeks()
    {
        await using var app = await TestApp.StartAsync();
        // Its day is UTC's: days are counted alike at any hour.
        var review = await ReviewStages.AtAsync(app, ReviewStages.Assessing, "GHA");
        const int days = Assessing + 90;
        await app.AdvanceAsync(TimeSpan.FromDays(days));
        Assert.Equal("suspended", await review.StatusAsync());

        Assert.Equal("ok", await review.CodeAsync(
            review.Authority, "resume", new { signature = LightReview.Signature(app, ReviewStages.Day(app, days)) }));

        await app.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Equal("running", await review.StatusAsync());
        Assert.Equal(ReviewStages.Day(app, days + 14), await review.DueAsync("self_assess"));
        await app.AdvanceAsync(TimeSpan.FromDays(14 + 59));
        Assert.Equal("running", await review.StatusAsync());
        await app.AdvanceAsync(TimeSpan.FromDays(2));
        Assert.Equal("suspended", await review.StatusAsync());
        Assert.Equal(2 * 9, (await StepsAsync(review)).Length);
        await app.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task A_late_coordinator_goes_to_the_head_and_the_review_runs_on()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewStages.AtAsync(app, ReviewStages.Checking);

        await app.AdvanceAsync(TimeSpan.FromDays(400));

        Assert.Equal("running", await review.StatusAsync());
        Assert.Equal(
            [
                "7 L1 Coordinator", "7 L1 Deputy", "14 L2 Head", "30 L3 Head", "60 L4 Authority", "60 L4 Head",
            ],
            await StepsAsync(review));
        Assert.Equal(["escalation_head_decides", "Coordinator"], await AtTheEndAsync(review));
        Assert.Empty(await StepsAsync(review, steps: "suspends%"));
        Assert.Equal("ok", await review.CodeAsync(review.Coordinator, "stages/complete/complete", new { }));
        await app.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task What_is_published_is_not_suspended_for_a_late_note()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewStages.AtAsync(app, ReviewStages.FollowingUp);

        await app.AdvanceAsync(TimeSpan.FromDays(1000));

        Assert.Equal("running", await review.StatusAsync());
        Assert.Contains("60 L4 Authority", await StepsAsync(review));
        Assert.Equal("escalation_head_decides", (await AtTheEndAsync(review))[0]);
        await app.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task Work_handed_in_or_more_time_given_on_the_way_up_ends_the_climb()
    {
        await using var app = await TestApp.StartAsync();
        var given = await ReviewStages.AtAsync(app, ReviewStages.Assessing);
        var done = await ReviewStages.AtAsync(app, ReviewStages.Assessing, "CHL");
        await app.AdvanceAsync(TimeSpan.FromDays(Assessing + 20));

        Assert.Equal("ok", await given.CodeAsync(given.FocalPoint, "stages/self_assess/extend", new { days = 60, reason = "[a flood]" }));
        await done.SubmitAsync(_ => SharingLabel.Clear);
        await app.AdvanceAsync(TimeSpan.FromDays(39));

        string[] climbed = ["7 L1 Alternate", "7 L1 Coordinator", "7 L1 Deputy", "7 L1 Focal point", "14 L2 Authority", "14 L2 Head"];
        Assert.Equal(climbed, await StepsAsync(given));
        Assert.Equal(climbed, await StepsAsync(done, "self_assess"));
        Assert.Equal(("running", "running"), (await given.StatusAsync(), await done.StatusAsync()));
        await app.AdvanceAsync(TimeSpan.FromDays(62));
        Assert.Equal("suspended", await given.StatusAsync());
        await app.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task A_late_draft_asks_for_nothing_that_cannot_be_done()
    {
        await using var desk = await DeskReview.DraftingAsync();
        await desk.App.AdvanceAsync(TimeSpan.FromDays(30 + 25));

        var letters = await desk.App.LettersAsync();
        foreach (var person in new[] { desk.Coordinator, desk.Spokespersons["EST"] })
        {
            var letter = letters.Single(one => one.Recipient == person.Email && one.Subject.Contains("the draft is late", StringComparison.Ordinal));
            Assert.Contains("name another of the experts as lead", letter.Body, StringComparison.Ordinal);
            Assert.Contains($"{desk.Page}/experts", letter.Body, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(letters, letter => letter.Body.Contains("invites a", StringComparison.Ordinal));

        // What the State alone decides is offered for no other side.
        await desk.App.AdvanceAsync(TimeSpan.FromDays(10));
        var month = (await desk.App.LettersAsync()).Where(letter => letter.Recipient == desk.At.Head.Email).ToList();
        Assert.Contains(month, letter => letter.Subject.Contains("Drafting is long past its date", StringComparison.Ordinal));
        Assert.DoesNotContain(month, letter => letter.Body.Contains("a lighter review", StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_publication_nobody_is_offered_a_lighter_review_or_a_suspension()
    {
        await using var desk = await DeskReview.PublishedAsync();
        // The plan waits for the focal point long before it is late.
        using (var board = await Pages.OfAsync(desk.App, desk.Coordinator))
            Assert.DoesNotContain("the follow-up runs", (await board.ReadAsync("/board")).Html, StringComparison.Ordinal);
        await desk.App.AdvanceAsync(TimeSpan.FromDays(120 + 34));

        var letters = (await desk.App.LettersAsync()).Where(letter => letter.Recipient == desk.At.Head.Email).ToList();
        Assert.Contains(letters, letter => letter.Subject.Contains("Action plan is long past its date", StringComparison.Ordinal));
        using var coordinator = await Pages.OfAsync(desk.App, desk.Coordinator);
        Assert.DoesNotContain("the follow-up runs", (await coordinator.ReadAsync("/board")).Html, StringComparison.Ordinal);
        Assert.DoesNotContain(letters, letter => letter.Body.Contains("deferral", StringComparison.Ordinal) || letter.Body.Contains("lighter", StringComparison.Ordinal));
    }

    /// <summary>The letter the authority gets two months after a day, and whom it names as late.</summary>
    private static async Task<string[]> AtTheEndAsync(ReviewAt review)
    {
        var letter = await review.App.Database.AsOwnerAsync<string>(
            """
            SELECT o.body FROM reminder m JOIN outbox o ON o.key = m.outbox_key
            WHERE m.review_id = @Id AND m.person_id = @Person AND m.step = 'L4'
            """,
            new { review.Id, Person = review.Authority.Id });
        var read = LetterJson.Read(letter[0]);
        var late = (await review.App.LettersAsync()).First(mail => mail.Recipient == review.Authority.Email && mail.Subject.Contains("is long past its date", StringComparison.Ordinal))
            .Body.Split('\n').Single(line => line.StartsWith("It waits for: ", StringComparison.Ordinal));
        return [read.Name, late["It waits for: ".Length..].Trim()];
    }

    /// <summary>Days after the deadline, step and reader of every escalation sent, in the order of the days.</summary>
    private static async Task<string[]> StepsAsync(ReviewAt review, string stage = "%", string steps = "L_") =>
        [.. await review.App.Database.AsOwnerAsync<string>(
            """
            SELECT (m.day - m.deadline_day) || ' ' || m.step || ' ' || p.name
            FROM reminder m JOIN person p ON p.id = m.person_id JOIN outbox o ON o.key = m.outbox_key
            WHERE m.review_id = @Id AND m.stage LIKE @Stage AND m.step LIKE @Steps AND m.outcome = 'sent' AND o.delivered_at IS NOT NULL
              AND m.person_id = ANY (@People)
            ORDER BY m.day, m.step, p.name
            """,
            new
            {
                review.Id,
                Stage = stage,
                Steps = steps,
                // Both reviews of a programme have its head coordinators; each of them is told.
                People = new[] { review.Authority, review.FocalPoint, review.Alternate, review.Coordinator, review.Deputy, review.Head }
                    .Select(person => person.Id).ToArray(),
            })];
}
