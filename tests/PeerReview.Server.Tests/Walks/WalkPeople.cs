using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using PeerReview.Server.Tests.Journey;
using PeerReview.Testing;

namespace PeerReview.Server.Tests.Walks;

/// <summary>Who walks: everybody with a part in one light review, and some without.</summary>
internal sealed partial class WalkPeople(Cast cast) : IAsyncDisposable
{
    private readonly Dictionary<string, TestPerson> _people = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Pages> _pages = new(StringComparer.Ordinal);

    public TestApp App => cast.App;

    /// <summary>The review under the API, such as <c>reviews/…</c>.</summary>
    public string Review => cast.Review;

    public IEnumerable<string> Names => _people.Keys;

    public TestPerson this[string name] => _people[name];

    public bool Has(string name) => _people.ContainsKey(name);

    /// <summary>A launched review, its coordinators, and people of other States.</summary>
    public static async Task<WalkPeople> GatherAsync()
    {
        var people = new WalkPeople(await Cast.GatherAsync());
        await people.BeginAsync();
        return people;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var pages in _pages.Values)
            pages.Dispose();
        await cast.DisposeAsync();
    }

    /// <summary>Finds somebody who has just been nominated.</summary>
    public async Task ComeAsync(string name) => _people[name] = await App.PersonByEmailAsync($"{name}@example.org");

    public Task<HttpResponseMessage> SendAsync(string name, HttpMethod method, string path, object? body, string? key = null)
    {
        var request = new HttpRequestMessage(method, $"/api/v1/{Review}{path}")
        {
            Content = body switch
            {
                null => null,
                string raw => new StringContent(raw, System.Text.Encoding.UTF8, "application/json"),
                _ => JsonContent.Create(body),
            },
        };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return _people[name].Client.SendAsync(request);
    }

    /// <summary>What somebody reads; nothing when it is not there for them.</summary>
    public async Task<JsonElement?> ReadAsync(string name, string path)
    {
        using var answer = await SendAsync(name, HttpMethod.Get, path, null);
        return answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<JsonElement>() : null;
    }

    /// <summary>The stages that wait for somebody.</summary>
    public async Task<string[]> TasksAsync(string name)
    {
        var tasks = await _people[name].Client.GetFromJsonAsync<JsonElement>("/api/v1/tasks");
        return [.. tasks.GetProperty("items").EnumerateArray().Select(task => task.Text("stage")!)];
    }

    /// <summary>The moves somebody's page offers.</summary>
    public async Task<string[]> MovesAsync(string name)
    {
        if (!_pages.TryGetValue(name, out var pages))
            _pages[name] = pages = await Pages.OfAsync(App, _people[name]);
        var (_, html) = await pages.ReadAsync($"/{Review}/moves");
        return [.. Offer().Matches(html).Select(match => match.Groups["move"].Value)];
    }

    private async Task BeginAsync()
    {
        await cast.RegisterAsync();
        await cast.LaunchAsync();
        _people["authority"] = cast.Authority;
        _people["coordinator"] = cast.Coordinator;
        _people["deputy"] = cast.Deputy;
        _people["head"] = await App.PersonAsync("COORD_HEAD", name: "Hana");
        _people["outsider"] = cast.Outsider;
        _people["stranger"] = await App.PersonAsync("OPERATOR", name: "Otto");
    }

    [GeneratedRegex("name=\"move\" value=\"(?<move>[A-Za-z]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Offer();
}
