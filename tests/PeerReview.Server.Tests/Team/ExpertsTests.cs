using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Server.Tests.Web;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Team;

/// <summary>Experts by invitation: the letter opens it without an account, looking decides nothing, a dead link explains itself.</summary>
public sealed class ExpertsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_letter_about_a_State_without_a_focal_point_names_it_in_its_subject()
    {
        await using var desk = await DeskReview.NamedAsync();
        var subjects = (await desk.App.LettersAsync()).Where(letter => letter.Recipient == desk.Coordinator.Email).Select(letter => letter.Subject).ToList();
        foreach (var state in new[] { "Ghana", "Estonia" })
            Assert.Single(subjects, subject => subject.EndsWith($": {state} has no focal point yet", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_holds_the_letter_reads_what_is_asked_and_accepts_without_an_account()
    {
        await using var desk = await DeskReview.NominatingAsync();
        (await InviteAsync(desk, "GHA", "ama@example.org")).EnsureSuccessStatusCode();
        var path = await LinkAsync(desk, "ama@example.org");
        using var visitor = Browse(desk);

        // A mail scanner looks, twice, and tries another method.
        var (status, page) = await visitor.ReadAsync(path);
        await visitor.ReadAsync(path);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("Ghana invites you to be one of its experts in the voluntary review of Kenya.", page, StringComparison.Ordinal);
        Assert.Empty(await RolesAsync(desk, "ama@example.org"));

        using var accepted = await visitor.SubmitAsync(path, ("act", "accept"));
        var (_, after) = await visitor.ReadAsync(path);
        using var again = await visitor.SubmitAsync(path, ("act", "decline"));
        Assert.Equal(HttpStatusCode.SeeOther, accepted.StatusCode);
        Assert.Contains("You have accepted.", after, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Gone, again.StatusCode);
        Assert.Equal(["REV_EXPERT GHA"], await RolesAsync(desk, "ama@example.org"));
        // The letter of the invitation said what the page says; the one that thanks signs in and says how long; the focal
        // point is told.
        var letters = await desk.App.LettersAsync();
        var (invitation, thanks) = (letters.First(l => l.Recipient == "ama@example.org"), letters.Last(l => l.Recipient == "ama@example.org"));
        Assert.Contains("- Please answer by: ", invitation.Body, StringComparison.Ordinal);
        Assert.Contains("- What is asked: Read ", invitation.Body, StringComparison.Ordinal);
        Assert.Contains("<dt>Please answer by</dt>", page, StringComparison.Ordinal);
        Assert.Contains("thank you for agreeing to review", thanks.Subject, StringComparison.Ordinal);
        Assert.Contains("one of the experts of Ghana", thanks.Body.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("30 minutes", thanks.Body, StringComparison.Ordinal);
        Assert.Contains("/sign-in/", thanks.Body, StringComparison.Ordinal);
        Assert.Contains(letters, letter => letter.Recipient == desk.Spokespersons["GHA"].Email && letter.Subject.Contains("answered", StringComparison.Ordinal));
        var ama = await desk.App.PersonByEmailAsync("ama@example.org");
        Assert.Equal(HttpStatusCode.OK, (await ama.Client.GetAsync($"{desk.Api}/experts", Cancel)).StatusCode);
    }

    [Fact]
    public async Task Whoever_was_invited_and_has_an_account_answers_by_the_api_and_nobody_else_does()
    {
        await using var desk = await DeskReview.NominatingAsync();
        using var invited = await InviteAsync(desk, "GHA", "ama@example.org");
        var invitation = (await invited.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("key").GetString();
        var path = $"/api/v1/invitations/{invitation}/answer";
        var ama = await desk.App.PersonByEmailAsync("ama@example.org");
        var before = await desk.At.SequenceAsync();

        foreach (var person in new[] { desk.Spokespersons["GHA"], desk.Spokespersons["EST"], desk.Coordinator, desk.Authority })
        {
            using var strange = await person.Client.PostAsJsonAsync(path, new { accepts = true }, Cancel);
            Assert.Equal(HttpStatusCode.NotFound, strange.StatusCode);
        }

        Assert.Equal(before, await desk.At.SequenceAsync());
        (await ama.Client.PostAsJsonAsync(path, new { accepts = true }, Cancel)).EnsureSuccessStatusCode();
        using var again = await ama.Client.PostAsJsonAsync(path, new { accepts = false }, Cancel);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal(["REV_EXPERT GHA"], await RolesAsync(desk, "ama@example.org"));
    }

    [Fact]
    public async Task Whoever_declines_may_say_why_and_suggest_somebody_and_dead_links_explain_themselves()
    {
        await using var desk = await DeskReview.NominatingAsync();
        (await InviteAsync(desk, "GHA", "ben@example.org")).EnsureSuccessStatusCode();
        var kept = await InviteAsync(desk, "GHA", "cleo@example.org");
        var (declining, withdrawn) = (await LinkAsync(desk, "ben@example.org"), await LinkAsync(desk, "cleo@example.org"));
        using var visitor = Browse(desk);
        await visitor.ReadAsync(declining);

        using var tooLong = await visitor.SubmitAsync(declining, ("act", "decline"), ("reason", new string('x', 1001)));
        using var nonsense = await visitor.SubmitAsync(declining, ("act", "perhaps"));
        using var declined = await visitor.SubmitAsync(declining, ("act", "decline"), ("reason", "On leave."), ("suggestion", "My deputy."));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity, HttpStatusCode.SeeOther), (tooLong.StatusCode, nonsense.StatusCode, declined.StatusCode));
        Assert.Contains("You have declined.", (await visitor.ReadAsync(declining)).Html, StringComparison.Ordinal);
        Assert.Empty(await RolesAsync(desk, "ben@example.org"));

        var id = (await kept.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("key").GetString();
        Assert.Equal(HttpStatusCode.NotFound, (await desk.Spokespersons["EST"].Client.DeleteAsync($"{desk.Api}/invitations/{id}", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await desk.Spokespersons["GHA"].Client.DeleteAsync($"{desk.Api}/invitations/{id}", Cancel)).StatusCode);
        Assert.Equal((HttpStatusCode.Gone, true), await ReadsAsync(visitor, withdrawn, "was taken back"));
        // Whoever was invited hears of it, and reads the page in the language of the letter.
        Assert.Contains(await desk.App.LettersAsync(), letter => letter.Recipient == "cleo@example.org" && letter.Subject.Contains("taken back", StringComparison.Ordinal));
        Assert.EndsWith("?lang=en", withdrawn, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.NotFound, true), await ReadsAsync(visitor, "/invitations/" + new string('A', 43), "No invitation has this address"));
        Assert.Equal((HttpStatusCode.NotFound, true), await ReadsAsync(visitor, "/invitations/x", "No invitation has this address"));

        // Reason and suggestion are for those who invited and for the office, for nobody else.
        foreach (var (person, reads) in new[] { (desk.Spokespersons["GHA"], true), (desk.Coordinator, true), (desk.Spokespersons["EST"], false), (desk.FocalPoint, false) })
        {
            var body = await person.Client.GetStringAsync($"{desk.Api}/experts", Cancel);
            using var pages = await Pages.OfAsync(desk.App, person);
            var (_, html) = await pages.ReadAsync($"{desk.Page}/experts");
            Assert.Equal((reads, reads), (body.Contains("On leave.", StringComparison.Ordinal), html.Contains("On leave.", StringComparison.Ordinal)));
            Assert.Equal(reads, (body + html).Contains("ben@example.org", StringComparison.OrdinalIgnoreCase) || (body + html).Contains("Expert ben", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Nobody_is_invited_twice_for_the_subject_or_by_who_may_not_and_a_state_has_six_at_most()
    {
        await using var desk = await DeskReview.NominatingAsync();
        (await InviteAsync(desk, "GHA", "ama@example.org")).EnsureSuccessStatusCode();

        Assert.Equal("team.invited-already", await CodeAsync(await InviteAsync(desk, "GHA", "ama@example.org")));
        // Whom another State has invited is not told.
        Assert.Equal("team.not-free", await CodeAsync(await InviteAsync(desk, "EST", "ama@example.org")));
        Assert.Equal("team.of-the-subject", await CodeAsync(await InviteAsync(desk, "GHA", desk.Authority.Email)));
        Assert.Equal("people.has-role", await CodeAsync(await InviteAsync(desk, "GHA", desk.FocalPoint.Email)));
        using var byOffice = await desk.Coordinator.Client.PostAsJsonAsync($"{desk.Api}/invitations", new { name = "A", email = "a@example.org" }, Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, byOffice.StatusCode);
        for (var number = 2; number <= 6; number++)
            (await InviteAsync(desk, "GHA", $"expert{number}@example.org")).EnsureSuccessStatusCode();
        Assert.Equal("team.too-many", await CodeAsync(await InviteAsync(desk, "GHA", "expert7@example.org")));
    }

    [Fact]
    public async Task As_long_as_another_State_can_be_asked_for_the_page_says_from_when_nominating_can_be_finished()
    {
        await using var desk = await DeskReview.NamedAsync();
        var ghana = await desk.SpeakForAsync("GHA");
        await desk.JoinAsync("GHA", "ama@example.org");
        using var pages = await Pages.OfAsync(desk.App, ghana);

        var page = (await pages.ReadAsync($"{desk.Page}/experts")).Html;
        Assert.Matches("may still ask for another reviewing State until [0-9]+ [A-Z][a-z]+ [0-9]{4} [^.]+\\. The button is here after that", page);
        Assert.DoesNotContain(">Finish nominating</button>", page, StringComparison.Ordinal);

        (await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/stages/redraw_window/waive", new { }, Cancel)).EnsureSuccessStatusCode();
        page = (await pages.ReadAsync($"{desk.Page}/experts")).Html;
        Assert.Contains(">Finish nominating</button>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Nominating cannot be finished yet", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_State_finishes_with_an_expert_of_its_own_and_the_last_one_with_a_lead()
    {
        await using var desk = await DeskReview.NamedAsync();
        var (ghana, estonia) = (await desk.SpeakForAsync("GHA"), await desk.SpeakForAsync("EST"));
        var ama = await desk.JoinAsync("GHA", "ama@example.org");

        Assert.Equal("team.redraw-window", await CodeAsync(await FinishAsync(desk, ghana)));
        (await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/stages/redraw_window/waive", new { }, Cancel)).EnsureSuccessStatusCode();
        Assert.Equal("team.expert-missing", await CodeAsync(await FinishAsync(desk, estonia)));
        (await FinishAsync(desk, ghana)).EnsureSuccessStatusCode();
        Assert.Equal(["EST REV_FP Focal point EST"], await desk.AskedAsync("nominate"));
        var eva = await desk.JoinAsync("EST", "eva@example.org");
        Assert.Equal("team.lead-missing", await CodeAsync(await FinishAsync(desk, estonia)));

        Assert.Equal("team.not-your-expert", await CodeAsync(await LeadAsync(desk, estonia, ama)));
        Assert.Equal("team.not-an-expert", await CodeAsync(await LeadAsync(desk, estonia, desk.FocalPoint)));
        (await LeadAsync(desk, estonia, eva)).EnsureSuccessStatusCode();
        Assert.Equal("team.lead-of-another", await CodeAsync(await LeadAsync(desk, ghana, ama)));
        (await LeadAsync(desk, desk.Coordinator, ama)).EnsureSuccessStatusCode();
        (await InviteAsync(desk, "EST", "late@example.org")).EnsureSuccessStatusCode();
        Assert.Equal(["REV_EXPERT GHA", "REV_LEAD GHA"], await RolesAsync(desk, "ama@example.org"));
        Assert.Equal(["REV_EXPERT EST"], await RolesAsync(desk, "eva@example.org"));
        (await FinishAsync(desk, estonia)).EnsureSuccessStatusCode();
        // Whoever has not answered by then is too late: nobody joins whom the State could not object to.
        using var late = Browse(desk);
        Assert.Equal((HttpStatusCode.Gone, true), await ReadsAsync(late, await LinkAsync(desk, "late@example.org"), "has finished nominating"));
        // Each expert is asked for their own declaration, by the calendar of their State.
        Assert.Equal(2, (await desk.AskedAsync("declare")).Count);
        Assert.Equal(["Africa/Accra", "Europe/Tallinn"], await desk.App.Database.AsOwnerAsync<string>("SELECT zone FROM deadline WHERE stage = 'declare' ORDER BY 1"));
    }

    [Fact]
    public async Task A_reserve_expert_accepts_and_has_no_role_yet()
    {
        await using var desk = await DeskReview.NominatingAsync();
        (await InviteAsync(desk, "GHA", "rita@example.org", reserve: true)).EnsureSuccessStatusCode();
        var path = await LinkAsync(desk, "rita@example.org");
        using var visitor = Browse(desk);
        await visitor.ReadAsync(path);

        using var accepted = await visitor.SubmitAsync(path, ("act", "accept"));

        Assert.Equal(HttpStatusCode.SeeOther, accepted.StatusCode);
        Assert.Contains("You will get a letter if you are needed.", (await visitor.ReadAsync(path)).Html, StringComparison.Ordinal);
        Assert.Empty(await RolesAsync(desk, "rita@example.org"));
    }

    private static Browser Browse(DeskReview desk) => new(desk.App.Address);

    private static Task<HttpResponseMessage> InviteAsync(DeskReview desk, string state, string email, bool reserve = false) =>
        desk.InviteAsync(state, email, reserve);

    private static Task<string> LinkAsync(DeskReview desk, string email) => desk.InvitationOfAsync(email);

    private static Task<HttpResponseMessage> FinishAsync(DeskReview desk, TestPerson person) =>
        person.Client.PostAsJsonAsync($"{desk.Api}/stages/nominate/complete", new { }, Cancel);

    private static Task<HttpResponseMessage> LeadAsync(DeskReview desk, TestPerson by, TestPerson lead) =>
        by.Client.PutAsJsonAsync($"{desk.Api}/lead", new { person = lead.Id }, Cancel);

    private static async Task<IReadOnlyList<string>> RolesAsync(DeskReview desk, string email) => await desk.App.Database.AsOwnerAsync<string>(
        """
        SELECT g.role || ' ' || g.state FROM role_grant g JOIN person p ON p.id = g.person_id
        WHERE p.email = @Email AND g.ended_at IS NULL ORDER BY 1
        """,
        new { Email = email });

    private static async Task<(HttpStatusCode Status, bool Says)> ReadsAsync(Browser browser, string path, string sentence)
    {
        var (status, html) = await browser.ReadAsync(path);
        return (status, html.Contains(sentence, StringComparison.Ordinal));
    }

    private static async Task<string> CodeAsync(HttpResponseMessage response)
    {
        using (response)
            return (await response.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString()!;
    }
}
