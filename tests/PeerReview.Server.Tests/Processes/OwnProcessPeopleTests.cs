using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Processes;

/// <summary>What people of a review by another process find: pages of that process alone, whose turn it is, whom they have to name.</summary>
public sealed class OwnProcessPeopleTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("uncac-like", "review", "Self-assessment checklist")]
    [InlineData("vnr-like", "repeat", "Plan of work")]
    [InlineData("nis2-like", "on_site", "Note on the scope")]
    public async Task Pages_of_stages_the_process_does_not_have_are_not_there(string process, string variant, string document)
    {
        await using var review = await OwnProcess.LaunchedAsync(process, variant);
        foreach (var role in new[] { "STATE_AUTH", "STATE_FP", "COORD", "COORD_HEAD" })
        {
            using var pages = await Pages.OfAsync(review.App, review[role]);
            foreach (var page in new[]
            {
                "assessment", "sign-off", "values", "questions", "commitments", "completeness", "translations", "consolidation", "declarations",
                "opening", "desk", "dialogue", "draft", "report", "responses", "publication", "follow-up", "contributions", "clarify-first",
            })
                Assert.Equal((role, page, HttpStatusCode.NotFound), (role, page, (await pages.ReadAsync($"{review.Page}/{page}")).Status));
            var html = (await pages.ReadAsync(review.Page)).Html;
            Assert.DoesNotContain("Questions and replies", html, StringComparison.Ordinal);
            Assert.DoesNotContain("#launch", html, StringComparison.Ordinal);
        }

        using var own = await Pages.OfAsync(review.App, review["STATE_FP"]);
        Assert.Contains(document, (await own.ReadAsync(review.Page)).Html, StringComparison.Ordinal);
        var auditor = await review.App.PersonAsync("AUDITOR");
        using var records = await Pages.OfAsync(review.App, auditor);
        Assert.DoesNotContain("– variant.", (await records.ReadAsync("/")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_sequence_the_text_is_handed_on_and_a_letter_says_so()
    {
        await using var review = await OwnProcess.LaunchedAsync("vnr-like", "repeat", "society_input");
        await review.RunAsync("main_messages");
        var (focal, authority, at) = (review["STATE_FP"], review["STATE_AUTH"], $"{review.Api}/stages/main_messages");

        Assert.False(await MayAsync(authority));
        using var early = await authority.Client.PostAsJsonAsync($"{at}/complete", new { }, Cancel);
        Assert.Contains("process.not-your-turn", await early.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        using var pages = await Pages.OfAsync(review.App, authority);
        Assert.Contains("First it is the turn of: Focal point.", (await pages.ReadAsync($"{review.Page}/stages/main_messages")).Html, StringComparison.Ordinal);
        var before = await TurnsAsync();

        (await review.DoAsync(focal, "main_messages")).EnsureSuccessStatusCode();

        Assert.Equal((false, true), (await MayAsync(focal), await MayAsync(authority)));
        Assert.Equal(before + 1, await TurnsAsync());
        using var own = await Pages.OfAsync(review.App, focal);
        var html = (await own.ReadAsync($"{review.Page}/stages/main_messages")).Html;
        Assert.Contains("You did your part on", html, StringComparison.Ordinal);
        Assert.DoesNotContain("My part is done", html, StringComparison.Ordinal);
        using var late = await focal.Client.PutAsJsonAsync($"{at}/documents/main_messages", new { text = "[again]", version = 1 }, Cancel);
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        (await review.DoAsync(authority, "main_messages")).EnsureSuccessStatusCode();

        async Task<bool> MayAsync(TestPerson person) =>
            (await person.Client.GetFromJsonAsync<JsonElement>(at, Cancel)).GetProperty("mayDo").GetBoolean();

        async Task<int> TurnsAsync() => (await review.App.Database.AsOwnerAsync<string>(
            "SELECT key FROM outbox WHERE review_id = @Id AND key LIKE 'your_turn:%:main_messages:%:' || @Person", new { review.Id, Person = authority.Id.ToString() })).Count;
    }

    [Fact]
    public async Task Whoever_can_name_somebody_is_asked_at_home_and_by_letter()
    {
        await using var review = await OwnProcess.LaunchedAsync("nis2-like", "remote");

        var letters = await review.App.Database.AsOwnerAsync<string>("SELECT key FROM outbox WHERE review_id = @Id", new { review.Id });
        Assert.Equal(
            ["launch_recorded STATE_AUTH", "launch_told COORD", "nobody_named_reviewers COORD", "nobody_named_state STATE_AUTH"],
            letters.Select(key => (Name: key.Split(':')[0], Person: key.Split(':')[^1])).Where(one => one.Name is "launch_recorded" or "launch_told" || one.Name.StartsWith("nobody_named", StringComparison.Ordinal))
                .Select(one => $"{one.Name} {(one.Person == review["COORD"].Id.ToString() ? "COORD" : "STATE_AUTH")}").Order(StringComparer.Ordinal));
        Assert.Equal(("Name the reviewing States", $"{review.Page}/reviewing-states"), await StepAsync("COORD"));
        // The State is told whom to name, by the name its process gives the role and by the one everybody knows.
        const string both = "Single point of contact (Focal point of the State)";
        Assert.Contains(await review.App.LettersAsync(), letter => Bare(letter.Body).Contains($"Who is missing: {both}", StringComparison.Ordinal));
        using (var state = await Pages.OfAsync(review.App, review["STATE_AUTH"]))
            Assert.Contains($">{both}</h3>", Bare((await state.ReadAsync($"{review.Page}/people")).Html), StringComparison.Ordinal);
        using var pages = await Pages.OfAsync(review.App, review["COORD"]);
        Assert.Contains("/reviewing-states", (await pages.ReadAsync($"{review.Page}/stages/scope")).Html, StringComparison.Ordinal);
        // The office names the reviewing States, and is told that it does not name who acts for the State.
        var asked = (await review.App.LettersAsync()).Single(letter => letter.Recipient == review["COORD"].Email && letter.Subject.Contains("please name the reviewing States", StringComparison.Ordinal));
        Assert.Contains("named by its own authority, not by you.", asked.Body.ReplaceLineEndings(" "), StringComparison.Ordinal);
        var overview = (await pages.ReadAsync(review.Page)).Html;
        Assert.Contains($"<a href=\"{review.Page}/reviewing-states\"><strong>Name the reviewing States</strong></a>", overview, StringComparison.Ordinal);
        Assert.DoesNotContain($"<a href=\"{review.Page}/reviewing-states\"><strong>Scope</strong></a>", overview, StringComparison.Ordinal);
        Assert.Contains($"<a href=\"{review.Page}/stages/scope\">Scope</a>", overview, StringComparison.Ordinal);

        using (var named = await review["COORD"].Client.PostAsJsonAsync($"{review.Api}/reviewing-states", new { states = new[] { "GHA", "EST" } }, Cancel))
            named.EnsureSuccessStatusCode();
        Assert.Equal((null, null), await StepAsync("COORD"));
        (await review.DoAsync(review["STATE_FP"], "scope")).EnsureSuccessStatusCode();
        var tasks = await review["COORD"].Client.GetFromJsonAsync<JsonElement>("/api/v1/tasks", Cancel);
        Assert.Equal(
            ["Name who speaks for Estonia", "Name who speaks for Ghana"],
            tasks.GetProperty("items").EnumerateArray().Select(task => task.Text("title")).Order(StringComparer.Ordinal));

        static string Bare(string text) => text.Replace("\u2068", "", StringComparison.Ordinal).Replace("\u2069", "", StringComparison.Ordinal);

        async Task<(string?, string?)> StepAsync(string role)
        {
            var found = await review[role].Client.GetFromJsonAsync<JsonElement>("/api/v1/tasks", Cancel);
            return found.GetProperty("items").EnumerateArray().Select(task => (task.Text("title"), task.Text("path"))).FirstOrDefault();
        }
    }

    [Fact]
    public async Task The_State_is_told_with_whom_it_was_paired_and_the_office_what_the_State_asks_for()
    {
        await using var review = await OwnProcess.LaunchedAsync("uncac-like", "review");
        (await review.DoAsync(review["STATE_AUTH"], "redraw")).EnsureSuccessStatusCode();

        var letters = (await review.App.Database.AsOwnerAsync<string>("SELECT key FROM outbox WHERE review_id = @Id", new { review.Id })).ToList();
        Assert.Contains(letters, key => key.StartsWith("launch_told:", StringComparison.Ordinal) && key.EndsWith(review["STATE_AUTH"].Id.ToString(), StringComparison.Ordinal));
        Assert.Contains(letters, key => key.StartsWith("right_to_settle:", StringComparison.Ordinal) && key.EndsWith(review["COORD"].Id.ToString(), StringComparison.Ordinal));
        Assert.DoesNotContain(letters, key => key.StartsWith("launch_confirmed:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_stage_in_which_a_focal_point_is_named_ends_when_somebody_is_and_leads_to_where_that_is_done()
    {
        await using var review = await OwnProcess.LaunchedAloneAsync("uncac-like", "review");
        using var state = await Pages.OfAsync(review.App, review["STATE_AUTH"]);
        var path = $"{review.Page}/stages/focal_points";
        Assert.Matches($"Nobody is named yet who acts as: .*href=\"{review.Page}/people\"", (await state.ReadAsync(path)).Html);

        using (var refused = await review.DoAsync(review["STATE_AUTH"], "focal_points"))
            Assert.Contains("stage.nobody-named", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        // A right waits for nobody.
        (await review.DoAsync(review["STATE_AUTH"], "redraw")).EnsureSuccessStatusCode();
        await review.NameFocalPointAsync();
        Assert.DoesNotContain("Nobody is named yet who acts as", (await state.ReadAsync(path)).Html, StringComparison.Ordinal);
        (await review.DoAsync(review["STATE_AUTH"], "focal_points")).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task When_the_State_asks_for_another_the_head_is_told_and_puts_one_in_the_place()
    {
        await using var review = await OwnProcess.LaunchedAsync("uncac-like", "review");
        using (var asks = await Pages.OfAsync(review.App, review["STATE_AUTH"]))
            Assert.Contains("This stage is done here once", (await asks.ReadAsync($"{review.Page}/stages/redraw")).Html, StringComparison.Ordinal);
        (await review.DoAsync(review["STATE_AUTH"], "redraw")).EnsureSuccessStatusCode();

        var letter = (await review.App.LettersAsync()).Single(one => one.Recipient == review["COORD_HEAD"].Email && one.Subject.Contains("a right is used", StringComparison.Ordinal));
        Assert.Contains($"{review.Page}/reviewing-states\n", letter.Body.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        using var office = await Pages.OfAsync(review.App, review["COORD"]);
        Assert.Contains("A right has been used", (await office.ReadAsync($"{review.Page}/stages/redraw")).Html, StringComparison.Ordinal);
        Assert.Contains("The head of the coordinators can put another State in the place of one", (await office.ReadAsync($"{review.Page}/reviewing-states")).Html, StringComparison.Ordinal);
        Assert.DoesNotContain("reviewing-states/replacement", (await office.ReadAsync($"{review.Page}/reviewing-states")).Html, StringComparison.Ordinal);
        using (var refused = await ReplaceAsync(review, "COORD", "GHA", "URY"))
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        foreach (var (from, to, code) in new[] { ("GHA", "EST", "selection.named-twice"), ("GHA", "KEN", "selection.barred"), ("GHA", "XXX", "selection.unknown-state"), ("NOR", "URY", "selection.not-reviewing") })
        {
            using var refused = await ReplaceAsync(review, "COORD_HEAD", from, to);
            Assert.Contains(code, await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }

        using var head = await Pages.OfAsync(review.App, review["COORD_HEAD"]);
        Assert.Contains("reviewing-states/replacement", (await head.ReadAsync($"{review.Page}/reviewing-states")).Html, StringComparison.Ordinal);
        var path = $"{review.Page}/reviewing-states/replacement";
        var (status, html, _) = await head.SubmitAsync(path, ("state", "GHA"), ("by", "URY"), ("reason", ""));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, true), (status, html.Contains("Say why, in a sentence.", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.SeeOther, (await head.SubmitAsync(path, ("state", "GHA"), ("by", "URY"), ("reason", "[the State asked for it]"))).Status);

        html = (await head.ReadAsync($"{review.Page}/reviewing-states")).Html;
        Assert.Contains("Uruguay", html, StringComparison.Ordinal);
        Assert.DoesNotContain("state-GHA", html, StringComparison.Ordinal);
        Assert.Contains(await review.App.LettersAsync(), one => one.Recipient == review["REV_FP/GHA"].Email && one.Subject.Contains("no longer reviews", StringComparison.Ordinal));
        Assert.Contains(await review.App.LettersAsync(), one => one.Recipient == review["STATE_AUTH"].Email && one.Subject.Contains("another State now reviews", StringComparison.Ordinal));
        // As often as it is asked for.
        (await ReplaceAsync(review, "COORD_HEAD", "EST", "NOR")).EnsureSuccessStatusCode();
        await review.App.Database.RequireSoundAsync();
    }

    [Theory]
    [InlineData("uncac-like", "review", "desk_review")]
    [InlineData("nis2-like", "remote", "disclose")]
    public async Task Once_the_experts_have_begun_no_State_is_put_in_the_place_of_another(string process, string variant, string stage)
    {
        await using var review = await OwnProcess.LaunchedAsync(process, variant);
        await review.RunAsync(stage);

        using var refused = await ReplaceAsync(review, "COORD_HEAD", "GHA", "URY");
        Assert.Contains("stage.assessment-begun", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        using var head = await Pages.OfAsync(review.App, review["COORD_HEAD"]);
        Assert.DoesNotContain("reviewing-states/replacement", (await head.ReadAsync($"{review.Page}/reviewing-states")).Html, StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> ReplaceAsync(OwnProcess review, string by, string from, string to) =>
        review[by].Client.PostAsJsonAsync($"{review.Api}/reviewing-states/{from}/replacement", new { by = to, reason = "[asked]" }, Cancel);
}
