using System.CommandLine;
using PeerReview.Server.Platform.Data;

namespace PeerReview.Server.Cli;

/// <summary><c>peerreview backup FILE</c>: the whole database in one file, while the program may run.</summary>
internal static class BackupVerb
{
    public static Command Create()
    {
        var choice = new DatabaseChoice(asOwner: true);
        var file = new Argument<string>("FILE") { Description = "The file to write; it must not exist." };
        var verb = choice.AddTo(new Command("backup", "Writes the whole database to a file (pg_dump, custom format).") { file });
        verb.SetAction(async (parsed, cancel) =>
        {
            await using var chosen = await choice.OpenAsync(parsed, share: true, cancel);
            var target = Path.GetFullPath(parsed.GetValue(file)!);
            await new BackupFile(chosen.Server?.Binaries).WriteAsync(chosen.Owner, target, cancel);
            Console.WriteLine($"Wrote {target}");
            return CommandLine.Done;
        });
        return verb;
    }
}
