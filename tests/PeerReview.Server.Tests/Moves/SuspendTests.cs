using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Moves;

public sealed class SuspendTests
{
    private const int Rest = 45;

    [Theory]
    [InlineData(ReviewStages.Assessing, "self_assess")]
    [InlineData(ReviewStages.Checking, "complete")]
    [InlineData(ReviewStages.Clarifying, "clarify")]
    [InlineData(ReviewStages.Deciding, "pub_decide")]
    [InlineData(ReviewStages.Publishing, "publish")]
    [InlineData(ReviewStages.FollowingUp, "check_6m")]
    public async Task A_suspended_review_stands_until_one_signature_and_has_the_days_it_missed(string moment, string stage)
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewStages.AtAsync(app, moment);
        var (due, tasks, before) = (await review.DueAsync(stage), await review.TasksAsync(), await review.LedgerAsync());

        Assert.Equal("ok", await review.CodeAsync(review.Head, "suspend", new { reason = "[an election]" }));
        Assert.Equal(["text_written", "suspended"], (await review.LedgerAsync())[before.Length..]);
        Assert.Empty(await review.TasksAsync());
        Assert.Empty(await app.Database.AsOwnerAsync<string>("SELECT key FROM reminder WHERE settled_at IS NULL"));
        await app.AdvanceAsync(TimeSpan.FromDays(Rest));
        Assert.Equal("signature.name signature.office signature.day", await AllAsync(review, new { }));
        var sign = new { signature = LightReview.Signature(app, ReviewStages.Day(app, Rest)) };
        Assert.Equal("ok", await review.CodeAsync(review.Authority, "resume", sign));

        Assert.Equal(due.AddDays(Rest), await review.DueAsync(stage));
        Assert.Equal(tasks, await review.TasksAsync());
        Assert.Equal(["signed", "text_written", "resumed"], (await review.LedgerAsync())[(before.Length + 2)..(before.Length + 5)]);
        foreach (var person in new[] { review.Authority, review.FocalPoint, review.Alternate, review.Coordinator, review.Deputy })
        {
            var letters = await review.LettersAsync(person);
            Assert.Single(letters, "review_suspended");
            Assert.Single(letters, "review_resumed");
        }

        Assert.DoesNotContain("review_suspended", await review.LettersAsync(review.Other));
        await app.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task The_head_coordinator_may_undo_what_the_head_coordinator_may_do()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewStages.AtAsync(app, ReviewStages.Assessing);

        Assert.Equal("ok", await review.CodeAsync(review.Head, "suspend", new { reason = "[a strike]" }));
        Assert.Equal("ok", await review.CodeAsync(review.Head, "resume", new { signature = LightReview.Signature(app) }));

        Assert.Equal("running", await review.StatusAsync());
    }

    [Fact]
    public async Task The_public_sees_no_failure_in_it()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewStages.AtAsync(app, ReviewStages.Assessing);
        using var visitor = app.Visitor();
        var address = new Uri("/api/v1/register", UriKind.Relative);
        var before = await visitor.GetStringAsync(address, TestContext.Current.CancellationToken);

        Assert.Equal("ok", await review.CodeAsync(review.Authority, "suspend", new { reason = "[an election]" }));

        Assert.Equal(before, await visitor.GetStringAsync(address, TestContext.Current.CancellationToken));
    }

    private static async Task<string> AllAsync(ReviewAt review, object body)
    {
        using var answer = await review.PostAsync(review.Authority, "resume", body);
        var text = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return string.Join(' ', text.RootElement.GetProperty("errors").EnumerateArray().Select(error => error.Text("code")));
    }
}
