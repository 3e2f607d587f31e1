using Microsoft.Playwright;
using PeerReview.Browser.Tests.Driving;
using PeerReview.Testing;

namespace PeerReview.Browser.Tests.Desk;

/// <summary>How reviewing States and experts come into a review: by keyboard, with axe, wide and narrow, in English and in Arabic.</summary>
public sealed class SelectionPagesTests(Chromium chromium)
{
    [Fact]
    public async Task The_coordinator_names_the_reviewing_States_by_keyboard()
    {
        await using var desk = await DeskReview.StartAsync();
        await using var visit = await chromium.VisitAsync(desk.App, desk.Coordinator);
        await visit.GoAsync($"{desk.Page}/reviewers");
        await visit.CheckAsync("reviewers-name");
        await visit.Keyboard.FollowAsync(AriaRole.Button, "Name these States");
        await visit.CheckAsync("reviewers-name-refused");
        await visit.Page.SelectOptionAsync("[name='states.A']", "GHA");
        await visit.Page.SelectOptionAsync("[name='reserves.A.1']", "RWA");
        await visit.Page.SelectOptionAsync("[name='states.B']", "EST");
        await visit.Keyboard.FollowAsync(AriaRole.Button, "Name these States");
        await visit.CheckAsync("reviewers-named");

        Assert.Contains("Rwanda", await visit.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        await visit.GoAsync($"{desk.Page}/reviewers/GHA/focal-point");
        await visit.CheckAsync("reviewer-focal-point");
        await visit.GoAsync("/invitations/nothing", status: 404);
        await visit.CheckAsync("invitation-unknown");
    }

    [Fact]
    public async Task An_expert_accepts_without_an_account_and_declares_by_keyboard()
    {
        await using var desk = await DeskReview.NominatingAsync();
        await using (var spokesperson = await chromium.VisitAsync(desk.App, desk.Spokespersons["GHA"]))
        {
            await spokesperson.GoAsync($"{desk.Page}/experts");
            await spokesperson.Keyboard.FillAsync("Name", "Ama Expert");
            await spokesperson.Keyboard.FillAsync("E-mail address", DeskReview.Ama);
            await spokesperson.Keyboard.FollowAsync(AriaRole.Button, "Send the invitation");
            await spokesperson.CheckAsync("experts-invited");
        }

        await using (var visitor = await chromium.VisitAsync(desk.App.Address, Look.Narrow))
        {
            await visitor.GoAsync(await desk.InvitationOfAsync(DeskReview.Ama));
            await visitor.CheckAsync("invitation-narrow");
            await visitor.Keyboard.FollowAsync(AriaRole.Button, "Accept");
            await visitor.CheckAsync("invitation-accepted");
            Assert.Contains("You have accepted.", await visitor.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        }

        await using var later = await DeskReview.DeclaringAsync();
        await using var expert = await chromium.VisitAsync(later.App, later.Experts[DeskReview.Eva]);
        await expert.GoAsync($"{later.Page}/declarations");
        await expert.CheckAsync("declaration");
        await expert.Keyboard.CheckAsync("I accept the code of conduct");
        await expert.Keyboard.FollowAsync(AriaRole.Button, "Sign the declaration");
        await expert.CheckAsync("declaration-signed");
        Assert.Contains("You have declared", await expert.Page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_page_fits_and_reads_well_in_Arabic_on_a_narrow_screen_and_in_the_dark()
    {
        await using var desk = await DeskReview.OpeningAsync();
        (await desk.SaveMinutesAsync()).EnsureSuccessStatusCode();
        var pages = new[] { "reviewers", "experts", "declarations", "opening" };
        foreach (var (person, who) in new[] { (desk.Coordinator, "office"), (desk.FocalPoint, "state"), (desk.Spokespersons["GHA"], "reviewer"), (desk.Experts[DeskReview.Ama], "expert") })
        {
            foreach (var (look, suffix) in new[] { (new Look(Width: 360, Language: "ar"), "ar-narrow"), (new Look(Dark: true), "dark") })
            {
                await using var visit = await chromium.VisitAsync(desk.App, person, look);
                foreach (var page in pages)
                {
                    // A focal point reads no declarations.
                    if (who == "reviewer" && page == "declarations")
                        continue;
                    await visit.GoAsync($"{desk.Page}/{page}?lang={look.Language}");
                    await visit.CheckAsync($"desk-{page}-{who}-{suffix}");
                }

                await visit.GoAsync($"{desk.Page}?lang={look.Language}");
                await visit.CheckAsync($"desk-review-{who}-{suffix}");
            }
        }
    }

    [Fact]
    public async Task An_expert_comments_by_keyboard_beside_the_answer()
    {
        await using var desk = await DeskReview.CommentingAsync();
        await using var expert = await chromium.VisitAsync(desk.App, desk.Experts[DeskReview.Ama]);
        await expert.GoAsync($"{desk.Page}/desk");
        await expert.CheckAsync("desk-list");
        await expert.GoAsync($"{desk.Page}/desk/N-a.a1");
        await expert.CheckAsync("desk-item", everyPicture: true);
        await expert.Keyboard.PickAsync("Question to the State");
        await expert.Keyboard.FillAsync("Comment", "How often is this tested?");
        await expert.Keyboard.FollowAsync(AriaRole.Button, "Save the comment");
        await expert.CheckAsync("desk-item-commented");
        Assert.Contains("How often is this tested?", await expert.Page.InnerTextAsync("main"), StringComparison.Ordinal);

        await using var arabic = await chromium.VisitAsync(desk.App, desk.Experts[DeskReview.Eva], new Look(Width: 360, Language: "ar"));
        foreach (var path in new[] { "/desk", "/desk/N-a.a1" })
        {
            await arabic.GoAsync($"{desk.Page}{path}?lang=ar");
            await arabic.CheckAsync("ar-narrow" + path.Replace('/', '-'));
        }

        await using var office = await chromium.VisitAsync(desk.App, desk.Coordinator, new Look(Dark: true));
        await office.GoAsync($"{desk.Page}/desk");
        await office.CheckAsync("desk-office-dark");
    }
}
