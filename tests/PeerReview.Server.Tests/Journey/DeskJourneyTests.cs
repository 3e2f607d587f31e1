using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Journey;

/// <summary>A desk review from the experts' comments to the agreed report, in both endings.</summary>
public sealed class DeskJourneyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_agree_on_one_report()
    {
        await using var desk = await DeskReview.RespondingAsync();

        var report = await desk.Authority.Client.GetFromJsonAsync<JsonElement>($"{desk.Api}/report", Cancel);
        Assert.True(report.GetProperty("agreed").GetBoolean());
        Assert.Equal(
            ["action_plan STATE_FP", "pub_decide STATE_AUTH", "rec_response STATE_AUTH"],
            (await desk.At.TasksAsync()).Where(t => t.Split(' ')[0] is "action_plan" or "pub_decide" or "rec_response"));
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task The_report_goes_on_with_the_dissent_of_a_State()
    {
        await using var desk = await DeskReview.AgreeingAsync();
        var estonia = desk.Spokespersons["EST"];
        (await estonia.Client.PostAsJsonAsync($"{desk.Api}/stages/agree/fail", new { reason = "The third section." }, Cancel)).EnsureSuccessStatusCode();
        (await estonia.Client.PutAsJsonAsync($"{desk.Api}/dissent", new { text = "[Estonia sees it otherwise]", version = 0 }, Cancel)).EnsureSuccessStatusCode();

        foreach (var person in new[] { desk.Experts[DeskReview.Ama], desk.At.Head, desk.Authority, desk.Spokespersons["GHA"] })
            (await desk.AgreeAsync(person, stage: "reconcile")).EnsureSuccessStatusCode();

        var report = await desk.Authority.Client.GetFromJsonAsync<JsonElement>($"{desk.Api}/report", Cancel);
        Assert.True(report.GetProperty("agreed").GetBoolean());
        Assert.Equal("EST", Assert.Single(report.GetProperty("dissent").EnumerateArray()).GetProperty("party").GetString());
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task What_was_agreed_is_answered_published_planned_and_followed_up()
    {
        await using var desk = await DeskReview.PublishedAsync();
        using var visitor = desk.App.Visitor();
        var slug = (await desk.Authority.Client.GetFromJsonAsync<JsonElement>($"{desk.Api}/publication", Cancel)).GetProperty("slug").GetString();
        var report = await visitor.GetStringAsync($"/publications/{slug}.json", Cancel);
        foreach (var text in new[] { "[the summary of the report]", DeskReview.Said.Praise, DeskReview.Said.Observation, "[one question of two]", "[the State replies]", "[the State comments]", "Keep a register of incidents" })
            Assert.Contains(text, report, StringComparison.Ordinal);
        // What experts wrote goes out as the report says it, never as their comments.
        Assert.DoesNotContain(DeskReview.Said.FirstQuestion, report, StringComparison.Ordinal);
        Assert.DoesNotContain("Expert ama", report, StringComparison.Ordinal);

        (await desk.PlanAsync("R-01")).EnsureSuccessStatusCode();
        (await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/stages/action_plan/complete", new { }, Cancel)).EnsureSuccessStatusCode();
        Assert.Contains("[the State plans a register]", await visitor.GetStringAsync($"/publications/{slug}.json", Cancel), StringComparison.Ordinal);

        var notes = new { early = true, text = "[progress]", notes = new[] { new { commitment = "C-01", status = "under_way", text = "Begun." } } };
        foreach (var stage in new[] { "check_6m", "mid_term" })
            (await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/stages/{stage}/complete", notes, Cancel)).EnsureSuccessStatusCode();
        (await desk.Experts[DeskReview.Ama].Client.PostAsJsonAsync($"{desk.Api}/stages/mid_term/complete", new { text = "[confirmed]" }, Cancel)).EnsureSuccessStatusCode();
        foreach (var person in new[] { desk.Authority, desk.Coordinator })
            (await person.Client.PostAsJsonAsync($"{desk.Api}/stages/close/complete", new { text = "[carried over]" }, Cancel)).EnsureSuccessStatusCode();

        Assert.Equal(["closed"], await desk.App.Database.AsOwnerAsync<string>("SELECT status FROM review WHERE id = @Id", new { desk.At.Id }));
        await desk.App.Database.RequireSoundAsync();
    }
}
