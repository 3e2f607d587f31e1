using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Processes;

/// <summary>A text all parties of a stage agree to: each may change it and say no, a changed one asks all again, and there is a way on.</summary>
public sealed class CommonTextTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_party_may_change_it_and_a_changed_text_asks_all_again()
    {
        await using var review = await AgreeingAsync();
        var (ghana, estonia, state) = (review["REV_FP/GHA"], review["REV_FP/EST"], review["STATE_AUTH"]);
        await WriteAsync(review, ghana, "report", "[first]", 0);
        await WriteAsync(review, ghana, "summary_text", "[summary]", 0);

        using (var stale = await SaveAsync(review, estonia, "report", "[second]", 0))
            Assert.Contains("writing.stale", await stale.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        using (var blind = await ghana.Client.PostAsJsonAsync($"{review.Api}/stages/agree/complete", new { contentHash = "0" }, Cancel))
            Assert.Contains("stage.changed", await blind.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        (await review.DoAsync(ghana, "agree")).EnsureSuccessStatusCode();
        using (var twice = await review.DoAsync(ghana, "agree"))
            Assert.Contains("stage.agreed-already", await twice.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal("STATE_AUTH EST.REV_FP", await MissingAsync(review));
        Assert.Equal((false, true), (await HasStepAsync(review, ghana), await HasStepAsync(review, estonia)));

        await WriteAsync(review, estonia, "report", "[second]", 1);
        Assert.Equal("STATE_AUTH GHA.REV_FP EST.REV_FP", await MissingAsync(review));
        Assert.True(await HasStepAsync(review, ghana));
        Assert.Contains(await KeysAsync(review, "your_turn"), key => key.EndsWith(ghana.Id.ToString(), StringComparison.Ordinal));

        foreach (var party in new[] { state, estonia, ghana })
        {
            Assert.Contains("agree", await OpenAsync(review));
            (await review.DoAsync(party, "agree")).EnsureSuccessStatusCode();
        }

        Assert.Contains("summary", await OpenAsync(review));
        await review.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task A_party_says_no_with_a_reason_that_the_others_read_and_the_stage_can_fail()
    {
        await using var review = await AgreeingAsync();
        var (ghana, estonia, focal) = (review["REV_FP/GHA"], review["REV_FP/EST"], review["STATE_FP"]);
        await WriteAsync(review, ghana, "report", "[first]", 0);
        await WriteAsync(review, ghana, "summary_text", "[summary]", 0);
        (await review.DoAsync(estonia, "agree")).EnsureSuccessStatusCode();

        using (var empty = await estonia.Client.PostAsJsonAsync($"{review.Api}/stages/agree/object", new { reason = " " }, Cancel))
            Assert.Contains("moves.reason-missing", await empty.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        using (var other = await focal.Client.PostAsJsonAsync($"{review.Api}/stages/agree/object", new { reason = "[why]" }, Cancel))
            Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
        using (var said = await estonia.Client.PostAsJsonAsync($"{review.Api}/stages/agree/object", new { reason = "[why not]" }, Cancel))
            said.EnsureSuccessStatusCode();
        // Whoever says no has not agreed.
        Assert.Equal("STATE_AUTH GHA.REV_FP EST.REV_FP", await MissingAsync(review));
        using var pages = await Pages.OfAsync(review.App, ghana);
        Assert.Contains("[why not]", (await pages.ReadAsync($"{review.Page}/stages/agree")).Html, StringComparison.Ordinal);
        Assert.NotEmpty(await KeysAsync(review, "text_objected"));

        using (var failed = await ghana.Client.PostAsJsonAsync($"{review.Api}/stages/agree/fail", new { reason = "[cannot]" }, Cancel))
            failed.EnsureSuccessStatusCode();
        // Texts on which they could not agree are no agreed ones: those who read agreed ones do not read them.
        var contributor = await review.App.PersonAsync("STATE_AUTH", "NOR", "Elsewhere");
        Assert.DoesNotContain("[first]", await contributor.Client.GetStringAsync(new Uri($"{review.Api}/stages/agree", UriKind.Relative), Cancel), StringComparison.Ordinal);
        var next = (await pages.ReadAsync($"{review.Page}/stages/more_dialogue")).Html;
        Assert.Contains("with=agree%3Areport", next, StringComparison.Ordinal);
        Assert.Contains("[first]", (await pages.ReadAsync($"{review.Page}/stages/more_dialogue?begin=report&with=agree%3Areport")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_process_has_no_other_way_it_goes_on_after_its_days_with_what_was_said_against_it()
    {
        await using var review = await AgreeingAsync();
        using (var failed = await review["REV_FP/GHA"].Client.PostAsJsonAsync($"{review.Api}/stages/agree/fail", new { reason = "[cannot]" }, Cancel))
            failed.EnsureSuccessStatusCode();
        var (ghana, estonia) = (review["REV_FP/GHA"], review["REV_FP/EST"]);
        using (var saved = await ghana.Client.PutAsJsonAsync($"{review.Api}/stages/more_dialogue/documents/report", new { text = "[report]", version = 0 }, Cancel))
            saved.EnsureSuccessStatusCode();
        using (var said = await estonia.Client.PostAsJsonAsync($"{review.Api}/stages/more_dialogue/object", new { reason = "[why not]" }, Cancel))
            said.EnsureSuccessStatusCode();
        (await review.DoAsync(ghana, "more_dialogue")).EnsureSuccessStatusCode();

        using (var early = await GoOnAsync(review, ghana))
            Assert.Contains("stage.days-not-over", await early.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        await review.App.AdvanceAsync(TimeSpan.FromDays(40));
        using (var pages = await Pages.OfAsync(review.App, ghana))
            Assert.Contains("Go on without the agreement of all", (await pages.ReadAsync($"{review.Page}/stages/more_dialogue")).Html, StringComparison.Ordinal);
        using (var late = await GoOnAsync(review, ghana))
            late.EnsureSuccessStatusCode();

        Assert.Contains("summary", await OpenAsync(review));
        using var after = await Pages.OfAsync(review.App, review["COORD"]);
        Assert.Contains("[why not]", (await after.ReadAsync($"{review.Page}/stages/more_dialogue")).Html, StringComparison.Ordinal);
        var stated = await review.App.Database.AsOwnerAsync<string>(
            "SELECT body::text FROM event WHERE review_id = @Id AND kind = 'stage_stated' AND body::text LIKE '%more_dialogue%'", new { review.Id });
        Assert.DoesNotContain("G-AGREE", Assert.Single(stated), StringComparison.Ordinal);
        await review.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task Words_typed_and_not_saved_are_saved_with_the_part()
    {
        await using var review = await OwnProcess.LaunchedAsync("uncac-like", "review");
        await review.RunAsync("self_assess");
        var (focal, path) = (review["STATE_FP"], $"{review.Page}/stages/self_assess");
        (await focal.Client.PutAsJsonAsync($"{review.Api}/stages/self_assess/documents/checklist", new { text = "[saved]" }, Cancel)).EnsureSuccessStatusCode();
        using var pages = await Pages.OfAsync(review.App, focal);
        await pages.ReadAsync(path);
        await KeepAsync("[typed on an old version]", "0");

        var refused = await pages.SubmitAsync(path, ("act", "complete"), ("states", "CHECKLIST-COMPLETE"), ("condition.working_language_differs", "no"));
        // Somebody saved meanwhile: both come together in the form, and the part is not done.
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("[typed on an old version]", refused.Html, StringComparison.Ordinal);
        Assert.Contains("self_assess", await OpenAsync(review));

        await KeepAsync("[typed]", "1");
        var done = await pages.SubmitAsync(path, ("act", "complete"), ("states", "CHECKLIST-COMPLETE"), ("condition.working_language_differs", "no"));

        Assert.Equal(HttpStatusCode.SeeOther, done.Status);
        Assert.DoesNotContain("self_assess", await OpenAsync(review));
        Assert.Contains("[typed]", await focal.Client.GetStringAsync(new Uri($"{review.Api}/stages/self_assess", UriKind.Relative), Cancel), StringComparison.Ordinal);
        Assert.Empty(await review.App.Database.AsOwnerAsync<string>("SELECT part FROM draft"));

        async Task KeepAsync(string text, string version) => await pages.SubmitAsync(
            "/drafts", ("draft_page", path), ("draft_part", "checklist"), ("document", "checklist"), ("text", text), ("label", "AMBER"), ("language", "en"), ("version", version));
    }

    [Fact]
    public async Task Words_never_saved_are_saved_with_the_part_and_stand_in_the_field_after_a_refusal()
    {
        await using var review = await OwnProcess.LaunchedAsync("nis2-like", "remote");
        await review.RunAsync("scope");
        await review.NameStatesAsync();
        var path = $"{review.Page}/stages/scope";
        using var pages = await Pages.OfAsync(review.App, review["STATE_FP"]);
        await pages.ReadAsync(path);
        await pages.SubmitAsync(
            "/drafts", ("draft_page", path), ("draft_part", "scope_note"), ("document", "scope_note"), ("text", ""), ("label", "AMBER"), ("language", "en"), ("version", "0"));
        var empty = await pages.SubmitAsync(path, ("act", "complete"));
        Assert.True((int)empty.Status is 409 or 422);

        await pages.SubmitAsync(
            "/drafts", ("draft_page", path), ("draft_part", "scope_note"), ("document", "scope_note"), ("text", "[never saved]"), ("label", "none of ours"), ("language", "en"), ("version", "0"));
        var refused = await pages.SubmitAsync(path, ("act", "complete"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("[never saved]", refused.Html, StringComparison.Ordinal);

        // A form beside it that is refused takes nothing away either.
        var other = await pages.SubmitAsync(path, ("act", "return"), ("reason", ""));
        Assert.Contains("[never saved]", other.Html, StringComparison.Ordinal);

        await pages.SubmitAsync(
            "/drafts", ("draft_page", path), ("draft_part", "scope_note"), ("document", "scope_note"), ("text", "[never saved]"), ("label", "AMBER"), ("language", "en"), ("version", "0"));
        var done = await pages.SubmitAsync(path, ("act", "complete"));
        Assert.Equal(HttpStatusCode.SeeOther, done.Status);
        Assert.Contains("[never saved]", await review["STATE_FP"].Client.GetStringAsync(new Uri($"{review.Api}/stages/scope", UriKind.Relative), Cancel), StringComparison.Ordinal);
    }

    private static async Task<OwnProcess> AgreeingAsync()
    {
        var review = await OwnProcess.LaunchedAsync("uncac-like", "review");
        await review.RunAsync("agree");
        return review;
    }

    private static Task<HttpResponseMessage> SaveAsync(OwnProcess review, TestPerson person, string document, string text, int version) =>
        person.Client.PutAsJsonAsync($"{review.Api}/stages/agree/documents/{document}", new { text, version }, Cancel);

    private static async Task WriteAsync(OwnProcess review, TestPerson person, string document, string text, int version)
    {
        using var saved = await SaveAsync(review, person, document, text, version);
        saved.EnsureSuccessStatusCode();
    }

    private static async Task<HttpResponseMessage> GoOnAsync(OwnProcess review, TestPerson person)
    {
        var at = await person.Client.GetFromJsonAsync<JsonElement>($"{review.Api}/stages/more_dialogue", Cancel);
        return await person.Client.PostAsJsonAsync($"{review.Api}/stages/more_dialogue/complete", new { contentHash = at.Text("contentHash"), goOn = true }, Cancel);
    }

    /// <summary>The parties that have not agreed.</summary>
    private static async Task<string> MissingAsync(OwnProcess review)
    {
        var at = await review["STATE_AUTH"].Client.GetFromJsonAsync<JsonElement>($"{review.Api}/stages/agree", Cancel);
        return string.Join(' ', at.GetProperty("parties").EnumerateArray().Where(party => party.Text("agreedAt") is null)
            .Select(party => party.Text("branch") is { } branch ? $"{branch}.{party.Text("role")}" : party.Text("role")));
    }

    private static async Task<bool> HasStepAsync(OwnProcess review, TestPerson person)
    {
        var tasks = await person.Client.GetFromJsonAsync<JsonElement>("/api/v1/tasks", Cancel);
        return tasks.GetProperty("items").EnumerateArray().Any(task => task.Text("path")!.EndsWith("/stages/agree", StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyList<string>> OpenAsync(OwnProcess review)
    {
        var found = await review["COORD_HEAD"].Client.GetFromJsonAsync<JsonElement>(review.Api, Cancel);
        return [.. found.GetProperty("waits").EnumerateArray().Select(wait => wait.Text("stage")!)];
    }

    private static async Task<IReadOnlyList<string>> KeysAsync(OwnProcess review, string letter) =>
        [.. await review.App.Database.AsOwnerAsync<string>("SELECT key FROM outbox WHERE review_id = @Id AND key LIKE @Letter", new { review.Id, Letter = letter + ":%" })];
}
