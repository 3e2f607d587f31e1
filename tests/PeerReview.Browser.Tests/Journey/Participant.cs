using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PeerReview.Browser.Tests.Driving;
using PeerReview.Testing;

namespace PeerReview.Browser.Tests.Journey;

/// <summary>Somebody who takes part in a review: a browser window of their own, a keyboard, a mailbox.</summary>
internal sealed partial class Participant : IAsyncDisposable
{
    private readonly Visit _visit;
    private readonly HashSet<string> _looked;

    private readonly Manner _manner;

    private Participant(Visit visit, Manner manner, HashSet<string> looked) => (_visit, _manner, _looked) = (visit, manner, looked);

    public KeyboardOnly Keyboard => _visit.Keyboard;

    /// <summary>Opens a window without anybody signed in.</summary>
    /// <param name="manner">The language and the size of the window.</param>
    /// <param name="looked">The pages of the journey that were looked at already, by the names of their pictures.</param>
    public static async Task<Participant> ArriveAsync(Chromium chromium, TestApp app, Manner manner, HashSet<string> looked) =>
        new(await chromium.VisitAsync(app.Address, manner.Look, manner.Wording), manner, looked);

    /// <summary>Asks for a sign-in link on the pages, finds it in the mailbox and uses it.</summary>
    public async Task SignInAsync(TestApp app, string email)
    {
        await _visit.GoAsync("/");
        await LookAsync("welcome");
        await FollowAsync("Sign in");
        await LookAsync("sign-in");
        await Keyboard.FillAsync("E-mail address", email);
        await SendAsync("Send me a link");
        await LookAsync("sign-in-sent");
        var letter = (await app.LettersAsync()).Last(one => one.Recipient == email && Address().IsMatch(one.Body));
        await _visit.GoAsync(new Uri(Address().Match(letter.Body).Value).PathAndQuery);
        await LookAsync("sign-in-link");
        await SendAsync("Sign in");
        Assert.Equal("/", _visit.Path);
    }

    /// <summary>Goes home and from there to something that waits for this person.</summary>
    /// <param name="task">The name of the step.</param>
    public async Task TakeUpAsync(string task)
    {
        await HomeAsync();
        await FollowAsync(task);
    }

    /// <summary>Goes home and from there to the page of the review.</summary>
    public async Task OpenReviewAsync()
    {
        await HomeAsync();
        // Kind and year follow, in the order of the language.
        await FollowBeginningAsync($"{Say("Kenya")} – ");
        await LookAsync("review");
    }

    /// <summary>Goes to the home page, past everything in the head of the page.</summary>
    public async Task HomeAsync()
    {
        await FollowAsync("Home");
        await LookAsync("home");
    }

    /// <summary>Follows a link.</summary>
    public Task FollowAsync(string link) => Keyboard.FollowAsync(AriaRole.Link, link);

    /// <summary>Follows the link whose name begins like this, such as with the id of an item.</summary>
    public async Task FollowBeginningAsync(string beginning) =>
        await FollowAsync(await WholeAsync("main a", beginning));

    /// <summary>Ticks the box whose label begins like this.</summary>
    public async Task TickBeginningAsync(string beginning) =>
        await Keyboard.CheckAsync(await WholeAsync("main label", beginning));

    /// <summary>The choice of a list whose text begins like this.</summary>
    public Task<string> OptionBeginningAsync(string beginning) => WholeAsync("main option", beginning);

    /// <summary>Presses a button that sends a form.</summary>
    public Task SendAsync(string button) => Keyboard.FollowAsync(AriaRole.Button, button);

    /// <summary>axe, the width and a picture, once for each page of the journey.</summary>
    /// <param name="page">The name of the picture; kebab-case.</param>
    public async Task LookAsync(string page)
    {
        if (_looked.Add(page))
            await _visit.CheckAsync($"journey-{_manner.Look.Language}-{page}", everyPicture: _manner.Look.Language == "en");
    }

    /// <summary>A word as this person would type it.</summary>
    public string Say(string english) => _manner.Wording.Candidates(english)[0];

    /// <summary>The page must say so.</summary>
    public async Task ReadsAsync(string words)
    {
        var text = Wording.Plain(await _visit.Page.InnerTextAsync("main"));
        Assert.True(
            _manner.Wording.Sentences(words).Any(one => text.Contains(one, StringComparison.Ordinal)),
            $"\"{words}\" is not on {_visit.Path}, as any of {string.Join(" | ", _manner.Wording.Sentences(words))}. There is: {text}");
    }

    /// <summary>The page must not say so.</summary>
    public async Task DoesNotReadAsync(string words) =>
        Assert.DoesNotContain(words, await _visit.Page.InnerTextAsync("main"), StringComparison.Ordinal);

    /// <summary>Types an address.</summary>
    public Task GoAsync(string path) => _visit.GoAsync(path);

    public ValueTask DisposeAsync() => _visit.DisposeAsync();

    private async Task<string> WholeAsync(string selector, string beginning)
    {
        var texts = await _visit.Page.Locator(selector).EvaluateAllAsync<string[]>(
            "found => found.map(one => one.textContent.trim().replace(/\\s+/g, ' '))");
        return texts.FirstOrDefault(text => Wording.Plain(text).StartsWith(beginning, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"Nothing on {_visit.Path} begins with \"{beginning}\". There is: {string.Join(" | ", texts)}");
    }

    [GeneratedRegex("https?://[^\\s]+/sign-in/[^\\s]+", RegexOptions.None, 1000)]
    private static partial Regex Address();
}

/// <summary>How a journey is taken: which window, which language.</summary>
internal sealed record Manner(Look Look, Wording Wording);
