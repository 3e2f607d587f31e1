using System.Net;
using PeerReview.Server.Tests.Web;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Programmes;

public sealed class ProgrammePagesTests
{
    [Fact]
    public async Task A_coordinator_registers_a_mission_and_records_a_note_by_forms()
    {
        await using var app = await TestApp.StartAsync();
        using var browser = await app.BrowseAsync(await app.PersonAsync("COORD"));

        var (_, before) = await browser.ReadAsync("/programme/states/KEN");
        Assert.DoesNotContain("Record a note verbale", before, StringComparison.Ordinal);
        using var registered = await browser.SubmitAsync(
            "/programme/states/KEN/mission", ("programme", $"{app.Programme}"), ("email", "mission@example.org"));
        Assert.Equal(HttpStatusCode.SeeOther, registered.StatusCode);
        var (_, after) = await browser.ReadAsync(registered.Headers.Location!.ToString());
        Assert.Contains("The permanent mission is registered.", after, StringComparison.Ordinal);
        using var recorded = await browser.SubmitAsync(
            "/programme/states/KEN/notes-verbales",
            ("programme", $"{app.Programme}"), ("number", "NV-2"), ("dated", $"{app.StartedAt.UtcDateTime:yyyy-MM-dd}"), ("signatory", "H.E. B"),
            ("authority.name", "B. Authority"), ("authority.email", "b@example.org"), ("authority.office", ""));
        Assert.Equal(HttpStatusCode.SeeOther, recorded.StatusCode);

        var (_, page) = await browser.ReadAsync(recorded.Headers.Location!.ToString());
        Assert.Contains("B. Authority", page, StringComparison.Ordinal);
        Assert.Contains("NV-2", page, StringComparison.Ordinal);
        var (_, found) = await browser.ReadAsync("/programme?q=keny");
        Assert.Contains("B. Authority", found, StringComparison.Ordinal);
        Assert.DoesNotContain("Norway", found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_form_comes_back_with_what_was_typed()
    {
        await using var app = await TestApp.StartAsync();
        using var browser = await app.BrowseAsync(await app.PersonAsync("COORD"));
        await browser.ReadAsync("/programme/states/KEN");

        using var refused = await browser.SubmitAsync(
            "/programme/states/KEN/notes-verbales", ("programme", $"{app.Programme}"), ("number", "NV-<3>"), ("dated", ""), ("signatory", "H.E. B"));

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        var html = await Browser.BodyAsync(refused);
        Assert.Contains("The permanent mission of this State is not registered.", html, StringComparison.Ordinal);
        Assert.Contains("NV-&lt;3&gt;", html, StringComparison.Ordinal);
        Assert.Contains("href=\"#f-dated\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_coordinator_brings_in_a_colleague()
    {
        await using var app = await TestApp.StartAsync();
        using var browser = await app.BrowseAsync(await app.PersonAsync("COORD"));
        await browser.ReadAsync("/programme");

        using var added = await browser.SubmitAsync(
            "/programme/people", ("programme", $"{app.Programme}"), ("name", "C. Colleague"), ("email", "c@example.org"), ("office", ""));

        Assert.Equal(HttpStatusCode.SeeOther, added.StatusCode);
        var colleague = await app.PersonByEmailAsync("c@example.org");
        var letter = Assert.Single(await app.LettersAsync(), one => one.Recipient == "c@example.org");
        Assert.StartsWith("You coordinate reviews in ", letter.Subject, StringComparison.Ordinal);
        Assert.Contains("sign in with this e-mail address", letter.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await colleague.Client.GetAsync(
            $"/api/v1/programmes/{app.Programme}/missions", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Theory]
    [InlineData("/programme")]
    [InlineData("/programme/states/KEN")]
    public async Task Whoever_runs_no_programme_finds_no_page(string path)
    {
        await using var app = await TestApp.StartAsync();
        using var browser = await app.BrowseAsync(await app.PersonAsync("STATE_AUTH", "KEN"));

        Assert.Equal(HttpStatusCode.NotFound, (await browser.ReadAsync(path)).Status);
    }
}
