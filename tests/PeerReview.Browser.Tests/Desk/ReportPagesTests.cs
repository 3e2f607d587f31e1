using System.Net.Http.Json;
using Microsoft.Playwright;
using PeerReview.Browser.Tests.Driving;
using PeerReview.Testing;

namespace PeerReview.Browser.Tests.Desk;

/// <summary>The report is checked, agreed on and answered by keyboard, with axe, on paper, narrow and in Arabic.</summary>
public sealed class ReportPagesTests(Chromium chromium)
{
    [Fact]
    public async Task The_State_comments_and_the_lead_decides_by_keyboard()
    {
        await using var desk = await DeskReview.CheckingAsync();
        await using (var state = await chromium.VisitAsync(desk.App, desk.FocalPoint))
        {
            await state.GoAsync($"{desk.Page}/report");
            await state.CheckAsync("report-fact-check", everyPicture: true);
            await state.Keyboard.FillAsync("Comment", "The law is of 2020.");
            await state.Keyboard.FollowAsync(AriaRole.Button, "Save the comment");
            await state.CheckAsync("report-commented");
            Assert.Contains("1 comment is not decided", await state.Page.InnerTextAsync("main"), StringComparison.Ordinal);
            await state.Keyboard.FollowAsync(AriaRole.Button, "The draft has been checked");
        }

        await using var lead = await chromium.VisitAsync(desk.App, desk.Experts[DeskReview.Ama]);
        await lead.GoAsync($"{desk.Page}/report");
        await lead.CheckAsync("report-lead");
        await lead.Keyboard.PickAsync("Taken up");
        await lead.Keyboard.FollowAsync(AriaRole.Button, "Save the decision");
        // Nothing was changed: the lead says where the text says so.
        await lead.CheckAsync("report-lead-refused");
        await lead.Keyboard.FillAsync("What was changed, or why nothing was (optional)", "The summary names the year.");
        await lead.Keyboard.FollowAsync(AriaRole.Button, "Save the decision");
        Assert.DoesNotContain("Annex: comments of the State", await lead.Page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_party_sees_what_changed_and_confirms_by_keyboard()
    {
        await using var desk = await DeskReview.AgreeingAsync();
        (await desk.AgreeAsync(desk.Authority)).EnsureSuccessStatusCode();
        (await desk.WriteAsync("summary", "[the summary of the report, clearer]", version: 1)).EnsureSuccessStatusCode();
        await using var authority = await chromium.VisitAsync(desk.App, desk.Authority);
        await authority.GoAsync($"{desk.Page}/report");
        await authority.CheckAsync("report-outdated", everyPicture: true);
        await authority.Keyboard.FollowAsync(AriaRole.Button, "Confirm this text");
        await authority.CheckAsync("report-confirmed");
        Assert.Contains("You have confirmed the report.", await authority.Page.InnerTextAsync("body"), StringComparison.Ordinal);

        await using var estonia = await chromium.VisitAsync(desk.App, desk.Spokespersons["EST"], new Look(Width: 360));
        await estonia.GoAsync($"{desk.Page}/report");
        await estonia.Keyboard.FollowAsync(AriaRole.Button, "State that there is no agreement");
        await estonia.CheckAsync("report-fail-refused");
        await estonia.Keyboard.FillAsync("Reason", "The third section.");
        await estonia.Keyboard.FollowAsync(AriaRole.Button, "State that there is no agreement");
        await estonia.CheckAsync("report-reconcile", everyPicture: true);
        await estonia.Keyboard.FillAsync("What your State sees otherwise", "We see the third section otherwise.");
        await estonia.Keyboard.FollowAsync(AriaRole.Button, "Annex this dissent");
        await estonia.CheckAsync("report-dissent");
    }

    [Fact]
    public async Task The_State_responds_by_keyboard()
    {
        await using var desk = await DeskReview.RespondingAsync();
        await using var authority = await chromium.VisitAsync(desk.App, desk.Authority);
        await authority.GoAsync($"{desk.Page}/responses");
        await authority.CheckAsync("responses", everyPicture: true);
        await authority.Keyboard.PickAsync("Accepted in part");
        await authority.Keyboard.FillAsync("Reason", "The register, not the audit.");
        await authority.Keyboard.FollowAsync(AriaRole.Button, "Save this response");
        await authority.CheckAsync("responses-saved");
        await authority.Keyboard.FollowAsync(AriaRole.Button, "Sign all responses");
        await authority.CheckAsync("responses-signed");
        Assert.Contains("The State has signed its responses.", await authority.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        await authority.GoAsync(desk.Page);
        await authority.CheckAsync("review-with-report");
    }

    [Fact]
    public async Task The_report_reads_well_in_Arabic_narrow_and_in_the_dark()
    {
        await using var desk = await DeskReview.AgreeingAsync();
        (await desk.Spokespersons["EST"].Client.PostAsJsonAsync($"{desk.Api}/stages/agree/fail", new { reason = "The third section." }, TestContext.Current.CancellationToken))
            .EnsureSuccessStatusCode();
        (await desk.Spokespersons["EST"].Client.PutAsJsonAsync($"{desk.Api}/dissent", new { text = "We see it otherwise.", version = 0 }, TestContext.Current.CancellationToken))
            .EnsureSuccessStatusCode();
        foreach (var (person, who) in new[] { (desk.Authority, "state"), (desk.Spokespersons["EST"], "reviewer"), (desk.At.Head, "head") })
        {
            foreach (var (look, suffix) in new[] { (new Look(Width: 360, Language: "ar"), "ar-narrow"), (new Look(Dark: true), "dark") })
            {
                await using var visit = await chromium.VisitAsync(desk.App, person, look);
                await visit.GoAsync($"{desk.Page}/report?since=handed_over&lang={look.Language}");
                await visit.CheckAsync($"report-{who}-{suffix}");
            }
        }
    }
}
