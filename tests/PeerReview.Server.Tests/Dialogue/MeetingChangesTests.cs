using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Dialogue;

/// <summary>What changes on the way to a session with all States: a fixed time no longer holds, a State is missing, something is only typed.</summary>
public sealed class MeetingChangesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task How_to_join_stays_while_another_form_of_the_page_is_sent()
    {
        await using var full = await DeskReview.DialogueAsync();
        var path = $"{full.Page}/dialogue";
        Assert.Equal("ok", await CodeAsync(full.OfferAsync(3)));
        using var pages = await Pages.OfAsync(full.App, full.Experts[DeskReview.Ama]);
        Assert.Contains("data-keep=\"fix-T-01\"", (await pages.ReadAsync(path)).Html, StringComparison.Ordinal);
        await pages.SubmitAsync("/drafts", ("draft_page", path), ("draft_part", "fix-T-01"), ("slot", "T-01"), ("version", "0"), ("way", "remote"), ("join", "https://call.example/room"));

        Assert.Contains("https://call.example/room", (await pages.SubmitAsync(path, ("act", "point"), ("text", ""))).Html, StringComparison.Ordinal);
        await pages.SubmitAsync(path, ("act", "suits"), ("version", "0"), ("suits", "T-01"));
        Assert.Contains("https://call.example/room", (await pages.ReadAsync(path)).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fixed_time_is_taken_back_after_one_question_and_everybody_is_told()
    {
        await using var full = await DeskReview.DialogueAsync();
        var path = $"{full.Page}/dialogue";
        Assert.Equal("ok", await CodeAsync(full.OfferAsync(3, 5)));
        Assert.Equal("ok", await CodeAsync(full.Coordinator.Client.PostAsJsonAsync($"{full.Api}/dialogue/meeting", new { slot = "T-01", anyway = true }, Cancel)));
        using var pages = await Pages.OfAsync(full.App, full.Experts[DeskReview.Ama]);
        await pages.ReadAsync(path);
        var asked = await pages.SubmitAsync(path, ("act", "slot-remove"), ("slot", "T-01"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, asked.Status);
        Assert.Contains("Tick the box if you want to take this time back", asked.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("dialogue_taken_back", await full.At.LettersAsync(full.FocalPoint));

        Assert.Equal(HttpStatusCode.SeeOther, (await pages.SubmitAsync(path, ("act", "slot-remove"), ("slot", "T-01"), ("sure", "on"))).Status);
        foreach (var person in new[] { full.FocalPoint, full.Coordinator, full.Experts[DeskReview.Eva] })
            Assert.Contains("dialogue_taken_back", await full.At.LettersAsync(person));
        Assert.Contains("was fixed, and was taken back on", Bidi(await PageAsync(full, full.FocalPoint, path)), StringComparison.Ordinal);

        // The next one is told as instead of it; a third is a meeting of its own.
        Assert.Equal("ok", await CodeAsync(full.Coordinator.Client.PostAsJsonAsync($"{full.Api}/dialogue/meeting", new { slot = "T-02", anyway = true }, Cancel)));
        Assert.Contains("dialogue_moved", await full.At.LettersAsync(full.FocalPoint));
        var letter = (await full.App.LettersAsync()).Last(one => one.Recipient == full.FocalPoint.Email);
        Assert.Contains("It is instead of: ", letter.Body, StringComparison.Ordinal);
        Assert.Equal("ok", await CodeAsync(full.OfferAsync(8)));
        Assert.Equal("ok", await CodeAsync(full.Coordinator.Client.PostAsJsonAsync($"{full.Api}/dialogue/meeting", new { slot = "T-03", anyway = true }, Cancel)));
        Assert.Single(await full.At.LettersAsync(full.FocalPoint), "dialogue_moved");
        await full.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task A_record_goes_to_confirmation_only_after_all_States_have_met()
    {
        await using var full = await DeskReview.DialogueAsync();
        var (lead, late) = (full.Experts[DeskReview.Ama], full.Experts[DeskReview.Eva]);
        Assert.Equal("ok", await CodeAsync(full.RecordSessionAsync(["STATE:STATE_FP", "GHA:REV_LEAD"])));
        Assert.Equal("ok", await CodeAsync(full.SaveRecordAsync("Q-01")));

        Assert.DoesNotContain("dialogue_record", await full.At.LettersAsync(full.FocalPoint));
        Assert.DoesNotContain("Dialogue: confirm the record", await PageAsync(full, full.FocalPoint, "/"), StringComparison.Ordinal);
        foreach (var person in new[] { full.Coordinator, lead })
            Assert.Contains("A meeting with all States is still missing", await PageAsync(full, person, "/"), StringComparison.Ordinal);

        // Times offered for it wait for those asked.
        Assert.Equal("ok", await CodeAsync(full.OfferAsync(3)));
        foreach (var person in new[] { full.FocalPoint, late })
            Assert.Contains("Say which times for the dialogue suit your State", await PageAsync(full, person, "/"), StringComparison.Ordinal);
        await full.App.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal("ok", await CodeAsync(full.RecordSessionAsync()));
        Assert.Contains("dialogue_record", await full.At.LettersAsync(full.FocalPoint));
        Assert.Contains("Dialogue: confirm the record", await PageAsync(full, full.FocalPoint, "/"), StringComparison.Ordinal);
        await full.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task A_wrong_length_is_said_once_for_all_times()
    {
        await using var full = await DeskReview.DialogueAsync();
        var day = DateOnly.FromDateTime((await full.NowAsync()).UtcDateTime).AddDays(3).ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        using var pages = await Pages.OfAsync(full.App, full.Coordinator);
        await pages.ReadAsync($"{full.Page}/dialogue");
        var refused = await pages.SubmitAsync(
            $"{full.Page}/dialogue", ("act", "offer"), ("day.0", day), ("time.0", "10:00"), ("day.1", day), ("time.1", "12:00"), ("zone", "UTC"), ("minutes", "500"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        // Once above the form, once at the field.
        Assert.Equal(3, refused.Html.Split("A meeting lasts between").Length);
    }

    private static async Task<string> PageAsync(DeskReview full, TestPerson person, string path)
    {
        using var pages = await Pages.OfAsync(full.App, person);
        return (await pages.ReadAsync(path)).Html;
    }

    /// <summary>Without the marks that keep directions apart.</summary>
    private static string Bidi(string page) => page.Replace("\u2068", "", StringComparison.Ordinal).Replace("\u2069", "", StringComparison.Ordinal);

    private static async Task<string?> CodeAsync(Task<HttpResponseMessage> sending)
    {
        using var answer = await sending;
        return answer.IsSuccessStatusCode ? "ok" : (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString();
    }
}
