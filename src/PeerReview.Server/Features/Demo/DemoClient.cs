using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PeerReview.Server.Features.Demo;

/// <summary>One person of the demonstration, acting through the API as everybody else does.</summary>
internal sealed class DemoClient(Uri address, DemoPerson person) : IDisposable
{
    /// <summary>Who acts.</summary>
    public DemoPerson Person => person;

    private readonly HttpClient _http = new()
    {
        BaseAddress = new Uri(address, "/api/v1/"),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", person.Token) },
    };

    public Task<JsonElement> GetAsync(string path, CancellationToken cancel) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, path), cancel);

    public Task<JsonElement> PostAsync(string path, object body, CancellationToken cancel) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) }, cancel);

    public Task<JsonElement> PutAsync(string path, object body, CancellationToken cancel) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Put, path) { Content = JsonContent.Create(body) }, cancel);

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        using (request)
        {
            using var response = await _http.SendAsync(request, cancel);
            var text = await response.Content.ReadAsStringAsync(cancel);
            if (!response.IsSuccessStatusCode)
                throw new InvalidOperationException($"The demonstration was refused: {request.Method} {request.RequestUri} {(int)response.StatusCode} {text}");
            return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
        }
    }
}

/// <summary>Somebody of the demonstration.</summary>
/// <param name="Role">Role code.</param>
/// <param name="Token">An API token of theirs.</param>
/// <param name="SignIn">A link that signs them in once.</param>
public sealed record DemoPerson(string Role, string Name, string Email, string Token, string SignIn)
{
    /// <summary>The account.</summary>
    [JsonIgnore]
    public Guid Id { get; init; }
}
