using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Team;

/// <summary>Experts who do not hand in, and whoever takes their place while the others comment.</summary>
public sealed class LateExpertTests
{
    private const string Ama = DeskReview.Ama, Eva = DeskReview.Eva;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_objection_to_whoever_stepped_in_opens_the_place_for_the_coordinator_and_lapses_after_a_week()
    {
        const string rita = "rita@example.org", robin = "robin@example.org";
        await using var desk = await DeskReview.NominatingAsync();
        foreach (var email in new[] { rita, robin })
        {
            using (var invited = await desk.InviteAsync("EST", email, reserve: true))
                invited.EnsureSuccessStatusCode();
            await desk.AcceptAsync(email);
        }

        await desk.CommentingFromHereAsync();
        Assert.Equal(HttpStatusCode.Conflict, (await ObjectAsync(desk, Ama)).StatusCode);
        (await ReplaceAsync(desk, desk.Coordinator, desk.Experts[Eva], desk.Experts[rita])).EnsureSuccessStatusCode();
        Assert.DoesNotContain(true, await ReadsRightAsync(desk, [desk.FocalPoint, desk.Authority])); // there is no declaration to object to
        (await desk.DeclareAsync(rita)).EnsureSuccessStatusCode();
        Assert.DoesNotContain(false, await ReadsRightAsync(desk, [desk.FocalPoint, desk.Authority]));
        Assert.DoesNotContain(true, await ReadsRightAsync(desk, [desk.Coordinator, desk.Experts[Ama], desk.Spokespersons["EST"]]));
        (await ObjectAsync(desk, rita)).EnsureSuccessStatusCode();
        Assert.DoesNotContain(true, await ReadsRightAsync(desk, [desk.FocalPoint]));
        (await desk.At.Head.Client.PostAsJsonAsync(
            $"{desk.Api}/objections/{desk.Experts[rita].Id}/decision", new { upholds = true, reason = "[why]" }, Cancel)).EnsureSuccessStatusCode();

        Assert.Contains("EST COORD Coordinator", await desk.AskedAsync("objection"));
        Assert.Equal(HttpStatusCode.Forbidden, (await ReplaceAsync(desk, desk.Spokespersons["EST"], desk.Experts[rita], desk.Experts[robin])).StatusCode);
        (await ReplaceAsync(desk, desk.Coordinator, desk.Experts[rita], desk.Experts[robin])).EnsureSuccessStatusCode();
        Assert.Equal([$"{desk.Experts[robin].Id} REV_EXPERT Expert robin"], await desk.AskedAsync("declare"));
        (await desk.DeclareAsync(robin)).EnsureSuccessStatusCode();
        Assert.DoesNotContain(false, await ReadsRightAsync(desk, [desk.FocalPoint]));
        await desk.App.AdvanceAsync(TimeSpan.FromDays(9));
        Assert.DoesNotContain(true, await ReadsRightAsync(desk, [desk.FocalPoint]));
        Assert.Equal(HttpStatusCode.Conflict, (await ObjectAsync(desk, robin)).StatusCode);
        // The right that nobody used leaves a line for the State and the office; the expert it was about reads none.
        foreach (var (person, reads) in new[] { (desk.FocalPoint, true), (desk.Authority, true), (desk.Coordinator, true), (desk.At.Head, true), (desk.Experts[robin], false) })
        {
            using var pages = await Pages.OfAsync(desk.App, person);
            var page = (await pages.ReadAsync($"{desk.Page}/declarations")).Html;
            Assert.Equal(reads, page.Contains("The State could object to this person until the end of", StringComparison.Ordinal) && page.Contains("nobody objected.", StringComparison.Ordinal));
        }

        await desk.HandInAsync(robin);
        await desk.HandInAsync(Ama);
        Assert.Equal(["REV_LEAD Expert ama"], await desk.AskedAsync("consolidate"));
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task Whoever_an_objection_takes_out_after_handing_in_is_replaced_and_followed_as_lead()
    {
        const string gina = "gina@example.org", george = "george@example.org";
        await using var desk = await DeskReview.NominatingAsync();
        (await desk.InviteAsync("GHA", gina, reserve: true)).EnsureSuccessStatusCode();
        await desk.AcceptAsync(gina);
        await desk.CommentingFromHereAsync();
        (await ReplaceAsync(desk, desk.Coordinator, desk.Experts[Ama], desk.Experts[gina])).EnsureSuccessStatusCode();
        Assert.Contains("lead_named", await desk.At.LettersAsync(desk.Experts[gina]));
        (await desk.DeclareAsync(gina)).EnsureSuccessStatusCode();
        (await ObjectAsync(desk, gina)).EnsureSuccessStatusCode();
        (await desk.CommentAsync(gina, "N-a.a1", "[what stays]")).EnsureSuccessStatusCode();
        await desk.HandInAsync(gina, "N-a.a1");

        (await desk.At.Head.Client.PostAsJsonAsync(
            $"{desk.Api}/objections/{desk.Experts[gina].Id}/decision", new { upholds = true, reason = "[why]" }, Cancel)).EnsureSuccessStatusCode();

        Assert.Equal(["GHA REV_FP Focal point GHA"], await desk.AskedAsync("objection"));
        Assert.Contains("your_turn_fill_place", await desk.At.LettersAsync(desk.Spokespersons["GHA"]));
        using (var ghana = await Pages.OfAsync(desk.App, desk.Spokespersons["GHA"]))
            Assert.Contains("invite a reserve below", (await ghana.ReadAsync($"{desk.Page}/experts")).Html, StringComparison.Ordinal);
        // Nobody leads now, and the others are done: the place can still be filled.
        await desk.HandInAsync(Eva);
        (await desk.InviteAsync("GHA", george, reserve: true)).EnsureSuccessStatusCode();
        using (var visitor = await Pages.OfAsync(desk.App, person: null))
            Assert.Contains("An expert of your State is missing.", (await visitor.ReadAsync(await desk.InvitationOfAsync(george))).Html, StringComparison.Ordinal);
        await desk.AcceptAsync(george);
        Assert.Equal(["GHA COORD Coordinator", "GHA COORD Deputy"], await desk.AskedAsync("objection"));
        Assert.Contains("your_turn_place_open", await desk.At.LettersAsync(desk.Coordinator));
        using (var office = await Pages.OfAsync(desk.App, desk.Coordinator))
            Assert.Contains("A place is open", (await office.ReadAsync($"{desk.Page}/experts")).Html, StringComparison.Ordinal);
        (await ReplaceAsync(desk, desk.Coordinator, desk.Experts[gina], desk.Experts[george])).EnsureSuccessStatusCode();

        Assert.Empty(await desk.AskedAsync("objection"));
        Assert.Equal(["REV_LEAD Expert george"], await desk.AskedAsync("consolidate"));
        Assert.Contains("lead_named", await desk.At.LettersAsync(desk.Experts[george]));
        await StayAsync(desk, desk.Experts[gina], desk.Experts[george]);
        await desk.App.Database.RequireSoundAsync();
    }

    /// <summary>What somebody handed in before an objection took them out stays, by somebody who left and whose account is open; page and letters say so.</summary>
    private static async Task StayAsync(DeskReview desk, TestPerson left, TestPerson lead)
    {
        (await desk.DeclareAsync(lead.Email)).EnsureSuccessStatusCode();
        using (var pages = await Pages.OfAsync(desk.App, lead))
        {
            var sheet = (await pages.ReadAsync($"{desk.Page}/consolidation/N-a.a1")).Html;
            Assert.Contains("[what stays]", sheet, StringComparison.Ordinal);
            Assert.Contains("somebody who has left the review", sheet, StringComparison.Ordinal);
            Assert.DoesNotContain("whose account is closed", sheet, StringComparison.Ordinal);
        }

        using (var pages = await Pages.OfAsync(desk.App, desk.FocalPoint))
            Assert.Contains("Comments this person had handed in stay in the review", (await pages.ReadAsync($"{desk.Page}/declarations")).Html, StringComparison.Ordinal);
        var letters = (await desk.App.LettersAsync()).ToLookup(letter => letter.Recipient, letter => letter.Body.ReplaceLineEndings(" "));
        Assert.Contains(letters[left.Email], letter => letter.Contains("Comments you had handed in stay in the review", StringComparison.Ordinal));
        Assert.Contains(letters[desk.FocalPoint.Email], letter => letter.Contains("Comments the expert had handed in stay in the review", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_an_objection_takes_the_lead_out_after_the_comments_somebody_is_asked_to_name_another()
    {
        const string gina = "gina@example.org";
        await using var desk = await DeskReview.NominatingAsync();
        (await desk.InviteAsync("GHA", gina, reserve: true)).EnsureSuccessStatusCode();
        await desk.AcceptAsync(gina);
        await desk.CommentingFromHereAsync();
        (await ReplaceAsync(desk, desk.Coordinator, desk.Experts[Ama], desk.Experts[gina])).EnsureSuccessStatusCode();
        (await desk.DeclareAsync(gina)).EnsureSuccessStatusCode();
        (await ObjectAsync(desk, gina)).EnsureSuccessStatusCode();
        await desk.HandInAsync(gina);
        await desk.HandInAsync(Eva);

        (await desk.At.Head.Client.PostAsJsonAsync(
            $"{desk.Api}/objections/{desk.Experts[gina].Id}/decision", new { upholds = true, reason = "[why]" }, Cancel)).EnsureSuccessStatusCode();

        Assert.Equal(["GHA COORD Coordinator", "GHA COORD Deputy"], await desk.AskedAsync("objection"));
        Assert.Contains("nobody_leads", await desk.At.LettersAsync(desk.Coordinator));
        foreach (var person in new[] { desk.FocalPoint, desk.Spokespersons["GHA"] })
            Assert.Contains("objection_taken_late", await desk.At.LettersAsync(person));
        using (var ghana = await Pages.OfAsync(desk.App, desk.Spokespersons["GHA"]))
            Assert.Contains("No expert of this State is in the review now.", (await ghana.ReadAsync($"{desk.Page}/experts")).Html, StringComparison.Ordinal);
        using var office = await Pages.OfAsync(desk.App, desk.Coordinator);
        Assert.Contains($"{desk.Page}/experts\"", (await office.ReadAsync("/")).Html, StringComparison.Ordinal);
        Assert.Contains("There is no lead reviewer", (await office.ReadAsync($"{desk.Page}/experts")).Html, StringComparison.Ordinal);
        (await desk.Coordinator.Client.PutAsJsonAsync($"{desk.Api}/lead", new { person = desk.Experts[Eva].Id }, Cancel)).EnsureSuccessStatusCode();

        Assert.Empty(await desk.AskedAsync("objection"));
        Assert.Equal(["REV_LEAD Expert eva"], await desk.AskedAsync("consolidate"));
        Assert.DoesNotContain("A place is open", (await office.ReadAsync($"{desk.Page}/experts")).Html, StringComparison.Ordinal);
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task An_expert_who_never_hands_in_does_not_stop_the_review_for_ever()
    {
        await using var desk = await DeskReview.CommentingAsync();
        await desk.HandInAsync(Ama);
        await desk.App.AdvanceAsync(TimeSpan.FromDays(45 + 22));
        using var head = await Pages.OfAsync(desk.App, desk.At.Head);
        foreach (var (person, words) in new[] { (desk.Spokespersons["EST"], "An expert of your State is late"), (desk.Coordinator, "no reserve stands by") })
        {
            using var own = await Pages.OfAsync(desk.App, person);
            Assert.Contains(words, (await own.ReadAsync("/")).Html, StringComparison.Ordinal);
        }

        using (var ghana = await Pages.OfAsync(desk.App, desk.Spokespersons["GHA"]))
            Assert.DoesNotContain("An expert of your State is late", (await ghana.ReadAsync("/")).Html, StringComparison.Ordinal);
        Assert.Equal("team.not-late", await CodeAsync(await LeaveOutAsync(desk, desk.At.Head, desk.Experts[Eva])));
        await desk.App.AdvanceAsync(TimeSpan.FromDays(230));

        // Months after the last step of the ladder the head coordinator is still told, and nobody is offered what cannot be had.
        var letters = (await desk.App.LettersAsync()).Where(letter => letter.Recipient == desk.At.Head.Email && letter.Subject.Contains("very late", StringComparison.Ordinal)).ToList();
        Assert.True(letters.Count >= 4, $"{letters.Count} letters");
        Assert.DoesNotContain(await desk.App.LettersAsync(), letter => letter.Recipient == desk.At.Head.Email && letter.Body.Contains("a lighter review", StringComparison.Ordinal));
        Assert.Contains("you can let the review go on without this expert", (await head.ReadAsync("/")).Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await LeaveOutAsync(desk, desk.Coordinator, desk.Experts[Eva])).StatusCode);
        Assert.Equal("team.part-done", await CodeAsync(await LeaveOutAsync(desk, desk.At.Head, desk.Experts[Ama])));
        var (_, asked) = await head.ReadAsync($"{desk.Page}/experts");
        Assert.Contains("Go on without Expert eva", asked, StringComparison.Ordinal);
        Assert.Contains("Read by Kenya and the coordinators, never public. 1,000 characters at most.", asked, StringComparison.Ordinal);
        Assert.Equal("moves.reason-missing", await CodeAsync(await LeaveOutAsync(desk, desk.At.Head, desk.Experts[Eva], reason: " ")));
        Assert.Equal("moves.reason-too-long", await CodeAsync(await LeaveOutAsync(desk, desk.At.Head, desk.Experts[Eva], new string('a', 1_001))));
        Assert.Equal(HttpStatusCode.SeeOther, (await head.SubmitAsync(
            $"{desk.Page}/experts/leaving-out", ("person", desk.Experts[Eva].Id.ToString()), ("reason", "[nobody has heard of her]"))).Status);

        Assert.Equal(["REV_LEAD Expert ama"], await desk.AskedAsync("consolidate"));
        Assert.Equal(HttpStatusCode.NotFound, (await desk.Experts[Eva].Client.GetAsync($"{desk.Api}/comments", Cancel)).StatusCode);
        foreach (var person in new[] { desk.Authority, desk.FocalPoint, desk.Spokespersons["EST"], desk.Experts[Ama], desk.Coordinator })
            Assert.Contains("expert_left_out", await desk.At.LettersAsync(person));
        using var lead = await Pages.OfAsync(desk.App, desk.Experts[Ama]);
        var (_, experts) = await lead.ReadAsync($"{desk.Page}/experts");
        Assert.Contains("The review went on without an expert of this State.", experts, StringComparison.Ordinal);
        Assert.DoesNotContain("Nobody has accepted yet.", experts, StringComparison.Ordinal);
        using (var estonia = await Pages.OfAsync(desk.App, desk.Spokespersons["EST"]))
            Assert.Contains("accepted, and has left: did not hand in comments in time", (await estonia.ReadAsync($"{desk.Page}/experts")).Html, StringComparison.Ordinal);
        foreach (var (person, reads) in new[] { (desk.Authority, true), (desk.Coordinator, true), (desk.Experts[Ama], false), (desk.Spokespersons["EST"], false) })
        {
            using var own = await Pages.OfAsync(desk.App, person);
            Assert.Equal(reads, (await own.ReadAsync($"{desk.Page}/experts")).Html.Contains("[nobody has heard of her]", StringComparison.Ordinal));
        }

        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task The_coordinator_gives_one_expert_more_time_and_the_others_keep_their_day()
    {
        await using var desk = await DeskReview.CommentingAsync();
        var (ama, eva) = (desk.Experts[Ama], desk.Experts[Eva]);
        var before = await DaysAsync(desk);
        Task<HttpResponseMessage> GiveAsync(TestPerson by, object body) => by.Client.PostAsJsonAsync($"{desk.Api}/experts/{eva.Id}/more-time", body, Cancel);

        foreach (var person in new[] { eva, ama, desk.Spokespersons["EST"], desk.FocalPoint })
            Assert.Equal(HttpStatusCode.Forbidden, (await GiveAsync(person, new { days = 5, reason = "[ill]" })).StatusCode);
        Assert.Equal("moves.reason-missing", await CodeAsync(await GiveAsync(desk.Coordinator, new { days = 5 })));
        Assert.Equal("moves.days-missing", await CodeAsync(await GiveAsync(desk.Coordinator, new { reason = "[ill]" })));
        Assert.Equal("process.extension-too-long", await CodeAsync(await GiveAsync(desk.Coordinator, new { days = 22, reason = "[ill]" })));
        Assert.Equal(before, await DaysAsync(desk));

        using var office = await Pages.OfAsync(desk.App, desk.Coordinator);
        var (_, html) = await office.ReadAsync($"{desk.Page}/experts");
        Assert.Contains("Give Expert ama more time", html, StringComparison.Ordinal);
        var path = $"{desk.Page}/experts/more-time";
        var (status, refused, _) = await office.SubmitAsync(path, ("person", eva.Id.ToString()), ("days", "0"), ("reason", "[she is ill]"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("[she is ill]", refused, StringComparison.Ordinal);
        Assert.Contains($"href=\"#f-time-{eva.Id}-days\"", refused, StringComparison.Ordinal);
        Assert.Contains($"id=\"f-time-{eva.Id}-days\"", refused, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await office.SubmitAsync(path, ("person", eva.Id.ToString()), ("days", "14"), ("reason", "[she is ill]"))).Status);

        var after = await DaysAsync(desk);
        Assert.Equal(before[ama.Id], after[ama.Id]);
        Assert.Equal(before[eva.Id].AddDays(14), after[eva.Id]);
        foreach (var (person, told) in new[] { (eva, true), (desk.Spokespersons["EST"], true), (desk.Coordinator, true), (ama, false), (desk.Spokespersons["GHA"], false) })
            Assert.Equal(told, (await desk.At.LettersAsync(person)).Contains("extension_granted"));
        foreach (var (person, page) in new[] { (eva, "/desk"), (desk.Spokespersons["EST"], ""), (desk.Coordinator, "") })
        {
            var letter = (await desk.App.LettersAsync()).Last(one => one.Recipient == person.Email && one.Subject.Contains("more time", StringComparison.Ordinal));
            Assert.Contains("Whose time it is: Expert of a reviewing State (Estonia)", letter.Body, StringComparison.Ordinal);
            Assert.Contains($"{desk.Page}{page}\n", letter.Body.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        }

        Assert.DoesNotContain("Give Expert eva more time", (await office.ReadAsync($"{desk.Page}/experts")).Html, StringComparison.Ordinal);
        Assert.Equal("process.extensions-used", await CodeAsync(await GiveAsync(desk.Coordinator, new { days = 1, reason = "[again]" })));
        await desk.HandInAsync(Ama);
        Assert.Equal("process.already-done", await CodeAsync(await desk.Coordinator.Client.PostAsJsonAsync(
            $"{desk.Api}/experts/{ama.Id}/more-time", new { days = 1, reason = "[late]" }, Cancel)));
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task An_expert_asks_on_the_page_of_the_step_and_the_State_reads_of_it_on_a_page_that_opens()
    {
        await using var desk = await DeskReview.CommentingAsync();
        var due = (await DaysAsync(desk))[desk.Experts[Eva].Id];
        await desk.App.AdvanceAsync(TimeSpan.FromDays(50));
        using var eva = await Pages.OfAsync(desk.App, desk.Experts[Eva]);
        Assert.Contains($"href=\"{desk.Page}/moves#Extend\">Ask for more time", (await eva.ReadAsync($"{desk.Page}/desk")).Html, StringComparison.Ordinal);
        await eva.ReadAsync($"{desk.Page}/moves");

        var (_, html, _) = await eva.SubmitAsync($"{desk.Page}/moves", ("move", "Extend"), ("stage", "desk_review"), ("days", "10"), ("reason", "[ill]"));

        // The own deadline, though the step as a whole is late and is expected to end today.
        Assert.Contains($"The deadline moves from {Day(due)} to {Day(due.AddDays(10))}", html, StringComparison.Ordinal);
        Assert.Contains("These days are no deadlines", html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await eva.SubmitAsync(
            $"{desk.Page}/moves", ("move", "Extend"), ("stage", "desk_review"), ("days", "10"), ("reason", "[ill]"), ("confirmed", "on"))).Status);
        Assert.DoesNotContain("/moves#Extend", (await eva.ReadAsync($"{desk.Page}/desk")).Html, StringComparison.Ordinal);
        foreach (var person in new[] { desk.FocalPoint, desk.Authority })
        {
            var letter = (await desk.App.LettersAsync()).Last(one => one.Recipient == person.Email && one.Subject.Contains("more time", StringComparison.Ordinal));
            Assert.Contains("Whose time it is: Expert of a reviewing State\n", letter.Body.ReplaceLineEndings("\n"), StringComparison.Ordinal);
            Assert.Contains($"{desk.Page}\n", letter.Body.ReplaceLineEndings("\n"), StringComparison.Ordinal);
            using var pages = await Pages.OfAsync(desk.App, person);
            Assert.Equal(HttpStatusCode.OK, (await pages.ReadAsync(desk.Page)).Status);
        }

        static string Day(DateOnly day) => day.ToString("d MMMM yyyy", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<IReadOnlyDictionary<Guid, DateOnly>> DaysAsync(DeskReview desk) =>
        (await desk.App.Database.AsOwnerAsync<(Guid Branch, DateOnly Day)>("SELECT branch::uuid, day FROM deadline WHERE stage = 'desk_review' AND branch <> ''"))
        .ToDictionary(row => row.Branch, row => row.Day);

    /// <summary>Whether each finds on home that they may object to whoever stepped in.</summary>
    private static async Task<List<bool>> ReadsRightAsync(DeskReview desk, TestPerson[] people)
    {
        var read = new List<bool>();
        foreach (var person in people)
        {
            using var pages = await Pages.OfAsync(desk.App, person);
            read.Add((await pages.ReadAsync("/")).Html.Contains("You may object to an expert who stepped in (Estonia)", StringComparison.Ordinal));
        }

        return read;
    }

    private static Task<HttpResponseMessage> ObjectAsync(DeskReview desk, string email) =>
        desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/objections", new { person = desk.Experts[email].Id, reason = "[a reason]" }, Cancel);

    private static Task<HttpResponseMessage> LeaveOutAsync(DeskReview desk, TestPerson by, TestPerson expert, string reason = "[silent]") =>
        by.Client.PostAsJsonAsync($"{desk.Api}/experts/{expert.Id}/leaving-out", new { reason }, Cancel);

    private static Task<HttpResponseMessage> ReplaceAsync(DeskReview desk, TestPerson by, TestPerson from, TestPerson to) =>
        by.Client.PostAsJsonAsync($"{desk.Api}/experts/{from.Id}/replacement", new { by = to.Id }, Cancel);

    private static async Task<string> CodeAsync(HttpResponseMessage response)
    {
        using (response)
            return (await response.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString()!;
    }
}
