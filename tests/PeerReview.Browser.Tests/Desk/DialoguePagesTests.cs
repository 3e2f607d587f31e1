using Microsoft.Playwright;
using PeerReview.Browser.Tests.Driving;
using PeerReview.Testing;

namespace PeerReview.Browser.Tests.Desk;

/// <summary>The dialogue of a full review, by keyboard from the agenda to the confirmed record; with axe, wide and narrow, in English and in
/// Arabic.</summary>
public sealed class DialoguePagesTests(Chromium chromium)
{
    [Fact]
    public async Task Both_sides_take_the_dialogue_to_its_record_by_keyboard()
    {
        await using var full = await DeskReview.DialogueAsync();
        (await full.OfferAsync(3, 4)).EnsureSuccessStatusCode();
        await using var state = await chromium.VisitAsync(full.App, full.FocalPoint);
        await state.GoAsync("/");
        await state.Keyboard.FollowAsync(AriaRole.Link, "Dialogue");
        await state.CheckAsync("dialogue-state");
        await state.Keyboard.FillAsync("What you would like to talk about", "How drills are planned.");
        await state.Keyboard.FollowAsync(AriaRole.Button, "Add a point");
        await state.Keyboard.FollowAsync(AriaRole.Button, "Say which suit");
        await state.CheckAsync("dialogue-state-said");

        await using var lead = await chromium.VisitAsync(full.App, full.Experts[DeskReview.Ama]);
        await lead.GoAsync($"{full.Page}/dialogue");
        Assert.Contains("How drills are planned.", await lead.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        await lead.CheckAsync("dialogue-lead");
        await lead.Keyboard.FollowAsync(AriaRole.Button, "Save the record");
        await lead.CheckAsync("dialogue-record-refused");
        (await full.RecordSessionAsync()).EnsureSuccessStatusCode();
        (await full.SaveRecordAsync("Q-01", "A-01")).EnsureSuccessStatusCode();

        await state.GoAsync($"{full.Page}/dialogue");
        await state.CheckAsync("dialogue-to-confirm");
        await state.Keyboard.FollowAsync(AriaRole.Button, "Confirm the record");
        await state.CheckAsync("dialogue-confirmed");
        Assert.Contains("You have confirmed the record.", await state.Page.InnerTextAsync("body"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_fits_and_reads_well_in_Arabic_on_narrow_screens_and_in_the_dark()
    {
        await using var full = await DeskReview.DialogueAsync();
        (await full.OfferAsync(3, 4)).EnsureSuccessStatusCode();
        (await full.RecordSessionAsync()).EnsureSuccessStatusCode();
        (await full.SaveRecordAsync("Q-01")).EnsureSuccessStatusCode();
        foreach (var (look, suffix) in new[] { (new Look(Width: 360), "narrow"), (new Look(Language: "ar"), "ar"), (new Look(Width: 360, Language: "ar"), "ar-narrow"), (new Look(Dark: true), "dark") })
        {
            foreach (var (person, name) in new[] { (full.Experts[DeskReview.Ama], "lead"), (full.FocalPoint, "state"), (full.Coordinator, "office"), (full.At.Head, "head") })
            {
                await using var visit = await chromium.VisitAsync(full.App, person, look);
                await visit.GoAsync($"{full.Page}/dialogue?lang={look.Language}");
                await visit.CheckAsync($"dialogue-{name}-{suffix}");
            }
        }

        await using var groups = await chromium.VisitAsync(full.App, full.Coordinator, new Look(Width: 360, Language: "ar"));
        await groups.GoAsync($"{full.Page}/contributions?lang=ar");
        await groups.CheckAsync("dialogue-groups-ar-narrow");
    }
}
