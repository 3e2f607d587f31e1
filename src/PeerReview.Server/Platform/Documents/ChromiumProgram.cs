using System.Diagnostics;

namespace PeerReview.Server.Platform.Documents;

/// <summary>One run of Chromium: with none of our secrets in its environment, as nobody when we are root, killed when it
/// takes too long.</summary>
internal static class ChromiumProgram
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    /// <summary>Whom Chromium runs as when we are root; null when we are not.</summary>
    public static string? UserInsteadOfRoot { get; } = Environment.IsPrivilegedProcess ? "nobody" : null;

    /// <summary>Prints a file of the folder, asking nobody for anything.</summary>
    public static IReadOnlyList<string> Arguments(string folder, string html, string pdf) =>
    [
        "--headless", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--no-default-browser-check",
        "--disable-extensions", "--disable-sync", "--disable-default-apps", "--disable-background-networking", "--disable-component-update",
        "--disable-breakpad", "--host-resolver-rules=MAP * ~NOTFOUND",

        // Chromium writes it into the file as its creator.
        "--user-agent=PeerReview",
        $"--user-data-dir={Path.Combine(folder, "profile")}",
        "--no-pdf-header-footer", "--generate-pdf-document-outline", $"--print-to-pdf={pdf}",
        new Uri(Path.Combine(folder, html)).AbsoluteUri,
    ];

    /// <summary>Runs it to its end or to the end of patience.</summary>
    public static async Task<Run> RunAsync(
        string program, IReadOnlyList<string> arguments, string folder, TimeSpan patience, CancellationToken cancel)
    {
        using var process = Start(program, arguments, folder);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(patience);
        var silence = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var words = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            // A helper of Chromium may hold the other end open a little longer.
            await Task.WhenAll(silence, words).WaitAsync(LastWords, CancellationToken.None);
            return new Run(process.ExitCode, await words);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new Run(null, "");
        }
        catch (TimeoutException)
        {
            return new Run(process.ExitCode, "");
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Removes the folder; what a dying helper still writes into it is left to the machine's own tidying.</summary>
    public static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception left) when (left is IOException or UnauthorizedAccessException)
        {
            // Nothing of it is needed.
        }
    }

    private static Process Start(string program, IReadOnlyList<string> arguments, string folder)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder,
        };
        if (UserInsteadOfRoot is { } user)
            start.UserName = user;
        var path = start.Environment.TryGetValue("PATH", out var given) ? given : null;
        start.Environment.Clear();
        start.Environment["PATH"] = path;
        start.Environment["LC_ALL"] = "C.UTF-8";
        foreach (var home in (string[])["HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"])
            start.Environment[home] = folder;
        try
        {
            var process = Process.Start(start)!;
            process.StandardInput.Close();
            return process;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new ReportFileException("browser", "Chromium cannot be started: it is no program, or may not be run by its user.");
        }
    }

    /// <summary>How a run ended.</summary>
    /// <param name="ExitCode">null when it was too slow.</param>
    public sealed record Run(int? ExitCode, string Words)
    {
        /// <summary>Whether it refused to run without its sandbox.</summary>
        public bool LacksSandbox => ExitCode != 0 && Words.Contains("No usable sandbox", StringComparison.Ordinal);
    }
}
