using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace PeerReview.Browser.Tests.Driving;

/// <summary>The rules of WCAG 2.2 (A and AA) that a program can check, and axe's best practices.</summary>
internal static class Axe
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly AxeRunOptions Rules = new()
    {
        // All else axe would describe node by node, which takes longer than finding it.
        ResultTypes = [ResultType.Violations],
        RunOnly = new RunOnlyOptions
        {
            Type = "tag",
            Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        },
    };

    // The same page in dark colours: nothing else of it is different.
    private static readonly AxeRunOptions Colours = new()
    {
        ResultTypes = [ResultType.Violations],
        RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast", "link-in-text-block"] },
    };

    /// <summary>Fails with each rule broken and where.</summary>
    /// <param name="dark">Whether the page shows in dark colours; every page is looked at in light ones as well.</param>
    public static async Task AssertCleanAsync(IPage page, bool dark)
    {
        var found = (await page.RunAxe(dark ? Colours : Rules).WaitAsync(Patience)).Violations;
        var sentences = found.SelectMany(one => one.Nodes.Select(node => $"{one.Id}: {one.Help}\n    {node.Html}"));
        Assert.True(found.Length == 0, $"axe on {page.Url}:\n  {string.Join("\n  ", sentences)}");
    }
}
