using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using PeerReview.Core.Access;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Dialogue;

/// <summary>The dialogue of a full review: its agenda, times, a visit if the State wishes, sessions, and a record both sides confirm.</summary>
public sealed class DialogueTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_agenda_is_made_of_open_questions_and_of_what_either_side_adds()
    {
        await using var full = await DeskReview.DialogueAsync(declines: false);
        var (lead, path) = (full.Experts[DeskReview.Ama], $"{full.Api}/dialogue");
        Assert.Empty(Ids(await full.ReadDialogueAsync(lead)));
        Assert.Equal("ok", await CodeAsync(lead.Client.PutAsJsonAsync(path + "/agenda", new { order = Array.Empty<string>(), keptOpen = new[] { "Q-01" }, version = 0 }, Cancel)));
        Assert.Equal("ok", await CodeAsync(full.FocalPoint.Client.PostAsJsonAsync(path + "/points", new { text = "[a point of the State]" }, Cancel)));
        Assert.Equal("ok", await CodeAsync(full.Experts[DeskReview.Eva].Client.PostAsJsonAsync(path + "/points", new { text = "[a point of Estonia]" }, Cancel)));
        var dialogue = await full.ReadDialogueAsync(full.FocalPoint);
        Assert.Equal(["Q-01", "A-01", "A-02"], Ids(dialogue));
        Assert.Equal(
            ["kept_open ", "added STATE", "added EST"],
            dialogue.GetProperty("agenda").EnumerateArray().Select(p => $"{p.GetProperty("cause").GetString()} {p.Text("side")}"));

        // Put in order by those who write; a version that has passed is told.
        Assert.Equal("access.not-allowed", await CodeAsync(full.FocalPoint.Client.PutAsJsonAsync(path + "/agenda", new { order = new[] { "A-02" }, version = 1 }, Cancel)));
        Assert.Equal("ok", await CodeAsync(full.Coordinator.Client.PutAsJsonAsync(path + "/agenda", new { order = new[] { "A-02", "Q-01" }, keptOpen = new[] { "Q-01" }, version = 1 }, Cancel)));
        Assert.Equal("writing.stale", await CodeAsync(lead.Client.PutAsJsonAsync(path + "/agenda", new { order = new[] { "A-01" }, version = 1 }, Cancel)));
        Assert.Equal(["A-02", "Q-01", "A-01"], Ids(await full.ReadDialogueAsync(lead)));

        // Each takes back its own, and nobody else's.
        Assert.Equal("dialogue.not-your-point", await CodeAsync(lead.Client.DeleteAsync(path + "/points/A-02", Cancel)));
        Assert.Equal("ok", await CodeAsync(full.Experts[DeskReview.Eva].Client.DeleteAsync(path + "/points/A-02", Cancel)));
        Assert.Equal(["Q-01", "A-01"], Ids(await full.ReadDialogueAsync(lead)));
    }

    [Fact]
    public async Task Wording_that_could_blame_is_looked_at_before_the_other_side_reads_it()
    {
        await using var full = await DeskReview.DialogueAsync();
        const string blame = "The attack was carried out by APT 28.";
        var lead = full.Experts[DeskReview.Ama];
        Assert.Equal("wording.flagged", await CodeAsync(lead.Client.PostAsJsonAsync($"{full.Api}/dialogue/points", new { text = blame }, Cancel)));
        Assert.Equal("wording.flagged", await CodeAsync(full.SaveRecordAsync(0, blame, "Q-01")));
        Assert.Equal("ok", await CodeAsync(lead.Client.PostAsJsonAsync($"{full.Api}/dialogue/points", new { text = blame, namesNobody = true }, Cancel)));
        // The State speaks for itself.
        Assert.Equal("ok", await CodeAsync(full.FocalPoint.Client.PostAsJsonAsync($"{full.Api}/dialogue/points", new { text = blame }, Cancel)));
    }

    [Fact]
    public async Task Times_are_offered_answered_and_fixed_and_everybody_is_told()
    {
        await using var full = await DeskReview.DialogueAsync();
        var path = $"{full.Api}/dialogue";
        Assert.Equal("dialogue.no-slots", await CodeAsync(full.FocalPoint.Client.PutAsJsonAsync(path + "/availability", new { suits = Array.Empty<string>(), version = 0 }, Cancel)));
        Assert.Equal("access.not-allowed", await CodeAsync(full.FocalPoint.Client.PostAsJsonAsync(path + "/slots", new { slots = Array.Empty<object>() }, Cancel)));
        Assert.Equal("dialogue.time-past", await CodeAsync(full.OfferAsync(-2)));
        Assert.Equal("ok", await CodeAsync(full.OfferAsync(3, 5)));
        Assert.Contains("dialogue_slots", await full.At.LettersAsync(full.FocalPoint));
        Assert.DoesNotContain("dialogue_slots", await full.At.LettersAsync(full.Coordinator));
        // Asked are those whose answer is waited for, with the day of the dialogue; who speaks for a reviewing State is told.
        Assert.Contains("dialogue_slots", await full.At.LettersAsync(full.Experts[DeskReview.Eva]));
        Assert.Contains("dialogue_slots_told", await full.At.LettersAsync(full.Spokespersons["EST"]));
        Assert.DoesNotContain("dialogue_slots", await full.At.LettersAsync(full.Spokespersons["EST"]));
        Assert.Contains("The dialogue is due: ", (await full.App.LettersAsync()).Last(letter => letter.Recipient == full.FocalPoint.Email).Body, StringComparison.Ordinal);
        Assert.Equal("dialogue.unknown-slot", await CodeAsync(full.FocalPoint.Client.PutAsJsonAsync(path + "/availability", new { suits = new[] { "T-09" }, version = 0 }, Cancel)));
        Assert.Equal("ok", await CodeAsync(full.FocalPoint.Client.PutAsJsonAsync(path + "/availability", new { suits = new[] { "T-02" }, version = 0 }, Cancel)));
        Assert.Equal("writing.stale", await CodeAsync(full.FocalPoint.Client.PutAsJsonAsync(path + "/availability", new { suits = new[] { "T-01" }, version = 0 }, Cancel)));

        Assert.Equal("dialogue.not-wished", await CodeAsync(full.Coordinator.Client.PostAsJsonAsync(path + "/meeting", new { slot = "T-02", way = "visit" }, Cancel)));
        // Ghana and Estonia have not said that it suits: that is looked at first.
        Assert.Equal("dialogue.not-all-suit", await CodeAsync(full.Coordinator.Client.PostAsJsonAsync(path + "/meeting", new { slot = "T-02" }, Cancel)));
        Assert.Equal("ok", await CodeAsync(full.Coordinator.Client.PostAsJsonAsync(path + "/meeting", new { slot = "T-02", join = "[the room of the call]", anyway = true }, Cancel)));
        Assert.Equal("[the room of the call]", (await full.ReadDialogueAsync(full.FocalPoint)).GetProperty("slots")[1].Text("join"));
        Assert.Contains("dialogue_fixed", await full.At.LettersAsync(full.Experts[DeskReview.Eva]));
        var slots = (await full.ReadDialogueAsync(full.FocalPoint)).GetProperty("slots").EnumerateArray().ToList();
        Assert.Equal([null, "remote"], slots.Select(slot => slot.Text("fixed")));
        Assert.Equal("ok", await CodeAsync(full.Coordinator.Client.DeleteAsync(path + "/slots/T-02", Cancel)));
        Assert.Equal("dialogue.unknown-slot", await CodeAsync(full.Coordinator.Client.PostAsJsonAsync(path + "/meeting", new { slot = "T-02" }, Cancel)));
    }

    [Fact]
    public async Task What_a_side_said_of_a_time_stands_when_more_are_offered()
    {
        await using var full = await DeskReview.DialogueAsync();
        Assert.Equal("ok", await CodeAsync(full.OfferAsync(3, 5)));
        Assert.Equal("ok", await CodeAsync(full.FocalPoint.Client.PutAsJsonAsync($"{full.Api}/dialogue/availability", new { suits = new[] { "T-02" }, version = 0 }, Cancel)));
        Assert.Equal("ok", await CodeAsync(full.OfferAsync(7)));
        var page = await PageAsync(full, full.FocalPoint, $"{full.Page}/dialogue");
        Assert.Equal(["does not suit", "suits", "not said yet"], Answers(page));
        // Asked again, and told for what.
        Assert.Contains("Offered since your side answered: T-03.", Bidi(page), StringComparison.Ordinal);
        Assert.Contains("Say which times for the dialogue suit your State.", await PageAsync(full, full.FocalPoint, "/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visit_takes_place_only_if_the_State_wishes_it_and_has_agreed_to_its_programme()
    {
        await using var full = await DeskReview.DialogueAsync();
        var path = $"{full.Api}/dialogue";
        var today = DateOnly.FromDateTime((await full.NowAsync()).UtcDateTime);
        var days = new { days = new[] { new { day = Day(20), place = "The capital", meets = "The national office" } }, version = 0 };
        Assert.Equal("dialogue.not-wished", await CodeAsync(full.Coordinator.Client.PutAsJsonAsync(path + "/programme", days, Cancel)));
        Assert.Equal("access.not-allowed", await CodeAsync(full.Coordinator.Client.PutAsJsonAsync(path + "/wish", new { way = "visit" }, Cancel)));
        Assert.Equal("access.not-allowed", await CodeAsync(full.Authority.Client.PutAsJsonAsync(path + "/wish", new { way = "visit" }, Cancel)));
        Assert.Equal("ok", await CodeAsync(full.FocalPoint.Client.PutAsJsonAsync(path + "/wish", new { way = "visit", text = "[in spring]", version = 0 }, Cancel)));
        Assert.Equal("dialogue.programme-open", await CodeAsync(full.RecordSessionAsync(way: "visit")));
        // Those who arrange it hear of the wish, by letter and on their first page.
        Assert.Contains("dialogue_wish", await full.At.LettersAsync(full.Coordinator));
        Assert.Contains("dialogue_wish", await full.At.LettersAsync(full.Experts[DeskReview.Ama]));
        Assert.Contains("for a visit or a joint meeting, write the programme", await PageAsync(full, full.Coordinator, "/"), StringComparison.Ordinal);
        foreach (var (from, to, code) in new[] { (-2, 5, "dialogue.day-past"), (5, 4, "dialogue.day-order") })
        {
            var wrong = new { days = new[] { new { day = Day(from), place = "A", meets = "B" }, new { day = Day(to), place = "A", meets = "B" } }, version = 0 };
            Assert.Equal(code, await CodeAsync(full.Coordinator.Client.PutAsJsonAsync(path + "/programme", wrong, Cancel)));
        }

        Assert.Equal("ok", await CodeAsync(full.Coordinator.Client.PutAsJsonAsync(path + "/programme", days, Cancel)));
        Assert.Contains("dialogue_programme", await full.At.LettersAsync(full.FocalPoint));
        Assert.Contains("Dialogue: agree to the programme", await PageAsync(full, full.FocalPoint, "/"), StringComparison.Ordinal);
        Assert.Equal("dialogue.programme-changed", await CodeAsync(AgreeAsync(full, "00")));
        Assert.Equal("ok", await CodeAsync(AgreeAsync(full)));
        foreach (var person in new[] { full.Coordinator, full.Experts[DeskReview.Ama], full.Experts[DeskReview.Eva] })
            Assert.Contains("dialogue_programme_agreed", await full.At.LettersAsync(person));
        Assert.DoesNotContain("agree to the programme", await PageAsync(full, full.FocalPoint, "/"), StringComparison.Ordinal);
        Assert.Equal("ok", await CodeAsync(full.RecordSessionAsync(way: "visit")));

        // Another version asks for its agreement anew.
        var other = new { days = new[] { new { day = Day(21), place = "The capital", meets = "The national office" } }, version = 1 };
        Assert.Equal("ok", await CodeAsync(full.Coordinator.Client.PutAsJsonAsync(path + "/programme", other, Cancel)));
        Assert.False((await full.ReadDialogueAsync(full.FocalPoint)).GetProperty("programme").GetProperty("agreed").GetBoolean());

        // With the wish goes its programme.
        Assert.Equal("ok", await CodeAsync(full.FocalPoint.Client.PutAsJsonAsync(path + "/wish", new { way = "remote", version = 1 }, Cancel)));
        Assert.Equal(JsonValueKind.Null, (await full.ReadDialogueAsync(full.FocalPoint)).GetProperty("programme").ValueKind);

        string Day(int ahead) => today.AddDays(ahead).ToString("O", System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_session_took_place_once_and_not_before_the_dialogue_began()
    {
        await using var full = await DeskReview.DialogueAsync();
        var before = DateOnly.FromDateTime((await full.NowAsync()).UtcDateTime).AddDays(-2).ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(
            "dialogue.session-early",
            await CodeAsync(full.Coordinator.Client.PostAsJsonAsync(
                $"{full.Api}/dialogue/sessions", new { day = before, time = "12:00", zone = "UTC", minutes = 60, way = "remote", tookPart = DeskReview.Everybody }, Cancel)));
        Assert.Equal("ok", await CodeAsync(full.RecordSessionAsync()));
        Assert.Equal("dialogue.session-twice", await CodeAsync(full.RecordSessionAsync()));
        Assert.Contains("dialogue_session", await full.At.LettersAsync(full.FocalPoint));
    }

    [Fact]
    public async Task A_comment_of_the_State_on_the_record_is_answered_before_the_lead_confirms()
    {
        await using var full = await DeskReview.DialogueAsync();
        var (lead, path) = (full.Experts[DeskReview.Ama], $"{full.Api}/dialogue/comments");
        Assert.Equal("ok", await CodeAsync(full.RecordSessionAsync()));
        Assert.Equal("ok", await CodeAsync(full.SaveRecordAsync("Q-01")));
        Assert.Equal("ok", await CodeAsync(full.ConfirmDialogueAsync(full.FocalPoint)));
        Assert.Contains("dialogue_confirmed", await full.At.LettersAsync(lead));
        Assert.Equal("ok", await CodeAsync(full.Authority.Client.PostAsJsonAsync(path, new { text = "[the State would say it otherwise]" }, Cancel)));
        Assert.Contains("dialogue_comment", await full.At.LettersAsync(lead));
        Assert.Contains("dialogue_comment", await full.At.LettersAsync(full.Coordinator));
        Assert.Contains("Say what becomes of each comment", await PageAsync(full, lead, "/"), StringComparison.Ordinal);
        Assert.Equal("dialogue.comments-open", await CodeAsync(full.ConfirmDialogueAsync(lead)));

        // The record is changed: the State, which had confirmed, is asked again and shown what is different.
        Assert.Equal("ok", await CodeAsync(full.SaveRecordAsync(1, "[said otherwise]", "Q-01")));
        Assert.Contains("dialogue_record_changed", await full.At.LettersAsync(full.FocalPoint));
        var page = Bidi(await PageAsync(full, full.FocalPoint, $"{full.Page}/dialogue"));
        Assert.Contains("has confirmed version 1; the record was changed since", page, StringComparison.Ordinal);
        Assert.Contains("What has changed since version 1", page, StringComparison.Ordinal);

        // Said by those who write it, once, and not by the State.
        var outcome = new { outcome = "taken_up", note = "[said otherwise]", version = 0 };
        Assert.Equal("access.not-allowed", await CodeAsync(full.FocalPoint.Client.PutAsJsonAsync(path + "/K-01/outcome", outcome, Cancel)));
        Assert.Equal("dialogue.unknown", await CodeAsync(lead.Client.PutAsJsonAsync(path + "/K-02/outcome", outcome, Cancel)));
        Assert.Equal("dialogue.comment-outcome", await CodeAsync(lead.Client.PutAsJsonAsync(path + "/K-01/outcome", new { outcome = "perhaps" }, Cancel)));
        Assert.Equal("ok", await CodeAsync(lead.Client.PutAsJsonAsync(path + "/K-01/outcome", outcome, Cancel)));
        Assert.Equal("writing.stale", await CodeAsync(full.Coordinator.Client.PutAsJsonAsync(path + "/K-01/outcome", new { outcome = "stands", version = 0 }, Cancel)));
        Assert.Contains("dialogue_settled", await full.At.LettersAsync(full.FocalPoint));
        Assert.Equal("ok", await CodeAsync(full.ConfirmDialogueAsync(lead)));
        Assert.Equal("ok", await CodeAsync(full.ConfirmDialogueAsync(full.FocalPoint)));
        Assert.NotEmpty(await full.AskedAsync("draft"));
    }

    [Fact]
    public async Task Both_sides_confirm_one_version_of_the_record_after_a_session_with_all_States()
    {
        await using var full = await DeskReview.DialogueAsync();
        var (lead, path) = (full.Experts[DeskReview.Ama], $"{full.Api}/dialogue");
        Assert.Equal("dialogue.no-record", await CodeAsync(full.ConfirmDialogueAsync(full.FocalPoint, "00")));
        Assert.Equal("dialogue.outcome", await CodeAsync(full.SaveRecordAsync()));
        Assert.Equal("ok", await CodeAsync(full.SaveRecordAsync("Q-01")));
        Assert.DoesNotContain("dialogue_record", await full.At.LettersAsync(full.FocalPoint));
        Assert.Equal("dialogue.took-part", await CodeAsync(full.RecordSessionAsync(["NOR:REV_EXPERT"])));
        Assert.Equal("ok", await CodeAsync(full.RecordSessionAsync(["STATE:STATE_FP", "GHA:REV_LEAD"])));
        Assert.Equal("dialogue.no-session", await CodeAsync(full.ConfirmDialogueAsync(full.FocalPoint)));
        Assert.Equal("ok", await CodeAsync(full.Coordinator.Client.DeleteAsync(path + "/sessions/D-01", Cancel)));
        Assert.Equal("ok", await CodeAsync(full.RecordSessionAsync()));
        Assert.Contains("dialogue_record", await full.At.LettersAsync(full.FocalPoint));

        // Who confirms: the State's focal point and the lead, nobody else.
        Assert.Equal("access.not-allowed", await CodeAsync(full.ConfirmDialogueAsync(full.Coordinator)));
        Assert.Equal("access.not-allowed", await CodeAsync(full.ConfirmDialogueAsync(full.Authority)));
        Assert.Equal("ok", await CodeAsync(full.ConfirmDialogueAsync(full.FocalPoint)));
        Assert.Equal("dialogue.confirmed", await CodeAsync(full.ConfirmDialogueAsync(full.FocalPoint)));

        // The State comments, the record changes, and the State confirms again.
        Assert.Equal("ok", await CodeAsync(full.Authority.Client.PostAsJsonAsync(path + "/comments", new { text = "[the State would say it otherwise]" }, Cancel)));
        Assert.Equal("access.not-allowed", await CodeAsync(lead.Client.PostAsJsonAsync(path + "/comments", new { text = "No." }, Cancel)));
        var old = (await full.ReadDialogueAsync(lead)).GetProperty("record").GetProperty("contentHash").GetString();
        Assert.Equal("ok", await CodeAsync(full.SaveRecordAsync(1, "[said otherwise]", "Q-01")));
        Assert.Empty((await full.ReadDialogueAsync(lead)).GetProperty("record").GetProperty("confirmed").EnumerateArray());
        Assert.Equal("dialogue.changed", await CodeAsync(full.ConfirmDialogueAsync(lead, old)));
        Assert.Equal("ok", await CodeAsync(full.Coordinator.Client.PutAsJsonAsync(path + "/comments/K-01/outcome", new { outcome = "taken_up", version = 0 }, Cancel)));
        Assert.Equal("ok", await CodeAsync(full.ConfirmDialogueAsync(lead)));
        // A point added since belongs into the record first.
        Assert.Equal("ok", await CodeAsync(full.FocalPoint.Client.PostAsJsonAsync(path + "/points", new { text = "[one more point]" }, Cancel)));
        Assert.Equal("dialogue.points-missing", await CodeAsync(full.ConfirmDialogueAsync(full.FocalPoint)));
        Assert.Equal("ok", await CodeAsync(full.SaveRecordAsync(2, "[said otherwise]", "Q-01", "A-01")));
        Assert.Equal("ok", await CodeAsync(full.ConfirmDialogueAsync(lead)));
        Assert.Equal("ok", await CodeAsync(full.ConfirmDialogueAsync(full.FocalPoint)));
        Assert.Equal("process.already-done", await CodeAsync(full.SaveRecordAsync(3, "[too late]", "Q-01", "A-01")));
        Assert.NotEmpty(await full.AskedAsync("draft"));
    }

    [Fact]
    public async Task What_the_label_keeps_to_the_team_the_office_neither_reads_nor_writes()
    {
        await using var full = await DeskReview.DialogueAsync(label: _ => SharingLabel.AmberStrict);
        Assert.Empty(Ids(await full.ReadDialogueAsync(full.Coordinator)));
        Assert.Equal("ok", await CodeAsync(full.SaveRecordAsync("Q-01")));
        Assert.Equal(JsonValueKind.Null, (await full.ReadDialogueAsync(full.Coordinator)).GetProperty("record").ValueKind);
        Assert.Equal(
            "dialogue.kept-back",
            await CodeAsync(full.Coordinator.Client.PutAsJsonAsync($"{full.Api}/dialogue/record", new { text = "?", learntByState = "?", learntByReviewers = "?", version = 1 }, Cancel)));
        Assert.Equal("AMBER+STRICT", (await full.ReadDialogueAsync(full.FocalPoint)).GetProperty("record").GetProperty("label").GetString());
    }

    private static async Task<HttpResponseMessage> AgreeAsync(DeskReview full, string? hash = null) => await full.FocalPoint.Client.PostAsJsonAsync(
        $"{full.Api}/dialogue/programme/agreement",
        new
        {
            contentHash = hash ?? (await full.ReadDialogueAsync(full.FocalPoint)).GetProperty("programme").GetProperty("contentHash").GetString(),
            signature = LightReview.Signature(full.App),
        });

    private static async Task<string> PageAsync(DeskReview full, TestPerson person, string path)
    {
        using var pages = await Pages.OfAsync(full.App, person);
        return (await pages.ReadAsync(path)).Html;
    }

    /// <summary>What the first side says to each time, in the order of the page.</summary>
    private static IEnumerable<string> Answers(string page) =>
        Regex.Matches(Bidi(page), "<th scope=\"row\">Kenya</th>\\s*<td>.*?</td>\\s*<td>(?<said>[^<]*)</td>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            .Select(found => found.Groups["said"].Value);

    /// <summary>Without the marks that keep directions apart.</summary>
    private static string Bidi(string page) => page.Replace("\u2068", "", StringComparison.Ordinal).Replace("\u2069", "", StringComparison.Ordinal)
        .Replace("&#x2068;", "", StringComparison.Ordinal).Replace("&#x2069;", "", StringComparison.Ordinal);

    private static IEnumerable<string?> Ids(JsonElement dialogue) =>
        dialogue.GetProperty("agenda").EnumerateArray().Select(point => point.GetProperty("id").GetString());

    private static async Task<string?> CodeAsync(Task<HttpResponseMessage> sending)
    {
        using var answer = await sending;
        return answer.IsSuccessStatusCode ? "ok" : (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString();
    }
}
