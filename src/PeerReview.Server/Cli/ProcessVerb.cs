using System.CommandLine;
using System.Globalization;
using PeerReview.Core.Process;
using PeerReview.Server.Platform.Yaml;
using PeerReview.Server.Stacks;

namespace PeerReview.Server.Cli;

/// <summary><c>peerreview process</c>: definitions of processes.</summary>
internal static class ProcessVerb
{
    public static Command Create() => new("process", "Definitions of processes.") { CreateCheck(), CreateExport() };

    private static Command CreateCheck()
    {
        var file = new Argument<string>("FILE") { Description = "A process as YAML." };
        var verb = new Command("check", "Names everything wrong with a process file, each with its line and remedy.") { file };
        verb.SetAction(async (parsed, cancel) => await CheckAsync(parsed.GetValue(file)!, cancel));
        return verb;
    }

    private static Command CreateExport()
    {
        var formats = string.Join(", ", ProcessExports.Formats);
        var file = new Argument<string>("FILE") { Description = "A process as YAML." };
        var format = new Option<string>("--format") { Description = $"One of: {formats}.", Required = true };
        format.AcceptOnlyFromAmong([.. ProcessExports.Formats]);
        var output = new Option<string?>("--output") { Description = "The file to write; standard output without it." };
        var verb = new Command("export", "Writes a process in the format of another program.") { file, format, output };
        verb.SetAction(async (parsed, cancel) =>
            await ExportAsync(parsed.GetValue(file)!, parsed.GetValue(format)!, parsed.GetValue(output), cancel));
        return verb;
    }

    private static Task<int> CheckAsync(string path, CancellationToken cancel) => WithAsync(
        path,
        definition => Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{path}: {definition.Id} v{definition.Version} is in order, sha256 {definition.Hash}")),
        cancel);

    private static Task<int> ExportAsync(string path, string format, string? output, CancellationToken cancel) =>
        WithAsync(
            path,
            definition =>
            {
                var text = ProcessExports.Write(definition, format);
                return output is null ? Console.Out.WriteAsync(text) : File.WriteAllTextAsync(output, text, cancel);
            },
            cancel);

    /// <summary>Reads a process, names every problem of it, and hands it on when there is none.</summary>
    private static async Task<int> WithAsync(string path, Func<ProcessDefinition, Task> use, CancellationToken cancel)
    {
        if (!File.Exists(path))
        {
            await Console.Error.WriteLineAsync($"{path} is not there.");
            return CommandLine.Unusable;
        }

        var document = YamlNodes.Parse(await File.ReadAllTextAsync(path, cancel), path);
        var read = document.Root is { } root ? DefinitionReader.Read(root, path) : null;
        var problems = document.Problems.AddRange(read?.Problems ?? []);
        foreach (var problem in problems)
            await Console.Error.WriteLineAsync(problem.ToString());
        if (!problems.IsEmpty || read?.Definition is not { } definition)
            return CommandLine.Wrong;
        try
        {
            await use(definition);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"It cannot be written: {unwritable.Message}");
            return CommandLine.Unusable;
        }

        return CommandLine.Done;
    }
}
