using Microsoft.Playwright;
using PeerReview.Browser.Tests.Driving;
using PeerReview.Testing;

namespace PeerReview.Browser.Tests.Processes;

/// <summary>The page every stage has, for each of three processes no part of the product is made for: in English and in Arabic, wide and
/// narrow, with axe; one by keyboard.</summary>
public sealed class OwnProcessPagesTests(Chromium chromium)
{
    [Theory]
    [InlineData("uncac-like", "review", "agree", "REV_FP/GHA")]
    [InlineData("nis2-like", "remote", "disclose", "REV_EXPERT/GHA")]
    [InlineData("vnr-like", "repeat", "main_messages", "STATE_FP")]
    public async Task A_stage_reads_well_wide_and_narrow_in_English_and_Arabic(string process, string variant, string stage, string role)
    {
        await using var review = await OwnProcess.LaunchedAsync(process, variant);
        await review.RunAsync(stage);
        foreach (var look in new[] { new Look(), new Look(Width: 360, Language: "ar") })
        {
            // Whoever has an account reads in the language chosen there.
            await review.App.Database.AsOwnerAsync("UPDATE person SET language = @Language WHERE id = @Id", new { look.Language, review[role].Id });
            await using var visit = await chromium.VisitAsync(review.App, review[role], look);
            await visit.GoAsync($"{review.Page}/stages/{stage}");
            await visit.CheckAsync($"stage-{process}-{look.Language}");
            await visit.GoAsync(review.Page);
            await visit.CheckAsync($"review-{process}-{look.Language}");
        }

        await using var office = await chromium.VisitAsync(review.App, review["COORD"]);
        await office.GoAsync("/processes");
        await office.CheckAsync($"processes-{process}");
        await using var launcher = await chromium.VisitAsync(review.App, review[process == "uncac-like" ? "COORD" : "STATE_AUTH"]);
        await launcher.GoAsync($"/reviews/new?process={process}");
        await launcher.CheckAsync($"launch-{process}");
        if (process == "vnr-like")
            return;
        await office.GoAsync($"{review.Page}/reviewing-states");
        await office.CheckAsync($"reviewing-states-{process}");
    }

    [Fact]
    public async Task A_right_is_used_and_settled_by_keyboard()
    {
        await using var review = await OwnProcess.LaunchedAsync("nis2-like", "remote");
        await review.RunAsync("object");
        var path = $"{review.Page}/stages/object";
        await using (var authority = await chromium.VisitAsync(review.App, review["STATE_AUTH"]))
        {
            await authority.GoAsync(path);
            await authority.Keyboard.FillAsync("Text", "[why we object]");
            await authority.Keyboard.FollowAsync(AriaRole.Button, "Save the text");
            await authority.CheckAsync("right-to-use");
            await authority.Keyboard.FollowAsync(AriaRole.Button, "Use this right");
            await authority.GoAsync(path);
            await authority.CheckAsync("right-used");
        }

        foreach (var look in new[] { new Look(Width: 360, Language: "ar"), new Look() })
        {
            await review.App.Database.AsOwnerAsync("UPDATE person SET language = @Language WHERE id = @Id", new { look.Language, review["COORD"].Id });
            await using var office = await chromium.VisitAsync(review.App, review["COORD"], look);
            await office.GoAsync("/");
            await office.CheckAsync($"home-right-{look.Language}");
            await office.GoAsync(path);
            await office.CheckAsync($"right-to-settle-{look.Language}");
            if (look.Language == "ar")
                continue;
            await office.Keyboard.FillAsync("Your answer: what follows, and why", "[the expert stays]");
            await office.Keyboard.FollowAsync(AriaRole.Button, "It is settled: end this stage");
            await office.CheckAsync("right-not-stated");
            await office.Keyboard.CheckAsync("No objection is open.");
            await office.Keyboard.FollowAsync(AriaRole.Button, "It is settled: end this stage");
            Assert.Contains("It is settled.", await office.Page.InnerTextAsync("body"), StringComparison.Ordinal);
        }

        await using var state = await chromium.VisitAsync(review.App, review["STATE_AUTH"]);
        await state.GoAsync(path);
        await state.CheckAsync("right-settled");
    }

    [Fact]
    public async Task A_part_of_a_stage_is_done_by_keyboard()
    {
        await using var review = await OwnProcess.LaunchedAsync("uncac-like", "review");
        await using var authority = await chromium.VisitAsync(review.App, review["STATE_AUTH"]);
        await authority.GoAsync($"{review.Page}/stages/focal_points");
        await authority.Keyboard.FillAsync("Text", "[the letter of the mission]");
        await authority.Keyboard.FollowAsync(AriaRole.Button, "Save the text");
        await authority.Keyboard.FollowAsync(AriaRole.Button, "My part is done");
        await authority.CheckAsync("stage-not-stated");
        await authority.Keyboard.CheckAsync("The letter names one focal point and comes from the permanent mission.");
        await authority.Keyboard.FollowAsync(AriaRole.Button, "My part is done");
        Assert.Contains("Your part is done.", await authority.Page.InnerTextAsync("body"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_is_done_with_one_press_though_its_words_were_only_kept()
    {
        await using var review = await OwnProcess.LaunchedAsync("uncac-like", "review");
        await using var authority = await chromium.VisitAsync(review.App, review["STATE_AUTH"]);
        await authority.GoAsync($"{review.Page}/stages/focal_points");
        await authority.Page.GetByLabel("The letter names one focal point and comes from the permanent mission.").CheckAsync();
        await authority.Page.GetByLabel("Text").FillAsync("[the letter of the mission]");
        await authority.Page.Locator("[data-keep-status]").GetByText("Kept at").WaitForAsync();
        await authority.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "My part is done" }).ClickAsync();
        await authority.Page.GetByText("Your part is done.").WaitForAsync();
    }

    [Fact]
    public async Task The_dates_of_a_launch_follow_the_boxes_after_a_refusal_as_well()
    {
        await using var review = await OwnProcess.LaunchedAloneAsync("nis2-like", "remote");
        await using var authority = await chromium.VisitAsync(review.App, review["STATE_AUTH"]);
        await authority.GoAsync("/reviews/new?process=nis2-like");
        var row = authority.Page.Locator("[data-drawn=forecast] th[scope=row]", new PageLocatorOptions { HasText = "Self-assessment" });
        var box = authority.Page.Locator("input[name=optional]");
        await box.CheckAsync();
        await row.WaitForAsync();
        await authority.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign and launch" }).ClickAsync();
        await authority.Page.Locator(".error").First.WaitForAsync();
        await row.WaitForAsync();
        await box.UncheckAsync();
        await row.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        await box.CheckAsync();
        await row.WaitForAsync();
    }
}
