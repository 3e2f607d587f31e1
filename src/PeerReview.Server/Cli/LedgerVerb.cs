using System.CommandLine;
using System.Globalization;
using PeerReview.Core.Ledger;
using PeerReview.Server.Features.Ledger;

namespace PeerReview.Server.Cli;

/// <summary><c>peerreview ledger</c>: records of reviews.</summary>
internal static class LedgerVerb
{
    public static Command Create() => new("ledger", "Records of reviews.") { CreateVerify() };

    private static Command CreateVerify()
    {
        var file = new Argument<string>("FILE") { Description = "A record as a review's page or the API gives it out." };
        var verb = new Command("verify", "Says whether every event of a record follows from the one before. Needs no database.") { file };
        verb.SetAction(async (parsed, cancel) => await VerifyAsync(parsed.GetValue(file)!, cancel));
        return verb;
    }

    private static async Task<int> VerifyAsync(string path, CancellationToken cancel)
    {
        if (!File.Exists(path))
        {
            await Console.Error.WriteLineAsync($"{path} is not there.");
            return CommandLine.Unusable;
        }

        try
        {
            var (head, rows) = LedgerFile.Read(await File.ReadAllLinesAsync(path, cancel));
            return await SayAsync(path, LedgerVerification.Verify(head.Review, rows, head));
        }
        catch (FormatException wrong)
        {
            await Console.Error.WriteLineAsync($"{path}: {wrong.Message}");
            return CommandLine.Wrong;
        }
    }

    private static async Task<int> SayAsync(string path, LedgerCheck check)
    {
        if (check is LedgerCheck.Sound sound)
        {
            await Console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{path}: sound, {sound.Head.Sequence} events, {sound.Withheld} bodies withheld, head {sound.Head.Chain}"));
            return CommandLine.Done;
        }

        var broken = (LedgerCheck.Broken)check;
        await Console.Error.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{path}: event {broken.Sequence} is wrong ({broken.Fault}); those before it are sound."));
        return CommandLine.Wrong;
    }
}
