using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Processes;

/// <summary>What is published by a programme's own process: the parties hear of a report, and the authority that the public reads it only once
/// it says so.</summary>
public sealed class ShownReportTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_report_that_could_be_public_leads_the_authority_to_the_page_where_that_is_decided()
    {
        await using var review = await OwnProcess.LaunchedAsync("nis2-like", "remote");
        await review.RunAsync("publish");
        Assert.Contains(await review.App.LettersAsync(), one => one.Recipient == review["REV_EXPERT/GHA"].Email && one.Subject.Contains("a text can be read – Delivery", StringComparison.Ordinal));
        using var office = await Pages.OfAsync(review.App, review["COORD"]);
        var path = $"{review.Page}/stages/publish";
        var html = (await office.ReadAsync(path)).Html;
        Assert.Contains("Other States read it, once it is handed in, if its label allows it.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("other States and the public do not read it here", html, StringComparison.Ordinal);
        (await review["COORD"].Client.PutAsJsonAsync($"{review.Api}/stages/publish/documents/public_report", new { text = "[published]", label = "CLEAR", version = 0 }, Cancel)).EnsureSuccessStatusCode();
        (await review.DoAsync(review["COORD"], "publish")).EnsureSuccessStatusCode();

        var letter = (await review.App.LettersAsync()).Single(one => one.Recipient == review["STATE_AUTH"].Email && one.Subject.Contains("does the public read a text?", StringComparison.Ordinal));
        Assert.Contains($"{review.Page}/public\n", letter.Body.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        html = (await office.ReadAsync(path)).Html;
        Assert.Contains("The public does not read this yet: Published report.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("/public\"", html, StringComparison.Ordinal);
        using var state = await Pages.OfAsync(review.App, review["STATE_AUTH"]);
        Assert.Contains($"href=\"{review.Page}/public\"", (await state.ReadAsync(path)).Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await state.SubmitAsync(
            $"{review.Page}/public", ("register", "on"), ("texts", "publish:public_report@1"), ("signature.name", "A. Signatory"), ("signature.office", "Director"),
            ("signature.day", (await NowAsync(review)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)))).Status);

        Assert.DoesNotContain("The public does not read this yet", (await office.ReadAsync(path)).Html, StringComparison.Ordinal);
        using var visitor = await Pages.OfAsync(review.App, person: null);
        html = (await visitor.ReadAsync($"/register/{review.Id}")).Html;
        Assert.Contains("[published]", html, StringComparison.Ordinal);
        Assert.Contains("Version of ", html, StringComparison.Ordinal);
    }

    private static async Task<DateTimeOffset> NowAsync(OwnProcess review) =>
        (await review.App.Database.AsOwnerAsync<DateTimeOffset>("SELECT app.clock()")).Single();
}
