using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using PeerReview.Server.Platform.Clock;

namespace PeerReview.Testing.Journeys;

/// <summary>Straight to the program of a test.</summary>
public sealed class OpenDoor(TestApp app) : IDoor, IDisposable
{
    private readonly HttpClient _http = app.Visitor();

    public async Task<DoorAnswer> SendAsync(DoorRequest request)
    {
        using var message = Message(request, app.Address);
        using var answer = await _http.SendAsync(message);
        return new DoorAnswer((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public Task AdvanceAsync(DateTimeOffset to) =>
        app.App.Services.GetRequiredService<ClockAdvance>().ToAsync(to, CancellationToken.None);

    public void Dispose() => _http.Dispose();

    internal static HttpRequestMessage Message(DoorRequest request, Uri address)
    {
        var message = new HttpRequestMessage(request.Method, new Uri(address, request.Path));
        if (request.Body is not null)
            message.Content = new StringContent(request.Body, Encoding.UTF8, "application/json");
        if (request.Token is not null)
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", request.Token);
        if (!request.Reads)
            message.Headers.Add("Idempotency-Key", request.Key);
        return message;
    }
}
