using System.Net;
using PeerReview.Server.Tests.Web;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.BadInput;

/// <summary>What may not be seen does not exist: every route of a review, asked by people it does not know.</summary>
public sealed class StrangerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task For_people_of_another_programme_a_review_is_as_if_it_were_not_there()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.DecidingAsync(app);
        var stranger = await StrangerAsync(app);
        var before = await app.Database.HoldingsAsync();

        foreach (var route in app.Routes().OfReviews().Where(route => route.IsApi))
        {
            var none = Guid.CreateVersion7();
            var there = await SendAsync(stranger.Client, route, review.Id);
            var absent = await SendAsync(stranger.Client, route, none);
            Assert.Equal((route, HttpStatusCode.NotFound), (route, there.Status));
            Assert.Equal(
                (route, absent.Status, absent.Body.Replace(none.ToString(), "", StringComparison.Ordinal)),
                (route, there.Status, there.Body.Replace(review.Id.ToString(), "", StringComparison.Ordinal)));
        }

        Assert.Equal(before, await app.Database.HoldingsAsync());
    }

    [Fact]
    public async Task The_same_on_every_page_and_form()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.DecidingAsync(app);
        using var pages = await Pages.OfAsync(app, await StrangerAsync(app));
        await pages.ReadAsync("/account");
        var before = await app.Database.HoldingsAsync();

        foreach (var route in app.Routes().OfReviews().Where(route => !route.IsApi))
        {
            var status = route.Writes
                ? (await pages.SubmitAsync(route.With(review.Id))).Status
                : (await pages.ReadAsync(route.With(review.Id))).Status;
            Assert.Equal((route, HttpStatusCode.NotFound), (route, status));
        }

        Assert.Equal(before, await app.Database.HoldingsAsync());
    }

    [Fact]
    public async Task Another_State_of_the_programme_reads_how_it_stands_and_nothing_else_and_changes_nothing()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.DecidingAsync(app);
        using var pages = await Pages.OfAsync(app, review.Other);
        await pages.ReadAsync("/account");
        var before = await app.Database.HoldingsAsync();

        var open = new List<string>();
        foreach (var route in app.Routes().OfReviews())
        {
            var status = route.IsApi ? (await SendAsync(review.Other.Client, route, review.Id)).Status
                : route.Writes ? (await pages.SubmitAsync(route.With(review.Id))).Status
                : (await pages.ReadAsync(route.With(review.Id))).Status;
            if (!route.Writes && status != HttpStatusCode.NotFound)
                open.Add($"{(int)status} {route.Pattern}");
            else if (route.Writes)
                Assert.True(status is HttpStatusCode.NotFound or HttpStatusCode.Forbidden, $"{route}: {status}");
        }

        Assert.Equal(
            ["200 /api/v1/reviews/{review:guid}", "200 /api/v1/reviews/{review:guid}/forecast", "200 /reviews/{review:guid}"], open);
        Assert.Equal(before, await app.Database.HoldingsAsync());
    }

    [Fact]
    public async Task A_visitor_is_asked_to_sign_in_before_anything_is_looked_for()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.LaunchAsync(app);
        using var visitor = app.Visitor();
        using var expired = app.Visitor();
        expired.DefaultRequestHeaders.Authorization = new("Bearer", new string('a', 43));

        // The register is everybody's.
        foreach (var route in app.Routes().OfReviews().Where(route => route.IsApi && !route.Pattern.StartsWith("/api/v1/register/", StringComparison.Ordinal)))
        {
            foreach (var client in new[] { visitor, expired })
                Assert.Equal((route, HttpStatusCode.Unauthorized), (route, (await SendAsync(client, route, review.Id)).Status));
        }
    }

    private static async Task<(HttpStatusCode Status, string Body)> SendAsync(HttpClient client, ProgramRoute route, Guid review)
    {
        using var request = new HttpRequestMessage(new HttpMethod(route.Method), route.With(review));
        request.Content = route.Writes ? Requests.To(route) : null;
        using var answer = await client.SendAsync(request, Cancel);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel));
    }

    /// <summary>Speaks for a State in a programme that has nothing to do with this one.</summary>
    private static async Task<TestPerson> StrangerAsync(TestApp app)
    {
        var person = await app.PersonAsync("STATE_AUTH", "FRA", "Stranger");
        await app.Database.AsOwnerAsync(
            """
            INSERT INTO programme (id, slug, name, created_at) VALUES (@Other, 'other', 'Other programme', app.clock());
            UPDATE role_grant SET programme_id = @Other WHERE person_id = @Id
            """,
            new { Other = Guid.CreateVersion7(), person.Id });
        return person;
    }
}
