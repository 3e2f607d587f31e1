using System.CommandLine;
using PeerReview.Server.Platform.Data;

namespace PeerReview.Server.Cli;

/// <summary><c>peerreview migrate</c>: brings a database to the schema of this program.</summary>
internal static class MigrateVerb
{
    public static Command Create()
    {
        var choice = new DatabaseChoice(asOwner: true);
        var verb = choice.AddTo(new Command("migrate", "Brings the database to the schema of this program."));
        verb.SetAction(async (parsed, cancel) =>
        {
            await using var chosen = await choice.OpenAsync(parsed, share: true, cancel);
            var applied = await DatabaseStart.MigrateAsync(chosen.Owner, cancel);
            foreach (var step in applied)
                Console.WriteLine($"applied {step}");
            if (applied.Count == 0)
                Console.WriteLine("The database is up to date.");
            return CommandLine.Done;
        });
        return verb;
    }
}
