using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Launch;

public sealed class LaunchTests
{
    [Fact]
    public async Task A_State_launches_and_the_coordinator_has_the_turn()
    {
        await using var app = await TestApp.StartAsync();
        var authority = await app.PersonAsync("STATE_AUTH", "KEN");
        var coordinator = await app.PersonAsync("COORD");

        var response = await authority.Client.PostAsJsonAsync("/api/v1/reviews", Notice(app), Cancel);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var receipt = await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        var review = receipt.GetProperty("review").GetGuid();
        var tasks = await app.Database.AsOwnerAsync<string>(
            "SELECT stage || ' ' || person_id FROM task WHERE review_id = @Review ORDER BY 1", new { Review = review });
        Assert.Equal([$"acknowledge {coordinator.Id}", $"appoint {authority.Id}"], tasks);
        Assert.Equal(
            ["launch_confirmed", "review_launched"],
            await app.Database.AsOwnerAsync<string>(
                "SELECT split_part(key, ':', 1) FROM outbox WHERE review_id = @Review ORDER BY 1", new { Review = review }));
        var due = (await app.Database.AsOwnerAsync<DateOnly>("SELECT day FROM deadline WHERE review_id = @Review AND stage = 'appoint'", new { Review = review }))[0];
        Assert.Contains(
            $"By: {due.ToString("d MMMM yyyy", System.Globalization.CultureInfo.InvariantCulture)}",
            (await app.LettersAsync()).Single(letter => letter.Recipient == authority.Email).Body, StringComparison.Ordinal);
    }

    public static TheoryData<string, object, string, string> Refused => new()
    {
        { "variant", "huge", "launch.unknown-variant", "variant" },
        { "process", "unknown", "launch.unknown-process", "process" },
        { "subjectKind", "regional", "launch.participants-few", "participants" },
        { "workingLanguage", "xx", "launch.unknown-language", "working_language" },
        { "items", new[] { "N-z.z9" }, "scope.unknown-item", "items" },
        { "promise", new { self_assessment = "full" }, "launch.promise-missing", "promise.clarifications" },
    };

    [Theory, MemberData(nameof(Refused))]
    public async Task A_wrong_notice_names_its_field_and_changes_nothing(string field, object value, string code, string about)
    {
        await using var app = await TestApp.StartAsync();
        var authority = await app.PersonAsync("STATE_AUTH", "KEN");
        var notice = Notice(app);
        notice[field] = value;

        var response = await authority.Client.PostAsJsonAsync("/api/v1/reviews", notice, Cancel);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal((code, about), (problem.GetProperty("code").GetString(), problem.GetProperty("field").GetString()));
        Assert.Equal([0L], await app.Database.AsOwnerAsync<long>("SELECT count(*) FROM review"));
    }

    [Fact]
    public async Task Nobody_launches_for_another_State_or_without_a_role()
    {
        await using var app = await TestApp.StartAsync();
        var other = await app.PersonAsync("STATE_AUTH", "NOR");
        var coordinator = await app.PersonAsync("COORD");

        Assert.Equal(HttpStatusCode.Forbidden, (await other.Client.PostAsJsonAsync("/api/v1/reviews", Notice(app), Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await coordinator.Client.PostAsJsonAsync("/api/v1/reviews", Notice(app), Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Visitor().PostAsJsonAsync("/api/v1/reviews", Notice(app), Cancel)).StatusCode);
        Assert.Equal([0L], await app.Database.AsOwnerAsync<long>("SELECT count(*) FROM review"));
    }

    [Fact]
    public async Task The_same_request_twice_makes_one_review()
    {
        await using var app = await TestApp.StartAsync();
        var authority = await app.PersonAsync("STATE_AUTH", "KEN");
        authority.Client.DefaultRequestHeaders.Add("Idempotency-Key", "launch-1");

        var first = await authority.Client.PostAsJsonAsync("/api/v1/reviews", Notice(app), Cancel);
        var again = await authority.Client.PostAsJsonAsync("/api/v1/reviews", Notice(app), Cancel);
        var other = Notice(app);
        other["register"] = false;
        var otherwise = await authority.Client.PostAsJsonAsync("/api/v1/reviews", other, Cancel);

        Assert.Equal(await first.Content.ReadAsStringAsync(Cancel), await again.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(HttpStatusCode.Conflict, otherwise.StatusCode);
        Assert.Equal([1L], await app.Database.AsOwnerAsync<long>("SELECT count(*) FROM review"));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static IDictionary<string, object> Notice(TestApp app) => LightReview.Notice(app, "KEN");
}
