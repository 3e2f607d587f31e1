using Microsoft.Playwright;

namespace PeerReview.Browser.Tests.Driving;

/// <summary>What a page must keep to at any width.</summary>
internal static class Layout
{
    /// <summary>Fails when the page scrolls sideways: wide tables scroll in a box of their own.</summary>
    public static async Task AssertFitsAsync(IPage page)
    {
        var over = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(over <= 0, $"{page.Url} is {over} pixels wider than the window.");
    }
}
