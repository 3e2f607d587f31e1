using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.People;

/// <summary>Somebody leaves a review: rights, letters, what was typed, and what the successor has to know.</summary>
public sealed class HandOverTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_coordinator_hands_the_review_over_with_what_was_typed_in_it()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);
        var next = await app.PersonAsync("COORD", name: "Next coordinator");
        (await review.FocalPoint.Client.PostAsJsonAsync($"{review.Api}/stages/self_assess/extend", new { days = 10, reason = "[more time was agreed]" }, Cancel)).EnsureSuccessStatusCode();
        using var pages = await Pages.OfAsync(app, review.Coordinator);
        await pages.ReadAsync($"/reviews/{review.Id}/urgent");
        await app.Database.AsOwnerAsync(
            "INSERT INTO draft (person_id, page, part, fields, kept_at) VALUES (@P, @Page, '', '{\"text\":[\"[typed here]\"]}', app.clock()), (@P, '/account', '', '{\"name\":[\"[mine alone]\"]}', app.clock()) ON CONFLICT DO NOTHING",
            new { P = review.Coordinator.Id, Page = $"/reviews/{review.Id}/urgent" });

        var (_, pack) = await pages.ReadAsync($"/reviews/{review.Id}/hand-over");
        Assert.Contains("Self-assessment", pack, StringComparison.Ordinal);
        Assert.Contains("[more time was agreed]", pack, StringComparison.Ordinal);
        // Once, and not again as a count.
        Assert.Equal(2, pack.Split("More time was given").Length);
        Assert.Contains("It shows how things stood on", pack, StringComparison.Ordinal);
        Assert.Contains(review.FocalPoint.Email, pack, StringComparison.Ordinal);
        Assert.Contains("Next coordinator", pack, StringComparison.Ordinal);
        // What was typed and not saved goes only by a tick of one's own.
        Assert.DoesNotContain("checked", pack[pack.IndexOf("name=\"drafts\"", StringComparison.Ordinal)..][..200], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await pages.SubmitAsync(
            $"/reviews/{review.Id}/hand-over", ("from", $"{review.Coordinator.Id}"), ("to", $"{review.Deputy.Id}"))).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await pages.SubmitAsync(
            $"/reviews/{review.Id}/hand-over", ("from", $"{review.Coordinator.Id}"), ("to", $"{next.Id}"), ("drafts", "on"))).Status);

        Assert.Equal(
            ["Deputy", "Next coordinator"],
            await app.Database.AsOwnerAsync<string>(
                "SELECT p.name FROM role_grant g JOIN person p ON p.id = g.person_id WHERE g.review_id = @Id AND g.role = 'COORD' AND g.ended_at IS NULL ORDER BY 1", new { review.Id }));
        Assert.Contains("handed_over_to_you", await review.LettersAsync(next));
        foreach (var person in new[] { review.Coordinator, review.Deputy, review.FocalPoint, review.Authority })
            Assert.Contains(person == review.Coordinator ? "handed_over_given" : "handed_over", await review.LettersAsync(person));
        Assert.Equal(
            [$"/account {review.Coordinator.Id}", $"/reviews/{review.Id}/urgent {next.Id}"],
            await app.Database.AsOwnerAsync<string>("SELECT page || ' ' || person_id FROM draft ORDER BY page"));
        using (var successor = await Pages.OfAsync(app, next))
        {
            var form = (await successor.ReadAsync($"/reviews/{review.Id}/urgent")).Html;
            Assert.Contains("[typed here]", form, StringComparison.Ordinal);
            Assert.Contains("did not save it; it was handed over to you", form, StringComparison.Ordinal);
        }

        using (var deputy = await Pages.OfAsync(app, review.Deputy))
        {
            var changed = (await deputy.ReadAsync($"/reviews/{review.Id}/hand-over")).Html;
            var from = changed.IndexOf("Who had a part and has it no more", StringComparison.Ordinal);
            Assert.Contains("Coordinator", changed[from..], StringComparison.Ordinal);
            Assert.DoesNotContain("Deputy", changed[from..changed.IndexOf("</ul>", from, StringComparison.Ordinal)], StringComparison.Ordinal);
        }

        Assert.Equal("case_assigned", (await review.LedgerAsync())[^1]);
        Assert.Equal(HttpStatusCode.Forbidden, (await review.Other.Client.PostAsJsonAsync($"{review.Api}/hand-over", new { }, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await review.FocalPoint.Client.PostAsJsonAsync($"{review.Api}/hand-over", new { }, Cancel)).StatusCode);
        await app.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task The_pack_names_the_reasons_on_stakeholder_groups_that_are_owed()
    {
        await using var full = await DeskReview.DraftingFullAsync();
        const string owed = "still has to say why nobody was invited of these groups of stakeholders";
        using var pages = await Pages.OfAsync(full.App, full.Coordinator);

        var pack = (await pages.ReadAsync($"{full.Page}/hand-over")).Html;
        Assert.Contains(owed, pack, StringComparison.Ordinal);
        Assert.Contains("Civil society", pack, StringComparison.Ordinal);
        await full.ExplainGroupsAsync();
        Assert.DoesNotContain(owed, (await pages.ReadAsync($"{full.Page}/hand-over")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_focal_point_names_who_follows_by_a_note_on_record_and_is_out()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);
        object Nomination(object note) => new
        {
            role = "STATE_FP",
            name = "Next focal point",
            email = "next.fp@example.org",
            replaces = review.FocalPoint.Id,
            noteVerbale = note,
        };

        Assert.Equal("hand-over.note", await CodeAsync(await NominateAsync(review.FocalPoint, new { number = "NV/9", dated = review.Today, signatory = "A" })));
        Assert.Equal("note.unknown", await CodeAsync(await NominateAsync(review.FocalPoint, new { number = "NV/9" })));
        Assert.Equal(HttpStatusCode.Forbidden, (await NominateAsync(review.Alternate, new { number = "NV/9" })).StatusCode);
        (await review.Coordinator.Client.PostAsJsonAsync(
            $"/api/v1/programmes/{app.Programme}/missions", new { state = "KEN", email = "mission@example.org" }, Cancel)).EnsureSuccessStatusCode();
        (await review.Coordinator.Client.PostAsJsonAsync(
            $"/api/v1/programmes/{app.Programme}/notes-verbales", new { state = "KEN", number = "NV/9", dated = review.Today, signatory = "Ministry" }, Cancel)).EnsureSuccessStatusCode();
        using var pages = await Pages.OfAsync(app, review.FocalPoint);
        var (_, form) = await pages.ReadAsync($"/reviews/{review.Id}/people/nomination?role=STATE_FP&replaces={review.FocalPoint.Id}");
        Assert.Contains("NV/9", form, StringComparison.Ordinal);
        Assert.DoesNotContain("noteVerbale.signatory", form, StringComparison.Ordinal);
        (await NominateAsync(review.FocalPoint, new { number = "NV/9" })).EnsureSuccessStatusCode();

        Assert.Equal(HttpStatusCode.NotFound, (await review.FocalPoint.Client.GetAsync(review.Api, Cancel)).StatusCode);
        // Whoever left is not sent to a page that does not open any more.
        Assert.Contains("handed_over_left", await review.LettersAsync(review.FocalPoint));
        Assert.DoesNotContain("handed_over_focal_point", await review.LettersAsync(review.FocalPoint));
        var farewell = (await app.LettersAsync()).Last(letter => letter.Recipient == review.FocalPoint.Email).Body;
        Assert.Contains("What to do: nothing.", farewell, StringComparison.Ordinal);
        Assert.DoesNotContain($"/reviews/{review.Id}", farewell, StringComparison.Ordinal);
        Assert.Contains("handed_over_focal_point", await review.LettersAsync(review.Coordinator));
        var next = await app.PersonByEmailAsync("next.fp@example.org");
        Assert.Contains("appointed_focal_point", await review.LettersAsync(next));
        Assert.Equal(HttpStatusCode.OK, (await next.Client.GetAsync($"{review.Api}/answers", Cancel)).StatusCode);
        await app.Database.RequireSoundAsync();

        Task<HttpResponseMessage> NominateAsync(TestPerson person, object note) =>
            person.Client.PostAsJsonAsync($"{review.Api}/nominations", Nomination(note), Cancel);
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString();
}
