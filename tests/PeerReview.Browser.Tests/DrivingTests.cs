using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using PeerReview.Browser.Tests.Driving;

namespace PeerReview.Browser.Tests;

/// <summary>The driver itself: it finds what people without a mouse, or without sight, would trip over.</summary>
public sealed class DrivingTests(Chromium chromium) : IAsyncLifetime
{
    private const string Sound =
        """
        <!doctype html><html lang="en"><head><title>Form</title><style>:focus-visible{outline:2px solid #005}</style></head>
        <body><main><h1>Form</h1><form action="/sound">
        <label for="name">Name</label><input id="name" name="name">
        <label for="state">State</label><select id="state" name="state"><option>Chad</option><option>Kenya</option><option>Peru</option></select>
        <fieldset><legend>Scope</legend>
        <label><input type="radio" name="scope" value="a" checked> All</label><label><input type="radio" name="scope" value="b"> Some</label></fieldset>
        <label><input type="checkbox" name="agree" value="yes"> I agree</label>
        <button>Send</button></form></main></body></html>
        """;

    private const string Broken =
        """
        <!doctype html><html lang="en"><head><title>Form</title></head>
        <body><main><h1>Form</h1><button style="outline:none">Unmarked</button><span onclick="1">Fake</span>
        <div style="width:3000px">wide</div><img src="data:,"></main></body></html>
        """;

    private WebApplication _site = null!;

    private Uri Address => new(_site.Urls.Single());

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _site = builder.Build();
        _site.MapGet("/sound", () => Results.Content(Sound, "text/html"));
        _site.MapGet("/broken", () => Results.Content(Broken, "text/html"));
        _site.MapGet("/favicon.ico", () => Results.NoContent());
        await _site.StartAsync();
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_form_is_filled_in_by_keyboard()
    {
        await using var visit = await chromium.VisitAsync(Address, Look.Narrow);
        await visit.GoAsync("/sound");
        await visit.CheckAsync("driving-form");

        await visit.Keyboard.FillAsync("Name", "Ada");
        await visit.Keyboard.ChooseAsync("State", "Peru");
        await visit.Keyboard.PickAsync("Some");
        await visit.Keyboard.CheckAsync("I agree");
        await visit.Keyboard.FollowAsync(AriaRole.Button, "Send");

        Assert.Equal("/sound?name=Ada&state=Peru&scope=b&agree=yes", visit.Path);
    }

    [Fact]
    public async Task What_is_broken_is_found()
    {
        await using var visit = await chromium.VisitAsync(Address, new Look());
        await visit.GoAsync("/broken");

        var unmarked = await Assert.ThrowsAnyAsync<Exception>(() => visit.Keyboard.TabToAsync(AriaRole.Button, "Unmarked"));
        var unreachable = await Assert.ThrowsAnyAsync<Exception>(() => visit.Keyboard.TabToAsync(AriaRole.Button, "Fake"));
        var axe = await Assert.ThrowsAnyAsync<Exception>(() => Axe.AssertCleanAsync(visit.Page, dark: false));
        var wide = await Assert.ThrowsAnyAsync<Exception>(() => Layout.AssertFitsAsync(visit.Page));

        Assert.Contains("has no visible mark", unmarked.Message, StringComparison.Ordinal);
        Assert.Contains("Fake", unreachable.Message, StringComparison.Ordinal);
        Assert.Contains("image-alt", axe.Message, StringComparison.Ordinal);
        Assert.Contains("wider than the window", wide.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_browser_is_named_with_the_command_that_mends_it()
    {
        var missing = Assert.Throws<InvalidOperationException>(() => Chromium.Find(null, ["/nonexistent/chromium"]));

        Assert.Contains("apt-get install -y chromium", missing.Message, StringComparison.Ordinal);
    }
}
