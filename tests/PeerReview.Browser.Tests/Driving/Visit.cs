using Microsoft.Playwright;

namespace PeerReview.Browser.Tests.Driving;

/// <summary>One person at one browser window. What the console of the browser calls an error fails the visit, so that a
/// refused script or a missing file cannot go unseen.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly Look _look;
    private readonly List<string> _complaints = [];

    private Visit(IBrowserContext context, IPage page, Look look, Wording wording)
    {
        _context = context;
        _look = look;
        Page = page;
        Keyboard = new KeyboardOnly(page, wording, atOnce: look.Script ? 12 : 1);
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !IsAnswer(message.Text))
                _complaints.Add(message.Text);
        };
        // Somebody has to listen from the start: asked only when a key is pressed, the browser may open its own dialog first.
        page.FileChooser += (_, _) => { };
        page.PageError += (_, error) => _complaints.Add(error);
    }

    /// <summary>The page, for looking; acting goes through <see cref="Keyboard"/>.</summary>
    public IPage Page { get; }

    /// <summary>The hands of the person.</summary>
    public KeyboardOnly Keyboard { get; }

    /// <summary>What stands in the address line, without the site.</summary>
    public string Path => new Uri(Page.Url).PathAndQuery;

    public static async Task<Visit> StartAsync(IBrowser browser, Uri site, Look look, Wording wording)
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = site.ToString(),
            Locale = look.Language,
            TimezoneId = "Pacific/Kiritimati",
            ColorScheme = look.Dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            JavaScriptEnabled = look.Script,
            ViewportSize = new ViewportSize { Width = look.Width, Height = 900 },
        });
        context.SetDefaultTimeout(30_000);
        return new Visit(context, await context.NewPageAsync(), look, wording);
    }

    /// <summary>Types an address.</summary>
    /// <param name="status">What the page must answer with.</param>
    public async Task GoAsync(string path, int status = 200)
    {
        var response = await Page.GotoAsync(path);
        Assert.Equal(status, response!.Status);
    }

    /// <summary>Looks at the page as people with other senses do, and keeps a picture of it. axe is a script: where none
    /// may run, the same page must be checked in a visit where it may.</summary>
    /// <param name="name">Of the picture; kebab-case.</param>
    /// <param name="everyPicture">Whether pictures are kept of every width, mirrored and printed.</param>
    public async Task CheckAsync(string name, bool everyPicture = false)
    {
        await Pictures.TakeAsync(Page, name, everyPicture);
        if (_look.Script)
            await Axe.AssertCleanAsync(Page, _look.Dark);
        await Layout.AssertFitsAsync(Page);
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Assert.Empty(_complaints);
    }

    // The browser repeats every status from 400 on; the test that asked for the page knows which it wants.
    private static bool IsAnswer(string text) => text.StartsWith("Failed to load resource: the server responded", StringComparison.Ordinal);
}
