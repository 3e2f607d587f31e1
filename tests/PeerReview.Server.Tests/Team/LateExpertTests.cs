using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Team;

/// <summary>Experts who do not hand in, and whoever takes their place while the others comment.</summary>
public sealed class LateExpertTests
{
    private const string Ama = DeskReview.Ama, Eva = DeskReview.Eva;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_objection_to_whoever_stepped_in_opens_the_place_for_the_coordinator_and_lapses_after_a_week()
    {
        const string rita = "rita@example.org", robin = "robin@example.org";
        await using var desk = await DeskReview.NominatingAsync();
        foreach (var email in new[] { rita, robin })
        {
            using (var invited = await desk.InviteAsync("EST", email, reserve: true))
                invited.EnsureSuccessStatusCode();
            await desk.AcceptAsync(email);
        }

        await desk.CommentingFromHereAsync();
        Assert.Equal(HttpStatusCode.Conflict, (await ObjectAsync(desk, Ama)).StatusCode);
        (await ReplaceAsync(desk, desk.Coordinator, desk.Experts[Eva], desk.Experts[rita])).EnsureSuccessStatusCode();
        (await desk.DeclareAsync(rita)).EnsureSuccessStatusCode();
        (await ObjectAsync(desk, rita)).EnsureSuccessStatusCode();
        (await desk.At.Head.Client.PostAsJsonAsync(
            $"{desk.Api}/objections/{desk.Experts[rita].Id}/decision", new { upholds = true, reason = "[why]" }, Cancel)).EnsureSuccessStatusCode();

        var open = await desk.AskedAsync("desk_review");
        Assert.Contains($"{desk.Experts[rita].Id} COORD Coordinator", open);
        Assert.Equal(HttpStatusCode.Forbidden, (await ReplaceAsync(desk, desk.Spokespersons["EST"], desk.Experts[rita], desk.Experts[robin])).StatusCode);
        (await ReplaceAsync(desk, desk.Coordinator, desk.Experts[rita], desk.Experts[robin])).EnsureSuccessStatusCode();
        Assert.Equal([$"{desk.Experts[robin].Id} REV_EXPERT Expert robin"], await desk.AskedAsync("declare"));
        (await desk.DeclareAsync(robin)).EnsureSuccessStatusCode();
        await desk.App.AdvanceAsync(TimeSpan.FromDays(9));
        Assert.Equal(HttpStatusCode.Conflict, (await ObjectAsync(desk, robin)).StatusCode);
        await desk.HandInAsync(robin);
        await desk.HandInAsync(Ama);
        Assert.Equal(["REV_LEAD Expert ama"], await desk.AskedAsync("consolidate"));
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task An_expert_who_never_hands_in_does_not_stop_the_review_for_ever()
    {
        await using var desk = await DeskReview.CommentingAsync();
        await desk.HandInAsync(Ama);
        await desk.App.AdvanceAsync(TimeSpan.FromDays(45 + 22));
        using var head = await Pages.OfAsync(desk.App, desk.At.Head);
        foreach (var (person, words) in new[] { (desk.Spokespersons["EST"], "An expert of your State is late"), (desk.Coordinator, "no reserve stands by") })
        {
            using var own = await Pages.OfAsync(desk.App, person);
            Assert.Contains(words, (await own.ReadAsync("/")).Html, StringComparison.Ordinal);
        }

        using (var ghana = await Pages.OfAsync(desk.App, desk.Spokespersons["GHA"]))
            Assert.DoesNotContain("An expert of your State is late", (await ghana.ReadAsync("/")).Html, StringComparison.Ordinal);
        Assert.Equal("team.not-late", await CodeAsync(await LeaveOutAsync(desk, desk.At.Head, desk.Experts[Eva])));
        await desk.App.AdvanceAsync(TimeSpan.FromDays(230));

        // Months after the last step of the ladder the head coordinator is still told, and nobody is offered what cannot be had.
        var letters = (await desk.App.LettersAsync()).Where(letter => letter.Recipient == desk.At.Head.Email && letter.Subject.Contains("very late", StringComparison.Ordinal)).ToList();
        Assert.True(letters.Count >= 4, $"{letters.Count} letters");
        Assert.DoesNotContain(await desk.App.LettersAsync(), letter => letter.Recipient == desk.At.Head.Email && letter.Body.Contains("a lighter review", StringComparison.Ordinal));
        Assert.Contains("you can let the review go on without this expert", (await head.ReadAsync("/")).Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await LeaveOutAsync(desk, desk.Coordinator, desk.Experts[Eva])).StatusCode);
        Assert.Equal("team.part-done", await CodeAsync(await LeaveOutAsync(desk, desk.At.Head, desk.Experts[Ama])));
        Assert.Contains("Go on without Expert eva", (await head.ReadAsync($"{desk.Page}/experts")).Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await head.SubmitAsync($"{desk.Page}/experts/leaving-out", ("person", desk.Experts[Eva].Id.ToString()))).Status);

        Assert.Equal(["REV_LEAD Expert ama"], await desk.AskedAsync("consolidate"));
        Assert.Equal(HttpStatusCode.NotFound, (await desk.Experts[Eva].Client.GetAsync($"{desk.Api}/comments", Cancel)).StatusCode);
        foreach (var person in new[] { desk.FocalPoint, desk.Spokespersons["EST"], desk.Experts[Ama], desk.Coordinator })
            Assert.Contains("expert_left_out", await desk.At.LettersAsync(person));
        using var lead = await Pages.OfAsync(desk.App, desk.Experts[Ama]);
        Assert.Contains("The review went on without an expert of this State.", (await lead.ReadAsync($"{desk.Page}/experts")).Html, StringComparison.Ordinal);
        await desk.App.Database.RequireSoundAsync();
    }

    private static Task<HttpResponseMessage> ObjectAsync(DeskReview desk, string email) =>
        desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/objections", new { person = desk.Experts[email].Id, reason = "[a reason]" }, Cancel);

    private static Task<HttpResponseMessage> LeaveOutAsync(DeskReview desk, TestPerson by, TestPerson expert) =>
        by.Client.PostAsJsonAsync($"{desk.Api}/experts/{expert.Id}/leaving-out", new { }, Cancel);

    private static Task<HttpResponseMessage> ReplaceAsync(DeskReview desk, TestPerson by, TestPerson from, TestPerson to) =>
        by.Client.PostAsJsonAsync($"{desk.Api}/experts/{from.Id}/replacement", new { by = to.Id }, Cancel);

    private static async Task<string> CodeAsync(HttpResponseMessage response)
    {
        using (response)
            return (await response.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString()!;
    }
}
