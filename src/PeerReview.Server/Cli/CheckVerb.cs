using System.CommandLine;
using System.Globalization;
using PeerReview.Server.Features.Operations.Checking;
using PeerReview.Server.Platform.Data;

namespace PeerReview.Server.Cli;

/// <summary><c>peerreview check</c>: everything the tables promise each other, and the ledger of every review.</summary>
internal static class CheckVerb
{
    public static Command Create()
    {
        var choice = new DatabaseChoice(asOwner: false);
        var verb = choice.AddTo(new Command(
            "check", "Checks what the tables promise each other and the ledger of every review; the program may run meanwhile."));
        verb.SetAction(async (parsed, cancel) =>
        {
            await using var chosen = await choice.OpenAsync(parsed, share: true, cancel);
            await using var database = Database.Open(chosen.Connections);
            await DatabaseStart.RequireUsableAsync(database, manualClock: true, cancel);
            return Say(await Check.RunAsync(database, cancel));
        });
        return verb;
    }

    private static int Say(CheckResult result)
    {
        foreach (var finding in result.Findings)
            Console.WriteLine(finding);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Reviews} reviews, {result.Events} events: {(result.Findings.Count == 0 ? "all in order." : "not in order.")}"));
        return result.Findings.Count == 0 ? CommandLine.Done : CommandLine.Wrong;
    }
}
