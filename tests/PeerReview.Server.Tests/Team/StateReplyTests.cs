using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Core.Access;
using PeerReview.Testing;
using Xunit;
using static PeerReview.Server.Tests.Team.Replying;

namespace PeerReview.Server.Tests.Team;

/// <summary>The State replies to the reviewing States, and takes a question up in a later version of the answer itself.</summary>
public sealed class StateReplyTests
{
    private const string Ama = DeskReview.Ama;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_reads_in_another_language_is_told_in_which_one_the_readers_work()
    {
        await using var desk = await DeskReview.ConsolidatingAsync();
        var items = await desk.ItemsAsync();
        await ConsolidateAsync(desk, items[0], items[1]);
        using var pages = await Pages.OfAsync(desk.App, desk.FocalPoint);

        var (_, french) = await pages.ReadAsync($"{desk.Page}/questions?lang=fr");
        Assert.Contains("travaillent dans la langue suivante", french, StringComparison.Ordinal);
        var (_, english) = await pages.ReadAsync($"{desk.Page}/questions?lang=en");
        Assert.DoesNotContain("Those who read this work in", english, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_contributor_who_is_given_one_more_item_with_a_question_hears_of_it_once()
    {
        await using var desk = await DeskReview.ConsolidatingAsync();
        var items = await desk.ItemsAsync();
        var contributor = await desk.ContributorAsync(items[2]);
        await ConsolidateAsync(desk, items[0], items[1]);
        Assert.DoesNotContain("STATE_CONTRIB Of a ministry", await desk.AskedAsync("state_reply"));
        var before = (await desk.App.LettersAsync()).Count(letter => letter.Recipient == contributor.Email);

        await desk.ContributorAsync(items[0]);

        var told = (await desk.App.LettersAsync()).Where(letter => letter.Recipient == contributor.Email).Skip(before);
        Assert.Contains("questions about your items", Assert.Single(told).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_contributor_is_asked_what_is_about_their_items_and_nothing_else()
    {
        await using var desk = await DeskReview.ConsolidatingAsync();
        var items = await desk.ItemsAsync();
        var contributor = await desk.ContributorAsync(items[0]);
        await ConsolidateAsync(desk, items[0], items[1]);

        Assert.Equal(["STATE_CONTRIB Of a ministry", "STATE_FP"], (await desk.AskedAsync("state_reply")).Select(who => who.StartsWith("STATE_FP", StringComparison.Ordinal) ? "STATE_FP" : who).Distinct());
        Assert.Contains(await desk.App.LettersAsync(), letter => letter.Recipient == contributor.Email && letter.Subject.Contains("questions about your items", StringComparison.Ordinal));
        using var pages = await Pages.OfAsync(desk.App, contributor);
        var (_, page) = await pages.ReadAsync($"{desk.Page}/questions");
        Assert.Contains("First question?", page, StringComparison.Ordinal);
        Assert.Contains("The reviewing States", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Second question?", page, StringComparison.Ordinal);
        Assert.DoesNotContain("General question?", page, StringComparison.Ordinal);
        Assert.Equal("access.not-your-item", await ReplyAsync(desk, contributor, "Q-02"));
        Assert.Equal("access.not-your-item", await ReplyAsync(desk, contributor, "Q-09"));
        Assert.Equal("clarify.unknown-question", await ReplyAsync(desk, desk.FocalPoint, "Q-09"));
        Assert.Equal("access.not-allowed", await ReplyAsync(desk, desk.Experts[Ama], "Q-01"));
        Assert.Equal("access.not-allowed", await ReplyAsync(desk, desk.Coordinator, "Q-01"));
        Assert.Equal("access.not-allowed", await ReplyAsync(desk, desk.At.Other, "Q-01"));

        await pages.SubmitAsync($"{desk.Page}/questions", ("act", "reply"), ("question", "Q-01"), ("reply-Q-01", "Of the ministry."), ("version", "0"));
        Assert.DoesNotContain("STATE_CONTRIB Of a ministry", await desk.AskedAsync("state_reply"));
        Assert.Contains("once all replies are handed in", (await pages.ReadAsync($"{desk.Page}/questions")).Html, StringComparison.Ordinal);
        Assert.False(await AnybodyReadsAsync("Of the ministry."));
        Assert.Equal("access.not-your-item", await CodeAsync(await contributor.Client.PostAsJsonAsync($"{desk.Api}/stages/state_reply/complete", new { }, Cancel)));
        Assert.NotEqual("", await CodeAsync(await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/stages/state_reply/complete", new { }, Cancel)));
        foreach (var question in new[] { "Q-02", "Q-03" })
            Assert.Equal("", await ReplyAsync(desk, desk.FocalPoint, question));
        Assert.False(await AnybodyReadsAsync("Of the ministry."));
        using var focal = await Pages.OfAsync(desk.App, desk.FocalPoint);
        Assert.Contains("Hand the replies in", (await focal.ReadAsync($"{desk.Page}/questions")).Html, StringComparison.Ordinal);
        Assert.Contains("Nothing is left to reply to.", (await focal.ReadAsync("/")).Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await focal.SubmitAsync($"{desk.Page}/questions", ("act", "close"))).Status);
        Assert.Equal(["REV_EXPERT Expert eva", "REV_LEAD Expert ama"], await desk.AskedAsync("draft"));
        Assert.True(await AnybodyReadsAsync("Of the ministry."));
        // The State's own people see who wrote a reply, the others that the State did.
        foreach (var (person, sees) in new[] { (desk.FocalPoint, true), (desk.Authority, true), (desk.Coordinator, false), (desk.Experts[Ama], false) })
        {
            using var own = await Pages.OfAsync(desk.App, person);
            Assert.Equal(sees, (await own.ReadAsync($"{desk.Page}/questions")).Html.Contains("Of a ministry", StringComparison.Ordinal));
        }

        await desk.App.Database.RequireSoundAsync();

        async Task<bool> AnybodyReadsAsync(string words)
        {
            var read = new List<bool>();
            foreach (var person in new[] { desk.Experts[Ama], desk.Coordinator, desk.At.Head, desk.Spokespersons["GHA"] })
            {
                using var reader = await Pages.OfAsync(desk.App, person);
                read.Add((await reader.ReadAsync($"{desk.Page}/questions")).Html.Contains(words, StringComparison.Ordinal));
                Assert.Equal(read[^1], (await person.Client.GetStringAsync(new Uri($"{desk.Api}/questions", UriKind.Relative), Cancel)).Contains(words, StringComparison.Ordinal));
            }

            return Assert.Single(read.Distinct());
        }
    }

    [Fact]
    public async Task The_focal_point_hears_that_a_contributor_wrote_the_last_reply()
    {
        await using var desk = await DeskReview.ConsolidatingAsync();
        var items = await desk.ItemsAsync();
        var contributor = await desk.ContributorAsync(items[0]);
        await ConsolidateAsync(desk, items[0], items[1]);
        foreach (var question in new[] { "Q-02", "Q-03" })
            Assert.Equal("", await ReplyAsync(desk, desk.FocalPoint, question));

        Assert.Equal("", await ReplyAsync(desk, contributor, "Q-01"));

        Assert.Contains(await desk.App.LettersAsync(), letter =>
            letter.Recipient == desk.FocalPoint.Email && letter.Subject.Contains("every question has a reply", StringComparison.Ordinal));
        Assert.DoesNotContain("contributor_replied", await desk.At.LettersAsync(desk.FocalPoint));
    }

    [Fact]
    public async Task The_focal_point_hears_once_that_a_contributor_has_replied_to_all_of_theirs()
    {
        await using var desk = await DeskReview.ConsolidatingAsync();
        var items = await desk.ItemsAsync();
        var contributor = await desk.ContributorAsync(items[0], items[1]);
        await ConsolidateAsync(desk, items[0], items[1]);

        Assert.Equal("", await ReplyAsync(desk, contributor, "Q-01"));
        Assert.DoesNotContain("contributor_replied", await desk.At.LettersAsync(desk.FocalPoint));
        Assert.Equal("", await ReplyAsync(desk, contributor, "Q-02"));

        Assert.Single(await desk.At.LettersAsync(desk.FocalPoint), "contributor_replied");
        foreach (var person in new[] { contributor, desk.Coordinator, desk.Experts[Ama] })
            Assert.DoesNotContain("contributor_replied", await desk.At.LettersAsync(person));
    }

    [Fact]
    public async Task Replies_stay_with_the_State_while_the_review_is_suspended()
    {
        await using var desk = await DeskReview.ReplyingAsync();
        (await desk.FocalPoint.Client.PutAsJsonAsync($"{desk.Api}/replies/Q-01", new { text = "[held]", version = 0 }, Cancel)).EnsureSuccessStatusCode();
        (await desk.Authority.Client.PostAsJsonAsync($"{desk.Api}/suspend", new { reason = "An election." }, Cancel)).EnsureSuccessStatusCode();

        Assert.Contains("[held]", await QuestionsAsync(desk.FocalPoint), StringComparison.Ordinal);
        foreach (var person in new[] { desk.Experts[Ama], desk.Coordinator, desk.At.Head })
            Assert.DoesNotContain("[held]", await QuestionsAsync(person), StringComparison.Ordinal);

        Task<string> QuestionsAsync(TestPerson person) => person.Client.GetStringAsync(new Uri($"{desk.Api}/questions", UriKind.Relative), Cancel);
    }

    [Fact]
    public async Task A_reply_goes_no_further_than_the_answer_it_is_about_is_labelled_meanwhile()
    {
        await using var desk = await DeskReview.ConsolidatingAsync();
        var items = await desk.ItemsAsync();
        await ConsolidateAsync(desk, items[0], items[1]);
        foreach (var question in new[] { "Q-01", "Q-02", "Q-03" })
            Assert.Equal("", await ReplyAsync(desk, desk.FocalPoint, question));
        Assert.Equal("", await AnswerAsync(desk, desk.FocalPoint, items[0], 1, "AMBER+STRICT"));
        Assert.Equal("", await CodeAsync(await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/stages/state_reply/complete", new { }, Cancel)));

        foreach (var (person, reads) in new[] { (desk.Experts[Ama], true), (desk.Coordinator, false), (desk.At.Head, false) })
        {
            var questions = await person.Client.GetStringAsync(new Uri($"{desk.Api}/questions", UriKind.Relative), Cancel);
            Assert.Equal(reads, questions.Contains("First question?", StringComparison.Ordinal));
            Assert.Contains("Second question?", questions, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_answer_a_question_is_about_can_be_taken_up_again_and_stays_signed_as_it_was()
    {
        await using var desk = await DeskReview.ConsolidatingAsync();
        var items = await desk.ItemsAsync();
        var contributor = await desk.ContributorAsync(items[0]);
        Assert.Equal("assessment.submitted", await AnswerAsync(desk, desk.FocalPoint, items[0], 1));
        await ConsolidateAsync(desk, items[0], items[1]);
        var signed = await SignaturesAsync(desk);

        Assert.Equal("assessment.submitted", await AnswerAsync(desk, desk.FocalPoint, items[4], 1));
        Assert.Equal("access.not-your-item", await AnswerAsync(desk, contributor, items[1], 1));
        Assert.Equal("access.not-allowed", await AnswerAsync(desk, desk.Experts[Ama], items[0], 1));
        Assert.Equal("writing.stale", await AnswerAsync(desk, desk.FocalPoint, items[0], 0));
        Assert.Equal("", await AnswerAsync(desk, desk.FocalPoint, items[0], 1));
        Assert.Equal("clarify.no-such-version", await ReplyAsync(desk, contributor, "Q-01", addressedIn: 3));
        Assert.Equal("", await ReplyAsync(desk, contributor, "Q-01", addressedIn: 2));

        // Who signed what was handed in has signed that, and nothing later.
        Assert.Equal(signed, await SignaturesAsync(desk));
        using var focal = await Pages.OfAsync(desk.App, desk.FocalPoint);
        Assert.Contains("These signatures stand under the self-assessment as it was handed in.", (await focal.ReadAsync($"{desk.Page}/sign-off")).Html, StringComparison.Ordinal);

        // The experts see that it changed, and what; not who of the State wrote it.
        using var expert = await Pages.OfAsync(desk.App, desk.Experts[Ama]);
        var address = $"{desk.Page}/assessment/{items[0]}?changes=2&since=1#changes";
        foreach (var page in new[] { "desk", "consolidation" })
            Assert.Contains(address, (await expert.ReadAsync($"{desk.Page}/{page}/{items[0]}")).Html, StringComparison.Ordinal);
        using var other = await Pages.OfAsync(desk.App, desk.Experts[DeskReview.Eva]);
        Assert.Equal(2, (await other.ReadAsync($"{desk.Page}/desk")).Html.Split("New since you last wrote").Length);
        foreach (var (item, news) in new[] { (items[0], true), (items[4], false) })
            Assert.Equal(news, (await other.ReadAsync($"{desk.Page}/desk/{item}")).Html.Contains("Something here is new since you last wrote", StringComparison.Ordinal));
        var (status, changes) = await expert.ReadAsync(address);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("[said in reply]", changes, StringComparison.Ordinal);
        Assert.Contains("Kenya", changes, StringComparison.Ordinal);
        Assert.DoesNotContain("Of a ministry", changes, StringComparison.Ordinal);
        Assert.DoesNotContain("Taken up in version 2 of the answer.", (await expert.ReadAsync($"{desk.Page}/questions")).Html, StringComparison.Ordinal);
        using var history = await desk.Experts[Ama].Client.GetAsync($"{desk.Api}/answers/{items[1]}/history", Cancel);
        Assert.Equal(0, (await history.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("items").GetArrayLength());

        // Saved from the page, it leads back to the question, where one says so.
        using (var state = await Pages.OfAsync(desk.App, desk.FocalPoint))
        {
            Assert.Contains("name=\"back\" value=\"questions\"", (await state.ReadAsync($"{desk.Page}/assessment/{items[1]}")).Html, StringComparison.Ordinal);
            var saved = await state.SubmitAsync(
                $"{desk.Page}/assessment/{items[1]}",
                ("version", "1"), ("value", "in_place"), ("rule", "A rule."), ("practice", "[said in reply]"), ("evidence", "A paper."), ("label", "AMBER"),
                ("language", "en"), ("back", "questions"));
            Assert.Equal((HttpStatusCode.SeeOther, $"{desk.Page}/questions"), (saved.Status, saved.Next));
        }

        foreach (var question in new[] { "Q-02", "Q-03" })
            Assert.Equal("", await ReplyAsync(desk, desk.FocalPoint, question));
        Assert.Equal("", await CodeAsync(await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/stages/state_reply/complete", new { }, Cancel)));
        Assert.Equal("assessment.submitted", await AnswerAsync(desk, contributor, items[0], 2));
        Assert.Contains("Taken up in version 2 of the answer.", (await expert.ReadAsync($"{desk.Page}/questions")).Html, StringComparison.Ordinal);
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task The_list_of_documents_names_comments_and_questions_to_those_who_may_know_of_them()
    {
        await using var desk = await DeskReview.ConsolidatingAsync(item => item == "N-a.a1" ? SharingLabel.AmberStrict : SharingLabel.Amber);
        var items = await desk.ItemsAsync();
        var contributor = await desk.ContributorAsync(items[1]);

        Assert.Equal((5, 5, 0, 0), await CountsAsync("consolidation"));
        await ConsolidateAsync(desk, items[0], items[1]);
        Assert.Equal((5, 5, 5, 1), await CountsAsync("consolidation"));
        // One is about the item for the team alone, one general.
        Assert.Equal((3, 3, 3, 1), await CountsAsync("questions"));
        using var pages = await Pages.OfAsync(desk.App, contributor);
        Assert.Contains($"{desk.Page}/consolidation", (await pages.ReadAsync(desk.Page)).Html, StringComparison.Ordinal);

        async Task<(int Expert, int Office, int State, int Contributor)> CountsAsync(string code) => (
            await CountAsync(desk.Experts[Ama], code), await CountAsync(desk.Coordinator, code),
            await CountAsync(desk.FocalPoint, code), await CountAsync(contributor, code));

        async Task<int> CountAsync(TestPerson person, string code)
        {
            var documents = await person.Client.GetFromJsonAsync<JsonElement>($"{desk.Api}/documents", Cancel);
            return documents.GetProperty("items").EnumerateArray().Where(d => d.GetProperty("document").GetString() == code)
                .SelectMany(d => d.GetProperty("pieces").EnumerateArray()).Sum(p => p.GetProperty("count").GetInt32());
        }
    }

    private static async Task<string> ReplyAsync(DeskReview desk, TestPerson person, string question, int? addressedIn = null) => await CodeAsync(
        await person.Client.PutAsJsonAsync($"{desk.Api}/replies/{question}", new { text = "A reply.", version = 0, addressedIn }, Cancel));

    private static async Task<string> SignaturesAsync(DeskReview desk) =>
        (await desk.FocalPoint.Client.GetFromJsonAsync<JsonElement>($"{desk.Api}/sign-off", Cancel)).GetProperty("signatures").GetRawText();
}
