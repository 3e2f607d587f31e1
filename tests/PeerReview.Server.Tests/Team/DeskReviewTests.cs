using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Core.Access;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Team;

/// <summary>The desk review: who comments on what, and that nobody learns of the other's work before all have handed in.</summary>
public sealed class DeskReviewTests
{
    private const string Ama = DeskReview.Ama, Eva = DeskReview.Eva;

    [Fact]
    public async Task The_page_says_who_reads_later_and_after_handing_in_offers_nothing_to_write()
    {
        await using var desk = await DeskReview.CommentingAsync();
        using var pages = await Pages.OfAsync(desk.App, desk.Experts[Ama]);
        var (_, list) = await pages.ReadAsync($"{desk.Page}/desk");
        Assert.Contains("with the name and State of whoever wrote it", list, StringComparison.Ordinal);
        Assert.Contains("Before you write", (await pages.ReadAsync($"{desk.Page}/desk/N-a.a1")).Html, StringComparison.Ordinal);
        (await desk.CommentAsync(Ama, "N-a.a1", "[said early]")).EnsureSuccessStatusCode();
        Assert.Contains("written on ", (await pages.ReadAsync($"{desk.Page}/desk/N-a.a1")).Html, StringComparison.Ordinal);
        await desk.HandInAsync(Ama, "N-a.a1");

        var (_, done) = await pages.ReadAsync($"{desk.Page}/desk");
        Assert.Contains("You have handed in. What you handed in stands.", done, StringComparison.Ordinal);
        var (_, item) = await pages.ReadAsync($"{desk.Page}/desk/N-a.a1");
        Assert.Contains("handed in on ", item, StringComparison.Ordinal);
        Assert.DoesNotContain("Before you write", item, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_wrote_too_much_is_told_how_much_it_is_and_keeps_it()
    {
        await using var desk = await DeskReview.CommentingAsync();
        using var pages = await Pages.OfAsync(desk.App, desk.Experts[Ama]);
        var path = $"{desk.Page}/desk/N-a.a1";
        await pages.ReadAsync(path);

        var (status, html, _) = await pages.SubmitAsync(path, ("act", "comment"), ("kind", "observation"), ("text", new string('a', 4_123)), ("answer_version", "1"));
        var (_, empty, _) = await pages.SubmitAsync(path, ("act", "comment"), ("kind", "observation"), ("text", " "), ("answer_version", "1"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("The text has 4,123 characters.", html.Replace("&#x2068;", "", StringComparison.Ordinal).Replace("&#x2069;", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains(new string('a', 4_123), html, StringComparison.Ordinal);
        Assert.DoesNotContain("The text has", empty, StringComparison.Ordinal);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_one_expert_writes_changes_nothing_that_anybody_else_can_see()
    {
        await using var desk = await DeskReview.CommentingAsync();
        (await desk.CommentAsync(Eva, "N-a.a1", "Eva's own.")).EnsureSuccessStatusCode();
        var people = new[] { desk.Experts[Eva], desk.Spokespersons["GHA"], desk.Spokespersons["EST"], desk.FocalPoint, desk.Authority, desk.Coordinator, desk.At.Head, desk.At.Other };
        var before = await EverythingAsync(desk, people);

        (await desk.CommentAsync(Ama, "N-a.a1", "The secret of Ama.")).EnsureSuccessStatusCode();
        (await desk.CommentAsync(Ama, "N-b.b1", "", "no_comment")).EnsureSuccessStatusCode();
        (await desk.CommentAsync(Ama, "N-b.b1", "A private thought.", "note")).EnsureSuccessStatusCode();

        // Not a byte: no text, no count, no tag, no order, no time.
        Assert.Equal(before, await EverythingAsync(desk, people));
        var own = await desk.Experts[Ama].Client.GetStringAsync($"{desk.Api}/comments", Cancel);
        Assert.Contains("The secret of Ama.", own, StringComparison.Ordinal);

        // One has handed in, the other has not: still nobody reads, and one text stands however much it holds.
        var events = await desk.At.SequenceAsync();
        await desk.HandInAsync(Ama, "N-a.a1", "N-b.b1");
        Assert.Equal(
            ["part_completed", "text_written"],
            await desk.App.Database.AsOwnerAsync<string>("SELECT kind FROM event WHERE review_id = @Id AND sequence > @Events AND kind <> 'part_closed' ORDER BY 1", new { desk.At.Id, Events = events }));
        Assert.DoesNotContain("The secret of Ama.", await EverythingAsync(desk, people), StringComparison.Ordinal);

        await desk.HandInAsync(Eva, "N-a.a1");
        foreach (var person in new[] { desk.Experts[Eva], desk.Spokespersons["GHA"], desk.Spokespersons["EST"], desk.Coordinator, desk.At.Head })
            Assert.Contains("The secret of Ama.", await EverythingAsync(desk, [person]), StringComparison.Ordinal);
        // The State reads after the lead has merged; a note is nobody's, ever.
        foreach (var person in new[] { desk.FocalPoint, desk.Authority, desk.At.Other })
            Assert.DoesNotContain("The secret of Ama.", await EverythingAsync(desk, [person]), StringComparison.Ordinal);
        Assert.DoesNotContain("A private thought.", await EverythingAsync(desk, people), StringComparison.Ordinal);
        Assert.Equal(["REV_LEAD Expert ama"], await desk.AskedAsync("consolidate"));
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task An_expert_comments_on_what_was_given_to_them_and_hands_in_once()
    {
        await using var desk = await DeskReview.CommentingAsync();

        Assert.Equal("comment.kind", await CodeAsync(await desk.CommentAsync(Ama, "N-a.a1", "Text.", "praise")));
        Assert.Equal("comment.text-missing", await CodeAsync(await desk.CommentAsync(Ama, "N-a.a1", " ")));
        Assert.Equal("comment.text", await CodeAsync(await desk.CommentAsync(Ama, "N-a.a1", new string('x', 4001))));
        Assert.Equal("comment.not-assigned", await CodeAsync(await desk.CommentAsync(Ama, "N-z.z9", "Text.")));
        using var byState = await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/comments", new { item = "N-a.a1", kind = "question", text = "Why?" }, Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, byState.StatusCode);

        var first = await KeyAsync(await desk.CommentAsync(Ama, "N-a.a1", "First."));
        Assert.Equal("comment.has-comments", await CodeAsync(await desk.CommentAsync(Ama, "N-a.a1", "", "no_comment")));
        Assert.Equal("comment.words-typed", await CodeAsync(await desk.CommentAsync(Ama, "N-b.b1", "Words that stand in the form.", "no_comment")));
        Assert.Equal(HttpStatusCode.NotFound, (await ChangeAsync(desk, Eva, first, "Not mine.", 1)).StatusCode);
        (await ChangeAsync(desk, Ama, first, "Second.", 1)).EnsureSuccessStatusCode();
        Assert.Equal("writing.stale", await CodeAsync(await ChangeAsync(desk, Ama, first, "Third.", 1)));
        Assert.Equal("comment.items-missing", await CodeAsync(await HandInAsync(desk, Ama)));
        using var intoNote = await desk.Experts[Ama].Client.PutAsJsonAsync($"{desk.Api}/comments/{first}", new { kind = "note", text = "Mine.", version = 2 }, Cancel);
        Assert.Equal("comment.kind", await CodeAsync(intoNote));
        (await desk.Experts[Ama].Client.DeleteAsync($"{desk.Api}/comments/{first}", Cancel)).EnsureSuccessStatusCode();
        await desk.HandInAsync(Ama);

        Assert.Equal("comment.handed-in", await CodeAsync(await desk.CommentAsync(Ama, "N-a.a1", "Late.")));
        Assert.Equal("comment.handed-in", await CodeAsync(await HandInAsync(desk, Ama)));
        Assert.Equal([$"{desk.Experts[Eva].Id} REV_EXPERT Expert eva"], await desk.AskedAsync("desk_review"));
    }

    [Fact]
    public async Task A_comment_carries_the_label_of_its_answer_and_a_comment_after_all_takes_no_comment_back()
    {
        await using var desk = await DeskReview.CommentingAsync(item => item == "N-a.a1" ? SharingLabel.AmberStrict : SharingLabel.Amber);
        (await desk.CommentAsync(Ama, "N-b.b1", "", "no_comment")).EnsureSuccessStatusCode();
        (await desk.CommentAsync(Ama, "N-b.b1", "After all.")).EnsureSuccessStatusCode();
        (await desk.CommentAsync(Ama, "N-a.a1", "For the team only.")).EnsureSuccessStatusCode();
        await desk.HandInAsync(Ama, "N-a.a1", "N-b.b1");
        await desk.HandInAsync(Eva);

        Assert.Equal(
            ["AMBER+STRICT 1", "AMBER+STRICT 1"],
            await desk.App.Database.AsOwnerAsync<string>("SELECT label || ' ' || version FROM writing WHERE review_id = @Id AND kind = 'comments' ORDER BY 1", new { desk.At.Id }));
        var office = await desk.Coordinator.Client.GetStringAsync($"{desk.Api}/comments", Cancel);
        var team = await desk.Experts[Eva].Client.GetStringAsync($"{desk.Api}/comments", Cancel);
        Assert.Contains("After all.", office, StringComparison.Ordinal);
        Assert.DoesNotContain("For the team only.", office, StringComparison.Ordinal);
        Assert.Contains("For the team only.", team, StringComparison.Ordinal);
    }

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
        string[] told = [desk.FocalPoint.Email, desk.At.Alternate.Email, desk.Spokespersons["EST"].Email, Ama, desk.Coordinator.Email, desk.At.Deputy.Email];
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
        Assert.DoesNotContain("a reserve of the same State has accepted", (await office.ReadAsync("/")).Html, StringComparison.Ordinal);
        (await desk.DeclareAsync(rita, day: desk.At.Today.AddDays(45 + 22))).EnsureSuccessStatusCode();
        await desk.HandInAsync(rita);

        Assert.Equal(["REV_LEAD Expert ama"], await desk.AskedAsync("consolidate"));
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task The_pages_take_a_comment_a_note_and_the_handing_in()
    {
        await using var desk = await DeskReview.CommentingAsync();
        using var pages = await Pages.OfAsync(desk.App, desk.Experts[Ama]);
        var path = $"{desk.Page}/desk/N-a.a1";
        var (_, page) = await pages.ReadAsync(path);

        var saved = await pages.SubmitAsync(path, ("act", "comment"), ("kind", "question"), ("text", "How often?"), ("answer_version", "1"));
        var (_, shown) = await pages.ReadAsync(path);
        var noted = await pages.SubmitAsync(path, ("act", "note"), ("note", "Ask Eva."), ("answer_version", "1"));
        var (_, noting) = await pages.ReadAsync(path);
        var refused = await pages.SubmitAsync($"{desk.Page}/desk");
        foreach (var item in (await desk.ItemsAsync()).Where(item => item != "N-a.a1"))
        {
            await pages.ReadAsync($"{desk.Page}/desk/{item}");
            var done = await pages.SubmitAsync($"{desk.Page}/desk/{item}", ("act", "none"), ("answer_version", "1"), ("next", "N-a.a1"));
            Assert.EndsWith("/desk/N-a.a1", done.Next, StringComparison.Ordinal);
        }

        var (_, list) = await pages.ReadAsync($"{desk.Page}/desk");
        var handedIn = await pages.SubmitAsync($"{desk.Page}/desk");

        Assert.Contains(ReviewAt.MarkerOf("N-a.a1"), page, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther, HttpStatusCode.Conflict), (saved.Status, noted.Status, refused.Status));
        Assert.Contains("How often?", shown, StringComparison.Ordinal);
        Assert.Contains("Ask Eva.", noting, StringComparison.Ordinal);
        Assert.Contains("21 of 21 done", list, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, handedIn.Status);
        Assert.Contains("your comments are handed in", (await pages.ReadAsync($"{desk.Page}/desk")).Html, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Everything people can fetch of the review, byte for byte, with its tags.</summary>
    private static async Task<string> EverythingAsync(DeskReview desk, IEnumerable<TestPerson> people)
    {
        var seen = new List<string>();
        foreach (var person in people)
        {
            foreach (var path in new[] { "", "/comments", "/answers", "/ledger", "/documents", "/experts" })
            {
                using var answer = await person.Client.GetAsync(desk.Api + path, Cancel);
                seen.Add($"{person.Email} {path} {(int)answer.StatusCode} {answer.Headers.ETag} {await answer.Content.ReadAsStringAsync(Cancel)}");
            }

            seen.Add(await person.Client.GetStringAsync("/api/v1/tasks", Cancel));
            using var pages = await Pages.OfAsync(desk.App, person);
            foreach (var path in new[] { "", "/desk", "/desk/N-a.a1", "/desk/N-b.b1", "/ledger" })
                seen.Add(Still((await pages.ReadAsync(desk.Page + path)).Html));
        }

        return string.Join("\n", seen);
    }

    // The token of a form is another one each time.
    private static string Still(string html) => System.Text.RegularExpressions.Regex.Replace(
        html, "name=\"__RequestVerificationToken\" value=\"[^\"]*\"", "", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(5));

    private static Task<HttpResponseMessage> ReplaceAsync(DeskReview desk, TestPerson by, TestPerson from, TestPerson to) =>
        by.Client.PostAsJsonAsync($"{desk.Api}/experts/{from.Id}/replacement", new { by = to.Id }, Cancel);

    private static Task<HttpResponseMessage> ChangeAsync(DeskReview desk, string email, string comment, string text, int version) =>
        desk.Experts[email].Client.PutAsJsonAsync($"{desk.Api}/comments/{comment}", new { kind = "observation", text, answerVersion = 1, version }, Cancel);

    private static Task<HttpResponseMessage> HandInAsync(DeskReview desk, string email) =>
        desk.Experts[email].Client.PostAsJsonAsync($"{desk.Api}/stages/desk_review/complete", new { }, Cancel);

    private static async Task<string> KeyAsync(HttpResponseMessage response)
    {
        using (response)
            return (await response.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("key").GetString()!;
    }

    private static async Task<string> CodeAsync(HttpResponseMessage response)
    {
        using (response)
            return (await response.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString()!;
    }
}
