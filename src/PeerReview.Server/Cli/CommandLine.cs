using System.CommandLine;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Mail;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Cli;

/// <summary>The command <c>peerreview</c>: one verb, one file beside this one.</summary>
public static class CommandLine
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>What was checked is not in order; the problems were written.</summary>
    public const int Wrong = 1;

    /// <summary>The command was not understood.</summary>
    public const int Misused = 2;

    /// <summary>Something around the program is missing or refuses: the database, a port, a file.</summary>
    public const int Unusable = 3;

    // How long requests and work in hand may take after Ctrl-C.
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(60);

    /// <summary>Runs one command line; answers the exit status. Every expected failure is one sentence on standard
    /// error.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        var root = Root();
        var verbs = string.Join(", ", root.Subcommands.Select(verb => verb.Name));
        if (args is [var first, ..] && first.Length > 0 && first[0] != '-'
            && root.Subcommands.All(verb => verb.Name != first))
            return await RefuseAsync($"There is no verb \"{first}\". There are: {verbs}.");
        if (args.Count == 0)
            return await RefuseAsync($"Say what to do, one of: {verbs}. More with --help.");

        var parsed = root.Parse(args);
        if (parsed.Errors is [var error, ..])
            return await RefuseAsync(error.Message);
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = Drain,
            });
        }
        catch (Exception failure) when (DatabaseException.From(failure) is { } known)
        {
            await Console.Error.WriteLineAsync(known.Message);
            return Unusable;
        }
        catch (Exception wrong) when (wrong is DefinitionException or LetterFilesException)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return Wrong;
        }
        catch (MailSettingsException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return Unusable;
        }
    }

    private static RootCommand Root()
    {
        var root = new RootCommand("PeerReview: States review each other's cyber-security strategies, voluntarily.")
        {
            ServeVerb.Create(),
            DemoVerb.Create(),
            InitVerb.Create(),
            TokenVerb.Create(),
            MigrateVerb.Create(),
            CheckVerb.Create(),
            AppointVerb.Create(),
            ProcessVerb.Create(),
            LedgerVerb.Create(),
            ClockVerb.Create(),
            BackupVerb.Create(),
            RestoreVerb.Create(),
        };
        root.Options.OfType<VersionOption>().Single().Action = new VersionAction();
        return root;
    }

    private static async Task<int> RefuseAsync(string sentence)
    {
        await Console.Error.WriteLineAsync(sentence);
        return Misused;
    }
}
