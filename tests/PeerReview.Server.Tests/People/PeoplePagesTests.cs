using System.Net;
using PeerReview.Server.Tests.Web;
using Xunit;

namespace PeerReview.Server.Tests.People;

public sealed class PeoplePagesTests
{
    [Fact]
    public async Task A_coordinator_acknowledges_by_the_form()
    {
        await using var review = await CaseOfReview.StartAsync();
        using var browser = await review.App.BrowseAsync(review.Coordinator);
        var path = $"/reviews/{review.Id}/people";
        var (_, form) = await browser.ReadAsync(path);
        Assert.Contains("Acknowledge the launch", form, StringComparison.Ordinal);
        Assert.Contains(" – Kenya – PeerReview</title>", form, StringComparison.Ordinal);
        Assert.Contains("<p class=\"print-only\">Kenya – ", form, StringComparison.Ordinal);

        using var same = await browser.SubmitAsync(
            $"{path}/coordinators", ("coordinator", $"{review.Coordinator.Id}"), ("deputy", $"{review.Coordinator.Id}"));
        using var done = await browser.SubmitAsync(
            $"{path}/coordinators", ("coordinator", $"{review.Coordinator.Id}"), ("deputy", $"{review.Deputy.Id}"));

        Assert.Contains("Coordinator and deputy must be two people.", await Browser.BodyAsync(same), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
        var (_, after) = await browser.ReadAsync(path);
        Assert.DoesNotContain("Acknowledge the launch", after, StringComparison.Ordinal);
        Assert.Contains("Dan Deputy", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_authority_names_replaces_and_releases_by_forms()
    {
        await using var review = await CaseOfReview.StartAsync();
        using var browser = await review.App.BrowseAsync(review.Authority);
        var path = $"/reviews/{review.Id}/people";
        await browser.ReadAsync($"{path}/nomination?role=STATE_FP");

        using var incomplete = await browser.SubmitAsync(
            $"{path}/nomination", ("role", "STATE_FP"), ("name", "F. <Focal>"), ("email", "f@example.org"), ("office", ""));
        var html = await Browser.BodyAsync(incomplete);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, incomplete.StatusCode);
        Assert.Contains("F. &lt;Focal&gt;", html, StringComparison.Ordinal);
        Assert.Contains("href=\"#f-noteVerbale-number\"", html, StringComparison.Ordinal);

        foreach (var (role, name) in new[] { ("STATE_FP", "focal"), ("STATE_ALT", "alternate"), ("STATE_ALT", "second") })
        {
            using var named = await browser.SubmitAsync(
                $"{path}/nomination", ("role", role), ("name", name), ("email", $"{name}@example.org"), ("office", "Ministry"),
                ("noteVerbale.number", "NV-5"), ("noteVerbale.dated", $"{review.Today:yyyy-MM-dd}"), ("noteVerbale.signatory", "H.E. A"));
            Assert.Equal(HttpStatusCode.SeeOther, named.StatusCode);
        }

        // A note is on record by now: one of two ways is needed, so neither is called optional.
        var (_, either) = await browser.ReadAsync($"{path}/nomination?role=STATE_ALT");
        Assert.Contains("Either a note verbale on record or another one is needed.", either, StringComparison.Ordinal);
        Assert.Contains(">A note verbale on record</label>", either, StringComparison.Ordinal);
        Assert.Contains(">Number of the note verbale</label>", either, StringComparison.Ordinal);

        // Opened from the history, or after a change of language: the page the form stands on.
        foreach (var sentTo in new[] { "appointment", "nomination" })
        {
            using var opened = await browser.SendAsync(HttpMethod.Get, $"{path}/{sentTo}");
            Assert.Equal((HttpStatusCode.SeeOther, path), (opened.StatusCode, opened.Headers.Location?.ToString()));
        }

        // All are named: nothing is left to confirm.
        Assert.DoesNotContain("Confirm the appointments", (await browser.ReadAsync(path)).Html, StringComparison.Ordinal);
        var second = await review.App.PersonByEmailAsync("second@example.org");
        var (_, asked) = await browser.ReadAsync($"{path}/{second.Id}/STATE_ALT/release");
        Assert.Contains("Release second from this role?", asked, StringComparison.Ordinal);
        using var released = await browser.SubmitAsync($"{path}/{second.Id}/STATE_ALT/release");
        Assert.Equal(HttpStatusCode.SeeOther, released.StatusCode);
        var (_, page) = await browser.ReadAsync(path);
        Assert.Contains("Earlier", page, StringComparison.Ordinal);
        Assert.Equal(["STATE_ALT alternate", "STATE_FP focal"], await review.GrantsAsync());
    }

    [Fact]
    public async Task Giving_other_items_begins_with_those_given()
    {
        await using var review = await CaseOfReview.StartAsync();
        var contributor = await review.NominatedAsync("STATE_CONTRIB", "ministry@example.org", ["N-a.a1"]);
        using var browser = await review.App.BrowseAsync(review.Authority);

        var (_, html) = await browser.ReadAsync($"/reviews/{review.Id}/people/nomination?role=STATE_CONTRIB&person={contributor.Id}");

        Assert.Contains("ministry@example.org", html, StringComparison.Ordinal);
        Assert.Contains("value=\"N-a.a1\" checked", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_States_find_no_page()
    {
        await using var review = await CaseOfReview.StartAsync();
        using var browser = await review.App.BrowseAsync(await review.App.PersonAsync("STATE_AUTH", "NOR"));

        Assert.Equal(HttpStatusCode.NotFound, (await browser.ReadAsync($"/reviews/{review.Id}/people")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.ReadAsync($"/reviews/{review.Id}/people/nomination?role=STATE_FP")).Status);
    }
}
