using Microsoft.Playwright;

namespace PeerReview.Browser.Tests.Driving;

/// <summary>Pictures of the pages a run came by, for a person to look at: as it is, at three widths, mirrored, printed.</summary>
internal static class Pictures
{
    private static readonly int[] Widths = [360, 768, 1280];

    /// <summary>Keeps them in the folder named by <c>PEERREVIEW_PICTURES</c>; none when it names none.</summary>
    /// <param name="every">Whether to look in every way, which leaves the page as it was.</param>
    public static async Task TakeAsync(IPage page, string name, bool every = false)
    {
        if (Environment.GetEnvironmentVariable("PEERREVIEW_PICTURES") is not { Length: > 0 } folder)
            return;
        await SaveAsync(page, Path.Combine(folder, name + ".png"));
        if (every)
            await TakeEveryAsync(page, Path.Combine(folder, name));
    }

    private static async Task TakeEveryAsync(IPage page, string path)
    {
        var size = page.ViewportSize!;
        foreach (var width in Widths)
        {
            await page.SetViewportSizeAsync(width, size.Height);
            await SaveAsync(page, $"{path}-{width}.png");
            await page.EvaluateAsync("() => { document.documentElement.dir = 'rtl'; }");
            await SaveAsync(page, $"{path}-{width}-rtl.png");
            await page.EvaluateAsync("() => { document.documentElement.dir = 'ltr'; }");
        }

        await page.SetViewportSizeAsync(size.Width, size.Height);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        await SaveAsync(page, $"{path}-print.png");
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Screen });
    }

    private static Task SaveAsync(IPage page, string path) =>
        page.ScreenshotAsync(new PageScreenshotOptions { Path = path, FullPage = true });
}
