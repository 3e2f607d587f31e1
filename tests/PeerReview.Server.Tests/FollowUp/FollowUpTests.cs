using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.FollowUp;

public sealed class FollowUpTests
{
    [Fact]
    public async Task Progress_is_told_and_both_sides_close()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.DecidingAsync(app);
        (await review.Authority.Client.PostAsJsonAsync($"{review.Api}/actions", new { content = LightReview.Commitment(), label = "CLEAR" }, Cancel))
            .EnsureSuccessStatusCode();
        Assert.Equal("process.too-early", await CodeAsync(await CompleteAsync(review, review.FocalPoint, "check_6m", new { })));
        await PublishAsync(app, review);

        Assert.Equal("follow-up.status", await CodeAsync(await CompleteAsync(review, review.FocalPoint, "check_6m", new { text = "" })));
        Assert.Equal("follow-up.unknown-commitment", await CodeAsync(await CompleteAsync(review, review.FocalPoint, "check_6m", Progress("C-09"))));
        Assert.Equal(HttpStatusCode.Forbidden, (await CompleteAsync(review, review.Coordinator, "check_6m", Progress("C-01"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await CompleteAsync(review, review.FocalPoint, "check_6m", Progress("C-01"))).StatusCode);
        Assert.Equal("process.already-done", await CodeAsync(await CompleteAsync(review, review.FocalPoint, "check_6m", Progress("C-01"))));
        var read = await review.Coordinator.Client.GetFromJsonAsync<JsonElement>($"{review.Api}/follow-up", Cancel);
        Assert.Equal("under_way", read.GetProperty("commitments")[0].GetProperty("status").GetString());

        Assert.Equal("follow-up.closing-empty", await CodeAsync(await CompleteAsync(review, review.Authority, "close", new { })));
        Assert.Equal(HttpStatusCode.Forbidden, (await CompleteAsync(review, review.FocalPoint, "close", new { text = "No." })).StatusCode);
        using var pages = await Pages.OfAsync(app, review.Authority);
        await pages.ReadAsync($"/reviews/{review.Id}/follow-up");
        Assert.Equal(HttpStatusCode.SeeOther, (await pages.SubmitAsync($"/reviews/{review.Id}/follow-up", ("act", "close"), ("text", "[carried over]"))).Status);
        var closed = await pages.ReadAsync($"/reviews/{review.Id}/follow-up");
        Assert.Contains("It ends when the other side has closed it too.", closed.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Close from our side", closed.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("review_closed", await review.LettersAsync(review.Authority));
        using var office = await Pages.OfAsync(app, review.Coordinator);
        Assert.Contains("1 step waits for you.", (await office.ReadAsync("/")).Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await CompleteAsync(review, review.Coordinator, "close", new { text = "Thank you." })).StatusCode);
        Assert.Contains("This review is closed.", (await pages.ReadAsync($"/reviews/{review.Id}/follow-up")).Html, StringComparison.Ordinal);
        Assert.Equal(["closed"], await app.Database.AsOwnerAsync<string>("SELECT status FROM review"));
        Assert.Contains("review_closed", await review.LettersAsync(review.Authority));
        Assert.Equal(HttpStatusCode.NotFound, (await review.Other.Client.GetAsync($"{review.Api}/follow-up", Cancel)).StatusCode);
        await app.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task On_home_the_closing_is_set_apart_until_it_is_near()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.DecidingAsync(app);
        await PublishAsync(app, review);
        using var authority = await Pages.OfAsync(app, review.Authority);

        var early = (await authority.ReadAsync("/")).Html;
        await app.AdvanceAsync(TimeSpan.FromDays(600));
        var near = (await authority.ReadAsync("/")).Html;

        Assert.Contains("Nothing waits for you now.", early, StringComparison.Ordinal);
        Assert.Contains("<h2>Later</h2>", early, StringComparison.Ordinal);
        Assert.Contains("1 step waits for you.", near, StringComparison.Ordinal);
        Assert.DoesNotContain("<h2>Later</h2>", near, StringComparison.Ordinal);
        Assert.All([early, near], html => Assert.Contains($"href=\"/reviews/{review.Id}/follow-up\">Closing</a>", html, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_six_month_note_is_not_handed_in_empty_nor_by_a_slip_and_the_other_side_hears_of_it()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.DecidingAsync(app);
        await PublishAsync(app, review);
        var path = $"/reviews/{review.Id}/follow-up";
        using var pages = await Pages.OfAsync(app, review.FocalPoint);
        var (_, first) = await pages.ReadAsync(path);
        Assert.Contains("<summary>Hand the six-month note in already</summary>", first, StringComparison.Ordinal);

        var (status, refused, _) = await pages.SubmitAsync(path, ("act", "tell"), ("stage", "check_6m"), ("text", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("Say in a few words how far the State is.", refused, StringComparison.Ordinal);
        Assert.Contains("Tick the box if you mean it.", refused, StringComparison.Ordinal);
        Assert.Equal("follow-up.note-empty", await CodeAsync(await CompleteAsync(review, review.FocalPoint, "check_6m", new { early = true, text = " " })));
        Assert.Equal("follow-up.early", await CodeAsync(await CompleteAsync(review, review.FocalPoint, "check_6m", new { text = "[whole]" })));

        // Two months before its day nobody has to say that it is meant.
        await app.AdvanceAsync(TimeSpan.FromDays(122));
        Assert.Equal(HttpStatusCode.OK, (await CompleteAsync(review, review.FocalPoint, "check_6m", new { text = "[whole]" })).StatusCode);
        Assert.Contains("progress_told", await review.LettersAsync(review.Coordinator));
        Assert.Contains("progress_told", await review.LettersAsync(review.Authority));
        Assert.DoesNotContain("progress_told", await review.LettersAsync(review.FocalPoint));
    }

    [Fact]
    public async Task Before_a_note_goes_out_the_State_sees_what_the_public_will_read_of_it()
    {
        await using var desk = await DeskReview.PublishedAsync();
        (await desk.PlanAsync("R-01")).EnsureSuccessStatusCode();
        (await desk.PlanAsync("R-01", "AMBER")).EnsureSuccessStatusCode();
        (await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/stages/action_plan/complete", new { }, Cancel)).EnsureSuccessStatusCode();
        using var pages = await Pages.OfAsync(desk.App, desk.FocalPoint);
        var path = $"{desk.Page}/follow-up";
        (string, string)[] filled =
        [
            ("act", "tell"), ("stage", "check_6m"), ("early", "on"), ("label", "CLEAR"), ("text", "[about the whole]"), ("commitment", "C-01"),
            ("status.C-01", "under_way"), ("text.C-01", "[of the first]"), ("commitment", "C-02"), ("status.C-02", "done"), ("text.C-02", "[of the second]"),
        ];

        var (_, first) = await pages.ReadAsync(path);
        Assert.Contains("See what the public will read", first, StringComparison.Ordinal);
        Assert.DoesNotContain(">Hand in the note<", first, StringComparison.Ordinal);
        var (wrong, refused, _) = await pages.SubmitAsync(path, [.. filled[..^2], ("look", "on")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong);
        Assert.Contains("[of the first]", refused, StringComparison.Ordinal);

        var (status, seen, _) = await pages.SubmitAsync(path, [.. filled, ("look", "on")]);
        Assert.Equal(HttpStatusCode.OK, status);
        var shown = seen[seen.IndexOf("What the public will see", StringComparison.Ordinal)..];
        Assert.Contains("[about the whole]", shown, StringComparison.Ordinal);
        Assert.Contains("[of the first]", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("[of the second]", shown, StringComparison.Ordinal);
        Assert.Contains("Nothing is handed in yet.", shown, StringComparison.Ordinal);
        // The form keeps what is typed, and offers to hand it in now.
        Assert.Contains("[of the second]", seen, StringComparison.Ordinal);
        Assert.Contains(">Hand in the note<", shown, StringComparison.Ordinal);
        Assert.Equal([2], await desk.App.Database.AsOwnerAsync<int>("SELECT max(edition) FROM publication"));

        // What was changed after the look is shown before it can be handed in: the words of one, and how far the other may travel.
        (string, string) shownHash = ("previewed", HashIn(seen));
        var (late, again, _) = await pages.SubmitAsync(path, [.. filled.Select(field => field.Item2 == "[of the first]" ? ("text.C-01", "[said anew]") : field), shownHash]);
        Assert.Equal(HttpStatusCode.Conflict, late);
        Assert.Contains("nothing was handed in", again, StringComparison.Ordinal);
        Assert.Contains("[said anew]", again[again.IndexOf("What the public will see", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.NotEqual(HashIn(seen), HashIn(again));
        var (_, narrow, _) = await pages.SubmitAsync(path, [.. filled.Select(field => field.Item1 == "label" ? ("label", "AMBER") : field), ("look", "on")]);
        Assert.Equal(HttpStatusCode.Conflict, (await pages.SubmitAsync(path, [.. filled, ("previewed", HashIn(narrow))])).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await pages.SubmitAsync(path, filled)).Status);
        Assert.Equal([2], await desk.App.Database.AsOwnerAsync<int>("SELECT max(edition) FROM publication"));

        Assert.Equal(HttpStatusCode.SeeOther, (await pages.SubmitAsync(path, [.. filled, shownHash])).Status);
        Assert.Equal([3], await desk.App.Database.AsOwnerAsync<int>("SELECT max(edition) FROM publication"));
        using var lead = await Pages.OfAsync(desk.App, desk.Experts[DeskReview.Ama]);
        await lead.ReadAsync(path);
        Assert.Equal(HttpStatusCode.Forbidden, (await lead.SubmitAsync(path, [.. filled, ("look", "on")])).Status);
    }

    private static string HashIn(string html) => html.Split("name=\"previewed\" value=\"")[1][..64];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static object Progress(string commitment) =>
        new { text = "[whole]", early = true, notes = new[] { new { commitment, status = "under_way", text = "[one]" } } };

    private static Task<HttpResponseMessage> CompleteAsync(ReviewAt review, TestPerson person, string stage, object body) =>
        person.Client.PostAsJsonAsync($"{review.Api}/stages/{stage}/complete", body, Cancel);

    private static async Task PublishAsync(TestApp app, ReviewAt review)
    {
        (await CompleteAsync(review, review.Authority, "pub_decide", new
        {
            choices = new { self_assessment = "full", clarifications = "none", commitments = "full", summary = "full" },
            signature = LightReview.Signature(app),
        })).EnsureSuccessStatusCode();
        (await CompleteAsync(review, review.Coordinator, "publish", new { })).EnsureSuccessStatusCode();
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString();
}
