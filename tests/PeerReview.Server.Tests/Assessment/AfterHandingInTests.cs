using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Server.Tests.Web;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Assessment;

/// <summary>The completeness check and the one round of questions.</summary>
public sealed class AfterHandingInTests
{
    private static readonly object List = new { items = new[] { "N-c.c1" }, text = "The practice is missing." };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_coordinator_reads_by_label_and_nothing_earlier()
    {
        await using var review = await ReviewUnderWay.StartAsync();
        await SaveAsync(review, "N-c.c1", "leak-draft", "AMBER", 0);
        await SaveAsync(review, "N-c.c1", "leak-red", "RED", 1);
        await SaveAsync(review, "N-d.d1", "leak-strict", "AMBER+STRICT", 0);
        await SaveAsync(review, "N-e.e1", "read-amber", "AMBER", 0);
        await review.HandInAsync();
        using var browser = await review.App.BrowseAsync(review.Coordinator);

        var pages = new List<string> { (await review.Coordinator.Client.GetStringAsync($"{review.Api}/answers", Cancel)) };
        foreach (var path in new[] { "assessment", "completeness", "assessment/N-c.c1", "assessment/N-d.d1", "assessment/N-e.e1" })
            pages.Add((await browser.ReadAsync($"/reviews/{review.Id}/{path}")).Html);

        Assert.All(pages, page => Assert.DoesNotContain("leak-", page, StringComparison.Ordinal));
        Assert.Contains("read-amber", pages[0], StringComparison.Ordinal);
        Assert.Contains("read-amber", pages[^1], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.ReadAsync($"/reviews/{review.Id}/assessment/N-c.c1?version=1")).Status);
        Assert.Empty((await review.Coordinator.Client.GetFromJsonAsync<JsonElement>($"{review.Api}/answers/N-e.e1/history", Cancel)).GetProperty("items").EnumerateArray());
        Assert.Equal(HttpStatusCode.NotFound, (await review.Outsider.Client.GetAsync($"{review.Api}/answers", Cancel)).StatusCode);
    }

    [Fact]
    public async Task It_is_sent_back_twice_at_most_and_signed_anew_each_time()
    {
        await using var review = await ReviewUnderWay.StartAsync();
        await review.HandInAsync();

        foreach (var _ in new[] { 1, 2 })
        {
            Assert.True((await PostAsync(review, review.Coordinator, "stages/complete/return", List)).IsSuccessStatusCode);
            Assert.Equal(["self_assess"], await review.OpenStagesAsync());
            using (var pages = await Pages.OfAsync(review.App, review.FocalPoint))
                Assert.Contains("has sent the self-assessment back with a list", (await pages.ReadAsync("/")).Html, StringComparison.Ordinal);
            Assert.Equal("sign-off.focal-point-first", await CodeAsync(await review.SignAsync(review.Authority)));
            (await review.SignAsync(review.FocalPoint)).EnsureSuccessStatusCode();
            (await review.SignAsync(review.Authority)).EnsureSuccessStatusCode();
        }

        Assert.Equal("process.returns-used", await CodeAsync(await PostAsync(review, review.Coordinator, "stages/complete/return", List)));
        Assert.Equal(
            ["answers_returned to Alternate", "answers_returned to Alternate", "answers_returned to Focal", "answers_returned to Focal"],
            (await review.LettersAsync()).Where(l => l.StartsWith("answers_returned", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        // The signature that fell is the authority's, who is asked nothing yet.
        Assert.Equal(2, (await review.LettersAsync()).Count(letter => letter.StartsWith("signature_fell to ", StringComparison.Ordinal)));
        Assert.Equal(["1", "2"], await review.App.Database.AsOwnerAsync<string>("SELECT key FROM writing WHERE kind = 'return_list' ORDER BY key"));
    }

    [Fact]
    public async Task What_came_back_is_not_said_to_be_ready_before_the_items_of_the_list_are_looked_at()
    {
        await using var review = await ReviewUnderWay.StartAsync();
        await review.HandInAsync();
        Assert.True((await PostAsync(review, review.Coordinator, "stages/complete/return", List)).IsSuccessStatusCode);
        using var pages = await Pages.OfAsync(review.App, review.FocalPoint);

        var page = (await pages.ReadAsync($"/reviews/{review.Id}/assessment")).Html;
        Assert.DoesNotContain("The signatures come next.", page, StringComparison.Ordinal);
        var look = page.IndexOf("not every item the coordinator sent back has been changed yet", StringComparison.Ordinal);
        Assert.InRange(page.IndexOf("The practice is missing.", StringComparison.Ordinal), 0, look);

        var version = (await review.FocalPoint.Client.GetFromJsonAsync<JsonElement>($"{review.Api}/answers/N-c.c1", Cancel)).GetProperty("version").GetInt32();
        await review.App.AdvanceAsync(TimeSpan.FromMinutes(1));
        await SaveAsync(review, "N-c.c1", "[the practice]", "AMBER", version);
        Assert.Contains("The signatures come next.", (await pages.ReadAsync($"/reviews/{review.Id}/assessment")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_coordinator_checks_and_a_list_must_say_what_is_missing()
    {
        await using var review = await ReviewUnderWay.StartAsync();
        Assert.Equal("process.too-early", await CodeAsync(await PostAsync(review, review.Coordinator, "stages/complete/return", List)));
        await review.HandInAsync();
        var before = await review.SequenceAsync();

        foreach (var person in new[] { review.FocalPoint, review.Contributor, review.Authority, review.Outsider })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(review, person, "stages/complete/return", List)).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(review, person, "stages/complete/complete", new { })).StatusCode);
        }

        Assert.Equal("return.no-items", await CodeAsync(await PostAsync(review, review.Coordinator, "stages/complete/return", new { items = Array.Empty<string>(), text = "x" })));
        Assert.Equal("return.unknown-item", await CodeAsync(await PostAsync(review, review.Coordinator, "stages/complete/return", new { items = new[] { "N-z.z1" }, text = "x" })));
        Assert.Equal("return.note-empty", await CodeAsync(await PostAsync(review, review.Coordinator, "stages/complete/return", new { items = new[] { "N-c.c1" }, text = " " })));
        Assert.Equal(before, await review.SequenceAsync());
    }

    [Fact]
    public async Task One_round_of_questions_is_asked_replied_or_declined_and_closed()
    {
        await using var review = await ReviewUnderWay.StartAsync();
        Assert.Equal("process.too-early", await CodeAsync(await PostAsync(review, review.Coordinator, "questions", new { text = "Why?" })));
        await ToClarifyAsync(review);
        Assert.Equal("clarify.not-asked", await CodeAsync(await PostAsync(review, review.FocalPoint, "stages/clarify/complete", new { })));

        var first = await AskAsync(review, new { text = "Who leads?", item = "N-a.a1" });
        var second = await AskAsync(review, new { text = "What changed?" });
        Assert.Equal("process.guard-not-held", await CodeAsync(await PostAsync(review, review.Coordinator, "stages/clarify/complete", new { })));
        Assert.Equal("access.not-your-item", await CodeAsync(await ReplyAsync(review, review.Contributor, second, new { text = "Not mine." })));
        Assert.True((await ReplyAsync(review, review.Contributor, first, new { text = "The agency.", version = 0 })).IsSuccessStatusCode);
        Assert.Equal("clarify.round-over", await CodeAsync(await PostAsync(review, review.Coordinator, "questions", new { text = "And?" })));
        Assert.Equal("writing.stale", await CodeAsync(await ReplyAsync(review, review.FocalPoint, first, new { text = "Late.", version = 0 })));
        Assert.Equal("writing.stale", await CodeAsync(await ReplyAsync(review, review.FocalPoint, first, new { text = "Late." })));
        Assert.True((await ReplyAsync(review, review.FocalPoint, second, new { declines = true })).IsSuccessStatusCode);

        var letters = await review.LettersAsync();
        Assert.Equal(1, letters.Count(l => l == "question_asked to Focal"));
        Assert.Equal(["question_replied to Coordinator", "question_replied to Deputy"], letters.Where(l => l.StartsWith("question_replied", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(2, letters.Count(l => l.StartsWith("your_turn_clarify", StringComparison.Ordinal)));
        foreach (var (person, closes) in new[] { (review.Coordinator, true), (review.FocalPoint, true), (review.Authority, false) })
        {
            using var browser = await review.App.BrowseAsync(person);
            var (_, page) = await browser.ReadAsync($"/reviews/{review.Id}/questions");
            Assert.Contains("the focal point or an alternate may close it", page, StringComparison.Ordinal);
            Assert.Equal(closes, page.Contains("Close the round of questions", StringComparison.Ordinal));
        }

        Assert.True((await PostAsync(review, review.Coordinator, "stages/clarify/complete", new { })).IsSuccessStatusCode);
        Assert.DoesNotContain("clarify", await review.OpenStagesAsync());
        Assert.Equal("process.already-done", await CodeAsync(await ReplyAsync(review, review.FocalPoint, first, new { text = "More." })));
    }

    [Fact]
    public async Task A_reply_over_one_that_was_saved_meanwhile_is_refused_with_all_three()
    {
        await using var review = await ReviewUnderWay.StartAsync();
        await ToClarifyAsync(review);
        var key = await AskAsync(review, new { text = "Who leads?" });
        using var first = await ReplyAsync(review, review.FocalPoint, key, new { text = "The agency." });
        Assert.Equal("\"1\"", first.Headers.ETag?.Tag);
        Assert.True((await ReplyAsync(review, review.FocalPoint, key, new { text = "The agency." })).IsSuccessStatusCode);

        using var changed = new HttpRequestMessage(HttpMethod.Put, $"{review.Api}/replies/{key}")
        {
            Headers = { { "If-Match", "\"1\"" } },
            Content = JsonContent.Create(new { text = "The ministry." }),
        };
        Assert.Equal("\"2\"", (await review.FocalPoint.Client.SendAsync(changed, Cancel)).Headers.ETag?.Tag);
        using var late = await ReplyAsync(review, review.FocalPoint, key, new { text = "The council.", version = 1 });
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        var problem = await late.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal(
            ["The agency.", "The ministry.", "The council."],
            new[] { "base", "theirs", "mine" }.Select(which => problem.GetProperty(which).Text("text")));
        Assert.Equal(
            ["The agency.", "The ministry."],
            await review.App.Database.AsOwnerAsync<string>(
                "SELECT content::jsonb ->> 'text' FROM writing WHERE kind = 'reply' ORDER BY version"));
    }

    [Fact]
    public async Task An_act_that_no_button_sends_does_nothing()
    {
        await using var review = await ReviewUnderWay.StartAsync();
        await ToClarifyAsync(review);
        using var coordinator = await review.App.BrowseAsync(review.Coordinator);
        var before = await review.SequenceAsync();

        foreach (var (page, act) in new[] { ("questions", "finish"), ("publication", "decided"), ("publication", "") })
        {
            await coordinator.ReadAsync($"/reviews/{review.Id}/questions");
            using var answer = await coordinator.SubmitAsync($"/reviews/{review.Id}/{page}", ("act", act));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        }

        Assert.Equal(before, await review.SequenceAsync());
    }

    [Fact]
    public async Task Questions_and_replies_that_say_nothing_or_come_from_others_are_refused()
    {
        await using var review = await ReviewUnderWay.StartAsync();
        await ToClarifyAsync(review);
        var key = await AskAsync(review, new { text = "Who leads?" });
        var before = await review.SequenceAsync();

        Assert.Equal("clarify.question-empty", await CodeAsync(await PostAsync(review, review.Coordinator, "questions", new { text = " " })));
        Assert.Equal("clarify.unknown-item", await CodeAsync(await PostAsync(review, review.Coordinator, "questions", new { text = "x", item = "N-z.z1" })));
        Assert.Equal("clarify.too-long", await CodeAsync(await PostAsync(review, review.Coordinator, "questions", new { text = new string('x', 2_001) })));
        Assert.Equal("access.not-allowed", await CodeAsync(await PostAsync(review, review.FocalPoint, "questions", new { text = "x" })));
        Assert.Equal("clarify.reply-empty", await CodeAsync(await ReplyAsync(review, review.FocalPoint, key, new { text = "" })));
        Assert.Equal(HttpStatusCode.NotFound, (await ReplyAsync(review, review.FocalPoint, "nothing", new { text = "x" })).StatusCode);
        Assert.Equal("access.not-allowed", await CodeAsync(await ReplyAsync(review, review.Coordinator, key, new { text = "x" })));
        Assert.Equal(HttpStatusCode.NotFound, (await review.Outsider.Client.GetAsync($"{review.Api}/questions", Cancel)).StatusCode);
        Assert.Equal(before, await review.SequenceAsync());
    }

    [Fact]
    public async Task Check_and_questions_are_done_on_their_pages()
    {
        await using var review = await ReviewUnderWay.StartAsync(withContributor: false);
        await review.HandInAsync();
        using var coordinator = await review.App.BrowseAsync(review.Coordinator);
        using var focalPoint = await review.App.BrowseAsync(review.FocalPoint);
        var home = $"/reviews/{review.Id}";

        await coordinator.ReadAsync($"{home}/completeness");
        using var empty = await coordinator.SubmitAsync($"{home}/completeness", ("decision", "return"));
        using var complete = await coordinator.SubmitAsync($"{home}/completeness", ("decision", "complete"));
        using var half = await coordinator.SubmitAsync($"{home}/questions", ("act", "ask"), ("text", "Who leads & why?"), ("item-2", "N-a.a1"));
        Assert.Contains("#f-text-2", await Browser.BodyAsync(half), StringComparison.Ordinal);
        Assert.Empty(await review.App.Database.AsOwnerAsync<string>("SELECT key FROM writing WHERE kind = 'question'"));
        using var asked = await coordinator.SubmitAsync(
            $"{home}/questions", ("act", "ask"), ("text", "Who leads & why?"), ("text-3", "Since when?"), ("item-3", "N-a.a1"));
        var (_, page) = await focalPoint.ReadAsync($"{home}/questions");
        var keys = await review.App.Database.AsOwnerAsync<string>("SELECT key FROM writing WHERE kind = 'question' ORDER BY key");
        var (key, second) = (keys[0], keys[1]);
        using var silent = await focalPoint.SubmitAsync($"{home}/questions", ("act", "reply"), ("question", key), ("version", "0"));
        using var replied = await focalPoint.SubmitAsync($"{home}/questions", ("act", "reply"), ("question", key), ("version", "0"), ($"reply-{key}", "The agency."));
        using var both = await focalPoint.SubmitAsync($"{home}/questions", ("act", "reply"), ("question", second), ("version", "0"), ("declines", "on"), ($"reply-{second}", "It is being decided."));
        var kept = await Browser.BodyAsync(both);
        using var declined = await focalPoint.SubmitAsync($"{home}/questions", ("act", "reply"), ("question", second), ("version", "0"), ("declines", "on"));
        Assert.Contains("prefers not to answer", (await coordinator.ReadAsync($"{home}/questions")).Html, StringComparison.Ordinal);
        using var closed = await coordinator.SubmitAsync($"{home}/questions", ("act", "close"));

        Assert.Contains("#f-items", await Browser.BodyAsync(empty), StringComparison.Ordinal);
        Assert.Contains("Who leads &amp; why?", page, StringComparison.Ordinal);
        Assert.Matches("who-sees.*?Who can see this.*?<li>Focal point of the State</li>\\s*<li>Coordinator</li>", page.ReplaceLineEndings(" "));
        Assert.Contains($"#f-reply-{key}", await Browser.BodyAsync(silent), StringComparison.Ordinal);
        Assert.Contains($"#f-reply-{second}", kept, StringComparison.Ordinal);
        Assert.Contains("It is being decided.", kept, StringComparison.Ordinal);
        Assert.All([complete, asked, replied, closed], answer => Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode));
        Assert.DoesNotContain("clarify", await review.OpenStagesAsync());
    }

    private static async Task ToClarifyAsync(ReviewUnderWay review)
    {
        await review.HandInAsync();
        (await PostAsync(review, review.Coordinator, "stages/complete/complete", new { })).EnsureSuccessStatusCode();
    }

    private static async Task<string> AskAsync(ReviewUnderWay review, object question)
    {
        using var response = await PostAsync(review, review.Coordinator, "questions", question);
        return (await response.Content.ReadFromJsonAsync<JsonElement>(Cancel)).Text("key")!;
    }

    private static Task<HttpResponseMessage> PostAsync(ReviewUnderWay review, TestPerson person, string path, object body) =>
        person.Client.PostAsJsonAsync($"{review.Api}/{path}", body, Cancel);

    private static Task<HttpResponseMessage> ReplyAsync(ReviewUnderWay review, TestPerson person, string question, object body) =>
        person.Client.PutAsJsonAsync($"{review.Api}/replies/{question}", body, Cancel);

    private static async Task SaveAsync(ReviewUnderWay review, string item, string practice, string label, int version)
    {
        using var response = await review.FocalPoint.Client.PutAsJsonAsync(
            $"{review.Api}/answers/{item}", new { value = "planned", practice, label, version }, Cancel);
        response.EnsureSuccessStatusCode();
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage response)
    {
        using (response)
        {
            Assert.False(response.IsSuccessStatusCode, "It was accepted.");
            return (await response.Content.ReadFromJsonAsync<JsonElement>(Cancel)).Text("code");
        }
    }
}
