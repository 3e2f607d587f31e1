using System.Net.Http.Json;
using Microsoft.Playwright;
using PeerReview.Browser.Tests.Driving;
using PeerReview.Core.Access;
using PeerReview.Testing;

namespace PeerReview.Browser.Tests.Desk;

/// <summary>What a stakeholder asked not to make public, from the desk of the experts to the decision of the State.</summary>
public sealed class HeardPagesTests(Chromium chromium)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Its_label_stands_beside_it_and_the_state_opens_each_text_on_its_own()
    {
        await using var desk = await DeskReview.NominatingAsync(stakeholders: true);
        var ines = await desk.At.HearAsync("ines@example.org", "Open Net");
        var said = await desk.At.ContributeAsync(ines, "Four posts are filled.", "N-a.a1");
        (await desk.At.ScreenAsync(said, "accept")).EnsureSuccessStatusCode();
        await desk.App.AdvanceAsync(StakeholderSteps.Starts);
        (await desk.Coordinator.Client.PostAsJsonAsync($"{desk.Api}/stages/stake_call/complete", new { }, Cancel)).EnsureSuccessStatusCode();
        await desk.CommentingFromHereAsync(item => item == "N-b.b1" ? SharingLabel.Amber : SharingLabel.Clear);
        (await desk.At.ReplyAsync(said, "Five by now.")).EnsureSuccessStatusCode();
        (await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/stages/stake_reply/complete", new { }, Cancel)).EnsureSuccessStatusCode();
        await desk.HandInCommentsAsync();
        await using var lead = await chromium.VisitAsync(desk.App, desk.Experts[DeskReview.Ama]);
        await lead.GoAsync($"{desk.Page}/consolidation/N-a.a1");
        await lead.CheckAsync("heard-consolidation");
        await desk.HandOverQuestionsAsync();
        await desk.ReplyAsync();
        (await desk.WriteAsync("N-a", "Guest ines of Open Net says that four posts are filled.")).EnsureSuccessStatusCode();
        await lead.GoAsync($"{desk.Page}/draft/N-a");
        await lead.CheckAsync("heard-draft", everyPicture: true);

        await desk.ExplainGroupsAsync("academia");
        (await desk.Experts[DeskReview.Ama].Client.PostAsJsonAsync($"{desk.Api}/report/wording/N-a", new { version = 1, reason = "Another Open Net is meant." }, Cancel)).EnsureSuccessStatusCode();
        await desk.HandOverDraftAsync();
        await desk.CheckFactsAsync();
        foreach (var person in desk.Agreeing)
            (await desk.AgreeAsync(person)).EnsureSuccessStatusCode();
        await using var state = await chromium.VisitAsync(desk.App, desk.Authority);
        await state.GoAsync($"{desk.Page}/publication");
        await state.CheckAsync("heard-publication", everyPicture: true);
        Assert.Contains("did not agree that it becomes public", await state.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        await state.GoAsync($"{desk.Page}/commitments");
        await state.CheckAsync("plan-undecided");
    }

    [Fact]
    public async Task A_note_long_before_its_day_is_asked_for_behind_a_fold()
    {
        await using var desk = await DeskReview.PublishedAsync();
        (await desk.PlanAsync("R-01")).EnsureSuccessStatusCode();
        (await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/stages/action_plan/complete", new { }, Cancel)).EnsureSuccessStatusCode();
        await using var state = await chromium.VisitAsync(desk.App, desk.FocalPoint);
        await state.GoAsync($"{desk.Page}/follow-up");
        await state.Keyboard.UnfoldAsync("Hand the six-month note in already");
        await state.CheckAsync("six-months-early", everyPicture: true);
        await state.Keyboard.PickAsync("Under way");
        await state.Keyboard.CheckAsync("I hand in the six-month note now, long before its day");
        await state.Keyboard.FollowAsync(AriaRole.Button, "See what the public will read");
        await state.CheckAsync("six-months-preview", everyPicture: true);
        await state.Keyboard.FollowAsync(AriaRole.Button, "Hand in the note");
        Assert.Contains("The note is handed in.", await state.Page.InnerTextAsync("body"), StringComparison.Ordinal);
    }
}
