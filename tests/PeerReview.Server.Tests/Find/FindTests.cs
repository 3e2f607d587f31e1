using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Find;

/// <summary>Finding a page by its name: what is found opens to whoever finds it.</summary>
public sealed class FindTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_is_led_to_a_page_that_does_not_open_to_them()
    {
        await using var full = await DeskReview.StartFullAsync();
        await full.App.AdvanceAsync(StakeholderSteps.Starts);
        var stakeholder = await full.At.HearAsync("network@example.org");
        var own = new Dictionary<string, TestPerson>(StringComparer.Ordinal)
        {
            ["stakeholder"] = stakeholder,
            ["authority"] = full.Authority,
            ["focal point"] = full.FocalPoint,
            ["coordinator"] = full.Coordinator,
            ["head"] = full.At.Head,
            ["speaker"] = full.Spokespersons["EST"],
        };
        await LookAsync(full, own);
        await full.CommentingFromHereAsync();
        own["contributor"] = await full.ContributorAsync("N-a.a1");
        own["lead"] = full.Experts[DeskReview.Ama];
        own["expert"] = full.Experts[DeskReview.Eva];
        await full.HandInCommentsAsync();
        var said = await full.At.ContributeAsync(stakeholder, "[what we see]");
        (await full.At.ScreenAsync(said, "accept")).EnsureSuccessStatusCode();
        await full.CloseStakeholdersAsync();
        (await full.At.ReplyAsync(said, "[what the State says to it]")).EnsureSuccessStatusCode();
        (await full.FocalPoint.Client.PostAsJsonAsync($"{full.Api}/stages/stake_reply/complete", new { }, Cancel)).EnsureSuccessStatusCode();
        await full.HandOverQuestionsAsync();
        var found = await LookAsync(full, own);
        Assert.Contains($"{full.Page}/questions", found["focal point"]);
        Assert.Contains($"{full.Page}/consolidation", found["lead"]);
        // Of one's own review there is always its own page.
        Assert.All(found.Values, pages => Assert.Contains(full.Page, pages));
    }

    [Fact]
    public async Task Nobody_finds_a_step_that_a_review_of_this_kind_does_not_have()
    {
        await using var desk = await DeskReview.DraftingAsync();
        using var state = await Pages.OfAsync(desk.App, desk.FocalPoint);

        Assert.DoesNotContain($"href=\"{desk.Page}/", (await state.ReadAsync("/find?q=Clarifying+round")).Html, StringComparison.Ordinal);
        Assert.Contains($"{desk.Page}/consolidation", (await state.ReadAsync("/find?q=Kenya")).Html, StringComparison.Ordinal);
    }

    /// <summary>Follows everything that the name of the State finds.</summary>
    private static async Task<Dictionary<string, List<string>>> LookAsync(DeskReview full, Dictionary<string, TestPerson> people)
    {
        var all = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var closed = new List<string>();
        foreach (var (name, person) in people)
        {
            using var pages = await Pages.OfAsync(full.App, person);
            var page = (await pages.ReadAsync("/find?q=Kenya")).Html;
            all[name] =
            [
                .. Regex.Matches(page, "href=\"(?<path>/reviews/[^\"]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(link => link.Groups["path"].Value).Distinct(),
            ];
            foreach (var path in all[name])
            {
                var (status, _) = await pages.ReadAsync(path);
                if (status != HttpStatusCode.OK)
                    closed.Add($"{name} {path[full.Page.Length..]} {(int)status}");
            }
        }

        Assert.Empty(closed);
        return all;
    }
}
