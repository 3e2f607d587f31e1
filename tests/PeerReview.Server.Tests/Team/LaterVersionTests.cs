using System.Net.Http.Headers;
using System.Net.Http.Json;
using PeerReview.Core.Access;
using PeerReview.Testing;
using Xunit;
using static PeerReview.Server.Tests.Team.Replying;

namespace PeerReview.Server.Tests.Team;

/// <summary>Later versions of answers and files while the State replies: who may save them, and that they are read at once.</summary>
public sealed class LaterVersionTests
{
    private const string Ama = DeskReview.Ama;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_contributor_says_in_the_reply_what_should_change_in_an_answer_that_was_handed_in()
    {
        await using var desk = await DeskReview.ConsolidatingAsync();
        var items = await desk.ItemsAsync();
        var contributor = await desk.ContributorAsync(items[0]);
        await ConsolidateAsync(desk, items[0], items[1]);
        using var pages = await Pages.OfAsync(desk.App, contributor);

        Assert.Equal("assessment.reply-instead", await AnswerAsync(desk, contributor, items[0], 1));
        Assert.DoesNotContain("Save a new version", (await pages.ReadAsync($"{desk.Page}/questions")).Html, StringComparison.Ordinal);
        var page = (await pages.ReadAsync($"{desk.Page}/assessment/{items[0]}")).Html;
        Assert.Contains("Write in your reply to the question what should change", page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"practice\"", page, StringComparison.Ordinal);
        Assert.Contains("name=\"file\"", page, StringComparison.Ordinal);
        Assert.Contains("what you add here as soon as it is saved", page, StringComparison.Ordinal);
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task Whoever_saves_a_later_version_is_told_before_that_it_is_read_at_once_and_the_questions_name_it()
    {
        await using var desk = await DeskReview.ConsolidatingAsync();
        var items = await desk.ItemsAsync();
        await ConsolidateAsync(desk, items[0], items[1]);
        using var focal = await Pages.OfAsync(desk.App, desk.FocalPoint);
        using var expert = await Pages.OfAsync(desk.App, desk.Experts[Ama]);

        var form = (await focal.ReadAsync($"{desk.Page}/assessment/{items[0]}")).Html;
        Assert.Contains("read it as soon as you save it", form, StringComparison.Ordinal);
        Assert.Contains("Save, and let the reviewing States read it", form, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"then\"", form, StringComparison.Ordinal);
        Assert.DoesNotContain("the question was asked about version", (await focal.ReadAsync($"{desk.Page}/questions")).Html, StringComparison.Ordinal);

        Assert.Equal("", await AnswerAsync(desk, desk.FocalPoint, items[0], 1));

        foreach (var reader in new[] { focal, expert })
        {
            var questions = (await reader.ReadAsync($"{desk.Page}/questions")).Html;
            Assert.Contains($"{items[0]}, version 2", questions, StringComparison.Ordinal);
            Assert.DoesNotContain($"{items[1]}, version", questions, StringComparison.Ordinal);
            Assert.Contains("Version 2; the question was asked about version 1.", questions, StringComparison.Ordinal);
            Assert.Contains($"{desk.Page}/assessment/{items[0]}?changes=2&since=1#changes", questions.Replace("&amp;", "&", StringComparison.Ordinal), StringComparison.Ordinal);
        }

        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task A_reply_under_an_answer_labelled_for_the_State_alone_goes_into_no_report_and_everybody_is_told_the_truth()
    {
        const string Secret = "[twelve people, no line of their own]";
        await using var desk = await DeskReview.ConsolidatingAsync(label: _ => SharingLabel.Clear);
        var items = await desk.ItemsAsync();
        await ConsolidateAsync(desk, items[0], items[1]);
        using var expert = await Pages.OfAsync(desk.App, desk.Experts[Ama]);
        Assert.Contains("First question?", (await expert.ReadAsync($"{desk.Page}/questions")).Html, StringComparison.Ordinal);

        Assert.Equal("", await AnswerAsync(desk, desk.FocalPoint, items[0], 1, label: "RED"));
        foreach (var (question, text) in new[] { ("Q-01", Secret), ("Q-02", "[an open reply]"), ("Q-03", "[another]") })
            (await desk.FocalPoint.Client.PutAsJsonAsync($"{desk.Api}/replies/{question}", new { text, version = 0 }, Cancel)).EnsureSuccessStatusCode();

        using (var state = await Pages.OfAsync(desk.App, desk.FocalPoint))
        {
            var page = (await state.ReadAsync($"{desk.Page}/questions")).Html;
            Assert.Contains($"nor your reply: {items[0]}.", page, StringComparison.Ordinal);
            Assert.Contains("neither the reviewing States nor the coordinators read this reply", page, StringComparison.Ordinal);
            Assert.DoesNotContain("They are read already", page, StringComparison.Ordinal);
        }

        (await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/stages/state_reply/complete", new { }, Cancel)).EnsureSuccessStatusCode();
        foreach (var reader in new[] { desk.Experts[Ama], desk.Coordinator })
        {
            using var pages = await Pages.OfAsync(desk.App, reader);
            var page = (await pages.ReadAsync($"{desk.Page}/questions")).Html;
            Assert.DoesNotContain(Secret, page, StringComparison.Ordinal);
            Assert.Contains("1 question is not open to you any more", page, StringComparison.Ordinal);
            Assert.Contains("[an open reply]", page, StringComparison.Ordinal);
        }

        (await desk.Experts[Ama].Client.PostAsJsonAsync($"{desk.Api}/report/build", new { }, Cancel)).EnsureSuccessStatusCode();
        var texts = string.Concat(await desk.App.Database.AsOwnerAsync<string>("SELECT content::text FROM writing WHERE kind = 'section'"));
        Assert.Contains("[an open reply]", texts, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, texts, StringComparison.Ordinal);
        Assert.DoesNotContain("First question?", texts, StringComparison.Ordinal);

        await desk.HandOverDraftAsync();
        await desk.CheckFactsAsync();
        foreach (var person in desk.Agreeing)
            (await desk.AgreeAsync(person)).EnsureSuccessStatusCode();
        using var authority = await Pages.OfAsync(desk.App, desk.Authority);
        var report = (await authority.ReadAsync($"{desk.Page}/report")).Html;
        Assert.Contains("[an open reply]", report, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, report, StringComparison.Ordinal);
        var pieces = await desk.Authority.Client.GetStringAsync($"{desk.Api}/publication", Cancel);
        Assert.Contains("Q-02", pieces, StringComparison.Ordinal);
        Assert.DoesNotContain("Q-01", pieces, StringComparison.Ordinal);
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task A_label_that_leaves_the_coordinators_out_says_so_under_the_reply()
    {
        await using var desk = await DeskReview.ConsolidatingAsync();
        var items = await desk.ItemsAsync();
        await ConsolidateAsync(desk, items[0], items[1]);
        Assert.Equal("", await AnswerAsync(desk, desk.FocalPoint, items[0], 1, label: "AMBER+STRICT"));
        (await desk.FocalPoint.Client.PutAsJsonAsync($"{desk.Api}/replies/Q-01", new { text = "[a reply]", version = 0 }, Cancel)).EnsureSuccessStatusCode();

        using var state = await Pages.OfAsync(desk.App, desk.FocalPoint);
        Assert.Contains("Earlier versions stay with those who could read them", (await state.ReadAsync($"{desk.Page}/assessment/{items[0]}")).Html, StringComparison.Ordinal);
        Assert.Contains("by its sharing label the coordinators do not", (await state.ReadAsync($"{desk.Page}/questions")).Html, StringComparison.Ordinal);
        using var office = await Pages.OfAsync(desk.App, desk.Coordinator);
        Assert.Contains("1 question is not open to you any more", (await office.ReadAsync($"{desk.Page}/questions")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_was_handed_in_stays_and_one_that_came_with_a_reply_can_be_taken_back()
    {
        await using var desk = await DeskReview.NominatingAsync();
        var items = await desk.ItemsAsync();
        var early = await FileAsync(desk, items[0]);
        await desk.CommentingFromHereAsync();
        (await desk.CommentAsync(Ama, items[0], DeskReview.Said.FirstQuestion, "question")).EnsureSuccessStatusCode();
        await desk.HandInAsync(Ama, items[0]);
        await desk.HandInAsync(DeskReview.Eva);
        await ConsolidateAsync(desk, items[0], items[1]);

        Assert.Equal("assessment.submitted", await CodeAsync(await SendAsync(desk, items[4])));
        var late = await FileAsync(desk, items[0]);
        using (var state = await Pages.OfAsync(desk.App, desk.FocalPoint))
        using (var expert = await Pages.OfAsync(desk.App, desk.Experts[Ama]))
        {
            foreach (var (reader, hints) in new[] { (state, true), (expert, false) })
            {
                var whole = (await reader.ReadAsync($"{desk.Page}/assessment?view=whole")).Html;
                Assert.Contains($"/evidence/{early}", whole, StringComparison.Ordinal);
                Assert.Contains($"/evidence/{late}", whole, StringComparison.Ordinal);
                Assert.Equal(hints, whole.Contains("Hints for you", StringComparison.Ordinal));
            }
        }

        Assert.Equal("evidence.handed-in", await CodeAsync(await desk.FocalPoint.Client.DeleteAsync($"{desk.Api}/evidence/{early}", Cancel)));
        Assert.Equal("", await CodeAsync(await desk.FocalPoint.Client.DeleteAsync($"{desk.Api}/evidence/{late}", Cancel)));
        await desk.App.Database.RequireSoundAsync();
    }

    private static async Task<HttpResponseMessage> SendAsync(DeskReview desk, string item)
    {
        var file = new ByteArrayContent("%PDF-1.7\n"u8.ToArray());
        file.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
        using var form = new MultipartFormDataContent { { new StringContent(item), "item" }, { file, "file", "a.pdf" } };
        return await desk.FocalPoint.Client.PostAsync($"{desk.Api}/evidence", form, Cancel);
    }

    private static async Task<string> FileAsync(DeskReview desk, string item)
    {
        using var sent = await SendAsync(desk, item);
        sent.EnsureSuccessStatusCode();
        return sent.Headers.Location!.ToString().Split('/')[^1];
    }
}
