using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using PeerReview.Core.Process;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Testing;
using Xunit;
using Role = PeerReview.Core.Access.Role;

namespace PeerReview.Server.Tests.Assessment;

public sealed class SaveAnswerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_is_saved_version_by_version_and_nothing_is_lost()
    {
        await using var review = await ReviewUnderWay.StartAsync();
        var first = await SaveAsync(review, review.FocalPoint, "N-c.c1", new { value = "planned", practice = "A first text.\r\n", label = "GREEN", language = "fr" });
        var second = await SaveAsync(review, review.FocalPoint, "N-c.c1", new { value = "in_place", practice = "A second text.", lastTested = "2026-01-31", version = 1 });

        Assert.Equal(("\"1\"", "\"2\""), (first.Headers.ETag!.Tag, second.Headers.ETag!.Tag));
        var now = await ReadAsync(review.FocalPoint, $"{review.Api}/answers/N-c.c1");
        Assert.Equal(
            ("in_place", "A second text.", "AMBER", "2026-01-31", 2, "everything", true),
            (now.Text("value"), now.Text("practice"), now.Text("label"), now.Text("lastTested"), now.GetProperty("version").GetInt32(), now.Text("extent"), now.GetProperty("mayWrite").GetBoolean()));
        var then = await ReadAsync(review.FocalPoint, $"{review.Api}/answers/N-c.c1?version=1");
        Assert.Equal(("planned", "A first text.", "GREEN", "fr"), (then.Text("value"), then.Text("practice"), then.Text("label"), then.Text("language")));
        var history = await ReadAsync(review.FocalPoint, $"{review.Api}/answers/N-c.c1/history");
        Assert.Equal([2, 1], history.GetProperty("items").EnumerateArray().Select(v => v.GetProperty("version").GetInt32()));
    }

    [Fact]
    public async Task A_stale_save_is_refused_with_base_theirs_and_mine()
    {
        await using var review = await ReviewUnderWay.StartAsync();
        await SaveAsync(review, review.FocalPoint, "N-c.c1", new { value = "planned", practice = "Base." });
        await SaveAsync(review, review.Alternate, "N-c.c1", new { value = "in_place", practice = "Theirs.", version = 1 });
        var before = await review.SequenceAsync();

        using var response = await review.FocalPoint.Client.PutAsJsonAsync(
            $"{review.Api}/answers/N-c.c1", new { value = "partly_in_place", practice = "Mine.", version = 1 }, Cancel);

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal("writing.stale", problem.Text("code"));
        Assert.Equal(
            ("Base.", "Theirs.", "Mine."),
            (problem.GetProperty("base").Text("practice"), problem.GetProperty("theirs").Text("practice"), problem.GetProperty("mine").Text("practice")));
        Assert.Equal(before, await review.SequenceAsync());
    }

    [Fact]
    public async Task If_Match_says_the_version_and_a_wrong_one_is_refused()
    {
        await using var review = await ReviewUnderWay.StartAsync();
        await SaveAsync(review, review.FocalPoint, "N-c.c1", new { value = "planned" });

        Assert.Equal(HttpStatusCode.OK, (await PutAsync(review, "\"1\"", "in_place")).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await PutAsync(review, "\"1\"", "not_considered")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PutAsync(review, "seven", "not_considered")).StatusCode);
    }

    [Fact]
    public async Task Saving_what_stands_changes_nothing()
    {
        await using var review = await ReviewUnderWay.StartAsync();
        await SaveAsync(review, review.FocalPoint, "N-c.c1", new { value = "planned" });
        var before = await review.SequenceAsync();

        var again = await SaveAsync(review, review.FocalPoint, "N-c.c1", new { value = "planned", version = 1 });

        Assert.Equal("\"1\"", again.Headers.ETag!.Tag);
        Assert.Equal(before, await review.SequenceAsync());
    }

    public static TheoryData<string, string, string, string> Wrong => new()
    {
        { "{\"value\":\"perfect\"}", "answer.unknown-value", "value", "" },
        { "{\"label\":\"SECRET\"}", "answer.unknown-label", "label", "" },
        { "{\"language\":\"de\"}", "answer.unknown-language", "language", "" },
        { "{\"sectors\":[\"health\"]}", "answer.no-sectors-here", "sectors", "" },
        { "{\"sectors\":[\"moon\"]}", "answer.unknown-sector", "sectors", "N-f" },
        { "{\"lastTested\":\"2999-01-01\"}", "answer.tested-in-future", "last_tested", "" },
        { "{\"value\":\"planned\",\"reason\":\"no\"}", "answer.reason-without-cause", "reason", "" },
        { "{\"practice\":\"a\\u202Eb\"}", "answer.unreadable-text", "practice", "" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public async Task A_wrong_answer_names_its_field_and_changes_nothing(string body, string code, string field, string part)
    {
        await using var review = await ReviewUnderWay.StartAsync();
        var before = await review.SequenceAsync();
        var item = part.Length == 0 ? "N-c.c1" : (await review.ItemsAsync()).First(i => i.StartsWith(part, StringComparison.Ordinal));

        using var response = await review.FocalPoint.Client.PutAsync($"{review.Api}/answers/{item}", Json(body), Cancel);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal((code, field), (problem.Text("code"), problem.Text("field")));
        Assert.Equal(before, await review.SequenceAsync());
    }

    [Theory]
    [InlineData(201, "answer.too-long")]
    [InlineData(8_001, "answer.too-many-characters")]
    public async Task An_answer_has_so_many_words_at_most(int words, string code)
    {
        await using var review = await ReviewUnderWay.StartAsync();
        var text = words > 1_000 ? new string('x', words) : string.Join(' ', Enumerable.Repeat("word", words));

        using var response = await review.FocalPoint.Client.PutAsJsonAsync($"{review.Api}/answers/N-c.c1", new { practice = text }, Cancel);

        Assert.Equal(code, (await response.Content.ReadFromJsonAsync<JsonElement>(Cancel)).Text("code"));
    }

    [Theory]
    [InlineData("{\"value\":", 400)]
    [InlineData("{\"colour\":\"red\"}", 400)]
    [InlineData("{\"practice\":\"\\u0000\"}", 400)]
    [InlineData("{\"practice\":7}", 400)]
    [InlineData("[]", 400)]
    public async Task Malformed_JSON_is_refused(string body, int status)
    {
        await using var review = await ReviewUnderWay.StartAsync();

        using var response = await review.FocalPoint.Client.PutAsync($"{review.Api}/answers/N-c.c1", Json(body), Cancel);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("N-c.c1", await review.ItemsAsync());
    }

    [Fact]
    public async Task Ten_megabytes_of_text_are_refused()
    {
        await using var review = await ReviewUnderWay.StartAsync();

        using var response = await review.FocalPoint.Client.PutAsync(
            $"{review.Api}/answers/N-c.c1", Json($"{{\"practice\":\"{new string('x', 10_000_000)}\"}}"), Cancel);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Only_the_State_writes_and_a_contributor_only_its_own_items()
    {
        await using var review = await ReviewUnderWay.StartAsync();
        var before = await review.SequenceAsync();

        Assert.Equal(("access.not-your-item", 403), await RefusedAsync(review, review.Contributor, "N-c.c1"));
        Assert.Equal(("access.not-allowed", 403), await RefusedAsync(review, review.Coordinator, "N-c.c1"));
        Assert.Equal(("access.not-allowed", 403), await RefusedAsync(review, review.Outsider, "N-c.c1"));
        Assert.Equal(("answer.unknown-item", 404), await RefusedAsync(review, review.FocalPoint, "N-z.z9"));
        Assert.Equal(("answer.unknown-item", 404), await RefusedAsync(review, review.FocalPoint, "N-a.a3"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await review.App.Visitor().PutAsJsonAsync($"{review.Api}/answers/N-c.c1", new { }, Cancel)).StatusCode);
        Assert.Equal(before, await review.SequenceAsync());
        await SaveAsync(review, review.Contributor, "N-a.a1", new { value = "planned" });
        await SaveAsync(review, review.Authority, "N-c.c1", new { value = "planned" });
    }

    [Fact]
    public async Task A_contributor_sees_its_own_items_and_nobody_else_sees_any_before_it_is_handed_in()
    {
        await using var review = await ReviewUnderWay.StartAsync();
        await SaveAsync(review, review.FocalPoint, "N-c.c1", new { value = "planned", practice = "leak-marker", label = "CLEAR" });

        var own = await ReadAsync(review.Contributor, $"{review.Api}/answers");

        Assert.Equal(ReviewUnderWay.GivenItems, own.GetProperty("items").EnumerateArray().Select(i => i.Text("item")));
        foreach (var (person, path) in new[]
        {
            (review.Contributor, "answers/N-c.c1"), (review.Contributor, "answers/N-c.c1/history"),
            (review.Coordinator, "answers"), (review.Coordinator, "answers/N-c.c1"), (review.Coordinator, "answers/N-c.c1/history"),
            (review.Coordinator, "evidence"), (review.Coordinator, "parts"), (review.Coordinator, "sign-off"),
            (review.Outsider, "answers"), (review.Outsider, "answers/N-c.c1"),
        })
        {
            using var response = await person.Client.GetAsync($"{review.Api}/{path}", Cancel);
            Assert.Equal((path, HttpStatusCode.NotFound), (path, response.StatusCode));
            Assert.DoesNotContain("leak-marker", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Nothing_is_written_while_the_review_is_suspended_or_before_it_is_acknowledged()
    {
        await using var review = await ReviewUnderWay.StartAsync();
        await review.ActAsync(review.Authority, Role.StateAuthority, work =>
            new ReviewChange().Then(new ProcessCommand.Suspend(work.Acting)));

        Assert.Equal(("review.suspended", 409), await RefusedAsync(review, review.FocalPoint, "N-c.c1"));
    }

    private static async Task<(string? Code, int Status)> RefusedAsync(ReviewUnderWay review, TestPerson person, string item)
    {
        using var response = await person.Client.PutAsJsonAsync($"{review.Api}/answers/{item}", new { value = "planned" }, Cancel);
        return ((await response.Content.ReadFromJsonAsync<JsonElement>(Cancel)).Text("code"), (int)response.StatusCode);
    }

    private static async Task<HttpResponseMessage> SaveAsync(ReviewUnderWay review, TestPerson person, string item, object answer)
    {
        var response = await person.Client.PutAsJsonAsync($"{review.Api}/answers/{item}", answer, Cancel);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancel));
        return response;
    }

    private static async Task<HttpResponseMessage> PutAsync(ReviewUnderWay review, string ifMatch, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"{review.Api}/answers/N-c.c1") { Content = JsonContent.Create(new { value }) };
        request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await review.FocalPoint.Client.SendAsync(request, Cancel);
    }

    private static Task<JsonElement> ReadAsync(TestPerson person, string path) =>
        person.Client.GetFromJsonAsync<JsonElement>(path, Cancel);

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
