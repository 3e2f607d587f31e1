using System.Net;
using System.Net.Http.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Moves;

public sealed class WithdrawTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ReviewStages.Launched)]
    [InlineData(ReviewStages.Clarifying)]
    [InlineData(ReviewStages.Deciding)]
    [InlineData(ReviewStages.Suspended)]
    [InlineData(ReviewStages.Deferred)]
    public async Task A_withdrawn_review_is_over_and_what_was_written_is_the_States_alone(string moment)
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewStages.AtAsync(app, moment);
        var before = await review.LedgerAsync();

        Assert.Equal("ok", await review.CodeAsync(
            review.Authority, "withdraw", new { reason = "[a new government]", signature = LightReview.Signature(app) }));

        Assert.Equal(["signed", "text_written", "text_written", "withdrawn"], (await review.LedgerAsync())[before.Length..]);
        Assert.Empty(await review.TasksAsync());
        Assert.Empty(await app.Database.AsOwnerAsync<string>("SELECT key FROM reminder WHERE settled_at IS NULL"));
        var sequence = await review.SequenceAsync();
        await app.AdvanceAsync(TimeSpan.FromDays(300));
        Assert.Equal(sequence, await review.SequenceAsync());
        Assert.Single(await review.LettersAsync(review.Authority), "review_withdrawn");
        if (moment != ReviewStages.Launched)
        {
            Assert.Single(await review.LettersAsync(review.Coordinator), "review_withdrawn");
            await SealedAsync(review);
        }

        await app.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task Without_a_signature_nothing_is_withdrawn()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewStages.AtAsync(app, ReviewStages.Assessing);
        var before = await review.SequenceAsync();

        Assert.Equal("signature.name", await review.CodeAsync(review.Authority, "withdraw", new { reason = "[no]" }));
        Assert.Equal("signature.day-out-of-range", await review.CodeAsync(
            review.Authority, "withdraw", new { signature = LightReview.Signature(app, ReviewStages.Day(app, -31)) }));

        Assert.Equal((before, "running"), (await review.SequenceAsync(), await review.StatusAsync()));
    }

    [Fact]
    public async Task On_the_page_a_withdrawal_wants_a_tick_beside_the_signature()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewStages.AtAsync(app, ReviewStages.Assessing);
        using var pages = await Pages.OfAsync(app, review.Authority);
        var address = $"/reviews/{review.Id}/moves";
        (string, string)[] signed =
        [
            ("move", "Withdraw"), ("signature.name", "Amina"), ("signature.office", "Ministry"),
            ("signature.day", ReviewStages.Day(app, 0).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)),
        ];

        // Of a light report nobody comments and nobody writes a draft.
        var before = (await pages.ReadAsync(address)).Html;
        Assert.Contains("and that once there are five", before, StringComparison.Ordinal);
        Assert.DoesNotContain("The reviewers’ notes", before, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing here loses any work", before, StringComparison.Ordinal);
        var (status, html, _) = await pages.SubmitAsync(address, signed);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "running"), (status, await review.StatusAsync()));
        Assert.Contains("#f-Withdraw-confirmed", html, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.SeeOther, (await pages.SubmitAsync(address, [.. signed, ("confirmed", "on")])).Status);
        Assert.Equal("withdrawn", await review.StatusAsync());
    }

    [Fact]
    public async Task Thirty_days_later_the_notes_of_the_reviewers_are_gone_and_only_that_they_were_there_stands_in_the_record()
    {
        await using var desk = await DeskReview.CommentingAsync();
        (await desk.CommentAsync(DeskReview.Ama, "N-a.a1", "[a working note of Ama]", "note")).EnsureSuccessStatusCode();
        (await desk.CommentAsync(DeskReview.Eva, "N-a.a1", "[Eva asks]", "question")).EnsureSuccessStatusCode();
        await desk.HandInAsync(DeskReview.Eva, "N-a.a1");
        using var expert = await Pages.OfAsync(desk.App, desk.Experts[DeskReview.Ama]);
        using (var state = await Pages.OfAsync(desk.App, desk.Authority))
            Assert.Contains("The reviewers’ notes, and their comments that have not reached you, are erased", (await state.ReadAsync($"{desk.Page}/moves")).Html, StringComparison.Ordinal);
        Assert.Equal("ok", await desk.At.CodeAsync(desk.Authority, "withdraw", new { signature = LightReview.Signature(desk.App) }));

        Assert.Contains("stays closed to everybody", (await expert.ReadAsync(desk.Page)).Html, StringComparison.Ordinal);
        // Said beforehand, and nothing happens before.
        Assert.Contains("The reviewers’ notes, and their comments that did not reach the State, are erased on", (await expert.ReadAsync(desk.Page)).Html, StringComparison.Ordinal);
        await desk.App.AdvanceAsync(TimeSpan.FromDays(29));
        Assert.Equal(3, (await TextsAsync(desk)).Count(text => text.Contains("[a working note", StringComparison.Ordinal) || text.Contains("[Eva asks]", StringComparison.Ordinal)));
        await desk.App.AdvanceAsync(TimeSpan.FromDays(2));

        Assert.DoesNotContain(await TextsAsync(desk), text => text.Contains('[', StringComparison.Ordinal) && !text.Contains("\"comments\":[]", StringComparison.Ordinal));
        Assert.Equal("notes_erased", (await desk.At.LedgerAsync())[^1]);
        await desk.App.AdvanceAsync(TimeSpan.FromDays(30));
        Assert.Equal("notes_erased", (await desk.At.LedgerAsync())[^1]);
        Assert.Single(await desk.At.LedgerAsync(), "notes_erased");
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task Remarks_of_the_team_are_erased_too_even_where_the_State_has_the_comments()
    {
        await using var desk = await DeskReview.ReplyingAsync();
        var comments = await desk.Experts[DeskReview.Ama].Client.GetFromJsonAsync<System.Text.Json.JsonElement>($"{desk.Api}/consolidation", Cancel);
        var comment = comments.GetProperty("comments")[0].GetProperty("id").GetGuid();
        (await desk.Experts[DeskReview.Ama].Client.PostAsJsonAsync($"{desk.Api}/comments/{comment}/remarks", new { text = "[among us]" }, Cancel)).EnsureSuccessStatusCode();
        Assert.Equal("ok", await desk.At.CodeAsync(desk.Authority, "withdraw", new { signature = LightReview.Signature(desk.App) }));
        await desk.App.AdvanceAsync(TimeSpan.FromDays(31));

        var left = await desk.App.Database.AsOwnerAsync<string>("SELECT content FROM writing WHERE kind IN ('comments', 'comment_remark')");
        Assert.DoesNotContain(left, text => text.Contains("[among us]", StringComparison.Ordinal));
        Assert.Contains(left, text => text.Contains(DeskReview.Said.FirstQuestion, StringComparison.Ordinal));
        await desk.App.Database.RequireSoundAsync();
    }

    private static Task<IReadOnlyList<string>> TextsAsync(DeskReview desk) => desk.App.Database.AsOwnerAsync<string>(
        "SELECT text FROM desk_comment UNION ALL SELECT content FROM writing WHERE kind = 'comments'");

    private static async Task SealedAsync(ReviewAt review)
    {
        foreach (var path in new[] { "answers", "answers/N-a.a2", "questions", "urgent", "summary", "actions" })
        {
            using var own = await review.Authority.Client.GetAsync($"{review.Api}/{path}", Cancel);
            Assert.NotEqual(HttpStatusCode.InternalServerError, own.StatusCode);
            foreach (var person in new[] { review.Coordinator, review.Deputy, review.Head, review.Other })
            {
                using var answer = await person.Client.GetAsync($"{review.Api}/{path}", Cancel);
                var text = await answer.Content.ReadAsStringAsync(Cancel);
                Assert.DoesNotContain("[rule of", text, StringComparison.Ordinal);
                Assert.DoesNotContain("[question", text, StringComparison.Ordinal);
                Assert.DoesNotContain("[reply", text, StringComparison.Ordinal);
            }
        }

        Assert.Equal(HttpStatusCode.NotFound, (await review.Other.Client.GetAsync(review.Api, Cancel)).StatusCode);
        using var visitor = review.App.Visitor();
        Assert.DoesNotContain(review.Id.ToString(), await visitor.GetStringAsync("/api/v1/register", Cancel), StringComparison.Ordinal);
    }
}
