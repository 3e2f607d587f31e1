using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Core.Access;
using PeerReview.Testing;
using Xunit;
using Said = PeerReview.Testing.DeskReview.Said;

namespace PeerReview.Server.Tests.Team;

/// <summary>What the team says under each other's comments: who writes and reads it when, and what is refused.</summary>
public sealed class RemarksTests
{
    private const string Ama = DeskReview.Ama, Eva = DeskReview.Eva, Remark = "[I saw the same]", Reply = "[the annex answers it]";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Experts_and_lead_talk_under_a_comment_and_find_it_where_they_work()
    {
        await using var desk = await DeskReview.ConsolidatingAsync();
        var (item, comment) = await FindAsync(desk, Said.Observation);
        var path = $"{desk.Page}/comments/{comment}/remarks";
        using var lead = await Pages.OfAsync(desk.App, desk.Experts[Ama]);
        using var expert = await Pages.OfAsync(desk.App, desk.Experts[Eva]);

        var (_, empty) = await lead.ReadAsync(path);
        Assert.Contains("Nobody has remarked on this comment yet.", empty, StringComparison.Ordinal);
        Assert.Contains("The State under review never reads it", empty, StringComparison.Ordinal);
        Assert.DoesNotContain("Those who read this work in", empty, StringComparison.Ordinal);
        Assert.Contains("2,000 characters at most.", empty, StringComparison.Ordinal);
        Assert.Contains("travaillent dans la langue suivante", (await lead.ReadAsync($"{path}?lang=fr")).Html, StringComparison.Ordinal);
        await lead.ReadAsync($"{path}?lang=en");
        Assert.Equal(HttpStatusCode.SeeOther, (await lead.SubmitAsync(path, ("act", "write"), ("text", Remark))).Status);
        await desk.App.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Contains("1 remark, 1 new", Plain((await expert.ReadAsync($"{desk.Page}/desk")).Html), StringComparison.Ordinal);
        Assert.Contains("1 remark, 1 new", Plain((await expert.ReadAsync($"{desk.Page}/consolidation")).Html), StringComparison.Ordinal);
        await expert.ReadAsync(path);
        Assert.Equal(HttpStatusCode.SeeOther, (await expert.SubmitAsync(path, ("act", "write"), ("text", Reply))).Status);

        foreach (var page in new[] { path, $"{desk.Page}/desk/{item}", $"{desk.Page}/consolidation/{item}" })
        {
            var (_, html) = await lead.ReadAsync(page);
            Assert.True(
                html.IndexOf(Remark, StringComparison.Ordinal) is > 0 and var first && html.IndexOf(Reply, StringComparison.Ordinal) > first, page);
            Assert.Contains("Expert eva (Estonia)", html, StringComparison.Ordinal);
        }

        Assert.Contains("2 remarks", (await expert.ReadAsync($"{desk.Page}/desk")).Html, StringComparison.Ordinal);
        Assert.DoesNotContain("2 remarks,", Plain((await expert.ReadAsync($"{desk.Page}/desk")).Html), StringComparison.Ordinal);
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task Whoever_handed_in_first_hears_when_all_have()
    {
        await using var desk = await DeskReview.CommentingAsync();
        foreach (var email in new[] { Eva, Ama })
        {
            foreach (var item in await desk.ItemsAsync())
                (await desk.CommentAsync(email, item, "", "no_comment")).EnsureSuccessStatusCode();
            Assert.DoesNotContain("comments_open", await desk.At.LettersAsync(desk.Experts[Eva]));
            (await desk.Experts[email].Client.PostAsJsonAsync($"{desk.Api}/stages/desk_review/complete", new { }, Cancel)).EnsureSuccessStatusCode();
        }

        Assert.Contains("comments_open", await desk.At.LettersAsync(desk.Experts[Eva]));
        // The lead has a step of its own.
        Assert.DoesNotContain("comments_open", await desk.At.LettersAsync(desk.Experts[Ama]));
        using var expert = await Pages.OfAsync(desk.App, desk.Experts[Eva]);
        Assert.Contains("Every expert has handed in.", (await expert.ReadAsync($"{desk.Page}/desk")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Taking_the_own_remark_back_makes_nothing_new_again()
    {
        await using var desk = await DeskReview.ConsolidatingAsync();
        var (_, comment) = await FindAsync(desk, Said.Observation);
        await desk.App.AdvanceAsync(TimeSpan.FromHours(1));
        await WriteAsync(desk, Ama, comment, Remark);
        using var pages = await Pages.OfAsync(desk.App, desk.Experts[Eva]);
        Assert.Contains("1 remark, 1 new since you last wrote", Plain((await pages.ReadAsync($"{desk.Page}/desk")).Html), StringComparison.Ordinal);
        await desk.App.AdvanceAsync(TimeSpan.FromHours(1));
        var own = await WriteAsync(desk, Eva, comment, Reply);

        (await desk.Experts[Eva].Client.DeleteAsync(Address(desk, comment, own), Cancel)).EnsureSuccessStatusCode();

        var html = Plain((await pages.ReadAsync($"{desk.Page}/desk")).Html);
        Assert.Contains("1 remark", html, StringComparison.Ordinal);
        Assert.DoesNotContain("1 new", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_author_corrects_a_remark_and_takes_it_back_and_nobody_else_does()
    {
        await using var desk = await DeskReview.ConsolidatingAsync();
        var (_, comment) = await FindAsync(desk, Said.Observation);
        var remark = await WriteAsync(desk, Ama, comment, Remark);
        using var pages = await Pages.OfAsync(desk.App, desk.Experts[Ama]);
        var path = $"{desk.Page}/comments/{comment}/remarks";

        var (_, form) = await pages.ReadAsync($"{path}?change={remark}");
        Assert.Contains($"{Remark}</textarea>", form, StringComparison.Ordinal);
        await pages.SubmitAsync(path, ("act", "write"), ("remark", remark.ToString()), ("version", "1"), ("text", "[corrected]"));
        var stale = await pages.SubmitAsync(path, ("act", "write"), ("remark", remark.ToString()), ("version", "1"), ("text", "[typed meanwhile]"));
        Assert.Equal(HttpStatusCode.Conflict, stale.Status);
        Assert.Contains("[typed meanwhile]", stale.Html, StringComparison.Ordinal);
        var before = await desk.App.Database.HoldingsAsync();
        Assert.Equal("writing.stale", await PutAsync(desk, Ama, comment, remark, "[other words]", version: 1));
        Assert.Equal("remark.not-yours", await PutAsync(desk, Eva, comment, remark, "[other words]", version: 2));
        Assert.Equal("remark.not-yours", await CodeAsync(await desk.Experts[Eva].Client.DeleteAsync(Address(desk, comment, remark), Cancel)));
        Assert.Equal("remark.unknown", await PutAsync(desk, Ama, comment, Guid.NewGuid(), "[other words]", version: 1));
        Assert.Equal("remark.unknown", await PutAsync(desk, Ama, (await FindAsync(desk, Said.Praise)).Comment, remark, "[other words]", version: 1));
        Assert.Equal(before, await desk.App.Database.HoldingsAsync());
        Assert.Equal("", await PutAsync(desk, Ama, comment, remark, "[corrected]", version: 1));

        Assert.Equal(HttpStatusCode.SeeOther, (await pages.SubmitAsync(path, ("act", "take_back"), ("remark", remark.ToString()))).Status);
        Assert.Empty(await ListAsync(desk, desk.Experts[Eva], comment));
        Assert.Equal("remark.unknown", await CodeAsync(await desk.Experts[Ama].Client.DeleteAsync(Address(desk, comment, remark), Cancel)));
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task What_cannot_stand_is_refused_and_changes_nothing()
    {
        await using var desk = await DeskReview.ConsolidatingAsync();
        await using var other = await DeskReview.ConsolidatingAsync();
        var (_, comment) = await FindAsync(desk, Said.Observation);
        using var pages = await Pages.OfAsync(desk.App, desk.Experts[Ama]);
        var before = await desk.App.Database.HoldingsAsync();

        Assert.Equal("remark.empty", await PostAsync(desk, desk.Experts[Ama], comment, " \n"));
        Assert.Equal("remark.text", await PostAsync(desk, desk.Experts[Ama], comment, new string('a', 2_001)));
        Assert.Equal("follow-up.unreadable", await PostAsync(desk, desk.Experts[Ama], comment, "a\u0007b"));
        Assert.Equal("remark.unknown-comment", await PostAsync(desk, desk.Experts[Ama], Guid.NewGuid(), Remark));
        Assert.Equal("remark.unknown-comment", await PostAsync(desk, desk.Experts[Ama], (await FindAsync(other, Said.Observation)).Comment, Remark));
        var path = $"{desk.Page}/comments/{comment}/remarks";
        await pages.ReadAsync(path);
        var longer = await pages.SubmitAsync(path, ("act", "write"), ("text", new string('a', 2_005)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, longer.Status);
        Assert.Contains("The remark has 2,005 characters, and 2,000 are the most.", Plain(longer.Html), StringComparison.Ordinal);
        Assert.Contains(new string('a', 2_005), longer.Html, StringComparison.Ordinal);
        Assert.Equal(before, await desk.App.Database.HoldingsAsync());
    }

    [Fact]
    public async Task Before_all_have_handed_in_there_is_nothing_to_remark_on()
    {
        await using var desk = await DeskReview.CommentingAsync();
        (await desk.CommentAsync(Ama, "N-a.a1", "[blind]")).EnsureSuccessStatusCode();
        await desk.HandInAsync(Ama, "N-a.a1");
        var sheet = (await desk.App.Database.AsOwnerAsync<string>("SELECT content FROM writing WHERE kind = 'comments'"))[0];
        var comment = JsonDocument.Parse(sheet).RootElement.GetProperty("comments").EnumerateArray()
            .Single(c => c.GetProperty("text").GetString() == "[blind]").GetProperty("id").GetGuid();
        var before = await desk.App.Database.HoldingsAsync();

        foreach (var email in new[] { Ama, Eva })
        {
            Assert.Equal("remark.too-early", await PostAsync(desk, desk.Experts[email], comment, Remark));
            Assert.Equal(HttpStatusCode.NotFound, (await desk.Experts[email].Client.GetAsync($"{desk.Api}/comments/{comment}/remarks", Cancel)).StatusCode);
        }

        Assert.Equal(before, await desk.App.Database.HoldingsAsync());
        using var pages = await Pages.OfAsync(desk.App, desk.Experts[Ama]);
        Assert.Equal(HttpStatusCode.NotFound, (await pages.ReadAsync($"{desk.Page}/comments/{comment}/remarks")).Status);
    }

    [Fact]
    public async Task Whoever_has_no_part_in_an_item_neither_reads_nor_writes_on_it_and_the_lead_reads()
    {
        await using var desk = await DeskReview.CommentingAsync();
        foreach (var (email, item) in new[] { (Eva, "N-a.a1"), (Ama, "N-a.a2") })
            (await desk.Experts[email].Client.PostAsJsonAsync($"{desk.Api}/recusals", new { items = new[] { item } }, Cancel)).EnsureSuccessStatusCode();
        (await desk.CommentAsync(Ama, "N-a.a1", "[of Ama]")).EnsureSuccessStatusCode();
        (await desk.CommentAsync(Eva, "N-a.a2", "[of Eva]")).EnsureSuccessStatusCode();
        foreach (var (email, commented, recused) in new[] { (Eva, "N-a.a2", "N-a.a1"), (Ama, "N-a.a1", "N-a.a2") })
            await desk.HandInAsync(email, commented, recused);
        var (ofAma, ofEva) = ((await FindAsync(desk, "[of Ama]")).Comment, (await FindAsync(desk, "[of Eva]")).Comment);
        await WriteAsync(desk, Ama, ofAma, Remark);
        await WriteAsync(desk, Eva, ofEva, Reply);

        Assert.Equal("remark.unknown-comment", await PostAsync(desk, desk.Experts[Eva], ofAma, "[mine]"));
        Assert.Equal("remark.recused", await PostAsync(desk, desk.Experts[Ama], ofEva, "[mine]"));
        Assert.Null(await ReadAsync(desk, desk.Experts[Eva], ofAma));
        Assert.Contains(Reply, await ReadAsync(desk, desk.Experts[Ama], ofEva), StringComparison.Ordinal);
        var ledger = await desk.Experts[Eva].Client.GetStringAsync($"{desk.Api}/ledger", Cancel);
        Assert.DoesNotContain(ofAma.ToString(), ledger, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Team_and_office_read_as_far_as_the_label_goes_and_the_State_never()
    {
        await using var desk = await DeskReview.ConsolidatingAsync(item => item == "N-a.a1" ? SharingLabel.AmberStrict : SharingLabel.Amber);
        var (_, open) = await FindAsync(desk, Said.Observation);
        var (_, strict) = await FindAsync(desk, Said.FirstQuestion);
        await WriteAsync(desk, Eva, open, Remark);
        await WriteAsync(desk, Eva, strict, Reply);
        var contributor = await desk.ContributorAsync("N-a.a1");
        await LookAsync();
        await desk.HandOverQuestionsAsync();
        await LookAsync();
        await desk.ReplyAsync();
        // Only as long as the report is not agreed.
        await WriteAsync(desk, Ama, open, "[while the draft is written]");
        await desk.HandOverDraftAsync();
        await desk.CheckFactsAsync();
        foreach (var person in desk.Agreeing)
            (await desk.AgreeAsync(person)).EnsureSuccessStatusCode();
        Assert.Equal("remark.over", await PostAsync(desk, desk.Experts[Ama], open, "[too late]"));
        await LookAsync();
        await desk.App.Database.RequireSoundAsync();

        async Task LookAsync()
        {
            foreach (var person in new[] { desk.Experts[Ama], desk.Experts[Eva], desk.Spokespersons["GHA"], desk.Spokespersons["EST"] })
            {
                Assert.Contains(Remark, await ReadAsync(desk, person, open), StringComparison.Ordinal);
                Assert.Contains(Reply, await ReadAsync(desk, person, strict), StringComparison.Ordinal);
            }

            foreach (var person in new[] { desk.Coordinator, desk.At.Head })
            {
                Assert.Contains(Remark, await ReadAsync(desk, person, open), StringComparison.Ordinal);
                Assert.Null(await ReadAsync(desk, person, strict));
            }

            foreach (var person in new[] { desk.FocalPoint, desk.Authority, contributor, desk.At.Other })
            {
                Assert.Null(await ReadAsync(desk, person, open));
                Assert.Null(await ReadAsync(desk, person, strict));
            }

            foreach (var person in new[] { desk.FocalPoint, desk.Authority, desk.Spokespersons["EST"], desk.Coordinator, desk.At.Head })
                Assert.Contains(await PostAsync(desk, person, open, "[not theirs]"), new[] { "access.not-allowed", "remark.over" });
        }
    }

    /// <summary>What somebody finds of the remarks under a comment, on the pages and over the API; null where it is not there for them.</summary>
    private static async Task<string?> ReadAsync(DeskReview desk, TestPerson person, Guid comment)
    {
        using var answer = await person.Client.GetAsync($"{desk.Api}/comments/{comment}/remarks", Cancel);
        using var pages = await Pages.OfAsync(desk.App, person);
        var (status, html) = await pages.ReadAsync($"{desk.Page}/comments/{comment}/remarks");
        Assert.Equal(answer.StatusCode, status);
        if (status == HttpStatusCode.OK)
            return await answer.Content.ReadAsStringAsync(Cancel) + html;
        Assert.Equal(HttpStatusCode.NotFound, status);
        foreach (var page in new[] { "desk/N-a.a1", "consolidation/N-a.a1", "consolidation", "assessment/N-a.a1", "ledger", "questions" })
            Assert.DoesNotContain(Reply, (await pages.ReadAsync($"{desk.Page}/{page}")).Html, StringComparison.Ordinal);
        return null;
    }

    private static async Task<IReadOnlyList<JsonElement>> ListAsync(DeskReview desk, TestPerson person, Guid comment) =>
        [.. (await person.Client.GetFromJsonAsync<JsonElement>($"{desk.Api}/comments/{comment}/remarks", Cancel)).GetProperty("items").EnumerateArray()];

    private static async Task<(string Item, Guid Comment)> FindAsync(DeskReview desk, string text)
    {
        var comments = (await desk.Experts[Ama].Client.GetFromJsonAsync<JsonElement>($"{desk.Api}/consolidation", Cancel)).GetProperty("comments");
        var one = comments.EnumerateArray().Single(c => c.GetProperty("text").GetString() == text);
        return (one.GetProperty("item").GetString()!, one.GetProperty("id").GetGuid());
    }

    private static async Task<Guid> WriteAsync(DeskReview desk, string email, Guid comment, string text)
    {
        using var answer = await desk.Experts[email].Client.PostAsJsonAsync($"{desk.Api}/comments/{comment}/remarks", new { text }, Cancel);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("key").GetGuid();
    }

    private static async Task<string> PostAsync(DeskReview desk, TestPerson person, Guid comment, string text) =>
        await CodeAsync(await person.Client.PostAsJsonAsync($"{desk.Api}/comments/{comment}/remarks", new { text }, Cancel));

    private static async Task<string> PutAsync(DeskReview desk, string email, Guid comment, Guid remark, string text, int version) =>
        await CodeAsync(await desk.Experts[email].Client.PutAsJsonAsync(Address(desk, comment, remark), new { text, version }, Cancel));

    private static string Plain(string html) => html.Replace("&#x2068;", "", StringComparison.OrdinalIgnoreCase).Replace("&#x2069;", "", StringComparison.OrdinalIgnoreCase)
        .Replace("\u2068", "", StringComparison.Ordinal).Replace("\u2069", "", StringComparison.Ordinal);

    private static string Address(DeskReview desk, Guid comment, Guid remark) => $"{desk.Api}/comments/{comment}/remarks/{remark}";

    private static async Task<string> CodeAsync(HttpResponseMessage response)
    {
        using (response)
        {
            return response.IsSuccessStatusCode
                ? ""
                : (await response.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString()!;
        }
    }
}
