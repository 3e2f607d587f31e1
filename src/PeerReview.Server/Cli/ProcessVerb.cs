using System.CommandLine;
using System.Globalization;
using PeerReview.Core;
using PeerReview.Server.Features.Programmes;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Stacks;

namespace PeerReview.Server.Cli;

/// <summary><c>peerreview process</c>: definitions of processes.</summary>
internal static class ProcessVerb
{
    public static Command Create() => new("process", "Definitions of processes.")
    {
        CreateCheck(), CreateExport(), CreatePublish(), CreateList(),
    };

    private static Argument<string> File() => new("FILE") { Description = "A process as YAML; its translations lie beside it." };

    private static Command CreateCheck()
    {
        var file = File();
        var verb = new Command("check", "Names everything wrong with a process file, each with its line and remedy.") { file };
        verb.SetAction((parsed, _) => WithAsync(parsed.GetValue(file)!, definition => Console.Out.WriteLineAsync(
            $"{parsed.GetValue(file)}: {NameOf(definition)} is in order, sha256 {definition.Hash}, texts in {Languages(definition)}")));
        return verb;
    }

    private static Command CreateExport()
    {
        var formats = string.Join(", ", ProcessExports.Formats);
        var file = File();
        var format = new Option<string>("--format") { Description = $"One of: {formats}.", Required = true };
        format.AcceptOnlyFromAmong([.. ProcessExports.Formats]);
        var output = new Option<string?>("--output") { Description = "The file to write; standard output without it." };
        var verb = new Command("export", "Writes a process in the format of another program.") { file, format, output };
        verb.SetAction((parsed, cancel) => WithAsync(parsed.GetValue(file)!, definition =>
        {
            var text = ProcessExports.Write(definition.Process!, parsed.GetValue(format)!);
            return parsed.GetValue(output) is { } path ? System.IO.File.WriteAllTextAsync(path, text, cancel) : Console.Out.WriteAsync(text);
        }));
        return verb;
    }

    private static Command CreatePublish()
    {
        var file = File();
        var programme = new Option<string>("--programme") { Description = "Short name of the programme.", Required = true };
        var choice = new DatabaseChoice(asOwner: false);
        var verb = choice.AddTo(new Command(
            "publish", "Offers a process in a programme. What is published is never changed: a change is the next version.") { file, programme });
        verb.SetAction((parsed, cancel) => WithAsync(parsed.GetValue(file)!, async definition =>
        {
            await using var chosen = await choice.OpenAsync(parsed, share: true, cancel);
            await using var database = Database.Open(chosen.Connections);
            await DatabaseStart.RequireUsableAsync(database, manualClock: true, cancel);
            return await PublishProcess.RunAsync(database, parsed.GetValue(programme)!, definition, cancel) switch
            {
                Verdict<PublishedProcess>.Accepted { Value: var done } => await SayAsync(done, definition, parsed.GetValue(programme)!),
                Verdict<PublishedProcess>.Refused { Reason: var reason } => await Spoken.RefuseAsync(reason),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        }));
        return verb;
    }

    private static Command CreateList()
    {
        var choice = new DatabaseChoice(asOwner: false);
        var verb = choice.AddTo(new Command("list", "Lists what programmes published, with the reviews that follow each."));
        verb.SetAction(async (parsed, cancel) =>
        {
            await using var chosen = await choice.OpenAsync(parsed, share: true, cancel);
            await using var database = Database.Open(chosen.Connections);
            await DatabaseStart.RequireUsableAsync(database, manualClock: true, cancel);
            var lines = await ProcessLists.AllAsync(database, cancel);
            foreach (var line in lines)
            {
                await Console.Out.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{line.Programme}  {line.Id} v{line.Version}  sha256 {line.Hash}  published {line.PublishedAt:yyyy-MM-dd HH:mm} UTC  {line.Running} running"));
            }

            foreach (var programme in (await ProgrammeNames.AllAsync(database, cancel)).Except(lines.Select(line => line.Programme), StringComparer.Ordinal))
                await Console.Out.WriteLineAsync($"{programme}  nothing published");

            return CommandLine.Done;
        });
        return verb;
    }

    private static async Task<int> SayAsync(PublishedProcess done, DefinitionFile definition, string programme)
    {
        var what = $"{NameOf(definition)}, sha256 {definition.Hash}";
        await Console.Out.WriteLineAsync(done.IsNew ? $"{programme} offers {what}." : $"{programme} offers it already: {what}.");
        if (done.Texts.Count > 0)
            await Console.Out.WriteLineAsync($"Texts taken up: {string.Join(", ", done.Texts)}.");
        return CommandLine.Done;
    }

    private static string NameOf(DefinitionFile definition) =>
        string.Create(CultureInfo.InvariantCulture, $"{definition.Id} v{definition.Version}");

    private static string Languages(DefinitionFile definition) =>
        string.Join(", ", definition.Texts.Select(text => text.Language).Prepend("en"));

    private static Task<int> WithAsync(string path, Func<DefinitionFile, Task> use) => WithAsync(path, async definition =>
    {
        await use(definition);
        return CommandLine.Done;
    });

    /// <summary>Reads a process and hands it on when there is no problem with it; all problems are named where the line is run.</summary>
    private static async Task<int> WithAsync(string path, Func<DefinitionFile, Task<int>> use)
    {
        if (!System.IO.File.Exists(path))
        {
            await Console.Error.WriteLineAsync($"{path} is not there.");
            return CommandLine.Unusable;
        }

        try
        {
            return await use(DefinitionFiles.ReadProcess(path));
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"It cannot be written: {unwritable.Message}");
            return CommandLine.Unusable;
        }
    }
}
