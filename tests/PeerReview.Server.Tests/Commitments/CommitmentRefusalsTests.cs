using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;
using static PeerReview.Server.Tests.Commitments.CommitmentsTests;

namespace PeerReview.Server.Tests.Commitments;

/// <summary>Commitments, good practices and summaries that are wrong or come at a wrong time.</summary>
public sealed class CommitmentRefusalsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string> Wrong => new()
    {
        { "title", "\"\"", "commitment.title" },
        { "items", "[\"N-z.z9\"]", "commitment.item-unknown" },
        { "items", "[null]", "commitment.item-unknown" },
        { "lenses", "[]", "commitment.lenses" },
        { "lenses", "[\"power\"]", "commitment.lens-unknown" },
        { "outcomes", "[\"closed\"]", "commitment.outcome-unknown" },
        { "level", "\"cosmic\"", "commitment.level" },
        { "actionType", "\"attack\"", "commitment.action-type" },
        { "threatKind", "\"State X\"", "commitment.threat-kind" },
        { "rightsConsidered", "false", "commitment.rights" },
        { "urgency", "\"yesterday\"", "commitment.urgency" },
        { "owner", "\" \"", "commitment.owner" },
        { "due", "\"2001-01-01\"", "commitment.due-past" },
        { "indicator", "\"\"", "commitment.indicator" },
        { "helpNeeded", "null", "commitment.help-unsaid" },
        { "title", "\"a\\u202eb\"", "follow-up.unreadable" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public async Task A_wrong_field_is_named_and_nothing_is_kept(string field, string json, string code)
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);
        var before = await review.SequenceAsync();
        var content = LightReview.Commitment();
        content[field] = JsonSerializer.Deserialize<JsonElement>(json);

        var answer = await review.FocalPoint.Client.PostAsJsonAsync($"{review.Api}/actions", Request(content), Cancel);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal(before, await review.SequenceAsync());
    }

    [Fact]
    public async Task Labels_languages_and_bodies_that_are_none_are_refused()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);
        var before = await review.SequenceAsync();
        var client = review.FocalPoint.Client;

        foreach (var (request, code) in new[]
        {
            (Request(LightReview.Commitment(), "PURPLE"), "writing.unknown-label"), (Request(LightReview.Commitment(), language: "tlh"), "writing.unknown-language"),
        })
        {
            var answer = await client.PostAsJsonAsync($"{review.Api}/actions", request, Cancel);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            Assert.Equal(code, (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString());
        }

        foreach (var body in new[] { "", "{", "[]", "{\"content\":null}", "{\"content\":{\"title\":\"a\",\"colour\":\"red\"}}", "{\"content\":{\"title\":3}}" })
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsync($"{review.Api}/actions", content, Cancel)).StatusCode);
        }

        Assert.Equal(before, await review.SequenceAsync());
    }

    [Fact]
    public async Task Not_before_the_self_assessment_not_while_suspended_not_after_the_decision()
    {
        await using var app = await TestApp.StartAsync();
        var early = await ReviewAt.LaunchAsync(app, "NOR");
        Assert.Equal("process.too-early", await CodeAsync(early, early.Authority));

        var review = await ReviewAt.DecidingAsync(app);
        Assert.Null(await CodeAsync(review, review.FocalPoint));
        await review.Authority.Client.PostAsJsonAsync($"{review.Api}/suspend", new { reason = "A test." }, Cancel);
        Assert.Equal("review.suspended", await CodeAsync(review, review.FocalPoint));

        async Task<string?> CodeAsync(ReviewAt at, TestPerson person)
        {
            var before = await at.SequenceAsync();
            var answer = await person.Client.PostAsJsonAsync($"{at.Api}/actions", Request(LightReview.Commitment()), Cancel);
            if (answer.StatusCode == HttpStatusCode.Created)
                return null;
            Assert.Equal((HttpStatusCode.Conflict, before), (answer.StatusCode, await at.SequenceAsync()));
            return (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString();
        }
    }
}
