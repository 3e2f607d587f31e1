using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Processes;

/// <summary>A right of a programme's own process: who uses it states nothing that only comes to hold afterwards, the office settles what
/// follows, and what was never handed in counts for nothing.</summary>
public sealed class UsedRightTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_objection_is_handed_in_and_the_stage_stays_open_until_the_office_has_settled_and_answered_it()
    {
        await using var review = await ObjectingAsync();
        var at = $"{review.Api}/stages/object";
        using (var pages = await Pages.OfAsync(review.App, review["STATE_AUTH"]))
        {
            await WriteAsync(review, "STATE_AUTH", "object", "objection_note", "[we object]");
            var html = (await pages.ReadAsync($"{review.Page}/stages/object")).Html;
            Assert.DoesNotContain("No objection is open.", html, StringComparison.Ordinal);
            Assert.Contains("The coordinators have 7 days", html, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.SeeOther, (await pages.SubmitAsync($"{review.Page}/stages/object", ("act", "complete"))).Status);
            html = (await pages.ReadAsync($"{review.Page}/stages/object")).Html;
            Assert.Contains("This right was used on", html, StringComparison.Ordinal);
            Assert.DoesNotContain("<textarea", html, StringComparison.Ordinal);
        }

        foreach (var refused in new[]
        {
            await review["STATE_AUTH"].Client.PostAsJsonAsync($"{at}/complete", new { }, Cancel),
            await review["STATE_AUTH"].Client.PutAsJsonAsync($"{at}/documents/objection_note", new { text = "[other]", version = 1 }, Cancel),
        })
        {
            Assert.Contains("stage.right-used", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
            refused.Dispose();
        }

        // Nobody was silent: the day of the stage ends nothing.
        await review.App.AdvanceAsync(TimeSpan.FromDays(30));
        Assert.Equal("COORD", await WaitingAsync(review, "object"));
        Assert.Equal((true, true, false), (await ReadsAsync(review, "STATE_AUTH"), await ReadsAsync(review, "COORD"), await ReadsAsync(review, "REV_EXPERT/GHA")));
        Assert.Contains(await review.App.LettersAsync(), one => one.Recipient == review["COORD"].Email && one.Subject.Contains("settle what follows", StringComparison.Ordinal));
        await review.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task The_office_puts_a_reserve_in_the_place_and_settles_with_an_answer_that_the_State_reads()
    {
        await using var review = await ObjectingAsync();
        await WriteAsync(review, "STATE_AUTH", "object", "objection_note", "[we object]");
        (await review["STATE_AUTH"].Client.PostAsJsonAsync($"{review.Api}/stages/object/complete", new { }, Cancel)).EnsureSuccessStatusCode();
        var reserve = await review.AcceptingAsync("GHA", "reserve.gha@example.org", reserve: true);

        using var office = await Pages.OfAsync(review.App, review["COORD"]);
        Assert.Contains($"href=\"/reviews/{review.Id}/stages/object\"", (await office.ReadAsync("/")).Html, StringComparison.Ordinal);
        Assert.Contains("Settle what follows", (await office.ReadAsync($"{review.Page}/stages/object")).Html, StringComparison.Ordinal);
        Assert.Contains("Put a reserve in the place of Expert GHA", (await office.ReadAsync($"{review.Page}/experts")).Html, StringComparison.Ordinal);
        var (status, _, _) = await office.SubmitAsync(
            $"{review.Page}/experts/replacement", ("person", review["REV_EXPERT/GHA"].Id.ToString()), ("by", reserve.Id.ToString()));
        Assert.Equal(HttpStatusCode.SeeOther, status);

        var path = $"{review.Page}/stages/object";
        var (unsaid, html, _) = await office.SubmitAsync(path, ("act", "settle"), ("reason", " "));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unsaid);
        Assert.Contains("Confirm each of these points", html, StringComparison.Ordinal);
        Assert.Equal("COORD", await WaitingAsync(review, "object"));
        Assert.Equal(HttpStatusCode.SeeOther, (await office.SubmitAsync(path, ("act", "settle"), ("reason", "[another expert]"), ("states", "G-COI"))).Status);

        Assert.Equal("", await WaitingAsync(review, "object"));
        using var state = await Pages.OfAsync(review.App, review["STATE_AUTH"]);
        Assert.Contains("[another expert]", (await state.ReadAsync(path)).Html, StringComparison.Ordinal);
        using var expert = await Pages.OfAsync(review.App, review["REV_EXPERT/EST"]);
        Assert.DoesNotContain("[another expert]", (await expert.ReadAsync(path)).Html, StringComparison.Ordinal);
        Assert.Contains(await review.App.LettersAsync(), one => one.Recipient == review["STATE_AUTH"].Email && one.Subject.Contains("the coordinators have answered", StringComparison.Ordinal));
        using (var gone = await review["REV_EXPERT/GHA"].Client.GetAsync(review.Api, Cancel))
            Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        await review.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task Whoever_takes_an_experts_place_later_declares_before_anything_else()
    {
        await using var review = await ObjectingAsync();
        var reserve = await review.AcceptingAsync("GHA", "reserve.gha@example.org", reserve: true);
        (await review["COORD"].Client.PostAsJsonAsync(
            $"{review.Api}/experts/{review["REV_EXPERT/GHA"].Id}/replacement", new { by = reserve.Id }, Cancel)).EnsureSuccessStatusCode();
        Assert.Equal("REV_EXPERT", await WaitingAsync(review, "disclose"));
        Assert.Contains(await review.App.LettersAsync(), one => one.Recipient == "reserve.gha@example.org" && one.Subject.Contains("Conflicts of interest", StringComparison.Ordinal));
        await review.RunAsync("exchange");

        using (var first = await reserve.Client.PutAsJsonAsync($"{review.Api}/stages/exchange/documents/exchange_record", new { text = "[question]", version = 0 }, Cancel))
            Assert.Contains("stage.declare-first", await first.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        using (var unsigned = await reserve.Client.PostAsJsonAsync($"{review.Api}/stages/disclose/complete", new { }, Cancel))
            Assert.Contains("stage.documents-missing", await unsigned.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        (await reserve.Client.PutAsJsonAsync($"{review.Api}/stages/disclose/documents/disclosures", new { text = "[no ties of mine]", version = 0 }, Cancel)).EnsureSuccessStatusCode();
        using (var pages = await Pages.OfAsync(review.App, reserve))
        {
            Assert.Contains($"{review.Page}/stages/disclose", (await pages.ReadAsync("/")).Html, StringComparison.Ordinal);
            Assert.Contains("I accept the code of conduct", (await pages.ReadAsync($"{review.Page}/stages/disclose")).Html, StringComparison.Ordinal);
        }

        var disclosed = new Uri($"{review.Api}/stages/disclose", UriKind.Relative);
        Assert.DoesNotContain("[no ties of mine]", await review["STATE_AUTH"].Client.GetStringAsync(disclosed, Cancel), StringComparison.Ordinal);
        (await review.DoAsync(reserve, "disclose")).EnsureSuccessStatusCode();

        Assert.Equal("", await WaitingAsync(review, "disclose"));
        Assert.Contains("[no ties of mine]", await review["STATE_AUTH"].Client.GetStringAsync(disclosed, Cancel), StringComparison.Ordinal);
        (await reserve.Client.PutAsJsonAsync($"{review.Api}/stages/exchange/documents/exchange_record", new { text = "[question]", version = 0 }, Cancel)).EnsureSuccessStatusCode();
        await review.App.Database.RequireSoundAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_written_and_not_handed_in_neither_stops_the_right_from_ending_nor_is_read_after_it(bool givenUp)
    {
        await using var review = await ObjectingAsync();
        await WriteAsync(review, "STATE_AUTH", "object", "objection_note", "[we object]");

        if (givenUp)
            (await review["STATE_AUTH"].Client.PostAsJsonAsync($"{review.Api}/stages/object/waive", new { }, Cancel)).EnsureSuccessStatusCode();
        else
            await review.App.AdvanceAsync(TimeSpan.FromDays(20));

        Assert.Equal("", await WaitingAsync(review, "object"));
        using var state = await Pages.OfAsync(review.App, review["STATE_AUTH"]);
        Assert.Contains(givenUp ? "This right was given up on" : "Nobody used this right by", (await state.ReadAsync($"{review.Page}/stages/object")).Html, StringComparison.Ordinal);
        Assert.Equal((true, false, false), (await ReadsAsync(review, "STATE_AUTH"), await ReadsAsync(review, "COORD"), await ReadsAsync(review, "REV_EXPERT/GHA")));
        await review.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task Comments_that_the_authority_did_not_hand_in_stop_nothing_and_are_read_by_nobody_else()
    {
        await using var review = await OwnProcess.LaunchedAsync("nis2-like", "remote");
        await review.RunAsync("comments");
        await WriteAsync(review, "STATE_FP", "comments", "state_comments", "[we object]");
        (await review.DoAsync(review["STATE_FP"], "comments")).EnsureSuccessStatusCode();

        await review.App.AdvanceAsync(TimeSpan.FromDays(40));

        Assert.Equal("", await WaitingAsync(review, "comments"));
        Assert.Equal((true, false), (await ReadsAsync(review, "STATE_FP", "comments"), await ReadsAsync(review, "COORD", "comments")));
        using var state = await Pages.OfAsync(review.App, review["STATE_FP"]);
        using var office = await Pages.OfAsync(review.App, review["COORD"]);
        Assert.Contains("?begin=final_report&with=report%3Adraft", (await office.ReadAsync($"{review.Page}/stages/deliver")).Html, StringComparison.Ordinal);
        Assert.DoesNotContain("object%3Aobjection_note", (await office.ReadAsync($"{review.Page}/stages/deliver")).Html, StringComparison.Ordinal);
        Assert.Contains("These are the words of an earlier stage.", (await office.ReadAsync($"{review.Page}/stages/deliver?begin=final_report&with=report%3Adraft")).Html, StringComparison.Ordinal);
        await WriteAsync(review, "COORD", "deliver", "final_report", "[we object]");
        Assert.False(await ReadsAsync(review, "REV_EXPERT/GHA", "deliver"));
        foreach (var role in new[] { "STATE_FP", "STATE_AUTH" })
            Assert.Contains(await review.App.LettersAsync(), one => one.Recipient == review[role].Email && one.Subject.Contains("the days are over", StringComparison.Ordinal));
        Assert.Contains("nothing was handed in", (await state.ReadAsync($"{review.Page}/stages/comments")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expert_signs_the_code_of_conduct_with_the_own_declaration()
    {
        await using var review = await OwnProcess.LaunchedAsync("nis2-like", "remote");
        await review.RunAsync("disclose");
        var path = $"{review.Page}/stages/disclose";
        await WriteAsync(review, "REV_EXPERT/GHA", "disclose", "disclosures", "[no ties]");
        var today = review.App.StartedAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        using var expert = await Pages.OfAsync(review.App, review["REV_EXPERT/GHA"]);
        Assert.Contains("I judge by what the State shows", (await expert.ReadAsync(path)).Html, StringComparison.Ordinal);

        var (status, html, _) = await expert.SubmitAsync(path, ("act", "complete"), ("signature.name", "Expert"), ("signature.office", "Agency"), ("signature.day", today));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("The code of conduct must be accepted to review.", html, StringComparison.Ordinal);
        (status, _, _) = await expert.SubmitAsync(
            path, ("act", "complete"), ("conduct", "on"), ("signature.name", "Expert"), ("signature.office", "Agency"), ("signature.day", today));

        Assert.Equal(HttpStatusCode.SeeOther, status);
        var record = await review["COORD"].Client.GetStringAsync(new Uri($"{review.Api}/ledger", UriKind.Relative), Cancel);
        Assert.Contains($"declare:{review["REV_EXPERT/GHA"].Id}", record, StringComparison.Ordinal);
        await review.App.Database.RequireSoundAsync();
    }

    private static async Task<OwnProcess> ObjectingAsync()
    {
        var review = await OwnProcess.LaunchedAsync("nis2-like", "remote");
        await review.RunAsync("object");
        return review;
    }

    private static async Task WriteAsync(OwnProcess review, string role, string stage, string document, string text) =>
        (await review[role].Client.PutAsJsonAsync($"{review.Api}/stages/{stage}/documents/{document}", new { text, version = 0 }, Cancel)).EnsureSuccessStatusCode();

    private static async Task<bool> ReadsAsync(OwnProcess review, string role, string stage = "object") =>
        (await review[role].Client.GetStringAsync(new Uri($"{review.Api}/stages/{stage}", UriKind.Relative), Cancel)).Contains("[we object]", StringComparison.Ordinal);

    private static async Task<string> WaitingAsync(OwnProcess review, string stage) => string.Join(' ',
        (await review["COORD_HEAD"].Client.GetFromJsonAsync<JsonElement>(review.Api, Cancel)).GetProperty("waits").EnumerateArray()
            .Where(wait => wait.Text("stage") == stage).SelectMany(wait => wait.GetProperty("roles").EnumerateArray()).Select(role => role.GetString()));
}
