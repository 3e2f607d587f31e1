using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PeerReview.Server.Features.Demo;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Demo;

/// <summary>A fresh demonstration, as the first steps of the README find it.</summary>
public sealed class DemonstrationTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_in_it_is_late_each_review_stands_in_its_stage_and_the_newest_can_be_taken_through()
    {
        await using var app = await TestApp.StartAsync();
        await app.Database.AsOwnerAsync("DELETE FROM programme");

        var people = await app.App.Services.GetRequiredService<Demonstration>().PrepareAsync(app.Address, Cancel);

        Assert.Equal(["COORD", "COORD", "COORD_HEAD"], people.Take(3).Select(person => person.Role));
        // Those of one review stand together on the screen.
        Assert.Equal(
            ["Kenya Authority", "Kenya Focal Point", "Kenya Alternate", "Rwanda Speaker for Kenya"],
            people.SkipWhile(person => person.Name != "Kenya Authority").Take(4).Select(person => person.Name));

        using var coordinator = ClientOf(people[0]);
        var reviews = await ItemsAsync(coordinator, "reviews");
        Assert.All(reviews, review => Assert.Equal("running", review.GetProperty("status").GetString()));
        Assert.All(reviews, review => Assert.False(review.GetProperty("late").GetBoolean(), review.ToString()));
        Assert.Equal(
            [
                "BEN COORD", "BTN REV_FP STATE_CONTRIB STATE_FP", "BWA COORD REV_EXPERT REV_LEAD", "EST COORD STATE_AUTH", "FJI COORD STATE_AUTH STATE_FP", "GHA STATE_FP", "JAM PART_FP",
                "KEN STATE_AUTH STATE_FP", "LSO STATE_FP", "MDG REV_EXPERT", "MNG REV_EXPERT REV_LEAD", "NPL COORD STATE_AUTH", "URY STATE_CONTRIB STATE_FP",
                "ZMB COORD_HEAD REV_FP REV_LEAD STATE_AUTH",
            ],
            reviews.Select(Turn).Order(StringComparer.Ordinal));

        var task = (await ItemsAsync(coordinator, "tasks")).Single(task => task.GetProperty("state").GetString() == "EST");
        Assert.Equal("acknowledge", task.GetProperty("stage").GetString());
        using var acknowledged = await coordinator.PostAsJsonAsync(
            $"reviews/{task.GetProperty("review").GetString()}/stages/acknowledge/complete",
            new { coordinator = people[0].Id, deputy = people[1].Id },
            Cancel);
        Assert.True(acknowledged.IsSuccessStatusCode, await acknowledged.Content.ReadAsStringAsync(Cancel));

        HttpClient ClientOf(DemoPerson person) => new()
        {
            BaseAddress = new Uri(app.Address, "/api/v1/"),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", person.Token) },
        };
    }

    private static string Turn(JsonElement review) =>
        string.Join(' ', review.GetProperty("turn").EnumerateArray().Select(role => role.GetString())
            .Order(StringComparer.Ordinal).Prepend(review.GetProperty("state").GetString()));

    private static async Task<IReadOnlyList<JsonElement>> ItemsAsync(HttpClient client, string path) =>
        [.. (await client.GetFromJsonAsync<JsonElement>(path, Cancel)).GetProperty("items").EnumerateArray()];
}
