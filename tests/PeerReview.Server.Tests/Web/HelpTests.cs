using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using PeerReview.Server.Platform.Reviews;
using Xunit;

namespace PeerReview.Server.Tests.Web;

/// <summary>The help page: its links, and the days it tells.</summary>
public sealed partial class HelpTests
{
    [Fact]
    public async Task It_tells_each_step_of_a_desk_review_with_its_days_and_its_contents_lead_to_their_headings()
    {
        await using var site = await TestSite.StartAsync();
        using var browser = site.Browse();

        var (_, html) = await browser.ReadAsync("/help");

        var links = Links().Matches(html).Select(match => match.Groups["id"].Value).ToList();
        Assert.Contains("desk", links);
        Assert.All(links, id => Assert.Contains($" id=\"{id}\"", html, StringComparison.Ordinal));

        var process = site.Services.GetRequiredService<Definitions>().Offered.In("en");
        var rows = Rows().Matches(html).Select(match => Tags().Replace(match.Value, "${tag}")).ToList();
        foreach (var stage in process.Stages.Where(stage => stage.Subjects.IsEmpty && process.Days(stage, "desk") > 0))
        {
            var row = Assert.Single(rows, row => row.StartsWith($"<tr><th scope=\"row\">{stage.Title}<", StringComparison.Ordinal));
            Assert.EndsWith(
                string.Create(CultureInfo.InvariantCulture, $"<td>{process.Days(stage, "desk"):N0} days</td><td>{process.Days(stage, "full"):N0} days</td></tr>"),
                row, StringComparison.Ordinal);
        }

        Assert.Contains(
            rows, row => row.Contains($">{process.Stage("dialogue").Title}<", StringComparison.Ordinal)
                && row.EndsWith("<td>–</td><td>–</td><td>45 days</td></tr>", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_tells_reviewers_the_days_of_each_kind_of_review()
    {
        await using var site = await TestSite.StartAsync();
        using var browser = site.Browse();
        var (_, html) = await browser.ReadAsync("/help");
        var process = site.Services.GetRequiredService<Definitions>().Offered;
        foreach (var stage in new[] { "consolidate", "draft", "opening", "agree" })
        {
            Assert.Contains(
                string.Create(CultureInfo.InvariantCulture, $"{process.Days(process.Stage(stage), "desk")} days in a desk review and {process.Days(process.Stage(stage), "full")} days in a full one"),
                html.Replace("\u2068", "", StringComparison.Ordinal).Replace("\u2069", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    [GeneratedRegex("href=\"#(?<id>[a-z]+)\"", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Links();

    [GeneratedRegex("<tr>.*?</tr>", RegexOptions.Singleline, 5000)]
    private static partial Regex Rows();

    [GeneratedRegex(@"\s*(?<tag><[^>]+>)\s*", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Tags();
}
