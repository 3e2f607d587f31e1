using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Journey;

/// <summary>The people of a light review and what each does over HTTP, with their own token and nothing else.</summary>
internal sealed class Cast(TestApp app) : IAsyncDisposable
{
    /// <summary>Stands in every answer: whoever may not read answers must never receive it.</summary>
    public const string Marker = "marker-of-an-answer-7c1f";

    /// <summary>Stands in a RED answer, which is never published.</summary>
    public const string RedMarker = "marker-of-a-red-answer-9d2e";

    public TestApp App => app;

    public TestPerson Coordinator { get; private set; } = null!;

    public TestPerson Deputy { get; private set; } = null!;

    public TestPerson Authority { get; private set; } = null!;

    public TestPerson FocalPoint { get; private set; } = null!;

    public TestPerson Outsider { get; private set; } = null!;

    public string Review { get; private set; } = "";

    public static async Task<Cast> GatherAsync()
    {
        var cast = new Cast(await TestApp.StartAsync());
        cast.Coordinator = await cast.App.PersonAsync("COORD", name: "Cora");
        cast.Deputy = await cast.App.PersonAsync("COORD", name: "Dana");
        cast.Outsider = await cast.App.PersonAsync("STATE_AUTH", "NOR", "Olav");
        return cast;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    /// <summary>Mission and note verbale open the authority's account.</summary>
    public async Task RegisterAsync()
    {
        await DoAsync(Coordinator, HttpMethod.Post, $"programmes/{app.Programme}/missions", new { state = "KEN", email = "mission@example.org" });
        await DoAsync(Coordinator, HttpMethod.Post, $"programmes/{app.Programme}/notes-verbales", new
        {
            state = "KEN",
            number = "NV/1",
            dated = Today,
            signatory = "Permanent Representative",
            authority = new { name = "Amina", email = "amina@example.org", office = "Ministry" },
        });
        Authority = await app.PersonByEmailAsync("amina@example.org");
    }

    public async Task LaunchAsync()
    {
        var receipt = await DoAsync(Authority, HttpMethod.Post, "reviews", LightReview.Notice(app, "KEN"));
        Review = $"reviews/{receipt.GetProperty("review").GetString()}";
    }

    public Task AcknowledgeAsync() => DoAsync(Coordinator, HttpMethod.Post, $"{Review}/stages/acknowledge/complete",
        new { coordinator = Coordinator.Id, deputy = Deputy.Id });

    public async Task AppointAsync()
    {
        await NominateAsync("STATE_FP", "Faraja");
        await NominateAsync("STATE_ALT", "Ali");
        FocalPoint = await app.PersonByEmailAsync("faraja@example.org");
    }

    public async Task AnswerAsync()
    {
        var items = (await DoAsync(FocalPoint, HttpMethod.Get, $"{Review}/answers", null)).GetProperty("items").EnumerateArray()
            .Select(i => i.GetProperty("item").GetString()!).ToList();
        Assert.Equal(21, items.Count);
        foreach (var item in items)
        {
            var red = item == "N-f.f1";
            await DoAsync(FocalPoint, HttpMethod.Put, $"{Review}/answers/{item}", new
            {
                value = "partly_in_place",
                label = red ? "RED" : "CLEAR",
                rule = $"A decree of last year. {(red ? RedMarker : Marker)}",
                practice = "Two people work on it.",
                sectors = item[..3] is "N-f" or "N-g" or "N-h" ? new[] { "health" } : [],
            });
        }
    }

    public async Task SignAsync(TestPerson person)
    {
        var hash = (await DoAsync(person, HttpMethod.Get, $"{Review}/sign-off", null)).GetProperty("contentHash").GetString();
        await DoAsync(person, HttpMethod.Post, $"{Review}/stages/self_assess/complete",
            new { contentHash = hash, signature = Signature });
    }

    /// <summary>Asks, and fails with the problem document when the answer is no.</summary>
    public static async Task<JsonElement> DoAsync(TestPerson person, HttpMethod method, string path, object? body)
    {
        using var response = await SendAsync(person, method, path, body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {(int)response.StatusCode} {text}");
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }

    /// <summary>Asks, whatever the answer.</summary>
    public static Task<HttpResponseMessage> SendAsync(TestPerson person, HttpMethod method, string path, object? body) =>
        person.Client.SendAsync(new HttpRequestMessage(method, $"/api/v1/{path}") { Content = body is null ? null : JsonContent.Create(body) });

    public object Signature => new { name = "A. Signatory", office = "Director", day = Today, nothingClassified = true };

    private string Today => app.StartedAt.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private Task NominateAsync(string role, string name) => DoAsync(Authority, HttpMethod.Post, $"{Review}/nominations",
        new { role, name, email = $"{name.ToLowerInvariant()}@example.org", office = "Office", noteVerbale = new { number = "NV/1" } });
}
