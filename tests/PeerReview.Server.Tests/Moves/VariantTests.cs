using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Moves;

/// <summary>A desk review that becomes a light one: the reviewing States leave, the State's work stays.</summary>
public sealed class VariantTests
{
    private const string Ama = DeskReview.Ama, Eva = DeskReview.Eva, Rita = "rita@example.org", Olga = "olga@example.org";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_reviewing_States_leave_a_review_that_becomes_a_light_one_and_the_State_keeps_its_work()
    {
        await using var desk = await CommentingAsync();
        await desk.HandInAsync(Ama);
        TestPerson[] stay = [desk.FocalPoint, desk.Authority, desk.Coordinator, desk.At.Head];
        TestPerson[] leave = [desk.Spokespersons["GHA"], desk.Spokespersons["EST"], desk.Experts[Ama], desk.Experts[Eva]];
        foreach (var person in stay.Concat(leave))
            Assert.Equal(HttpStatusCode.OK, await SeesAsync(desk, person));
        var answers = await AnswersAsync(desk);
        var events = await desk.At.SequenceAsync();

        Assert.Equal(HttpStatusCode.OK, (await ToAsync(desk, "light")).StatusCode);

        foreach (var person in stay)
            Assert.Equal(HttpStatusCode.OK, await SeesAsync(desk, person));
        foreach (var person in leave)
            Assert.Equal(HttpStatusCode.NotFound, await SeesAsync(desk, person));
        Assert.Equal(answers, await AnswersAsync(desk));
        Assert.Equal(["COORD Coordinator", "COORD Deputy"], await desk.AskedAsync("clarify"));
        Assert.Empty(await desk.AskedAsync("desk_review"));
        Assert.Equal(
            ["EST variant", "GHA variant"],
            await desk.App.Database.AsOwnerAsync<string>("SELECT state || ' ' || cause FROM reviewer_seat WHERE ended_at IS NOT NULL ORDER BY 1"));
        Assert.Equal(
            [Ama, Eva, desk.Spokespersons["EST"].Email, desk.Spokespersons["GHA"].Email, Rita],
            await desk.App.Database.AsOwnerAsync<string>(
                "SELECT p.email FROM outbox o JOIN person p ON p.id = o.person_id WHERE o.body::jsonb ->> 'letter' = 'reviewers_released' ORDER BY 1"));
        // Whoever had not answered is told of the invitation alone: whom to write to is said to those who had a part.
        var letters = await desk.App.LettersAsync();
        Assert.Contains(letters, letter => letter.Recipient == Olga && letter.Subject.Contains("the invitation is taken back", StringComparison.Ordinal)
            && !letter.Body.Contains(desk.Coordinator.Email, StringComparison.Ordinal));
        Assert.Contains(letters, letter => letter.Recipient == Ama && letter.Body.Contains($"you can write to:\n{desk.Coordinator.Email}\n", StringComparison.Ordinal));
        // What happened before stands in the record as it did, what was handed in among it.
        Assert.Equal(
            ["person_released", "reviewers_released", "variant_changed"],
            await desk.App.Database.AsOwnerAsync<string>(
                """
                SELECT DISTINCT kind FROM event WHERE review_id = @Id AND sequence > @Events
                AND kind IN ('person_released', 'reviewers_released', 'variant_changed', 'text_withdrawn') ORDER BY 1
                """,
                new { desk.At.Id, Events = events }));
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task Nothing_more_becomes_public_than_was_promised_for_the_other_variant()
    {
        await using var desk = await CommentingAsync();
        (await ToAsync(desk, "light")).EnsureSuccessStatusCode();
        using var pages = await Pages.OfAsync(desk.App, desk.Authority);

        var (_, page) = await pages.ReadAsync(desk.Page);
        var promised = page[page.IndexOf("id=\"launch\"", StringComparison.Ordinal)..];
        promised = promised[..promised.IndexOf("</dl>", StringComparison.Ordinal)];

        // The answers and questions of a light review were promised to nobody; the summary was.
        Assert.Equal(3, promised.Split("Not at all").Length - 1);
        Assert.Equal(1, promised.Split("In full").Length - 1);
    }

    [Fact]
    public async Task What_the_other_form_promises_is_signed_with_the_change()
    {
        await using var desk = await CommentingAsync();
        using var pages = await Pages.OfAsync(desk.App, desk.Authority);
        Assert.Contains("name=\"promise.self_assessment\"", (await pages.ReadAsync($"{desk.Page}/variant?to=light")).Html, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"promise.summary\"", (await pages.ReadAsync($"{desk.Page}/variant?to=light")).Html, StringComparison.Ordinal);

        Assert.Equal("launch.unknown-document", await CodeAsync(await ToAsync(desk, "light", new { report = "full" })));
        Assert.Equal("launch.unknown-choice", await CodeAsync(await ToAsync(desk, "light", new { self_assessment = "some" })));
        (await ToAsync(desk, "light", new { self_assessment = "full" })).EnsureSuccessStatusCode();

        var promise = (await desk.Authority.Client.GetFromJsonAsync<JsonElement>(desk.Api, Cancel)).GetProperty("promise");
        Assert.Equal("full none", $"{promise.GetProperty("self_assessment").GetString()} {promise.GetProperty("clarifications").GetString()}");
        Assert.Contains("promise_changed", await desk.App.Database.AsOwnerAsync<string>("SELECT kind FROM event WHERE review_id = @Id", new { desk.At.Id }));
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task A_review_that_becomes_a_full_one_calls_for_stakeholders_it_had_left_out()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);
        using var authority = await Pages.OfAsync(app, review.Authority);
        using var office = await Pages.OfAsync(app, review.Coordinator);
        Assert.Equal(HttpStatusCode.NotFound, (await office.ReadAsync($"/reviews/{review.Id}/contributions")).Status);

        var preview = (await authority.ReadAsync($"/reviews/{review.Id}/variant?to=full")).Html;
        (await review.Authority.Client.PostAsJsonAsync(
            $"{review.Api}/variant", new { variant = "full", reason = "[more time]", signature = LightReview.Signature(app) }, Cancel)).EnsureSuccessStatusCode();

        Assert.Contains("Call for stakeholder input, by", preview, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await office.ReadAsync($"/reviews/{review.Id}/contributions")).Status);
        Assert.Contains("stake_call COORD", await review.TasksAsync(), StringComparer.Ordinal);
        // Nobody can write before somebody is invited: that is what is asked for first.
        const string invite = "Nobody is invited yet. Invite stakeholders by name";
        Assert.Contains(invite, (await office.ReadAsync("/")).Html, StringComparison.Ordinal);
        (await review.InviteStakeholderAsync("ines@example.org")).EnsureSuccessStatusCode();
        Assert.DoesNotContain(invite, (await office.ReadAsync("/")).Html, StringComparison.Ordinal);
        await app.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task In_a_lighter_form_the_coordinator_asks_and_the_questions_of_the_experts_stay_theirs()
    {
        await using var desk = await DeskReview.DraftingAsync();
        (await ToAsync(desk, "light")).EnsureSuccessStatusCode();
        using var office = await Pages.OfAsync(desk.App, desk.Coordinator);

        var page = (await office.ReadAsync($"{desk.Page}/questions")).Html;
        Assert.Contains("value=\"ask\"", page, StringComparison.Ordinal);
        using var asked = await desk.Coordinator.Client.PostAsJsonAsync($"{desk.Api}/questions", new { text = "[the coordinator asks]", item = "N-a.a1" }, Cancel);
        Assert.Equal(HttpStatusCode.Created, asked.StatusCode);
        var lines = (await desk.Coordinator.Client.GetFromJsonAsync<JsonElement>($"{desk.Api}/questions", Cancel)).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal([false], lines.Where(line => line.GetProperty("text").GetString() == "[the coordinator asks]").Select(line => line.GetProperty("ofTeam").GetBoolean()));
        Assert.All(lines.SkipLast(1), line => Assert.True(line.GetProperty("ofTeam").GetBoolean()));
        // What was handed over is still read by those it was handed to.
        using var state = await Pages.OfAsync(desk.App, desk.Authority);
        Assert.Equal(HttpStatusCode.OK, (await state.ReadAsync($"{desk.Page}/consolidation")).Status);
    }

    [Fact]
    public async Task An_invitation_nobody_answered_is_dead_and_the_review_does_not_go_back()
    {
        await using var desk = await DeskReview.NominatingAsync();
        using (var invited = await desk.InviteAsync("EST", Olga))
            invited.EnsureSuccessStatusCode();
        (await ToAsync(desk, "light")).EnsureSuccessStatusCode();
        using var visitor = await Pages.OfAsync(desk.App, person: null);

        Assert.Contains("taken back", (await visitor.ReadAsync(await desk.InvitationOfAsync(Olga))).Html, StringComparison.Ordinal);
        using var back = await ToAsync(desk, "desk");
        Assert.Equal(HttpStatusCode.Conflict, back.StatusCode);
        Assert.Equal("moves.reviewers-released", (await back.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString());
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task Whoever_lets_the_reviewing_States_go_reads_that_there_is_no_way_back_and_afterwards_why()
    {
        await using var desk = await CommentingAsync();
        using var pages = await Pages.OfAsync(desk.App, desk.Authority);
        var before = (await pages.ReadAsync($"{desk.Page}/variant")).Html;
        var preview = (await pages.ReadAsync($"{desk.Page}/variant?to=light")).Html;

        Assert.Contains("and deeper until the draft report is begun", before, StringComparison.Ordinal);
        Assert.Matches("This cannot be taken back. After it the review can no longer become: .?Desk review", preview);
        Assert.Contains("Comments of their experts that have not reached your State will not reach it any more", preview, StringComparison.Ordinal);
        Assert.DoesNotContain("cannot be taken back", (await pages.ReadAsync($"{desk.Page}/variant?to=full")).Html, StringComparison.Ordinal);

        (await ToAsync(desk, "light")).EnsureSuccessStatusCode();

        var after = (await pages.ReadAsync($"{desk.Page}/variant")).Html;
        Assert.Contains("This review cannot change to another kind now.", after, StringComparison.Ordinal);
        Assert.Contains("were released when it became a light report", after, StringComparison.Ordinal);
        Assert.DoesNotContain("and deeper until", after, StringComparison.Ordinal);
        var letter = (await desk.App.LettersAsync()).Last(one => one.Recipient == desk.Experts[Eva].Email);
        Assert.Contains("Comments of experts that have not reached the State", letter.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_review_made_lighter_during_its_dialogue_goes_on_to_the_draft_with_its_experts()
    {
        await using var desk = await DeskReview.DialogueAsync();
        using var pages = await Pages.OfAsync(desk.App, desk.Authority);
        Assert.Contains($"href=\"{desk.Page}/variant\"", (await pages.ReadAsync($"{desk.Page}/moves")).Html, StringComparison.Ordinal);
        var (_, choice) = await pages.ReadAsync($"{desk.Page}/variant");
        var (_, preview) = await pages.ReadAsync($"{desk.Page}/variant?to=desk");

        // What changes is shown first: the dialogue goes, nobody leaves, the days come nearer.
        Assert.DoesNotContain("Sign and change", choice, StringComparison.Ordinal);
        Assert.Contains("Steps that fall away", preview, StringComparison.Ordinal);
        Assert.Contains("<li>Dialogue</li>", preview, StringComparison.Ordinal);
        Assert.Contains("Publication moves from", preview, StringComparison.Ordinal);
        Assert.DoesNotContain("The part of the reviewing States ends", preview, StringComparison.Ordinal);
        Assert.Contains("The part of the reviewing States ends:", (await pages.ReadAsync($"{desk.Page}/variant?to=light")).Html, StringComparison.Ordinal);
        await pages.ReadAsync($"{desk.Page}/variant?to=desk");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await pages.SubmitAsync($"{desk.Page}/variant", ("variant", "desk"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await ToAsync(desk, "desk")).StatusCode);

        Assert.Empty(await desk.AskedAsync("dialogue"));
        Assert.NotEmpty(await desk.AskedAsync("draft"));
        foreach (var person in new[] { desk.Spokespersons["GHA"], desk.Experts[Ama], desk.Experts[Eva] })
            Assert.Equal(HttpStatusCode.OK, await SeesAsync(desk, person));
        Assert.Contains("variant_changed_desk", await desk.At.LettersAsync(desk.Experts[Eva]));
        Assert.Contains("variant_changed_desk", await desk.At.LettersAsync(desk.Coordinator));
        Assert.Contains("your_turn_draft", await desk.At.LettersAsync(desk.Experts[Ama]));
        using var office = await Pages.OfAsync(desk.App, desk.Coordinator);
        // The office may look at what it could offer the State, and signs nothing.
        var offered = await office.ReadAsync($"{desk.Page}/variant?to=light");
        Assert.Equal(HttpStatusCode.OK, offered.Status);
        Assert.DoesNotContain("Sign and change", offered.Html, StringComparison.Ordinal);
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task Nobody_but_the_State_by_its_signature_changes_the_kind_of_review()
    {
        await using var desk = await DeskReview.StartAsync();
        using var unsigned = await desk.Authority.Client.PostAsJsonAsync($"{desk.Api}/variant", new { variant = "light" }, Cancel);

        Assert.Equal("signature.name", (await unsigned.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString());
        using var focal = await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/variant", new { variant = "light", signature = LightReview.Signature(desk.App) }, Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, focal.StatusCode);
    }

    /// <summary>With a reserve who accepted and somebody who never answered.</summary>
    private static async Task<DeskReview> CommentingAsync()
    {
        var desk = await DeskReview.NominatingAsync();
        foreach (var email in new[] { Rita, Olga })
        {
            using var invited = await desk.InviteAsync("EST", email, reserve: true);
            invited.EnsureSuccessStatusCode();
        }

        await desk.AcceptAsync(Rita);
        await desk.CommentingFromHereAsync();
        return desk;
    }

    /// <summary>Every answer with its version, content and label.</summary>
    private static async Task<IReadOnlyList<string>> AnswersAsync(DeskReview desk) => await desk.App.Database.AsOwnerAsync<string>(
        """
        SELECT h.key || h.version || h.withdrawn || w.content || w.label FROM writing_head h JOIN writing w USING (review_id, kind, key, version)
        WHERE h.review_id = @Id AND h.kind = 'answer' ORDER BY 1
        """,
        new { desk.At.Id });

    private static async Task<HttpStatusCode> SeesAsync(DeskReview desk, TestPerson person)
    {
        using var answer = await person.Client.GetAsync(desk.Api, Cancel);
        using var pages = await Pages.OfAsync(desk.App, person);
        var (status, _) = await pages.ReadAsync(desk.Page);
        Assert.Equal(answer.StatusCode, status);
        return status;
    }

    private static Task<HttpResponseMessage> ToAsync(DeskReview desk, string variant, object? promise = null) => desk.Authority.Client.PostAsJsonAsync(
        $"{desk.Api}/variant", new { variant, promise, reason = "[less time]", signature = LightReview.Signature(desk.App) }, Cancel);

    private static async Task<string?> CodeAsync(HttpResponseMessage answer)
    {
        using (answer)
            return (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString();
    }
}
