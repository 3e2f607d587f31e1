using System.Net;
using Xunit;

namespace PeerReview.Server.Tests.Web;

public sealed class PagesTests
{
    [Fact]
    public async Task Help_is_a_whole_page_with_landmarks_and_language()
    {
        await using var site = await TestSite.StartAsync();
        using var browser = site.Browse();

        var (status, html) = await browser.ReadAsync("/help");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.StartsWith("<!DOCTYPE html>", html, StringComparison.Ordinal);
        foreach (var part in new[] { "<html lang=\"en\" dir=\"ltr\">", "<title>Help – PeerReview</title>", "class=\"skip\" href=\"#main\"", "<nav", "<main id=\"main\"", "<footer" })
            Assert.Contains(part, html, StringComparison.Ordinal);
    }
}
