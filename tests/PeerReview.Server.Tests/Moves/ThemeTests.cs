using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Core.Access;
using PeerReview.Server.Platform.Drafts;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Moves;

/// <summary>A running review is limited to one theme: what was written outside it stays the State's own.</summary>
public sealed class ThemeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_falls_out_is_shown_signed_told_and_kept_for_the_State_alone()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);
        await review.AnswerAsync(_ => SharingLabel.Clear, "N-a.a1", "N-c.c1");
        using var authority = await Pages.OfAsync(app, review.Authority);
        Assert.Contains($"href=\"/reviews/{review.Id}/theme\"", (await authority.ReadAsync($"/reviews/{review.Id}/moves")).Html, StringComparison.Ordinal);
        var preview = (await authority.ReadAsync($"/reviews/{review.Id}/theme?to=N-c")).Html;
        Assert.Contains("Questions that stay: 1", preview, StringComparison.Ordinal);
        Assert.Contains("Questions that fall out: 20. Answers written to them: 1.", preview, StringComparison.Ordinal);
        Assert.Contains("Questions of the theme that are asked in addition: 3", preview, StringComparison.Ordinal);
        Assert.Contains("No deadline moves: the self-assessment stays due on ", preview, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await authority.SubmitAsync($"/reviews/{review.Id}/theme", ("theme", "N-c"))).Status);

        using (var narrowed = await ToAsync(review, "N-c"))
            Assert.Equal(HttpStatusCode.OK, narrowed.StatusCode);

        var body = await review.Authority.Client.GetFromJsonAsync<JsonElement>(review.Api, Cancel);
        Assert.Equal(["N-c.c1", "N-c.c2", "N-c.c3", "N-c.c4"], body.GetProperty("items").EnumerateArray().Select(item => item.GetString()));
        foreach (var person in new[] { review.Authority, review.FocalPoint, review.Alternate, review.Coordinator, review.Deputy })
            Assert.Contains("review_narrowed", await review.LettersAsync(person));
        Assert.Contains("theme_chosen", await review.LedgerAsync());
        var overview = (await authority.ReadAsync($"/reviews/{review.Id}")).Html;
        Assert.Contains("The review was limited to one theme", overview, StringComparison.Ordinal);
        Assert.Contains("[less]", overview, StringComparison.Ordinal);

        await review.SubmitAsync(_ => SharingLabel.Clear);
        var marker = ReviewAt.MarkerOf("N-a.a1");
        Assert.Contains(marker, (await authority.ReadAsync($"/reviews/{review.Id}/kept")).Html, StringComparison.Ordinal);
        Assert.Contains("/kept\"", (await authority.ReadAsync($"/reviews/{review.Id}/assessment")).Html, StringComparison.Ordinal);
        using var office = await Pages.OfAsync(app, review.Coordinator);
        Assert.Equal(HttpStatusCode.NotFound, (await office.ReadAsync($"/reviews/{review.Id}/kept")).Status);
        Assert.DoesNotContain("/kept\"", (await office.ReadAsync($"/reviews/{review.Id}/assessment")).Html, StringComparison.Ordinal);
        foreach (var path in new[] { "/answers", "/documents", "" })
            Assert.DoesNotContain(marker, await review.Coordinator.Client.GetStringAsync(review.Api + path, Cancel), StringComparison.Ordinal);
        Assert.Contains(ReviewAt.MarkerOf("N-c.c1"), await review.Coordinator.Client.GetStringAsync(review.Api + "/answers", Cancel), StringComparison.Ordinal);
        using (var late = await ToAsync(review, "N-c"))
            Assert.Equal("theme.late", await CodeAsync(late));
        await app.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task What_was_typed_and_not_saved_stays_with_its_writer_when_the_question_falls_out()
    {
        await using var under = await ReviewUnderWay.StartAsync();
        var page = $"/reviews/{under.Id}/assessment/N-a.a1";
        using var pages = await Pages.OfAsync(under.App, under.FocalPoint);
        await pages.ReadAsync(page);
        var (kept, _, _) = await pages.SubmitAsync("/drafts", ("rule", "[typed before]"), ("version", "0"), (Draft.PageField, page), (Draft.PartField, ""));
        Assert.Equal(HttpStatusCode.NoContent, kept);
        using (var narrowed = await under.Authority.Client.PostAsJsonAsync(
            $"{under.Api}/theme", new { theme = "N-c", reason = "[less]", signature = LightReview.Signature(under.App) }, Cancel))
            narrowed.EnsureSuccessStatusCode();

        Assert.Contains("[typed before]", (await pages.ReadAsync($"/reviews/{under.Id}/kept")).Html, StringComparison.Ordinal);
        Assert.DoesNotContain($"href=\"{page}\"", (await pages.ReadAsync($"/reviews/{under.Id}/assessment")).Html, StringComparison.Ordinal);

        var (status, _, next) = await pages.SubmitAsync(page, ("rule", "[typed after]"), ("label", "AMBER"), ("version", "0"), (Draft.PageField, page), (Draft.PartField, ""));
        Assert.Equal((HttpStatusCode.SeeOther, $"/reviews/{under.Id}/kept"), (status, next));
        var told = (await pages.ReadAsync($"/reviews/{under.Id}/kept")).Html;
        Assert.Contains("[typed after]", told, StringComparison.Ordinal);
        Assert.Contains("This question is no longer part of the review", told, StringComparison.Ordinal);
        // Nobody else reads it, and to others the question was never there.
        using var authority = await Pages.OfAsync(under.App, under.Authority);
        Assert.DoesNotContain("[typed after]", (await authority.ReadAsync($"/reviews/{under.Id}/kept")).Html, StringComparison.Ordinal);
        using var office = await Pages.OfAsync(under.App, under.Coordinator);
        Assert.Equal(HttpStatusCode.NotFound, (await office.ReadAsync(page)).Status);
    }

    [Fact]
    public async Task The_report_holds_the_theme_alone_and_the_next_review_takes_the_rest_over()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);
        await review.AnswerAsync(_ => SharingLabel.Clear, "N-a.a1");
        foreach (var item in new[] { "N-a.a1", "N-c.c1" })
        {
            using var practice = await review.FocalPoint.Client.PostAsJsonAsync(
                $"{review.Api}/practices",
                new { content = new { item, text = $"[practice on {item}]", outcomes = new[] { "secure" }, lenses = new[] { "peace_and_security" }, level = "national" }, label = "CLEAR" }, Cancel);
            practice.EnsureSuccessStatusCode();
        }

        using (var narrowed = await ToAsync(review, "N-c"))
            narrowed.EnsureSuccessStatusCode();
        await review.SubmitAsync(_ => SharingLabel.Clear);
        await review.ClarifyAsync();
        using (var decided = await review.Authority.Client.PostAsJsonAsync(
            $"{review.Api}/stages/pub_decide/complete",
            new { choices = new { self_assessment = "full", clarifications = "none", commitments = "full", summary = "none" }, signature = LightReview.Signature(app) }, Cancel))
            decided.EnsureSuccessStatusCode();
        using (var published = await review.Coordinator.Client.PostAsJsonAsync($"{review.Api}/stages/publish/complete", new { }, Cancel))
            published.EnsureSuccessStatusCode();

        var slug = (await app.Database.AsOwnerAsync<string>("SELECT slug FROM publication")).Single();
        var report = await app.Visitor().GetStringAsync($"/api/v1/publications/{slug}", Cancel);
        Assert.Contains("[practice on N-c.c1]", report, StringComparison.Ordinal);
        Assert.DoesNotContain("N-a.a1", report, StringComparison.Ordinal);
        // Another two years bar what was reviewed, not what was left out.
        var next = await ReviewAt.AssessingAsync(app, change: notice =>
        {
            notice["items"] = Array.Empty<string>();
            notice["theme"] = "N-a";
        });
        Assert.Contains(ReviewAt.MarkerOf("N-a.a1"), await next.FocalPoint.Client.GetStringAsync($"{next.Api}/last", Cancel), StringComparison.Ordinal);
        using var office = await next.Coordinator.Client.GetAsync($"{next.Api}/last", Cancel);
        Assert.DoesNotContain(ReviewAt.MarkerOf("N-a.a1"), await office.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        await app.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task Experts_of_a_review_limited_after_its_opening_comment_on_the_theme()
    {
        await using var desk = await DeskReview.OpeningAsync();
        await desk.AgreeOpeningAsync();
        using (var narrowed = await ToAsync(desk.At, "N-c"))
            narrowed.EnsureSuccessStatusCode();
        Assert.Contains("review_narrowed", await desk.At.LettersAsync(desk.Experts[DeskReview.Eva]));
        await desk.FindCompleteAsync();

        await desk.HandInCommentsAsync();
        Assert.Equal(["N-c.c1", "N-c.c2", "N-c.c3", "N-c.c4"], await desk.ItemsAsync());
        Assert.NotEmpty(await desk.AskedAsync("consolidate"));
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task A_contributor_outside_the_theme_holds_nothing_up()
    {
        await using var under = await ReviewUnderWay.StartAsync();
        using (var narrowed = await under.Authority.Client.PostAsJsonAsync(
            $"{under.Api}/theme", new { theme = "N-c", reason = "[less]", signature = LightReview.Signature(under.App) }, Cancel))
            narrowed.EnsureSuccessStatusCode();
        using (var state = await Pages.OfAsync(under.App, under.FocalPoint))
            Assert.DoesNotContain("Contributors who have finished", (await state.ReadAsync("/")).Html, StringComparison.Ordinal);
        using var contributor = await Pages.OfAsync(under.App, under.Contributor);
        Assert.Contains("None of the questions given to you is left", (await contributor.ReadAsync($"/reviews/{under.Id}/kept")).Html, StringComparison.Ordinal);
        Assert.Contains($"href=\"/reviews/{under.Id}/kept\"", (await contributor.ReadAsync($"/reviews/{under.Id}")).Html, StringComparison.Ordinal);

        await under.AnswerAllAsync();
        (await under.SignAsync(under.FocalPoint)).EnsureSuccessStatusCode();
        (await under.SignAsync(under.Authority)).EnsureSuccessStatusCode();

        Assert.Contains("complete", await under.OpenStagesAsync());
        await under.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task Of_a_self_assessment_that_is_late_the_preview_does_not_say_that_its_day_is_to_come()
    {
        await using var under = await ReviewUnderWay.StartAsync();
        using var pages = await Pages.OfAsync(under.App, under.Authority);
        var address = $"/reviews/{under.Id}/theme?to=N-c";
        Assert.Contains("the self-assessment stays due on", (await pages.ReadAsync(address)).Html, StringComparison.Ordinal);
        await under.App.AdvanceAsync(TimeSpan.FromDays(70));

        var late = (await pages.ReadAsync(address)).Html;
        Assert.DoesNotContain("stays due on", late, StringComparison.Ordinal);
        Assert.Contains("which is past. Questions asked in addition bring no new day", late, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_contributor_hears_which_questions_fell_out_and_the_list_of_people_names_those_that_are_left()
    {
        await using var under = await ReviewUnderWay.StartAsync();
        using (var narrowed = await under.Authority.Client.PostAsJsonAsync(
            $"{under.Api}/theme", new { theme = "N-a", reason = "[less]", signature = LightReview.Signature(under.App) }, Cancel))
            narrowed.EnsureSuccessStatusCode();

        var letter = Assert.Single(await under.App.LettersAsync(), one => one.Recipient == under.Contributor.Email && one.Subject.Contains("fell out", StringComparison.Ordinal));
        Assert.Contains("- N-b.b1 ", letter.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("N-a.a1", letter.Body, StringComparison.Ordinal);
        Assert.Contains($"/reviews/{under.Id}/kept", letter.Body, StringComparison.Ordinal);
        using var state = await Pages.OfAsync(under.App, under.FocalPoint);
        var people = (await state.ReadAsync($"/reviews/{under.Id}/people")).Html;
        Assert.Contains("N-a.a1", people, StringComparison.Ordinal);
        Assert.DoesNotContain("N-b.b1", people, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signature_under_the_whole_does_not_stand_under_the_part()
    {
        await using var under = await ReviewUnderWay.StartAsync(withContributor: false);
        await under.AnswerAllAsync();
        (await under.SignAsync(under.FocalPoint)).EnsureSuccessStatusCode();
        using (var narrowed = await under.Authority.Client.PostAsJsonAsync(
            $"{under.Api}/theme", new { theme = "P-CBM", reason = "[less]", signature = LightReview.Signature(under.App) }, Cancel))
            narrowed.EnsureSuccessStatusCode();

        using (var early = await under.SignAsync(under.Authority))
            Assert.False(early.IsSuccessStatusCode);
        await under.AnswerAllAsync();
        (await under.SignAsync(under.FocalPoint)).EnsureSuccessStatusCode();
        (await under.SignAsync(under.Authority)).EnsureSuccessStatusCode();
        Assert.Contains("complete", await under.OpenStagesAsync());
    }

    [Fact]
    public async Task What_cannot_be_is_refused_and_changes_nothing()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);
        var before = await review.SequenceAsync();

        foreach (var person in new[] { review.FocalPoint, review.Coordinator, review.Head })
        {
            using var other = await person.Client.PostAsJsonAsync($"{review.Api}/theme", Request(app, "N-c"), Cancel);
            Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
            using var pages = await Pages.OfAsync(app, person);
            Assert.Equal(HttpStatusCode.NotFound, (await pages.ReadAsync($"/reviews/{review.Id}/theme")).Status);
        }

        using (var outside = await review.Other.Client.PostAsJsonAsync($"{review.Api}/theme", Request(app, "N-c"), Cancel))
            Assert.NotEqual(HttpStatusCode.OK, outside.StatusCode);
        using (var unknown = await ToAsync(review, "N-z"))
            Assert.Equal("scope.unknown-theme", await CodeAsync(unknown));
        using (var silent = await review.Authority.Client.PostAsJsonAsync($"{review.Api}/theme", new { theme = "N-c", signature = LightReview.Signature(app) }, Cancel))
            Assert.Equal("moves.reason-missing", await CodeAsync(silent));
        using (var unsigned = await review.Authority.Client.PostAsJsonAsync($"{review.Api}/theme", new { theme = "N-c", reason = "[less]" }, Cancel))
            Assert.Equal("signature.name", await CodeAsync(unsigned));
        Assert.Equal(before, await review.SequenceAsync());
    }

    [Fact]
    public async Task There_is_a_way_further_in_and_none_back()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.LaunchAsync(app);
        // Before the self-assessment begins, too.
        using (var narrowed = await ToAsync(review, "critical_infrastructure"))
            narrowed.EnsureSuccessStatusCode();

        using (var again = await ToAsync(review, "critical_infrastructure"))
            Assert.Equal("theme.same", await CodeAsync(again));
        using (var other = await ToAsync(review, "N-a"))
            Assert.Equal("theme.outside", await CodeAsync(other));
        using (var part = await ToAsync(review, "N-g"))
            Assert.Equal(HttpStatusCode.OK, part.StatusCode);
        using (var back = await ToAsync(review, "critical_infrastructure"))
            Assert.Equal("theme.outside", await CodeAsync(back));
        using (var suspended = await review.Head.Client.PostAsJsonAsync($"{review.Api}/suspend", new { reason = "[waits]" }, Cancel))
            suspended.EnsureSuccessStatusCode();
        using (var halted = await ToAsync(review, "N-g"))
            Assert.False(halted.IsSuccessStatusCode);
        await app.Database.RequireSoundAsync();
    }

    private static object Request(TestApp app, string theme) => new { theme, reason = "[less]", signature = LightReview.Signature(app) };

    private static Task<HttpResponseMessage> ToAsync(ReviewAt review, string theme) =>
        review.Authority.Client.PostAsJsonAsync($"{review.Api}/theme", Request(review.App, theme), Cancel);

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString();
}
