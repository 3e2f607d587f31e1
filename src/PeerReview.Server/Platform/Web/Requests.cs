namespace PeerReview.Server.Platform.Web;

/// <summary>What a request wants for an answer.</summary>
public static class Requests
{
    /// <summary>Whether this address belongs to the API; <c>/api</c> itself is the page about it.</summary>
    public static bool IsApi(this HttpRequest request) => request.Path.StartsWithSegments("/api/v1", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a person in a browser waits for the answer; else it is a program.</summary>
    public static bool WantsPage(this HttpRequest request) =>
        !request.IsApi() && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
