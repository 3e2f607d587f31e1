using System.Net;
using PeerReview.Server.Tests.Web;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.SeeAs;

public sealed class SeeAsTests
{
    [Fact]
    public async Task A_focal_point_sees_what_the_public_sees_changes_nothing_and_comes_back()
    {
        await using var review = await ReviewUnderWay.StartAsync();
        using var browser = await review.App.BrowseAsync(review.FocalPoint);
        var (home, item) = ($"/reviews/{review.Id}", $"/reviews/{review.Id}/assessment/N-c.c1");
        await browser.ReadAsync(item);
        using var saved = await browser.SubmitAsync(item, ("version", "0"), ("value", "planned"), ("practice", "MARKER-RED"), ("label", "RED"), ("language", "en"));
        await browser.ReadAsync(home);

        using var began = await browser.SubmitAsync($"{home}/see-as", ("role", "PUBLIC"));
        var (status, seen) = await browser.ReadAsync(home);
        var (hidden, body) = await browser.ReadAsync(item);
        using var refused = await browser.SubmitAsync(item, ("version", "1"), ("value", "in_place"), ("practice", "CHANGED"), ("label", "RED"), ("language", "en"));
        using var elsewhere = await browser.SubmitAsync("/account", ("name", "Somebody"), ("office", ""), ("language", "en"), ("timeZone", "UTC"));

        Assert.Equal(home, began.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("You see this review as: the public", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("Self-assessment</a>", seen, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, hidden);
        Assert.DoesNotContain("MARKER-RED", body, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (refused.StatusCode, elsewhere.StatusCode));

        await browser.ReadAsync(home);
        using var ended = await browser.SubmitAsync("/see-as/end");
        var (_, again) = await browser.ReadAsync(item);

        Assert.Equal(home, ended.Headers.Location?.ToString());
        Assert.Contains("MARKER-RED", again, StringComparison.Ordinal);
        Assert.Equal([1L], await review.App.Database.AsOwnerAsync<long>("SELECT count(*) FROM event WHERE kind = 'seen_as'"));
        Assert.Equal([1L], await review.App.Database.AsOwnerAsync<long>("SELECT max(version)::bigint FROM writing WHERE key = 'N-c.c1'"));
    }

    [Fact]
    public async Task A_coordinator_with_the_eyes_of_the_subject_sees_no_draft_beyond_the_own_sight()
    {
        await using var review = await ReviewUnderWay.StartAsync();
        using var browser = await review.App.BrowseAsync(review.Coordinator);
        await browser.ReadAsync($"/reviews/{review.Id}");

        using var began = await browser.SubmitAsync($"/reviews/{review.Id}/see-as", ("role", "STATE_FP"));
        var (status, _) = await browser.ReadAsync($"/reviews/{review.Id}/assessment/N-c.c1");

        Assert.Equal(HttpStatusCode.SeeOther, began.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, status);
    }

    [Fact]
    public async Task A_contributor_and_an_unknown_viewpoint_are_refused()
    {
        await using var review = await ReviewUnderWay.StartAsync();
        using var contributor = await review.App.BrowseAsync(review.Contributor);
        using var focalPoint = await review.App.BrowseAsync(review.FocalPoint);
        await contributor.ReadAsync($"/reviews/{review.Id}/assessment");
        await focalPoint.ReadAsync($"/reviews/{review.Id}");

        using var notAllowed = await contributor.SubmitAsync($"/reviews/{review.Id}/see-as", ("role", "PUBLIC"));
        using var unknown = await focalPoint.SubmitAsync($"/reviews/{review.Id}/see-as", ("role", "COORD"));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.UnprocessableEntity), (notAllowed.StatusCode, unknown.StatusCode));
        Assert.Equal([0L], await review.App.Database.AsOwnerAsync<long>("SELECT count(*) FROM event WHERE kind = 'seen_as'"));
    }

    [Fact]
    public async Task It_ends_with_the_session()
    {
        await using var review = await ReviewUnderWay.StartAsync();
        using var first = await review.App.BrowseAsync(review.FocalPoint);
        await first.ReadAsync($"/reviews/{review.Id}");
        using var began = await first.SubmitAsync($"/reviews/{review.Id}/see-as", ("role", "PUBLIC"));

        using var second = await review.App.BrowseAsync(review.FocalPoint);
        var (_, own) = await second.ReadAsync($"/reviews/{review.Id}");

        Assert.DoesNotContain("You see this review as", own, StringComparison.Ordinal);
    }
}
