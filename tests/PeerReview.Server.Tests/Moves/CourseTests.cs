using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Moves;

/// <summary>How the course of a review was changed: the same sentences on its page and in the pack of whoever hands it over.</summary>
public sealed partial class CourseTests
{
    [Fact]
    public async Task Whatever_stopped_and_went_on_again_is_told_in_order_with_its_day_and_its_side()
    {
        await using var app = await TestApp.StartAsync();
        // Its day is UTC's.
        var review = await ReviewStages.AtAsync(app, ReviewStages.Assessing, "GHA");
        await DoneAsync(review, review.Authority, "defer", new { until = ReviewStages.Day(app, 40) });
        await app.AdvanceAsync(TimeSpan.FromDays(1));
        await DoneAsync(review, review.Authority, "resume", new { signature = LightReview.Signature(app, ReviewStages.Day(app, 1)) });
        await DoneAsync(review, review.Head, "suspend", new { reason = "[a flood]" });
        await app.AdvanceAsync(TimeSpan.FromDays(1));
        var signature = LightReview.Signature(app, ReviewStages.Day(app, 2));
        await DoneAsync(review, review.Authority, "resume", new { reason = "[it is dry again]", signature });
        await DoneAsync(review, review.Coordinator, "pause", new { party = "coordination", pauseReason = "force_majeure", reason = "[a storm]" });
        await DoneAsync(review, review.Coordinator, "resume-clock", new { party = "coordination" });
        await DoneAsync(review, review.FocalPoint, "stages/self_assess/extend", new { days = 5, reason = "[elections]" });
        await DoneAsync(review, review.Authority, "theme", new { theme = "N-c", reason = "[less]", signature });

        string[] told =
        [
            $"The review was put off until {Day(40)}, {Day(0)}",
            $"The review was resumed, {Day(1)}",
            $"The review was suspended, {Day(1)}: [a flood]",
            $"The review was resumed, {Day(2)}: [it is dry again]",
            $"A clock was stopped (The coordination), {Day(2)}: [a storm]",
            $"The clock went on again (The coordination), {Day(2)}",
            $"More time was given for “Self-assessment”, {Day(2)}: [elections]",
        ];
        foreach (var person in new[] { review.Authority, review.FocalPoint, review.Coordinator })
        {
            var page = await LinesAsync(app, person, $"/reviews/{review.Id}", "course");
            Assert.Equal(told, page.SkipLast(1));
            Assert.Matches("^The review was limited to one theme: N-c .+, [^:]+: \\[less\\]$", page[^1]);
            Assert.Equal(page, (await LinesAsync(app, person, $"/reviews/{review.Id}/hand-over", "agreed")));
        }

        Assert.Empty(await LinesAsync(app, review.Other, $"/reviews/{review.Id}", "course"));

        string Day(int days) => ReviewStages.Day(app, days).ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Each_change_of_its_kind_is_told_with_what_it_was_before_and_with_its_own_reason_only()
    {
        await using var desk = await DeskReview.StartAsync();
        var signature = LightReview.Signature(desk.App);
        await DoneAsync(desk.At, desk.Authority, "variant", new { variant = "light", reason = "[less time]", signature });
        await DoneAsync(desk.At, desk.Authority, "variant", new { variant = "desk", signature });

        foreach (var (path, section) in new[] { ("", "course"), ("/hand-over", "agreed") })
        {
            var lines = await LinesAsync(desk.App, desk.Authority, desk.Page + path, section);
            Assert.Equal(2, lines.Length);
            Assert.Matches("^The kind of review was changed from “Desk review” to “Light voluntary report”, [^:]+: \\[less time\\]$", lines[0]);
            Assert.Matches("^The kind of review was changed from “Light voluntary report” to “Desk review”, [^:]+$", lines[1]);
        }
    }

    [Fact]
    public async Task Those_who_do_not_read_why_read_what_changed()
    {
        await using var desk = await DeskReview.NominatingAsync();
        await desk.CommentingFromHereAsync();
        await DoneAsync(desk.At, desk.At.Head, "suspend", new { reason = "[a flood]" });
        await DoneAsync(desk.At, desk.Authority, "resume", new { signature = LightReview.Signature(desk.App) });

        var lines = await LinesAsync(desk.App, desk.Experts[DeskReview.Ama], desk.Page, "course");
        Assert.Collection(
            lines,
            line => Assert.StartsWith("The review was suspended, ", line, StringComparison.Ordinal),
            line => Assert.StartsWith("The review was resumed, ", line, StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("[a flood]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_theme_chosen_at_the_launch_is_no_change_and_a_withdrawal_without_a_reason_is_one()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app, change: notice =>
        {
            notice["items"] = Array.Empty<string>();
            notice["theme"] = "N-a";
        });
        Assert.Empty(await LinesAsync(app, review.Authority, $"/reviews/{review.Id}", "course"));

        await DoneAsync(review, review.Authority, "withdraw", new { signature = LightReview.Signature(app) });
        Assert.StartsWith(
            "The review was withdrawn, ", Assert.Single(await LinesAsync(app, review.Authority, $"/reviews/{review.Id}", "course")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_that_was_sent_back_is_told_without_a_reason()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);
        await review.SubmitAsync(_ => Core.Access.SharingLabel.Amber);
        await DoneAsync(review, review.Coordinator, "stages/complete/return", new { items = new[] { "N-a.a1" }, text = "[what is missing]" });

        foreach (var (path, section) in new[] { ("", "course"), ("/hand-over", "agreed") })
        {
            var line = Assert.Single(await LinesAsync(app, review.Authority, $"/reviews/{review.Id}{path}", section));
            Assert.StartsWith("A step was sent back: “Self-assessment”, ", line, StringComparison.Ordinal);
            Assert.DoesNotContain("[what is missing]", line, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_right_given_up_without_a_word_is_told_and_that_nothing_more_is_asked_is_not()
    {
        await using var own = await OwnProcess.LaunchedAsync("uncac-like", "review");
        using (var waived = await own["STATE_AUTH"].Client.PostAsJsonAsync($"{own.Api}/stages/redraw/waive", new { }, TestContext.Current.CancellationToken))
            waived.EnsureSuccessStatusCode();
        Assert.StartsWith(
            "A right was given up: “Repeat of the lot”, ", Assert.Single(await LinesAsync(own.App, own["STATE_AUTH"], own.Page, "course")), StringComparison.Ordinal);

        // In ours the time to ask for another State is over when nothing more is asked.
        await using var desk = await DeskReview.NominatingAsync();
        Assert.Empty(await LinesAsync(desk.App, desk.Authority, desk.Page, "course"));
    }

    private static async Task DoneAsync(ReviewAt review, TestPerson person, string path, object body) =>
        Assert.Equal("ok", await review.CodeAsync(person, path, body));

    /// <summary>The lines of one list of a page as they are read; none where it is not there.</summary>
    private static async Task<string[]> LinesAsync(TestApp app, TestPerson person, string path, string section)
    {
        using var pages = await Pages.OfAsync(app, person);
        var html = (await pages.ReadAsync(path)).Html;
        var start = html.IndexOf($"<h2 id=\"{section}\"", StringComparison.Ordinal);
        if (start < 0)
            return [];
        var list = html[start..html.IndexOf("</ul>", start, StringComparison.Ordinal)];
        return [.. list.Split("<li>").Skip(1).Select(line => Spaces().Replace(WebUtility.HtmlDecode(Tag().Replace(line, "")), " ").Trim())];
    }

    [GeneratedRegex("<[^>]+>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tag();

    [GeneratedRegex("\\s+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Spaces();
}
