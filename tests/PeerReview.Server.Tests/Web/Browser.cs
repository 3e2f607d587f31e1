using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace PeerReview.Server.Tests.Web;

/// <summary>What a browser does, without a screen: cookies, the form token of the page last read, no redirects by itself.</summary>
public sealed partial class Browser(Uri address) : IDisposable
{
    private readonly HttpClient _http = Client(address);

    /// <summary>The token of the page last read.</summary>
    public string FormToken { get; set; } = "";

    /// <summary>Reads a page and remembers the token of its forms.</summary>
    public async Task<(HttpStatusCode Status, string Html)> ReadAsync(string path)
    {
        using var answer = await SendAsync(HttpMethod.Get, path);
        var html = await answer.Content.ReadAsStringAsync();
        if (Token().Match(html) is { Success: true } token)
            FormToken = token.Groups["token"].Value;
        return (answer.StatusCode, html);
    }

    /// <summary>Sends a form with the token of the page last read.</summary>
    public Task<HttpResponseMessage> SubmitAsync(string path, params (string Name, string Value)[] fields) =>
        SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent(
            fields.Append(("__RequestVerificationToken", FormToken)).Select(field => KeyValuePair.Create(field.Item1, field.Item2))));

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (!path.StartsWith("/api", StringComparison.Ordinal))
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await _http.SendAsync(request);
    }

    /// <summary>Sends one file with the token of the page last read.</summary>
    public Task<HttpResponseMessage> SendFileAsync(string path, byte[] file)
    {
        var form = new MultipartFormDataContent();
        form.Add(new StringContent(FormToken), "__RequestVerificationToken");
        form.Add(new ByteArrayContent(file), "file", "evidence.pdf");
        return SendAsync(HttpMethod.Post, path, form);
    }

    /// <summary>The body of an answer.</summary>
    public static Task<string> BodyAsync(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync();

    public void Dispose() => _http.Dispose();

    private static HttpClient Client(Uri address) =>
        new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = address };

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();
}
