using Microsoft.Playwright;
using PeerReview.Browser.Tests.Driving;
using PeerReview.Testing;

namespace PeerReview.Browser.Tests.Desk;

/// <summary>How the coordinator translates for the experts, and how they and the State read it: by keyboard, with axe, wide and narrow, in
/// English and in Arabic.</summary>
public sealed class TranslationPagesTests(Chromium chromium)
{
    [Fact]
    public async Task The_coordinator_translates_and_the_experts_read_it_by_keyboard()
    {
        await using var desk = await DeskReview.TranslatingAsync();
        var items = await desk.ItemsAsync();
        await using var office = await chromium.VisitAsync(desk.App, desk.Coordinator);
        await office.GoAsync($"{desk.Page}/translations");
        await office.CheckAsync("translations-open", everyPicture: true);
        await office.GoAsync($"{desk.Page}/translations/{items[0]}");
        await office.Keyboard.FollowAsync(AriaRole.Button, "Save the translation");
        await office.CheckAsync("translation-refused");
        await office.Keyboard.FillAsync("Rule", "Une loi de 2021 désigne l’agence nationale.");
        await office.Keyboard.FollowAsync(AriaRole.Button, "Save the translation");
        await office.CheckAsync("translations-partly");
        Assert.Contains("partly translated, by the coordinator’s office", await office.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        await office.GoAsync($"{desk.Page}/translations/{items[0]}");
        await office.CheckAsync("translation-partly", everyPicture: true);
        (await desk.TranslateAsync(items[0], version: 1)).EnsureSuccessStatusCode();
        await office.GoAsync($"{desk.Page}/translations/{items[1]}");
        await office.Keyboard.CheckAsync("Can be read as it is");
        await office.Keyboard.FollowAsync(AriaRole.Button, "Save the translation");
        foreach (var item in items.Skip(2).SkipLast(1))
            (await desk.TranslateAsync(item)).EnsureSuccessStatusCode();

        foreach (var look in new[] { new Look(Width: 360, Language: "ar"), new Look(Width: 360), new Look(Width: 1280, Language: "ar") })
        {
            await using var other = await chromium.VisitAsync(desk.App, desk.Coordinator, look);
            foreach (var path in new[] { "", "/" + items[0], "/" + items[^1] })
            {
                await other.GoAsync($"{desk.Page}/translations{path}?lang={look.Language}");
                await other.CheckAsync($"translations{path.Replace('/', '-')}-{look.Language}-{look.Width}");
            }
        }

        (await desk.TranslateAsync(items[^1])).EnsureSuccessStatusCode();
        await office.GoAsync($"{desk.Page}/translations");
        await office.Keyboard.FollowAsync(AriaRole.Button, "Finish the translations");
        Assert.Contains("The translations are finished.", await office.Page.InnerTextAsync("body"), StringComparison.Ordinal);
        await office.GoAsync($"{desk.Page}/translations");
        await office.CheckAsync("translations-finished");

        await using var expert = await chromium.VisitAsync(desk.App, desk.Experts[DeskReview.Ama], new Look(Language: "fr"));
        await expert.GoAsync($"{desk.Page}/desk/{items[0]}?lang=fr");
        await expert.CheckAsync("translation-expert", everyPicture: true);
        await expert.Keyboard.UnfoldAsync("Lire l’original");
        await expert.CheckAsync("translation-expert-original");
        await expert.GoAsync($"{desk.Page}/desk/{items[1]}?lang=fr");
        await expert.CheckAsync("translation-expert-as-it-is");
        await using var narrow = await chromium.VisitAsync(desk.App, desk.Experts[DeskReview.Ama], new Look(Width: 360, Language: "ar"));
        await narrow.GoAsync($"{desk.Page}/desk/{items[0]}?lang=ar");
        await narrow.CheckAsync("translation-expert-ar-360");
        await using var state = await chromium.VisitAsync(desk.App, desk.FocalPoint);
        await state.GoAsync($"{desk.Page}/assessment/{items[0]}");
        await state.CheckAsync("translation-state", everyPicture: true);
    }
}
