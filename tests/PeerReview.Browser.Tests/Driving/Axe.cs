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

    /// <summary>Fails with each rule broken and where.</summary>
    public static async Task AssertCleanAsync(IPage page)
    {
        var found = (await page.RunAxe(Rules).WaitAsync(Patience)).Violations;
        var sentences = found.SelectMany(one => one.Nodes.Select(node => $"{one.Id}: {one.Help}\n    {node.Html}"));
        Assert.True(found.Length == 0, $"axe on {page.Url}:\n  {string.Join("\n  ", sentences)}");
    }
}
