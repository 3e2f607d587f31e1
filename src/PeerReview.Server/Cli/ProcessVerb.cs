using System.CommandLine;
using System.Globalization;
using PeerReview.Core.Process;
using PeerReview.Server.Platform.Yaml;

namespace PeerReview.Server.Cli;

/// <summary><c>peerreview process</c>: definitions of processes.</summary>
internal static class ProcessVerb
{
    public static Command Create() => new("process", "Definitions of processes.") { CreateCheck() };

    private static Command CreateCheck()
    {
        var file = new Argument<string>("FILE") { Description = "A process as YAML." };
        var verb = new Command("check", "Names everything wrong with a process file, each with its line and remedy.") { file };
        verb.SetAction(async (parsed, cancel) => await CheckAsync(parsed.GetValue(file)!, cancel));
        return verb;
    }

    private static async Task<int> CheckAsync(string path, CancellationToken cancel)
    {
        if (!File.Exists(path))
        {
            await Console.Error.WriteLineAsync($"{path} is not there.");
            return CommandLine.Unusable;
        }

        var document = YamlNodes.Parse(await File.ReadAllTextAsync(path, cancel), path);
        var problems = document.Problems;
        if (document.Root is { } root)
        {
            var read = DefinitionReader.Read(root, path);
            problems = problems.AddRange(read.Problems);
            if (read.Definition is { } definition)
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{path}: {definition.Id} v{definition.Version} is in order, sha256 {definition.Hash}"));
        }

        foreach (var problem in problems)
            await Console.Error.WriteLineAsync(problem.ToString());
        return problems.IsEmpty ? CommandLine.Done : CommandLine.Wrong;
    }
}
