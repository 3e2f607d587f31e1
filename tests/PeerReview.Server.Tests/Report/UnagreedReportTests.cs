using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;
using static PeerReview.Server.Tests.Report.AgreementSteps;

namespace PeerReview.Server.Tests.Report;

/// <summary>What the public reads of a report that goes out without the agreement of all.</summary>
public sealed class UnagreedReportTests
{
    private const string Ama = DeskReview.Ama;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reviewing_State_that_never_answers_holds_nobody_up_once_the_days_are_over()
    {
        await using var desk = await ReconcilingAsync();
        foreach (var person in new[] { desk.Experts[Ama], desk.At.Head, desk.Authority })
            (await desk.AgreeAsync(person, stage: "reconcile")).EnsureSuccessStatusCode();
        Assert.Equal(["EST REV_FP Focal point EST", "GHA REV_FP Focal point GHA"], await desk.AskedAsync("reconcile"));
        Assert.Equal("agreement.confirmed", await CodeAsync(await desk.AgreeAsync(desk.At.Head, stage: "reconcile")));

        await desk.App.AdvanceAsync(TimeSpan.FromDays(22));

        using var pages = await Pages.OfAsync(desk.App, desk.At.Head);
        Assert.Contains("lets it go on without a reviewing State that has not confirmed it", (await pages.ReadAsync("/")).Html, StringComparison.Ordinal);
        Assert.Contains("which reviewing States have not confirmed it", (await pages.ReadAsync($"{desk.Page}/report")).Html, StringComparison.Ordinal);
        Assert.Equal(
            HttpStatusCode.SeeOther,
            (await pages.SubmitAsync($"{desk.Page}/report", [("act", "confirm"), ("content_hash", await HashAsync(desk)), .. Signature(desk)])).Status);
        Assert.Empty(await desk.AskedAsync("reconcile"));
        // It has said that it cannot agree: that is an answer.
        var (_, stands) = await pages.ReadAsync($"{desk.Page}/report");
        Assert.Contains("Stated that it does not agree: Estonia.", stands, StringComparison.Ordinal);
        Assert.Contains("Did not answer in time: Ghana.", stands, StringComparison.Ordinal);
        var (page, json) = await PublishedAsync(desk, "full");
        Assert.Contains("Report of the review, not agreed by all parties", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Report agreed with the reviewing States", page, StringComparison.Ordinal);
        Assert.Contains("Stated that it does not agree: Estonia. Did not answer in time: Ghana.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("[the third section]", page, StringComparison.Ordinal);
        Assert.Equal(["EST"], Codes(json, "disagreed"));
        Assert.Equal(["GHA"], Codes(json, "silent"));
        Assert.Equal(["STATE", "HEAD"], Codes(json, "confirmed"));
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task Who_dissented_is_named_whatever_is_published_of_the_report()
    {
        await using var desk = await ReconcilingAsync();
        foreach (var title in new[] { "[the second]", "[the third]" })
            (await desk.RecommendAsync(title)).EnsureSuccessStatusCode();
        (await desk.Experts[Ama].Client.DeleteAsync($"{desk.Api}/recommendations/R-02", Cancel)).EnsureSuccessStatusCode();
        (await DissentAsync(desk.Spokespersons["EST"], desk, "[Estonia sees it otherwise]")).EnsureSuccessStatusCode();
        foreach (var person in new[] { desk.Spokespersons["GHA"], desk.Experts[Ama], desk.At.Head, desk.Authority })
            (await desk.AgreeAsync(person, stage: "reconcile")).EnsureSuccessStatusCode();

        (await desk.RespondAsync("R-03", "accepted")).EnsureSuccessStatusCode();
        var (page, json) = await PublishedAsync(desk, "summary");

        Assert.Contains("Dissent was annexed by: Estonia.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("[Estonia sees it otherwise]", page, StringComparison.Ordinal);
        Assert.Equal(["EST"], Codes(json, "dissented"));
        // A number that is missing is not one that is hidden.
        Assert.Contains("Withdrawn before the report was concluded: R-02.", page, StringComparison.Ordinal);
        using var state = await Pages.OfAsync(desk.App, desk.FocalPoint);
        Assert.Contains("Withdrawn before the report was concluded: R-02.", (await state.ReadAsync($"{desk.Page}/report")).Html, StringComparison.Ordinal);
    }

    /// <summary>The public page and its JSON, as anybody reads them.</summary>
    private static async Task<(string Page, JsonElement Agreed)> PublishedAsync(DeskReview desk, string report)
    {
        (await desk.RespondAsync("R-01", "accepted")).EnsureSuccessStatusCode();
        (await desk.SignResponsesAsync()).EnsureSuccessStatusCode();
        (await desk.DecideAsync(report, opens: false)).EnsureSuccessStatusCode();
        (await desk.Coordinator.Client.PostAsJsonAsync($"{desk.Api}/stages/publish/complete", new { }, Cancel)).EnsureSuccessStatusCode();
        var slug = Assert.Single(await desk.App.Database.AsOwnerAsync<string>("SELECT slug FROM publication"));
        using var anybody = await Pages.OfAsync(desk.App, null);
        return (
            (await anybody.ReadAsync($"/publications/{slug}")).Html,
            (await desk.App.Visitor().GetFromJsonAsync<JsonElement>($"/publications/{slug}.json", Cancel)).GetProperty("agreed"));
    }

    private static List<string?> Codes(JsonElement agreed, string standing) =>
        [.. agreed.GetProperty("standing").GetProperty(standing).EnumerateArray().Select(code => code.GetString())];
}
