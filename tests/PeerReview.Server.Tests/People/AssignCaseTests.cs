using System.Net;
using Xunit;

namespace PeerReview.Server.Tests.People;

public sealed class AssignCaseTests
{
    [Fact]
    public async Task Coordinator_and_deputy_are_named_and_the_self_assessment_opens()
    {
        await using var review = await CaseOfReview.StartAsync();

        using var answer = await review.AcknowledgeAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(
            ["appoint", "self_assess"],
            await review.App.Database.AsOwnerAsync<string>("SELECT stage FROM deadline WHERE review_id = @Id ORDER BY stage", new { review.Id }));
        Assert.Contains("launch_acknowledged", await review.LettersToAsync(review.Authority.Email));
        Assert.Equal(
            [2L],
            await review.App.Database.AsOwnerAsync<long>(
                "SELECT count(*) FROM role_grant WHERE review_id = @Id AND role = 'COORD' AND ended_at IS NULL", new { review.Id }));
    }

    [Fact]
    public async Task They_are_two_different_coordinators_of_the_programme()
    {
        await using var review = await CaseOfReview.StartAsync();
        var before = await review.SequenceAsync();

        using var same = await review.AcknowledgeAsync(deputy: review.Coordinator.Id);
        using var stranger = await review.AcknowledgeAsync(coordinator: review.Authority.Id);
        using var nobody = await review.Coordinator.Client.PostAsync($"{review.Api}/stages/acknowledge/complete", content: null, TestContext.Current.CancellationToken);

        Assert.Equal(("people.same-coordinator", "deputy"), await CaseOfReview.ProblemAsync(same));
        Assert.Equal(("people.unknown-coordinator", "coordinator"), await CaseOfReview.ProblemAsync(stranger));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nobody.StatusCode);
        Assert.Equal(before, await review.SequenceAsync());
    }

    [Fact]
    public async Task Nobody_else_acknowledges_and_nobody_twice()
    {
        await using var review = await CaseOfReview.StartAsync();
        var other = await review.App.PersonAsync("STATE_AUTH", "NOR");

        Assert.Equal(HttpStatusCode.Forbidden, (await review.AcknowledgeAsync(review.Authority)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await review.AcknowledgeAsync(other)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await review.AcknowledgeAsync()).StatusCode);
        var before = await review.SequenceAsync();
        using var again = await review.AcknowledgeAsync();
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal("process.already-done", (await CaseOfReview.ProblemAsync(again)).Code);
        Assert.Equal(before, await review.SequenceAsync());
    }
}
