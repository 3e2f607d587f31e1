using System.CommandLine;
using System.Globalization;
using PeerReview.Server.Platform.Clock;
using PeerReview.Server.Platform.Data;

namespace PeerReview.Server.Cli;

/// <summary><c>peerreview clock</c>: business time.</summary>
internal static class ClockVerb
{
    public static Command Create() => new("clock", "Business time.") { CreateShow(), CreateAdvance() };

    private static Command CreateAdvance()
    {
        var target = new Argument<string>("target") { Description = ClockTarget.Forms };
        var choice = new DatabaseChoice(asOwner: false);
        var verb = choice.AddTo(new Command(
            "advance", "Moves a clock that can be moved, doing at each instant on the way what is due there.") { target });
        verb.SetAction(async (parsed, cancel) =>
        {
            await using var chosen = await choice.OpenAsync(parsed, share: true, cancel);
            await using var app = await App.BuildAsync(
                new AppOptions(chosen.Connections, choice.DataOf(parsed), [], ManualClock: true) { Rhythm = false }, cancel);
            var now = await app.Services.GetRequiredService<BusinessClock>().NowAsync(cancel);
            if (ClockTarget.Parse(parsed.GetValue(target)!, now) is not { } to)
            {
                await Console.Error.WriteLineAsync(ClockTarget.Forms);
                return CommandLine.Misused;
            }

            Console.WriteLine(await app.Services.GetRequiredService<ClockAdvance>().ToAsync(to, cancel));
            return CommandLine.Done;
        });
        return verb;
    }

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
