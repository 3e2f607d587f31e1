using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using PeerReview.Browser.Tests.Driving;
using PeerReview.Testing;

namespace PeerReview.Browser.Tests;

/// <summary>Programme, people and record of a review: by keyboard, with axe, wide and narrow.</summary>
public sealed class PeopleTests(Chromium chromium) : IAsyncLifetime
{
    private TestApp _app = null!;
    private TestPerson _authority = null!;
    private TestPerson _coordinator = null!;
    private Guid _review;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync();
        _authority = await _app.PersonAsync("STATE_AUTH", "KEN", "Ada Authority");
        _coordinator = await _app.PersonAsync("COORD", name: "Carol Coordinator");
        await _app.PersonAsync("COORD", name: "Dan Deputy");
        using var launched = await _authority.Client.PostAsJsonAsync("/api/v1/reviews", LightReview.Notice(_app, "KEN"));
        launched.EnsureSuccessStatusCode();
        _review = (await launched.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("review").GetGuid();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task A_coordinator_acknowledges_by_keyboard()
    {
        await using var visit = await chromium.VisitAsync(_app, _coordinator);
        await visit.GoAsync($"/reviews/{_review}/people");
        await visit.CheckAsync("people-acknowledge");
        await visit.Keyboard.ChooseAsync("Coordinator", "Carol Coordinator");
        await visit.Keyboard.ChooseAsync("Deputy", "Dan Deputy");
        await visit.Keyboard.FollowAsync(AriaRole.Button, "Acknowledge the launch");

        Assert.Equal($"/reviews/{_review}", visit.Path);
    }

    [Fact]
    public async Task A_focal_point_is_named_by_keyboard_on_a_narrow_screen()
    {
        await using var visit = await chromium.VisitAsync(_app, _authority, Look.Narrow);
        await visit.GoAsync($"/reviews/{_review}/people");
        await visit.CheckAsync("people-narrow");
        await visit.Keyboard.FollowAsync(AriaRole.Link, "Name the focal point");
        await visit.CheckAsync("people-nominate-narrow");
        await visit.Keyboard.FillAsync("Name", "Fay Focal");
        await visit.Keyboard.FillAsync("E-mail address", "fay@example.org");
        await visit.Keyboard.FillAsync("Number of the note verbale", "NV-12");
        await visit.Page.FillAsync("#f-noteVerbale-dated", _app.StartedAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await visit.Keyboard.FillAsync("Signed by", "H.E. A. Ambassador");
        await visit.Keyboard.FollowAsync(AriaRole.Button, "Name this person");

        await visit.CheckAsync("people-named-narrow");
        Assert.Contains("Fay Focal", await visit.Page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("programme", "/programme?q=ken")]
    [InlineData("programme-state", "/programme/states/KEN")]
    public async Task Coordinators_can_use_the_pages_of_the_programme(string name, string path)
    {
        foreach (var (suffix, look) in new[] { ("", new Look()), ("-narrow", Look.Narrow), ("-dark", new Look(Dark: true)) })
        {
            await using var visit = await chromium.VisitAsync(_app, _coordinator, look);
            await visit.GoAsync(path);
            await visit.CheckAsync(name + suffix);
        }
    }

    [Fact]
    public async Task The_record_can_be_read_wide_and_narrow()
    {
        foreach (var (suffix, look) in new[] { ("", new Look()), ("-narrow", Look.Narrow) })
        {
            await using var visit = await chromium.VisitAsync(_app, _authority, look);
            await visit.GoAsync($"/reviews/{_review}/ledger");
            await visit.CheckAsync("ledger" + suffix);
        }
    }

    [Fact]
    public async Task A_contributor_is_given_items_by_keyboard()
    {
        await using var visit = await chromium.VisitAsync(_app, _authority);
        await visit.GoAsync($"/reviews/{_review}/people/nomination?role=STATE_CONTRIB");
        await visit.CheckAsync("people-contributor");
    }
}
