using Microsoft.Playwright;
using PeerReview.Browser.Tests.Driving;
using PeerReview.Testing;

namespace PeerReview.Browser.Tests.Desk;

/// <summary>What a participating State's people do, by keyboard and with axe: its sheet, its signature, its answer on the common part.</summary>
public sealed class RegionalPagesTests(Chromium chromium)
{
    [Fact]
    public async Task A_participating_State_writes_and_signs_its_sheet_and_endorses_the_common_part()
    {
        await using var review = await RegionalReview.EndorsingAsync();
        await using var ethiopia = await chromium.VisitAsync(review.Desk.App, review.Speaking["ETH"]);
        await ethiopia.GoAsync("/");
        await ethiopia.CheckAsync("participant-home");
        await ethiopia.GoAsync($"{review.Page}/participants");
        await ethiopia.CheckAsync("participant", everyPicture: true);
        await ethiopia.Keyboard.FollowAsync(AriaRole.Link, "Your State’s own sheet");
        await ethiopia.GoAsync($"{review.Page}/sheets/ETH/N-a.a1");
        await ethiopia.CheckAsync("sheet-item");
        await ethiopia.Keyboard.FillAsync("What your State says", "Our own centre answers calls at all hours.");
        await ethiopia.Keyboard.FollowAsync(AriaRole.Button, "Save");
        await ethiopia.CheckAsync("sheet", everyPicture: true);
        await ethiopia.Keyboard.FollowAsync(AriaRole.Button, "Sign and hand in");
        Assert.Contains("The sheet is signed and handed in.", await ethiopia.Page.InnerTextAsync("body"), StringComparison.Ordinal);
        await ethiopia.GoAsync($"{review.Page}/participants");
        await ethiopia.Page.CheckAsync("[name=endorses][value=yes]");
        await ethiopia.Keyboard.FollowAsync(AriaRole.Button, "Sign and answer");
        Assert.Contains("Your State endorses the common part.", await ethiopia.Page.InnerTextAsync("body"), StringComparison.Ordinal);

        await using var coordinator = await chromium.VisitAsync(review.Desk.App, review.Desk.Coordinator);
        await coordinator.GoAsync($"{review.Page}/participants");
        await coordinator.CheckAsync("participants-office", everyPicture: true);
        await coordinator.GoAsync($"{review.Page}/sheets/ETH");
        await coordinator.CheckAsync("sheet-read");
    }

    [Fact]
    public async Task It_reads_all_of_it_in_Arabic()
    {
        await using var review = await RegionalReview.EndorsingAsync();
        var tanzania = review.Speaking["TZA"];
        await review.Desk.App.Database.AsOwnerAsync("UPDATE person SET language = 'ar' WHERE id = @Id", new { tanzania.Id });
        await using var visit = await chromium.VisitAsync(review.Desk.App, tanzania, Look.Narrow with { Language = "ar" });
        foreach (var (path, name) in new[] { ("/participants", "participant-arabic"), ("/sheets/TZA", "sheet-arabic"), ("/sheets/TZA/N-a.a1", "sheet-item-arabic") })
        {
            await visit.GoAsync(review.Page + path);
            Assert.Equal("ar", await visit.Page.GetAttributeAsync("html", "lang"));
            await visit.CheckAsync(name);
        }
    }

    [Fact]
    public async Task A_regional_review_is_launched_from_its_own_page()
    {
        await using var desk = await DeskReview.StartAsync();
        await using var authority = await chromium.VisitAsync(desk.App, desk.Authority);
        await authority.GoAsync("/reviews/new?variant=desk");
        await authority.Keyboard.FollowAsync(AriaRole.Link, "Choose “Regional strategy”");
        await authority.CheckAsync("launch-regional", everyPicture: true);
        await authority.Page.CheckAsync("[name=participants][value=UGA]");
        await authority.Keyboard.FollowAsync(AriaRole.Button, "Sign and launch");
        Assert.Contains("Name at least 2 States that take part", await authority.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        Assert.True(await authority.Page.IsCheckedAsync("[name=participants][value=UGA]"));
        await authority.Page.CheckAsync("[name=participants][value=TZA]");
        await authority.Keyboard.FollowAsync(AriaRole.Button, "Sign and launch");
        Assert.Contains("Regional strategy", await authority.Page.InnerTextAsync("h1"), StringComparison.Ordinal);
    }
}
