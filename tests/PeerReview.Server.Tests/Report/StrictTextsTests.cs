using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using PeerReview.Core.Access;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Report;

/// <summary>What a label keeps within the team stays there, whatever grows from it later: comments, entries of the plan, notes.</summary>
public sealed partial class StrictTextsTests
{
    private const string Annex = "[the private annex]", About = "[the State on the private annex]";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SharingLabel.AmberStrict)]
    [InlineData(SharingLabel.Clear)]
    public async Task A_comment_on_the_private_annex_stays_beside_it_and_is_no_part_of_the_report(SharingLabel label)
    {
        await using var desk = await DeskReview.DraftingAsync(_ => label);
        (await desk.WriteAsync("private_annex", Annex)).EnsureSuccessStatusCode();
        await desk.HandOverDraftAsync();
        (await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/report/comments", new { about = "private_annex", text = About, version = 0 }, Cancel)).EnsureSuccessStatusCode();
        await ExpectAsync();
        await desk.CheckFactsAsync();
        await ExpectAsync();

        foreach (var person in desk.Agreeing)
            (await desk.AgreeAsync(person)).EnsureSuccessStatusCode();
        await ExpectAsync();
        (await desk.RespondAsync("R-01", "accepted")).EnsureSuccessStatusCode();
        (await desk.SignResponsesAsync()).EnsureSuccessStatusCode();
        using (var authority = await Pages.OfAsync(desk.App, desk.Authority))
        {
            var decision = (await authority.ReadAsync($"{desk.Page}/publication")).Html;
            Assert.Contains("F-02", decision, StringComparison.Ordinal);
            Assert.DoesNotContain("F-01", decision, StringComparison.Ordinal);
        }

        (await desk.DecideAsync()).EnsureSuccessStatusCode();
        (await desk.Coordinator.Client.PostAsJsonAsync($"{desk.Api}/stages/publish/complete", new { }, Cancel)).EnsureSuccessStatusCode();
        var published = string.Concat(await desk.App.Database.AsOwnerAsync<string>("SELECT report FROM publication"));
        Assert.Contains("F-02", published, StringComparison.Ordinal);
        Assert.DoesNotContain("F-01", published, StringComparison.Ordinal);
        Assert.DoesNotContain(About, published, StringComparison.Ordinal);
        await desk.App.Database.RequireSoundAsync();

        async Task ExpectAsync()
        {
            foreach (var (person, reads) in new[]
                     {
                         (desk.FocalPoint, true), (desk.Experts[DeskReview.Eva], true), (desk.Spokespersons["GHA"], true),
                         (desk.Coordinator, label == SharingLabel.Clear), (desk.At.Head, label == SharingLabel.Clear),
                     })
            {
                using var pages = await Pages.OfAsync(desk.App, person);
                var html = (await pages.ReadAsync($"{desk.Page}/report")).Html + await person.Client.GetStringAsync($"{desk.Api}/report", Cancel);
                Assert.Equal((person.Email, reads, reads), (person.Email, html.Contains(About, StringComparison.Ordinal), html.Contains(Annex, StringComparison.Ordinal)));
            }
        }
    }

    [Fact]
    public async Task Who_does_not_read_all_is_told_how_many_parts_are_missing_whatever_they_are()
    {
        await using var desk = await DeskReview.RespondingAsync(_ => SharingLabel.AmberStrict);
        using var head = await Pages.OfAsync(desk.App, desk.At.Head);
        using var expert = await Pages.OfAsync(desk.App, desk.Experts[DeskReview.Eva]);
        var missing = await PartsAsync(desk.Experts[DeskReview.Eva], expert) - await PartsAsync(desk.At.Head, head);

        Assert.True(missing > 2);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"{missing} parts of this report are not shown to you"), (await head.ReadAsync($"{desk.Page}/report")).Html, StringComparison.Ordinal);
        Assert.DoesNotContain("not shown to you", (await expert.ReadAsync($"{desk.Page}/report")).Html, StringComparison.Ordinal);
        Assert.Contains("There are comments that their sharing label or their item keeps from you", (await head.ReadAsync($"{desk.Page}/report")).Html, StringComparison.Ordinal);
        (await desk.RespondAsync("R-01", "accepted")).EnsureSuccessStatusCode();
        (await desk.SignResponsesAsync()).EnsureSuccessStatusCode();
        Assert.Contains("There are recommendations that their sharing label keeps from you", (await head.ReadAsync($"{desk.Page}/responses")).Html, StringComparison.Ordinal);

        async Task<int> PartsAsync(TestPerson person, Pages pages)
        {
            var report = await person.Client.GetFromJsonAsync<JsonElement>($"{desk.Api}/report", Cancel);
            return report.GetProperty("sections").EnumerateArray().Count(s => s.GetProperty("text").GetString() is { Length: > 0 })
                + report.GetProperty("comments").GetArrayLength()
                + Numbers().Matches((await pages.ReadAsync($"{desk.Page}/report")).Html).Select(match => match.Value).Distinct(StringComparer.Ordinal).Count();
        }
    }

    [Fact]
    public async Task What_carries_out_a_strict_recommendation_goes_no_further_than_it_nor_do_the_notes_on_it()
    {
        await using var desk = await DeskReview.RespondingAsync(_ => SharingLabel.AmberStrict);
        (await desk.RespondAsync("R-01", "accepted")).EnsureSuccessStatusCode();
        (await desk.SignResponsesAsync()).EnsureSuccessStatusCode();
        (await desk.PlanAsync("R-01")).EnsureSuccessStatusCode();
        (await desk.DecideAsync(opens: false)).EnsureSuccessStatusCode();
        (await desk.Coordinator.Client.PostAsJsonAsync($"{desk.Api}/stages/publish/complete", new { }, Cancel)).EnsureSuccessStatusCode();
        var own = LightReview.Commitment("[an own idea]");
        (await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/actions", new { content = own, label = "CLEAR" }, Cancel)).EnsureSuccessStatusCode();
        await CompleteAsync("action_plan", new { });
        await CompleteAsync("check_6m", new
        {
            early = true,
            label = "AMBER+STRICT",
            text = "[half a year]",
            notes = new[] { new { commitment = "C-01", status = "done", text = "[strict note]" }, new { commitment = "C-02", status = "under_way", text = "[own note]" } },
        });

        foreach (var (person, reads) in new[] { (desk.Experts[DeskReview.Eva], true), (desk.FocalPoint, true), (desk.Coordinator, false), (desk.At.Head, false) })
        {
            using var pages = await Pages.OfAsync(desk.App, person);
            var all = "";
            foreach (var page in new[] { "/commitments", "/follow-up", "/ledger", "" })
                all += (await pages.ReadAsync(desk.Page + page)).Html;
            foreach (var address in new[] { "/actions", "/follow-up", "/actions/C-01" })
            {
                using var answer = await person.Client.GetAsync(new Uri(desk.Api + address, UriKind.Relative), Cancel);
                all += await answer.Content.ReadAsStringAsync(Cancel);
            }

            foreach (var text in new[] { "[the State plans a register]", "[strict note]", "[own note]", "[half a year]" })
                Assert.Equal((person.Email, text, reads), (person.Email, text, all.Contains(text, StringComparison.Ordinal)));
            Assert.Contains("[an own idea]", all, StringComparison.Ordinal);
            Assert.Equal((person.Email, !reads), (person.Email, all.Contains("Told, but its sharing label keeps it from you", StringComparison.Ordinal)));
        }

        async Task CompleteAsync(string stage, object body)
        {
            using var answer = await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/stages/{stage}/complete", body, Cancel);
            Assert.Equal((stage, HttpStatusCode.OK), (stage, answer.StatusCode));
        }
    }

    [Fact]
    public async Task A_sentence_of_a_strict_reply_in_a_text_for_more_readers_is_named_to_those_who_read_both()
    {
        const string Kept = "Nine people work there and none of them was ever checked";
        await using var desk = await DeskReview.ConsolidatingAsync(item => item == "N-a.a1" ? SharingLabel.AmberStrict : SharingLabel.Clear);
        await desk.HandOverQuestionsAsync();
        (await desk.FocalPoint.Client.PutAsJsonAsync($"{desk.Api}/replies/Q-01", new { text = $"{Kept}. Yes.", version = 0 }, Cancel)).EnsureSuccessStatusCode();
        (await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/stages/state_reply/complete", new { }, Cancel)).EnsureSuccessStatusCode();
        using var lead = await Pages.OfAsync(desk.App, desk.Experts[DeskReview.Ama]);
        using var coordinator = await Pages.OfAsync(desk.App, desk.Coordinator);

        // Where its own answer is dealt with, the label came along.
        (await desk.WriteAsync("N-a", $"So it is. {Kept}.")).EnsureSuccessStatusCode();
        Assert.DoesNotContain("<q dir=", (await lead.ReadAsync($"{desk.Page}/draft")).Html, StringComparison.Ordinal);
        (await desk.WriteAsync("conclusions", $"So it is. {Kept}.")).EnsureSuccessStatusCode();
        (await desk.WriteAsync("N-b", $"So it is. {Kept}.")).EnsureSuccessStatusCode();

        var html = (await lead.ReadAsync($"{desk.Page}/draft")).Html;
        Assert.Equal(2, html.Split($"<q dir=\"auto\">{Kept}</q>").Length);
        Assert.DoesNotContain("<q dir=", (await coordinator.ReadAsync($"{desk.Page}/draft")).Html, StringComparison.Ordinal);

        await desk.HandOverDraftAsync();
        await desk.CheckFactsAsync();
        foreach (var person in desk.Agreeing)
            (await desk.AgreeAsync(person)).EnsureSuccessStatusCode();
        (await desk.RespondAsync("R-01", "accepted")).EnsureSuccessStatusCode();
        (await desk.SignResponsesAsync()).EnsureSuccessStatusCode();
        using var authority = await Pages.OfAsync(desk.App, desk.Authority);
        Assert.Contains($"<q dir=\"auto\">{Kept}</q>", (await authority.ReadAsync($"{desk.Page}/publication")).Html, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\b[RQ]-\d\d\b", RegexOptions.None, 1000)]
    private static partial Regex Numbers();
}
