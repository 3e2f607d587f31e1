using System.Net;
using PeerReview.Server.Tests.Web;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.BadInput;

/// <summary>Requests another site makes a browser send, and proofs that reach less far than the request.</summary>
public sealed class ForgeryTests(ReviewFixture at) : IClassFixture<ReviewFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_form_is_taken_without_its_token()
    {
        using var browser = await at.App.BrowseAsync(at.Review.Authority);
        var before = await at.App.Database.HoldingsAsync();

        foreach (var route in at.App.Routes().Where(route => route is { IsApi: false, Method: "POST" }))
        {
            foreach (var token in new[] { "", "forged", new string('A', 100) })
            {
                browser.FormToken = token;
                using var answer = await browser.SubmitAsync(route.With(at.App, at.Review.Id), ("text", "x"));
                Assert.Equal((route, HttpStatusCode.BadRequest), (route, answer.StatusCode));
            }
        }

        Assert.Equal(before, await at.App.Database.HoldingsAsync());
    }

    [Fact]
    public async Task A_session_writes_over_the_API_from_our_own_pages_only()
    {
        using var browser = await at.App.BrowseAsync(at.Review.Authority);
        var before = await at.App.Database.HoldingsAsync();

        foreach (var from in new[] { "cross-site", "same-site", "none", "" })
        {
            using var answer = await browser.SendAsync(
                HttpMethod.Post, at.Review.Api + "/suspend", System.Net.Http.Json.JsonContent.Create(new { reason = "One." }), ("Sec-Fetch-Site", from));
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }

        Assert.Equal(before, await at.App.Database.HoldingsAsync());
    }

    [Fact]
    public async Task A_token_that_reads_writes_on_no_route()
    {
        await at.App.Database.AsOwnerAsync("UPDATE api_token SET scope = 'read' WHERE person_id = @Id", new { at.Review.Alternate.Id });
        var before = await at.App.Database.HoldingsAsync();

        foreach (var route in at.App.Routes().Where(route => route is { IsApi: true, Writes: true }))
        {
            using var request = new HttpRequestMessage(new HttpMethod(route.Method), route.With(at.App, at.Review.Id)) { Content = Requests.To(route) };
            using var answer = await at.Review.Alternate.Client.SendAsync(request, Cancel);
            var said = await answer.Content.ReadAsStringAsync(Cancel);
            // What cannot be read is refused before anybody asks who sent it.
            Assert.True((int)answer.StatusCode is 400 or 403 or 415, $"{route}: {said}");
        }

        Assert.Equal(before, await at.App.Database.HoldingsAsync());
    }

    [Fact]
    public async Task Every_address_says_that_nobody_may_guess_frame_or_keep_it()
    {
        using var browser = await at.App.BrowseAsync(at.Review.Authority);
        foreach (var route in at.App.Routes().Where(route => route.Method == "GET" && !route.Pattern.StartsWith("/style", StringComparison.Ordinal)))
        {
            var path = route.With(at.App, at.Review.Id);
            if (path.Contains('{', StringComparison.Ordinal))
                continue;
            using var answer = await browser.SendAsync(HttpMethod.Get, path);
            Assert.Equal((path, "nosniff"), (path, answer.Headers.GetValues("X-Content-Type-Options").Single()));
            Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.Equal((path, "same-origin"), (path, answer.Headers.GetValues("Cross-Origin-Resource-Policy").Single()));
            Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"), path);
            Assert.False(answer.Headers.Contains("Server"), path);
            if (!route.IsApi && !route.Pattern.StartsWith("/health", StringComparison.Ordinal) && route.Pattern is not "/metrics")
                Assert.True(answer.Headers.CacheControl is { NoStore: true } or { Public: true }, path);
        }
    }

    [Fact]
    public async Task A_forged_host_gets_into_no_letter_and_no_redirect()
    {
        using var visitor = new Browser(at.App.Address);
        await visitor.ReadAsync("/sign-in");
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["email"] = at.Review.Head.Email,
            ["returnTo"] = "//evil.example/",
            ["__RequestVerificationToken"] = visitor.FormToken,
        });

        using var answer = await visitor.SendAsync(
            HttpMethod.Post, "/sign-in", form, ("Host", "evil.example"), ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "https"),
            ("Forwarded", "host=evil.example"));

        Assert.DoesNotContain("evil", await Browser.BodyAsync(answer), StringComparison.Ordinal);
        var letter = Assert.Single(await at.App.LettersAsync(), letter => letter.Recipient == at.Review.Head.Email && letter.Body.Contains("/sign-in/", StringComparison.Ordinal));
        Assert.DoesNotContain("evil", letter.Raw, StringComparison.Ordinal);
        Assert.Contains(at.App.Address.GetLeftPart(UriPartial.Authority) + "/sign-in/", letter.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("https:evil.example")]
    [InlineData("/%09/evil.example")]
    [InlineData("/%5Cevil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/ok\r\nSet-Cookie: a=b")]
    public async Task Choosing_a_language_leads_to_no_other_site(string returnTo)
    {
        using var browser = await at.App.BrowseAsync(at.Review.Authority);
        await browser.ReadAsync("/account");

        using var answer = await browser.SubmitAsync("/language", ("language", "en"), ("returnTo", returnTo));

        var next = new Uri(at.App.Address, answer.Headers.Location!);
        Assert.Equal(at.App.Address.Authority, next.Authority);
        Assert.DoesNotContain(answer.Headers, header => header.Value.Any(value => value.Contains("a=b", StringComparison.Ordinal)));
    }
}
