using System.Net.Http.Json;
using Microsoft.Playwright;
using PeerReview.Browser.Tests.Driving;
using PeerReview.Testing;

namespace PeerReview.Browser.Tests.Desk;

/// <summary>What follows an agreed report, by keyboard and with axe: publication, action plan, mid-term update. And where it all begins.</summary>
public sealed class AfterAgreementPagesTests(Chromium chromium)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_State_plans_what_it_accepted_by_keyboard()
    {
        await using var desk = await DeskReview.RespondingAsync();
        (await desk.RespondAsync("R-01", "accepted")).EnsureSuccessStatusCode();
        (await desk.SignResponsesAsync()).EnsureSuccessStatusCode();
        await using (var authority = await chromium.VisitAsync(desk.App, desk.Authority))
        {
            await authority.GoAsync($"{desk.Page}/publication");
            await authority.CheckAsync("desk-publication", everyPicture: true);
        }

        await using var state = await chromium.VisitAsync(desk.App, desk.FocalPoint);
        await state.GoAsync($"{desk.Page}/commitments");
        await state.CheckAsync("plan-empty");
        await state.Keyboard.FollowAsync(AriaRole.Link, "Plan for R-01");
        Assert.Equal("R-01", await state.Page.InputValueAsync("[name=recommendation]"));
        Assert.Equal("Keep a register of incidents", await state.Page.InputValueAsync("[name=title]"));
        await state.CheckAsync("plan-new");
        await state.Keyboard.CheckAsync("We have considered what this does to people's rights");
        await state.Keyboard.FollowAsync(AriaRole.Button, "Save");
        await state.CheckAsync("plan", everyPicture: true);
        await state.Keyboard.FollowAsync(AriaRole.Button, "Hand the plan in");
        Assert.Contains("The plan is handed in.", await state.Page.InnerTextAsync("body"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_lead_confirms_the_mid_term_update_by_keyboard()
    {
        await using var desk = await DeskReview.PublishedAsync();
        (await desk.PlanAsync("R-01")).EnsureSuccessStatusCode();
        foreach (var (stage, body) in new (string, object)[]
        {
            ("action_plan", new { }), ("check_6m", Notes), ("mid_term", Notes),
        })
        {
            (await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/stages/{stage}/complete", body, Cancel)).EnsureSuccessStatusCode();
        }

        await using var lead = await chromium.VisitAsync(desk.App, desk.Experts[DeskReview.Ama]);
        await lead.GoAsync($"{desk.Page}/follow-up");
        await lead.CheckAsync("mid-term", everyPicture: true);
        await lead.Keyboard.FillAsync("What the experts confirm", "The register is on line.");
        await lead.Keyboard.FollowAsync(AriaRole.Button, "Confirm");
        Assert.Contains("The update is confirmed.", await lead.Page.InnerTextAsync("body"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_desk_review_is_launched_from_its_own_page()
    {
        await using var desk = await DeskReview.StartAsync();
        await using var authority = await chromium.VisitAsync(desk.App, desk.Authority);
        await authority.GoAsync("/reviews/new");
        await authority.Keyboard.FollowAsync(AriaRole.Link, "Choose “Desk review”");
        await authority.CheckAsync("launch-desk", everyPicture: true);
        Assert.Contains("Recommendations and responses", await authority.Page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    private static object Notes => new { early = true, text = "[progress]", notes = new[] { new { commitment = "C-01", status = "under_way", text = "Begun." } } };
}
