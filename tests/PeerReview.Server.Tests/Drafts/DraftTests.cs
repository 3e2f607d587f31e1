using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PeerReview.Server.Platform.Clock;
using PeerReview.Server.Platform.Drafts;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Drafts;

/// <summary>What is typed and not saved: kept for who typed it, shown again, and gone once it is saved or thrown away.</summary>
public sealed class DraftTests
{
    private const string Typed = "TYPED-AND-NOT-SAVED";

    [Fact]
    public async Task What_was_typed_is_shown_again_to_who_typed_it_and_to_nobody_else()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);
        var page = $"/reviews/{review.Id}/assessment/N-a.a2";
        using var mine = await Pages.OfAsync(app, review.FocalPoint);
        using var theirs = await Pages.OfAsync(app, review.Alternate);

        Assert.Equal(HttpStatusCode.NoContent, await KeepAsync(mine, page, ("rule", Typed), ("value", "planned"), ("version", "0")));

        var (_, again) = await mine.ReadAsync(page);
        Assert.Contains($">\n{Typed}</textarea>", again, StringComparison.Ordinal);
        Assert.Contains("have not saved it yet", again, StringComparison.Ordinal);
        Assert.Matches("value=\"planned\"[^>]* checked", again);
        Assert.DoesNotContain(Typed, (await theirs.ReadAsync(page)).Html, StringComparison.Ordinal);
        Assert.DoesNotContain(Typed, (await mine.ReadAsync($"/reviews/{review.Id}/assessment/N-b.b1")).Html, StringComparison.Ordinal);
        Assert.DoesNotContain(Typed, await review.FocalPoint.Client.GetStringAsync($"{review.Api}/answers", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.DoesNotContain(Typed, await review.FocalPoint.Client.GetStringAsync($"{review.Api}/ledger", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_typed_on_an_older_version_says_that_a_newer_one_is_saved()
    {
        await using var full = await DeskReview.DialogueAsync();
        (await full.SaveRecordAsync("Q-01")).EnsureSuccessStatusCode();
        var page = $"{full.Page}/dialogue";
        using var mine = await Pages.OfAsync(full.App, full.Experts[DeskReview.Eva]);
        await mine.ReadAsync(page);
        Assert.Equal(HttpStatusCode.NoContent, (await mine.SubmitAsync(
            "/drafts", ("draft_page", page), ("draft_part", "record"), ("text", Typed), ("version", "1"))).Status);
        Assert.DoesNotContain("Since you began to type", (await mine.ReadAsync(page)).Html, StringComparison.Ordinal);

        (await full.SaveRecordAsync(1, "[said otherwise]", "Q-01")).EnsureSuccessStatusCode();

        var html = (await mine.ReadAsync(page)).Html;
        Assert.Contains("Since you began to type, version 2 was saved.", html.Replace("\u2068", "", StringComparison.Ordinal).Replace("\u2069", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains(Typed, html, StringComparison.Ordinal);
        Assert.Contains("[said otherwise]", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invitation_that_was_refused_stands_in_its_form_until_it_is_sent()
    {
        await using var desk = await DeskReview.NominatingAsync();
        using var pages = await Pages.OfAsync(desk.App, desk.Spokespersons["GHA"]);
        var page = $"{desk.Page}/experts";
        (string, string)[] kept = [("draft_page", page), ("draft_part", "invite")];
        await pages.ReadAsync(page);
        Assert.Equal(
            HttpStatusCode.NoContent, (await pages.SubmitAsync("/drafts", [.. kept, ("name", Typed), ("email", "no address"), ("office", "")])).Status);
        var refused = await pages.SubmitAsync($"{page}/invitations", [.. kept, ("name", Typed), ("email", "no address"), ("office", "")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains($"name=\"draft_page\" value=\"{page}\"", refused.Html, StringComparison.Ordinal);

        Assert.Contains($"value=\"{Typed}\"", (await pages.ReadAsync(page)).Html, StringComparison.Ordinal);

        var sent = await pages.SubmitAsync($"{page}/invitations", [.. kept, ("name", Typed), ("email", "one@example.org"), ("office", "")]);
        Assert.Equal(HttpStatusCode.SeeOther, sent.Status);
        Assert.DoesNotContain($"value=\"{Typed}\"", (await pages.ReadAsync(page)).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_signing_it_is_said_where_something_is_not_saved()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);
        using var mine = await Pages.OfAsync(app, review.FocalPoint);
        using var theirs = await Pages.OfAsync(app, review.Alternate);

        await KeepAsync(mine, $"/reviews/{review.Id}/assessment/N-a.a2", ("rule", Typed), ("version", "0"));

        foreach (var page in new[] { "assessment", "sign-off" })
        {
            Assert.Matches($"You typed something in 1 item and did not save it.*?/assessment/N-a\\.a2\">N-a\\.a2<", (await mine.ReadAsync($"/reviews/{review.Id}/{page}")).Html.ReplaceLineEndings(" "));
            Assert.DoesNotContain("did not save it", (await theirs.ReadAsync($"/reviews/{review.Id}/{page}")).Html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Saving_the_form_ends_its_draft_and_a_refused_form_does_not()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);
        var page = $"/reviews/{review.Id}/assessment/N-a.a2";
        using var pages = await Pages.OfAsync(app, review.FocalPoint);
        await KeepAsync(pages, page, ("rule", Typed), ("version", "0"));

        var (refused, _, _) = await pages.SubmitAsync(page, ("rule", Typed), ("label", "NONE"), ("version", "0"), (Draft.PageField, page), (Draft.PartField, ""));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, 1), (refused, await CountAsync(app)));

        var (saved, _, _) = await pages.SubmitAsync(page, ("rule", Typed), ("label", "AMBER"), ("version", "0"), (Draft.PageField, page), (Draft.PartField, ""));
        Assert.Equal((HttpStatusCode.SeeOther, 0), (saved, await CountAsync(app)));
    }

    [Fact]
    public async Task Throwing_it_away_shows_what_is_saved()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);
        var page = $"/reviews/{review.Id}/assessment/N-a.a2";
        using var pages = await Pages.OfAsync(app, review.FocalPoint);
        await KeepAsync(pages, page, ("rule", Typed), ("version", "0"));

        var (status, _, next) = await pages.SubmitAsync("/drafts/forget", (Draft.PageField, page), (Draft.PartField, ""));

        Assert.Equal((HttpStatusCode.SeeOther, page), (status, next));
        Assert.DoesNotContain(Typed, (await pages.ReadAsync(page)).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_form_of_a_page_has_a_draft_of_its_own()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);
        var page = $"/reviews/{review.Id}/assessment/N-a.a2";
        using var pages = await Pages.OfAsync(app, review.FocalPoint);

        await KeepAsync(pages, page, ("rule", Typed), ("version", "0"));
        await KeepPartAsync(pages, page, "other", ("rule", "another"), ("version", "0"));

        Assert.Contains($">\n{Typed}</textarea>", (await pages.ReadAsync(page)).Html, StringComparison.Ordinal);
        Assert.Equal(2, await CountAsync(app));
    }

    [Fact]
    public async Task What_is_too_long_or_on_no_page_of_ours_is_refused_and_nothing_is_kept()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);
        using var pages = await Pages.OfAsync(app, review.FocalPoint);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, await KeepAsync(pages, "/", ("rule", new string('x', Draft.MaxLength))));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await KeepAsync(pages, "https://example.org/", ("rule", "x")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await KeepAsync(pages, "//example.org/", ("rule", "x")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await KeepAsync(pages, "", ("rule", "x")));
        Assert.Equal(0, await CountAsync(app));
    }

    [Fact]
    public async Task A_person_keeps_so_many_and_the_oldest_give_way()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);
        using var pages = await Pages.OfAsync(app, review.FocalPoint);
        await app.Database.AsOwnerAsync(
            """
            INSERT INTO draft (person_id, page, part, fields, kept_at)
            SELECT @Id, '/old/' || n, '', '{}', app.clock() - n * interval '1 hour' FROM generate_series(1, @Most) n
            """,
            new { review.FocalPoint.Id, Most = Draft.MaxPerPerson });

        await KeepAsync(pages, "/account", ("name", Typed));

        Assert.Equal(Draft.MaxPerPerson, await CountAsync(app));
        Assert.Equal(["/account"], await app.Database.AsOwnerAsync<string>("SELECT page FROM draft WHERE page NOT LIKE '/old/%'"));
        Assert.Empty(await app.Database.AsOwnerAsync<string>("SELECT page FROM draft WHERE page = '/old/' || @Most", new { Most = Draft.MaxPerPerson }));
    }

    [Fact]
    public async Task Nobody_comes_back_for_ninety_days_and_it_is_removed()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);
        using var pages = await Pages.OfAsync(app, review.FocalPoint);
        await KeepAsync(pages, "/account", ("name", Typed));

        await app.AdvanceAsync(TimeSpan.FromDays(89));
        await app.App.Services.GetRequiredService<CleanUp>().RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, await CountAsync(app));

        await app.AdvanceAsync(TimeSpan.FromDays(2));
        await app.App.Services.GetRequiredService<CleanUp>().RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, await CountAsync(app));
    }

    [Fact]
    public async Task The_script_learns_whether_who_typed_is_still_signed_in()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);
        using var visitor = await Pages.OfAsync(app, null);
        using var pages = await Pages.OfAsync(app, review.FocalPoint);

        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.ReadAsync($"/drafts?who={review.FocalPoint.Id}")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await pages.ReadAsync($"/drafts?who={review.FocalPoint.Id}")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await pages.ReadAsync($"/drafts?who={review.Alternate.Id}")).Status);
    }

    private static Task<HttpStatusCode> KeepAsync(Pages pages, string page, params (string, string)[] fields) =>
        KeepPartAsync(pages, page, "", fields);

    private static async Task<HttpStatusCode> KeepPartAsync(Pages pages, string page, string part, params (string, string)[] fields)
    {
        await pages.ReadAsync("/account");
        return (await pages.SubmitAsync("/drafts", [.. fields, (Draft.PageField, page), (Draft.PartField, part)])).Status;
    }

    private static async Task<int> CountAsync(TestApp app) => (await app.Database.AsOwnerAsync<int>("SELECT count(*)::integer FROM draft")).Single();
}
