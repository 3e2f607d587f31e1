using System.Net;
using System.Net.Http.Json;
using PeerReview.Server.Tests.Web;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Assessment;

public sealed class AssessmentPagesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_list_shows_progress_and_what_is_missing_to_each_their_own()
    {
        await using var review = await ReviewUnderWay.StartAsync();
        using var focalPoint = await review.App.BrowseAsync(review.FocalPoint);
        using var contributor = await review.App.BrowseAsync(review.Contributor);
        using var coordinator = await review.App.BrowseAsync(review.Coordinator);

        var (_, all) = await focalPoint.ReadAsync(Home(review));
        var (_, own) = await contributor.ReadAsync(Home(review));

        Assert.Contains("0 of 21 done", all, StringComparison.Ordinal);
        Assert.Contains("0 of 2 done", own, StringComparison.Ordinal);
        Assert.Contains("N-c.c1", all, StringComparison.Ordinal);
        Assert.DoesNotContain("N-c.c1", own, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await coordinator.ReadAsync(Home(review))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await coordinator.ReadAsync($"{Home(review)}/N-c.c1")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await contributor.ReadAsync($"{Home(review)}/N-c.c1")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await contributor.ReadAsync($"/reviews/{review.Id}/sign-off")).Status);
    }

    [Fact]
    public async Task An_item_is_answered_on_its_page_and_a_refused_form_keeps_what_was_typed()
    {
        await using var review = await ReviewUnderWay.StartAsync();
        using var browser = await review.App.BrowseAsync(review.FocalPoint);
        await browser.ReadAsync($"{Home(review)}/N-c.c1");

        using var refused = await browser.SubmitAsync(
            $"{Home(review)}/N-c.c1", ("version", "0"), ("value", "planned"), ("practice", "Typed & kept"), ("label", "AMBER"), ("language", "en"), ("last_tested", "yesterday"));
        var again = await Browser.BodyAsync(refused);
        using var saved = await browser.SubmitAsync(
            $"{Home(review)}/N-c.c1", ("version", "0"), ("value", "planned"), ("practice", "Typed & kept"), ("label", "AMBER"), ("language", "en"), ("then", "N-d.d1"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("Typed &amp; kept", again, StringComparison.Ordinal);
        Assert.Contains("href=\"#f-last_tested\"", again, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.SeeOther, $"{Home(review)}/N-d.d1"), (saved.StatusCode, saved.Headers.Location?.ToString()));
        Assert.Contains("Typed &amp; kept", (await browser.ReadAsync($"{Home(review)}/N-c.c1")).Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.ReadAsync($"{Home(review)}/N-c.c1?version=2")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.ReadAsync($"{Home(review)}/N-z.z1")).Status);
    }

    [Fact]
    public async Task Not_applicable_without_a_reason_is_saved_and_the_page_asks_for_it()
    {
        await using var review = await ReviewUnderWay.StartAsync();
        using var browser = await review.App.BrowseAsync(review.FocalPoint);
        var path = $"{Home(review)}/N-c.c1";
        await browser.ReadAsync(path);

        using var bare = await browser.SubmitAsync(path, ("version", "0"), ("value", "not_applicable"), ("label", "AMBER"), ("language", "en"));
        var (_, asked) = await browser.ReadAsync(path);
        using var explained = await browser.SubmitAsync(
            path, ("version", "1"), ("value", "not_applicable"), ("reason", "No such body."), ("label", "AMBER"), ("language", "en"));
        var (_, done) = await browser.ReadAsync(path);

        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (bare.StatusCode, explained.StatusCode));
        Assert.Contains("<a href=\"#f-reason\">Say why this does not apply.", asked, StringComparison.Ordinal);
        Assert.DoesNotContain("Say why this does not apply.", done, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stale_form_comes_back_with_base_theirs_and_mine_and_can_then_be_saved()
    {
        await using var review = await ReviewUnderWay.StartAsync();
        await PutAsync(review, "The base text", 0);
        using var browser = await review.App.BrowseAsync(review.FocalPoint);
        await browser.ReadAsync($"{Home(review)}/N-c.c1");
        await PutAsync(review, "Their text", 1);

        using var stale = await browser.SubmitAsync(
            $"{Home(review)}/N-c.c1", ("version", "1"), ("value", "in_place"), ("practice", "My text"), ("label", "GREEN"), ("language", "en"));
        var page = await Browser.BodyAsync(stale);
        using var merged = await browser.SubmitAsync(
            $"{Home(review)}/N-c.c1", ("version", "2"), ("value", "in_place"), ("practice", "My text"), ("label", "GREEN"), ("language", "en"));

        Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
        Assert.All(["The base text", "Their text", "My text", "Alternate"], text => Assert.Contains(text, page, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.SeeOther, merged.StatusCode);
        var (_, history) = await browser.ReadAsync($"{Home(review)}/N-c.c1?version=2");
        Assert.Contains("Their text", history, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_added_and_removed_on_the_page()
    {
        await using var review = await ReviewUnderWay.StartAsync();
        using var browser = await review.App.BrowseAsync(review.FocalPoint);
        await browser.ReadAsync($"{Home(review)}/N-c.c1");

        using var wrong = await browser.SendFileAsync($"{Home(review)}/N-c.c1/evidence", "no pdf"u8.ToArray());
        using var empty = await browser.SubmitAsync($"{Home(review)}/N-c.c1/evidence", ("file_label", "AMBER"));
        using var added = await SendAsync(browser, review);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);
        Assert.Contains("#f-file", await Browser.BodyAsync(empty), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, added.StatusCode);
        var file = (await review.App.Database.AsOwnerAsync<Guid>("SELECT id FROM file")).Single();
        Assert.Contains("Remove evidence.pdf?", (await browser.ReadAsync($"/reviews/{review.Id}/evidence/{file}/removal")).Html, StringComparison.Ordinal);
        using var removed = await browser.SubmitAsync($"/reviews/{review.Id}/evidence/{file}/removal");
        Assert.Equal(HttpStatusCode.SeeOther, removed.StatusCode);
    }

    [Fact]
    public async Task The_State_signs_on_the_page_of_signatures()
    {
        await using var review = await ReviewUnderWay.StartAsync(withContributor: false);
        await review.AnswerAllAsync();
        using var focalPoint = await review.App.BrowseAsync(review.FocalPoint);
        using var authority = await review.App.BrowseAsync(review.Authority);

        var hash = await HashOnPageAsync(focalPoint, review);
        using var undeclared = await SignAsync(focalPoint, review, hash, declares: false);
        using var signed = await SignAsync(focalPoint, review, hash);
        await HashOnPageAsync(authority, review);
        using var handedIn = await SignAsync(authority, review, hash, declares: false);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, undeclared.StatusCode);
        Assert.Contains("#f-signature-nothing_classified", await Browser.BodyAsync(undeclared), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (signed.StatusCode, handedIn.StatusCode));
        Assert.Contains("handed in", (await authority.ReadAsync($"/reviews/{review.Id}/sign-off")).Html, StringComparison.Ordinal);
        Assert.Equal(["complete"], await review.OpenStagesAsync());
    }

    [Fact]
    public async Task All_answers_are_chosen_on_one_page_and_what_somebody_saved_meanwhile_is_not_overwritten()
    {
        await using var review = await ReviewUnderWay.StartAsync();
        using var browser = await review.App.BrowseAsync(review.FocalPoint);
        await PutAsync(review, "The base text", 0);
        var (_, page) = await browser.ReadAsync(Values(review));

        using var saved = await browser.SubmitAsync(Values(review), [.. Chosen("N-c.c1", "in_place", "planned", 1), .. Chosen("N-d.d1", "planned", "", 0)]);
        using var stale = await browser.SubmitAsync(Values(review), [.. Chosen("N-c.c1", "not_considered", "planned", 1), .. Chosen("N-d.d2", "planned", "", 0)]);
        var asked = await Browser.BodyAsync(stale);
        var (_, first) = await browser.ReadAsync($"{Home(review)}/N-c.c1");
        var (_, untouched) = await browser.ReadAsync($"{Home(review)}/N-d.d2");

        Assert.Contains("name=\"value.N-c.c1\"", page, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.Conflict), (saved.StatusCode, stale.StatusCode));
        Assert.Contains("It says now: In place", asked, StringComparison.Ordinal);
        Assert.Contains("The base text", first, StringComparison.Ordinal);
        Assert.Contains("value=\"in_place\" checked", first, StringComparison.Ordinal);
        Assert.DoesNotContain(" checked>", untouched.Split("name=\"label\"")[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_contributor_chooses_only_for_the_items_asked_of_them()
    {
        await using var review = await ReviewUnderWay.StartAsync();
        using var contributor = await review.App.BrowseAsync(review.Contributor);
        using var coordinator = await review.App.BrowseAsync(review.Coordinator);

        var (_, page) = await contributor.ReadAsync(Values(review));
        using var foreign = await contributor.SubmitAsync(Values(review), Chosen("N-c.c1", "planned", "", 0));
        var (status, _) = await coordinator.ReadAsync(Values(review));

        Assert.DoesNotContain("N-c.c1", page, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (foreign.StatusCode, status));
    }

    private static string Values(ReviewUnderWay review) => $"/reviews/{review.Id}/values";

    private static (string, string)[] Chosen(string item, string value, string shown, int version) =>
        [($"value.{item}", value), ($"shown.{item}", shown), ($"version.{item}", $"{version}")];

    private static string Home(ReviewUnderWay review) => $"/reviews/{review.Id}/assessment";

    private static async Task<string> HashOnPageAsync(Browser browser, ReviewUnderWay review)
    {
        var (_, html) = await browser.ReadAsync($"/reviews/{review.Id}/sign-off");
        var at = html.IndexOf("name=\"content_hash\" value=\"", StringComparison.Ordinal) + "name=\"content_hash\" value=\"".Length;
        return html.Substring(at, 64);
    }

    private static Task<HttpResponseMessage> SignAsync(Browser browser, ReviewUnderWay review, string hash, bool declares = true) =>
        browser.SubmitAsync(
            $"/reviews/{review.Id}/sign-off",
            [
                ("content_hash", hash), ("signature.name", "A. Signatory"), ("signature.office", "Director"),
                ("signature.day", review.App.StartedAt.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)),
                .. declares ? [("signature.nothing_classified", "on")] : Array.Empty<(string, string)>(),
            ]);

    private static async Task PutAsync(ReviewUnderWay review, string practice, int version)
    {
        using var response = await review.Alternate.Client.PutAsJsonAsync(
            $"{review.Api}/answers/N-c.c1", new { value = "planned", practice, version }, Cancel);
        response.EnsureSuccessStatusCode();
    }

    private static Task<HttpResponseMessage> SendAsync(Browser browser, ReviewUnderWay review) => browser.SendAsync(
        HttpMethod.Post,
        $"{Home(review)}/N-c.c1/evidence",
        new MultipartFormDataContent
        {
            { new StringContent(browser.FormToken), "__RequestVerificationToken" },
            { new StringContent("AMBER"), "file_label" },
            { new ByteArrayContent("%PDF-1.7 x"u8.ToArray()), "file", "evidence.pdf" },
        });
}
