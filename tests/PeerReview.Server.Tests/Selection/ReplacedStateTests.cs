using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Selection;

/// <summary>A reviewing State that cannot go on after it has nominated: the head coordinator puts another in its place, which finds
/// somebody for each of its experts.</summary>
public sealed class ReplacedStateTests
{
    private const string Ama = DeskReview.Ama, Eva = DeskReview.Eva, Rosa = "rosa@example.org";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Another_State_takes_over_while_experts_comment_and_its_expert_leads_as_the_one_before()
    {
        await using var desk = await DeskReview.CommentingAsync();
        var ghana = desk.Spokespersons["GHA"];
        using var head = await Pages.OfAsync(desk.App, desk.At.Head);
        Assert.Contains("Ghana cannot go on: another State in its place", (await head.ReadAsync($"{desk.Page}/reviewers")).Html, StringComparison.Ordinal);
        using (var spokesperson = await Pages.OfAsync(desk.App, ghana))
            Assert.Contains("until its experts have handed in their comments", (await spokesperson.ReadAsync($"{desk.Page}/reviewers")).Html, StringComparison.Ordinal);
        var (status, again, _) = await head.SubmitAsync($"{desk.Page}/reviewers/replacement", ("state", "GHA"), ("by", "RWA"), ("reason", " "));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("href=\"#f-unable-GHA-reason\">Say why", again, StringComparison.Ordinal);
        Assert.Contains("id=\"f-unable-GHA-reason\"", again, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await head.SubmitAsync(
            $"{desk.Page}/reviewers/replacement", ("state", "GHA"), ("by", "RWA"), ("reason", "[its ministry was dissolved]"))).Status);

        foreach (var gone in new[] { ghana, desk.Experts[Ama] })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await gone.Client.GetAsync(desk.Api, Cancel)).StatusCode);
            Assert.Contains(await desk.App.LettersAsync(), letter => letter.Recipient == gone.Email && letter.Subject.Contains("no longer reviews", StringComparison.Ordinal));
        }

        Assert.Equal(["RWA COORD Coordinator", "RWA COORD Deputy"], await desk.AskedAsync("objection"));
        Assert.Equal([$"{desk.Experts[Eva].Id} REV_EXPERT Expert eva"], await desk.AskedAsync("desk_review"));
        foreach (var told in new[] { desk.Authority, desk.FocalPoint, desk.Spokespersons["EST"], desk.Experts[Eva], desk.Coordinator })
            Assert.Contains("reviewer_replaced", await desk.At.LettersAsync(told));
        foreach (var (person, reads) in new[] { (desk.Authority, true), (desk.Coordinator, true), (desk.Experts[Eva], false), (desk.Spokespersons["EST"], false) })
        {
            using var own = await Pages.OfAsync(desk.App, person);
            Assert.Equal(reads, (await own.ReadAsync($"{desk.Page}/reviewers")).Html.Contains("[its ministry was dissolved]", StringComparison.Ordinal));
        }

        await desk.App.Database.RequireSoundAsync();
        var rwanda = await desk.SpeakForAsync("RWA");
        Assert.Equal([$"RWA REV_FP Focal point RWA"], await desk.AskedAsync("objection"));
        using (var pages = await Pages.OfAsync(desk.App, rwanda))
        {
            Assert.Contains("The place of an expert to fill", (await pages.ReadAsync("/")).Html, StringComparison.Ordinal);
            Assert.Contains("or your State has taken the place of another", (await pages.ReadAsync($"{desk.Page}/experts")).Html, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.Conflict, (await desk.InviteAsync("RWA", Rosa)).StatusCode);
        (await desk.InviteAsync("RWA", Rosa, reserve: true)).EnsureSuccessStatusCode();
        await desk.AcceptAsync(Rosa);
        Assert.Equal(["RWA COORD Coordinator", "RWA COORD Deputy"], await desk.AskedAsync("objection"));
        Assert.Contains("your_turn_place_open", await desk.At.LettersAsync(desk.Coordinator));
        (await FillAsync(desk, Ama, Rosa)).EnsureSuccessStatusCode();

        Assert.Empty(await desk.AskedAsync("objection"));
        Assert.Equal([$"{desk.Experts[Rosa].Id} REV_EXPERT Expert rosa"], await desk.AskedAsync("declare"));
        Assert.DoesNotContain(ReviewAt.MarkerOf("N-a.a1"), await desk.Experts[Rosa].Client.GetStringAsync($"{desk.Api}/answers", Cancel), StringComparison.Ordinal);
        (await desk.DeclareAsync(Rosa)).EnsureSuccessStatusCode();
        using (var subject = await Pages.OfAsync(desk.App, desk.FocalPoint))
            Assert.Contains("Object to Expert rosa", (await subject.ReadAsync($"{desk.Page}/declarations")).Html, StringComparison.Ordinal);
        await desk.HandInAsync(Rosa);
        await desk.HandInAsync(Eva);
        Assert.Equal(["REV_LEAD Expert rosa"], await desk.AskedAsync("consolidate"));
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task What_an_expert_handed_in_is_not_done_again_and_only_the_head_coordinator_decides()
    {
        await using var desk = await DeskReview.CommentingAsync();
        var before = await desk.AskedAsync("desk_review");
        Assert.Equal(HttpStatusCode.Forbidden, (await ReplaceAsync(desk, desk.Spokespersons["EST"], "GHA", "RWA")).StatusCode);
        Assert.Equal("process.already-done", await CodeAsync(await ReplaceAsync(desk, desk.Coordinator, "GHA", "RWA")));
        Assert.Equal("moves.reason-missing", await CodeAsync(await ReplaceAsync(desk, desk.At.Head, "GHA", "RWA", reason: "")));
        Assert.Equal("selection.wrong-group", await CodeAsync(await ReplaceAsync(desk, desk.At.Head, "GHA", "URY")));
        Assert.Equal("selection.named-twice", await CodeAsync(await ReplaceAsync(desk, desk.At.Head, "GHA", "GHA")));
        Assert.Equal("selection.not-reviewing", await CodeAsync(await ReplaceAsync(desk, desk.At.Head, "NOR", "RWA")));
        await desk.HandInAsync(Ama);
        Assert.Equal("selection.has-commented", await CodeAsync(await ReplaceAsync(desk, desk.At.Head, "GHA", "RWA")));
        Assert.Equal(before.Where(who => !who.Contains("ama", StringComparison.Ordinal)), await desk.AskedAsync("desk_review"));
        await desk.HandInAsync(Eva);
        Assert.Equal("selection.comments-over", await CodeAsync(await ReplaceAsync(desk, desk.At.Head, "EST", "URY")));
        using var head = await Pages.OfAsync(desk.App, desk.At.Head);
        Assert.DoesNotContain("cannot go on: another State", (await head.ReadAsync($"{desk.Page}/reviewers")).Html, StringComparison.Ordinal);
        Assert.Equal(["EST ", "GHA "], await desk.App.Database.AsOwnerAsync<string>("SELECT state || ' ' || coalesce(cause, '') FROM reviewer_seat ORDER BY 1"));
    }

    [Fact]
    public async Task A_State_that_cannot_nominate_is_followed_by_one_that_nominates_from_the_beginning()
    {
        await using var desk = await DeskReview.NominatingAsync();
        await desk.JoinAsync("GHA", Ama);
        (await desk.InviteAsync("GHA", "kofi@example.org")).EnsureSuccessStatusCode();
        (await ReplaceAsync(desk, desk.At.Head, "GHA", "RWA")).EnsureSuccessStatusCode();
        Assert.Contains(await desk.App.LettersAsync(), letter => letter.Recipient == "kofi@example.org" && letter.Subject.Contains("the invitation is taken back", StringComparison.Ordinal));
        foreach (var (person, reason) in new[] { (desk.Authority, true), (desk.Spokespersons["EST"], false) })
        {
            using var pages = await Pages.OfAsync(desk.App, person);
            var html = (await pages.ReadAsync(desk.Page)).Html.Replace("\u2068", "", StringComparison.Ordinal).Replace("\u2069", "", StringComparison.Ordinal);
            Assert.Contains("Rwanda reviews in the place of Ghana", html, StringComparison.Ordinal);
            Assert.Equal(reason, html.Contains("[cannot go on]", StringComparison.Ordinal));
        }

        Assert.Equal(["EST REV_FP Focal point EST", "RWA COORD Coordinator", "RWA COORD Deputy"], await desk.AskedAsync("nominate"));
        Assert.Empty(await desk.AskedAsync("objection"));
        await desk.SpeakForAsync("RWA");
        (await desk.InviteAsync("RWA", Rosa)).EnsureSuccessStatusCode();
        await desk.AcceptAsync(Rosa);
        Assert.Equal(["GHA unable"], await desk.App.Database.AsOwnerAsync<string>("SELECT state || ' ' || cause FROM reviewer_seat WHERE cause IS NOT NULL"));
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task A_State_that_leaves_before_its_experts_have_declared_is_followed_by_one_that_declares()
    {
        await using var desk = await DeskReview.DeclaringAsync();
        (await desk.DeclareAsync(Eva)).EnsureSuccessStatusCode();
        // The first that comes cannot go on either.
        (await ReplaceAsync(desk, desk.At.Head, "GHA", "ZMB")).EnsureSuccessStatusCode();
        (await ReplaceAsync(desk, desk.At.Head, "ZMB", "RWA")).EnsureSuccessStatusCode();
        Assert.Equal(["RWA COORD Coordinator", "RWA COORD Deputy"], await desk.AskedAsync("objection"));
        Assert.Empty(await desk.AskedAsync("declare"));
        await desk.SpeakForAsync("RWA");
        (await desk.InviteAsync("RWA", Rosa, reserve: true)).EnsureSuccessStatusCode();
        await desk.AcceptAsync(Rosa);
        (await FillAsync(desk, Ama, Rosa)).EnsureSuccessStatusCode();
        Assert.Equal([$"{desk.Experts[Rosa].Id} REV_EXPERT Expert rosa"], await desk.AskedAsync("declare"));
        (await desk.DeclareAsync(Rosa)).EnsureSuccessStatusCode();
        (await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/stages/objection/waive", new { }, Cancel)).EnsureSuccessStatusCode();
        Assert.Equal(["COORD Coordinator", "COORD Deputy"], await desk.AskedAsync("opening"));
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task While_the_State_may_object_nobody_goes_on_without_somebody_in_the_place()
    {
        await using var desk = await DeskReview.DeclaringAsync();
        foreach (var expert in new[] { Ama, Eva })
            (await desk.DeclareAsync(expert)).EnsureSuccessStatusCode();
        (await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/objections", new { person = desk.Experts[Ama].Id, reason = "[a reason]" }, Cancel)).EnsureSuccessStatusCode();
        (await ReplaceAsync(desk, desk.At.Head, "GHA", "RWA")).EnsureSuccessStatusCode();

        // The objection fell with the person; the State waits for somebody in the place.
        Assert.Equal(["RWA COORD Coordinator", "RWA COORD Deputy"], await desk.AskedAsync("objection"));
        Assert.Equal(HttpStatusCode.Conflict, (await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/stages/objection/waive", new { }, Cancel)).StatusCode);
        var rwanda = await desk.SpeakForAsync("RWA");
        (await desk.InviteAsync("RWA", Rosa, reserve: true)).EnsureSuccessStatusCode();
        await desk.AcceptAsync(Rosa);
        // No step of the reserve is open: the State puts its own reserve there.
        (await rwanda.Client.PostAsJsonAsync($"{desk.Api}/experts/{desk.Experts[Ama].Id}/replacement", new { by = desk.Experts[Rosa].Id }, Cancel)).EnsureSuccessStatusCode();
        (await desk.DeclareAsync(Rosa)).EnsureSuccessStatusCode();
        (await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/stages/objection/waive", new { }, Cancel)).EnsureSuccessStatusCode();
        Assert.Equal(["COORD Coordinator", "COORD Deputy"], await desk.AskedAsync("opening"));
        await desk.App.Database.RequireSoundAsync();
    }

    private static Task<HttpResponseMessage> FillAsync(DeskReview desk, string from, string to) =>
        desk.Coordinator.Client.PostAsJsonAsync($"{desk.Api}/experts/{desk.Experts[from].Id}/replacement", new { by = desk.Experts[to].Id }, Cancel);

    private static Task<HttpResponseMessage> ReplaceAsync(DeskReview desk, TestPerson by, string from, string to, string reason = "[cannot go on]") =>
        by.Client.PostAsJsonAsync($"{desk.Api}/reviewers/{from}/replacement", new { by = to, reason }, Cancel);

    private static async Task<string> CodeAsync(HttpResponseMessage response)
    {
        using (response)
            return (await response.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString()!;
    }
}
