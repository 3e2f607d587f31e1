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

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_an_answer_that_is_kept_from_the_expert_there_is_only_a_question_to_ask()
    {
        await using var desk = await DeskReview.CommentingAsync(item => item == "N-a.a1" ? SharingLabel.Red : SharingLabel.Amber);
        using var pages = await Pages.OfAsync(desk.App, desk.Experts[Ama]);

        var page = (await pages.ReadAsync($"{desk.Page}/desk/N-a.a1")).Html;
        Assert.Contains("value=\"question\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"observation\"", page, StringComparison.Ordinal);
        Assert.Equal("comment.kept", await CodeAsync(await desk.CommentAsync(Ama, "N-a.a1", "[a guess]")));
        (await desk.CommentAsync(Ama, "N-a.a1", "[asked]", "question")).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task A_comment_that_could_blame_a_State_is_asked_about_before_it_is_saved_and_a_note_is_not()
    {
        const string Blames = "Iran attacked the ministry.";
        await using var desk = await DeskReview.CommentingAsync();
        Assert.Equal("wording.flagged", await CodeAsync(await desk.CommentAsync(Ama, "N-a.a1", Blames)));
        (await desk.CommentAsync(Ama, "N-a.a1", Blames, "note")).EnsureSuccessStatusCode();
        using var pages = await Pages.OfAsync(desk.App, desk.Experts[Ama]);
        var path = $"{desk.Page}/desk/N-a.a1";
        Assert.DoesNotContain("name=\"names_nobody\"", (await pages.ReadAsync(path)).Html, StringComparison.Ordinal);
        (string, string)[] comment = [("act", "comment"), ("kind", "observation"), ("text", Blames), ("answer_version", "1")];

        var (status, html, _) = await pages.SubmitAsync(path, comment);

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains($">\n{Blames}</textarea>", html, StringComparison.Ordinal);
        Assert.Contains("name=\"names_nobody\"", html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await pages.SubmitAsync(path, [.. comment, ("names_nobody", "on")])).Status);
    }

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
