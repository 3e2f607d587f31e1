using System.Net;
using Microsoft.AspNetCore.Builder;
using PeerReview.Server.Platform.Web;
using Xunit;

namespace PeerReview.Server.Tests.Web;

public sealed class FormTests
{
    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/sign-out")]
    [InlineData("/sign-out/everywhere")]
    [InlineData("/language")]
    [InlineData("/account")]
    [InlineData("/account/tokens")]
    public async Task A_form_without_its_token_is_refused_and_changes_nothing(string path)
    {
        await using var site = await TestSite.StartAsync();
        using var browser = await site.SignedInAsync(await site.AddAsync("ana@example.org"));

        foreach (var fields in new Dictionary<string, string>[]
        {
            new() { ["email"] = "ana@example.org", ["name"] = "Changed", ["language"] = "en", ["timeZone"] = "UTC" },
            new() { ["__RequestVerificationToken"] = "wrong", ["name"] = "Changed", ["language"] = "en", ["timeZone"] = "UTC" },
        })
        {
            using var answer = await browser.SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent(fields));
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains("open for too long", await Browser.BodyAsync(answer), StringComparison.Ordinal);
        }

        Assert.Equal(["Ana Example"], await site.Data.AsOwnerAsync<string>("SELECT name FROM person"));
        Assert.Equal([1L], await site.Data.AsOwnerAsync<long>("SELECT count(*) FROM session WHERE ended_at IS NULL"));
        Assert.Empty(await site.Data.AsOwnerAsync<string>("SELECT body FROM outbox"));
    }

    [Fact]
    public async Task A_form_shown_to_one_person_is_not_taken_from_another()
    {
        await using var site = await TestSite.StartAsync();
        using var browser = await site.SignedInAsync(await site.AddAsync("ana@example.org"));
        var ben = await site.AddAsync("ben@example.org", "Ben Example");
        await browser.ReadAsync("/account");
        var shownToAna = browser.FormToken;
        var link = await site.LinkAsync(ben);
        await browser.ReadAsync(link);
        (await browser.SubmitAsync(link)).Dispose();

        browser.FormToken = shownToAna;
        using var answer = await browser.SubmitAsync("/account", ("name", "Changed"), ("language", "en"), ("timeZone", "UTC"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_refused_form_comes_back_with_everything_typed()
    {
        await using var site = await TestSite.StartAsync();
        using var browser = await site.SignedInAsync(await site.AddAsync("ana@example.org"));
        await browser.ReadAsync("/account");

        using var answer = await browser.SubmitAsync("/account", ("name", ""), ("office", "Head of <Cyber> & Co"), ("language", "en"), ("timeZone", "Africa/Nairobi"));

        var html = await Browser.BodyAsync(answer);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("value=\"Head of &lt;Cyber&gt; &amp; Co\"", html, StringComparison.Ordinal);
        Assert.Contains("<option value=\"Africa/Nairobi\" selected", html, StringComparison.Ordinal);
        Assert.Contains("<a href=\"#f-name\">Enter your name", html, StringComparison.Ordinal);
        Assert.Contains("id=\"f-name\" name=\"name\"", html, StringComparison.Ordinal);
        Assert.Contains("aria-invalid=\"true\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upload_beyond_the_limit_is_refused_as_too_large()
    {
        await using var site = await TestSite.StartAsync(routes =>
            routes.PublicPages.MapPost("/upload", (Form form) => Answer.Done("/got-" + form.Files[0].Length)).TakesFiles());
        using var browser = site.Browse();
        await browser.ReadAsync("/sign-in");

        using var fits = await browser.SendFileAsync("/upload", new byte[JsonRules.FileLimit]);
        using var large = await browser.SendFileAsync("/upload", new byte[JsonRules.FileLimit + JsonRules.BodyLimit + 1]);

        Assert.Equal("/got-20000000", fits.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
    }

    [Fact]
    public async Task A_form_elsewhere_is_limited_to_a_megabyte()
    {
        await using var site = await TestSite.StartAsync();
        using var browser = site.Browse();
        await browser.ReadAsync("/sign-in");

        using var answer = await browser.SubmitAsync("/sign-in", ("email", new string('x', 1_100_000)));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("<h1>Too large</h1>", await Browser.BodyAsync(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_character_that_cannot_be_stored_is_refused()
    {
        await using var site = await TestSite.StartAsync();
        using var browser = site.Browse();
        await browser.ReadAsync("/sign-in");

        using var answer = await browser.SubmitAsync("/sign-in", ("email", "a\0@example.org"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }
}
