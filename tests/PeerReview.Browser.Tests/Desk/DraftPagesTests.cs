using Microsoft.Playwright;
using PeerReview.Browser.Tests.Driving;
using PeerReview.Testing;

namespace PeerReview.Browser.Tests.Desk;

/// <summary>How the experts write the draft report: by keyboard, with axe, wide and narrow, in English and in Arabic.</summary>
public sealed class DraftPagesTests(Chromium chromium)
{
    [Fact]
    public async Task The_lead_writes_the_draft_and_hands_it_over_by_keyboard()
    {
        await using var desk = await DeskReview.DraftingAsync();
        await using var visit = await chromium.VisitAsync(desk.App, desk.Experts[DeskReview.Ama]);
        await visit.GoAsync($"{desk.Page}/draft");
        await visit.CheckAsync("draft-empty");
        await visit.Keyboard.FollowAsync(AriaRole.Button, "Begin the empty sections");
        await visit.CheckAsync("draft-begun");

        await visit.GoAsync($"{desk.Page}/draft/summary");
        await visit.Keyboard.FillAsync("Executive summary", "A good year. The attack was attributed to a neighbour.");
        await visit.Keyboard.FollowAsync(AriaRole.Button, "Save the section");
        await visit.CheckAsync("draft-section-flagged");
        await visit.Keyboard.FollowAsync(AriaRole.Button, "Move to the private annex");
        await visit.CheckAsync("draft-section-moved");

        await visit.GoAsync($"{desk.Page}/draft");
        await visit.Keyboard.FollowAsync(AriaRole.Link, $"Write a recommendation from this {(await desk.ItemsAsync())[2]}");
        await visit.CheckAsync("draft-recommendation");
        (await desk.RecommendAsync("Keep a register of incidents")).EnsureSuccessStatusCode();
        await visit.GoAsync($"{desk.Page}/draft");
        await visit.CheckAsync("draft-whole");
        await visit.Keyboard.FollowAsync(AriaRole.Button, "Hand the draft over");
        await visit.CheckAsync("draft-handed-over");

        Assert.Contains("The State has the draft.", await visit.Page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_draft_fits_and_reads_well_in_Arabic_on_narrow_screens_and_in_the_dark()
    {
        await using var desk = await DeskReview.CheckingAsync();
        (await desk.WriteAsync("summary", "[the summary of the report, changed]", version: 1)).EnsureSuccessStatusCode();
        foreach (var (look, suffix) in new[] { (new Look(Width: 360, Language: "ar"), "ar-narrow"), (new Look(Width: 768), "tablet"), (new Look(Dark: true), "dark") })
        {
            await using var visit = await chromium.VisitAsync(desk.App, desk.Experts[DeskReview.Eva], look);
            foreach (var (page, name) in new[] { ("draft", "whole"), ("draft/N-a", "part"), ("draft/summary?changes=2", "changes"), ("recommendations/R-01", "recommendation"), ("recommendations/R-01/withdraw", "withdraw") })
            {
                await visit.GoAsync($"{desk.Page}/{page}{(page.Contains('?', StringComparison.Ordinal) ? "&" : "?")}lang={look.Language}");
                await visit.CheckAsync($"draft-{name}-{suffix}");
            }
        }
    }
}
