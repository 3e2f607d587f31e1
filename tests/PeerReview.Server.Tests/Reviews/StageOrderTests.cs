using System.Net;
using System.Text.RegularExpressions;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Reviews;

/// <summary>In which order the page of a review names what is still to come.</summary>
public sealed partial class StageOrderTests
{
    [Fact]
    public async Task What_is_still_to_come_stands_in_the_order_of_its_days()
    {
        await using var desk = await DeskReview.NominatingAsync();
        using var pages = await Pages.OfAsync(desk.App, desk.FocalPoint);

        var names = StageNames().Matches((await pages.ReadAsync(desk.Page)).Html).Select(match => match.Groups["name"].Value).ToList();

        // Both follow the agreed report; the decision is due first, though the process names the responses first.
        Assert.InRange(names.IndexOf("Publication decision"), 1, names.IndexOf("Response to recommendations") - 1);
        Assert.Equal(names.Order(StringComparer.Ordinal), names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_late_nomination_leaves_each_stage_after_those_it_follows()
    {
        await using var desk = await DeskReview.NominatingAsync();
        await desk.App.AdvanceAsync(TimeSpan.FromDays(41));
        using var pages = await Pages.OfAsync(desk.App, desk.FocalPoint);

        var (status, html) = await pages.ReadAsync(desk.Page);

        Assert.Equal(HttpStatusCode.OK, status);
        var names = StageNames().Matches(html).Select(match => match.Groups["name"].Value).ToList();
        Assert.InRange(names.IndexOf("Self-assessment"), 1, names.IndexOf("Completeness check") - 1);
    }

    [GeneratedRegex("<div class=\"stage-name\">\\s*<(a|span)[^>]*>(?<name>[^<]+)<", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex StageNames();
}
