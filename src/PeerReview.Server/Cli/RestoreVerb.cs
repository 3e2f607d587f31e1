using System.CommandLine;
using PeerReview.Server.Platform.Data;

namespace PeerReview.Server.Cli;

/// <summary><c>peerreview restore FILE</c>: a backup into an empty database.</summary>
internal static class RestoreVerb
{
    public static Command Create()
    {
        var choice = new DatabaseChoice(asOwner: true);
        var file = new Argument<string>("FILE") { Description = "A file that backup wrote." };
        var verb = choice.AddTo(new Command("restore", "Puts a backup into an empty database, all of it or nothing.") { file });
        verb.SetAction(async (parsed, cancel) =>
        {
            await using var chosen = await choice.OpenAsync(parsed, share: false, cancel);
            var source = Path.GetFullPath(parsed.GetValue(file)!);
            await new BackupFile(chosen.Server?.Binaries).RestoreAsync(chosen.Owner, source, cancel);
            await DatabaseStart.MigrateAsync(chosen.Owner, cancel);
            Console.WriteLine($"Restored {source}");
            return CommandLine.Done;
        });
        return verb;
    }
}
