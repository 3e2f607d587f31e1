using System.Net;
using System.Text.RegularExpressions;
using Hangfire;
using Microsoft.Extensions.DependencyInjection;
using PeerReview.Server.Stacks.Elsa;
using PeerReview.Server.Tests.Web;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Elsa;

/// <summary>Operators see Hangfire's jobs and may repeat them, auditors see them, for others they are not there.</summary>
public sealed partial class HangfireDashboardTests : IAsyncLifetime
{
    private const string Dashboard = "/operations/hangfire";

    private TestApp _app = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync();
        // One that never runs by itself: the program of a test has no rhythm.
        var store = _app.App.Services.GetRequiredService<HangfireStore>();
        await store.MakeAsync(TestContext.Current.CancellationToken);
        new RecurringJobManager(store.Storage).AddOrUpdate("outbox", HangfireJobs.LookAt("outbox"), "0 0 1 1 *", new RecurringJobOptions());
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task An_operator_gets_there_from_the_operations_page_and_everything_it_loads_is_ours()
    {
        using var pages = await _app.BrowseAsync(await _app.PersonAsync("OPERATOR"));
        Assert.Contains($"href=\"{Dashboard}\"", (await pages.ReadAsync("/operations")).Html, StringComparison.Ordinal);

        foreach (var page in new[] { "", "/recurring", "/servers", "/retries", "/jobs/enqueued", "/jobs/failed", "/jobs/succeeded" })
        {
            var (status, html) = await pages.ReadAsync(Dashboard + page);
            Assert.Equal((page, HttpStatusCode.OK), (page, status));
            var loaded = Loaded().Matches(html).Select(match => match.Groups["address"].Value).ToList();
            Assert.Equal(3, loaded.Count(address => !address.StartsWith("data:", StringComparison.Ordinal)));
            foreach (var address in loaded.Where(address => !address.StartsWith("data:", StringComparison.Ordinal)))
            {
                Assert.StartsWith(Dashboard, address, StringComparison.Ordinal);
                Assert.Equal((address, HttpStatusCode.OK), (address, (await pages.ReadAsync(address)).Status));
            }
        }
    }

    [Theory]
    [InlineData("COORD")]
    [InlineData("COORD_HEAD")]
    [InlineData("STATE_AUTH")]
    public async Task For_others_it_is_not_there(string role)
    {
        using var pages = await _app.BrowseAsync(await _app.PersonAsync(role, role == "STATE_AUTH" ? "KEN" : null));
        var nowhere = await NotFoundAsync(pages, "/operations/nothing-here");

        foreach (var page in new[] { Dashboard, Dashboard + "/recurring", Dashboard + "/stats", Dashboard + "/no-such-page" })
            Assert.Equal(nowhere, await NotFoundAsync(pages, page));
        using var visitor = _app.Visitor();
        using var sent = await visitor.GetAsync(Dashboard, TestContext.Current.CancellationToken);
        Assert.StartsWith("/sign-in", sent.Headers.Location?.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_done_without_the_token_of_the_page()
    {
        using var pages = await _app.BrowseAsync(await _app.PersonAsync("OPERATOR"));
        var (_, html) = await pages.ReadAsync(Dashboard + "/recurring");

        Assert.Equal(HttpStatusCode.BadRequest, await TriggerAsync(pages));
        Assert.Equal(HttpStatusCode.BadRequest, await TriggerAsync(pages, ("RequestVerificationToken", "forged")));
        Assert.Equal([0L], await JobsAsync());
        Assert.Equal(HttpStatusCode.NoContent, await TriggerAsync(pages, HeaderOf(html)));
        Assert.Equal([1L], await JobsAsync());
    }

    [Fact]
    public async Task An_auditor_looks_and_touches_nothing()
    {
        using var pages = await _app.BrowseAsync(await _app.PersonAsync("AUDITOR"));

        var (status, html) = await pages.ReadAsync(Dashboard + "/recurring");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("outbox", html, StringComparison.Ordinal);
        Assert.DoesNotContain("/recurring/trigger", html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await pages.ReadAsync("/operations")).Status);

        Assert.Equal(HttpStatusCode.Unauthorized, await TriggerAsync(pages, HeaderOf(html)));
        Assert.Equal([0L], await JobsAsync());
    }

    [Fact]
    public async Task Its_pages_may_have_style_attributes_and_ours_may_not()
    {
        using var pages = await _app.BrowseAsync(await _app.PersonAsync("OPERATOR"));

        var (own, theirs) = (await PolicyAsync(pages, "/operations"), await PolicyAsync(pages, Dashboard));

        Assert.Equal(own + "; style-src-attr 'unsafe-inline'", theirs);
        Assert.DoesNotContain("unsafe", own, StringComparison.Ordinal);
    }

    // The page without what is each page's own: the address asked for and the token of its forms.
    private static async Task<string> NotFoundAsync(Browser pages, string path)
    {
        var (status, html) = await pages.ReadAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, status);
        return html.Replace(path, "", StringComparison.Ordinal)
            .Replace(Uri.EscapeDataString(path), "", StringComparison.Ordinal)
            .Replace(pages.FormToken, "", StringComparison.Ordinal);
    }

    // As the dashboard's script does: the token goes in a header.
    private static async Task<HttpStatusCode> TriggerAsync(Browser pages, params (string Name, string Value)[] headers)
    {
        using var content = new FormUrlEncodedContent([KeyValuePair.Create("jobs[]", "outbox")]);
        using var answer = await pages.SendAsync(HttpMethod.Post, Dashboard + "/recurring/trigger", content, headers);
        return answer.StatusCode;
    }

    private static (string, string) HeaderOf(string html) =>
        (Token().Match(html).Groups["header"].Value, Token().Match(html).Groups["token"].Value);

    private Task<IReadOnlyList<long>> JobsAsync() => _app.Database.AsOwnerAsync<long>("SELECT count(*) FROM jobs.job");

    private static async Task<string> PolicyAsync(Browser pages, string path)
    {
        using var answer = await pages.SendAsync(HttpMethod.Get, path);
        return string.Join('\n', answer.Headers.GetValues("Content-Security-Policy"));
    }

    [GeneratedRegex("name=\"csrf-header\" content=\"(?<header>[^\"]+)\".*name=\"csrf-token\" content=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Token();

    [GeneratedRegex("<(?:script[^>]* src|link[^>]* href)=\"(?<address>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Loaded();
}
