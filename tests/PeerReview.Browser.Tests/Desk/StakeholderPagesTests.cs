using Microsoft.Playwright;
using PeerReview.Browser.Tests.Driving;
using PeerReview.Testing;

namespace PeerReview.Browser.Tests.Desk;

/// <summary>How a stakeholder is heard: by keyboard, with axe, wide and narrow, in English and in Arabic.</summary>
public sealed class StakeholderPagesTests(Chromium chromium)
{
    private const string Ines = "ines@example.org";

    [Fact]
    public async Task A_stakeholder_is_invited_heard_screened_and_replied_to_by_keyboard()
    {
        await using var desk = await DeskReview.NominatingAsync(stakeholders: true);
        await using var office = await chromium.VisitAsync(desk.App, desk.Coordinator);
        await office.GoAsync($"{desk.Page}/contributions");
        await office.CheckAsync("contributions-empty");
        await office.Keyboard.FollowAsync(AriaRole.Button, "Send the invitation");
        await office.CheckAsync("contributions-invite-refused");
        await office.Keyboard.FillAsync("Name", "Ines Guest");
        await office.Keyboard.FillAsync("Organisation", "Institute of Networks");
        await office.Keyboard.PickAsync("Academia and technical community");
        await office.Keyboard.FillAsync("E-mail address", Ines);
        await office.Keyboard.FollowAsync(AriaRole.Button, "Send the invitation");
        await office.CheckAsync("contributions-invited");

        await using (var visitor = await chromium.VisitAsync(desk.App.Address, Look.Narrow))
        {
            await visitor.GoAsync(await desk.At.StakeholderLetterAsync(Ines));
            await visitor.CheckAsync("stakeholder-invitation-narrow");
            await visitor.Keyboard.FollowAsync(AriaRole.Button, "Accept");
            await visitor.CheckAsync("stakeholder-invitation-accepted");
            Assert.Contains("You have accepted.", await visitor.Page.InnerTextAsync("main"), StringComparison.Ordinal);
            await visitor.GoAsync("/stakeholders/nothing", status: 404);
            await visitor.CheckAsync("stakeholder-invitation-unknown");
        }

        await using (var guest = await chromium.VisitAsync(desk.App, await desk.App.PersonByEmailAsync(Ines)))
        {
            await guest.GoAsync($"{desk.Page}/contributions");
            await guest.Keyboard.FollowAsync(AriaRole.Button, "Save");
            await guest.CheckAsync("contribution-refused");
            await guest.Page.SelectOptionAsync("[name='item']", "N-a.a1");
            await guest.Keyboard.FillAsync("Your contribution", "Operators were asked twice, and answered once.");
            await guest.Keyboard.FollowAsync(AriaRole.Button, "Save");
            await guest.CheckAsync("contribution-saved");
            await guest.Keyboard.FollowAsync(AriaRole.Button, "Hand in");
            await guest.CheckAsync("contribution-handed-in", everyPicture: true);
            Assert.Contains("Waits to be screened", await guest.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        }

        await office.GoAsync($"{desk.Page}/contributions");
        await office.Keyboard.FollowAsync(AriaRole.Button, "Set aside");
        await office.CheckAsync("contribution-screening-refused");
        await office.Keyboard.FollowAsync(AriaRole.Button, "Accept");
        await office.CheckAsync("contribution-screened");
        await desk.App.AdvanceAsync(StakeholderSteps.Starts);
        await office.GoAsync($"{desk.Page}/contributions");
        await office.Keyboard.FollowAsync(AriaRole.Button, "Close the window");
        await office.CheckAsync("contributions-closed");
        await desk.CommentingFromHereAsync();

        await using var state = await chromium.VisitAsync(desk.App, desk.FocalPoint);
        await state.GoAsync($"{desk.Page}/contributions");
        await state.CheckAsync("contributions-state", everyPicture: true);
        await state.Keyboard.FillAsync("Your reply", "They are asked every year.");
        await state.Keyboard.FollowAsync(AriaRole.Button, "Save the reply");
        await state.CheckAsync("contributions-replied");
        await state.Keyboard.FollowAsync(AriaRole.Button, "Finish replying");
        await state.CheckAsync("contributions-finished");

        await using var expert = await chromium.VisitAsync(desk.App, desk.Experts[DeskReview.Ama], new Look(Dark: true));
        await expert.GoAsync($"{desk.Page}/desk/N-a.a1");
        await expert.CheckAsync("desk-item-with-contribution");
        Assert.Contains("They are asked every year.", await expert.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        await expert.GoAsync($"{desk.Page}/contributions");
        await expert.CheckAsync("contributions-expert-dark");
    }

    [Fact]
    public async Task The_page_of_contributions_fits_and_reads_well_in_Arabic_on_a_narrow_screen()
    {
        await using var desk = await DeskReview.NominatingAsync(stakeholders: true);
        var ines = await desk.At.HearAsync(Ines);
        (await desk.At.ScreenAsync(await desk.At.ContributeAsync(ines, "What we know.", "N-a.a1"), "accept")).EnsureSuccessStatusCode();
        (await desk.At.ScreenAsync(await desk.At.ContributeAsync(ines, "Who did it."), "set_aside", "attribution", "Leave the author out.")).EnsureSuccessStatusCode();
        await desk.At.ContributeAsync(ines, "What waits.");
        await desk.At.DraftAsync(ines, "What is being written.");
        foreach (var (person, who) in new[] { (ines, "sender"), (desk.Coordinator, "office"), (desk.FocalPoint, "state") })
        {
            await using var visit = await chromium.VisitAsync(desk.App, person, new Look(Width: 360, Language: "ar"));
            await visit.GoAsync($"{desk.Page}/contributions?lang=ar");
            await visit.CheckAsync($"contributions-{who}-ar-narrow");
            await visit.GoAsync($"{desk.Page}?lang=ar");
            await visit.CheckAsync($"contributions-review-{who}-ar-narrow");
        }
    }
}
