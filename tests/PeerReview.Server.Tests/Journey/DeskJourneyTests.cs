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

        foreach (var person in new[] { desk.Experts[DeskReview.Ama], desk.At.Head, desk.Authority })
            (await desk.AgreeAsync(person, stage: "reconcile")).EnsureSuccessStatusCode();

        var report = await desk.Authority.Client.GetFromJsonAsync<JsonElement>($"{desk.Api}/report", Cancel);
        Assert.True(report.GetProperty("agreed").GetBoolean());
        Assert.Equal("EST", Assert.Single(report.GetProperty("dissent").EnumerateArray()).GetProperty("party").GetString());
        await desk.App.Database.RequireSoundAsync();
    }
}
