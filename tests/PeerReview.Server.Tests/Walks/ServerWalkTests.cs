using Xunit;

namespace PeerReview.Server.Tests.Walks;

/// <summary>Random light reviews through the whole program over HTTP: what is offered is accepted, what is not is refused and
/// changes nothing, and after every step the ledger, the read tables and the letters agree.</summary>
public sealed class ServerWalkTests
{
    private const int Steps = 60;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_random_walk_through_a_review_breaks_nothing(int seed)
    {
        await using var people = await WalkPeople.GatherAsync();
        var walk = new ServerWalk(people, seed);

        await walk.RunAsync(Steps);

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', walk.Steps));
        var letters = await people.App.LettersAsync();
        Assert.Equal(letters.Count, letters.Select(letter => letter["Message-ID"]).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(
            [letters.Count], await people.App.Database.AsOwnerAsync<int>("SELECT count(*)::int FROM outbox WHERE delivered_at IS NOT NULL"));
        Assert.Equal([0], await people.App.Database.AsOwnerAsync<int>("SELECT count(*)::int FROM outbox WHERE given_up_at IS NOT NULL OR uncertain"));
    }
}
