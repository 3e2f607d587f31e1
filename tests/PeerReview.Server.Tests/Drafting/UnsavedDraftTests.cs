using System.Net;
using System.Net.Http.Json;
using PeerReview.Server.Platform.Drafts;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Drafting;

/// <summary>What somebody typed into the draft of the report and did not save: named before it is too late, readable afterwards.</summary>
public sealed class UnsavedDraftTests
{
    private const string Typed = "TYPED-AND-NOT-SAVED", Said = "You typed something in these texts and did not save it.";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_named_before_the_draft_is_handed_over_and_to_its_writer_alone()
    {
        await using var desk = await DeskReview.DraftingAsync();
        using var lead = await Pages.OfAsync(desk.App, desk.Experts[DeskReview.Ama]);
        using var expert = await Pages.OfAsync(desk.App, desk.Experts[DeskReview.Eva]);
        var draft = $"{desk.Page}/draft";
        Assert.DoesNotContain(Said, (await lead.ReadAsync(draft)).Html, StringComparison.Ordinal);

        await KeepAsync(lead, $"{draft}/conclusions");

        var (_, html) = await lead.ReadAsync(draft);
        Assert.Contains($"href=\"{draft}/conclusions\">Conclusions</a></li>", html, StringComparison.Ordinal);
        Assert.Single(html.Split(Said)[1..]);
        Assert.True(html.IndexOf(Said, StringComparison.Ordinal) > html.IndexOf("id=\"hand-over\"", StringComparison.Ordinal));
        Assert.DoesNotContain(Said, (await expert.ReadAsync(draft)).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_named_while_all_confirm_and_read_once_the_report_is_agreed()
    {
        await using var desk = await DeskReview.AgreeingAsync();
        using var lead = await Pages.OfAsync(desk.App, desk.Experts[DeskReview.Ama]);
        using var expert = await Pages.OfAsync(desk.App, desk.Experts[DeskReview.Eva]);
        var draft = $"{desk.Page}/draft";
        await KeepAsync(lead, $"{draft}/conclusions");
        await KeepAsync(lead, $"{desk.Page}/recommendations/new");
        foreach (var page in new[] { draft, $"{desk.Page}/report" })
        {
            Assert.Matches($"(?s){Said}.*draft/conclusions\">Conclusions<.*recommendations/new\">Write a recommendation<", (await lead.ReadAsync(page)).Html);
            Assert.DoesNotContain(Said, (await expert.ReadAsync(page)).Html, StringComparison.Ordinal);
        }

        // The lead confirms only where all look for a way on.
        (await desk.Spokespersons["EST"].Client.PostAsJsonAsync($"{desk.Api}/stages/agree/fail", new { reason = "[the third section]" }, Cancel)).EnsureSuccessStatusCode();
        var (_, confirms) = await lead.ReadAsync($"{desk.Page}/report");
        Assert.True(confirms.IndexOf(Said, StringComparison.Ordinal) > confirms.IndexOf("id=\"confirm\"", StringComparison.Ordinal));
        foreach (var person in desk.Agreeing.Append(desk.Experts[DeskReview.Ama]))
            (await desk.AgreeAsync(person, stage: "reconcile")).EnsureSuccessStatusCode();

        var (_, whole) = await lead.ReadAsync(draft);
        Assert.Equal(3, whole.Split(Typed).Length);
        Assert.Contains("Nobody but you reads this.", whole, StringComparison.Ordinal);
        Assert.Contains("All parties have confirmed this report. It is no longer changed.", whole, StringComparison.Ordinal);
        Assert.DoesNotContain("Room for", whole, StringComparison.Ordinal);
        Assert.DoesNotContain("can still change it", whole, StringComparison.Ordinal);
        Assert.Contains(Typed, (await lead.ReadAsync($"{draft}/conclusions")).Html, StringComparison.Ordinal);
        var (_, theirs) = await expert.ReadAsync($"{draft}/conclusions");
        Assert.Contains("It is no longer changed.", theirs, StringComparison.Ordinal);
        Assert.DoesNotContain("is done already", theirs, StringComparison.Ordinal);
        Assert.DoesNotContain(Typed, theirs, StringComparison.Ordinal);
        Assert.DoesNotContain(Typed, (await expert.ReadAsync(draft)).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_draft_of_a_published_report_leads_to_it()
    {
        await using var desk = await DeskReview.PublishedAsync();
        using var lead = await Pages.OfAsync(desk.App, desk.Experts[DeskReview.Ama]);

        Assert.Matches("(?s)The report is published. It is no longer changed. <a href=\"/publications/", (await lead.ReadAsync($"{desk.Page}/draft")).Html);
    }

    [Fact]
    public async Task A_sentence_of_the_private_annex_that_stands_in_another_text_is_named_before_it_goes_out()
    {
        const string Kept = "The office keeps its root keys in a basement in the capital";
        await using var desk = await DeskReview.DraftingAsync();
        (await desk.WriteAsync("private_annex", $"{Kept}, which worries us. A short one.")).EnsureSuccessStatusCode();
        (await desk.WriteAsync("conclusions", "Something else. A short one.")).EnsureSuccessStatusCode();
        using var lead = await Pages.OfAsync(desk.App, desk.Experts[DeskReview.Ama]);
        Assert.DoesNotContain("<q dir=", (await lead.ReadAsync($"{desk.Page}/draft")).Html, StringComparison.Ordinal);

        (await desk.WriteAsync("conclusions", $"It is so. {Kept}, which worries us.", version: 1)).EnsureSuccessStatusCode();

        Assert.Contains($"Conclusions: <q dir=\"auto\">{Kept}, which worries us</q>", (await lead.ReadAsync($"{desk.Page}/draft")).Html, StringComparison.Ordinal);
    }

    private static async Task KeepAsync(Pages pages, string page)
    {
        await pages.ReadAsync("/account");
        Assert.Equal(
            HttpStatusCode.NoContent,
            (await pages.SubmitAsync("/drafts", ("text", Typed), ("version", "0"), (Draft.PageField, page), (Draft.PartField, ""))).Status);
    }
}
