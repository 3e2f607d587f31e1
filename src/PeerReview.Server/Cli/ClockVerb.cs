using System.CommandLine;
using System.Globalization;
using PeerReview.Server.Platform.Data;

namespace PeerReview.Server.Cli;

/// <summary><c>peerreview clock</c>: business time.</summary>
internal static class ClockVerb
{
    public static Command Create() => new("clock", "Business time.") { CreateShow() };

    private static Command CreateShow()
    {
        var choice = new DatabaseChoice(asOwner: false);
        var verb = choice.AddTo(new Command("show", "Says what business time is and whether it can be moved."));
        verb.SetAction(async (parsed, cancel) =>
        {
            await using var chosen = await choice.OpenAsync(parsed, share: true, cancel);
            await using var database = Database.Open(chosen.Connections);
            await DatabaseStart.RequireUsableAsync(database, manualClock: true, cancel);
            var clock = new BusinessClock(database);
            var now = (await clock.NowAsync(cancel)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            Console.WriteLine($"{now} {(await clock.IsManualAsync(cancel) ? "manual" : "real")}");
            return CommandLine.Done;
        });
        return verb;
    }
}
