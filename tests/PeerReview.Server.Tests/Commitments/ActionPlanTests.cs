using System.Net;
using System.Net.Http.Json;
using PeerReview.Server.Platform.Drafts;
using PeerReview.Testing;
using Xunit;
using static PeerReview.Server.Tests.Commitments.PlanSteps;

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
    public async Task What_was_signed_in_full_goes_out_unless_somebody_chose_otherwise_and_saw_it()
    {
        await using var desk = await DeskReview.RespondingAsync();
        using var pages = await Pages.OfAsync(desk.App, desk.FocalPoint);
        // Nothing is accepted yet: first the responses, no entry and nothing to hand in.
        var (_, early) = await pages.ReadAsync($"{desk.Page}/commitments");
        Assert.Contains($"href=\"{desk.Page}/responses\"", early, StringComparison.Ordinal);
        Assert.DoesNotContain("Plan for R-01", early, StringComparison.Ordinal);
        Assert.DoesNotContain("<button type=\"submit\">Hand the plan in", early, StringComparison.Ordinal);
        (await desk.RespondAsync("R-01", "in_part", "Only incidents of the State.")).EnsureSuccessStatusCode();
        (await desk.SignResponsesAsync()).EnsureSuccessStatusCode();
        (await desk.DecideAsync()).EnsureSuccessStatusCode();
        (await desk.Coordinator.Client.PostAsJsonAsync($"{desk.Api}/stages/publish/complete", new { }, Cancel)).EnsureSuccessStatusCode();

        // The label is what was signed, the recommendation is chosen among those accepted, and nothing waits for the report any more.
        var (_, fresh) = await pages.ReadAsync($"{desk.Page}/commitments/new?from=R-01");
        Assert.Contains("<option value=\"CLEAR\" selected", fresh, StringComparison.Ordinal);
        Assert.Matches("<option value=\"R-01\" selected[^>]*>R-01: .*Keep a register of incidents.*Accepted in part", fresh);
        Assert.DoesNotContain("Can it wait for the report?", fresh, StringComparison.Ordinal);

        // What was typed here stays here, and is no part of an entry of the State's own.
        var page = $"{desk.Page}/commitments/new";
        await pages.SubmitAsync("/drafts", ("title", "[typed title]"), ("from", "R-01"), ("version", "0"), (Draft.PageField, page), (Draft.PartField, "R-01"));
        Assert.Contains("[typed title]", (await pages.ReadAsync($"{page}?from=R-01")).Html, StringComparison.Ordinal);
        Assert.DoesNotContain("[typed title]", (await pages.ReadAsync(page)).Html, StringComparison.Ordinal);
        var (_, _, anew) = await pages.SubmitAsync("/drafts/forget", (Draft.PageField, page), (Draft.PartField, "R-01"), ("from", "R-01"));
        Assert.Equal($"{page}?from=R-01", anew);

        // Kept back by its label: shown before it is handed in, and called what it is.
        (await desk.PlanAsync("R-01", label: "AMBER")).EnsureSuccessStatusCode();
        var (_, before) = await pages.ReadAsync($"{desk.Page}/commitments");
        Assert.Contains("What the public will see", before, StringComparison.Ordinal);
        Assert.Contains("give them the label CLEAR before you hand the plan in", before, StringComparison.Ordinal);
        Assert.Contains("Kept back by its sharing label.", before, StringComparison.Ordinal);
        Assert.Null(await FinishAsync(desk, desk.FocalPoint));
        var slug = await desk.App.Database.AsOwnerAsync<string>("SELECT slug FROM publication WHERE edition = 2");
        using var visitor = desk.App.Visitor();
        var published = await AllAsync(visitor, $"/publications/{slug[0]}");
        Assert.Contains("Kept back by its sharing label.", published, StringComparison.Ordinal);
        Assert.DoesNotContain("Withheld at the State", published, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_the_decision_nobody_says_that_the_plan_stays_inside_and_an_empty_one_is_meant()
    {
        await using var desk = await DeskReview.RespondingAsync();
        (await desk.RespondAsync("R-01", "noted", "[why]")).EnsureSuccessStatusCode();
        (await desk.SignResponsesAsync()).EnsureSuccessStatusCode();
        using var pages = await Pages.OfAsync(desk.App, desk.FocalPoint);
        var path = $"{desk.Page}/commitments";

        var (_, html) = await pages.ReadAsync(path);
        Assert.Contains("Your State has not decided yet whether the public reads the plan.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("has not chosen to publish", html, StringComparison.Ordinal);
        var (status, refused, _) = await pages.SubmitAsync(path);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("Tick the box if you mean it.", refused, StringComparison.Ordinal);
        Assert.Equal("plan.empty", await FinishAsync(desk, desk.FocalPoint));
        await pages.ReadAsync(path);
        Assert.Equal(HttpStatusCode.SeeOther, (await pages.SubmitAsync(path, ("empty", "on"))).Status);
    }

    [Fact]
    public async Task Who_took_part_hears_of_responses_of_the_report_and_of_its_next_edition()
    {
        await using var desk = await DeskReview.PublishedAsync();
        TestPerson[] others = [desk.Spokespersons["EST"], desk.Experts[DeskReview.Ama], desk.Experts[DeskReview.Eva], desk.At.Head, desk.Coordinator];
        foreach (var person in others)
        {
            var letters = await LettersAsync(desk, person);
            Assert.Contains("responses_signed", letters);
            Assert.Contains("publication_done", letters);
            Assert.DoesNotContain("publication_edition", letters);
        }

        var state = await LettersAsync(desk, desk.FocalPoint);
        Assert.Contains("your_turn_action_plan", state);
        Assert.Contains("your_turn_check_6m_plan", state);
        Assert.Contains("your_turn_pub_decide_reviewed", await LettersAsync(desk, desk.Authority));
        (await desk.PlanAsync("R-01")).EnsureSuccessStatusCode();
        Assert.Null(await FinishAsync(desk, desk.FocalPoint));
        foreach (var person in others.Append(desk.Authority))
        {
            var letters = await LettersAsync(desk, person);
            Assert.Contains("publication_edition", letters);
            Assert.Single(letters, "publication_done");
        }

        Assert.DoesNotContain("publication_done", await LettersAsync(desk, desk.At.Other));

        // Nobody of the other side reads for years that it is somebody's turn.
        using var expert = await Pages.OfAsync(desk.App, desk.Experts[DeskReview.Eva]);
        var (_, home) = await expert.ReadAsync("/");
        Assert.Contains("The report is published; the follow-up runs.", home, StringComparison.Ordinal);
        Assert.DoesNotContain("It is the turn of", home, StringComparison.Ordinal);
    }

    private static Task<string> EntriesAsync(DeskReview desk, TestPerson person) => AllAsync(person.Client, $"{desk.Api}/actions");
}
