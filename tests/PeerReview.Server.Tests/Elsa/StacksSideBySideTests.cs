using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Server.Stacks;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Elsa;

/// <summary>Several nodes on one database, of one stack or of two: a review goes from launch to its end whichever node gets
/// its next command, and nobody can tell afterwards.</summary>
public sealed class StacksSideBySideTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("elsa", "elsa")]
    [InlineData("elsa", "embedded")]
    [InlineData("embedded", "elsa")]
    public async Task A_review_goes_to_its_end_on_two_nodes_in_turn(string first, string second)
    {
        await using var alone = await TestApp.StartAsync(stack: BuiltStacks.Find("embedded"));
        var expected = await ReviewStages.AtAsync(alone, ReviewStages.Closed);
        await using var app = await TestApp.StartAsync(stack: BuiltStacks.Find(first));
        await app.AddNodeAsync(BuiltStacks.Find(second));

        var review = await ReviewStages.AtAsync(app, ReviewStages.Closed);

        Assert.Equal("closed", await review.StatusAsync());
        Assert.Equal(await review.LedgerAsync(), await expected.LedgerAsync());
        Assert.Empty(await IncidentsAsync(app));
        await app.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task The_state_of_the_engine_is_kept_beside_the_review_and_gone_with_a_change_of_stacks()
    {
        await using var app = await TestApp.StartAsync(stack: BuiltStacks.Find("elsa"));
        var review = await ReviewStages.AtAsync(app, ReviewStages.Assessing);

        Assert.StartsWith("{\"$id\":", await TextAsync(app), StringComparison.Ordinal);
        await app.AddNodeAsync(BuiltStacks.Find("embedded"));
        Assert.Equal(["embedded"], await app.Database.AsOwnerAsync<string>("SELECT value FROM app.setting WHERE key = 'stack'"));
        await review.SubmitAsync(_ => Core.Access.SharingLabel.Clear);
        Assert.Empty(await IncidentsAsync(app));
        Assert.Equal(["complete COORD"], await review.TasksAsync());
    }

    [Fact]
    public async Task Many_commands_at_once_on_two_nodes_move_a_review_once()
    {
        await using var app = await TestApp.StartAsync(stack: BuiltStacks.Find("elsa"));
        await app.AddNodeAsync(BuiltStacks.Find("elsa"));
        var review = await ReviewStages.AtAsync(app, ReviewStages.Checking);

        var codes = await Task.WhenAll(Enumerable.Range(0, 16)
            .Select(_ => review.CodeAsync(review.Coordinator, "stages/complete/complete", new { })));

        Assert.Equal(1, codes.Count(code => code == "ok"));
        Assert.Equal(["clarify COORD"], await review.TasksAsync());
        Assert.Empty(await IncidentsAsync(app));
        await app.Database.RequireSoundAsync();
    }

    private static async Task<string> TextAsync(TestApp app) =>
        (await app.Database.AsOwnerAsync<string>("SELECT engine_state FROM review")).Single();

    private static async Task<JsonElement[]> IncidentsAsync(TestApp app)
    {
        var person = await app.PersonAsync("OPERATOR");
        var seen = await person.Client.GetFromJsonAsync<JsonElement>("/api/v1/operations", Cancel);
        return [.. seen.GetProperty("engineIncidents").EnumerateArray()];
    }
}
