using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Team;

/// <summary>A reserve takes the place of an expert during the desk review: declares first, and goes on from nothing.</summary>
public sealed class ReserveExpertTests
{
    private const string Ama = DeskReview.Ama, Eva = DeskReview.Eva;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reserve_takes_the_place_of_an_expert_who_has_not_handed_in_and_declares_first()
    {
        const string rita = "rita@example.org";
        await using var desk = await DeskReview.NominatingAsync();
        using (var invited = await desk.InviteAsync("EST", rita, reserve: true))
            invited.EnsureSuccessStatusCode();
        await desk.AcceptAsync(rita);
        await desk.CommentingFromHereAsync();
        var eva = desk.Experts[Eva];
        (await desk.CommentAsync(Eva, "N-a.a1", "What Eva began.")).EnsureSuccessStatusCode();

        Assert.Equal("team.no-reserve", await CodeAsync(await ReplaceAsync(desk, desk.Coordinator, eva, desk.Experts[Ama])));
        Assert.Equal(HttpStatusCode.Forbidden, (await ReplaceAsync(desk, desk.Spokespersons["EST"], eva, desk.Experts[rita])).StatusCode);
        (await ReplaceAsync(desk, desk.Coordinator, eva, desk.Experts[rita])).EnsureSuccessStatusCode();

        // Whoever steps in is asked to declare, and reads nothing the State wrote before that.
        Assert.Equal([$"{desk.Experts[Ama].Id} REV_EXPERT Expert ama"], await desk.AskedAsync("desk_review"));
        Assert.Equal([$"{desk.Experts[rita].Id} REV_EXPERT Expert rita"], await desk.AskedAsync("declare"));
        using var pages = await Pages.OfAsync(desk.App, desk.Experts[rita]);
        Assert.Contains($"{desk.Page}/declarations", (await pages.ReadAsync("/")).Html, StringComparison.Ordinal);
        foreach (var path in new[] { "/desk", "/desk/N-a.a1" })
            Assert.Contains("Declare your ties first", (await pages.ReadAsync(desk.Page + path)).Html, StringComparison.Ordinal);
        foreach (var path in new[] { "/desk", "/desk/N-a.a1", "/assessment", "/assessment/N-a.a1", "/contributions", "" })
            Assert.DoesNotContain(ReviewAt.MarkerOf("N-a.a1"), (await pages.ReadAsync(desk.Page + path)).Html, StringComparison.Ordinal);
        Assert.DoesNotContain(ReviewAt.MarkerOf("N-a.a1"), await desk.Experts[rita].Client.GetStringAsync($"{desk.Api}/answers", Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await eva.Client.GetAsync($"{desk.Api}/comments", Cancel)).StatusCode);
        Assert.Equal("comment.declare-first", await CodeAsync(await desk.CommentAsync(rita, "N-a.a1", "Mine.")));
        (await desk.DeclareAsync(rita)).EnsureSuccessStatusCode();
        Assert.Contains(ReviewAt.MarkerOf("N-a.a1"), (await pages.ReadAsync($"{desk.Page}/desk/N-a.a1")).Html, StringComparison.Ordinal);
        Assert.Contains($"{desk.Experts[rita].Id} REV_EXPERT Expert rita", await desk.AskedAsync("desk_review"));
        // Everybody hears of it; the State may object to this person for a week, though its time for objections is over.
        var news = (await desk.App.LettersAsync()).Where(letter => letter.Subject.Contains("takes an expert's place", StringComparison.Ordinal)).Select(letter => letter.Recipient).ToList();
        string[] told = [desk.FocalPoint.Email, desk.At.Alternate.Email, desk.Spokespersons["EST"].Email, Ama, desk.Coordinator.Email, desk.At.Deputy.Email, desk.Authority.Email];
        Assert.Equal(told.Order(StringComparer.Ordinal), news.Order(StringComparer.Ordinal));
        Assert.Contains(await desk.App.LettersAsync(), letter => letter.Recipient == desk.FocalPoint.Email && letter.Body.ReplaceLineEndings(" ").Contains("You may object to this person with a reason until the end of", StringComparison.Ordinal));
        using var state = await Pages.OfAsync(desk.App, desk.FocalPoint);
        var (_, declared) = await state.ReadAsync($"{desk.Page}/declarations");
        Assert.Contains("Object to Expert rita", declared, StringComparison.Ordinal);
        Assert.DoesNotContain("Object to Expert ama", declared, StringComparison.Ordinal);
        await desk.HandInAsync(rita);
        await desk.HandInAsync(Ama);
        Assert.Equal(["REV_LEAD Expert ama"], await desk.AskedAsync("consolidate"));
        // What was not handed in is not passed on.
        Assert.DoesNotContain("What Eva began.", await desk.Coordinator.Client.GetStringAsync($"{desk.Api}/comments", Cancel), StringComparison.Ordinal);
        Assert.Contains(await desk.App.LettersAsync(), letter => letter.Recipient == rita && letter.Subject.Contains("you are needed", StringComparison.Ordinal));
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task Nobody_is_offered_to_replace_an_expert_who_has_handed_in()
    {
        const string rita = "rita@example.org", offer = "Put a reserve in the place of Expert ama";
        await using var desk = await DeskReview.NominatingAsync();
        using (var invited = await desk.InviteAsync("GHA", rita, reserve: true))
            invited.EnsureSuccessStatusCode();
        await desk.AcceptAsync(rita);
        await desk.CommentingFromHereAsync();
        using var office = await Pages.OfAsync(desk.App, desk.Coordinator);
        Assert.Contains(offer, (await office.ReadAsync($"{desk.Page}/experts")).Html, StringComparison.Ordinal);

        await desk.HandInAsync(Ama);
        Assert.DoesNotContain(offer, (await office.ReadAsync($"{desk.Page}/experts")).Html, StringComparison.Ordinal);
        Assert.Equal("team.part-done", await CodeAsync(await ReplaceAsync(desk, desk.Coordinator, desk.Experts[Ama], desk.Experts[rita])));
    }

    [Fact]
    public async Task For_an_expert_who_is_late_a_reserve_is_still_found_when_the_nomination_is_over()
    {
        const string rita = "rita@example.org";
        await using var desk = await DeskReview.CommentingAsync();
        await desk.HandInAsync(Ama);
        await desk.App.AdvanceAsync(TimeSpan.FromDays(45 + 22));
        var told = (await desk.App.LettersAsync()).Where(letter => letter.Subject.Contains("an expert is late", StringComparison.Ordinal)).ToList();
        string[] concerned = [desk.Coordinator.Email, desk.At.Deputy.Email, "focal.point.est@example.org"];
        Assert.Equal(concerned.Order(StringComparer.Ordinal), told.Select(letter => letter.Recipient).Order(StringComparer.Ordinal));
        Assert.All(told, letter => Assert.Contains($"{desk.Page}/experts", letter.Body, StringComparison.Ordinal));

        using (var expert = await desk.InviteAsync("EST", rita))
            Assert.Equal(HttpStatusCode.Conflict, expert.StatusCode);
        using var pages = await Pages.OfAsync(desk.App, desk.Spokespersons["EST"]);
        Assert.Contains("Invite a reserve", (await pages.ReadAsync($"{desk.Page}/experts")).Html, StringComparison.Ordinal);
        Assert.Equal(
            HttpStatusCode.SeeOther,
            (await pages.SubmitAsync($"{desk.Page}/experts/invitations", ("name", "Rita"), ("email", rita), ("office", "Agency"), ("reserve", "on"))).Status);
        var asked = (await desk.App.LettersAsync()).Last(letter => letter.Recipient == rita).Body.ReplaceLineEndings(" ");
        Assert.Contains("to be a reserve expert", asked, StringComparison.Ordinal);
        Assert.Contains("From then on you have 45 days.", asked, StringComparison.Ordinal);
        using (var visitor = await Pages.OfAsync(desk.App, person: null))
        {
            var invitation = (await visitor.ReadAsync(await desk.InvitationOfAsync(rita))).Html;
            Assert.Contains("From then on you have 45 days.", invitation, StringComparison.Ordinal);
            Assert.DoesNotContain("You comment between", invitation, StringComparison.Ordinal);
        }

        // Only the coordinator can put the reserve in place, and hears that there is one.
        using var office = await Pages.OfAsync(desk.App, desk.Coordinator);
        Assert.DoesNotContain("a reserve of the same State has accepted", (await office.ReadAsync("/")).Html, StringComparison.Ordinal);
        await desk.AcceptAsync(rita);
        foreach (var person in new[] { desk.Coordinator, desk.Spokespersons["EST"] })
            Assert.Contains("reserve_accepted", await desk.At.LettersAsync(person));
        var (_, home) = await office.ReadAsync("/");
        Assert.Contains("a reserve of the same State has accepted", home, StringComparison.Ordinal);
        Assert.Contains($"{desk.Page}/experts", home, StringComparison.Ordinal);
        (await ReplaceAsync(desk, desk.Coordinator, desk.Experts[Eva], desk.Experts[rita])).EnsureSuccessStatusCode();
        // The reserve has days of her own: the State, its authority among them, hears that it all comes later, and where it says when.
        foreach (var person in new[] { desk.Authority, desk.FocalPoint, desk.At.Alternate })
        {
            Assert.Contains("expert_replaced_later", await desk.At.LettersAsync(person));
            var letter = (await desk.App.LettersAsync()).Last(one => one.Recipient == person.Email).Body.ReplaceLineEndings("\n");
            Assert.Contains("the days expected until now have\nchanged", letter, StringComparison.Ordinal);
            Assert.Contains($"{desk.Page}\n", letter, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("a reserve of the same State has accepted", (await office.ReadAsync("/")).Html, StringComparison.Ordinal);
        (await desk.DeclareAsync(rita, day: desk.At.Today.AddDays(45 + 22))).EnsureSuccessStatusCode();
        await desk.HandInAsync(rita);

        Assert.Equal(["REV_LEAD Expert ama"], await desk.AskedAsync("consolidate"));
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task Of_a_late_expert_the_letter_says_that_a_reserve_is_ready()
    {
        const string rita = "rita@example.org";
        await using var desk = await CommentingWithAsync(rita);
        await desk.HandInAsync(Ama);

        await desk.App.AdvanceAsync(TimeSpan.FromDays(45 + 22));

        var letters = (await desk.App.LettersAsync()).Where(letter => letter.Subject.Contains("an expert is late", StringComparison.Ordinal)).ToList();
        foreach (var person in new[] { desk.Coordinator, desk.At.Deputy, desk.Spokespersons["EST"] })
            Assert.Contains("and a reserve is ready", Assert.Single(letters, letter => letter.Recipient == person.Email).Subject, StringComparison.Ordinal);
        var told = letters[0];
        Assert.Contains("puts the reserve in the place of the expert", told.Body.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains($"{desk.Page}/experts", told.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_has_to_declare_first_reads_the_own_day_and_is_offered_no_time_for_what_others_are_late_with()
    {
        const string rita = "rita@example.org";
        await using var desk = await CommentingWithAsync(rita);
        await desk.App.AdvanceAsync(TimeSpan.FromDays(45 + 5));
        (await ReplaceAsync(desk, desk.Coordinator, desk.Experts[Eva], desk.Experts[rita])).EnsureSuccessStatusCode();
        using var own = await Pages.OfAsync(desk.App, desk.Experts[rita]);

        var page = (await own.ReadAsync($"{desk.Page}/desk")).Html;
        Assert.DoesNotContain("/moves#Extend", page, StringComparison.Ordinal);
        Assert.DoesNotContain("days late", page, StringComparison.Ordinal);
        Assert.Contains("It is your turn", page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"days\"", (await own.ReadAsync($"{desk.Page}/moves")).Html, StringComparison.Ordinal);

        (await desk.DeclareAsync(rita, day: desk.At.Today.AddDays(45 + 5))).EnsureSuccessStatusCode();
        Assert.Contains("/moves#Extend", (await own.ReadAsync($"{desk.Page}/desk")).Html, StringComparison.Ordinal);
        Assert.Contains("name=\"days\"", (await own.ReadAsync($"{desk.Page}/moves")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_stands_by_hears_that_the_review_is_withdrawn()
    {
        const string rita = "rita@example.org", robin = "robin@example.org";
        await using var desk = await CommentingWithAsync(rita, robin);
        (await ReplaceAsync(desk, desk.Coordinator, desk.Experts[Eva], desk.Experts[rita])).EnsureSuccessStatusCode();

        Assert.Equal("ok", await desk.At.CodeAsync(desk.Authority, "withdraw", new { signature = LightReview.Signature(desk.App) }));

        Assert.Single(await desk.At.LettersAsync(desk.Experts[robin]), "reserve_withdrawn");
        foreach (var inPlace in new[] { desk.Experts[rita], desk.Experts[Ama] })
        {
            var letters = await desk.At.LettersAsync(inPlace);
            Assert.Single(letters, "review_withdrawn");
            Assert.DoesNotContain("reserve_withdrawn", letters);
        }

        Assert.DoesNotContain(desk.Page, (await desk.App.LettersAsync()).Last(letter => letter.Recipient == robin).Body, StringComparison.Ordinal);
    }

    /// <summary>A review whose experts comment, with reserves of Estonia who accepted.</summary>
    private static async Task<DeskReview> CommentingWithAsync(params string[] reserves)
    {
        var desk = await DeskReview.NominatingAsync();
        foreach (var email in reserves)
        {
            using (var invited = await desk.InviteAsync("EST", email, reserve: true))
                invited.EnsureSuccessStatusCode();
            await desk.AcceptAsync(email);
        }

        await desk.CommentingFromHereAsync();
        return desk;
    }

    private static Task<HttpResponseMessage> ReplaceAsync(DeskReview desk, TestPerson by, TestPerson from, TestPerson to) =>
        by.Client.PostAsJsonAsync($"{desk.Api}/experts/{from.Id}/replacement", new { by = to.Id }, Cancel);

    private static async Task<string> CodeAsync(HttpResponseMessage response)
    {
        using (response)
            return (await response.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString()!;
    }
}
