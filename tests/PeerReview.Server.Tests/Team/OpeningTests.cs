using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Team;

/// <summary>The opening: one text that the office, the subject and every reviewing State confirm.</summary>
public sealed class OpeningTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Minutes_stand_only_with_every_item_given_to_an_expert()
    {
        await using var desk = await DeskReview.OpeningAsync();
        var ama = desk.Experts[DeskReview.Ama].Id;

        Assert.Equal("opening.channel", await CodeAsync(await desk.SaveMinutesAsync(channel: " ")));
        Assert.Equal("opening.item-unassigned", await CodeAsync(await desk.SaveMinutesAsync(split: new Dictionary<string, Guid[]> { ["N-a.a1"] = [ama] })));
        Assert.Equal("opening.unknown-expert", await CodeAsync(await desk.SaveMinutesAsync(split: new Dictionary<string, Guid[]> { ["N-a.a1"] = [desk.FocalPoint.Id] })));
        Assert.Equal("opening.unknown-item", await CodeAsync(await desk.SaveMinutesAsync(split: new Dictionary<string, Guid[]> { ["N-z.z9"] = [ama] })));
        using var byState = await desk.FocalPoint.Client.PutAsJsonAsync($"{desk.Api}/minutes", new { language = "en", channel = "x" }, Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, byState.StatusCode);
        using var pages = await Pages.OfAsync(desk.App, desk.Coordinator);
        Assert.DoesNotContain("href=\"#confirm\"", (await pages.ReadAsync($"{desk.Page}/opening")).Html, StringComparison.Ordinal);
        (await desk.SaveMinutesAsync()).EnsureSuccessStatusCode();
        Assert.Equal("writing.stale", await CodeAsync(await desk.SaveMinutesAsync(channel: "Another one")));
        // The second act is far below: the top of the page leads there.
        Assert.Contains("href=\"#confirm\"", (await pages.ReadAsync($"{desk.Page}/opening")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_confirm_the_same_version_and_a_change_asks_everybody_again()
    {
        await using var desk = await DeskReview.OpeningAsync();
        var (ghana, estonia) = (desk.Spokespersons["GHA"], desk.Spokespersons["EST"]);
        using var nothing = await ghana.Client.PostAsJsonAsync($"{desk.Api}/stages/opening/complete", new { contentHash = "x" }, Cancel);
        Assert.Equal("opening.no-minutes", await CodeAsync(nothing));
        // Nobody is asked to confirm what is not written, nor twice what is.
        string[] office = ["COORD Coordinator", "COORD Deputy"], subject = ["STATE_FP Alternate", "STATE_FP Focal point"];
        Assert.Equal(office, await desk.AskedAsync("opening"));
        (await desk.SaveMinutesAsync()).EnsureSuccessStatusCode();
        // The State gave its right to object up, which is news; what it opens is told in a letter of its own.
        foreach (var person in new[] { desk.Coordinator, desk.At.Deputy })
            Assert.Contains("your_turn_opening_write", await desk.At.LettersAsync(person));
        Assert.Contains("your_turn_opening", await desk.At.LettersAsync(ghana));
        Assert.Equal([.. office, "REV_FP Focal point EST", "REV_FP Focal point GHA", .. subject], await desk.AskedAsync("opening"));

        (await desk.ConfirmAsync(desk.Coordinator)).EnsureSuccessStatusCode();
        (await desk.ConfirmAsync(ghana)).EnsureSuccessStatusCode();
        Assert.Equal(["REV_FP Focal point EST", .. subject], await desk.AskedAsync("opening"));
        Assert.Equal("opening.confirmed", await CodeAsync(await desk.ConfirmAsync(ghana)));
        (await desk.SaveMinutesAsync(version: 1, channel: "another@example.org")).EnsureSuccessStatusCode();
        Assert.Equal(6, (await desk.AskedAsync("opening")).Count);
        Assert.Equal("opening.changed", await CodeAsync(await desk.ConfirmAsync(estonia, new string('a', 64))));
        using var expert = await desk.Experts[DeskReview.Ama].Client.PostAsJsonAsync($"{desk.Api}/stages/opening/complete", new { }, Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, expert.StatusCode);
        foreach (var person in new[] { estonia, desk.FocalPoint, desk.Coordinator })
            (await desk.ConfirmAsync(person)).EnsureSuccessStatusCode();
        Assert.NotEmpty(await desk.AskedAsync("opening"));

        (await desk.ConfirmAsync(ghana)).EnsureSuccessStatusCode();

        Assert.Empty(await desk.AskedAsync("opening"));
        // Each role's part is told by whoever confirmed for it.
        Assert.Equal(
            ["COORD", "REV_FP", "STATE_FP"],
            await desk.App.Database.AsOwnerAsync<string>(
                "SELECT body::jsonb ->> 'role' FROM event WHERE review_id = @Id AND kind = 'part_completed' AND body::jsonb ->> 'stage' = 'opening' ORDER BY 1",
                new { desk.At.Id }));
        Assert.Equal("process.already-done", await CodeAsync(await desk.ConfirmAsync(ghana)));
    }

    [Fact]
    public async Task Whoever_confirmed_is_told_that_the_minutes_were_changed_and_sees_what_is_different()
    {
        await using var desk = await DeskReview.OpeningAsync();
        var (ghana, estonia) = (desk.Spokespersons["GHA"], desk.Spokespersons["EST"]);
        (await desk.SaveMinutesAsync(channel: "The yellow mailbox, and calls on Mondays.")).EnsureSuccessStatusCode();
        (await desk.ConfirmAsync(ghana)).EnsureSuccessStatusCode();

        (await desk.SaveMinutesAsync(version: 1, channel: "The yellow mailbox, and calls on Fridays.")).EnsureSuccessStatusCode();
        (await desk.SaveMinutesAsync(version: 2, channel: "The yellow mailbox, and calls on Sundays.")).EnsureSuccessStatusCode();

        // Who had confirmed is asked again, once and in other words; the others have their letter already.
        Assert.Single(await desk.At.LettersAsync(ghana), "minutes_changed");
        foreach (var person in new[] { ghana, estonia, desk.FocalPoint })
            Assert.Single(await desk.At.LettersAsync(person), "your_turn_opening");
        foreach (var person in new[] { estonia, desk.FocalPoint, desk.Coordinator, desk.At.Deputy })
            Assert.DoesNotContain("minutes_changed", await desk.At.LettersAsync(person));
        using var own = await Pages.OfAsync(desk.App, ghana);
        var (_, html) = await own.ReadAsync($"{desk.Page}/opening");
        Assert.Contains("You confirmed these minutes (", html, StringComparison.Ordinal);
        Assert.Contains("Ghana: confirmed an earlier version (", html, StringComparison.Ordinal);
        Assert.Contains("Estonia: not confirmed yet", html, StringComparison.Ordinal);
        // What is different from what this party read, not from the version between.
        Assert.Contains("Mondays</del>", html, StringComparison.Ordinal);
        Assert.Contains("Sundays</ins>", html, StringComparison.Ordinal);
        using var other = await Pages.OfAsync(desk.App, estonia);
        (_, html) = await other.ReadAsync($"{desk.Page}/opening");
        Assert.DoesNotContain("You confirmed these minutes (", html, StringComparison.Ordinal);
        Assert.Contains("Fridays</del>", html, StringComparison.Ordinal);

        (await desk.ConfirmAsync(ghana)).EnsureSuccessStatusCode();
        Assert.Contains("Ghana: confirmed", (await own.ReadAsync($"{desk.Page}/opening")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_team_and_the_State_read_the_minutes_and_nobody_else()
    {
        await using var desk = await DeskReview.OpeningAsync();
        (await desk.SaveMinutesAsync(channel: "The yellow mailbox")).EnsureSuccessStatusCode();

        foreach (var (person, reads) in new[]
        {
            (desk.FocalPoint, true), (desk.Coordinator, true), (desk.At.Head, true), (desk.Spokespersons["GHA"], true),
            (desk.Experts[DeskReview.Eva], true), (desk.At.Other, false),
        })
        {
            using var answer = await person.Client.GetAsync($"{desk.Api}/minutes", Cancel);
            using var pages = await Pages.OfAsync(desk.App, person);
            var html = (await pages.ReadAsync($"{desk.Page}/opening")).Html;
            Assert.Equal((reads ? HttpStatusCode.OK : HttpStatusCode.NotFound, reads), (answer.StatusCode, html.Contains("The yellow mailbox", StringComparison.Ordinal)));
        }
    }

    private static async Task<string> CodeAsync(HttpResponseMessage response)
    {
        using (response)
            return (await response.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString()!;
    }
}
