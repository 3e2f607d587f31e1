using Microsoft.Playwright;
using PeerReview.Browser.Tests.Driving;
using PeerReview.Testing;

namespace PeerReview.Browser.Tests;

/// <summary>Pages outside a review, by keyboard, with axe, wide and narrow, light and dark, without script.</summary>
public sealed class PagesTests(Chromium chromium) : IAsyncLifetime
{
    private TestApp _app = null!;

    public async ValueTask InitializeAsync() => _app = await TestApp.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [InlineData("/sign-in", "sign-in")]
    [InlineData("/help", "help")]
    [InlineData("/accessibility", "accessibility")]
    [InlineData("/language", "language")]
    public async Task A_visitor_can_use_it(string path, string name)
    {
        foreach (var (suffix, look) in new[] { ("", new Look()), ("-narrow", Look.Narrow), ("-dark", new Look(Dark: true)) })
        {
            await using var visit = await chromium.VisitAsync(_app.Address, look);
            await visit.GoAsync(path);
            await visit.CheckAsync(name + suffix);
        }
    }

    [Fact]
    public async Task What_is_not_there_says_so()
    {
        await using var visit = await chromium.VisitAsync(_app.Address, new Look());
        await visit.GoAsync("/nowhere", status: 404);
        await visit.CheckAsync("not-found");
    }

    [Fact]
    public Task Asking_for_a_sign_in_link_by_keyboard() => AskForLinkAsync(new Look());

    [Fact]
    public Task Asking_for_a_sign_in_link_where_no_script_may_run() => AskForLinkAsync(new Look(Script: false));

    private async Task AskForLinkAsync(Look look)
    {
        await using var visit = await chromium.VisitAsync(_app.Address, look);
        await visit.GoAsync("/sign-in");
        await visit.Keyboard.FillAsync("E-mail address", "nobody@example.org");
        await visit.Keyboard.FollowAsync(AriaRole.Button, "Send me a link");
        await visit.CheckAsync("sign-in-sent");

        Assert.Contains("mailbox", await visit.Page.TitleAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operator_checks_the_database_by_keyboard()
    {
        var person = await _app.PersonAsync("OPERATOR");
        await _app.Database.AsOwnerAsync(
            """
            INSERT INTO outbox (topic, key, body, written_at, available_at, attempts, last_error, given_up_at)
            VALUES ('mail', 'k', '{"a":1}', now(), now(), 30, 'The server said 550.', now())
            """);
        await using var visit = await chromium.VisitAsync(_app, person);
        await visit.GoAsync("/operations");
        await visit.CheckAsync("operations");

        await visit.Keyboard.FollowAsync(AriaRole.Button, "Check now");
        await visit.CheckAsync("operations-checked");

        Assert.Contains("all in order", await visit.Page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_is_changed_by_keyboard()
    {
        var person = await _app.PersonAsync("COORD");
        await using var visit = await chromium.VisitAsync(_app, person, Look.Narrow);
        await visit.GoAsync("/account");
        await visit.CheckAsync("account-narrow");

        await visit.Keyboard.FillAsync("Name", "Amina Case Officer");
        await visit.Keyboard.FollowAsync(AriaRole.Button, "Save");
        await visit.CheckAsync("account-saved-narrow");

        Assert.Equal(["Amina Case Officer"], await _app.Database.AsOwnerAsync<string>("SELECT name FROM person"));
    }
}
