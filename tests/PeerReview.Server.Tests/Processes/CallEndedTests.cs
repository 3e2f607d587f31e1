using System.Net;
using System.Net.Http.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Processes;

/// <summary>A process of a programme that hears stakeholders in its deepest form alone: the call ends when a review becomes a lighter one.</summary>
public sealed class CallEndedTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("peerreview-call-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Whoever_handed_nothing_in_is_told_that_it_is_over_and_whose_contribution_was_not_screened_that_it_goes_no_further()
    {
        await using var app = await TestApp.StartAsync();
        await PublishAsync(app);
        var review = await ReviewAt.AssessingAsync(app, change: notice =>
            (notice["process"], notice["documents"]) = ("our-own", new { launch_notice = "[the notice]" }));
        (await ChangeAsync("full")).EnsureSuccessStatusCode();
        Assert.Contains("stake_call COORD", await review.TasksAsync(), StringComparer.Ordinal);
        var (heard, silent) = (await review.HearAsync("ines@example.org"), await review.HearAsync("abe@example.org"));
        (await review.InviteStakeholderAsync("olga@example.org")).EnsureSuccessStatusCode();
        var letter = await review.StakeholderLetterAsync("olga@example.org");
        await review.ContributeAsync(heard, "[what the sender says]");
        using var authority = await Pages.OfAsync(app, review.Authority);
        var preview = (await authority.ReadAsync($"/reviews/{review.Id}/variant?to=light")).Html;

        (await ChangeAsync("light")).EnsureSuccessStatusCode();

        Assert.Contains("<li>Call for stakeholder input</li>", preview[preview.IndexOf("Steps that fall away", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.DoesNotContain("go on to their end", preview, StringComparison.Ordinal);
        Assert.DoesNotContain(await review.TasksAsync(), task => task.StartsWith("stake_call", StringComparison.Ordinal));
        Assert.Empty(await app.Database.AsOwnerAsync<string>("SELECT stage FROM deadline WHERE review_id = @Id AND stage = 'stake_call'", new { review.Id }));
        var told = (await app.LettersAsync()).Where(one => one.Subject.EndsWith("the call for contributions is over", StringComparison.Ordinal)).ToList();
        Assert.Equal(["abe@example.org", "olga@example.org"], told.Select(one => one.Recipient).Order(StringComparer.Ordinal));
        Assert.All(told, one => Assert.Contains("another form, in which no\nstakeholders are heard", one.Body, StringComparison.Ordinal));
        // Nobody will screen it any more: its sender is told, and reads the same on the page.
        var unread = Assert.Single(await app.LettersAsync(), one => one.Subject.EndsWith("your contribution goes no further", StringComparison.Ordinal));
        Assert.Equal("ines@example.org", unread.Recipient);
        using var sender = await Pages.OfAsync(app, heard);
        Assert.Contains("Not screened when the call ended", (await sender.ReadAsync($"/reviews/{review.Id}/contributions")).Html, StringComparison.Ordinal);
        using var visitor = await Pages.OfAsync(app, person: null);
        Assert.Equal(HttpStatusCode.Gone, (await visitor.ReadAsync(letter)).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await silent.Client.PostAsJsonAsync($"{review.Api}/contributions", new { text = "[too late]" }, Cancel)).StatusCode);
        Assert.Contains("[what the sender says]", await heard.Client.GetStringAsync($"{review.Api}/contributions", Cancel), StringComparison.Ordinal);
        await app.Database.RequireSoundAsync();

        Task<HttpResponseMessage> ChangeAsync(string to) => review.Authority.Client.PostAsJsonAsync(
            $"{review.Api}/variant", new { variant = to, reason = "[as it suits]", signature = LightReview.Signature(app) }, Cancel);
    }

    private async Task PublishAsync(TestApp app)
    {
        var text = (await File.ReadAllTextAsync(OwnProcess.FileOf("voluntary-review"), Cancel))
            .Replace("process: voluntary-review", "process: our-own", StringComparison.Ordinal)
            .Replace("\noffered: true", "", StringComparison.Ordinal)
            .Replace("days: { light: 30, desk: 45, full: 60 }\n    optional: [light, desk]\n", "days: { full: 60 }\n", StringComparison.Ordinal);
        var file = Path.Combine(_folder, "our-own.v1.yaml");
        await File.WriteAllTextAsync(file, text, Cancel);
        var (_, _, errors) = await OwnProcess.PublishAsync(app, _folder, file);
        Assert.Equal("", errors);
    }
}
