using Microsoft.Playwright;

namespace PeerReview.Browser.Tests.Driving;

/// <summary>The browser of a test run: Debian's Chromium, started once. Where its shell without windows is installed that is
/// driven instead: the same engine with less around it.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Places =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable"];

    private const string Shell = "/usr/bin/chromium-headless-shell";

    // Without the last four Chromium asks its makers' hosts for updates, which a closed network answers slowly.
    private static readonly string[] Flags =
    [
        "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The whole program, which can print as an operator's does.</summary>
    public static string Program => Find(Environment.GetEnvironmentVariable("PEERREVIEW_CHROMIUM"), Places);

    public async ValueTask InitializeAsync()
    {
        var program = File.Exists(Shell) ? Shell : Program;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = program,
            // Chromium refuses its sandbox to root, who runs tests in containers.
            Args = Environment.IsPrivilegedProcess ? [.. Flags, "--no-sandbox"] : Flags,
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>A page of a new person: no cookies, nothing stored.</summary>
    /// <param name="look">Size, language and preferences.</param>
    /// <param name="wording">In which words the test speaks of the pages; English where none is given.</param>
    internal async Task<Visit> VisitAsync(Uri site, Look look, Wording? wording = null) =>
        await Visit.StartAsync(_browser!, site, look, wording ?? Wording.English);

    /// <summary>The program given by hand, or the first that is there.</summary>
    internal static string Find(string? given, IReadOnlyList<string> places) =>
        given is { Length: > 0 } ? given
        : places.FirstOrDefault(File.Exists) ?? throw new InvalidOperationException(
            "There is no Chromium for the browser tests: install it (Debian: apt-get install -y chromium), or name its "
            + "program in PEERREVIEW_CHROMIUM.");
}

/// <summary>How a person has set up the browser.</summary>
/// <param name="Width">Of the window, in CSS pixels.</param>
/// <param name="Language">What the browser prefers.</param>
/// <param name="Dark">Whether dark colours are preferred.</param>
/// <param name="Script">Whether scripts run.</param>
internal sealed record Look(int Width = 1280, string Language = "en", bool Dark = false, bool Script = true)
{
    /// <summary>A telephone.</summary>
    public static readonly Look Narrow = new(Width: 360);
}
