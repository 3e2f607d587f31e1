using System.Text.RegularExpressions;
using PeerReview.Testing;
using PeerReview.Testing.Journeys;
using Xunit;

namespace PeerReview.Server.Tests.Journey;

/// <summary>Reviews of every variant take turns in one programme under one clock, with reserves, extensions, a deferral, a failed
/// agreement and a withdrawal. Everybody gets exactly the letters that are on the list.</summary>
public sealed partial class InterleavedJourneysTests
{
    private const string Digest = "What waits for you on";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reviews_that_take_turns_are_each_as_if_alone()
    {
        await using var app = await TestApp.StartAsync();
        using var door = new OpenDoor(app);
        var ground = new Ground(app.Database, door, "turns");
        await ground.OpenAsync();
        Testing.Journeys.Journey[] journeys =
        [
            new LightJourney(ground, "KEN"),
            new DeskJourney(ground, "RWA", new ReviewingStates("ZMB", "GHA", "EST", "URY")),
            new FullJourney(ground, "FJI", new ReviewingStates("JPN", "THA", "CHL", "AUT")),
            new WithdrawnJourney(ground, "PER"),
        ];

        await TakeTurnsAsync(ground, journeys);

        Assert.Equal(
            ["closed", "closed", "closed", "withdrawn"],
            await app.Database.AsOwnerAsync<string>("SELECT status FROM review ORDER BY status"));
        await app.Database.RequireSoundAsync();
        var letters = await LettersAsync(app);
        // What came stands beside what was to come: once read through, it can take its place.
        await File.WriteAllLinesAsync(Path.ChangeExtension(Listed, ".actual.txt"), letters, Cancel);
        Assert.Equal(await File.ReadAllLinesAsync(Listed, Cancel), letters);
    }

    // The year is that in which the test runs.
    [GeneratedRegex(" – [^:–]+ [0-9]{4}(?=:)", RegexOptions.None, 1000)]
    private static partial Regex ReviewName();

    private static string Listed => Path.Combine(AppContext.BaseDirectory, "Journey", "interleaved-letters.txt");

    private static async Task TakeTurnsAsync(Ground ground, IEnumerable<Testing.Journeys.Journey> journeys)
    {
        var under = journeys.Select(journey => journey.StepsAsync().GetAsyncEnumerator(Cancel)).ToList();
        while (under.Count > 0)
        {
            foreach (var one in under.ToList())
            {
                if (await one.MoveNextAsync())
                    continue;
                await one.DisposeAsync();
                under.Remove(one);
            }

            await ground.PassAsync(1);
        }
    }

    /// <summary>Every letter in the order it went out: the day from the first, to whom, what it is called.</summary>
    private static async Task<IReadOnlyList<string>> LettersAsync(TestApp app)
    {
        var letters = await app.LettersAsync();
        var first = DateTimeOffset.Parse(letters[0]["Date"], System.Globalization.CultureInfo.InvariantCulture).UtcDateTime.Date;
        return
        [
            .. letters
                .Select(letter => (
                    Day: (DateTimeOffset.Parse(letter["Date"], System.Globalization.CultureInfo.InvariantCulture).UtcDateTime.Date - first).Days,
                    To: letter.Recipient.Replace(".turns@example.org", "", StringComparison.Ordinal).Replace('.', ' '),
                    // The day a digest is of is the day it comes.
                    Subject: letter["Subject"].StartsWith(Digest, StringComparison.Ordinal) ? Digest : ReviewName().Replace(letter["Subject"], "")))
                .OrderBy(letter => letter.Day).ThenBy(letter => letter.To, StringComparer.Ordinal).ThenBy(letter => letter.Subject, StringComparer.Ordinal)
                .Select(letter => System.FormattableString.Invariant($"day {letter.Day,3}  {letter.To}: {letter.Subject}")),
        ];
    }
}
