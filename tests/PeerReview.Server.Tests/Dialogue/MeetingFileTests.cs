using System.Net;
using System.Net.Http.Json;
using System.Text;
using PeerReview.Core;
using PeerReview.Core.Deliberation;
using PeerReview.Server.Features.Dialogue.Meeting;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Dialogue;

/// <summary>The file by which a fixed time of the dialogue gets into a calendar.</summary>
public sealed class MeetingFileTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private const string Secret = "https://call.example/the-room";

    [Fact]
    public async Task Who_reads_the_page_takes_the_fixed_time_and_nothing_else_into_a_calendar()
    {
        await using var full = await DeskReview.DialogueAsync();
        (await full.OfferAsync(3, 5)).EnsureSuccessStatusCode();
        using var state = await Pages.OfAsync(full.App, full.FocalPoint);
        Assert.Equal(HttpStatusCode.Conflict, (await state.ReadAsync(FileOf(full, "T-01"))).Status);
        await FixAsync(full, "T-01");

        var page = (await state.ReadAsync($"{full.Page}/dialogue")).Html;
        Assert.Contains($"href=\"{FileOf(full, "T-01")}\" download", page, StringComparison.Ordinal);
        Assert.DoesNotContain(FileOf(full, "T-02"), page, StringComparison.Ordinal);
        var at = (await full.ReadDialogueAsync(full.FocalPoint)).GetProperty("slots")[0].GetProperty("at").GetDateTimeOffset().UtcDateTime;
        var file = await LinesAsync(state, FileOf(full, "T-01"));
        Assert.Equal($"UID:{full.At.Id}-dialogue-1", file.Single(line => line.StartsWith("UID:", StringComparison.Ordinal)));
        Assert.Contains("SEQUENCE:0", file);
        Assert.Contains($"DTSTART:{at:yyyyMMdd'T'HHmmss'Z'}", file);
        Assert.Contains($"DTEND:{at.AddMinutes(90):yyyyMMdd'T'HHmmss'Z'}", file);
        Assert.Contains(file, line => line.StartsWith("SUMMARY:Dialogue: Kenya – Full", StringComparison.Ordinal));
        Assert.Contains(file, line => line.StartsWith("URL:http", StringComparison.Ordinal) && line.EndsWith($"{full.Page}/dialogue#T-01", StringComparison.Ordinal));
        // A calendar is kept elsewhere: how one joins stays on the page.
        Assert.DoesNotContain(file, line => line.Contains("call.example", StringComparison.Ordinal));
        Assert.DoesNotContain(file, line => line.StartsWith("ATTENDEE", StringComparison.Ordinal) || line.StartsWith("ORGANIZER", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_else_gets_the_file_and_a_time_taken_back_has_none()
    {
        await using var full = await DeskReview.DialogueAsync();
        (await full.OfferAsync(3, 5)).EnsureSuccessStatusCode();
        await FixAsync(full, "T-01");
        using var other = await Pages.OfAsync(full.App, full.At.Other);
        Assert.Equal(HttpStatusCode.NotFound, (await other.ReadAsync($"{full.Page}/dialogue")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.ReadAsync(FileOf(full, "T-01"))).Status);

        (await full.Coordinator.Client.DeleteAsync($"{full.Api}/dialogue/slots/T-01", Cancel)).EnsureSuccessStatusCode();
        using var expert = await Pages.OfAsync(full.App, full.Experts[DeskReview.Eva]);
        var gone = await expert.ReadAsync(FileOf(full, "T-01"));
        Assert.Equal(HttpStatusCode.SeeOther, gone.Status);
        Assert.Contains("This time no longer holds", (await expert.ReadAsync($"{full.Page}/dialogue")).Html, StringComparison.Ordinal);

        // The next time is the same meeting, moved.
        await FixAsync(full, "T-02");
        var file = await LinesAsync(expert, FileOf(full, "T-02"));
        Assert.Contains($"UID:{full.At.Id}-dialogue-1", file);
        Assert.Contains("SEQUENCE:1", file);
    }

    [Fact]
    public void Long_names_are_folded_between_characters_and_signs_escaped()
    {
        var summary = string.Concat(Enumerable.Repeat("全面审查；", 20)) + "a, b; c\\d";
        var text = MeetingFile.Write(
            new ReviewId(Guid.Empty), new MeetingPlace(2, 3), new SlotContent(DateTimeOffset.UnixEpoch, "UTC", 30), DateTimeOffset.UnixEpoch,
            new Uri("https://review.example/reviews/1/dialogue#T-01"), summary);
        Assert.All(text.Split("\r\n"), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
        Assert.Contains(summary.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal), text.Replace("\r\n ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static string FileOf(DeskReview full, string slot) => $"{full.Page}/dialogue/{slot}/calendar.ics";

    private static async Task FixAsync(DeskReview full, string slot) =>
        (await full.Coordinator.Client.PostAsJsonAsync($"{full.Api}/dialogue/meeting", new { slot, join = Secret, anyway = true }, Cancel)).EnsureSuccessStatusCode();

    /// <summary>The lines of a file, unfolded.</summary>
    private static async Task<string[]> LinesAsync(Pages pages, string path)
    {
        var file = await pages.ReadAsync(path);
        Assert.Equal(HttpStatusCode.OK, file.Status);
        return file.Html.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n");
    }
}
