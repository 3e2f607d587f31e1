using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Core.Access;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Stakeholders;

/// <summary>What a stakeholder asked not to make public reaches the public only past the State's eyes.</summary>
public sealed class HeardInReportTests
{
    private const string Ines = "ines@example.org", Blamed = "[Guest ines of Open Net says four posts are filled]", Item = "N-a.a1";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_contribution_shows_its_label_and_lends_it_to_the_section_and_the_state_is_warned()
    {
        await using var desk = await DeskReview.NominatingAsync(stakeholders: true);
        var ines = await desk.At.HearAsync(Ines, "Open Net");
        var said = await desk.At.ContributeAsync(ines, "[four posts are filled]", "N-a.a1");
        (await desk.At.ScreenAsync(said, "accept")).EnsureSuccessStatusCode();
        await desk.App.AdvanceAsync(StakeholderSteps.Starts);
        (await desk.Coordinator.Client.PostAsJsonAsync($"{desk.Api}/stages/stake_call/complete", new { }, Cancel)).EnsureSuccessStatusCode();
        await desk.CommentingFromHereAsync(_ => SharingLabel.Clear);
        (await desk.At.ReplyAsync(said, "[reply]")).EnsureSuccessStatusCode();
        (await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/stages/stake_reply/complete", new { }, Cancel)).EnsureSuccessStatusCode();
        await ShowsAsync(desk, "/desk/N-a.a1", "Not for the public", "TLP:AMBER");

        await desk.HandInCommentsAsync();
        await desk.HandOverQuestionsAsync();
        await desk.ReplyAsync();
        await ShowsAsync(desk, "/draft/N-a", "Not for the public", "strictest label of its sources: AMBER");
        (await desk.WriteAsync("N-a", Blamed)).EnsureSuccessStatusCode();
        (await desk.WriteAsync("N-b", "[Open Net again]")).EnsureSuccessStatusCode();
        (await desk.WriteAsync("N-c", "[nobody here]")).EnsureSuccessStatusCode();
        await ShowsAsync(desk, "/draft/N-a", "TLP:AMBER", "What stakeholders said is among its sources.", "Guest ines", "who did not agree to be public");
        await desk.ExplainGroupsAsync("academia");

        // Nobody hands the names over unlooked at.
        var lead = desk.Experts[DeskReview.Ama].Client;
        using (var named = await lead.PostAsJsonAsync($"{desk.Api}/stages/draft/complete", new { }, Cancel))
            Assert.Equal("report.flagged", (await named.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString());
        foreach (var section in new[] { "N-a", "N-b" })
            (await lead.PostAsJsonAsync($"{desk.Api}/report/wording/{section}", new { version = 1, reason = "[another Open Net]" }, Cancel)).EnsureSuccessStatusCode();
        await desk.HandOverDraftAsync();
        await desk.CheckFactsAsync();
        foreach (var person in desk.Agreeing)
            (await desk.AgreeAsync(person)).EnsureSuccessStatusCode();

        var pieces = (await desk.Authority.Client.GetFromJsonAsync<JsonElement>($"{desk.Api}/publication", Cancel)).GetProperty("pieces").EnumerateArray()
            .ToDictionary(p => p.GetProperty("key").GetString()!, p => (p.GetProperty("label").GetString(), p.GetProperty("notForPublic").GetBoolean()));
        Assert.Equal(("AMBER", true), pieces["section:N-a"]);
        Assert.Equal(("AMBER", true), pieces["section:N-b"]);
        Assert.Equal(("AMBER", true), pieces["summary"]);
        Assert.Equal(("CLEAR", false), pieces["section:N-c"]);
        using var state = await Pages.OfAsync(desk.App, desk.Authority);
        var (_, page) = await state.ReadAsync($"{desk.Page}/publication");
        Assert.Contains("did not agree that it becomes public", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Blamed, page, StringComparison.Ordinal);

        (await desk.RespondAsync("R-01", "accepted")).EnsureSuccessStatusCode();
        (await desk.SignResponsesAsync()).EnsureSuccessStatusCode();
        (await desk.DecideAsync(opens: false)).EnsureSuccessStatusCode();
        (await desk.Coordinator.Client.PostAsJsonAsync($"{desk.Api}/stages/publish/complete", new { }, Cancel)).EnsureSuccessStatusCode();
        using var visitor = await Pages.OfAsync(desk.App, person: null);
        var slug = (await desk.Authority.Client.GetFromJsonAsync<JsonElement>($"{desk.Api}/publication", Cancel)).GetProperty("slug").GetString();
        var (_, report) = await visitor.ReadAsync($"/publications/{slug}");
        Assert.Contains("[nobody here]", report, StringComparison.Ordinal);
        Assert.DoesNotContain("Open Net", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expert_who_handed_in_before_is_told_when_contributions_can_be_read()
    {
        await using var desk = await DeskReview.NominatingAsync(stakeholders: true);
        var ines = await desk.At.HearAsync(Ines, "Open Net");
        var said = await desk.At.ContributeAsync(ines, "[four posts are filled]", "N-a.a1");
        (await desk.At.ScreenAsync(said, "accept")).EnsureSuccessStatusCode();
        await desk.App.AdvanceAsync(StakeholderSteps.Starts);
        (await desk.Coordinator.Client.PostAsJsonAsync($"{desk.Api}/stages/stake_call/complete", new { }, Cancel)).EnsureSuccessStatusCode();
        await desk.CommentingFromHereAsync();
        await desk.HandInAsync(DeskReview.Ama);

        (await desk.At.ReplyAsync(said, "[reply]")).EnsureSuccessStatusCode();
        (await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/stages/stake_reply/complete", new { }, Cancel)).EnsureSuccessStatusCode();

        Assert.Single(await desk.At.LettersAsync(desk.Experts[DeskReview.Ama]), "contributions_readable");
        // To the others they are news on their desk.
        Assert.DoesNotContain("contributions_readable", await desk.At.LettersAsync(desk.Experts[DeskReview.Eva]));
    }

    [Fact]
    public async Task A_comment_that_names_a_stakeholder_is_not_read_by_contributors_before_the_contribution_is_passed_on()
    {
        await using var desk = await DeskReview.NominatingAsync(stakeholders: true);
        var ines = await desk.At.HearAsync(Ines, "Open Net");
        var said = await desk.At.ContributeAsync(ines, "[four posts are filled]", Item);
        (await desk.At.ScreenAsync(said, "accept")).EnsureSuccessStatusCode();
        await desk.App.AdvanceAsync(StakeholderSteps.Starts);
        (await desk.Coordinator.Client.PostAsJsonAsync($"{desk.Api}/stages/stake_call/complete", new { }, Cancel)).EnsureSuccessStatusCode();
        await desk.CommentingFromHereAsync();
        var contributor = await desk.ContributorAsync(Item);
        (await desk.At.ReplyAsync(said, "[reply]")).EnsureSuccessStatusCode();
        (await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/stages/stake_reply/complete", new { }, Cancel)).EnsureSuccessStatusCode();
        (await desk.CommentAsync(DeskReview.Ama, Item, Blamed)).EnsureSuccessStatusCode();
        (await desk.CommentAsync(DeskReview.Ama, Item, "[of the answer alone]", "question")).EnsureSuccessStatusCode();
        await ShowsAsync(desk, $"/desk/{Item}", "This comment names", "Open Net");
        await desk.HandInAsync(DeskReview.Ama, Item);
        await desk.HandInAsync(DeskReview.Eva);
        (await desk.ConsolidateAsync(question: "Is what Open Net says so?")).EnsureSuccessStatusCode();
        await ShowsAsync(desk, "/consolidation", "This question names Open Net", "look at the wording of Q-01 first");
        using var named = await desk.Experts[DeskReview.Ama].Client.PostAsJsonAsync($"{desk.Api}/stages/consolidate/complete", new { }, Cancel);
        Assert.Contains("consolidation.names", await named.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        await desk.HandOverQuestionsAsync(version: 1);

        Assert.DoesNotContain("Open Net", await ConsolidatedAsync(contributor), StringComparison.Ordinal);
        Assert.Contains("Open Net", await ConsolidatedAsync(desk.FocalPoint), StringComparison.Ordinal);
        (await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/contributions/{said}/forward", new { }, Cancel)).EnsureSuccessStatusCode();
        Assert.Contains("Open Net", await ConsolidatedAsync(contributor), StringComparison.Ordinal);

        async Task<string> ConsolidatedAsync(TestPerson reader)
        {
            using var pages = await Pages.OfAsync(desk.App, reader);
            var html = (await pages.ReadAsync($"{desk.Page}/consolidation")).Html;
            Assert.Contains("[of the answer alone]", html, StringComparison.Ordinal);
            return html;
        }
    }

    private static async Task ShowsAsync(DeskReview desk, string path, params string[] texts)
    {
        using var pages = await Pages.OfAsync(desk.App, desk.Experts[DeskReview.Ama]);
        var (_, html) = await pages.ReadAsync(desk.Page + path);
        Assert.All(texts, text => Assert.Contains(text, html, StringComparison.Ordinal));
    }
}
