using System.Collections.Concurrent;
using PeerReview.Testing.Journeys;

namespace PeerReview.Testing.Faults;

/// <summary>Journeys on one bed, each compared with the same journey undisturbed.</summary>
/// <param name="undisturbed">How each journey ends undisturbed, by its name. What is not known yet is found out on this bed;
/// it is the same on every other.</param>
public sealed class FaultRuns(FaultBed bed, ConcurrentDictionary<string, string> undisturbed)
{
    /// <summary>The journeys there are, by name.</summary>
    public static readonly IReadOnlyDictionary<string, Func<Ground, Journey>> Journeys =
        new Dictionary<string, Func<Ground, Journey>>(StringComparer.Ordinal)
        {
            ["light"] = ground => new LightJourney(ground, "KEN"),
            ["desk"] = ground => new DeskJourney(ground, "KEN", new ReviewingStates("ZMB", "GHA", "EST", "URY")),
            ["full"] = ground => new FullJourney(ground, "KEN", new ReviewingStates("ZMB", "GHA", "EST", "URY")),
            ["withdrawn"] = ground => new WithdrawnJourney(ground, "KEN"),
        };

    private const int Rounds = 400;
    private const int RoundsOfPatience = 20;
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan ShortOutage = TimeSpan.FromMilliseconds(300);

    /// <summary>How much of a run is disturbed: which part of its requests, from 0 to 1.</summary>
    public double Share { get; init; } = 0.12;

    /// <summary>How long the database stays away when it is cut off.</summary>
    public TimeSpan Outage { get; init; } = ShortOutage;

    /// <summary>Takes a journey to its end under the faults of a seed.</summary>
    /// <returns>What went wrong on the way.</returns>
    /// <exception cref="InvalidOperationException">It ended otherwise than undisturbed; the message holds everything to see why.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(string journey, int seed)
    {
        if (!undisturbed.TryGetValue(journey, out var expected))
            undisturbed[journey] = expected = await OutcomeAsync(journey, seed, plan: null, []);
        var happened = new List<string>();
        try
        {
            var disturbed = await OutcomeAsync(journey, seed, new FaultPlan(seed, Share), happened);
            if (Difference(expected, disturbed) is { Length: > 0 } difference)
                throw new InvalidOperationException(difference);
            await bed.Database.RequireSoundAsync();
        }
        catch (InvalidOperationException wrong)
        {
            throw new InvalidOperationException($"Journey {journey}, seed {seed}: {wrong.Message}\nWhat had gone wrong:\n{string.Join('\n', happened)}", wrong);
        }

        return happened;
    }

    private async Task<string> OutcomeAsync(string journey, int seed, FaultPlan? plan, List<string> happened)
    {
        using var door = new FaultyDoor(bed, plan, Outage, happened);
        var ground = new Ground(bed.Database, door, $"{(plan is null ? "u" : "f")}{seed}{journey[0]}");
        await ground.OpenAsync();
        var travelled = Journeys[journey](ground);
        await travelled.RunAsync();
        await SettleAsync();
        return await Outcome.OfAsync(ground, travelled.Review, bed.Post);
    }

    /// <summary>All letters go out: what nobody has in hand any more at once, as if its lease or pause were over. Files of a report
    /// are not waited for: these nodes cannot print.</summary>
    private async Task SettleAsync()
    {
        using var door = new FaultyDoor(bed, plan: null, Outage, []);
        for (var round = 1; await WaitingAsync() > 0 && round <= Rounds; round++)
        {
            await Task.Delay(Breath);
            if (round % RoundsOfPatience != 0)
                continue;
            await bed.FreeLettersAsync();
            await door.AdvanceAsync(DateTimeOffset.UnixEpoch);
        }
    }

    private async Task<int> WaitingAsync() => (await bed.Database.AsOwnerAsync<int>(
        "SELECT count(*)::int FROM outbox WHERE topic = 'mail' AND delivered_at IS NULL AND given_up_at IS NULL")).Single();

    private static string Difference(string undisturbed, string disturbed)
    {
        var left = undisturbed.Split('\n').ToList();
        var more = disturbed.Split('\n').Where(line => !left.Remove(line)).Select(line => $"+ {line}").ToList();
        return string.Join('\n', left.Select(line => $"- {line}").Concat(more));
    }
}
