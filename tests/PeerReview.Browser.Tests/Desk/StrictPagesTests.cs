using System.Net.Http.Json;
using PeerReview.Browser.Tests.Driving;
using PeerReview.Core.Access;
using PeerReview.Testing;

namespace PeerReview.Browser.Tests.Desk;

/// <summary>Pages that say what a sharing label keeps from their reader, or warn of what it is to keep: with axe, narrow in Arabic as
/// well.</summary>
public sealed class StrictPagesTests(Chromium chromium)
{
    private const string Kept = "Nine people work there and none of them was ever checked";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Look[] Looks => [new(), Look.Narrow with { Language = "ar" }];

    [Fact]
    public async Task The_draft_and_the_publication_name_a_sentence_of_a_strict_reply()
    {
        await using var desk = await DeskReview.ConsolidatingAsync(item => item == "N-a.a1" ? SharingLabel.AmberStrict : SharingLabel.Clear);
        await desk.HandOverQuestionsAsync();
        (await desk.FocalPoint.Client.PutAsJsonAsync($"{desk.Api}/replies/Q-01", new { text = $"{Kept}. Yes.", version = 0 }, Cancel)).EnsureSuccessStatusCode();
        (await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/stages/state_reply/complete", new { }, Cancel)).EnsureSuccessStatusCode();
        (await desk.WriteAsync("N-b", $"So it is. {Kept}.")).EnsureSuccessStatusCode();
        await LookAsync(desk, desk.Experts[DeskReview.Ama], "/draft", "draft-names-strict", Kept);

        await desk.HandOverDraftAsync();
        await desk.CheckFactsAsync();
        foreach (var person in desk.Agreeing)
            (await desk.AgreeAsync(person)).EnsureSuccessStatusCode();
        (await desk.RespondAsync("R-01", "accepted")).EnsureSuccessStatusCode();
        (await desk.SignResponsesAsync()).EnsureSuccessStatusCode();
        await LookAsync(desk, desk.Authority, "/publication", "publication-names-strict", Kept);
    }

    [Fact]
    public async Task The_coordinator_is_told_what_is_kept_of_report_responses_plan_and_notes()
    {
        await using var desk = await DeskReview.RespondingAsync(_ => SharingLabel.AmberStrict);
        await LookAsync(desk, desk.Coordinator, "/report", "report-in-part");
        (await desk.RespondAsync("R-01", "accepted")).EnsureSuccessStatusCode();
        (await desk.SignResponsesAsync()).EnsureSuccessStatusCode();
        await LookAsync(desk, desk.Coordinator, "/responses", "responses-kept");
        (await desk.PlanAsync("R-01")).EnsureSuccessStatusCode();
        (await desk.DecideAsync(opens: false)).EnsureSuccessStatusCode();
        (await desk.Coordinator.Client.PostAsJsonAsync($"{desk.Api}/stages/publish/complete", new { }, Cancel)).EnsureSuccessStatusCode();
        (await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/actions", new { content = LightReview.Commitment("[an own idea]"), label = "CLEAR" }, Cancel))
            .EnsureSuccessStatusCode();
        (await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/stages/action_plan/complete", new { }, Cancel)).EnsureSuccessStatusCode();
        var notes = new
        {
            early = true,
            label = "AMBER+STRICT",
            text = "[half a year]",
            notes = new[] { new { commitment = "C-01", status = "done", text = "[strict note]" }, new { commitment = "C-02", status = "under_way", text = "[own note]" } },
        };
        (await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/stages/check_6m/complete", notes, Cancel)).EnsureSuccessStatusCode();

        await LookAsync(desk, desk.Coordinator, "/commitments", "plan-kept", "[an own idea]");
        await LookAsync(desk, desk.Coordinator, "/follow-up", "follow-up-kept");
        await LookAsync(desk, desk.FocalPoint, "/follow-up", "follow-up-own", "[strict note]");
    }

    private async Task LookAsync(DeskReview desk, TestPerson person, string page, string name, string says = "")
    {
        foreach (var look in Looks)
        {
            await using var visit = await chromium.VisitAsync(desk.App, person, look);
            await visit.GoAsync($"{desk.Page}{page}?lang={look.Language}");
            Assert.Contains(says, await visit.Page.InnerTextAsync("main"), StringComparison.Ordinal);
            await visit.CheckAsync($"{name}-{look.Language}");
        }
    }
}
