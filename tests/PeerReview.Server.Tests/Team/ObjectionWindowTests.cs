using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Team;

/// <summary>The time for objections ends by itself, whatever was objected and however late it was decided.</summary>
public sealed class ObjectionWindowTests
{
    private const string Ama = DeskReview.Ama, Eva = DeskReview.Eva, Erik = "erik@example.org", Rita = "rita@example.org";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_stepped_in_late_can_be_objected_to_for_a_week_and_then_the_stage_ends_by_itself()
    {
        await using var desk = await ObjectedAsync(await DeskReview.DeclaringAsync(), Eva);
        await DecideAsync(desk, Eva, upholds: true);
        await desk.App.AdvanceAsync(TimeSpan.FromDays(20));
        Assert.Equal(["EST REV_FP Focal point EST"], await desk.AskedAsync("objection"));

        await desk.JoinAsync("EST", Erik);
        // Whoever comes in long after the day of a step is late with nothing.
        var turn = (await desk.App.LettersAsync()).Single(letter => letter.Recipient == Erik && letter.Subject.Contains("please declare your ties", StringComparison.Ordinal));
        Assert.Contains("By: as soon as you can, the step was due on", turn.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("days late", turn.Body, StringComparison.Ordinal);
        using (var expert = await Pages.OfAsync(desk.App, desk.Experts[Erik]))
        {
            var (_, own) = await expert.ReadAsync("/");
            Assert.Contains("As soon as you can: the step was due on", own, StringComparison.Ordinal);
            Assert.DoesNotContain("days late", own, StringComparison.Ordinal);
        }

        (await desk.DeclareAsync(Erik)).EnsureSuccessStatusCode();
        await desk.App.AdvanceAsync(TimeSpan.FromDays(5));

        Assert.Equal(["STATE_FP Alternate", "STATE_FP Focal point"], await desk.AskedAsync("objection"));
        await desk.App.AdvanceAsync(TimeSpan.FromDays(4));
        Assert.Empty(await desk.AskedAsync("objection"));
        Assert.NotEmpty(await desk.AskedAsync("opening"));
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task Whoever_is_not_asked_finds_the_right_to_object_on_home_and_hears_of_the_outcome_as_the_expert_does()
    {
        await using var desk = await DeskReview.DeclaringAsync();
        using var authority = await Pages.OfAsync(desk.App, desk.Authority);
        Assert.DoesNotContain("You may object to an expert", (await authority.ReadAsync("/")).Html, StringComparison.Ordinal);
        foreach (var email in new[] { Ama, Eva })
            (await desk.DeclareAsync(email)).EnsureSuccessStatusCode();
        var right = $"<a href=\"{desk.Page}/declarations\">You may object to an expert</a>";
        var (_, home) = await authority.ReadAsync("/");
        Assert.Contains("What you may do, and need not", home, StringComparison.Ordinal);
        Assert.Contains(right, home, StringComparison.Ordinal);
        // Whoever is asked has it among what waits.
        using (var focalPoint = await Pages.OfAsync(desk.App, desk.FocalPoint))
            Assert.DoesNotContain(right, (await focalPoint.ReadAsync("/")).Html, StringComparison.Ordinal);

        (await desk.Authority.Client.PostAsJsonAsync($"{desk.Api}/objections", new { person = desk.Experts[Eva].Id, reason = "[a reason]" }, Cancel))
            .EnsureSuccessStatusCode();
        await DecideAsync(desk, Eva, upholds: false);
        var told = (await desk.App.LettersAsync()).Where(letter => letter.Subject.EndsWith("an objection was not upheld", StringComparison.Ordinal)).ToList();
        foreach (var email in new[] { desk.Authority.Email, desk.FocalPoint.Email, Eva })
            Assert.Contains($"{desk.Page}/declarations", Assert.Single(told, letter => letter.Recipient == email).Body, StringComparison.Ordinal);
        Assert.DoesNotContain(told, letter => letter.Recipient == Ama);
    }

    [Fact]
    public async Task An_objection_decided_after_the_days_of_the_stage_ends_it()
    {
        await using var desk = await ObjectedAsync(await DeskReview.DeclaringAsync(), Eva);
        await desk.App.AdvanceAsync(TimeSpan.FromDays(20));
        Assert.Equal([$"{desk.Experts[Eva].Id} COORD_HEAD Head"], await desk.AskedAsync("objection"));

        await DecideAsync(desk, Eva, upholds: false);
        await desk.App.AdvanceAsync(TimeSpan.FromMinutes(5));

        Assert.NotEmpty(await desk.AskedAsync("opening"));
    }

    [Fact]
    public async Task A_reserve_steps_into_the_gap_and_the_State_names_who_leads_now()
    {
        var start = await DeskReview.NominatingAsync();
        using (var invited = await start.InviteAsync("GHA", Rita, reserve: true))
            invited.EnsureSuccessStatusCode();
        var rita = await start.AcceptAsync(Rita);
        await start.DeclaringFromHereAsync();
        await using var desk = await ObjectedAsync(start, Ama);
        Assert.Contains(await desk.App.LettersAsync(), letter => letter.Recipient == Ama && letter.Body.Contains("has objected to your part as an expert", StringComparison.Ordinal)
            && letter.Body.Contains($"{desk.Page}/declarations", StringComparison.Ordinal) && !letter.Body.Contains("[a reason]", StringComparison.Ordinal));
        using (var own = await Pages.OfAsync(desk.App, desk.Experts[Ama]))
            Assert.Contains("[a reason]", (await own.ReadAsync($"{desk.Page}/declarations")).Html, StringComparison.Ordinal);
        await DecideAsync(desk, Ama, upholds: true);
        // Whoever has left reads none of its pages any more: the letter names whom to ask.
        Assert.Contains(await desk.App.LettersAsync(), letter => letter.Recipient == Ama && letter.Subject.Contains("your part has ended", StringComparison.Ordinal)
            && letter.Body.Contains($"you can write to:\n{desk.Coordinator.Email}\n", StringComparison.Ordinal));
        using var state = await Pages.OfAsync(desk.App, desk.FocalPoint);
        Assert.Contains("The team is not complete yet", await WaiveAsync(state, desk), StringComparison.Ordinal);
        var (ghana, estonia, ama) = (desk.Spokespersons["GHA"], desk.Spokespersons["EST"], desk.Experts[Ama]);

        Assert.Equal(HttpStatusCode.Forbidden, (await FillAsync(desk, estonia, ama, rita)).StatusCode);
        Assert.Equal("team.no-reserve", await CodeAsync(await FillAsync(desk, ghana, ama, desk.Experts[Eva])));
        using var pages = await Pages.OfAsync(desk.App, ghana);
        Assert.Contains("A place is open", (await pages.ReadAsync($"{desk.Page}/experts")).Html, StringComparison.Ordinal);
        var (status, _, _) = await pages.SubmitAsync(
            $"{desk.Page}/experts/replacement", ("person", ama.Id.ToString()), ("by", rita.Id.ToString()));
        Assert.Equal(HttpStatusCode.SeeOther, status);

        Assert.Contains(await desk.App.LettersAsync(), letter => letter.Recipient == Rita && letter.Subject.Contains("you are needed", StringComparison.Ordinal));
        Assert.Equal([$"{rita.Id} REV_EXPERT Expert rita", "GHA REV_FP Focal point GHA"], await desk.AskedAsync("objection"));
        var declarations = (await state.ReadAsync($"{desk.Page}/declarations")).Html;
        Assert.Contains("Not declared yet: Expert rita.", declarations, StringComparison.Ordinal);
        Assert.DoesNotContain("We object to nobody", declarations, StringComparison.Ordinal);
        Assert.DoesNotContain("Object to Expert rita", declarations, StringComparison.Ordinal);
        Assert.Contains("The team is not complete yet", await WaiveAsync(state, desk), StringComparison.Ordinal);
        Assert.Equal("objection.not-declared", await CodeAsync(await desk.FocalPoint.Client.PostAsJsonAsync(
            $"{desk.Api}/objections", new { person = rita.Id, reason = "[a reason]" }, Cancel)));
        (await desk.DeclareAsync(Rita)).EnsureSuccessStatusCode();
        Assert.Contains("Object to Expert rita", (await state.ReadAsync($"{desk.Page}/declarations")).Html, StringComparison.Ordinal);
        // The sentence leads to the field of the form it is about.
        var unsaid = await state.SubmitAsync($"{desk.Page}/declarations/objection", ("act", "object"), ("person", rita.Id.ToString()), ("reason", ""));
        Assert.Contains($"href=\"#f-object-{rita.Id}-reason\"", unsaid.Html, StringComparison.Ordinal);
        Assert.Contains($"id=\"f-object-{rita.Id}-reason\"", unsaid.Html, StringComparison.Ordinal);
        Assert.Contains("has taken an expert’s place", WebUtility.HtmlDecode((await pages.ReadAsync($"{desk.Page}/experts")).Html), StringComparison.Ordinal);
        var news = (await desk.App.LettersAsync()).Where(letter => letter.Subject.Contains("somebody else takes an expert's place", StringComparison.Ordinal)).ToList();
        Assert.Contains("you are told", Assert.Single(news, letter => letter.Recipient == desk.FocalPoint.Email).Body, StringComparison.Ordinal);
        Assert.Contains("the State is told", Assert.Single(news, letter => letter.Recipient == ghana.Email).Body, StringComparison.Ordinal);
        Assert.Contains("Name one of the experts below as lead", (await pages.ReadAsync($"{desk.Page}/experts")).Html, StringComparison.Ordinal);
        Assert.Equal(["GHA REV_FP Focal point GHA"], await desk.AskedAsync("objection"));
        (await ghana.Client.PutAsJsonAsync($"{desk.Api}/lead", new { person = rita.Id }, Cancel)).EnsureSuccessStatusCode();
        Assert.Equal(["STATE_FP Alternate", "STATE_FP Focal point"], await desk.AskedAsync("objection"));
        Assert.Equal("team.not-an-expert", await CodeAsync(await FillAsync(desk, desk.Coordinator, ama, rita)));
        await desk.App.Database.RequireSoundAsync();
    }

    private static async Task<string> WaiveAsync(Pages pages, DeskReview desk)
    {
        await pages.ReadAsync($"{desk.Page}/declarations");
        var (status, html, _) = await pages.SubmitAsync($"{desk.Page}/declarations/objection", ("act", "waive"));
        Assert.Equal(HttpStatusCode.Conflict, status);
        return html;
    }

    private static async Task<DeskReview> ObjectedAsync(DeskReview desk, string email)
    {
        foreach (var expert in new[] { Ama, Eva })
            (await desk.DeclareAsync(expert)).EnsureSuccessStatusCode();
        (await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/objections", new { person = desk.Experts[email].Id, reason = "[a reason]" }, Cancel))
            .EnsureSuccessStatusCode();
        return desk;
    }

    private static async Task DecideAsync(DeskReview desk, string email, bool upholds) => (await desk.At.Head.Client.PostAsJsonAsync(
        $"{desk.Api}/objections/{desk.Experts[email].Id}/decision", new { upholds, reason = "[why]" }, Cancel)).EnsureSuccessStatusCode();

    private static Task<HttpResponseMessage> FillAsync(DeskReview desk, TestPerson by, TestPerson gap, TestPerson reserve) =>
        by.Client.PostAsJsonAsync($"{desk.Api}/experts/{gap.Id}/replacement", new { by = reserve.Id }, Cancel);

    private static async Task<string> CodeAsync(HttpResponseMessage response)
    {
        using (response)
            return (await response.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString()!;
    }
}
