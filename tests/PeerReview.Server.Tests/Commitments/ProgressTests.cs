using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;
using static PeerReview.Server.Tests.Commitments.PlanSteps;

namespace PeerReview.Server.Tests.Commitments;

/// <summary>What is told about an action plan after half a year and at mid-term, who confirms it, and what the public reads of it.</summary>
public sealed class ProgressTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_lead_confirms_the_mid_term_update_once_the_State_has_told()
    {
        await using var desk = await DeskReview.PublishedAsync();
        (await desk.PlanAsync("R-01")).EnsureSuccessStatusCode();
        Assert.Null(await FinishAsync(desk, desk.FocalPoint));
        var lead = desk.Experts[DeskReview.Ama];

        Assert.Equal("follow-up.not-told", await TellAsync(desk, lead, new { text = "Seen." }));
        // Long before its day it is told only by somebody who says so; then it is the lead's turn, and was not before.
        var notes = new[] { new { commitment = "C-01", status = "done", text = "" } };
        Assert.Equal("follow-up.early", await TellAsync(desk, desk.FocalPoint, new { text = "", notes }));
        Assert.DoesNotContain("mid_term", await AllAsync(lead.Client, "/api/v1/tasks"), StringComparison.Ordinal);
        Assert.Contains("your_turn_mid_term", await LettersAsync(desk, desk.FocalPoint));
        Assert.DoesNotContain("your_turn_mid_term_lead", await LettersAsync(desk, lead));
        Assert.Null(await TellAsync(desk, desk.FocalPoint, new { text = "", notes, early = true }));
        Assert.Contains("your_turn_mid_term_lead", await LettersAsync(desk, lead));
        Assert.DoesNotContain("progress_confirmed", await LettersAsync(desk, desk.FocalPoint));
        Assert.Equal("follow-up.told", await TellAsync(desk, desk.FocalPoint, new { text = "Again.", notes = new[] { new { commitment = "C-01", status = "done", text = "" } } }));
        Assert.Equal("follow-up.confirmation-empty", await TellAsync(desk, lead, new { text = " " }));
        Assert.Null(await TellAsync(desk, lead, new { text = "[seen on line]" }));

        var told = await desk.Coordinator.Client.GetFromJsonAsync<JsonElement>($"{desk.Api}/follow-up", Cancel);
        Assert.Contains("progress_confirmed", await LettersAsync(desk, desk.FocalPoint));
        Assert.Equal("[seen on line]", told.GetProperty("midTerm").GetProperty("confirmation").GetString());
    }

    [Fact]
    public async Task A_second_click_does_not_hand_the_mid_term_update_in()
    {
        await using var desk = await DeskReview.PublishedAsync();
        (await desk.PlanAsync("R-01")).EnsureSuccessStatusCode();
        Assert.Null(await FinishAsync(desk, desk.FocalPoint));
        using var pages = await Pages.OfAsync(desk.App, desk.FocalPoint);
        var path = $"{desk.Page}/follow-up";
        (string, string)[] filled = [("act", "tell"), ("commitment", "C-01"), ("status.C-01", "under_way")];

        var (_, first) = await pages.ReadAsync(path);
        Assert.Contains(">Six-month check</h2>", first, StringComparison.Ordinal);
        Assert.Contains("name=\"stage\" value=\"check_6m\"", first, StringComparison.Ordinal);
        Assert.Contains("First hand in the six-month note above.", first, StringComparison.Ordinal);
        Assert.Contains("It is asked for from ", first, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, await TellAsync([.. filled, ("stage", "check_6m"), ("early", "on")]));
        var (_, second) = await pages.ReadAsync(path);
        Assert.Contains("<summary>Hand the mid-term update in already</summary>", second, StringComparison.Ordinal);
        var (status, refused, _) = await pages.SubmitAsync(path, [.. filled, ("stage", "mid_term")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("Tick the box if you mean it.", refused, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, await TellAsync([.. filled, ("stage", "mid_term"), ("early", "on")]));

        // Closing shows that the lead has not confirmed it, and the other side is told.
        using var authority = await Pages.OfAsync(desk.App, desk.Authority);
        var (_, closing) = await authority.ReadAsync(path);
        Assert.Contains("Closing ends it unfinished", closing, StringComparison.Ordinal);
        Assert.Matches(">Mid-term update</a> – Lead reviewer", closing);
        Assert.Null(await CompleteAsync(desk, desk.Authority, "close", new { text = "Done." }));
        Assert.Contains("side_closed", await LettersAsync(desk, desk.Coordinator));
        Assert.DoesNotContain("side_closed", await LettersAsync(desk, desk.Authority));

        // What goes out is looked at first.
        async Task<HttpStatusCode> TellAsync((string, string)[] note)
        {
            var (_, seen, _) = await pages.SubmitAsync(path, [.. note, ("look", "on")]);
            return (await pages.SubmitAsync(path, [.. note, ("previewed", seen.Split("name=\"previewed\" value=\"")[1][..64])])).Status;
        }
    }

    [Fact]
    public async Task What_was_signed_for_plan_and_progress_reaches_the_public_report_by_label()
    {
        await using var desk = await DeskReview.PublishedAsync();
        (await desk.PlanAsync("R-01")).EnsureSuccessStatusCode();
        (await desk.PlanAsync("R-01", "AMBER")).EnsureSuccessStatusCode();
        Assert.Null(await FinishAsync(desk, desk.FocalPoint));
        var slug = (await desk.App.Database.AsOwnerAsync<string>("SELECT slug FROM publication WHERE edition = 2"))[0];
        using var visitor = desk.App.Visitor();
        var notes = new[]
        {
            new { commitment = "C-01", status = "under_way", text = "[the register is drawn up]" },
            new { commitment = "C-02", status = "done", text = "[inside only]" },
        };

        Assert.Null(await CompleteAsync(desk, desk.FocalPoint, "check_6m", new { early = true, text = "[half a year]", notes }));
        var half = await AllAsync(visitor, $"/publications/{slug}");
        Assert.Contains("Progress after six months", half, StringComparison.Ordinal);
        Assert.Contains("[half a year]", half, StringComparison.Ordinal);
        Assert.Contains("[the register is drawn up]", half, StringComparison.Ordinal);
        Assert.DoesNotContain("[inside only]", half, StringComparison.Ordinal);

        Assert.Equal("writing.unknown-label", await CompleteAsync(desk, desk.FocalPoint, "mid_term", new { early = true, label = "PINK", text = "[x]", notes }));
        Assert.Null(await CompleteAsync(desk, desk.FocalPoint, "mid_term", new { early = true, label = "CLEAR", text = "[two years]", notes }));
        using var lead = await Pages.OfAsync(desk.App, desk.Experts[DeskReview.Ama]);
        // Long before its day, and yet it waits for nobody else.
        Assert.Contains("1 step waits for you.", (await lead.ReadAsync("/")).Html, StringComparison.Ordinal);
        Assert.Contains("The public reads it only if the State then says so.", (await lead.ReadAsync($"{desk.Page}/follow-up")).Html, StringComparison.Ordinal);
        Assert.Equal("wording.flagged", await CompleteAsync(desk, desk.Experts[DeskReview.Ama], "mid_term", new { text = "An attack by Portugal held it up." }));
        Assert.Null(await CompleteAsync(desk, desk.Experts[DeskReview.Ama], "mid_term", new { text = "[we saw the register]" }));
        var middle = await AllAsync(visitor, $"/publications/{slug}");
        Assert.All(["[half a year]", "[two years]"], said => Assert.Contains(said, middle, StringComparison.Ordinal));

        // What the experts confirm is theirs to say, and the State's to make public.
        Assert.DoesNotContain("[we saw the register]", middle, StringComparison.Ordinal);
        Assert.Equal("access.not-allowed", await CodeAsync(await desk.Experts[DeskReview.Ama].Client.PostAsync($"{desk.Api}/follow-up/confirmation/release", null, Cancel)));
        using var state = await Pages.OfAsync(desk.App, desk.FocalPoint);
        var (_, offered) = await state.ReadAsync($"{desk.Page}/follow-up");
        Assert.Contains("Let the public read it", offered, StringComparison.Ordinal);
        // Before it is pressed: the words as they would stand there, and nothing is public yet.
        Assert.Contains("id=\"public-mid_term-confirmed\"", offered, StringComparison.Ordinal);
        Assert.Contains("What the public will see", offered, StringComparison.Ordinal);
        Assert.DoesNotContain("public-mid_term-confirmed", (await lead.ReadAsync($"{desk.Page}/follow-up")).Html, StringComparison.Ordinal);
        Assert.DoesNotContain("[we saw the register]", await AllAsync(visitor, $"/publications/{slug}"), StringComparison.Ordinal);
        using var authority = await Pages.OfAsync(desk.App, desk.Authority);
        foreach (var ofState in new[] { state, authority })
            Assert.Contains($"<a href=\"{desk.Page}/follow-up\">You may let the public read what the lead reviewer confirmed</a>", (await ofState.ReadAsync("/")).Html, StringComparison.Ordinal);
        Assert.DoesNotContain("You may let the public read", (await lead.ReadAsync("/")).Html, StringComparison.Ordinal);
        await state.ReadAsync($"{desk.Page}/follow-up");
        Assert.Equal(HttpStatusCode.SeeOther, (await state.SubmitAsync($"{desk.Page}/follow-up", ("act", "release"))).Status);
        Assert.DoesNotContain("You may let the public read", (await state.ReadAsync("/")).Html, StringComparison.Ordinal);
        Assert.Contains("[we saw the register]", await AllAsync(visitor, $"/publications/{slug}"), StringComparison.Ordinal);
        Assert.Equal("follow-up.released", await CodeAsync(await desk.FocalPoint.Client.PostAsync($"{desk.Api}/follow-up/confirmation/release", null, Cancel)));
        Assert.Equal([5], await desk.App.Database.AsOwnerAsync<int>("SELECT max(edition) FROM publication"));
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task What_the_state_keeps_inside_brings_no_edition()
    {
        await using var desk = await DeskReview.PublishedAsync();
        (await desk.PlanAsync("R-01")).EnsureSuccessStatusCode();
        Assert.Null(await FinishAsync(desk, desk.FocalPoint));
        Assert.Null(await CompleteAsync(
            desk, desk.FocalPoint, "check_6m",
            new { early = true, label = "AMBER", text = "[inside only]", notes = new[] { new { commitment = "C-01", status = "done", text = "[inside too]" } } }));
        var slug = (await desk.App.Database.AsOwnerAsync<string>("SELECT slug FROM publication WHERE edition = 3"))[0];
        using var visitor = desk.App.Visitor();
        var page = await AllAsync(visitor, $"/publications/{slug}");
        Assert.DoesNotContain("[inside", page, StringComparison.Ordinal);
        Assert.Contains("Kept back by its sharing label.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_the_short_form_nobody_lets_the_public_read_what_the_experts_confirm()
    {
        await using var desk = await DeskReview.RespondingAsync();
        (await desk.RespondAsync("R-01", "accepted")).EnsureSuccessStatusCode();
        (await desk.SignResponsesAsync()).EnsureSuccessStatusCode();
        (await desk.DecideAsync(plan: "summary")).EnsureSuccessStatusCode();
        (await desk.Coordinator.Client.PostAsJsonAsync($"{desk.Api}/stages/publish/complete", new { }, Cancel)).EnsureSuccessStatusCode();
        (await desk.PlanAsync("R-01")).EnsureSuccessStatusCode();
        Assert.Null(await FinishAsync(desk, desk.FocalPoint));
        var notes = new[] { new { commitment = "C-01", status = "done", text = "" } };
        Assert.Null(await CompleteAsync(desk, desk.FocalPoint, "check_6m", new { early = true, text = "", notes }));
        Assert.Null(await TellAsync(desk, desk.FocalPoint, new { early = true, text = "", notes }));
        using var lead = await Pages.OfAsync(desk.App, desk.Experts[DeskReview.Ama]);
        Assert.DoesNotContain("only if the State then says so", (await lead.ReadAsync($"{desk.Page}/follow-up")).Html, StringComparison.Ordinal);
        Assert.Null(await TellAsync(desk, desk.Experts[DeskReview.Ama], new { text = "[we saw it]" }));
        var edition = await desk.App.Database.AsOwnerAsync<int>("SELECT max(edition) FROM publication");

        using var state = await Pages.OfAsync(desk.App, desk.FocalPoint);
        var (_, html) = await state.ReadAsync($"{desk.Page}/follow-up");
        Assert.DoesNotContain("Let the public read it", html, StringComparison.Ordinal);
        // Neither its letter nor home promises a choice that form lacks.
        var letter = (await desk.App.LettersAsync()).Single(one => one.Recipient == desk.FocalPoint.Email && one.Subject.EndsWith("the mid-term update is confirmed", StringComparison.Ordinal));
        Assert.Contains("The page says whether the public may come to read it.", letter.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("only if", letter.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("You may let the public read", (await state.ReadAsync("/")).Html, StringComparison.Ordinal);
        Assert.Contains("Your State chose the short form for its plan and progress", html, StringComparison.Ordinal);
        Assert.DoesNotContain("chose the short form", (await lead.ReadAsync($"{desk.Page}/follow-up")).Html, StringComparison.Ordinal);
        Assert.Equal("follow-up.short-form", await CodeAsync(await desk.FocalPoint.Client.PostAsync($"{desk.Api}/follow-up/confirmation/release", null, Cancel)));
        Assert.Equal(edition, await desk.App.Database.AsOwnerAsync<int>("SELECT max(edition) FROM publication"));
    }

    private static Task<string?> TellAsync(DeskReview desk, TestPerson person, object body) => CompleteAsync(desk, person, "mid_term", body);
}
