using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Commitments;

/// <summary>The action plan of a desk review: what it has to hold, who reads it when, and what is told about it later.</summary>
public sealed class ActionPlanTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_plan_is_handed_in_when_every_accepted_recommendation_has_an_entry()
    {
        await using var desk = await DeskReview.RespondingAsync();
        Assert.Equal("plan.responses-open", await FinishAsync(desk, desk.FocalPoint));
        (await desk.RespondAsync("R-01", "accepted")).EnsureSuccessStatusCode();
        Assert.Equal("plan.actions-open", await FinishAsync(desk, desk.FocalPoint));
        Assert.Equal("follow-up.recommendation-unknown", await CodeAsync(await desk.PlanAsync("R-99")));
        Assert.Equal("access.not-allowed", await FinishAsync(desk, desk.Coordinator));
        (await desk.PlanAsync("R-01", label: "AMBER")).EnsureSuccessStatusCode();

        // The State's own until it is handed in; then read, and closed.
        Assert.DoesNotContain("[the State plans a register]", await EntriesAsync(desk, desk.Experts[DeskReview.Ama]), StringComparison.Ordinal);
        Assert.Null(await FinishAsync(desk, desk.FocalPoint));
        foreach (var person in new[] { desk.Experts[DeskReview.Ama], desk.Spokespersons["EST"], desk.Coordinator, desk.At.Head })
            Assert.Contains("[the State plans a register]", await EntriesAsync(desk, person), StringComparison.Ordinal);
        Assert.DoesNotContain("[the State plans a register]", await EntriesAsync(desk, desk.At.Other), StringComparison.Ordinal);
        Assert.Equal("process.already-done", await CodeAsync(await desk.PlanAsync("R-01")));
    }

    [Fact]
    public async Task An_entry_that_is_changed_on_its_page_still_carries_its_recommendation()
    {
        await using var desk = await DeskReview.RespondingAsync();
        (await desk.RespondAsync("R-01", "accepted")).EnsureSuccessStatusCode();
        (await desk.PlanAsync("R-01")).EnsureSuccessStatusCode();
        using var pages = await Pages.OfAsync(desk.App, desk.FocalPoint);
        var path = $"{desk.Page}/commitments/C-01";

        var (_, html) = await pages.ReadAsync(path);
        Assert.Contains("value=\"R-01\"", html, StringComparison.Ordinal);
        var entry = LightReview.Commitment("A register, kept on line");
        var (status, _, _) = await pages.SubmitAsync(
            path, ("recommendation", "R-01"), ("title", "A register, kept on line"), ("items", "N-a.a2"), ("lenses", "peace_and_security"), ("outcomes", "secure"),
            ("level", "national"), ("action_type", "technical_capability"), ("owner", (string)entry["owner"]!), ("due", (string)entry["due"]!),
            ("indicator", (string)entry["indicator"]!), ("help_needed", "no"), ("urgency", "normal"), ("rights_considered", "on"), ("label", "CLEAR"),
            ("language", "en"), ("version", "1"));

        Assert.Equal(HttpStatusCode.SeeOther, status);
        Assert.Null(await FinishAsync(desk, desk.FocalPoint));
    }

    [Fact]
    public async Task The_lead_confirms_the_mid_term_update_once_the_State_has_told()
    {
        await using var desk = await DeskReview.PublishedAsync();
        (await desk.PlanAsync("R-01")).EnsureSuccessStatusCode();
        Assert.Null(await FinishAsync(desk, desk.FocalPoint));
        var lead = desk.Experts[DeskReview.Ama];

        Assert.Equal("follow-up.not-told", await TellAsync(desk, lead, new { text = "Seen." }));
        Assert.Null(await TellAsync(desk, desk.FocalPoint, new { text = "", notes = new[] { new { commitment = "C-01", status = "done", text = "" } } }));
        Assert.Equal("follow-up.told", await TellAsync(desk, desk.FocalPoint, new { text = "Again.", notes = new[] { new { commitment = "C-01", status = "done", text = "" } } }));
        Assert.Equal("follow-up.confirmation-empty", await TellAsync(desk, lead, new { text = " " }));
        Assert.Null(await TellAsync(desk, lead, new { text = "[seen on line]" }));

        var told = await desk.Coordinator.Client.GetFromJsonAsync<JsonElement>($"{desk.Api}/follow-up", Cancel);
        Assert.Equal("[seen on line]", told.GetProperty("midTerm").GetProperty("confirmation").GetString());
    }

    private static Task<string> EntriesAsync(DeskReview desk, TestPerson person) => AllAsync(person.Client, $"{desk.Api}/actions");

    private static async Task<string> AllAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        return await answer.Content.ReadAsStringAsync(Cancel);
    }

    private static Task<string?> FinishAsync(DeskReview desk, TestPerson person) => CompleteAsync(desk, person, "action_plan", new { });

    private static Task<string?> TellAsync(DeskReview desk, TestPerson person, object body) => CompleteAsync(desk, person, "mid_term", body);

    private static async Task<string?> CompleteAsync(DeskReview desk, TestPerson person, string stage, object body) =>
        await CodeAsync(await person.Client.PostAsJsonAsync($"{desk.Api}/stages/{stage}/complete", body, Cancel));

    /// <summary>Why it was refused; null when it was not.</summary>
    private static async Task<string?> CodeAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            return answer.IsSuccessStatusCode
                ? null
                : (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString();
        }
    }
}
