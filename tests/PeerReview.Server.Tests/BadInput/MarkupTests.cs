using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using PeerReview.Server.Tests.Web;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.BadInput;

/// <summary>Text people write is text wherever it is shown, and a file is a file.</summary>
public sealed class MarkupTests
{
    private const string Script = "\"><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_page_of_anybody_runs_what_somebody_wrote()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);
        await app.Database.AsOwnerAsync("UPDATE person SET name = @Script, office = @Script", new { Script });
        using var saved = await review.FocalPoint.Client.PutAsJsonAsync(
            $"{review.Api}/answers/N-a.a2", new { value = "planned", rule = Script, practice = Script, evidence = Script, label = "CLEAR" }, Cancel);
        using var urgent = await review.Authority.Client.PostAsJsonAsync($"{review.Api}/urgent", new { text = Script }, Cancel);
        using var summary = await review.FocalPoint.Client.PutAsJsonAsync($"{review.Api}/summary", new { content = new { text = Script } }, Cancel);
        using var suspended = await review.Authority.Client.PostAsJsonAsync($"{review.Api}/suspend", new { reason = Script }, Cancel);
        Assert.All([saved, urgent, summary, suspended], answer => Assert.True(answer.IsSuccessStatusCode));

        var seen = 0;
        foreach (var person in new[] { review.Authority, review.FocalPoint, review.Coordinator, review.Head, review.Other })
        {
            using var browser = await app.BrowseAsync(person);
            foreach (var route in app.Routes().Where(route => route is { IsApi: false, Method: "GET" }))
            {
                var path = route.With(app, review.Id);
                if (path.Contains('{', StringComparison.Ordinal))
                    continue;
                var (_, html) = await browser.ReadAsync(path + "?returnTo=" + Uri.EscapeDataString(Script) + "&q=" + Uri.EscapeDataString(Script));
                Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
                Assert.DoesNotContain("<img src=x", html, StringComparison.Ordinal);
                Assert.DoesNotContain(">49<", html, StringComparison.Ordinal);
                seen += html.Contains("&lt;script&gt;", StringComparison.Ordinal) ? 1 : 0;
            }
        }

        Assert.InRange(seen, 10, 1_000);
        Assert.All(await app.LettersAsync(), letter => Assert.DoesNotContain("49", letter.Subject, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("page.html", "text/html", "<script>alert(1)</script>")]
    [InlineData("picture.svg", "image/svg+xml", "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>")]
    [InlineData("page.pdf", "text/html", "<script>alert(1)</script>")]
    [InlineData("all.zip", "application/zip", "PK\u0003\u0004")]
    [InlineData("table.xml", "text/xml", "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>")]
    public async Task What_a_browser_would_run_is_no_evidence(string name, string type, string content)
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);
        var before = await app.Database.HoldingsAsync();

        using var answer = await AddAsync(review, name, type, System.Text.Encoding.Latin1.GetBytes(content));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(before, await app.Database.HoldingsAsync());
    }

    [Theory]
    [InlineData("..\\..\\windows\\a.pdf", "a.pdf")]
    [InlineData("/etc/cron.d/a.pdf", "a.pdf")]
    [InlineData("a\"; filename=\"b.html", null)]
    [InlineData("a\r\nSet-Cookie: a=b.pdf", null)]
    [InlineData("fdp\u202Elmth.pdf", null)]
    [InlineData("plan – Überblick 文書.pdf", "plan – Überblick 文書.pdf")]
    public async Task A_name_of_a_file_leads_nowhere_and_adds_no_header(string name, string? kept)
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);
        // A page of HTML that begins as a PDF does: kept, and handed out as a file that runs nothing.
        using var answer = await AddAsync(review, name, "application/pdf", "%PDF-1.7\n<script>alert(1)</script>"u8.ToArray());
        if (answer.StatusCode != HttpStatusCode.Created)
        {
            Assert.Null(kept);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            return;
        }

        using var file = await review.FocalPoint.Client.GetAsync(answer.Headers.Location, Cancel);

        var given = file.Content.Headers.ContentDisposition!;
        Assert.Equal(("attachment", "nosniff"), (given.DispositionType, file.Headers.GetValues("X-Content-Type-Options").Single()));
        Assert.Contains("sandbox", file.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.False(file.Headers.Contains("Set-Cookie"));
        var called = given.FileNameStar ?? given.FileName!.Trim('"');
        Assert.DoesNotMatch("[/\\\\\r\n\u202E\"]", called);
        if (kept is not null)
            Assert.Equal(kept, called);
    }

    [Fact]
    public async Task A_file_of_one_review_is_not_there_in_another()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);
        using var added = await AddAsync(review, "a.pdf", "application/pdf", "%PDF-1.7\n"u8.ToArray());
        var file = added.Headers.Location!.ToString().Split('/')[^1];
        var notice = LightReview.Notice(app, "KEN");
        notice["cooldownReason"] = "A second one.";
        using var launched = await review.Authority.Client.PostAsJsonAsync("/api/v1/reviews", notice, Cancel);
        var other = (await launched.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>(Cancel)).GetProperty("review").GetGuid();

        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Delete })
        {
            using var request = new HttpRequestMessage(method, $"/api/v1/reviews/{other}/evidence/{file}");
            using var answer = await review.Authority.Client.SendAsync(request, Cancel);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, (await review.Authority.Client.GetAsync($"{review.Api}/evidence/{file}", Cancel)).StatusCode);
    }

    private static async Task<HttpResponseMessage> AddAsync(ReviewAt review, string name, string type, byte[] content)
    {
        using var file = new ByteArrayContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue(type);
        // Written by hand: a client library would mend the name.
        file.Headers.TryAddWithoutValidation(
            "Content-Disposition",
            $"form-data; name=\"file\"; filename*=UTF-8''{Uri.EscapeDataString(name)}");
        using var form = new MultipartFormDataContent { { new StringContent("N-a.a2"), "item" }, file };
        return await review.FocalPoint.Client.PostAsync($"{review.Api}/evidence", form, Cancel);
    }
}
