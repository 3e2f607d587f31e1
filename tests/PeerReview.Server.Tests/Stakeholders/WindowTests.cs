using System.Net;
using System.Net.Http.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Stakeholders;

/// <summary>Whether the window for stakeholders takes place at all: as the State chose when it launched, and as long as nobody was heard.</summary>
public sealed class WindowTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_review_launched_without_it_asks_nobody_for_anything()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);

        Assert.DoesNotContain(await review.TasksAsync(), task => task.StartsWith("stake", StringComparison.Ordinal));
        foreach (var person in new[] { review.Coordinator, review.Head, review.FocalPoint })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await person.Client.GetAsync($"{review.Api}/contributions", Cancel)).StatusCode);
            using var pages = await Pages.OfAsync(app, person);
            Assert.DoesNotContain("/contributions", (await pages.ReadAsync($"/reviews/{review.Id}")).Html, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.Conflict, (await review.InviteStakeholderAsync("ines@example.org")).StatusCode);
        await review.SubmitAsync(_ => Core.Access.SharingLabel.Clear);
        await review.ClarifyAsync();
        Assert.DoesNotContain(await review.TasksAsync(), task => task.StartsWith("stake", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reason_typed_for_one_group_stays_while_that_of_another_is_saved_or_refused()
    {
        await using var full = await DeskReview.DialogueAsync();
        var path = $"{full.Page}/contributions";
        using var pages = await Pages.OfAsync(full.App, full.Coordinator);
        Assert.Contains("data-keep=\"not-invited-academia\"", (await pages.ReadAsync(path)).Html, StringComparison.Ordinal);
        await pages.SubmitAsync(
            "/drafts", ("draft_page", path), ("draft_part", "not-invited-academia"), ("contribution", "academia"), ("version", "0"), ("text", "[why no university]"));

        var refused = await SendAsync("");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("[why no university]", refused.Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await SendAsync("[why no company]")).Status);
        Assert.Contains("[why no university]", (await pages.ReadAsync(path)).Html, StringComparison.Ordinal);

        Task<(HttpStatusCode Status, string Html, string? Next)> SendAsync(string text) => pages.SubmitAsync(
            path, ("draft_page", path), ("draft_part", "not-invited-industry"), ("act", "not-invited"), ("contribution", "industry"), ("version", "0"), ("text", text));
    }

    [Fact]
    public async Task A_light_review_hears_stakeholders_where_its_State_opened_the_window()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app, change: notice => notice["stakeholders"] = true);
        // The coordinators, and whoever accepted and has said nothing.
        Assert.Equal(["stake_call COORD"], (await review.TasksAsync()).Where(t => t.StartsWith("stake", StringComparison.Ordinal)));
        Assert.Contains("your_turn_stake_call", await review.LettersAsync(review.Coordinator));
        var ines = await review.HearAsync("ines@example.org");
        Assert.Equal(["stake_call COORD", "stake_call STAKEHOLDER"], (await review.TasksAsync()).Where(t => t.StartsWith("stake", StringComparison.Ordinal)));
        var id = await review.ContributeAsync(ines, "What we know.");
        Assert.Equal(["stake_call COORD"], (await review.TasksAsync()).Where(t => t.StartsWith("stake", StringComparison.Ordinal)));
        (await review.ScreenAsync(id, "accept")).EnsureSuccessStatusCode();
        await app.AdvanceAsync(StakeholderSteps.Starts);
        (await review.Coordinator.Client.PostAsJsonAsync($"{review.Api}/stages/stake_call/complete", new { }, Cancel)).EnsureSuccessStatusCode();
        await review.SubmitAsync(_ => Core.Access.SharingLabel.Clear);
        await review.RunAsync(review.Coordinator, work => new Server.Platform.Reviews.ReviewChange().Then(new Core.Process.ProcessCommand.Complete(work.Acting, "complete")));

        Assert.Contains("stake_reply STATE_FP", await review.TasksAsync());
        (await review.ReplyAsync(id, "Thank you.")).EnsureSuccessStatusCode();
        (await review.FocalPoint.Client.PostAsJsonAsync($"{review.Api}/stages/stake_reply/complete", new { }, Cancel)).EnsureSuccessStatusCode();
        Assert.DoesNotContain("stake_reply STATE_FP", await review.TasksAsync());
        await app.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task It_is_left_out_while_nobody_accepted_and_the_State_is_asked_for_no_reply()
    {
        await using var desk = await DeskReview.NominatingAsync(stakeholders: true);
        (await desk.At.InviteStakeholderAsync("ines@example.org")).EnsureSuccessStatusCode();
        Assert.Equal(HttpStatusCode.Forbidden, (await desk.FocalPoint.Client.PostAsync($"{desk.Api}/contributions/leave-out", null, Cancel)).StatusCode);

        (await desk.Coordinator.Client.PostAsync($"{desk.Api}/contributions/leave-out", null, Cancel)).EnsureSuccessStatusCode();

        Assert.Empty(await desk.AskedAsync("stake_call"));
        Assert.Equal(HttpStatusCode.NotFound, (await desk.Coordinator.Client.GetAsync($"{desk.Api}/contributions", Cancel)).StatusCode);
        using var visitor = await Pages.OfAsync(desk.App, person: null);
        Assert.Equal(HttpStatusCode.Gone, (await visitor.ReadAsync(await desk.At.StakeholderLetterAsync("ines@example.org"))).Status);
        await desk.CommentingFromHereAsync();
        Assert.Empty(await desk.AskedAsync("stake_reply"));
        Assert.NotEmpty(await desk.AskedAsync("desk_review"));
    }

    [Fact]
    public async Task Whoever_hands_in_nothing_is_reminded_until_the_last_day_and_never_told_to_be_late()
    {
        await using var desk = await DeskReview.NominatingAsync(stakeholders: true);
        var ines = await desk.At.HearAsync("ines@example.org");

        await desk.App.AdvanceAsync(TimeSpan.FromDays(110));

        var letters = (await desk.App.LettersAsync()).Where(letter => letter.Recipient == ines.Email).Select(letter => letter.Subject).ToList();
        Assert.Contains(letters, subject => subject.StartsWith("What waits for you", StringComparison.Ordinal));
        Assert.DoesNotContain(letters, subject => subject.Contains("past its date", StringComparison.Ordinal) || subject.Contains("long past", StringComparison.Ordinal));
    }
}
