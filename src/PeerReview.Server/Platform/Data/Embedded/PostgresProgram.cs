using System.ComponentModel;
using System.Diagnostics;

namespace PeerReview.Server.Platform.Data.Embedded;

/// <summary>Runs a short program of the system to its end.</summary>
internal static class PostgresProgram
{
    /// <summary>The user root becomes, for PostgreSQL refuses to run as root; null when we are not root.</summary>
    public static string? UserInsteadOfRoot { get; } = !Environment.IsPrivilegedProcess
        ? null
        : File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal))
            ? "postgres"
            : "nobody";

    /// <summary>Runs and waits. A program that does not exist answers 127, as in a shell.</summary>
    /// <param name="asUser">Whom to become first (only root can), or null.</param>
    /// <param name="environment">Variables set for it; what libpq reads (PG…) is otherwise taken away.</param>
    public static async Task<Result> RunAsync(
        string program, IReadOnlyList<string> arguments, string? asUser, CancellationToken cancel,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        };
        if (asUser is not null)
            start.UserName = asUser;
        // Messages are shown and searched: they come in English whatever the machine speaks.
        start.Environment["LC_ALL"] = "C";
        // Settings meant for the operator's own psql must not reach our server.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
            start.Environment[name] = value;
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(cancel);
            var errors = process.StandardError.ReadToEndAsync(cancel);
            await process.WaitForExitAsync(cancel);
            return new Result(process.ExitCode, await output + await errors);
        }
        catch (Win32Exception missing)
        {
            return new Result(127, missing.Message);
        }
    }

    public sealed record Result(int ExitCode, string Output)
    {
        /// <summary>The last line that says something.</summary>
        public string LastLine => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .LastOrDefault() ?? "";
    }
}
