using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Server.Tests.Web;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.People;

/// <summary>A request reads the roles in the review it is about, and one of each kind elsewhere: none is missed by that.</summary>
public sealed class RolesInManyReviewsTests
{
    [Fact]
    public async Task Who_leads_several_reviews_leads_each_of_them_and_no_other()
    {
        await using var app = await TestApp.StartAsync();
        ReviewAt[] reviews = [await ReviewAt.AssessingAsync(app), await ReviewAt.AssessingAsync(app, "FJI"), await ReviewAt.AssessingAsync(app, "EST")];
        var other = await ReviewAt.AssessingAsync(app, "PER");
        var leader = reviews[0].FocalPoint;
        foreach (var review in reviews[1..])
            await GiveAsync(app, leader, "STATE_ALT", review.Id);

        using var pages = await Pages.OfAsync(app, leader);
        foreach (var review in reviews)
            Assert.Contains("<textarea", (await pages.ReadAsync($"/reviews/{review.Id}/assessment/N-a.a2")).Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await pages.ReadAsync($"/reviews/{other.Id}/assessment/N-a.a2")).Status);

        var home = (await pages.ReadAsync("/")).Html;
        var listed = await ListAsync(leader, "/api/v1/reviews");
        Assert.All(reviews, review => Assert.Contains($"/reviews/{review.Id}", home, StringComparison.Ordinal));
        Assert.Equal(reviews.Select(review => review.Id).Order(), listed.Order());
        Assert.Equal([other.Id, .. reviews[1..].Select(review => review.Id).Reverse()], (await ListAsync(reviews[0].Head, "/api/v1/reviews"))[..3]);
        foreach (var review in reviews)
        {
            var found = (await pages.ReadAsync("/find?q=N-a.a2")).Html;
            Assert.Contains($"/reviews/{review.Id}/assessment/N-a.a2", found, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Their_own_account_lists_every_role()
    {
        await using var app = await TestApp.StartAsync();
        ReviewAt[] reviews = [await ReviewAt.AssessingAsync(app), await ReviewAt.AssessingAsync(app, "FJI"), await ReviewAt.AssessingAsync(app, "EST")];
        var leader = reviews[0].FocalPoint;
        foreach (var review in reviews[1..])
            await GiveAsync(app, leader, "STATE_ALT", review.Id);

        var me = await leader.Client.GetFromJsonAsync<JsonElement>("/api/v1/me", TestContext.Current.CancellationToken);

        Assert.Equal(
            reviews.Select(review => review.Id).Order(),
            me.GetProperty("roles").EnumerateArray().Select(role => role.GetProperty("review").GetGuid()).Order());
    }

    [Fact]
    public async Task A_role_that_ended_is_ended_at_once_whatever_others_are_held()
    {
        await using var app = await TestApp.StartAsync();
        ReviewAt[] reviews = [await ReviewAt.AssessingAsync(app), await ReviewAt.AssessingAsync(app, "FJI")];
        var leader = reviews[0].FocalPoint;
        await GiveAsync(app, leader, "STATE_FP", reviews[1].Id);
        await app.Database.AsOwnerAsync(
            "UPDATE role_grant SET ended_at = app.clock() WHERE person_id = @Person AND review_id = @Review",
            new { Person = leader.Id, Review = reviews[0].Id });
        using var pages = await Pages.OfAsync(app, leader);

        Assert.Equal(HttpStatusCode.NotFound, (await pages.ReadAsync($"/reviews/{reviews[0].Id}/assessment/N-a.a2")).Status);
        Assert.Equal(HttpStatusCode.OK, (await pages.ReadAsync($"/reviews/{reviews[1].Id}/assessment/N-a.a2")).Status);
    }

    [Fact]
    public async Task Every_route_of_a_review_says_so_by_the_name_that_is_looked_for()
    {
        await using var app = await TestApp.StartAsync();

        Assert.DoesNotContain(app.Routes(), route => route.Pattern.Contains("/reviews/{", StringComparison.Ordinal)
            && !route.Pattern.Contains("/reviews/{review:guid}", StringComparison.Ordinal));
    }

    private static Task GiveAsync(TestApp app, TestPerson person, string role, Guid review) => app.Database.AsOwnerAsync(
        """
        INSERT INTO role_grant (id, programme_id, person_id, role, state, review_id, granted_at)
        SELECT @Id, programme_id, @Person, @Role, subject_state, id, app.clock() FROM review WHERE id = @Review
        """,
        new { Id = Guid.CreateVersion7(), Person = person.Id, Role = role, Review = review });

    private static async Task<List<Guid>> ListAsync(TestPerson person, string path)
    {
        var list = await person.Client.GetFromJsonAsync<JsonElement>(path, TestContext.Current.CancellationToken);
        return [.. list.GetProperty("items").EnumerateArray().Select(line => line.GetProperty("id").GetGuid())];
    }
}
