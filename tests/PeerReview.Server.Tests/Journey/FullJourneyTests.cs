using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Journey;

/// <summary>A full review from its launch to its end, over the API alone.</summary>
public sealed class FullJourneyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_review_goes_from_launch_to_close_through_its_dialogue()
    {
        await using var full = await DeskReview.DialogueAsync();
        var lead = full.Experts[DeskReview.Ama];

        // Who is asked: those who prepare; once times are offered, the sides as well.
        Assert.Equal(
            ["COORD Coordinator", "COORD Deputy", "REV_LEAD Expert ama"], await full.AskedAsync("dialogue"));
        (await full.OfferAsync(3, 4)).EnsureSuccessStatusCode();
        Assert.Equal(
            ["COORD Coordinator", "COORD Deputy", "REV_EXPERT Expert ama", "REV_EXPERT Expert eva", "REV_LEAD Expert ama", "STATE_FP Alternate", "STATE_FP Focal point"],
            await full.AskedAsync("dialogue"));
        foreach (var person in new[] { full.FocalPoint, lead, full.Experts[DeskReview.Eva] })
            (await person.Client.PutAsJsonAsync($"{full.Api}/dialogue/availability", new { suits = new[] { "T-01" }, version = 0 }, Cancel)).EnsureSuccessStatusCode();
        Assert.Equal(["COORD Coordinator", "COORD Deputy", "REV_LEAD Expert ama"], await full.AskedAsync("dialogue"));
        (await full.Coordinator.Client.PostAsJsonAsync($"{full.Api}/dialogue/meeting", new { slot = "T-01", way = "remote" }, Cancel)).EnsureSuccessStatusCode();

        // What is declined stands on the agenda by itself; either side adds to it.
        (await full.FocalPoint.Client.PostAsJsonAsync($"{full.Api}/dialogue/points", new { text = "[the State would talk about drills]" }, Cancel)).EnsureSuccessStatusCode();
        (await full.RecordSessionAsync()).EnsureSuccessStatusCode();
        (await full.SaveRecordAsync("Q-01", "A-01")).EnsureSuccessStatusCode();
        Assert.Equal(["REV_LEAD Expert ama", "STATE_FP Alternate", "STATE_FP Focal point"], await full.AskedAsync("dialogue"));
        (await full.ConfirmDialogueAsync(full.FocalPoint)).EnsureSuccessStatusCode();
        Assert.Equal(["REV_LEAD Expert ama"], await full.AskedAsync("dialogue"));
        (await full.ConfirmDialogueAsync(lead)).EnsureSuccessStatusCode();
        Assert.Empty(await full.AskedAsync("dialogue"));
        Assert.NotEmpty(await full.AskedAsync("draft"));

        // The draft does not leave the team before the record says how stakeholders were heard.
        (await lead.Client.PostAsJsonAsync($"{full.Api}/report/build", new { }, Cancel)).EnsureSuccessStatusCode();
        (await full.WriteAsync("summary", "[the summary of the report]")).EnsureSuccessStatusCode();
        (await full.RecommendAsync("Keep a register of incidents")).EnsureSuccessStatusCode();
        Assert.Equal("report.groups-open", await CodeAsync(lead.Client.PostAsJsonAsync($"{full.Api}/stages/draft/complete", new { }, Cancel)));
        Assert.Contains(await full.AskedAsync("draft"), asked => asked.StartsWith("COORD ", StringComparison.Ordinal));
        await full.ExplainGroupsAsync();
        Assert.DoesNotContain(await full.AskedAsync("draft"), asked => asked.StartsWith("COORD ", StringComparison.Ordinal));
        (await lead.Client.PostAsJsonAsync($"{full.Api}/stages/draft/complete", new { }, Cancel)).EnsureSuccessStatusCode();
        await full.CheckFactsAsync();
        foreach (var person in full.Agreeing)
            (await full.AgreeAsync(person)).EnsureSuccessStatusCode();
        (await full.RespondAsync("R-01", "accepted")).EnsureSuccessStatusCode();
        (await full.SignResponsesAsync()).EnsureSuccessStatusCode();
        (await full.DecideAsync()).EnsureSuccessStatusCode();
        (await full.Coordinator.Client.PostAsJsonAsync($"{full.Api}/stages/publish/complete", new { }, Cancel)).EnsureSuccessStatusCode();

        // Published with how each group was heard, and nothing of the dialogue.
        using var visitor = full.App.Visitor();
        var slug = (await full.App.Database.AsOwnerAsync<string>("SELECT slug FROM publication WHERE review_id = @Id", new { full.At.Id })).Single();
        var text = await visitor.GetStringAsync($"/publications/{slug}.json", Cancel);
        Assert.Contains("[why not academia]", text, StringComparison.Ordinal);
        Assert.DoesNotContain("[what was said]", text, StringComparison.Ordinal);
        Assert.DoesNotContain("[the State learnt]", text, StringComparison.Ordinal);

        (await full.PlanAsync("R-01")).EnsureSuccessStatusCode();
        (await full.FocalPoint.Client.PostAsJsonAsync($"{full.Api}/stages/action_plan/complete", new { }, Cancel)).EnsureSuccessStatusCode();
        var notes = new { early = true, text = "[progress]", notes = new[] { new { commitment = "C-01", status = "under_way", text = "Begun." } } };
        foreach (var stage in new[] { "check_6m", "mid_term" })
            (await full.FocalPoint.Client.PostAsJsonAsync($"{full.Api}/stages/{stage}/complete", notes, Cancel)).EnsureSuccessStatusCode();
        (await lead.Client.PostAsJsonAsync($"{full.Api}/stages/mid_term/complete", new { text = "[confirmed]" }, Cancel)).EnsureSuccessStatusCode();
        (await full.Authority.Client.PostAsJsonAsync($"{full.Api}/stages/close/complete", new { text = "[carried over]" }, Cancel)).EnsureSuccessStatusCode();
        (await full.Coordinator.Client.PostAsJsonAsync($"{full.Api}/stages/close/complete", new { text = "[thanks]" }, Cancel)).EnsureSuccessStatusCode();
        Assert.Equal("closed", await full.At.StatusAsync());
        await full.App.Database.RequireSoundAsync();
    }

    private static async Task<string?> CodeAsync(Task<HttpResponseMessage> sending)
    {
        using var answer = await sending;
        return answer.IsSuccessStatusCode ? "ok" : (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString();
    }
}
