using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Team;

/// <summary>An expert who stays and has no part in some items.</summary>
public sealed class RecusalTests
{
    private const string Ama = DeskReview.Ama, Eva = DeskReview.Eva, Item = "N-a.a1";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kept_from_an_item_by_a_decision_an_expert_has_it_neither_in_the_split_nor_on_the_desk()
    {
        await using var desk = await DeskReview.DeclaringAsync();
        foreach (var email in new[] { Ama, Eva })
            (await desk.DeclareAsync(email)).EnsureSuccessStatusCode();
        var eva = desk.Experts[Eva];
        (await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/objections", new { person = eva.Id, reason = "[a reason]" }, Cancel)).EnsureSuccessStatusCode();

        Assert.Equal("recusal.upheld", await CodeAsync(await DecideAsync(desk, upholds: true, Item)));
        Assert.Equal("recusal.items-missing", await CodeAsync(await DecideAsync(desk, upholds: false)));
        Assert.Equal("recusal.unknown-item", await CodeAsync(await DecideAsync(desk, upholds: false, "N-z.z9")));
        Assert.Equal("recusal.everything", await CodeAsync(await DecideAsync(desk, upholds: false, [.. await desk.ItemsAsync()])));
        using var pages = await Pages.OfAsync(desk.App, desk.At.Head);
        await pages.ReadAsync($"{desk.Page}/declarations");
        var decided = await pages.SubmitAsync(
            $"{desk.Page}/declarations/decision", ("person", eva.Id.ToString()), ("reason", "[only this]"), ("items", Item), ("act", "recuse"));
        Assert.Equal(HttpStatusCode.SeeOther, decided.Status);

        Assert.Contains(await desk.App.LettersAsync(), letter => letter.Recipient == Eva && letter.Subject.Contains("an expert stays and is kept from items", StringComparison.Ordinal));
        foreach (var (person, reads) in new[] { (desk.FocalPoint, true), (eva, true), (desk.Experts[Ama], false) })
        {
            using var own = await Pages.OfAsync(desk.App, person);
            var html = (await own.ReadAsync($"{desk.Page}/declarations")).Html;
            Assert.Equal(reads, html.Contains("Has no part in these items", StringComparison.Ordinal));
            Assert.Equal(reads, html.Contains("the person stays", StringComparison.Ordinal));
        }

        (await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/stages/objection/waive", new { }, Cancel)).EnsureSuccessStatusCode();
        var both = (await desk.ItemsAsync()).ToDictionary(item => item, _ => new[] { desk.Experts[Ama].Id, eva.Id });
        Assert.Equal("opening.recused", await CodeAsync(await desk.SaveMinutesAsync(split: both)));
        (await desk.SaveMinutesAsync()).EnsureSuccessStatusCode();
        var minutes = await desk.Coordinator.Client.GetFromJsonAsync<JsonElement>($"{desk.Api}/minutes", Cancel);
        Assert.Equal([desk.Experts[Ama].Id], minutes.GetProperty("split").GetProperty(Item).EnumerateArray().Select(e => e.GetGuid()));
        foreach (var person in desk.Spokespersons.Values.Append(desk.FocalPoint).Append(desk.Coordinator))
            (await desk.ConfirmAsync(person)).EnsureSuccessStatusCode();
        await desk.FindCompleteAsync();

        Assert.Equal("comment.not-assigned", await CodeAsync(await desk.CommentAsync(Eva, Item, "Mine.")));
        using var evas = await Pages.OfAsync(desk.App, eva);
        Assert.Equal(HttpStatusCode.NotFound, (await evas.ReadAsync($"{desk.Page}/desk/{Item}")).Status);
        foreach (var (email, reads) in new[] { (Eva, false), (Ama, true) })
        {
            var answer = await desk.Experts[email].Client.GetAsync($"{desk.Api}/answers/{Item}", Cancel);
            Assert.Equal(reads, (await answer.Content.ReadAsStringAsync(Cancel)).Contains(ReviewAt.MarkerOf(Item), StringComparison.Ordinal));
            using var own = await Pages.OfAsync(desk.App, desk.Experts[email]);
            var whole = await own.ReadAsync($"{desk.Page}/assessment/{Item}?view=whole");
            Assert.Equal(reads, whole.Html.Contains(ReviewAt.MarkerOf(Item), StringComparison.Ordinal));
        }

        (await desk.CommentAsync(Ama, Item, "[Ama on it]")).EnsureSuccessStatusCode();
        await desk.HandInAsync(Eva, Item);
        await desk.HandInAsync(Ama, Item);
        var comments = await eva.Client.GetStringAsync($"{desk.Api}/comments", Cancel);
        Assert.DoesNotContain("[Ama on it]", comments, StringComparison.Ordinal);
        Assert.NotEmpty(await desk.AskedAsync("consolidate"));
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task An_expert_steps_back_from_an_item_until_handing_in_as_long_as_somebody_else_is_left()
    {
        await using var desk = await DeskReview.CommentingAsync();
        (await desk.CommentAsync(Ama, Item, "What Ama began.")).EnsureSuccessStatusCode();

        Assert.Equal(HttpStatusCode.Forbidden, (await StepBackAsync(desk, desk.Spokespersons["GHA"])).StatusCode);
        using var pages = await Pages.OfAsync(desk.App, desk.Experts[Ama]);
        await pages.ReadAsync($"{desk.Page}/declarations");
        Assert.Equal(HttpStatusCode.SeeOther, (await pages.SubmitAsync($"{desk.Page}/declarations/recusal", ("items", Item))).Status);
        Assert.Equal("recusal.nobody-left", await CodeAsync(await StepBackAsync(desk, desk.Experts[Eva])));

        // What was begun on the item is not handed in.
        await desk.HandInAsync(Ama, Item);
        Assert.DoesNotContain("What Ama began.", await desk.Coordinator.Client.GetStringAsync($"{desk.Api}/comments", Cancel), StringComparison.Ordinal);
        Assert.Equal("comment.handed-in", await CodeAsync(await StepBackAsync(desk, desk.Experts[Ama])));
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task What_stakeholders_say_on_an_item_stays_closed_to_whoever_has_no_part_in_it()
    {
        await using var desk = await DeskReview.NominatingAsync(stakeholders: true);
        var ines = await desk.At.HearAsync("ines@example.org", "Open Net");
        var (on, whole) = (await desk.At.ContributeAsync(ines, "[said of the item]", Item), await desk.At.ContributeAsync(ines, "[said of the whole]", null));
        foreach (var said in new[] { on, whole })
            (await desk.At.ScreenAsync(said, "accept")).EnsureSuccessStatusCode();
        await desk.App.AdvanceAsync(StakeholderSteps.Starts);
        (await desk.Coordinator.Client.PostAsJsonAsync($"{desk.Api}/stages/stake_call/complete", new { }, Cancel)).EnsureSuccessStatusCode();
        await desk.CommentingFromHereAsync();
        foreach (var said in new[] { on, whole })
            (await desk.At.ReplyAsync(said, "[reply]")).EnsureSuccessStatusCode();
        (await StepBackAsync(desk, desk.Experts[Ama])).EnsureSuccessStatusCode();

        foreach (var (email, reads) in new[] { (Ama, false), (Eva, true) })
        {
            using var own = await Pages.OfAsync(desk.App, desk.Experts[email]);
            var (_, html) = await own.ReadAsync($"{desk.Page}/contributions");
            Assert.Equal(reads, html.Contains("[said of the item]", StringComparison.Ordinal));
            Assert.Contains("[said of the whole]", html, StringComparison.Ordinal);
            var listed = await desk.Experts[email].Client.GetStringAsync($"{desk.Api}/contributions", Cancel);
            Assert.Equal(reads, listed.Contains("[said of the item]", StringComparison.Ordinal));
        }
    }

    private static Task<HttpResponseMessage> DecideAsync(DeskReview desk, bool upholds, params string[] items) => desk.At.Head.Client.PostAsJsonAsync(
        $"{desk.Api}/objections/{desk.Experts[Eva].Id}/decision", new { upholds, reason = "[why]", items }, Cancel);

    private static Task<HttpResponseMessage> StepBackAsync(DeskReview desk, TestPerson by) =>
        by.Client.PostAsJsonAsync($"{desk.Api}/recusals", new { items = new[] { Item } }, Cancel);

    private static async Task<string> CodeAsync(HttpResponseMessage response)
    {
        using (response)
            return (await response.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString()!;
    }
}
