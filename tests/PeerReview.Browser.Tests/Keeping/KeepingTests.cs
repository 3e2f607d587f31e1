using Microsoft.Playwright;
using PeerReview.Browser.Tests.Driving;
using PeerReview.Testing;

namespace PeerReview.Browser.Tests.Keeping;

/// <summary>Nothing typed is lost: not when the page is left, the line is cut, the session ends, or two people write at once.</summary>
public sealed class KeepingTests(Chromium chromium) : IAsyncLifetime
{
    private const string Typed = "What was typed and not saved.";

    private TestApp _app = null!;
    private ReviewAt _review = null!;

    private string Item => $"/reviews/{_review.Id}/assessment/N-a.a1";

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync();
        _review = await ReviewAt.AssessingAsync(_app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task What_is_typed_is_kept_shown_again_and_thrown_away_at_will()
    {
        await using var visit = await chromium.VisitAsync(_app, _review.FocalPoint);
        var page = visit.Page;
        await visit.GoAsync(Item);
        await page.FillAsync("#f-rule", Typed);
        await StatusAsync(page, "Kept at");
        await visit.CheckAsync("keeping-kept");

        var warned = LeaveWarned(page);
        await page.ReloadAsync();
        Assert.True(warned());
        Assert.Equal(Typed, await page.InputValueAsync("#f-rule"));
        await visit.CheckAsync("keeping-draft");

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Throw it away and show what is saved" }).ClickAsync();
        await page.GetByText("What was not saved is thrown away").WaitForAsync();
        Assert.Equal("", await page.InputValueAsync("#f-rule"));
    }

    [Fact]
    public async Task While_the_server_is_away_it_stays_on_the_device_and_comes_back()
    {
        await using var visit = await chromium.VisitAsync(_app, _review.FocalPoint);
        var page = visit.Page;
        await visit.GoAsync(Item);
        await page.RouteAsync("**/drafts*", route => route.FulfillAsync(new RouteFulfillOptions { Status = 503 }));
        await page.FillAsync("#f-rule", Typed);
        await StatusAsync(page, "The server cannot be reached.");

        var warned = LeaveWarned(page);
        await page.ReloadAsync();
        Assert.True(warned());
        Assert.Equal(Typed, await page.InputValueAsync("#f-rule"));
        await page.UnrouteAsync("**/drafts*");
        await page.FillAsync("#f-practice", "And more.");
        await StatusAsync(page, "Kept at");
        Assert.Null(await page.EvaluateAsync<string?>("() => Object.keys(localStorage).find(key => key.startsWith('peerreview ')) ?? null"));
    }

    [Fact]
    public async Task Somebody_signed_out_meanwhile_signs_in_again_in_place_and_saves()
    {
        await using var visit = await chromium.VisitAsync(_app, _review.FocalPoint);
        var page = visit.Page;
        await visit.GoAsync(Item);
        await page.FillAsync("#f-rule", Typed);
        await _app.Database.AsOwnerAsync("UPDATE session SET ended_at = now()");
        await page.Context.ClearCookiesAsync(new BrowserContextClearCookiesOptions { Name = "session" });

        await page.Keyboard.PressAsync("Control+s");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByText("You are signed out.").WaitForAsync();
        await dialog.GetByLabel("E-mail address").FillAsync(_review.FocalPoint.Email);
        await visit.CheckAsync("keeping-signed-out");
        await page.Keyboard.PressAsync("Enter");
        await dialog.GetByText(_review.FocalPoint.Email).WaitForAsync();
        await SignInByLetterAsync(page);
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "I am signed in, go on" }).ClickAsync();

        await page.GetByText("No answer is chosen yet").WaitForAsync();
        Assert.Equal(Typed, await page.InputValueAsync("#f-rule"));
    }

    [Fact]
    public async Task Two_people_who_write_at_once_find_both_changes_in_the_form()
    {
        await using var mine = await chromium.VisitAsync(_app, _review.FocalPoint);
        await using var theirs = await chromium.VisitAsync(_app, _review.Alternate);
        await SaveAsync(mine, "A law names the office. It has five posts.");
        await theirs.GoAsync(Item);
        await mine.GoAsync(Item);
        await SaveAsync(theirs, "A law names the office. It has seven posts. The budget was voted.", stay: true);

        await mine.Page.FillAsync("#f-rule", "A decree names the office. It has six posts.");
        await mine.Page.Keyboard.PressAsync("Control+s");
        await mine.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Somebody else saved this meanwhile" }).WaitForAsync();
        await mine.CheckAsync("keeping-merge", everyPicture: true);
        Assert.StartsWith("A decree names the office. It has six posts.", await mine.Page.InputValueAsync("#f-rule"), StringComparison.Ordinal);

        await mine.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Use theirs" }).ClickAsync();
        Assert.Equal("A decree names the office. It has seven posts. The budget was voted.", await mine.Page.InputValueAsync("#f-rule"));
        await mine.Page.Keyboard.PressAsync("Control+s");
        await mine.Page.GetByText("No answer is chosen yet").WaitForAsync();

        await mine.GoAsync($"{Item}?changes=3");
        await mine.CheckAsync("keeping-changes", everyPicture: true);
        Assert.Contains("decree", await mine.Page.InnerTextAsync("#changes ins"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_save_after_what_was_kept_is_no_conflict_with_oneself()
    {
        await using var visit = await chromium.VisitAsync(_app, _review.FocalPoint);
        var page = visit.Page;
        await visit.GoAsync(Item);
        var saved = 0;
        foreach (var text in new[] { "A law names the office.", "A law names the office and its budget." })
        {
            await page.FillAsync("#f-rule", text);
            await StatusAsync(page, "Kept at");
            // A pointer leaves the field before it presses the button; the browser calls that a change of the field.
            await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Save", Exact = true }).ClickAsync();
            await page.Locator($"[name=version][value='{++saved}']").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
            Assert.Equal("", await page.InnerTextAsync("[data-keep-status]"));
            Assert.Equal(0, await page.Locator(".draft").CountAsync());
        }

        Assert.Equal(2, (await _app.Database.AsOwnerAsync<int>("SELECT version FROM writing_head WHERE kind = 'answer'")).Single());
    }

    [Fact]
    public async Task Another_language_keeps_the_page_and_what_is_typed()
    {
        await using var visit = await chromium.VisitAsync(_app, _review.FocalPoint);
        var page = visit.Page;
        await visit.GoAsync(Item);
        await page.FillAsync("#f-rule", Typed);

        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Language" }).ClickAsync();
        await page.GetByLabel("العربية").CheckAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Save" }).ClickAsync();
        await page.Locator("html[dir=rtl] #f-rule").WaitForAsync();

        Assert.Equal((Item, Typed), (visit.Path, await page.InputValueAsync("#f-rule")));
    }

    [Fact]
    public async Task Pages_are_found_and_questions_turned_by_keys()
    {
        await using var visit = await chromium.VisitAsync(_app, _review.FocalPoint);
        var page = visit.Page;
        await visit.GoAsync(Item);
        await page.Keyboard.PressAsync("Alt+PageDown");
        await HeadingAsync(page, "N-a.a2");
        await page.Keyboard.PressAsync("Alt+PageUp");
        await HeadingAsync(page, "N-a.a1");

        await page.Keyboard.PressAsync("Control+k");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Searchbox).FillAsync("N-g.g1");
        await dialog.GetByRole(AriaRole.Link).First.WaitForAsync();
        await visit.CheckAsync("keeping-find");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");

        await HeadingAsync(page, "N-g.g1");
    }

    // The page of the item is there, however it came.
    private static Task HeadingAsync(IPage page, string item) =>
        page.Locator("h1", new PageLocatorOptions { HasTextString = item + " " }).WaitForAsync();

    // The browser asks; the person leaves all the same.
    private static Func<bool> LeaveWarned(IPage page)
    {
        var warned = false;
        page.Dialog += (_, dialog) =>
        {
            warned |= dialog.Type == "beforeunload";
            _ = dialog.AcceptAsync();
        };
        return () => warned;
    }

    private static Task StatusAsync(IPage page, string words) =>
        page.Locator("[data-keep-status]", new PageLocatorOptions { HasTextString = words }).WaitForAsync();

    private async Task SaveAsync(Visit visit, string rule, bool stay = false)
    {
        if (!stay)
            await visit.GoAsync(Item);
        await visit.Page.FillAsync("#f-rule", rule);
        await visit.Page.Keyboard.PressAsync("Control+s");
        await visit.Page.GetByText("No answer is chosen yet").WaitForAsync();
    }

    // The link of the letter, opened in another window of the same browser.
    private async Task SignInByLetterAsync(IPage page)
    {
        var letter = (await _app.LettersAsync()).Last(one => one.Recipient == _review.FocalPoint.Email);
        var link = letter.Body.Split(['\n', ' ', '\r'], StringSplitOptions.RemoveEmptyEntries).Last(word => word.Contains("/sign-in/", StringComparison.Ordinal));
        var window = await page.Context.NewPageAsync();
        await window.GotoAsync(new Uri(link).PathAndQuery);
        await window.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();
        await window.WaitForURLAsync("**/");
        await window.CloseAsync();
    }
}
