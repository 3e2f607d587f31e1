using System.Net;
using System.Text.RegularExpressions;
using PeerReview.Server.Platform.Web;
using Xunit;

namespace PeerReview.Server.Tests.Web;

public sealed partial class PagesTests
{
    [Fact]
    public async Task A_page_has_landmarks_language_and_a_way_past_the_navigation()
    {
        await using var site = await TestSite.StartAsync();
        using var browser = site.Browse();

        var (status, html) = await browser.ReadAsync("/help");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.StartsWith("<!DOCTYPE html>", html, StringComparison.Ordinal);
        foreach (var part in new[] { "<html lang=\"en\" dir=\"ltr\">", "<title>Help – PeerReview</title>", "class=\"skip\" href=\"#main\"", "<nav", "<main id=\"main\"", "<footer" })
            Assert.Contains(part, html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_navigation_leads_only_to_pages_there_are_and_marks_this_one()
    {
        await using var site = await TestSite.StartAsync();
        using var browser = site.Browse();

        var (_, html) = await browser.ReadAsync("/help");

        Assert.Contains("<a href=\"/help\" aria-current=\"page\">", html, StringComparison.Ordinal);
        foreach (var link in Links().Matches(html).Select(match => match.Groups["path"].Value).Where(path => path != "/"))
            Assert.Equal(HttpStatusCode.OK, (await browser.ReadAsync(link)).Status);
    }

    [Fact]
    public async Task Every_answer_has_the_headers_that_keep_others_out()
    {
        await using var site = await TestSite.StartAsync();
        using var browser = site.Browse();

        foreach (var path in new[] { "/help", "/nothing", "/api/v1/me", site.Get<Assets>().Style })
        {
            using var answer = await browser.SendAsync(HttpMethod.Get, path);
            Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
            Assert.Equal("same-origin", Header(answer, "Referrer-Policy"));
            Assert.Contains("default-src 'none'", Header(answer, "Content-Security-Policy"), StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", Header(answer, "Content-Security-Policy"), StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", Header(answer, "Content-Security-Policy"), StringComparison.Ordinal);
            Assert.False(answer.Headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task What_is_one_persons_is_kept_by_no_cache_and_what_is_everybodys_depends_on_who_asks()
    {
        await using var site = await TestSite.StartAsync();
        using var visitor = site.Browse();
        using var ana = await site.SignedInAsync(await site.AddAsync("ana@example.org"));

        using var publicPage = await visitor.SendAsync(HttpMethod.Get, "/help");
        using var ownPage = await ana.SendAsync(HttpMethod.Get, "/help");
        using var style = await ana.SendAsync(HttpMethod.Get, site.Get<Assets>().Style);

        Assert.Equal("no-cache", Header(publicPage, "Cache-Control"));
        Assert.Contains("Cookie", Header(publicPage, "Vary"), StringComparison.Ordinal);
        Assert.Equal("no-store", Header(ownPage, "Cache-Control"));
        Assert.Equal("public, max-age=31536000, immutable", Header(style, "Cache-Control"));
    }

    [Fact]
    public async Task A_first_load_weighs_less_than_60_kB_and_the_next_page_less_than_15()
    {
        await using var site = await TestSite.StartAsync();
        using var browser = await site.SignedInAsync(await site.AddAsync("ana@example.org"));

        var page = await WeightAsync(browser, "/account");
        var style = await WeightAsync(browser, site.Get<Assets>().Style);
        var script = await WeightAsync(browser, site.Get<Assets>().Script);
        var icon = await WeightAsync(browser, site.Get<Assets>().Icon);

        Assert.InRange(page, 1, 15_000);
        Assert.InRange(page + style + script + icon, 1, 60_000);
    }

    [Fact]
    public async Task No_page_carries_a_style_or_a_script_of_its_own()
    {
        await using var site = await TestSite.StartAsync();
        using var browser = await site.SignedInAsync(await site.AddAsync("ana@example.org"));

        foreach (var path in new[] { "/account", "/help", "/accessibility", "/language", "/nothing" })
        {
            var (_, html) = await browser.ReadAsync(path);
            var ours = $"<script src=\"{site.Get<Assets>().Script}\" defer></script>";
            Assert.Contains(ours, html, StringComparison.Ordinal);
            Assert.DoesNotMatch("<script|<style| style=| on[a-z]+=", html.Replace(ours, "", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("de", null, "en")] // no such texts: English
    [InlineData("fr;q=0.1, en;q=0.9", null, "en")]
    [InlineData("en", "?lang=xx", "en")]
    [InlineData("fr-CH, en;q=0.5", null, "fr")]
    [InlineData("en", "?lang=fr", "fr")]
    public void The_language_is_the_one_asked_for_among_those_there_are(string accept, string? query, string expected)
    {
        var catalogue = TextCatalogue.From(
            [("l.en.yaml", "language: {culture: en-GB, direction: ltr}"), ("l.fr.yaml", "language: {culture: fr, direction: ltr}")],
            TestTexts.States, TestTexts.Throw);
        var context = new Microsoft.AspNetCore.Http.DefaultHttpContext();
        context.Request.Headers.AcceptLanguage = accept;
        context.Request.QueryString = new Microsoft.AspNetCore.Http.QueryString(query);

        Assert.Equal(expected, LanguageChoice.Of(context, Server.Platform.Identity.Caller.Visitor, catalogue));
    }

    [Theory]
    [InlineData("/account?lang=fr", "/reviews/1", "/reviews/1?lang=fr")]
    [InlineData("/account?lang=fr", "/reviews/1?view=whole#parts", "/reviews/1?view=whole&lang=fr#parts")]
    [InlineData("/account?lang=fr", "/help?lang=ru", "/help?lang=ru")]
    [InlineData("/account?lang=xx", "/help", "/help")]
    [InlineData("/account?language=fr", "/help", "/help")]
    public void The_language_an_address_names_is_kept_by_the_forms_of_its_page_and_where_they_lead(string page, string path, string expected)
    {
        var visit = new Visit(TestTexts.Catalogue.In("fr"), Server.Platform.Identity.Caller.Visitor, page, [], null, [], null!, null!);

        Assert.Equal(expected, LanguageChoice.Kept(visit, path));
    }

    private static string Header(HttpResponseMessage answer, string name) =>
        string.Join(", ", answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values) ? values : []);

    private static async Task<int> WeightAsync(Browser browser, string path)
    {
        using var answer = await browser.SendAsync(HttpMethod.Get, path, null, ("Accept-Encoding", "gzip, br"));
        Assert.Single(answer.Content.Headers.ContentEncoding);
        return (await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length;
    }

    [GeneratedRegex("<a[^>]* href=\"(?<path>/[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Links();
}
