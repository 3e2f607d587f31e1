using System.Net;
using System.Text;
using System.Text.Json;
using PeerReview.Server.Tests.Web;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.BadInput;

/// <summary>Bodies nobody can read, sent to every route that takes one.</summary>
public sealed class BodiesTests(ReviewFixture at) : IClassFixture<ReviewFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, int> Bodies => new()
    {
        { "cut off", "{\"reason\":", 400 },
        { "no JSON", "reason=One.", 400 },
        { "deep", "{\"reason\":" + new string('[', 10_000) + new string(']', 10_000) + "}", 400 },
        { "deep in a name nobody asked for", "{\"x\":" + new string('{', 0) + string.Concat(Enumerable.Repeat("{\"x\":", 100)) + "1" + new string('}', 101), 400 },
        { "ten megabytes of text", "{\"reason\":\"" + new string('x', 10_000_000) + "\"}", 413 },
        { "doubled names", "{\"version\":1,\"version\":2,\"days\":1,\"days\":2,\"reason\":\"\",\"reason\":\"\"}", 400 },
        { "more than was asked for", "{\"id\":1,\"status\":\"done\",\"role\":\"COORD_HEAD\",\"programme_id\":1}", 400 },
    };

    [Theory, MemberData(nameof(Bodies))]
    public async Task Is_refused_by_every_route_and_changes_nothing(string what, string body, int status)
    {
        var before = await at.App.Database.HoldingsAsync();
        foreach (var route in at.App.Routes().Where(route => route.TakesJson && route.Writes))
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var request = new HttpRequestMessage(new HttpMethod(route.Method), route.With(at.App, at.Review.Id)) { Content = content };
            using var answer = await at.Review.Authority.Client.SendAsync(request, Cancel);
            var said = await answer.Content.ReadAsStringAsync(Cancel);
            // A stage reads its body only once it is somebody's turn.
            var expected = status == 400 && route.Pattern.EndsWith("/complete", StringComparison.Ordinal) && (int)answer.StatusCode is 403 or 409 or 404
                ? (int)answer.StatusCode
                : status;
            Assert.True(expected == (int)answer.StatusCode, $"{what} to {route}: {(int)answer.StatusCode} {said}");
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            Assert.NotEqual("", JsonDocument.Parse(said).RootElement.Text("detail"));
        }

        Assert.Equal(before, await at.App.Database.HoldingsAsync());
    }

    [Fact]
    public async Task JSON_under_another_name_is_refused_by_every_route()
    {
        foreach (var route in at.App.Routes().Where(route => route.TakesJson && route.Writes))
        {
            using var content = new StringContent("{}", Encoding.UTF8, "text/plain");
            using var request = new HttpRequestMessage(new HttpMethod(route.Method), route.With(at.App, at.Review.Id)) { Content = content };
            using var answer = await at.Review.Authority.Client.SendAsync(request, Cancel);
            Assert.Equal((route, HttpStatusCode.UnsupportedMediaType), (route, answer.StatusCode));
        }
    }

    [Fact]
    public async Task A_field_of_ten_megabytes_is_refused_by_every_form_in_words()
    {
        using var pages = await Pages.OfAsync(at.App, at.Review.Authority);
        await pages.ReadAsync("/account");
        var before = await at.App.Database.HoldingsAsync();
        foreach (var route in at.App.Routes().Where(route => route is { IsApi: false, Method: "POST" }))
        {
            var (status, html, _) = await pages.SubmitAsync(route.With(at.App, at.Review.Id), ("text", new string('x', 10_000_000)));
            Assert.Equal((route, HttpStatusCode.RequestEntityTooLarge), (route, status));
            Assert.Contains("<h1>Too large</h1>", html, StringComparison.Ordinal);
        }

        Assert.Equal(before, await at.App.Database.HoldingsAsync());
    }

    [Fact]
    public async Task A_form_with_thousands_of_fields_is_refused()
    {
        using var pages = await Pages.OfAsync(at.App, at.Review.Authority);
        await pages.ReadAsync("/account");

        var (status, _, _) = await pages.SubmitAsync("/account", [.. Enumerable.Range(0, 5_000).Select(i => ($"f{i}", "x"))]);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
    }
}
