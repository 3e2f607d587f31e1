using Microsoft.Playwright;

namespace PeerReview.Browser.Tests.Driving;

/// <summary>Pictures of the pages a run came by, for a person to look at.</summary>
internal static class Pictures
{
    /// <summary>Keeps one in the folder named by <c>PEERREVIEW_PICTURES</c>; none when it names none.</summary>
    public static async Task TakeAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("PEERREVIEW_PICTURES") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png"), FullPage = true });
    }
}
