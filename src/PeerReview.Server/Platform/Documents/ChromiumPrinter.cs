using System.Text;
using PeerReview.Server.Platform.Data.Embedded;

namespace PeerReview.Server.Platform.Documents;

/// <summary>Prints HTML to PDF with the Chromium of the machine: one at a time, without a network, in a folder of its own that
/// is gone afterwards.</summary>
internal sealed class ChromiumPrinter(ChromiumOptions options) : IDisposable
{
    private const string Html = "report.html";
    private const string Pdf = "report.pdf";

    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    private readonly SemaphoreSlim _one = new(1);

    /// <summary>The PDF, tagged and with an outline.</summary>
    /// <param name="html">Self-contained.</param>
    /// <exception cref="ReportFileException">There is no Chromium, or it did not print.</exception>
    public async Task<byte[]> PrintAsync(string html, CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            var program = options.Find() ?? throw new ReportFileException(
                "no-browser",
                $"There is no Chromium to print PDF files: install it (Debian: apt-get install chromium), or name its program in {ChromiumOptions.Variable}.");
            return await PrintAsync(program, html, cancel);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<byte[]> PrintAsync(string program, string html, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("peerreview-pdf-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, Html), html, Utf8, cancel);
            if (ChromiumProgram.UserInsteadOfRoot is { } user
                && (await PostgresProgram.RunAsync("chown", ["-R", user, folder], asUser: null, cancel)).ExitCode != 0)
                throw new ReportFileException("browser", $"A folder in {Path.GetTempPath()} cannot be given to the user {user}.");
            await RunAsync(program, folder, cancel);
            return await File.ReadAllBytesAsync(Path.Combine(folder, Pdf), cancel);
        }
        finally
        {
            ChromiumProgram.Remove(folder);
        }
    }

    private async Task RunAsync(string program, string folder, CancellationToken cancel)
    {
        var pdf = Path.Combine(folder, Pdf);
        var run = await ChromiumProgram.RunAsync(program, ChromiumProgram.Arguments(folder, Html, pdf), folder, options.Patience, cancel);
        // In a container root may neither use the sandbox nor lend it to somebody else.
        if (run.LacksSandbox && ChromiumProgram.UserInsteadOfRoot is not null)
            run = await ChromiumProgram.RunAsync(program, ["--no-sandbox", .. ChromiumProgram.Arguments(folder, Html, pdf)], folder, options.Patience, cancel);
        if (run.LacksSandbox)
            throw new ReportFileException("browser", "Chromium has no sandbox: install chromium-sandbox, or let users of this machine make namespaces.");
        if (run.ExitCode is null)
            throw new ReportFileException("too-slow", $"Chromium did not print within {options.Patience.TotalSeconds:0} seconds.");
        if (run.ExitCode != 0 || !File.Exists(pdf))
            throw new ReportFileException("browser", $"Chromium ended with status {run.ExitCode} and no file.");
    }
}

/// <summary>Which Chromium prints, and how long it may take.</summary>
/// <param name="Program">The program; null looks for it on the PATH, empty means that there is none.</param>
public sealed record ChromiumOptions(string? Program)
{
    /// <summary>The variable an operator names it by.</summary>
    public const string Variable = "PEERREVIEW_CHROMIUM";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    /// <summary>Real time for one file.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>The program as it is there now, or null: it may be installed while we run.</summary>
    public string? Find() => Program is not null
        ? File.Exists(Program) ? Program : null
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(_ => Names, Path.Combine).FirstOrDefault(File.Exists);
}
