using System.Net;
using System.Net.Http.Json;
using PeerReview.Testing;
using Xunit;
using static PeerReview.Server.Tests.Report.AgreementSteps;

namespace PeerReview.Server.Tests.Report;

/// <summary>All confirm exactly one text, or the report goes on with what they say against it.</summary>
public sealed class AgreementTests
{
    private const string Ama = DeskReview.Ama;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_text_that_changes_between_two_confirmations_is_confirmed_again_by_all_who_see_what_changed()
    {
        await using var desk = await DeskReview.AgreeingAsync();
        var (ghana, estonia) = (desk.Spokespersons["GHA"], desk.Spokespersons["EST"]);
        var old = await HashAsync(desk);
        (await desk.AgreeAsync(ghana)).EnsureSuccessStatusCode();
        // The lead is asked beside the parties: the State commented on the draft.
        Assert.Equal(["COORD_HEAD Head", "EST REV_FP Focal point EST", "REV_LEAD Expert ama", "STATE_AUTH Authority"], await desk.AskedAsync("agree"));
        Assert.Equal("agreement.confirmed", await CodeAsync(await desk.AgreeAsync(ghana)));
        await desk.App.Database.RequireSoundAsync();

        (await desk.WriteAsync("summary", "[another summary of the report]", version: 1)).EnsureSuccessStatusCode();

        Assert.Contains("GHA REV_FP Focal point GHA", await desk.AskedAsync("agree"));
        Assert.Equal(2, (await desk.App.LettersAsync()).Count(letter =>
            letter.Recipient == "focal.point.gha@example.org" && letter.Subject.Contains("please confirm the report", StringComparison.Ordinal)));
        Assert.Equal("agreement.changed", await CodeAsync(await desk.AgreeAsync(estonia, old)));
        using var pages = await Pages.OfAsync(desk.App, ghana);
        var (_, html) = await pages.ReadAsync($"{desk.Page}/report");
        Assert.Contains("The report has changed since you confirmed it", html, StringComparison.Ordinal);
        // However many parties are waited for, the page says so once.
        Assert.Equal(2, html.Split("<p class=\"turn").Length);
        Assert.Contains("1 passage has changed", html, StringComparison.Ordinal);
        Assert.Contains("<ins>", html, StringComparison.Ordinal);
        var (status, refused, _) = await pages.SubmitAsync($"{desk.Page}/report", [("act", "confirm"), ("content_hash", old), .. Signature(desk)]);
        Assert.Equal((HttpStatusCode.Conflict, true), (status, refused.Contains("nothing was confirmed", StringComparison.Ordinal)));

        foreach (var person in desk.Agreeing)
        {
            using var own = await Pages.OfAsync(desk.App, person);
            await own.ReadAsync($"{desk.Page}/report");
            Assert.Equal(
                HttpStatusCode.SeeOther,
                (await own.SubmitAsync($"{desk.Page}/report", [("act", "confirm"), ("content_hash", await HashAsync(desk)), .. Signature(desk)])).Status);
        }

        Assert.Empty(await desk.AskedAsync("agree"));
        // What the lead never decided is annexed for good by now.
        var (_, agreed) = await pages.ReadAsync($"{desk.Page}/report");
        Assert.DoesNotContain("Not decided yet", agreed, StringComparison.Ordinal);
        Assert.Contains("<strong>Annexed</strong>", agreed, StringComparison.Ordinal);
        Assert.Equal(["STATE_AUTH Authority"], await desk.AskedAsync("rec_response"));
        // The lead hears of the comment in the same letter.
        var told = (await desk.App.LettersAsync()).Where(letter => letter.Subject.Contains("the report is agreed", StringComparison.Ordinal)
            || (letter.Recipient == Ama && letter.Subject.Contains("the report is settled, comments are annexed", StringComparison.Ordinal))).ToList();
        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal) { Ama, DeskReview.Eva, "focal.point.gha@example.org", "focal.point.est@example.org" },
            told.Select(letter => letter.Recipient).ToHashSet(StringComparer.Ordinal));
        Assert.Equal("process.already-done", await CodeAsync(await desk.WriteAsync("summary", "[too late]", version: 2)));
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task Only_the_parties_confirm_or_state_that_there_is_no_agreement()
    {
        await using var desk = await DeskReview.AgreeingAsync();
        foreach (var person in new[] { desk.FocalPoint, desk.Coordinator, desk.Experts[Ama], desk.Experts[DeskReview.Eva] })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await desk.AgreeAsync(person)).StatusCode);
            using var pages = await Pages.OfAsync(desk.App, person);
            var (_, html) = await pages.ReadAsync($"{desk.Page}/report");
            Assert.DoesNotContain("value=\"confirm\"", html, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.Forbidden, (await pages.SubmitAsync($"{desk.Page}/report", ("act", "fail"), ("reason", "[not mine to say]"))).Status);
        }

        using var stranger = await Pages.OfAsync(desk.App, desk.At.Other);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.ReadAsync($"{desk.Page}/report")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await DissentAsync(desk.Spokespersons["EST"], desk, "[too early]")).StatusCode);
    }

    [Fact]
    public async Task Failing_takes_a_reason_and_happens_once()
    {
        await using var desk = await DeskReview.AgreeingAsync();
        var (ghana, estonia) = (desk.Spokespersons["GHA"], desk.Spokespersons["EST"]);
        using var silent = await estonia.Client.PostAsJsonAsync($"{desk.Api}/stages/agree/fail", new { reason = " " }, Cancel);
        Assert.Equal("moves.reason-missing", await CodeAsync(silent));
        using var pages = await Pages.OfAsync(desk.App, estonia);
        await pages.ReadAsync($"{desk.Page}/report");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await pages.SubmitAsync($"{desk.Page}/report", ("act", "fail"), ("reason", ""))).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await pages.SubmitAsync($"{desk.Page}/report", ("act", "fail"), ("reason", "[the third section]"))).Status);
        using var twice = await ghana.Client.PostAsJsonAsync($"{desk.Api}/stages/agree/fail", new { reason = "[as well]" }, Cancel);
        Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
        using var further = await desk.Authority.Client.PostAsJsonAsync($"{desk.Api}/stages/reconcile/fail", new { reason = "[again]" }, Cancel);
        Assert.Equal(HttpStatusCode.Conflict, further.StatusCode);

        foreach (var (person, reads) in new[] { (desk.FocalPoint, true), (ghana, true), (desk.At.Head, true), (desk.Coordinator, true), (desk.Experts[Ama], true), (desk.At.Other, false) })
        {
            using var own = await Pages.OfAsync(desk.App, person);
            Assert.Equal(reads, (await own.ReadAsync($"{desk.Page}/report")).Html.Contains("[the third section]", StringComparison.Ordinal));
        }

        Assert.Equal(
            ["COORD_HEAD Head", "EST REV_FP Focal point EST", "GHA REV_FP Focal point GHA", "REV_LEAD Expert ama", "STATE_AUTH Authority"],
            await desk.AskedAsync("reconcile"));
        // Whoever is not asked to look for a way on is told as well.
        var told = (await desk.App.LettersAsync()).Where(letter => letter.Subject.Contains("no agreement on the report", StringComparison.Ordinal)
            && letter.Body.Contains("nothing at this moment", StringComparison.Ordinal)).Select(letter => letter.Recipient);
        string[] others = [desk.Coordinator.Email, desk.At.Deputy.Email, DeskReview.Eva, desk.FocalPoint.Email, desk.At.Alternate.Email];
        Assert.Equal(others.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task Whoever_writes_while_the_parties_confirm_is_told_that_it_takes_confirmations_back()
    {
        await using var desk = await DeskReview.AgreeingAsync();
        using var pages = await Pages.OfAsync(desk.App, desk.Experts[Ama]);
        const string warning = "their confirmations no longer count";
        Assert.DoesNotContain(warning, (await pages.ReadAsync($"{desk.Page}/draft/summary")).Html, StringComparison.Ordinal);

        (await desk.AgreeAsync(desk.At.Head)).EnsureSuccessStatusCode();

        foreach (var (page, warns) in new[] { ("draft/summary", true), ("recommendations/R-01", true), ("draft/private_annex", false) })
            Assert.Equal(warns, (await pages.ReadAsync($"{desk.Page}/{page}")).Html.Contains(warning, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Everybody_a_late_reconciliation_waits_for_is_told_once_and_of_all_sides()
    {
        await using var desk = await ReconcilingAsync();

        await desk.App.AdvanceAsync(TimeSpan.FromDays(21 + 15));

        foreach (var person in new[] { desk.At.Head, desk.Authority, desk.Experts[Ama], desk.Spokespersons["GHA"], desk.Spokespersons["EST"] })
            Assert.Single(await desk.App.LettersAsync(), mail => mail.Recipient == person.Email && mail.Subject.Contains("needs a conversation", StringComparison.Ordinal));
        var letter = (await desk.App.LettersAsync()).Single(mail => mail.Recipient == desk.At.Head.Email && mail.Subject.Contains("needs a conversation", StringComparison.Ordinal));
        foreach (var side in new[] { "Head of the coordinators", "State authority", "Lead reviewer", "(Ghana)", "(Estonia)" })
            Assert.Contains(side, letter.Body, StringComparison.Ordinal);
        Assert.Single(
            await desk.App.LettersAsync(),
            mail => mail.Recipient == desk.Coordinator.Email && mail.Subject.Contains("past its date", StringComparison.Ordinal) && mail.Body.Contains("econcil", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Everybody_a_late_agreement_waits_for_is_told_and_the_head_of_her_own_part_as_such()
    {
        await using var desk = await DeskReview.AgreeingAsync();
        (await desk.AgreeAsync(desk.Spokespersons["GHA"])).EnsureSuccessStatusCode();

        await desk.App.AdvanceAsync(TimeSpan.FromDays(30 + 15));

        var told = (await desk.App.LettersAsync()).Where(mail => mail.Subject.Contains("an answer is missing", StringComparison.Ordinal)).ToList();
        var late = new[] { desk.At.Head, desk.Authority, desk.Experts[Ama], desk.Spokespersons["EST"] };
        Assert.Equal(late.Select(person => person.Email).Order(StringComparer.Ordinal), told.Select(mail => mail.Recipient).Order(StringComparer.Ordinal));
        Assert.Contains("Head of the coordinators (you)", told.Single(mail => mail.Recipient == desk.At.Head.Email).Body, StringComparison.Ordinal);
        Assert.Contains("State authority (you), Head of the coordinators", told.Single(mail => mail.Recipient == desk.Authority.Email).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("(you)", told.Single(mail => mail.Recipient == desk.Spokespersons["EST"].Email).Body, StringComparison.Ordinal);
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task A_new_wording_ends_the_reconciliation_when_all_confirm_it()
    {
        await using var desk = await ReconcilingAsync();
        (await desk.WriteAsync("summary", "[words all accept]", version: 1)).EnsureSuccessStatusCode();
        foreach (var person in desk.Agreeing.Append(desk.Experts[Ama]))
            (await desk.AgreeAsync(person, stage: "reconcile")).EnsureSuccessStatusCode();

        Assert.Empty(await desk.AskedAsync("reconcile"));
        using var pages = await Pages.OfAsync(desk.App, desk.Authority);
        Assert.Contains("All parties have confirmed this report", (await pages.ReadAsync($"{desk.Page}/report")).Html, StringComparison.Ordinal);
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task Dissent_is_written_taken_back_and_written_again_and_everybody_confirms_it_along()
    {
        await using var desk = await ReconcilingAsync();
        var estonia = desk.Spokespersons["EST"];
        var ghana = desk.Spokespersons["GHA"];
        foreach (var person in new[] { desk.Authority, ghana })
            (await desk.AgreeAsync(person, stage: "reconcile")).EnsureSuccessStatusCode();
        foreach (var person in new[] { desk.At.Head, desk.Experts[Ama], desk.FocalPoint })
            Assert.Equal(HttpStatusCode.Forbidden, (await DissentAsync(person, desk, "[not a State]")).StatusCode);

        using var pages = await Pages.OfAsync(desk.App, estonia);
        await pages.ReadAsync($"{desk.Page}/report");
        Assert.Equal(HttpStatusCode.SeeOther, (await pages.SubmitAsync($"{desk.Page}/report", ("act", "dissent"), ("version", "0"), ("text", "[Estonia sees it otherwise]"))).Status);
        // What was confirmed without the dissent is not confirmed with it; whoever dissents has answered.
        Assert.Equal(["COORD_HEAD Head", "GHA REV_FP Focal point GHA", "REV_LEAD Expert ama", "STATE_AUTH Authority"], await desk.AskedAsync("reconcile"));
        Assert.Equal(1, (await desk.At.LettersAsync(ghana)).Count(name => name == "your_turn_reconcile"));
        Assert.Contains("dissent_annexed", await desk.At.LettersAsync(ghana));
        Assert.Contains("dissent_annexed", await desk.At.LettersAsync(desk.At.Head));
        Assert.DoesNotContain("dissent_annexed", await desk.At.LettersAsync(estonia));
        Assert.Equal("agreement.dissent", await CodeAsync(await DissentAsync(estonia, desk, " ", version: 1)));
        Assert.Equal(HttpStatusCode.Conflict, (await DissentAsync(estonia, desk, "[over an older one]", version: 0)).StatusCode);
        await pages.ReadAsync($"{desk.Page}/report");
        Assert.Equal(HttpStatusCode.SeeOther, (await pages.SubmitAsync($"{desk.Page}/report", ("act", "withdraw"))).Status);
        Assert.Equal(5, (await desk.AskedAsync("reconcile")).Count);
        await pages.ReadAsync($"{desk.Page}/report");
        Assert.Equal(HttpStatusCode.SeeOther, (await pages.SubmitAsync($"{desk.Page}/report", ("act", "dissent"), ("version", "0"), ("text", "[Estonia says it better]"))).Status);

        foreach (var person in new[] { desk.Experts[Ama], desk.At.Head, desk.Authority })
            (await desk.AgreeAsync(person, stage: "reconcile")).EnsureSuccessStatusCode();
        Assert.Equal(["GHA REV_FP Focal point GHA"], await desk.AskedAsync("reconcile"));
        (await desk.AgreeAsync(ghana, stage: "reconcile")).EnsureSuccessStatusCode();

        using var state = await Pages.OfAsync(desk.App, desk.FocalPoint);
        var (_, html) = await state.ReadAsync($"{desk.Page}/report");
        Assert.Contains("[Estonia says it better]", html, StringComparison.Ordinal);
        Assert.DoesNotContain("[Estonia sees it otherwise]", html, StringComparison.Ordinal);
        Assert.Contains("Dissent is annexed by: ", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Did not answer in time: ", html, StringComparison.Ordinal);
        Assert.Contains(await desk.App.LettersAsync(), letter => letter.Subject.Contains("the report goes on", StringComparison.Ordinal));
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task Silence_in_the_agreement_is_no_consent_and_the_head_coordinator_has_a_way_on()
    {
        await using var desk = await DeskReview.AgreeingAsync();
        foreach (var person in new[] { desk.Spokespersons["GHA"], desk.At.Head, desk.Authority })
            (await desk.AgreeAsync(person)).EnsureSuccessStatusCode();
        using var head = await Pages.OfAsync(desk.App, desk.At.Head);
        Assert.DoesNotContain("not everybody has answered", (await head.ReadAsync("/")).Html, StringComparison.Ordinal);

        await desk.App.AdvanceAsync(TimeSpan.FromDays(22));
        Assert.Contains("not everybody has answered", (await head.ReadAsync("/")).Html, StringComparison.Ordinal);
        using var coordinator = await Pages.OfAsync(desk.App, desk.Coordinator);
        Assert.DoesNotContain("not everybody has answered", (await coordinator.ReadAsync("/")).Html, StringComparison.Ordinal);
        Assert.Contains("there is no answer from: Estonia", (await head.ReadAsync($"{desk.Page}/report")).Html, StringComparison.Ordinal);
        // The ladder goes on to the head coordinator, who has confirmed.
        await desk.App.AdvanceAsync(TimeSpan.FromDays(33));
        Assert.Contains(
            await desk.App.LettersAsync(),
            letter => letter.Recipient == desk.At.Head.Email && letter.Subject.Contains("not everybody has answered", StringComparison.Ordinal));
        Assert.Contains(
            await desk.App.LettersAsync(),
            letter => letter.Recipient == desk.At.Head.Email && letter.Body.ReplaceLineEndings(" ").Contains("can record on that page that not everybody has answered", StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.SeeOther, (await head.SubmitAsync($"{desk.Page}/report", ("act", "fail"), ("reason", "[no answer]"))).Status);
        Assert.Empty(await desk.AskedAsync("agree"));
        // Nobody disagreed, so nobody is told so; who is silent is told what that leads to.
        var told = (await desk.App.LettersAsync()).Where(letter => letter.Subject.Contains("the report is awaited", StringComparison.Ordinal)
            || letter.Subject.Contains("not everybody has answered on the report", StringComparison.Ordinal) || letter.Subject.Contains("no agreement", StringComparison.Ordinal)).ToList();
        Assert.Equal(desk.Spokespersons["EST"].Email, told.Single(letter => letter.Subject.Contains("awaited", StringComparison.Ordinal)).Recipient);
        Assert.DoesNotContain(told, letter => letter.Subject.Contains("no agreement", StringComparison.Ordinal));
        foreach (var person in new[] { desk.Experts[Ama], desk.FocalPoint, desk.Spokespersons["GHA"], desk.Coordinator })
            Assert.Single(told, letter => letter.Recipient == person.Email);
        using var ghana = await Pages.OfAsync(desk.App, desk.Spokespersons["GHA"]);
        var (_, html) = await ghana.ReadAsync($"{desk.Page}/report");
        Assert.Contains("recorded that not every party had answered", html, StringComparison.Ordinal);
        Assert.DoesNotContain("there is no agreement", html, StringComparison.Ordinal);

        await desk.App.Database.RequireSoundAsync();
    }
}
