using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Reviews;

/// <summary>What people outside a review, or with a small part in it, learn of how it goes.</summary>
public sealed class StageSightTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Another_State_learns_that_a_review_goes_on_and_not_how_its_stages_ended()
    {
        await using var desk = await DeskReview.AgreeingAsync();
        (await desk.Spokespersons["EST"].Client.PostAsJsonAsync($"{desk.Api}/stages/agree/fail", new { reason = "[no]" }, Cancel)).EnsureSuccessStatusCode();

        var theirs = await StagesAsync(desk, desk.At.Other);
        Assert.Equal("open", theirs["agree"]);
        Assert.DoesNotContain("reconcile", theirs.Keys);
        Assert.DoesNotContain("redraw_window", theirs.Keys);
        Assert.Equal("failed", (await StagesAsync(desk, desk.Authority))["agree"]);
        var body = await desk.At.Other.Client.GetFromJsonAsync<JsonElement>(desk.Api, Cancel);
        Assert.Empty(body.GetProperty("waits").EnumerateArray());
        Assert.DoesNotContain("reconcile", await desk.At.Other.Client.GetStringAsync($"{desk.Api}/forecast", Cancel), StringComparison.Ordinal);

        using var pages = await Pages.OfAsync(desk.App, desk.At.Other);
        var html = (await pages.ReadAsync(desk.Page)).Html;
        foreach (var told in new[] { "Reconciliation", "Window for changes", "without result", "It is the turn" })
            Assert.DoesNotContain(told, html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_contributor_does_not_learn_who_reviews()
    {
        await using var desk = await DeskReview.CommentingAsync();
        var contributor = await desk.ContributorAsync((await desk.ItemsAsync())[0]);

        using var pages = await Pages.OfAsync(desk.App, contributor);
        var html = (await pages.ReadAsync(desk.Page)).Html;

        Assert.Contains("Focal point", html, StringComparison.Ordinal);
        foreach (var reviewer in new[] { "Expert ama", "Expert eva", "Focal point GHA", "Focal point EST" })
            Assert.DoesNotContain(reviewer, html, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyDictionary<string, string>> StagesAsync(DeskReview desk, TestPerson person) =>
        (await person.Client.GetFromJsonAsync<JsonElement>(desk.Api, Cancel)).GetProperty("stages").EnumerateArray()
            .ToDictionary(stage => stage.GetProperty("stage").GetString()!, stage => stage.GetProperty("status").GetString()!, StringComparer.Ordinal);
}
