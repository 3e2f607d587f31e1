using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.BadInput;

/// <summary>The same request twice under one <c>Idempotency-Key</c> is done once, whichever route it goes to.</summary>
public sealed class IdempotencyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Who, to which route of a review in its self-assessment, what, and what is something else.</summary>
    public static TheoryData<string, string, string, object?, object?> Writes => new()
    {
        { "focal point", "PUT", "/answers/N-a.a2", new { value = "planned" }, new { value = "in_place" } },
        { "authority", "POST", "/nominations", Contributor("one@example.org"), Contributor("two@example.org") },
        { "authority", "POST", "/urgent", new { text = "One." }, new { text = "Two." } },
        { "authority", "POST", "/suspend", new { reason = "One." }, new { reason = "Two." } },
        { "coordinator", "POST", "/stages/self_assess/extend", new { days = 5, reason = "One." }, new { days = 6, reason = "One." } },
        { "coordinator", "POST", "/pause", new { party = "subject", pauseReason = "translation", reason = "One." }, new { reason = "Two." } },
    };

    [Theory, MemberData(nameof(Writes))]
    public async Task The_same_again_is_answered_alike_and_another_under_the_key_is_refused(
        string who, string method, string path, object? body, object? other)
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);
        var client = Of(review, who).Client;

        var first = await SendAsync(client, method, review.Api + path, body, "key-1");
        var held = await app.Database.HoldingsAsync();
        var again = await SendAsync(client, method, review.Api + path, body, "key-1");
        var otherBody = await SendAsync(client, method, review.Api + path, other, "key-1");
        var otherRoute = await SendAsync(client, "POST", review.Api + "/withdraw", new { signature = LightReview.Signature(app) }, "key-1");

        Assert.True((int)first.Status is 200 or 201, first.Body);
        Assert.Equal(first, again);
        foreach (var refused in new[] { otherBody, otherRoute })
        {
            Assert.Equal(HttpStatusCode.Conflict, refused.Status);
            var problem = JsonDocument.Parse(refused.Body).RootElement;
            Assert.Equal(("request.key-used", "Idempotency-Key"), (problem.Text("code"), problem.Text("field")));
        }

        Assert.Equal(held, await app.Database.HoldingsAsync());
    }

    [Theory, MemberData(nameof(Writes))]
    public async Task Sent_eight_times_at_once_it_is_done_once(string who, string method, string path, object? body, object? other)
    {
        Assert.NotEqual(body, other);
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            SendAsync(Of(review, who).Client, method, review.Api + path, body, "key-1")));

        var answer = Assert.Single(answers.Distinct());
        Assert.True((int)answer.Status is 200 or 201, answer.Body);
        // Nothing was written after what the answer tells of.
        Assert.Equal(await review.SequenceAsync(), JsonDocument.Parse(answer.Body).RootElement.GetProperty("sequence").GetInt32());
    }

    [Fact]
    public async Task Eight_launches_at_once_under_one_key_make_one_review()
    {
        await using var app = await TestApp.StartAsync();
        var authority = await app.PersonAsync("STATE_AUTH", "KEN");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            SendAsync(authority.Client, "POST", "/api/v1/reviews", LightReview.Notice(app, "KEN"), "launch-1")));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.Status));
        Assert.Single(answers.Distinct());
        Assert.Equal([1L], await app.Database.AsOwnerAsync<long>("SELECT count(*) FROM review"));
    }

    [Fact]
    public async Task Eight_notes_at_once_under_one_key_are_one_note_and_answered_alike()
    {
        await using var app = await TestApp.StartAsync();
        var coordinator = await app.PersonAsync("COORD");
        await SendAsync(coordinator.Client, "POST", $"/api/v1/programmes/{app.Programme}/missions", new { state = "KEN", email = "mission@example.org" }, "mission-1");
        var note = new { state = "KEN", number = "NV-1", dated = DateOnly.FromDateTime(app.StartedAt.UtcDateTime), signatory = "H.E. B" };

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            SendAsync(coordinator.Client, "POST", $"/api/v1/programmes/{app.Programme}/notes-verbales", note, "note-1")));

        Assert.True((int)answers[0].Status is 200 or 201, answers[0].Body);
        Assert.Single(answers.Distinct());
        Assert.Equal([1L], await app.Database.AsOwnerAsync<long>("SELECT count(*) FROM note_verbale"));
    }

    public static TheoryData<string> NoKeys => ["", new string('k', 201), "two words", "tab\tinside"];

    [Theory, MemberData(nameof(NoKeys))]
    public async Task What_is_no_key_is_refused_by_name_and_changes_nothing(string key)
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);
        var before = await app.Database.HoldingsAsync();

        var answer = await SendAsync(review.Authority.Client, "POST", review.Api + "/suspend", new { reason = "One." }, key);

        Assert.True((int)answer.Status is 422 or 400, answer.Body);
        Assert.Contains("Idempotency-Key", answer.Body, StringComparison.Ordinal);
        Assert.Equal(before, await app.Database.HoldingsAsync());
    }

    [Fact]
    public async Task The_key_of_one_person_is_nothing_to_another()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);

        var one = await SendAsync(review.Authority.Client, "POST", review.Api + "/urgent", new { text = "One." }, "key-1");
        var two = await SendAsync(review.Coordinator.Client, "POST", review.Api + "/urgent", new { text = "Two." }, "key-1");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (one.Status, two.Status));
        Assert.NotEqual(one.Body, two.Body);
    }

    private static object Contributor(string email) => new { role = "STATE_CONTRIB", name = "A Name", email, office = "Ministry", items = new[] { "N-a.a2" } };

    private static TestPerson Of(ReviewAt review, string who) => who switch
    {
        "focal point" => review.FocalPoint,
        "coordinator" => review.Coordinator,
        _ => review.Authority,
    };

    private static async Task<(HttpStatusCode Status, string Body)> SendAsync(
        HttpClient client, string method, string path, object? body, string key)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        using var answer = await client.SendAsync(request, Cancel);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel));
    }
}
