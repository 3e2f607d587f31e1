using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace PeerReview.Browser.Tests.Driving;

/// <summary>The rules of WCAG 2.2 (A and AA) that a program can check, and axe's best practices.</summary>
/// <remarks>Our pages have no frames, so axe runs in the page itself: going through frames takes longer than its rules.</remarks>
internal static class Axe
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    // All but what is broken axe would describe node by node, which takes longer than finding it.
    private const string Run =
        """
        async runOnly => (await axe.run(document, { runOnly, resultTypes: ['violations'], iframes: false })).violations
          .flatMap(one => one.nodes.map(node => `${one.id}: ${one.help}\n    ${node.html}`))
        """;

    private static readonly object Rules = new
    {
        type = "tag",
        values = new[] { "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice" },
    };

    // The same page in dark colours: nothing else of it is different.
    private static readonly object Colours = new { type = "rule", values = new[] { "color-contrast", "link-in-text-block" } };

    /// <summary>Fails with each rule broken and where.</summary>
    /// <param name="dark">Whether the page shows in dark colours; every page is looked at in light ones as well.</param>
    public static async Task AssertCleanAsync(IPage page, bool dark)
    {
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
            await page.EvaluateAsync(Script);
        var broken = await page.EvaluateAsync<string[]>(Run, dark ? Colours : Rules).WaitAsync(Patience);
        Assert.True(broken.Length == 0, $"axe on {page.Url}:\n  {string.Join("\n  ", broken)}");
    }
}
