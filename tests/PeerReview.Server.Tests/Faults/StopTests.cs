using System.Collections.Concurrent;
using System.Net.Http.Json;
using PeerReview.Testing;
using PeerReview.Testing.Faults;
using Xunit;

namespace PeerReview.Server.Tests.Faults;

/// <summary>A node that is asked to stop under load finishes what it has begun; another can go on with the rest.</summary>
public sealed class StopTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Asked_to_stop_under_load_a_node_keeps_what_it_answered_and_leaves_nothing_in_hand()
    {
        var folder = Directory.CreateTempSubdirectory("peerreview-stop-");
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);
        var answered = new ConcurrentBag<string>();
        await using (var node = Node.Start(app.Database, folder.FullName))
        {
            using var http = new HttpClient { BaseAddress = await node.AddressAsync() };
            http.DefaultRequestHeaders.Authorization = review.FocalPoint.Client.DefaultRequestHeaders.Authorization;
            var load = Items.Select(item => SaveAsync(http, review, item, answered)).ToList();
            await Task.WhenAny(load);

            Assert.Equal(0, await node.StopAsync(Cancel));
            await Task.WhenAll(load);
        }

        folder.Delete(recursive: true);
        var written = await app.Database.AsOwnerAsync<string>("SELECT key FROM writing WHERE kind = 'answer'");
        Assert.NotEmpty(answered);
        Assert.Empty(answered.Except(written, StringComparer.Ordinal));
        Assert.Equal([0L], await app.Database.AsOwnerAsync<long>("SELECT count(*) FROM outbox WHERE leased_until > now() AND delivered_at IS NULL"));
        await app.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task Asked_to_stop_while_the_database_is_away_a_node_ends()
    {
        var folder = Directory.CreateTempSubdirectory("peerreview-stop-");
        await using var app = await TestApp.StartAsync();
        await using (var node = Node.Start(app.Database, folder.FullName, rhythm: true))
        {
            await node.AddressAsync();
            node.App.IsAway = node.Worker.IsAway = true;
            await node.App.DropAsync();
            await node.Worker.DropAsync();

            Assert.Equal(0, await node.StopAsync(Cancel).WaitAsync(TimeSpan.FromMinutes(2), Cancel));
        }

        folder.Delete(recursive: true);
    }

    private static IEnumerable<string> Items => "abcdefghijk".Select(norm => $"N-{norm}.{norm}1");

    private static async Task SaveAsync(HttpClient http, ReviewAt review, string item, ConcurrentBag<string> answered)
    {
        try
        {
            using var answer = await http.PutAsJsonAsync($"{review.Api}/answers/{item}", new { value = "planned", version = 0 }, Cancel);
            if (answer.IsSuccessStatusCode)
                answered.Add(item);
        }
        catch (HttpRequestException)
        {
            // It no longer listened: whoever asks learns that nothing was done.
        }
    }
}
