using System.Net;
using System.Text.RegularExpressions;
using Xunit;

namespace PeerReview.Server.Tests.Web;

public sealed partial class SignInTests
{
    [Fact]
    public async Task A_link_by_mail_signs_in_once()
    {
        await using var site = await TestSite.StartAsync();
        await site.AddAsync("ana@example.org");
        using var browser = site.Browse();
        await browser.ReadAsync("/sign-in");

        using var sent = await browser.SubmitAsync("/sign-in", ("email", " Ana@Example.org "), ("returnTo", "/account"));
        var link = Link().Match(await OneBodyAsync(site)).Value;
        var (shown, page) = await browser.ReadAsync(link);
        using var used = await browser.SubmitAsync(link.Split('?')[0], ("returnTo", "/account"));
        var (_, account) = await browser.ReadAsync("/account");
        using var again = await browser.SubmitAsync(link.Split('?')[0]);

        Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
        Assert.EndsWith("?returnTo=%2Faccount", link, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, shown);
        Assert.Contains("value=\"/account\"", page, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.SeeOther, "/account"), (used.StatusCode, used.Headers.Location?.ToString()));
        Assert.Contains("Ana Example", account, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Gone, again.StatusCode);
    }

    [Fact]
    public async Task A_language_chosen_on_the_way_in_stays_and_a_used_link_leads_on()
    {
        await using var site = await TestSite.StartAsync();
        await site.AddAsync("ana@example.org");
        using var browser = site.Browse();
        await browser.ReadAsync("/sign-in");
        using var sent = await browser.SubmitAsync("/sign-in", ("email", "ana@example.org"));
        var link = Link().Match(await OneBodyAsync(site)).Value.Split('?')[0];

        Assert.Contains("name=\"language\" value=\"ar\"", (await browser.ReadAsync(link + "?lang=ar")).Html, StringComparison.Ordinal);
        using var used = await browser.SubmitAsync(link, ("language", "ar"));

        Assert.Contains("<html lang=\"ar\"", (await browser.ReadAsync("/account")).Html, StringComparison.Ordinal);
        using var again = await browser.SendAsync(HttpMethod.Get, link + "?returnTo=%2Faccount");
        Assert.Equal((HttpStatusCode.SeeOther, "/account"), (again.StatusCode, again.Headers.Location?.ToString()));
    }

    [Fact]
    public async Task Known_and_unknown_addresses_get_the_same_answer_in_the_same_time()
    {
        await using var site = await TestSite.StartAsync();
        await site.AddAsync("known@example.org");
        using var browser = site.Browse();
        await browser.ReadAsync("/sign-in");

        using var known = await browser.SubmitAsync("/sign-in", ("email", "known@example.org"));
        using var unknown = await browser.SubmitAsync("/sign-in", ("email", "other@example.org"));

        Assert.Equal(known.StatusCode, unknown.StatusCode);
        Assert.Equal(
            (await Browser.BodyAsync(known)).Replace("known@", "x@", StringComparison.Ordinal),
            (await Browser.BodyAsync(unknown)).Replace("other@", "x@", StringComparison.Ordinal));
        Assert.Equal(2, site.Time.Waits.Count(wait => wait == TimeSpan.FromMilliseconds(400)));
        Assert.Single(await site.Data.AsOwnerAsync<string>("SELECT body FROM outbox"));
    }

    [Fact]
    public async Task Looking_at_a_link_changes_nothing()
    {
        await using var site = await TestSite.StartAsync();
        var link = await LinkAsync(site);
        using var scanner = site.Browse();

        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head, HttpMethod.Options, HttpMethod.Post })
            (await scanner.SendAsync(method, link)).Dispose();

        using var browser = site.Browse();
        await browser.ReadAsync(link);
        using var used = await browser.SubmitAsync(link);
        Assert.Equal(HttpStatusCode.SeeOther, used.StatusCode);
    }

    [Fact]
    public async Task A_link_is_dead_after_half_an_hour_and_says_so()
    {
        await using var site = await TestSite.StartAsync();
        var link = await LinkAsync(site);
        using var browser = site.Browse();
        await browser.ReadAsync(link);
        site.Time.Advance(TimeSpan.FromMinutes(30));

        var (status, html) = await browser.ReadAsync(link);
        using var used = await browser.SubmitAsync(link);

        Assert.Equal(HttpStatusCode.Gone, status);
        Assert.Contains("too old", html, StringComparison.Ordinal);
        Assert.Contains("action=\"/sign-in\"", html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Gone, used.StatusCode);
        Assert.Empty(await site.Data.AsOwnerAsync<Guid>("SELECT person_id FROM session"));
    }

    [Fact]
    public async Task A_closed_account_gets_no_letter_and_its_links_are_dead()
    {
        await using var site = await TestSite.StartAsync();
        var link = await LinkAsync(site);
        await site.Data.AsOwnerAsync("UPDATE person SET closed_at = now()");
        using var browser = site.Browse();
        await browser.ReadAsync("/sign-in");

        using var sent = await browser.SubmitAsync("/sign-in", ("email", "ana@example.org"));
        var (status, _) = await browser.ReadAsync(link);

        Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
        Assert.Equal(HttpStatusCode.Gone, status);
        Assert.Empty(await site.Data.AsOwnerAsync<string>("SELECT body FROM outbox"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ana")]
    [InlineData("Ana <ana@example.org>")]
    [InlineData("ana@example.org\nBcc: all@example.org")]
    [InlineData("\"><script>alert(1)</script>")]
    public async Task What_is_no_address_is_refused_and_kept(string typed)
    {
        await using var site = await TestSite.StartAsync();
        using var browser = site.Browse();
        await browser.ReadAsync("/sign-in");

        using var answer = await browser.SubmitAsync("/sign-in", ("email", typed));

        var html = await Browser.BodyAsync(answer);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("<title>Error: Sign in", html, StringComparison.Ordinal);
        Assert.Contains("href=\"#f-email\"", html, StringComparison.Ordinal);
        Assert.Contains("aria-describedby=\"f-email-error\"", html, StringComparison.Ordinal);
        Assert.Contains($"value=\"{System.Text.Encodings.Web.HtmlEncoder.Default.Encode(typed)}\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sixth_letter_to_one_address_has_to_wait_whatever_header_says_who_asks()
    {
        await using var site = await TestSite.StartAsync();
        using var browser = site.Browse();
        await browser.ReadAsync("/sign-in");
        for (var i = 0; i < 5; i++)
            (await browser.SubmitAsync("/sign-in", ("email", "ana@example.org"))).Dispose();

        using var sixth = await browser.SubmitAsync("/sign-in", ("email", "ANA@example.org"));
        using var other = await browser.SubmitAsync("/sign-in", ("email", "ben@example.org"));

        Assert.Equal(HttpStatusCode.TooManyRequests, sixth.StatusCode);
        Assert.InRange(sixth.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(15));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("/%09/evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("https:evil.example")]
    [InlineData("https://evil.example/")]
    public async Task Signing_in_never_leads_to_another_site(string returnTo)
    {
        await using var site = await TestSite.StartAsync();
        var link = await LinkAsync(site);
        using var browser = site.Browse();
        await browser.ReadAsync(link + "?returnTo=" + Uri.EscapeDataString(returnTo));

        using var used = await browser.SubmitAsync(link, ("returnTo", returnTo));

        Assert.Equal("/", used.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Signing_out_ends_the_session_at_once()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.AddAsync("ana@example.org");
        using var here = await site.SignedInAsync(person);
        using var there = await site.SignedInAsync(person);
        await here.ReadAsync("/account");

        using var signedOut = await here.SubmitAsync("/sign-out");
        var (afterHere, _) = await here.ReadAsync("/account");
        var (elsewhere, _) = await there.ReadAsync("/account");
        using var everywhere = await there.SubmitAsync("/sign-out/everywhere");
        var (afterThere, _) = await there.ReadAsync("/account");

        Assert.Equal(HttpStatusCode.SeeOther, signedOut.StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, afterHere);
        Assert.Equal(HttpStatusCode.OK, elsewhere);
        Assert.Equal(HttpStatusCode.SeeOther, afterThere);
        Assert.Equal([0L], await site.Data.AsOwnerAsync<long>("SELECT count(*) FROM session WHERE ended_at IS NULL"));
    }

    [Fact]
    public async Task A_session_ends_after_a_working_day()
    {
        await using var site = await TestSite.StartAsync();
        using var browser = await site.SignedInAsync(await site.AddAsync("ana@example.org"));
        site.Time.Advance(TimeSpan.FromHours(12));

        using var answer = await browser.SendAsync(HttpMethod.Get, "/account");

        Assert.Equal("/sign-in?returnTo=%2Faccount", answer.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Neither_secret_is_stored()
    {
        await using var site = await TestSite.StartAsync();
        var link = await LinkAsync(site);
        using var browser = site.Browse();
        await browser.ReadAsync(link);
        using var used = await browser.SubmitAsync(link);
        var session = used.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("session=", StringComparison.Ordinal));

        Assert.Matches("^session=[A-Za-z0-9_-]{43}; expires=[^;]+; path=/; samesite=lax; httponly$", session);
        foreach (var table in new[] { "session", "sign_in_link" })
        {
            var rows = string.Concat(await site.Data.AsOwnerAsync<string>($"SELECT encode(token_hash, 'escape') FROM {table}"));
            Assert.DoesNotContain(session["session=".Length..][..43], rows, StringComparison.Ordinal);
            Assert.DoesNotContain(link["/sign-in/".Length..], rows, StringComparison.Ordinal);
        }
    }

    private static async Task<string> LinkAsync(TestSite site) => await site.LinkAsync(await site.AddAsync("ana@example.org"));

    private static async Task<string> OneBodyAsync(TestSite site) =>
        Assert.Single(await site.Data.AsOwnerAsync<string>("SELECT body FROM outbox WHERE topic = 'mail'"));

    [GeneratedRegex("/sign-in/[A-Za-z0-9_-]{43}(\\?returnTo=[^\"]*)?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
