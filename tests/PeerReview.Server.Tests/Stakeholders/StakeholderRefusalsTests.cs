using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Stakeholders;

/// <summary>What is refused around stakeholders, each with its sentence and with nothing changed.</summary>
public sealed class StakeholderRefusalsTests
{
    private const string Ines = "ines@example.org", Omar = "omar@example.org";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_the_coordinator_invites_and_only_somebody_who_is_not_bound_to_the_review()
    {
        await using var desk = await DeskReview.NominatingAsync(stakeholders: true);
        var review = desk.At;
        var before = await review.SequenceAsync();

        Assert.Equal("stakeholder.family", await CodeAsync(await review.InviteStakeholderAsync(Ines, family: "friends")));
        Assert.Equal("stakeholder.organisation", await CodeAsync(await review.InviteStakeholderAsync(Ines, organisation: " ")));
        Assert.Equal("stakeholder.language", await CodeAsync(await review.InviteStakeholderAsync(Ines, language: "de")));
        Assert.Equal("person.email", await CodeAsync(await review.InviteStakeholderAsync("nobody")));
        Assert.Equal("people.has-role", await CodeAsync(await review.InviteStakeholderAsync(desk.FocalPoint.Email)));
        Assert.Equal("people.has-role", await CodeAsync(await review.InviteStakeholderAsync(review.Head.Email)));
        Assert.Equal("people.has-role", await CodeAsync(await review.InviteStakeholderAsync(desk.Spokespersons["GHA"].Email)));
        foreach (var person in new[] { desk.FocalPoint, desk.Authority, review.Head, desk.Spokespersons["GHA"] })
            Assert.Equal("access.not-allowed", await CodeAsync(await person.Client.PostAsJsonAsync($"{desk.Api}/stakeholders", new { name = "A", email = Ines }, Cancel)));
        Assert.Equal(before, await review.SequenceAsync());

        (await review.InviteStakeholderAsync(Ines)).EnsureSuccessStatusCode();
        Assert.Equal("stakeholder.invited-already", await CodeAsync(await review.InviteStakeholderAsync(Ines)));
    }

    [Fact]
    public async Task A_link_does_nothing_by_being_opened_and_explains_itself_when_it_is_dead()
    {
        await using var desk = await DeskReview.NominatingAsync(stakeholders: true);
        var review = desk.At;
        var first = await InviteAsync(review, Ines);
        using var visitor = await Pages.OfAsync(desk.App, person: null);
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.OK, (await visitor.ReadAsync(first)).Status);
        Assert.Empty(await desk.App.Database.AsOwnerAsync<string>("SELECT outcome FROM stakeholder_invitation WHERE outcome IS NOT NULL"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await visitor.SubmitAsync(first, ("act", "perhaps"))).Status);

        // Declined without an account; nobody got a role by it.
        await visitor.SubmitAsync(first, ("act", "decline"));
        Assert.Contains("You have declined.", (await visitor.ReadAsync(first)).Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Gone, (await visitor.SubmitAsync(first, ("act", "accept"))).Status);
        Assert.Equal(["declined"], await desk.App.Database.AsOwnerAsync<string>("SELECT outcome FROM stakeholder_invitation"));
        Assert.Empty(await desk.App.Database.AsOwnerAsync<string>("SELECT role FROM role_grant WHERE role = 'STAKEHOLDER'"));
        Assert.Contains("stakeholder_answered", await review.LettersAsync(desk.Coordinator));

        // Asked again, taken back.
        var second = await InviteAsync(review, Ines);
        var id = await desk.App.Database.AsOwnerAsync<Guid>("SELECT id FROM stakeholder_invitation WHERE outcome IS NULL");
        (await desk.Coordinator.Client.DeleteAsync($"{desk.Api}/stakeholders/{id[0]}", Cancel)).EnsureSuccessStatusCode();
        var dead = await visitor.ReadAsync(second);
        Assert.Equal(HttpStatusCode.Gone, dead.Status);
        Assert.Contains("This invitation was taken back.", dead.Html, StringComparison.Ordinal);
        Assert.Equal("stakeholder.invitation-dead", await CodeAsync(await desk.Coordinator.Client.DeleteAsync($"{desk.Api}/stakeholders/{id[0]}", Cancel)));
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.ReadAsync("/stakeholders/" + new string('a', 43))).Status);

        // Too late.
        var third = await InviteAsync(review, Omar);
        await desk.App.AdvanceAsync(TimeSpan.FromDays(70));
        (await desk.Coordinator.Client.PostAsJsonAsync($"{desk.Api}/stages/stake_call/complete", new { }, Cancel)).EnsureSuccessStatusCode();
        Assert.Contains("The window for contributions is closed", (await visitor.ReadAsync(third)).Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Gone, (await visitor.SubmitAsync(third, ("act", "accept"))).Status);
    }

    [Fact]
    public async Task A_contribution_is_its_senders_until_it_is_handed_in_and_nobodys_to_change_after_that()
    {
        await using var desk = await DeskReview.NominatingAsync(stakeholders: true);
        var review = desk.At;
        var (ines, omar) = (await review.HearAsync(Ines), await review.HearAsync(Omar));
        var before = await review.SequenceAsync();
        Assert.Equal("contribution.text", await CodeAsync(await ines.Client.PostAsJsonAsync($"{desk.Api}/contributions", new { text = " " }, Cancel)));
        Assert.Equal("contribution.text", await CodeAsync(await ines.Client.PostAsJsonAsync($"{desk.Api}/contributions", new { text = new string('x', 4001) }, Cancel)));
        Assert.Equal("contribution.item", await CodeAsync(await ines.Client.PostAsJsonAsync($"{desk.Api}/contributions", new { item = "N-z.z9", text = "Text." }, Cancel)));
        foreach (var person in new[] { desk.Coordinator, desk.FocalPoint, desk.Spokespersons["GHA"] })
            Assert.Equal("access.not-allowed", await CodeAsync(await person.Client.PostAsJsonAsync($"{desk.Api}/contributions", new { text = "Text." }, Cancel)));
        Assert.Equal("access.not-allowed", await CodeAsync(await review.Other.Client.PostAsJsonAsync($"{desk.Api}/contributions", new { text = "Text." }, Cancel)));

        var id = await review.DraftAsync(ines, "First.");
        Assert.Equal("contribution.unknown", await CodeAsync(await ChangeAsync(desk, omar, id, "Not mine.", 1)));
        Assert.Equal("contribution.unknown", await CodeAsync(await HandInAsync(desk, omar, id, 1)));
        Assert.Equal("contribution.unknown", await CodeAsync(await omar.Client.DeleteAsync($"{desk.Api}/contributions/{id}", Cancel)));
        (await ChangeAsync(desk, ines, id, "Second.", 1)).EnsureSuccessStatusCode();
        Assert.Equal("writing.stale", await CodeAsync(await ChangeAsync(desk, ines, id, "Third.", 1)));
        Assert.Equal("writing.stale", await CodeAsync(await HandInAsync(desk, ines, id, 1)));
        Assert.Equal("contribution.unknown", await CodeAsync(await review.ScreenAsync(id, "accept")));
        Assert.Equal(before, await review.SequenceAsync());

        (await HandInAsync(desk, ines, id, 2)).EnsureSuccessStatusCode();
        Assert.Equal("contribution.handed-in", await CodeAsync(await HandInAsync(desk, ines, id, 2)));
        Assert.Equal("contribution.handed-in", await CodeAsync(await ChangeAsync(desk, ines, id, "Fourth.", 2)));
        Assert.Equal("contribution.handed-in", await CodeAsync(await ines.Client.DeleteAsync($"{desk.Api}/contributions/{id}", Cancel)));
        Assert.Equal(
            ["AMBER 1 en"],
            await desk.App.Database.AsOwnerAsync<string>("SELECT label || ' ' || version || ' ' || language FROM writing WHERE review_id = @Id AND kind = 'contribution'", new { review.Id }));
    }

    [Fact]
    public async Task Screening_is_the_coordinators_once_and_the_window_closes_after_it()
    {
        await using var desk = await DeskReview.NominatingAsync(stakeholders: true);
        var review = desk.At;
        var (ines, omar) = (await review.HearAsync(Ines), await review.HearAsync(Omar));
        var id = await review.ContributeAsync(ines, "Text.");
        var unsent = await review.DraftAsync(omar, "Not handed in.");
        Assert.Equal("contribution.outcome", await CodeAsync(await review.ScreenAsync(id, "perhaps")));
        Assert.Equal("contribution.cause", await CodeAsync(await review.ScreenAsync(id, "set_aside")));
        Assert.Equal("contribution.note-missing", await CodeAsync(await review.ScreenAsync(id, "set_aside", "other")));
        Assert.Equal("contribution.note", await CodeAsync(await review.ScreenAsync(id, "accept", note: new string('x', 1001))));
        foreach (var person in new[] { ines, review.Head, desk.FocalPoint })
            Assert.Equal("access.not-allowed", await CodeAsync(await person.Client.PostAsJsonAsync($"{desk.Api}/contributions/{id}/screening", new { outcome = "accept" }, Cancel)));
        Assert.Equal("contribution.unscreened", await CodeAsync(await CloseAsync(desk)));

        (await review.ScreenAsync(id, "accept")).EnsureSuccessStatusCode();
        Assert.Equal("contribution.screened", await CodeAsync(await review.ScreenAsync(id, "set_aside", "off_topic")));
        // Omar has accepted and was promised time.
        Assert.Equal("contribution.window-runs", await CodeAsync(await CloseAsync(desk)));
        Assert.Equal("contribution.somebody-accepted", await CodeAsync(await desk.Coordinator.Client.PostAsync($"{desk.Api}/contributions/leave-out", null, Cancel)));
        Assert.Equal("access.not-allowed", await CodeAsync(await ines.Client.PostAsJsonAsync($"{desk.Api}/stages/stake_call/complete", new { }, Cancel)));
        await desk.App.AdvanceAsync(TimeSpan.FromDays(70));
        (await CloseAsync(desk)).EnsureSuccessStatusCode();

        Assert.Equal("process.already-done", await CodeAsync(await HandInAsync(desk, omar, unsent, 1)));
        Assert.Equal("process.already-done", await CodeAsync(await ines.Client.PostAsJsonAsync($"{desk.Api}/contributions", new { text = "Late." }, Cancel)));
        Assert.Equal("process.already-done", await CodeAsync(await review.InviteStakeholderAsync("late@example.org")));
        Assert.Equal("process.already-done", await CodeAsync(await CloseAsync(desk)));
    }

    [Fact]
    public async Task The_State_replies_in_its_time_to_what_was_accepted()
    {
        await using var desk = await DeskReview.NominatingAsync(stakeholders: true);
        var review = desk.At;
        var ines = await review.HearAsync(Ines);
        var (kept, other, aside) = (await review.ContributeAsync(ines, "Text."), await review.ContributeAsync(ines, "More."), await review.ContributeAsync(ines, "Else."));
        (await review.ScreenAsync(kept, "accept")).EnsureSuccessStatusCode();
        (await review.ScreenAsync(other, "accept")).EnsureSuccessStatusCode();
        (await review.ScreenAsync(aside, "set_aside", "personal_data")).EnsureSuccessStatusCode();
        // Before the window is closed and the self-assessment handed in.
        Assert.Equal("process.too-early", await CodeAsync(await review.ReplyAsync(kept, "Too early.")));
        Assert.Equal("process.not-started", await CodeAsync(await CloseAsync(desk)));
        await desk.App.AdvanceAsync(StakeholderSteps.Starts);
        (await CloseAsync(desk)).EnsureSuccessStatusCode();
        Assert.Equal("process.too-early", await CodeAsync(await review.ReplyAsync(kept, "Too early.")));
        await desk.CommentingFromHereAsync();

        Assert.Equal("contribution.unknown", await CodeAsync(await review.ReplyAsync(aside, "Of nothing.")));
        Assert.Equal("contribution.reply-empty", await CodeAsync(await review.ReplyAsync(kept, " ")));
        Assert.Equal("contribution.reply", await CodeAsync(await review.ReplyAsync(kept, new string('x', 4001))));
        Assert.Equal("access.not-allowed", await CodeAsync(await ines.Client.PutAsJsonAsync($"{desk.Api}/contributions/{kept}/reply", new { text = "Mine." }, Cancel)));
        (await review.ReplyAsync(kept, "First.")).EnsureSuccessStatusCode();
        Assert.Equal("writing.stale", await CodeAsync(await review.ReplyAsync(kept, "Second.")));
        (await review.ReplyAsync(kept, "Second.", version: 1)).EnsureSuccessStatusCode();
        Assert.Equal("contribution.unreplied", await CodeAsync(await FinishAsync(desk)));
        (await review.ReplyAsync(other, "", declines: true)).EnsureSuccessStatusCode();
        (await desk.FocalPoint.Client.PostAsync($"{desk.Api}/contributions/{kept}/forward", null, Cancel)).EnsureSuccessStatusCode();
        Assert.Equal("contribution.forwarded", await CodeAsync(await desk.FocalPoint.Client.PostAsync($"{desk.Api}/contributions/{kept}/forward", null, Cancel)));
        Assert.Equal("contribution.unknown", await CodeAsync(await desk.FocalPoint.Client.PostAsync($"{desk.Api}/contributions/{aside}/forward", null, Cancel)));
        (await FinishAsync(desk)).EnsureSuccessStatusCode();
        Assert.Equal("process.already-done", await CodeAsync(await review.ReplyAsync(kept, "Third.", version: 2)));
        await desk.App.Database.RequireSoundAsync();
    }

    private static async Task<string> InviteAsync(ReviewAt review, string email)
    {
        (await review.InviteStakeholderAsync(email)).EnsureSuccessStatusCode();
        return await review.StakeholderLetterAsync(email);
    }

    private static Task<HttpResponseMessage> ChangeAsync(DeskReview desk, TestPerson person, string id, string text, int version) =>
        person.Client.PutAsJsonAsync($"{desk.Api}/contributions/{id}", new { text, version }, Cancel);

    private static Task<HttpResponseMessage> HandInAsync(DeskReview desk, TestPerson person, string id, int version) =>
        person.Client.PostAsJsonAsync($"{desk.Api}/contributions/{id}/hand-in", new { version }, Cancel);

    private static Task<HttpResponseMessage> CloseAsync(DeskReview desk) =>
        desk.Coordinator.Client.PostAsJsonAsync($"{desk.Api}/stages/stake_call/complete", new { }, Cancel);

    private static Task<HttpResponseMessage> FinishAsync(DeskReview desk) =>
        desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/stages/stake_reply/complete", new { }, Cancel);

    private static async Task<string> CodeAsync(HttpResponseMessage response)
    {
        using (response)
            return (await response.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString()!;
    }
}
