using System.Collections.Concurrent;
using PeerReview.Testing.Faults;
using Xunit;

namespace PeerReview.Server.Tests.Faults;

/// <summary>Whole journeys on two nodes while programs are killed, the database is cut off or gives transactions up, letters find
/// no room and requests come twice: each ends as it does undisturbed, with the same events and letters, none lost and none twice.
/// A short form of <c>bench … faults</c>, which runs as many seeds as wanted.</summary>
public sealed class FaultyJourneyTests(FaultBedFixture fixture) : IClassFixture<FaultBedFixture>
{
    [Theory]
    [InlineData("light", 1)]
    [InlineData("withdrawn", 2)]
    public async Task A_journey_ends_as_undisturbed(string journey, int seed)
    {
        var happened = await fixture.Runs.RunAsync(journey, seed);

        Assert.NotEmpty(happened);
    }
}

/// <summary>One bed for all journeys of a class.</summary>
public sealed class FaultBedFixture : IAsyncLifetime
{
    private FaultBed _bed = null!;

    public FaultRuns Runs { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _bed = await FaultBed.MakeAsync();
        Runs = new FaultRuns(_bed, new ConcurrentDictionary<string, string>(StringComparer.Ordinal));
    }

    public ValueTask DisposeAsync() => _bed.DisposeAsync();
}
