using System.Net.Http.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Processes;

/// <summary>What letters and pages of a review by another process say of that process, and nothing that only ours has.</summary>
public sealed class OwnProcessWordsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_is_named_while_their_stage_is_open_hears_by_when_and_is_led_to_its_button()
    {
        await using var review = await OwnProcess.LaunchedAsync("nis2-like", "remote");
        using (var named = await review["COORD"].Client.PostAsJsonAsync($"{review.Api}/reviewing-states", new { states = new[] { "GHA", "EST" } }, Cancel))
            named.EnsureSuccessStatusCode();
        (await review.DoAsync(review["STATE_FP"], "scope")).EnsureSuccessStatusCode();
        await review.SpeakAsync();

        var speaker = review["REV_FP/GHA"];
        var letters = (await review.App.LettersAsync()).Where(letter => letter.Recipient == speaker.Email).ToList();
        Assert.Contains(letters, letter => letter.Subject.Contains("you are the focal point of your State", StringComparison.Ordinal));
        var turn = letters.Single(letter => letter.Subject.Contains("your turn – Designation", StringComparison.Ordinal));
        Assert.Matches($"By: .+ left[^/]+Where: http[^ ]+{review.Page}/stages/designate", turn.Body.ReplaceLineEndings("\n"));

        await review.FindExpertsAsync();
        var answered = (await review.App.LettersAsync()).Single(letter => letter.Recipient == speaker.Email && letter.Subject.Contains("an invitation was answered", StringComparison.Ordinal));
        Assert.Contains("press “My part is done” there.", answered.Body.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("Stage: Designation", answered.Body, StringComparison.Ordinal);
        using var pages = await Pages.OfAsync(review.App, speaker);
        var html = (await pages.ReadAsync($"{review.Page}/experts")).Html;
        Assert.Matches($"press “My part is done” on its page:[^<]*<a href=\"{review.Page}/stages/designate\">Designation</a>", html);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_invitation_names_the_stages_of_its_process_and_nothing_it_does_not_have(bool reserve)
    {
        await using var review = await OwnProcess.LaunchedAsync("nis2-like", "remote");
        await review.RunAsync("designate");
        using (var sent = await review["REV_FP/GHA"].Client.PostAsJsonAsync($"{review.Api}/invitations", new { name = "Ex", email = "ex@example.org", office = "Agency", reserve }, Cancel))
            sent.EnsureSuccessStatusCode();

        var letter = (await review.App.LettersAsync()).Single(one => one.Recipient == "ex@example.org").Body.ReplaceLineEndings("\n");
        var path = letter[letter.IndexOf("/invitations/", StringComparison.Ordinal)..].Split('\n')[0].Trim();
        using var visitor = await Pages.OfAsync(review.App, person: null);
        var page = (await visitor.ReadAsync(path)).Html;
        foreach (var (stage, days) in new[] { ("Conflicts of interest", 14), ("Exchange from afar", 60), ("Report", 45) })
        {
            Assert.Matches($"  - .*{stage}.* – about .+ to .+, .*{days}.* days", letter);
            Assert.Matches($"<li>.*{stage}.* – about [^<]+ to [^<]+, [^<]*{days}[^<]* days</li>", page);
        }

        foreach (var text in new[] { letter, page })
        {
            Assert.Equal(reserve, text.Contains("Only if the coordinator puts you in the place of an expert of your State", StringComparison.Ordinal));
            foreach (var wrong in new[] { "The page of the review shows them", "Visit", "Objection", "comment", "the States agree on it", "ties to the State", "Designation" })
                Assert.DoesNotContain(wrong, text, StringComparison.Ordinal);
        }

        Assert.Contains("The result is expected around", page, StringComparison.Ordinal);
        await visitor.SubmitAsync(path, ("act", "accept"));
        var last = (await review.App.LettersAsync()).Last(one => one.Recipient == "ex@example.org").Body;
        Assert.DoesNotContain("declare your ties", last.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Equal(!reserve, last.Contains("When one of them waits for you", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_a_text_only_its_label_keeps_it_is_said_that_it_is_there_and_of_others_nothing()
    {
        await using var review = await OwnProcess.LaunchedAsync("nis2-like", "remote");
        await review.RunAsync("designate");
        await review.FindExpertsAsync();
        const string path = "stages/designate";
        foreach (var (state, label) in new[] { ("GHA", "AMBER"), ("EST", "AMBER+STRICT") })
        {
            using var saved = await review[$"REV_FP/{state}"].Client.PutAsJsonAsync(
                $"{review.Api}/{path}/documents/designations", new { text = $"[designations of {state}]", label, version = 0 }, Cancel);
            saved.EnsureSuccessStatusCode();
        }

        using var office = await Pages.OfAsync(review.App, review["COORD"]);
        // Nothing tells of a draft.
        Assert.DoesNotContain("more text", (await office.ReadAsync($"{review.Page}/{path}")).Html, StringComparison.Ordinal);
        foreach (var state in new[] { "GHA", "EST" })
            (await review.DoAsync(review[$"REV_FP/{state}"], "designate")).EnsureSuccessStatusCode();

        var html = (await office.ReadAsync($"{review.Page}/{path}")).Html;
        Assert.Contains("[designations of GHA]", html, StringComparison.Ordinal);
        Assert.DoesNotContain("[designations of EST]", html, StringComparison.Ordinal);
        Assert.Contains("1 more text is here. Its label does not let you read it.", html, StringComparison.Ordinal);
        using var subject = await Pages.OfAsync(review.App, review["STATE_FP"]);
        Assert.DoesNotContain("more text", (await subject.ReadAsync($"{review.Page}/{path}")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_nobody_used_a_right_is_said_where_it_could_be_used()
    {
        await using var review = await OwnProcess.LaunchedAsync("nis2-like", "remote");
        await review.RunAsync("object");
        using var pages = await Pages.OfAsync(review.App, review["STATE_AUTH"]);
        var path = $"{review.Page}/stages/object";
        Assert.DoesNotContain("Nobody used this right", (await pages.ReadAsync(path)).Html, StringComparison.Ordinal);

        await review.App.AdvanceAsync(TimeSpan.FromDays(20));
        Assert.Matches("Nobody used this right by [^<]+, so it has lapsed.", (await pages.ReadAsync(path)).Html);
        using var office = await Pages.OfAsync(review.App, review["COORD"]);
        Assert.Contains("Nobody used this right", (await office.ReadAsync(path)).Html, StringComparison.Ordinal);
    }
}
