using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Report;

/// <summary>The State answers each recommendation; the authority signs them together.</summary>
public sealed class ResponsesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_State_prepares_responses_on_the_page_and_the_authority_signs_them()
    {
        await using var desk = await DeskReview.RespondingAsync();
        using var state = await Pages.OfAsync(desk.App, desk.FocalPoint);
        var (_, html) = await state.ReadAsync($"{desk.Page}/responses");
        Assert.Contains("1 without a response", html, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"sign\"", html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SaveAsync(state, desk, "noted", "")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SaveAsync(state, desk, "refused", "[never]")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SaveAsync(state, desk, "accepted", "", recommendation: "R-99")).Status);
        using var authority = await Pages.OfAsync(desk.App, desk.Authority);
        Assert.Contains("1 recommendation still has no response", (await authority.ReadAsync($"{desk.Page}/responses")).Html, StringComparison.Ordinal);
        Assert.Equal("response.missing", await CodeAsync(await SignAsync(desk, desk.Authority)));

        Assert.DoesNotContain("responses_prepared", await desk.At.LettersAsync(desk.Authority));
        Assert.Equal(HttpStatusCode.SeeOther, (await SaveAsync(state, desk, "in_part", "[the register, not the audit]")).Status);
        Assert.Contains("responses_prepared", await desk.At.LettersAsync(desk.Authority));
        foreach (var person in new[] { desk.Experts[DeskReview.Ama], desk.Coordinator, desk.Spokespersons["GHA"], desk.At.Other })
        {
            using var other = await Pages.OfAsync(desk.App, person);
            Assert.Equal(HttpStatusCode.NotFound, (await other.ReadAsync($"{desk.Page}/responses")).Status);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await SignAsync(desk, desk.FocalPoint)).StatusCode);
        Assert.Equal("response.changed", await CodeAsync(await SignAsync(desk, desk.Authority, new string('a', 64))));
        (_, html) = await authority.ReadAsync($"{desk.Page}/responses");
        Assert.Contains("1 accepted in part", html, StringComparison.Ordinal);
        (await SignAsync(desk, desk.Authority)).EnsureSuccessStatusCode();

        using var reviewer = await Pages.OfAsync(desk.App, desk.Spokespersons["GHA"]);
        (_, html) = await reviewer.ReadAsync($"{desk.Page}/responses");
        Assert.Contains("[the register, not the audit]", html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await SaveAsync(state, desk, "accepted", "", version: 1)).Status);
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task The_focal_point_is_asked_to_prepare_the_responses_by_their_own_day_until_they_are_signed()
    {
        await using var desk = await DeskReview.RespondingAsync();
        using var state = await Pages.OfAsync(desk.App, desk.FocalPoint);
        var tasks = (await desk.FocalPoint.Client.GetFromJsonAsync<JsonElement>("/api/v1/tasks", Cancel)).GetProperty("items").EnumerateArray().ToList();
        var signed = (await desk.Authority.Client.GetFromJsonAsync<JsonElement>("/api/v1/tasks", Cancel)).GetProperty("items").EnumerateArray()
            .Single(task => task.GetProperty("stage").GetString() == "rec_response");

        var asked = tasks.Single(task => task.GetProperty("stage").GetString() == "rec_response");
        Assert.Equal($"{desk.Page}/responses", asked.GetProperty("path").GetString());
        Assert.Equal(signed.GetProperty("day").GetString(), asked.GetProperty("day").GetString());
        var (_, home) = await state.ReadAsync("/");
        Assert.Contains("Prepare the responses", home, StringComparison.Ordinal);
        Assert.DoesNotContain("Prepare the responses", (await ReadAsync(desk, desk.Authority, "/")), StringComparison.Ordinal);
        Assert.Contains("To be signed by the State authority by:", (await state.ReadAsync($"{desk.Page}/commitments")).Html, StringComparison.Ordinal);

        (await desk.RespondAsync("R-01", "accepted", "")).EnsureSuccessStatusCode();
        (await desk.SignResponsesAsync()).EnsureSuccessStatusCode();
        Assert.DoesNotContain("Prepare the responses", (await state.ReadAsync("/")).Html, StringComparison.Ordinal);
    }

    private static async Task<string> ReadAsync(DeskReview desk, TestPerson person, string path)
    {
        using var pages = await Pages.OfAsync(desk.App, person);
        return (await pages.ReadAsync(path)).Html;
    }

    [Fact]
    public async Task Where_nothing_is_recommended_nobody_is_asked_for_responses()
    {
        await using var desk = await DeskReview.DraftingAsync();
        var lead = desk.Experts[DeskReview.Ama].Client;
        (await lead.PostAsJsonAsync($"{desk.Api}/report/build", new { }, Cancel)).EnsureSuccessStatusCode();
        (await desk.WriteAsync("summary", "[the summary of the report]")).EnsureSuccessStatusCode();
        (await lead.PostAsJsonAsync($"{desk.Api}/stages/draft/complete", new { }, Cancel)).EnsureSuccessStatusCode();
        (await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/stages/fact_check/complete", new { }, Cancel)).EnsureSuccessStatusCode();

        foreach (var person in desk.Agreeing)
            (await desk.AgreeAsync(person)).EnsureSuccessStatusCode();

        Assert.Empty(await desk.AskedAsync("rec_response"));
        Assert.NotEmpty(await desk.AskedAsync("pub_decide"));
        var told = await desk.At.LettersAsync(desk.Authority);
        Assert.DoesNotContain("your_turn_rec_response", told);
        Assert.Contains("your_turn_pub_decide", told);
        Assert.Contains("your_turn_action_plan_none", await desk.At.LettersAsync(desk.FocalPoint));
        using var state = await Pages.OfAsync(desk.App, desk.Authority);
        var (_, html) = await state.ReadAsync($"{desk.Page}/responses");
        Assert.Contains("The report holds no recommendation.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"sign\"", html, StringComparison.Ordinal);
        (await desk.DecideAsync()).EnsureSuccessStatusCode();
        Assert.NotEmpty(await desk.AskedAsync("publish"));
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task A_decision_signed_before_the_responses_says_what_publishing_waits_for()
    {
        await using var desk = await DeskReview.RespondingAsync();
        using var pages = await Pages.OfAsync(desk.App, desk.Authority);
        var (_, home) = await pages.ReadAsync("/");
        // Responses come first, though the decision is due earlier.
        Assert.InRange(home.IndexOf($"{desk.Page}/responses\"", StringComparison.Ordinal), 0, home.IndexOf($"{desk.Page}/publication\"", StringComparison.Ordinal));
        Assert.Contains("you may sign it before or after them", home, StringComparison.Ordinal);
        var path = $"{desk.Page}/publication";
        Assert.Contains("You may sign it before them or after them.", (await pages.ReadAsync(path)).Html, StringComparison.Ordinal);
        (string, string)[] fields =
        [
            ("choices.report", "full"), ("choices.summary", "full"), ("choices.recommendations", "full"), ("choices.action_plan", "none"),
            ("signature.name", "A"), ("signature.office", "B"),
            ("signature.day", DateOnly.FromDateTime(desk.App.StartedAt.UtcDateTime).ToString("O", System.Globalization.CultureInfo.InvariantCulture)),
        ];

        var (_, preview, _) = await pages.SubmitAsync(path, [.. fields, ("act", "preview")]);
        var (status, _, _) = await pages.SubmitAsync(path, [.. fields, ("act", "decide"), ("previewed", preview.Split("name=\"previewed\" value=\"")[1][..64])]);

        Assert.Equal(HttpStatusCode.SeeOther, status);
        var (_, html) = await pages.ReadAsync(path);
        Assert.Contains("Signed. The report goes out once the responses to the recommendations are signed as well.", html, StringComparison.Ordinal);
        Assert.Contains("The report goes out once the State has signed its responses", html, StringComparison.Ordinal);
        Assert.DoesNotContain("The coordinator publishes next", html, StringComparison.Ordinal);
        Assert.Empty(await desk.AskedAsync("publish"));
        (await desk.RespondAsync("R-01", "accepted")).EnsureSuccessStatusCode();
        (await desk.SignResponsesAsync()).EnsureSuccessStatusCode();
        Assert.Contains("The coordinator publishes next", (await pages.ReadAsync(path)).Html, StringComparison.Ordinal);
        Assert.NotEmpty(await desk.AskedAsync("publish"));
    }

    [Fact]
    public async Task A_response_two_people_write_at_once_loses_nothing()
    {
        await using var desk = await DeskReview.RespondingAsync();
        using var state = await Pages.OfAsync(desk.App, desk.FocalPoint);
        await state.ReadAsync($"{desk.Page}/responses");
        Assert.Equal(HttpStatusCode.SeeOther, (await SaveAsync(state, desk, "in_part", "We keep a register. It is public.")).Status);
        (await desk.At.Alternate.Client.PutAsJsonAsync(
            $"{desk.Api}/responses/R-01", new { answer = "in_part", reason = "We keep a register since 2020. It is public.", version = 1 }, Cancel)).EnsureSuccessStatusCode();

        var (status, html, _) = await SaveAsync(state, desk, "already_done", "We keep a register. It is public since May.", version: 1);

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("We keep a register since 2020. It is public since May.", html, StringComparison.Ordinal);
        Assert.Contains("value=\"already_done\" checked", html, StringComparison.Ordinal);
    }

    private static Task<(HttpStatusCode Status, string Html, string? Next)> SaveAsync(
        Pages pages, DeskReview desk, string answer, string reason, int version = 0, string recommendation = "R-01") => pages.SubmitAsync(
        $"{desk.Page}/responses", ("act", "save"), ("recommendation", recommendation), ("answer", answer), ("reason", reason),
        ("version", version.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    private static async Task<HttpResponseMessage> SignAsync(DeskReview desk, TestPerson person, string? hash = null)
    {
        var responses = await desk.Authority.Client.GetFromJsonAsync<JsonElement>($"{desk.Api}/responses", Cancel);
        return await person.Client.PostAsJsonAsync(
            $"{desk.Api}/stages/rec_response/complete",
            new { contentHash = hash ?? responses.GetProperty("contentHash").GetString(), signature = LightReview.Signature(desk.App) }, Cancel);
    }

    private static async Task<string> CodeAsync(HttpResponseMessage response)
    {
        using (response)
            return (await response.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString()!;
    }
}
