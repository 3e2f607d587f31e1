using System.Net.Http.Json;
using PeerReview.Core.Access;
using PeerReview.Server.Tests.Web;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.BadInput;

/// <summary>A review that was suspended, deferred, withdrawn: only what looks after it is possible.</summary>
public sealed class StoppedTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("suspend", "suspended", "resume withdraw nominations hand-over urgent acknowledge")]
    [InlineData("defer", "deferred", "resume withdraw nominations hand-over urgent acknowledge")]
    [InlineData("withdraw", "withdrawn", "")]
    public async Task Nothing_else_is_done_to_it_by_anybody(string move, string status, string possible)
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);
        (await review.Authority.Client.PostAsJsonAsync(
            $"{review.Api}/{move}", new { reason = "One.", until = review.Today.AddDays(20), signature = LightReview.Signature(app) }, Cancel))
            .EnsureSuccessStatusCode();
        var before = await app.Database.HoldingsAsync();

        foreach (var route in app.Routes().OfReviews().Where(r => r is { IsApi: true, Writes: true }))
        {
            var last = route.Pattern.Split('/')[^1];
            if (possible.Split(' ').Contains(route.Pattern.Contains("nominations", StringComparison.Ordinal) ? "nominations" : last, StringComparer.Ordinal))
                continue;
            foreach (var person in new[] { review.Authority, review.FocalPoint, review.Coordinator })
            {
                using var request = new HttpRequestMessage(new HttpMethod(route.Method), route.With(review.Id)) { Content = Requests.To(route) };
                using var answer = await person.Client.SendAsync(request, Cancel);
                var said = await answer.Content.ReadAsStringAsync(Cancel);
                Assert.True(
                    (int)answer.StatusCode is 403 or 404 || ((int)answer.StatusCode == 409 && said.Contains($".{status}\"", StringComparison.Ordinal)),
                    $"{route}: {said}");
            }
        }

        Assert.Equal(before, await app.Database.HoldingsAsync());
    }

    [Fact]
    public async Task A_stage_is_completed_again_after_it_was_resumed()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);
        await review.Authority.Client.PostAsJsonAsync($"{review.Api}/suspend", new { reason = "One." }, Cancel);
        await review.Authority.Client.PostAsJsonAsync($"{review.Api}/resume", new { signature = LightReview.Signature(app) }, Cancel);

        await review.SubmitAsync(_ => SharingLabel.Clear);

        Assert.Contains("complete COORD", await review.TasksAsync());
        await app.Database.RequireSoundAsync();
    }
}
