using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Core.Access;
using PeerReview.Testing;
using Xunit;
using Said = PeerReview.Testing.DeskReview.Said;

namespace PeerReview.Server.Tests.Team;

/// <summary>The consolidation: who leads comments somewhere, what is refused, and who reads of it when.</summary>
public sealed class ConsolidationTests
{
    private const string Ama = DeskReview.Ama, Eva = DeskReview.Eva;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_lead_leads_everything_somewhere_on_the_pages_and_hands_over()
    {
        await using var desk = await DeskReview.ConsolidatingAsync();
        using var pages = await Pages.OfAsync(desk.App, desk.Experts[Ama]);
        var path = $"{desk.Page}/consolidation";
        var (_, begun) = await pages.ReadAsync(path);
        var early = await pages.SubmitAsync(path, ("act", "hand_over"));
        var proposed = await pages.SubmitAsync(path, ("act", "propose"), ("version", "0"));
        var (_, list) = await pages.ReadAsync(path);

        Assert.Contains("0 of 5 done", begun, StringComparison.Ordinal);
        Assert.Contains("Expert eva (Estonia)", begun, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.SeeOther), (early.Status, proposed.Status));
        Assert.Contains("5 comments lead nowhere yet.", early.Html, StringComparison.Ordinal);
        Assert.Contains("5 of 5 done", list, StringComparison.Ordinal);
        Assert.Contains("Q-02", list, StringComparison.Ordinal);

        // Both ask the same: one question of two, worded anew.
        await pages.SubmitAsync(path, ("act", "merge"), ("question", "Q-02"), ("into", "Q-01"), ("version", "1"));
        await pages.ReadAsync($"{path}?change=Q-01");
        await pages.SubmitAsync(path, ("act", "question"), ("question", "Q-01"), ("text", "Who reports an incident?"), ("version", "2"));
        var (_, worded) = await pages.ReadAsync(path);
        Assert.Contains("Who reports an incident?", worded, StringComparison.Ordinal);
        Assert.Contains("1 question of 40 at most.", worded, StringComparison.Ordinal);
        Assert.Contains("3 comments go into the report.", worded, StringComparison.Ordinal);

        // From a comment: the others of the form are saved with it.
        var items = await desk.ItemsAsync();
        var observation = (await CommentsAsync(desk)).Single(c => c.GetProperty("text").GetString() == Said.Observation).GetProperty("id").GetString();
        var item = $"{path}/{items[3]}";
        var (_, one) = await pages.ReadAsync(item);
        var asked = await pages.SubmitAsync(
            item, ("act", "save"), ("version", "3"), ($"to.{observation}", "report"), ($"new.{observation}", "Is the gap known?"), ("contradiction", "Ama is silent."), ("ask", observation!));
        var (_, after) = await pages.ReadAsync(item);
        Assert.Contains(ReviewAt.MarkerOf(items[3]), one, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, asked.Status);
        Assert.Contains("Leads to question Q-02", after, StringComparison.Ordinal);
        Assert.Contains("Ama is silent.", after, StringComparison.Ordinal);

        var handed = await pages.SubmitAsync(path, ("act", "hand_over"));
        Assert.Equal(HttpStatusCode.SeeOther, handed.Status);
        var questions = await desk.FocalPoint.Client.GetStringAsync($"{desk.Api}/questions", Cancel);
        Assert.Contains("Is the gap known?", questions, StringComparison.Ordinal);
        Assert.Contains("Where each comment of the experts led.", (await pages.ReadAsync(path)).Html, StringComparison.Ordinal);
        Assert.Contains(await desk.App.LettersAsync(), letter => letter.Recipient == Ama && letter.Subject.Contains("please consolidate", StringComparison.Ordinal));
        Assert.Contains(await desk.App.LettersAsync(), letter => letter.Recipient == desk.FocalPoint.Email && letter.Subject.Contains("the reviewing States have questions", StringComparison.Ordinal));
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task What_cannot_stand_is_refused_and_changes_nothing()
    {
        await using var desk = await DeskReview.ConsolidatingAsync();
        var comments = await CommentsAsync(desk);
        var first = comments[0].GetProperty("id").GetGuid();
        var before = await desk.App.Database.HoldingsAsync();
        object Question(int n) => new { id = $"Q-{n:00}", text = $"Question {n}?" };

        Assert.Equal("consolidation.unknown-comment", await PutAsync(desk, placements: [new { comment = Guid.NewGuid(), to = "report" }]));
        Assert.Equal("consolidation.too-many", await PutAsync(desk, questions: [.. Enumerable.Range(1, 41).Select(Question)]));
        Assert.Equal("consolidation.question-id", await PutAsync(desk, questions: [Question(1), Question(1)]));
        Assert.Equal("consolidation.reason", await PutAsync(desk, placements: [new { comment = first, to = "aside", reason = " " }]));
        Assert.Equal("consolidation.unknown-place", await PutAsync(desk, placements: [new { comment = first, to = "Q-09" }]));
        Assert.Equal("consolidation.placed-twice", await PutAsync(desk, placements: [new { comment = first, to = "report" }, new { comment = first, to = "aside", reason = "No." }]));
        Assert.Equal("clarify.unknown-item", await PutAsync(desk, questions: [new { id = "Q-01", item = "N-z.z9", text = "Why?" }]));
        Assert.Equal("consolidation.comments-open", await CompleteAsync(desk.Experts[Ama], desk));
        foreach (var person in new[] { desk.Experts[Eva], desk.Spokespersons["GHA"], desk.Coordinator, desk.At.Head })
        {
            Assert.Equal("access.not-allowed", await PutAsync(desk, person: person));
            Assert.Equal("access.not-allowed", await CompleteAsync(person, desk));
        }

        Assert.Equal(before, await desk.App.Database.HoldingsAsync());
        // A comment of the same item in another review is unknown here.
        await using var other = await DeskReview.ConsolidatingAsync();
        var theirs = (await CommentsAsync(other))[0].GetProperty("id").GetGuid();
        Assert.Equal("consolidation.unknown-comment", await PutAsync(desk, placements: [new { comment = theirs, to = "report" }]));
    }

    [Fact]
    public async Task Of_two_who_consolidate_at_once_neither_loses_a_word()
    {
        await using var desk = await DeskReview.ConsolidatingAsync();
        using var pages = await Pages.OfAsync(desk.App, desk.Experts[Ama]);
        var path = $"{desk.Page}/consolidation";
        await pages.ReadAsync(path);
        await pages.SubmitAsync(path, ("act", "propose"), ("version", "0"));
        var items = await desk.ItemsAsync();
        var observation = (await CommentsAsync(desk)).Single(c => c.GetProperty("text").GetString() == Said.Observation).GetProperty("id").GetString();
        await pages.ReadAsync($"{path}/{items[3]}");
        // In another window the second question is dropped.
        await pages.SubmitAsync(path, ("act", "drop"), ("question", "Q-02"), ("version", "1"));

        var item = await pages.SubmitAsync(
            $"{path}/{items[3]}", ("act", "save"), ("version", "1"), ($"to.{observation}", "aside"), ($"reason.{observation}", "Known already."), ("contradiction", "Typed as well."));
        var worded = await pages.SubmitAsync(path, ("act", "question"), ("question", "Q-01"), ("text", "Worded meanwhile."), ("version", "1"));
        var lost = await pages.SubmitAsync(path, ("act", "question"), ("question", "Q-02"), ("text", "Of what was dropped."), ("version", "1"));

        foreach (var (answer, typed) in new[] { (item, "Known already."), (item, "Typed as well."), (worded, "Worded meanwhile."), (lost, "Of what was dropped.") })
        {
            Assert.Equal(HttpStatusCode.Conflict, answer.Status);
            Assert.Contains(typed, answer.Html, StringComparison.Ordinal);
            Assert.Contains("name=\"version\" value=\"2\"", answer.Html, StringComparison.Ordinal);
        }

        Assert.Contains("Somebody else saved the consolidation meanwhile.", item.Html, StringComparison.Ordinal);
        var before = await desk.App.Database.HoldingsAsync();
        Assert.Equal("writing.stale", await PutAsync(desk, version: 1));
        // Also where it could not stand on any version: whoever is told of that first would mend what nobody can save.
        Assert.Equal("writing.stale", await PutAsync(desk, questions: [new { id = "Q-01", text = " " }], version: 1));
        Assert.Equal("writing.stale", await PutAsync(desk));
        Assert.Equal(before, await desk.App.Database.HoldingsAsync());
        var again = await pages.SubmitAsync($"{path}/{items[3]}", ("act", "save"), ("version", "2"), ($"to.{observation}", "aside"), ($"reason.{observation}", "Known already."));
        Assert.Equal(HttpStatusCode.SeeOther, again.Status);
    }

    [Fact]
    public async Task Wording_that_could_blame_somebody_does_not_leave_the_team_before_the_lead_has_looked()
    {
        const string blames = "Was the attack carried out by Fiji?";
        await using var desk = await DeskReview.ConsolidatingAsync();
        using var pages = await Pages.OfAsync(desk.App, desk.Experts[Ama]);
        var path = $"{desk.Page}/consolidation";
        await pages.ReadAsync(path);
        await pages.SubmitAsync(path, ("act", "propose"), ("version", "0"));
        await pages.ReadAsync(path);
        await pages.SubmitAsync(path, ("act", "ask"), ("new_text", blames), ("version", "1"));
        var (_, flagged) = await pages.ReadAsync($"{path}?change=Q-03");

        Assert.Contains("names_nobody", flagged, StringComparison.Ordinal);
        Assert.Contains("look at the wording of Q-03 first", flagged, StringComparison.Ordinal);
        Assert.Equal("consolidation.wording", await CompleteAsync(desk.Experts[Ama], desk));

        // The word of the lead holds for the words they saw.
        await pages.SubmitAsync(path, ("act", "question"), ("question", "Q-03"), ("text", blames + " Or not?"), ("names_nobody", "on"), ("version", "2"));
        Assert.Equal("consolidation.wording", await CompleteAsync(desk.Experts[Ama], desk));
        await pages.SubmitAsync(path, ("act", "question"), ("question", "Q-03"), ("text", blames + " Or not?"), ("names_nobody", "on"), ("version", "3"));
        Assert.Equal("", await CompleteAsync(desk.Experts[Ama], desk));
    }

    [Fact]
    public async Task Everybody_reads_what_is_theirs_to_read_before_and_after_handing_over()
    {
        // The first item, with both questions, is for the team alone; the contributor has the second.
        await using var desk = await DeskReview.ConsolidatingAsync(item => item == "N-a.a1" ? SharingLabel.AmberStrict : SharingLabel.Amber);
        var items = await desk.ItemsAsync();
        var contributor = await desk.ContributorAsync(items[1]);
        (await desk.ConsolidateAsync()).EnsureSuccessStatusCode();
        const string question = "[one question of two]";
        string[] own = [Said.Praise], open = [Said.Praise, Said.Seed, Said.Observation];
        string[] all = [.. open, Said.FirstQuestion, Said.SecondQuestion, question];

        foreach (var person in new[] { desk.Experts[Ama], desk.Experts[Eva], desk.Spokespersons["EST"] })
            await ReadsAsync(desk, person, all);
        foreach (var person in new[] { desk.Coordinator, desk.At.Head })
            await ReadsAsync(desk, person, open, knows: 5);
        foreach (var person in new[] { desk.FocalPoint, desk.Authority, contributor, desk.At.Other })
            await ReadsAsync(desk, person, null);

        Assert.Equal("", await CompleteAsync(desk.Experts[Ama], desk));
        foreach (var person in new[] { desk.FocalPoint, desk.Authority, desk.Experts[Eva] })
            await ReadsAsync(desk, person, all);
        await ReadsAsync(desk, desk.Coordinator, open, knows: 5);
        await ReadsAsync(desk, contributor, own, knows: 1);
        await ReadsAsync(desk, desk.At.Other, null);
        Assert.DoesNotContain("Expert ama", (await PageAsync(desk, contributor)).Html, StringComparison.Ordinal);
        Assert.Contains("Expert ama (Ghana)", (await PageAsync(desk, desk.FocalPoint)).Html, StringComparison.Ordinal);
        using var visitor = await Pages.OfAsync(desk.App, person: null);
        Assert.DoesNotContain(Said.Praise, (await visitor.ReadAsync($"{desk.Page}/consolidation")).Html, StringComparison.Ordinal);
    }

    private static readonly string[] Everything =
        [Said.FirstQuestion, Said.SecondQuestion, Said.Praise, Said.Seed, Said.Observation, "[one question of two]"];

    /// <summary>That somebody reads this and nothing else, over the API and on the pages.</summary>
    /// <param name="texts">Null: that there is nothing for them.</param>
    /// <param name="knows">How many comments they know of.</param>
    private static async Task ReadsAsync(DeskReview desk, TestPerson person, string[]? texts, int knows = 5)
    {
        using var answer = await person.Client.GetAsync($"{desk.Api}/consolidation", Cancel);
        var (status, html) = await PageAsync(desk, person);
        Assert.Equal(texts is null ? HttpStatusCode.NotFound : HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(answer.StatusCode, status);
        var json = await answer.Content.ReadAsStringAsync(Cancel);
        foreach (var text in Everything)
        {
            Assert.Equal(texts?.Contains(text) == true, json.Contains(text, StringComparison.Ordinal));
            Assert.Equal(texts?.Contains(text) == true, html.Contains(text, StringComparison.Ordinal));
        }

        if (texts is not null)
            Assert.Equal(knows, JsonDocument.Parse(json).RootElement.GetProperty("comments").GetArrayLength());
    }

    private static async Task<(HttpStatusCode Status, string Html)> PageAsync(DeskReview desk, TestPerson person)
    {
        using var pages = await Pages.OfAsync(desk.App, person);
        var (status, html) = await pages.ReadAsync($"{desk.Page}/consolidation");
        foreach (var item in (await desk.ItemsAsync()).Take(4))
            html += (await pages.ReadAsync($"{desk.Page}/consolidation/{item}")).Html;
        return (status, html);
    }

    private static async Task<IReadOnlyList<JsonElement>> CommentsAsync(DeskReview desk) =>
        [.. (await desk.Experts[Ama].Client.GetFromJsonAsync<JsonElement>($"{desk.Api}/consolidation", Cancel)).GetProperty("comments").EnumerateArray()];

    private static async Task<string> PutAsync(
        DeskReview desk, object[]? questions = null, object[]? placements = null, int version = 0, TestPerson? person = null)
    {
        using var answer = await (person ?? desk.Experts[Ama]).Client.PutAsJsonAsync(
            $"{desk.Api}/consolidation", new { questions = questions ?? [], placements = placements ?? [], version }, Cancel);
        return await CodeAsync(answer);
    }

    private static async Task<string> CompleteAsync(TestPerson person, DeskReview desk)
    {
        using var answer = await person.Client.PostAsJsonAsync($"{desk.Api}/stages/consolidate/complete", new { }, Cancel);
        return await CodeAsync(answer);
    }

    private static async Task<string> CodeAsync(HttpResponseMessage answer) => answer.IsSuccessStatusCode
        ? ""
        : (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString()!;
}
