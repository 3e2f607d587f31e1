using System.Globalization;
using Microsoft.Playwright;

namespace PeerReview.Browser.Tests.Driving;

/// <summary>Uses a page as somebody without a mouse does: Tab, the keys, and what the focus shows.</summary>
/// <remarks>Every stop on the way must be seen: a focus without a visible mark, off the screen or behind something fails
/// the test, and so does a control that Tab never comes to.</remarks>
/// <param name="atOnce">How often Tab is pressed before the page is asked where it came to; 1 where no script runs in it.</param>
internal sealed class KeyboardOnly(IPage page, Wording wording, int atOnce)
{
    private const int MostStops = 300;

    /// <summary>Presses Tab until the focus is on a control.</summary>
    /// <param name="role">What it is to a screen reader.</param>
    /// <param name="name">Its whole accessible name.</param>
    public async Task TabToAsync(AriaRole role, string name) => await TabToAsync(await FindAsync(role, name), $"{role} \"{name}\"");

    /// <summary>Goes to a link or button and presses Enter.</summary>
    public async Task ActivateAsync(AriaRole role, string name)
    {
        await TabToAsync(role, name);
        await page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Goes to a link or button, presses Enter and waits for the page that comes.</summary>
    public async Task FollowAsync(AriaRole role, string name)
    {
        await TabToAsync(role, name);
        // The address may be the same afterwards: only the event tells that a new page came.
        var loaded = new TaskCompletionSource();
        void Loaded(object? sender, IPage one) => loaded.TrySetResult();
        page.Load += Loaded;
        try
        {
            await page.Keyboard.PressAsync("Enter");
            await loaded.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }
        finally
        {
            page.Load -= Loaded;
        }
    }

    /// <summary>Goes to a text field, clears it and types.</summary>
    /// <param name="role">What the field is: a search field has a role of its own.</param>
    public async Task FillAsync(string label, string text, AriaRole role = AriaRole.Textbox)
    {
        await TabToAsync(role, label);
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.PressAsync("Delete");
        await page.Keyboard.InsertTextAsync(text);
    }

    /// <summary>Goes to a date field and types the day, part by part: the browser shows them in the order of its own language,
    /// which is English, whatever the page is in.</summary>
    public async Task DateAsync(string label, DateOnly day)
    {
        var field = await LabelledAsync(label);
        await TabToAsync(field, $"the date \"{label}\"");
        await page.Keyboard.TypeAsync(day.ToString("MMddyyyy", CultureInfo.InvariantCulture));
        Assert.Equal(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), await field.InputValueAsync());
    }

    /// <summary>Goes to a field for files and opens with Enter what the browser offers to choose from.</summary>
    public async Task AttachAsync(string label, string fileName, string mediaType, byte[] content)
    {
        await TabToAsync(await LabelledAsync(label), $"the file \"{label}\"");
        var chooser = await page.RunAndWaitForFileChooserAsync(() => page.Keyboard.PressAsync("Enter"));
        await chooser.SetFilesAsync(new FilePayload { Name = fileName, MimeType = mediaType, Buffer = content });
    }

    /// <summary>Goes to what is folded and unfolds it.</summary>
    /// <param name="title">What stands on it.</param>
    public async Task UnfoldAsync(string title)
    {
        var summary = await FirstAsync(title, one => page.Locator("summary").Filter(new LocatorFilterOptions { HasTextString = one }));
        await TabToAsync(summary, $"the folded \"{title}\"");
        await page.Keyboard.PressAsync("Enter");
        Assert.True(await summary.EvaluateAsync<bool>("one => one.parentElement.open"), $"Enter does not unfold \"{title}\".");
    }

    /// <summary>Goes to a list of choices and moves through it with the arrow keys.</summary>
    public async Task ChooseAsync(string label, string option)
    {
        await TabToAsync(AriaRole.Combobox, label);
        var list = await FindAsync(AriaRole.Combobox, label);
        var (at, target) = await PositionsAsync(list, option);
        Assert.True(target >= 0, $"\"{label}\" offers no \"{option}\".");
        for (; at < target; at++)
            await page.Keyboard.PressAsync("ArrowDown");
        for (; at > target; at--)
            await page.Keyboard.PressAsync("ArrowUp");
        Assert.Contains((await list.Locator("option:checked").InnerTextAsync()).Trim(), wording.Candidates(option));
    }

    /// <summary>Goes to a checkbox and sets it with Space.</summary>
    public async Task CheckAsync(string label)
    {
        await TabToAsync(AriaRole.Checkbox, label);
        var box = await FindAsync(AriaRole.Checkbox, label);
        if (!await box.IsCheckedAsync())
            await page.Keyboard.PressAsync("Space");
        Assert.True(await box.IsCheckedAsync(), $"Space does not set \"{label}\".");
    }

    /// <summary>Goes to a group of radio buttons (Tab stops at one of them) and chooses with the arrow keys.</summary>
    public async Task PickAsync(string label)
    {
        var radio = await FindAsync(AriaRole.Radio, label);
        var group = await radio.First.EvaluateAsync<string>("one => one.name");
        await TabToAsync(page.Locator($"input[type=radio][name='{group}']"), $"the choices of \"{label}\"");
        if (!await radio.First.IsCheckedAsync())
            await page.Keyboard.PressAsync("Space");
        for (var i = 0; i < 50 && !await radio.First.IsCheckedAsync(); i++)
            await page.Keyboard.PressAsync("ArrowDown");
        Assert.True(await radio.First.IsCheckedAsync(), $"The arrow keys never came to \"{label}\".");
    }

    /// <summary>Presses one key or combination where the focus is.</summary>
    public Task PressAsync(string key) => page.Keyboard.PressAsync(key);

    private Task<ILocator> FindAsync(AriaRole role, string name) =>
        FirstAsync(name, one => page.GetByRole(role, new PageGetByRoleOptions { Name = one, Exact = true }));

    private Task<ILocator> LabelledAsync(string label) => FirstAsync(label, one => page.GetByLabel(one, new PageGetByLabelOptions { Exact = true }));

    // What the page shows of what the words may mean.
    private async Task<ILocator> FirstAsync(string words, Func<string, ILocator> find)
    {
        var candidates = wording.Candidates(words);
        foreach (var candidate in candidates)
        {
            if (await find(candidate).CountAsync() > 0)
                return find(candidate);
        }

        return find(candidates[0]);
    }

    private async Task TabToAsync(ILocator wanted, string called)
    {
        // Nothing on the page changes under Tab, so what is wanted is looked up once.
        var found = await wanted.ElementHandlesAsync();
        var passed = new List<string>();
        var stops = await Focus.ReadAsync(page, found);
        while (stops[^1] is not { IsWanted: true })
        {
            if (passed.Count >= MostStops || passed.TakeLast(2).SequenceEqual(["", ""], StringComparer.Ordinal))
                Assert.Fail($"Tab never came to {called} on {page.Url}. It came to: {string.Join(" | ", passed.Distinct(StringComparer.Ordinal))}");
            await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => page.Keyboard.PressAsync("Tab")));
            stops = await Focus.ReadAsync(page, found);
            passed.AddRange(stops.Select(one => one?.Name ?? ""));
            var unseen = stops.FirstOrDefault(one => one?.Trouble is not null);
            Assert.True(unseen is null, $"On the way to {called} the focus on \"{unseen?.Name}\" {unseen?.Trouble}.");
        }

        await Focus.LetGoAsync(page);
    }

    private async Task<(int At, int Target)> PositionsAsync(ILocator list, string option)
    {
        var at = await list.EvaluateAsync<int>("list => list.selectedIndex");
        var texts = await list.EvaluateAsync<string[]>("list => [...list.options].map(one => one.textContent.trim().replace(/\\s+/g, ' '))");
        return (at, wording.Candidates(option).Select(one => Array.IndexOf(texts, one)).Max());
    }
}
