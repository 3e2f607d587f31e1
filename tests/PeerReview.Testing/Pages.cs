using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace PeerReview.Testing;

/// <summary>The pages of the program as one person reads them: cookies, form tokens, no redirects by itself.</summary>
public sealed partial class Pages : IDisposable
{
    private readonly HttpClient _http;
    private string _formToken = "";
    private CookieContainer _cookies = new();

    private Pages(HttpClient http) => _http = http;

    /// <summary>Somebody with a session.</summary>
    /// <param name="person">null is a visitor.</param>
    /// <param name="says">Whether the browser says where a form comes from, as those of today do.</param>
    public static async Task<Pages> OfAsync(TestApp app, TestPerson? person, bool says = false)
    {
        var cookies = new CookieContainer();
        if (person is not null)
            cookies.Add(app.Address, new Cookie("session", await SessionAsync(app, person)));
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = app.Address };
        http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        if (says)
            http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        return new Pages(http) { _cookies = cookies };
    }

    /// <summary>Reads a page, with entities as the characters they are.</summary>
    public async Task<(HttpStatusCode Status, string Html)> ReadAsync(string path)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
        return (answer.StatusCode, await RememberAsync(answer));
    }

    /// <summary>Sends a form with the token of the page last read.</summary>
    public async Task<(HttpStatusCode Status, string Html, string? Next)> SubmitAsync(string path, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(
            fields.Append(("__RequestVerificationToken", _formToken)).Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        using var answer = await _http.PostAsync(new Uri(path, UriKind.Relative), content);
        return (answer.StatusCode, await RememberAsync(answer), answer.Headers.Location?.ToString());
    }

    /// <summary>Ends the session of this browser on the server and has the browser forget it, as time does.</summary>
    public async Task LoseSessionAsync(TestApp app)
    {
        await app.Database.AsOwnerAsync("UPDATE session SET ended_at = now()");
        _cookies.GetCookies(app.Address)["session"]!.Expired = true;
    }

    /// <summary>Signs somebody in in this browser, as the link of a letter does in another window.</summary>
    public async Task SignInAsync(TestApp app, TestPerson person) =>
        _cookies.Add(app.Address, new Cookie("session", await SessionAsync(app, person)));

    public void Dispose() => _http.Dispose();

    private static async Task<string> SessionAsync(TestApp app, TestPerson person)
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        await app.Database.AsOwnerAsync(
            """
            INSERT INTO session (token_hash, person_id, created_at, expires_at)
            VALUES (@Hash, @Person, now(), now() + interval '1 day')
            """,
            new { Hash = SHA256.HashData(Encoding.UTF8.GetBytes(secret)), Person = person.Id });
        return secret;
    }

    private async Task<string> RememberAsync(HttpResponseMessage answer)
    {
        var html = await answer.Content.ReadAsStringAsync();
        if (FormToken().Match(html) is { Success: true } token)
            _formToken = token.Groups["token"].Value;
        return WebUtility.HtmlDecode(html);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FormToken();
}
