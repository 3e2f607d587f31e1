using Microsoft.Playwright;
using PeerReview.Browser.Tests.Driving;
using PeerReview.Testing;

namespace PeerReview.Browser.Tests.Desk;

/// <summary>An expert asks the State first, by keyboard from the item to the answer; with axe, wide and narrow, in English and in Arabic.</summary>
public sealed class ClarifyFirstPagesTests(Chromium chromium)
{
    [Fact]
    public async Task An_expert_asks_and_the_focal_point_answers_by_keyboard()
    {
        await using var desk = await DeskReview.CommentingAsync();
        await using var expert = await chromium.VisitAsync(desk.App, desk.Experts[DeskReview.Ama]);
        await expert.GoAsync($"{desk.Page}/desk/N-a.a1");
        await expert.CheckAsync("clarify-first-from-the-item");
        await expert.Keyboard.FollowAsync(AriaRole.Link, "Ask the State first");
        await expert.CheckAsync("clarify-first-empty");
        await expert.Keyboard.FollowAsync(AriaRole.Button, "Ask the State");
        await expert.CheckAsync("clarify-first-refused");
        await expert.Keyboard.FillAsync("What you want to know before you write", "Does the yearly drill count as tested?");
        await expert.Keyboard.FollowAsync(AriaRole.Button, "Ask the State");
        await expert.CheckAsync("clarify-first-asked");

        await using var state = await chromium.VisitAsync(desk.App, desk.FocalPoint);
        await state.GoAsync("/");
        await state.CheckAsync("clarify-first-task");
        await state.Keyboard.FollowAsync(AriaRole.Link, "A private question of an expert to answer");
        await state.CheckAsync("clarify-first-to-answer");
        await state.Keyboard.FillAsync("Your answer", "It does; the report of the last one is under the answer.");
        await state.Keyboard.FollowAsync(AriaRole.Button, "Send the answer");
        await state.CheckAsync("clarify-first-answered");

        await expert.GoAsync($"{desk.Page}/clarify-first");
        Assert.Contains("It does; the report", await expert.Page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_fits_and_reads_well_in_Arabic_on_narrow_screens_and_in_the_dark()
    {
        await using var desk = await DeskReview.CommentingAsync();
        await desk.AskFirstAsync(DeskReview.Ama, "What is meant by the last sentence?", "N-a.a1");
        await desk.App.AdvanceAsync(TimeSpan.FromHours(80));
        await desk.AskFirstAsync(DeskReview.Ama, "Does the yearly drill count as tested?");
        await desk.App.AdvanceAsync(TimeSpan.FromHours(50));
        await desk.AskFirstAsync(DeskReview.Ama, "What is a register?");
        foreach (var (look, suffix) in new[] { (new Look(Width: 360), "narrow"), (new Look(Language: "ar"), "ar"), (new Look(Width: 360, Language: "ar"), "ar-narrow"), (new Look(Dark: true), "dark") })
        {
            foreach (var (person, name) in new[] { (desk.Experts[DeskReview.Ama], "expert"), (desk.FocalPoint, "state") })
            {
                await using var visit = await chromium.VisitAsync(desk.App, person, look);
                await visit.GoAsync($"{desk.Page}/clarify-first?lang={look.Language}");
                await visit.CheckAsync($"clarify-first-{name}-{suffix}");
            }
        }

        await using var home = await chromium.VisitAsync(desk.App, desk.FocalPoint, new Look(Width: 360, Language: "ar"));
        await home.GoAsync("/?lang=ar");
        await home.CheckAsync("clarify-first-task-ar-narrow");
        await home.GoAsync($"{desk.Page}?lang=ar");
        await home.CheckAsync("clarify-first-review-ar-narrow");
    }
}
