using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using PeerReview.Core;
using PeerReview.Server.Platform.Identity;
using Xunit;

namespace PeerReview.Server.Tests.Web;

public sealed partial class AccountTests
{
    [Fact]
    public async Task My_data_are_saved_and_the_page_says_so_once()
    {
        await using var site = await TestSite.StartAsync();
        using var browser = await site.SignedInAsync(await site.AddAsync("ana@example.org"));
        await browser.ReadAsync("/account");

        using var saved = await browser.SubmitAsync("/account", ("name", "Ana W. Example"), ("office", "Director"), ("language", "en"), ("timeZone", "Africa/Nairobi"));
        var (_, first) = await browser.ReadAsync("/account");
        var (_, second) = await browser.ReadAsync("/account");

        Assert.Equal((HttpStatusCode.SeeOther, "/account"), (saved.StatusCode, saved.Headers.Location?.ToString()));
        Assert.Contains("role=\"status\"><p>Your data were saved.</p>", first, StringComparison.Ordinal);
        Assert.DoesNotContain("Your data were saved.", second, StringComparison.Ordinal);
        Assert.Contains("value=\"Ana W. Example\"", second, StringComparison.Ordinal);
        Assert.DoesNotContain("Nairobi<", second, StringComparison.Ordinal); // a zone is shown by its State
        Assert.Contains(">Kenya</option>", second, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "", "en", "UTC", "accounts.name")]
    [InlineData("Ana\r\nBcc: x", "", "en", "UTC", "accounts.name")]
    [InlineData("Ana\u202Eexample", "", "en", "UTC", "accounts.name")]
    [InlineData("Ana", "a\tb", "en", "UTC", "accounts.office")]
    [InlineData("Ana", "", "xx", "UTC", "accounts.language-unknown")]
    [InlineData("Ana", "", "en", "Mars/Olympus", "accounts.zone-unknown")]
    [InlineData("Ana", "", "en", "../../etc/passwd", "accounts.zone-unknown")]
    public async Task Wrong_data_are_refused_and_nothing_changes(string name, string office, string language, string timeZone, string code)
    {
        await using var site = await TestSite.StartAsync();
        using var program = await site.ProgramAsync(await site.AddAsync("ana@example.org"), "write");

        using var answer = await program.PutAsJsonAsync("/api/v1/me", new { name, office, language, timeZone }, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(code, JsonDocument.Parse(await Browser.BodyAsync(answer)).RootElement.GetProperty("code").GetString());
        Assert.Equal(["Ana Example"], await site.Data.AsOwnerAsync<string>("SELECT name FROM person"));
    }

    [Fact]
    public async Task A_name_with_joiners_of_its_script_is_fine()
    {
        await using var site = await TestSite.StartAsync();
        using var program = await site.ProgramAsync(await site.AddAsync("ana@example.org"), "write");

        using var answer = await program.PutAsJsonAsync(
            "/api/v1/me", new { name = "علی\u200Cرضا", office = "", language = "en", timeZone = "Asia/Tehran" }, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_token_made_on_the_page_is_shown_once_and_works_until_it_is_revoked()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.AddAsync("ana@example.org");
        using var browser = await site.SignedInAsync(person);
        await browser.ReadAsync("/account");

        using var made = await browser.SubmitAsync("/account/tokens", ("token_name", "Our \"own\" program"), ("scope", "read"), ("days", "30"));
        var page = await Browser.BodyAsync(made);
        var token = Secret().Match(page).Value;
        using var program = site.Program(token);
        using var works = await program.GetAsync("/api/v1/me", TestContext.Current.CancellationToken);
        var (_, account) = await browser.ReadAsync("/account");
        var revocation = Revocation().Match(account).Value;
        await browser.ReadAsync(revocation);
        using var stillWorks = await program.GetAsync("/api/v1/me", TestContext.Current.CancellationToken);
        (await browser.SubmitAsync(revocation)).Dispose();
        using var revoked = await program.GetAsync("/api/v1/me", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal(HttpStatusCode.OK, works.StatusCode);
        Assert.DoesNotContain(token, account, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, stillWorks.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, revoked.StatusCode);
    }

    [Fact]
    public async Task A_token_that_reads_does_not_write_and_an_old_one_does_nothing()
    {
        await using var site = await TestSite.StartAsync();
        using var program = await site.ProgramAsync(await site.AddAsync("ana@example.org"), "read");

        using var reads = await program.GetAsync("/api/v1/me", TestContext.Current.CancellationToken);
        using var writes = await program.PutAsJsonAsync(
            "/api/v1/me", new { name = "Changed", office = "", language = "en", timeZone = "UTC" }, TestContext.Current.CancellationToken);
        site.Time.Advance(TimeSpan.FromDays(30));
        using var expired = await program.GetAsync("/api/v1/me", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, reads.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, writes.StatusCode);
        Assert.Contains("request.token-read-only", await Browser.BodyAsync(writes), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, expired.StatusCode);
        Assert.Equal(["Ana Example"], await site.Data.AsOwnerAsync<string>("SELECT name FROM person"));
    }

    [Fact]
    public async Task A_token_makes_no_token_and_a_session_does()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.AddAsync("ana@example.org");
        using var program = await site.ProgramAsync(person, "write");
        using var browser = await site.SignedInAsync(person);

        using var refused = await program.PostAsJsonAsync(
            "/api/v1/me/tokens", new TokenWish("Another", "write", 365), TestContext.Current.CancellationToken);
        using var made = await browser.SendAsync(
            HttpMethod.Post, "/api/v1/me/tokens", JsonContent.Create(new { name = "Ours", scope = "read", days = 1 }), ("Sec-Fetch-Site", "same-origin"));

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("request.token-makes-none", await Browser.BodyAsync(refused), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal(["test", "Ours"], await site.Data.AsOwnerAsync<string>("SELECT name FROM api_token ORDER BY created_at"));
    }

    [Fact]
    public async Task Secrets_of_one_kind_are_not_taken_for_another()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.AddAsync("ana@example.org");
        var link = await site.LinkAsync(person);
        var token = await site.TokenAsync(person, "write");
        using var withLink = site.Program(link["/sign-in/".Length..]);
        using var browser = site.Browse();

        using var asToken = await withLink.GetAsync("/api/v1/me", TestContext.Current.CancellationToken);
        var (asLink, _) = await browser.ReadAsync("/sign-in/" + token);
        using var asCookie = await browser.SendAsync(HttpMethod.Get, "/account", null, ("Cookie", "session=" + token));
        using var bearerOnPage = await browser.SendAsync(HttpMethod.Get, "/account", null, ("Authorization", "Bearer " + token));

        Assert.Equal(HttpStatusCode.Unauthorized, asToken.StatusCode);
        Assert.Equal(HttpStatusCode.Gone, asLink);
        Assert.Equal(HttpStatusCode.SeeOther, asCookie.StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, bearerOnPage.StatusCode);
    }

    [Theory]
    [InlineData("same-origin", HttpStatusCode.OK)]
    [InlineData("same-site", HttpStatusCode.Unauthorized)]
    [InlineData("cross-site", HttpStatusCode.Unauthorized)]
    [InlineData("none", HttpStatusCode.Unauthorized)]
    [InlineData("", HttpStatusCode.Unauthorized)]
    public async Task The_api_takes_a_session_only_from_our_own_pages(string fetchSite, HttpStatusCode expected)
    {
        await using var site = await TestSite.StartAsync();
        using var browser = await site.SignedInAsync(await site.AddAsync("ana@example.org"));

        using var answer = await browser.SendAsync(HttpMethod.Get, "/api/v1/me", null, ("Sec-Fetch-Site", fetchSite));

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Me_says_my_roles_of_every_programme_and_nobody_elses()
    {
        await using var site = await TestSite.StartAsync();
        var (ana, ben) = (await site.AddAsync("ana@example.org"), await site.AddAsync("ben@example.org"));
        var programmes = new[] { Guid.NewGuid(), Guid.NewGuid() };
        foreach (var (programme, i) in programmes.Select((id, i) => (id, i)))
        {
            await site.Data.AsOwnerAsync("INSERT INTO programme (id, slug, name, created_at) VALUES (@programme, @slug, 'P', now())", new { programme, slug = "p" + i });
            await site.GrantAsync(ana, programme, "STATE_AUTH", "KEN");
            await site.GrantAsync(ben, programme, "COORD", null);
        }

        using var program = await site.ProgramAsync(ana, "read");
        var me = await program.GetFromJsonAsync<JsonElement>("/api/v1/me", TestContext.Current.CancellationToken);
        await site.Data.AsOwnerAsync("UPDATE role_grant SET ended_at = now() WHERE programme_id = @id", new { id = programmes[0] });
        var after = await program.GetFromJsonAsync<JsonElement>("/api/v1/me", TestContext.Current.CancellationToken);

        Assert.Equal(
            programmes.Order().Select(id => $"STATE_AUTH {id} KEN").Order(StringComparer.Ordinal),
            me.GetProperty("roles").EnumerateArray().Select(r => $"{r.GetProperty("role")} {r.GetProperty("programme")} {r.GetProperty("state")}").Order(StringComparer.Ordinal));
        Assert.Equal(1, after.GetProperty("roles").GetArrayLength());
    }

    [Fact]
    public async Task Somebody_elses_token_is_not_found()
    {
        await using var site = await TestSite.StartAsync();
        var ben = await site.AddAsync("ben@example.org", "Ben Example");
        await site.TokenAsync(ben, "write");
        var id = Assert.Single(await site.Data.AsOwnerAsync<Guid>("SELECT id FROM api_token"));
        using var browser = await site.SignedInAsync(await site.AddAsync("ana@example.org"));

        var (shown, _) = await browser.ReadAsync($"/account/tokens/{id}/revocation");
        await browser.ReadAsync("/account");
        using var revoked = await browser.SubmitAsync($"/account/tokens/{id}/revocation");

        Assert.Equal(HttpStatusCode.NotFound, shown);
        Assert.Equal(HttpStatusCode.NotFound, revoked.StatusCode);
        Assert.Equal([1L], await site.Data.AsOwnerAsync<long>("SELECT count(*) FROM api_token WHERE revoked_at IS NULL"));
    }

    [Fact]
    public async Task Twenty_tokens_are_enough()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.AddAsync("ana@example.org");
        for (var i = 0; i < Tokens.MaxPerPerson; i++)
            await site.TokenAsync(person, "read");

        var verdict = await site.Get<Tokens>().CreateAsync(person, new TokenWish("One more", "read", 1), TestContext.Current.CancellationToken);

        Assert.Equal("accounts.token-too-many", Assert.IsType<Verdict<NewToken>.Refused>(verdict).Reason.Code);
    }

    [Fact]
    public async Task A_request_is_identified_in_one_round_trip_and_a_visitor_in_none()
    {
        await using var site = await TestSite.StartAsync();
        using var signedIn = await site.SignedInAsync(await site.AddAsync("ana@example.org"));
        using var visitor = site.Browse();

        var before = site.Data.Database.RoundTrips;
        await signedIn.ReadAsync("/help");
        var between = site.Data.Database.RoundTrips;
        await visitor.ReadAsync("/help");

        Assert.Equal((1, 0), (between - before, site.Data.Database.RoundTrips - between));
    }

    [GeneratedRegex("(?<=<code[^>]*>)[A-Za-z0-9_-]{43}(?=</code>)", RegexOptions.None, 1000)]
    private static partial Regex Secret();

    [GeneratedRegex("/account/tokens/[0-9a-f-]+/revocation", RegexOptions.None, 1000)]
    private static partial Regex Revocation();
}
