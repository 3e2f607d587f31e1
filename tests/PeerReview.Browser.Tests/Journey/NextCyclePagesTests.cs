using Microsoft.Playwright;
using PeerReview.Browser.Tests.Driving;
using PeerReview.Testing;

namespace PeerReview.Browser.Tests.Journey;

/// <summary>A State takes the answers of its last review over, looks what another kind of review would change, and hands over: by keyboard,
/// with axe, wide and narrow, in English and in Arabic.</summary>
public sealed class NextCyclePagesTests(Chromium chromium)
{
    [Fact]
    public async Task Answers_are_taken_over_and_looked_at_by_keyboard()
    {
        await using var app = await TestApp.StartAsync();
        var (_, next) = await NextCycle.StartAsync(app);
        await using var focal = await chromium.VisitAsync(app, next.FocalPoint);
        await focal.GoAsync($"/reviews/{next.Id}");
        await focal.Keyboard.FollowAsync(AriaRole.Link, "The last review");
        await focal.CheckAsync("last");
        await focal.Keyboard.FollowAsync(AriaRole.Button, "Take over 20 answers as drafts");
        await focal.CheckAsync("last-taken-list");
        await focal.GoAsync($"/reviews/{next.Id}/assessment/N-a.a2");
        await focal.CheckAsync("last-item-to-look-at");
        await focal.Keyboard.FollowAsync(AriaRole.Button, "Save");
        Assert.Contains("What has changed since the last review", await focal.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        Assert.DoesNotContain("nobody has looked at it yet", await focal.Page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pages_fit_and_read_well_in_Arabic_and_on_narrow_screens()
    {
        await using var app = await TestApp.StartAsync();
        var (_, next) = await NextCycle.StartAsync(app);
        await app.PersonAsync("COORD", name: "Third coordinator");
        foreach (var (look, suffix) in new[] { (new Look(), "wide"), (new Look(Width: 360), "narrow"), (new Look(Width: 360, Language: "ar"), "ar-narrow") })
        {
            await using var focal = await chromium.VisitAsync(app, next.FocalPoint, look);
            await focal.GoAsync($"/reviews/{next.Id}/last?lang={look.Language}");
            await focal.CheckAsync($"last-{suffix}");
            await focal.GoAsync($"/reviews/{next.Id}/assessment/N-a.a2?lang={look.Language}");
            await focal.CheckAsync($"last-item-{suffix}");
            await focal.GoAsync($"/reviews/{next.Id}/people/nomination?role=STATE_FP&replaces={next.FocalPoint.Id}&lang={look.Language}");
            await focal.CheckAsync($"hand-over-own-{suffix}");
            await using var office = await chromium.VisitAsync(app, next.Coordinator, look);
            await office.GoAsync($"/reviews/{next.Id}/hand-over?lang={look.Language}");
            await office.CheckAsync($"hand-over-{suffix}");
            await using var authority = await chromium.VisitAsync(app, next.Authority, look);
            await authority.GoAsync($"/reviews/{next.Id}/variant?to=desk&lang={look.Language}");
            await authority.CheckAsync($"variant-{suffix}");
            await authority.GoAsync($"/reviews/{next.Id}/moves?lang={look.Language}");
            await authority.CheckAsync($"moves-{suffix}");
        }
    }
}
