using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Team;

/// <summary>Declarations, objections and what becomes of them.</summary>
public sealed class DeclarationsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_expert_declares_once_and_the_others_do_not_read_it()
    {
        await using var desk = await DeskReview.DeclaringAsync();

        Assert.Equal("declaration.details-missing", await CodeAsync(await desk.DeclareAsync(DeskReview.Ama, ["work"])));
        Assert.Equal("declaration.unknown-tie", await CodeAsync(await desk.DeclareAsync(DeskReview.Ama, ["golf"], "Sundays.")));
        Assert.Equal("declaration.conduct", await CodeAsync(await desk.DeclareAsync(DeskReview.Ama, conduct: false)));
        using var notTheirs = await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/declarations", new { conduct = true }, Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, notTheirs.StatusCode);
        Assert.Equal(2, (await desk.AskedAsync("declare")).Count);

        (await desk.DeclareAsync(DeskReview.Ama, ["work"], "I advised its bank in 2025.")).EnsureSuccessStatusCode();
        Assert.Equal("declaration.done", await CodeAsync(await desk.DeclareAsync(DeskReview.Ama)));
        Assert.Single(await desk.AskedAsync("declare"));
        Assert.Empty(await desk.AskedAsync("objection"));
        (await desk.DeclareAsync(DeskReview.Eva)).EnsureSuccessStatusCode();
        Assert.Equal(["STATE_FP Alternate", "STATE_FP Focal point"], await desk.AskedAsync("objection"));

        foreach (var (person, reads) in new[]
        {
            (desk.FocalPoint, true), (desk.Authority, true), (desk.Coordinator, true), (desk.At.Head, true), (desk.Experts[DeskReview.Ama], true),
            (desk.Experts[DeskReview.Eva], false), (desk.Spokespersons["GHA"], false), (desk.Spokespersons["EST"], false), (desk.At.Other, false),
        })
        {
            using var answer = await person.Client.GetAsync($"{desk.Api}/declarations", Cancel);
            using var pages = await Pages.OfAsync(desk.App, person);
            var said = await answer.Content.ReadAsStringAsync(Cancel) + (await pages.ReadAsync($"{desk.Page}/declarations")).Html;
            Assert.Equal(reads, said.Contains("advised its bank", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task An_upheld_objection_takes_the_expert_out_and_the_State_invites_somebody_who_declares()
    {
        await using var desk = await DeskReview.DeclaringAsync();
        foreach (var email in new[] { DeskReview.Ama, DeskReview.Eva })
            (await desk.DeclareAsync(email)).EnsureSuccessStatusCode();
        var eva = desk.Experts[DeskReview.Eva];

        using (var state = await Pages.OfAsync(desk.App, desk.FocalPoint))
            Assert.Contains(">We object to nobody</button>", (await state.ReadAsync($"{desk.Page}/declarations")).Html, StringComparison.Ordinal);
        Assert.Equal("objection.reason-missing", await CodeAsync(await ObjectAsync(desk, eva, "")));
        Assert.Equal("objection.reason", await CodeAsync(await ObjectAsync(desk, eva, new string('a', 2_001))));
        Assert.Equal("objection.unknown-person", await CodeAsync(await ObjectAsync(desk, desk.Spokespersons["EST"], "No.")));
        (await ObjectAsync(desk, eva, "She wrote about our election.")).EnsureSuccessStatusCode();
        Assert.Equal("objection.made", await CodeAsync(await ObjectAsync(desk, eva, "Again.")));
        // The head decides within seven days; the State waits, and cannot give the right up meanwhile.
        Assert.Equal([$"{eva.Id} COORD_HEAD Head"], await desk.AskedAsync("objection"));
        using var waived = await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/stages/objection/waive", new { }, Cancel);
        Assert.Equal(HttpStatusCode.Conflict, waived.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await DecideAsync(desk, desk.Coordinator, eva, upholds: true)).StatusCode);

        (await DecideAsync(desk, desk.At.Head, eva, upholds: true)).EnsureSuccessStatusCode();
        Assert.Equal("objection.none", await CodeAsync(await DecideAsync(desk, desk.At.Head, eva, upholds: true)));
        Assert.Equal(HttpStatusCode.NotFound, (await eva.Client.GetAsync($"{desk.Api}/experts", Cancel)).StatusCode);
        var letters = await desk.App.LettersAsync();
        Assert.Contains(letters, letter => letter.Recipient == DeskReview.Eva && letter.Subject.Contains("your part has ended", StringComparison.Ordinal));
        var outcome = letters.Single(letter => letter.Recipient == desk.FocalPoint.Email && letter.Subject.Contains("an objection was upheld", StringComparison.Ordinal));
        Assert.Contains("the objection to an expert of Estonia. It is upheld", outcome.Body.ReplaceLineEndings(" "), StringComparison.Ordinal);
        var asked = letters.Single(letter => letter.Recipient == desk.Spokespersons["EST"].Email && letter.Subject.Contains("has to be replaced", StringComparison.Ordinal));
        Assert.Contains($"{desk.Page}/experts", asked.Body, StringComparison.Ordinal);
        using var tooSoon = await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/stages/objection/waive", new { }, Cancel);
        Assert.Equal(HttpStatusCode.Conflict, tooSoon.StatusCode);

        // Now it waits for the reviewing State, and then for whoever steps in; not for the subject.
        Assert.Equal(["EST REV_FP Focal point EST"], await desk.AskedAsync("objection"));
        using (var estonia = await Pages.OfAsync(desk.App, desk.Spokespersons["EST"]))
        {
            Assert.Contains(">The place of an expert to fill</a>", (await estonia.ReadAsync("/")).Html, StringComparison.Ordinal);
            var (_, experts) = await estonia.ReadAsync($"{desk.Page}/experts");
            Assert.Contains("accepted, and has left after an objection", experts, StringComparison.Ordinal);
            // What is to be done, by when, and what completes it.
            Assert.Contains("It is your turn, until", experts, StringComparison.Ordinal);
            Assert.Contains("Invite somebody in this place", experts, StringComparison.Ordinal);
            Assert.Contains("there is nothing to finish here", experts, StringComparison.Ordinal);
            Assert.DoesNotContain("Finish nominating", experts, StringComparison.Ordinal);
        }

        await desk.JoinAsync("EST", "erik@example.org");
        Assert.Equal([$"{desk.Experts["erik@example.org"].Id} REV_EXPERT Expert erik"], await desk.AskedAsync("objection"));
        (await desk.DeclareAsync("erik@example.org")).EnsureSuccessStatusCode();
        using (var state = await Pages.OfAsync(desk.App, desk.FocalPoint))
            Assert.Contains(">We object to nobody else</button>", (await state.ReadAsync($"{desk.Page}/declarations")).Html, StringComparison.Ordinal);
        // The same letter as for the first ones: it is true for one who stepped in as well.
        var declared = (await desk.App.LettersAsync()).Where(letter =>
            letter.Recipient == desk.FocalPoint.Email && letter.Subject.EndsWith("the experts’ declarations are ready to read", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, declared.Count);
        Assert.All(declared, letter => Assert.Contains("you have no objection, or no further one", letter.Body.ReplaceLineEndings(" "), StringComparison.Ordinal));
        (await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/stages/objection/waive", new { }, Cancel)).EnsureSuccessStatusCode();
        Assert.NotEmpty(await desk.AskedAsync("opening"));
        Assert.Equal("process.stage-closed", await CodeAsync(await ObjectAsync(desk, desk.Experts[DeskReview.Ama], "Too late.")));
        // What was decided stays readable to the State.
        using var pages = await Pages.OfAsync(desk.App, desk.FocalPoint);
        Assert.Contains("It could look like taking sides.", (await pages.ReadAsync($"{desk.Page}/declarations")).Html, StringComparison.Ordinal);
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task An_objection_after_its_window_changes_nothing_and_silence_lets_the_right_lapse()
    {
        await using var desk = await DeskReview.DeclaringAsync();
        foreach (var email in new[] { DeskReview.Ama, DeskReview.Eva })
            (await desk.DeclareAsync(email)).EnsureSuccessStatusCode();

        await desk.App.AdvanceAsync(TimeSpan.FromDays(16));

        Assert.Equal("process.already-done", await CodeAsync(await ObjectAsync(desk, desk.Experts[DeskReview.Eva], "Late.")));
        Assert.NotEmpty(await desk.AskedAsync("opening"));
    }

    [Fact]
    public async Task Of_a_part_that_is_late_only_its_expert_and_their_own_State_are_told()
    {
        await using var desk = await DeskReview.DeclaringAsync();
        (await desk.DeclareAsync(DeskReview.Ama)).EnsureSuccessStatusCode();

        await desk.App.AdvanceAsync(TimeSpan.FromDays(23));

        Assert.Equal([DeskReview.Eva], await ToldAsync(desk, "reminder_digest", "@example.org", "REV_EXPERT"));
        Assert.Equal([desk.Spokespersons["EST"].Email], await ToldAsync(desk, "escalation_2", "focal.point", "REV_FP"));
        // Who is late is named by office and State, never by name.
        var letter = (await desk.App.LettersAsync()).Last(mail => mail.Recipient == desk.Spokespersons["EST"].Email && mail.Subject.Contains("needs a conversation", StringComparison.Ordinal));
        Assert.Contains("It waits for: Expert of a reviewing State (Estonia)", letter.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Eva", letter.Body, StringComparison.Ordinal);
    }

    /// <summary>The reviewers a letter went to.</summary>
    private static async Task<IReadOnlyList<string>> ToldAsync(DeskReview desk, string letter, string address, string role) =>
        await desk.App.Database.AsOwnerAsync<string>(
            """
            SELECT DISTINCT p.email FROM outbox o JOIN person p ON p.id = o.person_id
            JOIN role_grant g ON g.person_id = p.id AND g.role = @Role
            WHERE o.body::jsonb ->> 'letter' = @Letter AND p.email LIKE '%' || @Address || '%' ORDER BY 1
            """,
            new { Letter = letter, Address = address, Role = role });

    private static Task<HttpResponseMessage> ObjectAsync(DeskReview desk, TestPerson expert, string reason) =>
        desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/objections", new { person = expert.Id, reason }, Cancel);

    private static Task<HttpResponseMessage> DecideAsync(DeskReview desk, TestPerson by, TestPerson expert, bool upholds) =>
        by.Client.PostAsJsonAsync($"{desk.Api}/objections/{expert.Id}/decision", new { upholds, reason = "It could look like taking sides." }, Cancel);

    private static async Task<string> CodeAsync(HttpResponseMessage response)
    {
        using (response)
            return (await response.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString()!;
    }
}
