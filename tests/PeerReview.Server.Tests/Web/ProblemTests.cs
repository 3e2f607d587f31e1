using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Http;
using PeerReview.Core;
using PeerReview.Server.Components;
using PeerReview.Server.Platform.Web;
using Xunit;

namespace PeerReview.Server.Tests.Web;

public sealed class ProblemTests
{
    private int _echoed;

    [Theory]
    [InlineData("""{"name":"x","age":1,"role":"COORD"}""", "role")] // more than was asked for
    [InlineData("""{"name":"x","age":"1"}""", "age")]
    [InlineData("""{"name":"x","name":"y","age":1}""", "name")]
    [InlineData("""{"name":null,"age":1}""", "name")]
    [InlineData("""{"name":"a\u0000b","age":1}""", "name")]
    [InlineData("""{"Name":"x","age":1}""", "Name")]
    [InlineData("""{"age":1}""", null)]
    [InlineData("""{"name":""", null)]
    [InlineData("[]", null)]
    [InlineData("", null)]
    public async Task Json_that_is_not_what_was_asked_for_is_refused_with_its_place(string json, string? field)
    {
        await using var site = await StartAsync();

        var problem = await PostAsync(site, json);

        Assert.Equal(400, problem.GetProperty("status").GetInt32());
        if (field is not null)
            Assert.Equal(field, problem.GetProperty("field").GetString());
    }

    [Fact]
    public async Task Deep_json_is_refused()
    {
        await using var site = await StartAsync();

        var problem = await PostAsync(site, "{\"name\":" + new string('[', 10_000) + new string(']', 10_000) + ",\"age\":1}");

        Assert.Equal("request.json", problem.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Ten_megabytes_of_text_are_refused()
    {
        await using var site = await StartAsync();

        var problem = await PostAsync(site, "{\"name\":\"" + new string('x', 10_000_000) + "\",\"age\":1}");

        Assert.Equal((413, "request.too-large"), (problem.GetProperty("status").GetInt32(), problem.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_body_that_does_not_say_its_length_is_cut_off_at_the_limit()
    {
        await using var site = await StartAsync();
        using var browser = site.Browse();
        using var body = new PushedContent(10_000_000);

        var sending = Record.ExceptionAsync(async () =>
        {
            using var answer = await browser.SendAsync(HttpMethod.Post, "/api/v1/echo", body);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        });

        // Whether the answer or the end of the connection comes first is up to the network.
        Assert.True(await sending is null or HttpRequestException);
        Assert.Equal(0, _echoed);
    }

    [Fact]
    public async Task Another_content_type_is_named()
    {
        await using var site = await StartAsync();

        var problem = await PostAsync(site, "name=x", "text/plain");

        Assert.Equal((415, "request.not-json"), (problem.GetProperty("status").GetInt32(), problem.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("/api/v1/nothing", "GET", 404)]
    [InlineData("/api/v1/by-id/not-a-guid", "GET", 404)]
    [InlineData("/api/v1/echo", "DELETE", 405)]
    [InlineData("/api/v1/me", "GET", 401)]
    public async Task Every_refusal_of_the_api_is_a_problem_document(string path, string method, int status)
    {
        await using var site = await StartAsync();
        using var browser = site.Browse();

        using var answer = await browser.SendAsync(new HttpMethod(method), path);

        var problem = Json(await Browser.BodyAsync(answer));
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("urn:peer-review:request.", problem.GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.NotEqual("", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_refusal_says_its_code_field_values_and_what_to_do()
    {
        await using var site = await StartAsync();
        using var browser = site.Browse();

        using var answer = await browser.SendAsync(HttpMethod.Get, "/api/v1/refused");

        var problem = Json(await Browser.BodyAsync(answer));
        Assert.Equal(422, (int)answer.StatusCode);
        Assert.Equal("urn:peer-review:accounts.name", problem.GetProperty("type").GetString());
        Assert.Equal("The input needs a correction", problem.GetProperty("title").GetString());
        Assert.Equal("Enter your name in one line of at most 200 characters, without invisible ones.", problem.GetProperty("detail").GetString());
        Assert.Equal("name", problem.GetProperty("field").GetString());
        Assert.Equal(200, problem.GetProperty("values").GetProperty("max").GetInt32());
        Assert.Equal(["accounts.name", "process.not-your-turn"], problem.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("code").GetString()));
        Assert.Equal("It is not your turn yet. First comes: Focal point of the State.", problem.GetProperty("errors")[1].GetProperty("detail").GetString());
    }

    [Fact]
    public async Task What_is_not_there_and_what_one_may_not_know_look_the_same()
    {
        await using var site = await StartAsync();
        using var browser = site.Browse();

        var bodies = new List<string>();
        foreach (var code in new[] { "review.not-found", "access.not-found" })
        {
            using var answer = await browser.SendAsync(HttpMethod.Get, "/api/v1/missing?code=" + code);
            bodies.Add(await Browser.BodyAsync(answer));
        }

        Assert.Equal(bodies[0], bodies[1]);
    }

    [Theory]
    [InlineData("/nothing", 404, "Not found")]
    [InlineData("/broken", 500, "Something broke on our side")]
    [InlineData("/broken-page", 500, "Something broke on our side")]
    public async Task A_person_gets_a_page_in_words(string path, int status, string title)
    {
        await using var site = await StartAsync();
        using var browser = site.Browse();

        var (actual, html) = await browser.ReadAsync(path);

        Assert.Equal(status, (int)actual);
        Assert.Contains($"<h1>{title}</h1>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("secret detail", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_away_is_said_so_with_when_to_come_back()
    {
        await using var site = await StartAsync();
        using var browser = await site.SignedInAsync(await site.AddAsync("ana@example.org"));
        await site.Data.AsOwnerAsync($"ALTER DATABASE {site.Data.Name} CONNECTION LIMIT 0");
        await site.Data.AsOwnerAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND usename = 'pr_app'");

        using var page = await browser.SendAsync(HttpMethod.Get, "/account");
        using var api = await browser.SendAsync(HttpMethod.Get, "/api/v1/me", null, ("Authorization", "Bearer " + new string('a', 43)));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(15), page.Headers.RetryAfter?.Delta);
        Assert.Contains("<h1>Not available for a moment</h1>", await Browser.BodyAsync(page), StringComparison.Ordinal);
        Assert.Equal("request.database-away", Json(await Browser.BodyAsync(api)).GetProperty("code").GetString());
    }

    private Task<TestSite> StartAsync() => TestSite.StartAsync(routes =>
    {
        routes.PublicApi.MapPost("/echo", (Echo echo) =>
        {
            _echoed++;
            return TypedResults.Ok(echo);
        });
        routes.PublicApi.MapGet("/by-id/{id:guid}", (Guid id) => TypedResults.Ok(id));
        routes.PublicApi.MapGet("/refused", () => Refusal.Of(
        [
            new Refusal("accounts.name", RefusalKind.Invalid, "name").With("max", 200),
            new Refusal("process.not-your-turn", RefusalKind.Conflict).With("role", "STATE_FP"),
        ]).ToProblem());
        routes.PublicApi.MapGet("/missing", (string code) => new Refusal(code, RefusalKind.NotFound).ToProblem());
        routes.PublicPages.MapGet("/broken", IResult () => throw new InvalidOperationException("secret detail"));
        routes.PublicPages.MapGet("/broken-page", () => Answer.Page<BrokenPage>());
    });

    /// <summary>A page that breaks while it is drawn.</summary>
    private sealed class BrokenPage : ComponentBase
    {
        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenComponent<Shell>(0);
            builder.AddComponentParameter(1, nameof(Shell.Title), "Half");
            builder.AddComponentParameter(2, nameof(Shell.ChildContent), (RenderFragment)(_ => throw new InvalidOperationException("secret detail")));
            builder.CloseComponent();
        }
    }

    private static async Task<JsonElement> PostAsync(TestSite site, string body, string type = "application/json")
    {
        using var browser = site.Browse();
        using var content = new StringContent(body, Encoding.UTF8, type);
        using var answer = await browser.SendAsync(HttpMethod.Post, "/api/v1/echo", content);
        return Json(await Browser.BodyAsync(answer));
    }

    private static JsonElement Json(string body) => JsonDocument.Parse(body).RootElement;

    private sealed record Echo(string Name, int Age);

    /// <summary>JSON sent in chunks.</summary>
    private sealed class PushedContent : HttpContent
    {
        private readonly int _length;

        public PushedContent(int length)
        {
            _length = length;
            Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var chunk = Encoding.UTF8.GetBytes(new string('x', 100_000));
            await stream.WriteAsync("{\"name\":\""u8.ToArray());
            for (var sent = 0; sent < _length; sent += chunk.Length)
                await stream.WriteAsync(chunk);
            await stream.WriteAsync("\",\"age\":1}"u8.ToArray());
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
