using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Assessment;

public sealed class SignOffTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Contributor_focal_point_and_authority_sign_in_turn_and_hand_it_in()
    {
        await using var review = await ReviewUnderWay.StartAsync();
        await review.AnswerAllAsync();

        Assert.Equal("sign-off.part-not-validated", await RefusedAsync(await review.SignAsync(review.FocalPoint)));
        Assert.True((await review.Contributor.Client.PostAsync($"{review.Api}/parts/validation", null, Cancel)).IsSuccessStatusCode);
        Assert.Equal("assessment.part-validated", await RefusedAsync(await review.Contributor.Client.PostAsync($"{review.Api}/parts/validation", null, Cancel)));
        Assert.Equal("sign-off.focal-point-first", await RefusedAsync(await review.SignAsync(review.Authority)));
        Assert.True((await review.SignAsync(review.FocalPoint)).IsSuccessStatusCode);
        Assert.Equal("sign-off.signed", await RefusedAsync(await review.SignAsync(review.Alternate)));
        Assert.Equal(["self_assess"], await review.OpenStagesAsync());
        Assert.True((await review.SignAsync(review.Authority)).IsSuccessStatusCode);

        Assert.Equal(["complete"], await review.OpenStagesAsync());
        Assert.Equal("assessment.submitted", await RefusedAsync(await review.SignAsync(review.FocalPoint)));
        var letters = await review.LettersAsync();
        Assert.Contains("your_turn_self_assess_auth to Authority", letters);
        Assert.Equal(["your_turn_complete to Coordinator", "your_turn_complete to Deputy"], letters.Where(l => l.StartsWith("your_turn_complete", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        var page = await review.Authority.Client.GetFromJsonAsync<JsonElement>($"{review.Api}/sign-off", Cancel);
        Assert.Equal(["STATE_FP", "STATE_AUTH"], page.GetProperty("signatures").EnumerateArray().Select(s => s.Text("role")));
    }

    [Fact]
    public async Task Whoever_leads_is_told_once_when_a_contributor_has_finished_and_reads_it_at_home()
    {
        await using var review = await ReviewUnderWay.StartAsync();
        await review.AnswerAllAsync();
        Assert.Contains("Contributors who have finished: 0 of 1.", await WhatAsync(review), StringComparison.Ordinal);

        for (var i = 0; i < 2; i++)
            await review.Contributor.Client.PostAsync($"{review.Api}/parts/validation", null, Cancel);

        Assert.Equal(
            ["contributor_finished to Alternate", "contributor_finished to Focal"],
            (await review.LettersAsync()).Where(l => l.StartsWith("contributor_finished", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        var letter = (await review.App.LettersAsync()).Last(l => l.Recipient == review.FocalPoint.Email);
        Assert.Contains("Finished so far: 1 of 1.", letter.Body, StringComparison.Ordinal);
        Assert.Contains($"/reviews/{review.Id}/assessment\n", letter.Body.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("Contributors who have finished: 1 of 1.", await WhatAsync(review), StringComparison.Ordinal);
    }

    private static async Task<string> WhatAsync(ReviewUnderWay review) =>
        (await review.FocalPoint.Client.GetFromJsonAsync<JsonElement>("/api/v1/tasks", Cancel)).GetProperty("items")[0].Text("what")!;

    [Fact]
    public async Task Whoever_changes_an_answer_after_signing_gets_no_letter_about_it()
    {
        await using var review = await ReviewUnderWay.StartAsync(withContributor: false);
        await review.AnswerAllAsync();
        (await review.SignAsync(review.FocalPoint)).EnsureSuccessStatusCode();
        var before = await review.LettersAsync();

        await SaveAsync(review, review.FocalPoint, "N-a.a1");

        Assert.Equal(["your_turn_self_assess_fp to Alternate"], (await review.LettersAsync()).Skip(before.Count));
    }

    [Fact]
    public async Task A_change_after_a_signature_takes_it_away_and_both_sign_again()
    {
        await using var review = await ReviewUnderWay.StartAsync();
        await review.AnswerAllAsync();
        await review.Contributor.Client.PostAsync($"{review.Api}/parts/validation", null, Cancel);
        (await review.SignAsync(review.FocalPoint)).EnsureSuccessStatusCode();
        var shown = await HashAsync(review, review.Authority);

        await SaveAsync(review, review.Contributor, "N-a.a1");

        Assert.Equal("sign-off.changed-since", await RefusedAsync(await SignHashAsync(review, review.Authority, shown)));
        Assert.Equal("sign-off.focal-point-first", await RefusedAsync(await review.SignAsync(review.Authority)));
        Assert.Equal("sign-off.part-not-validated", await RefusedAsync(await review.SignAsync(review.FocalPoint)));
        await review.Contributor.Client.PostAsync($"{review.Api}/parts/validation", null, Cancel);
        Assert.True((await review.SignAsync(review.Alternate)).IsSuccessStatusCode);
        Assert.True((await review.SignAsync(review.Authority)).IsSuccessStatusCode);
        Assert.Equal(["complete"], await review.OpenStagesAsync());
        Assert.Equal(
            [1, 2],
            await review.App.Database.AsOwnerAsync<int>("SELECT version FROM writing WHERE kind = 'signature' AND key = 'self_assess:STATE_FP' ORDER BY 1"));
    }

    [Fact]
    public async Task Nobody_signs_what_is_incomplete_undeclared_unseen_or_without_name()
    {
        await using var review = await ReviewUnderWay.StartAsync(withContributor: false);
        Assert.Equal("sign-off.incomplete", await RefusedAsync(await review.SignAsync(review.FocalPoint)));
        await review.AnswerAllAsync();
        var hash = await HashAsync(review, review.FocalPoint);
        var before = await review.SequenceAsync();

        Assert.Equal("sign-off.declaration-missing", await RefusedAsync(await SignHashAsync(review, review.FocalPoint, hash, s => s["nothingClassified"] = false)));
        Assert.Equal("sign-off.hash-missing", await RefusedAsync(await SignHashAsync(review, review.FocalPoint, null)));
        Assert.Equal("sign-off.changed-since", await RefusedAsync(await SignHashAsync(review, review.FocalPoint, new string('0', 64))));
        Assert.Equal("signature.name", await RefusedAsync(await SignHashAsync(review, review.FocalPoint, hash, s => s["name"] = " ")));
        Assert.Equal("signature.day-out-of-range", await RefusedAsync(await SignHashAsync(review, review.FocalPoint, hash, s => s["day"] = "2001-01-01")));
        Assert.Equal("request.json", await RefusedAsync(await review.FocalPoint.Client.PostAsJsonAsync($"{review.Api}/stages/self_assess/complete", new { hush = 1 }, Cancel)));
        Assert.Equal(before, await review.SequenceAsync());
    }

    [Fact]
    public async Task Only_the_State_signs_and_only_its_own_people_see_the_signatures()
    {
        await using var review = await ReviewUnderWay.StartAsync();
        await review.AnswerAllAsync();
        var hash = await HashAsync(review, review.FocalPoint);

        foreach (var person in new[] { review.Contributor, review.Coordinator, review.Outsider })
        {
            Assert.Equal("access.not-allowed", await RefusedAsync(await SignHashAsync(review, person, hash)));
            Assert.Equal(HttpStatusCode.NotFound, (await person.Client.GetAsync($"{review.Api}/sign-off", Cancel)).StatusCode);
        }
    }

    [Fact]
    public async Task Who_could_sign_is_told_whose_part_is_not_declared_finished()
    {
        await using var review = await ReviewUnderWay.StartAsync();
        await review.AnswerAllAsync();
        using var pages = await Pages.OfAsync(review.App, review.FocalPoint);

        var waiting = (await pages.ReadAsync($"/reviews/{review.Id}/sign-off")).Html;
        Assert.Contains("Nobody can sign before every part is declared finished", waiting, StringComparison.Ordinal);
        Assert.Contains($"href=\"/reviews/{review.Id}/people\"", waiting, StringComparison.Ordinal);
        Assert.True((await review.Contributor.Client.PostAsync($"{review.Api}/parts/validation", null, Cancel)).IsSuccessStatusCode);
        Assert.DoesNotContain("Nobody can sign before", (await pages.ReadAsync($"/reviews/{review.Id}/sign-off")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_contributor_declares_its_part_finished_once_it_is_answered_and_others_have_none()
    {
        await using var review = await ReviewUnderWay.StartAsync();

        Assert.Equal("assessment.part-incomplete", await RefusedAsync(await review.Contributor.Client.PostAsync($"{review.Api}/parts/validation", null, Cancel)));
        Assert.Equal("assessment.no-part", await RefusedAsync(await review.FocalPoint.Client.PostAsync($"{review.Api}/parts/validation", null, Cancel)));
        Assert.Equal("access.not-allowed", await RefusedAsync(await review.Coordinator.Client.PostAsync($"{review.Api}/parts/validation", null, Cancel)));
        await SaveAsync(review, review.Contributor, "N-a.a1", 0);
        await SaveAsync(review, review.Contributor, "N-b.b1", 0);
        Assert.True((await review.Contributor.Client.PostAsync($"{review.Api}/parts/validation", null, Cancel)).IsSuccessStatusCode);

        var parts = (await review.FocalPoint.Client.GetFromJsonAsync<JsonElement>($"{review.Api}/parts", Cancel)).GetProperty("items");
        Assert.True(parts[0].GetProperty("validated").GetBoolean());
        Assert.Equal(ReviewUnderWay.GivenItems, parts[0].GetProperty("items").EnumerateArray().Select(i => i.GetString()));
        Assert.Single((await review.Contributor.Client.GetFromJsonAsync<JsonElement>($"{review.Api}/parts", Cancel)).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Without_contributors_the_focal_point_is_the_first_to_sign()
    {
        await using var review = await ReviewUnderWay.StartAsync(withContributor: false);

        await review.HandInAsync();

        Assert.Equal(["complete"], await review.OpenStagesAsync());
    }

    private static async Task SaveAsync(ReviewUnderWay review, TestPerson person, string item, int version = 1)
    {
        using var response = await person.Client.PutAsJsonAsync(
            $"{review.Api}/answers/{item}", new { value = "planned", practice = "More.", version }, Cancel);
        response.EnsureSuccessStatusCode();
    }

    private static async Task<string?> HashAsync(ReviewUnderWay review, TestPerson person) =>
        (await person.Client.GetFromJsonAsync<JsonElement>($"{review.Api}/sign-off", Cancel)).Text("contentHash");

    private static Task<HttpResponseMessage> SignHashAsync(
        ReviewUnderWay review, TestPerson person, string? contentHash, Action<IDictionary<string, object>>? change = null)
    {
        var signature = LightReview.Signature(review.App);
        signature["nothingClassified"] = true;
        change?.Invoke(signature);
        return person.Client.PostAsJsonAsync($"{review.Api}/stages/self_assess/complete", new { signature, contentHash }, Cancel);
    }

    private static async Task<string?> RefusedAsync(HttpResponseMessage response)
    {
        using (response)
        {
            Assert.False(response.IsSuccessStatusCode, "It was accepted.");
            return (await response.Content.ReadFromJsonAsync<JsonElement>(Cancel)).Text("code");
        }
    }
}
