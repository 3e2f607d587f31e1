using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Core.Selection;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Selection;

/// <summary>Reviewing States named by hand: who may be named, asked to be replaced, give the service back, and who speaks for them.</summary>
public sealed class ReviewersTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_coordinator_names_States_that_nothing_bars_and_every_mistake_is_told_at_once()
    {
        await using var desk = await DeskReview.StartAsync();
        await desk.App.Database.AsOwnerAsync(
            "UPDATE pool_state SET opted_in = false WHERE state = 'ZMB'; UPDATE pool_state SET deferred_until = current_date + 90 WHERE state = 'JAM'");

        Assert.Equal(["COORD Coordinator", "COORD Deputy"], await desk.AskedAsync("draw"));
        Assert.Equal(
            ["states.B selection.wrong-group ", "reserves.A.1 selection.named-twice ", "reserves.B.1 selection.barred not_on_deferral"],
            await ErrorsAsync(await desk.NameAsync("GHA", "RWA", "GHA", "JAM"), 422));
        Assert.Equal(["states.A selection.barred opted_in"], await ErrorsAsync(await desk.NameAsync("ZMB", "EST"), 422));
        Assert.Equal(["states.A selection.barred not_the_subject", "states.B selection.unknown-state "], await ErrorsAsync(await desk.NameAsync("KEN", "XXX"), 422));
        Assert.Equal(["states.A selection.state-missing ", "states.B selection.state-missing "], await ErrorsAsync(await desk.NameAsync("", ""), 422));
        // Each sentence says which place it is about.
        var unnamed = await (await desk.NameAsync("", "")).Content.ReadAsStringAsync(Cancel);
        Assert.Contains("From its own regional group", unnamed, StringComparison.Ordinal);
        Assert.Contains("From the other groups", unnamed, StringComparison.Ordinal);
        using var notTheirs = await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/stages/draw/complete", new { states = Array.Empty<object>() }, Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, notTheirs.StatusCode);
        Assert.Equal([], await desk.App.Database.AsOwnerAsync<string>("SELECT state FROM reviewer_seat"));

        using var named = await desk.NameAsync("GHA", "EST", "RWA", "URY");
        Assert.Equal(HttpStatusCode.OK, named.StatusCode);
        Assert.Equal(["EST B", "GHA A"], await desk.App.Database.AsOwnerAsync<string>("SELECT state || ' ' || slot FROM reviewer_seat ORDER BY 1"));
        // Nobody speaks for them yet: the coordinators see to it. The deadline is each State's own.
        Assert.Equal(["EST COORD Coordinator", "EST COORD Deputy", "GHA COORD Coordinator", "GHA COORD Deputy"], await desk.AskedAsync("nominate"));
        Assert.Equal(["EST Europe/Tallinn", "GHA Africa/Accra"], await desk.App.Database.AsOwnerAsync<string>("SELECT branch || ' ' || zone FROM deadline WHERE stage = 'nominate' ORDER BY 1"));
        Assert.Equal(["STATE_FP Alternate", "STATE_FP Focal point"], await desk.AskedAsync("redraw_window"));
    }

    [Fact]
    public async Task Whoever_was_reviewed_by_a_State_or_served_three_times_is_barred()
    {
        await using var desk = await DeskReview.StartAsync();
        foreach (var (reviewer, subject) in new[] { ("KEN", "GHA"), ("EST", "NOR"), ("EST", "PER"), ("EST", "THA") })
        {
            await desk.App.Database.AsOwnerAsync(
                """
                SET session_replication_role = replica;
                INSERT INTO reviewer_seat (review_id, state, programme_id, subject_state, slot, named_at)
                VALUES (gen_random_uuid(), @Reviewer, @Programme, @Subject, 'A', app.clock() - interval '300 days')
                """,
                new { Reviewer = reviewer, Subject = subject, desk.App.Programme });
        }

        Assert.Equal(
            ["states.A selection.barred no_mutual_review", "states.B selection.barred served_less_than_three"],
            await ErrorsAsync(await desk.NameAsync("GHA", "EST"), 422));
    }

    [Fact]
    public async Task The_subject_asks_twice_for_another_State_and_nobody_finishes_nominating_before_it_is_settled()
    {
        await using var desk = await DeskReview.NamedAsync();
        var ghana = await desk.SpeakForAsync("GHA");

        Assert.Equal(["GHA REV_FP Focal point GHA"], (await desk.AskedAsync("nominate")).Where(who => who.StartsWith("GHA", StringComparison.Ordinal)));
        (await desk.InviteAsync("GHA", "ama@example.org")).EnsureSuccessStatusCode();
        using var asked = await RedrawAsync(desk, "GHA");
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        // The coordinator has to find another; nobody waits for the State that was asked away, nor for the one that asked.
        Assert.Equal(["COORD Coordinator", "COORD Deputy"], await desk.AskedAsync("redraw_window"));
        Assert.DoesNotContain(await desk.AskedAsync("nominate"), who => who.StartsWith("GHA", StringComparison.Ordinal));
        Assert.Contains("redraw_asked", await desk.At.LettersAsync(desk.Coordinator));
        Assert.Equal(["state selection.redraw-asked "], await ErrorsAsync(await RedrawAsync(desk, "GHA"), 409));
        Assert.Equal(["state selection.not-reviewing "], await ErrorsAsync(await RedrawAsync(desk, "NOR"), 422));
        // While another is to be found, the window is not given up.
        using var waived = await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/stages/redraw_window/waive", new { }, Cancel);
        Assert.Equal(HttpStatusCode.Conflict, waived.StatusCode);

        Assert.Equal(["state selection.not-leaving "], await ErrorsAsync(await ReplaceAsync(desk, "EST", "URY"), 409));
        Assert.Equal(["by selection.wrong-group "], await ErrorsAsync(await ReplaceAsync(desk, "GHA", "URY"), 422));
        Assert.Equal(["by selection.named-twice "], await ErrorsAsync(await ReplaceAsync(desk, "GHA", "GHA"), 422));
        using var replaced = await ReplaceAsync(desk, "GHA", "RWA");
        Assert.Equal(HttpStatusCode.OK, replaced.StatusCode);
        Assert.Equal(["EST ", "GHA redraw", "RWA "], await desk.App.Database.AsOwnerAsync<string>("SELECT state || ' ' || coalesce(cause, '') FROM reviewer_seat ORDER BY 1"));
        Assert.Equal(["EST COORD Coordinator", "EST COORD Deputy", "RWA COORD Coordinator", "RWA COORD Deputy"], await desk.AskedAsync("nominate"));
        // Whoever spoke for the State that left is told, and sees nothing of the review any more.
        Assert.Equal(HttpStatusCode.NotFound, (await ghana.Client.GetAsync($"{desk.Api}/reviewers", Cancel)).StatusCode);
        Assert.Contains(await desk.App.LettersAsync(), letter => letter.Recipient == ghana.Email && letter.Subject.Contains("no longer reviews", StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.OK, (await RedrawAsync(desk, "RWA")).StatusCode);
        Assert.Equal(["state selection.redraws-used "], await ErrorsAsync(await RedrawAsync(desk, "EST"), 409));
        await desk.App.Database.RequireSoundAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_time_for_asking_is_done_and_not_skipped_once_the_State_asks_for_nothing_more(bool asked)
    {
        await using var desk = await DeskReview.NamedAsync();
        if (asked)
        {
            Assert.Equal(HttpStatusCode.OK, (await RedrawAsync(desk, "GHA")).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await ReplaceAsync(desk, "GHA", "RWA")).StatusCode);
        }

        (await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/stages/redraw_window/waive", new { }, Cancel)).EnsureSuccessStatusCode();

        using var pages = await Pages.OfAsync(desk.App, desk.FocalPoint);
        var html = (await pages.ReadAsync(desk.Page)).Html;
        var line = html[html.IndexOf(">Window for changes of reviewers</", StringComparison.Ordinal)..];
        line = line[line.IndexOf("class=\"status\"", StringComparison.Ordinal)..];
        Assert.StartsWith("class=\"status\">done<", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_State_takes_the_place_of_one_that_does_not_nominate_for_a_month_after_the_day()
    {
        await using var desk = await DeskReview.NamedAsync();
        var ghana = await desk.SpeakForAsync("GHA");
        await LateByAsync(SilentReviewer.AfterDays - 2);
        Assert.Equal(["state selection.not-leaving "], await ErrorsAsync(await ReplaceAsync(desk, "GHA", "RWA"), 409));

        await LateByAsync(SilentReviewer.AfterDays + 2);
        Assert.Contains(await desk.App.LettersAsync(), letter =>
            letter.Recipient == desk.At.Head.Email && letter.Body.Contains("can name another State in", StringComparison.Ordinal)
            && letter.Body.Contains($"{desk.Page}/reviewers", StringComparison.Ordinal));
        using var pages = await Pages.OfAsync(desk.App, desk.Coordinator);
        Assert.Contains("It can still nominate", (await pages.ReadAsync($"{desk.Page}/reviewers")).Html, StringComparison.Ordinal);
        var replaced = await pages.SubmitAsync($"{desk.Page}/reviewers/replacement", ("state", "GHA"), ("by", "RWA"));
        Assert.Equal(HttpStatusCode.SeeOther, replaced.Status);
        Assert.Contains("GHA silent", await desk.App.Database.AsOwnerAsync<string>("SELECT state || ' ' || coalesce(cause, '') FROM reviewer_seat"));
        Assert.Contains(await desk.App.LettersAsync(), letter => letter.Recipient == ghana.Email && letter.Subject.Contains("no longer reviews", StringComparison.Ordinal));
        await desk.App.Database.RequireSoundAsync();

        async Task LateByAsync(int days)
        {
            var left = await desk.App.Database.AsOwnerAsync<TimeSpan>(
                "SELECT due_at + make_interval(days => @days) - app.clock() FROM deadline WHERE stage = 'nominate' AND branch = 'GHA'", new { days });
            await desk.App.AdvanceAsync(left.Single());
        }
    }

    [Fact]
    public async Task A_window_does_not_end_over_a_request_that_is_open()
    {
        await using var desk = await DeskReview.NamedAsync();
        var estonia = await desk.SpeakForAsync("EST");
        await desk.App.AdvanceAsync(TimeSpan.FromDays(9));
        Assert.Equal(HttpStatusCode.OK, (await DeclineAsync(desk, estonia, "EST")).StatusCode);
        await desk.App.AdvanceAsync(TimeSpan.FromDays(3));
        Assert.Equal(HttpStatusCode.OK, (await RedrawAsync(desk, "GHA")).StatusCode);

        // The days of the window are over; who is to be replaced is still the coordinator's to see to.
        await desk.App.AdvanceAsync(TimeSpan.FromDays(10));
        Assert.Equal(["COORD Coordinator", "COORD Deputy"], await desk.AskedAsync("redraw_window"));
        Assert.Equal(HttpStatusCode.OK, (await ReplaceAsync(desk, "GHA", "RWA")).StatusCode);
        await desk.App.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal(["COORD Coordinator", "COORD Deputy"], await desk.AskedAsync("redraw_window"));
        Assert.Equal(HttpStatusCode.OK, (await ReplaceAsync(desk, "EST", "URY")).StatusCode);

        // With the last of them the right lapses, as it would have done before.
        await desk.App.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Empty(await desk.AskedAsync("redraw_window"));
        Assert.Equal(["EST declined", "GHA redraw", "RWA ", "URY "], await desk.App.Database.AsOwnerAsync<string>("SELECT state || ' ' || coalesce(cause, '') FROM reviewer_seat ORDER BY 1"));
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task A_reviewing_State_gives_its_service_back_once_and_in_time()
    {
        await using var desk = await DeskReview.NamedAsync();
        var (ghana, estonia) = (await desk.SpeakForAsync("GHA"), await desk.SpeakForAsync("EST"));

        Assert.Equal(["state selection.not-your-state "], await ErrorsAsync(await DeclineAsync(desk, ghana, "EST"), 403));
        Assert.Equal(HttpStatusCode.OK, (await DeclineAsync(desk, ghana, "GHA")).StatusCode);
        Assert.Equal(["state selection.leaving-already "], await ErrorsAsync(await DeclineAsync(desk, ghana, "GHA"), 409));
        Assert.Equal(HttpStatusCode.OK, (await ReplaceAsync(desk, "GHA", "RWA")).StatusCode);
        Assert.Equal(["declined"], await desk.App.Database.AsOwnerAsync<string>("SELECT cause FROM reviewer_seat WHERE state = 'GHA'"));
        using var pages = await Pages.OfAsync(desk.App, estonia);
        Assert.Contains("Give the service back", (await pages.ReadAsync($"{desk.Page}/reviewers")).Html, StringComparison.Ordinal);
        await desk.App.AdvanceAsync(TimeSpan.FromDays(11));
        var (_, over) = await pages.ReadAsync($"{desk.Page}/reviewers");
        Assert.DoesNotContain("Give the service back", over, StringComparison.Ordinal);
        Assert.Contains("The days for giving the service back are over.", over, StringComparison.Ordinal);
        Assert.Equal(["state selection.decline-late "], await ErrorsAsync(await DeclineAsync(desk, estonia, "EST"), 409));
    }

    [Fact]
    public async Task A_focal_point_is_named_by_the_States_own_note_and_never_one_of_the_subject()
    {
        await using var desk = await DeskReview.NamedAsync();

        Assert.Equal(["noteVerbale.number note.unknown "], await ErrorsAsync(await SpeakAsync(desk, "GHA", "a@example.org", "POOL-EST"), 422));
        Assert.Equal(["noteVerbale.number note.missing "], await ErrorsAsync(await SpeakAsync(desk, "GHA", "a@example.org", ""), 422));
        Assert.Equal(["email people.has-role "], await ErrorsAsync(await SpeakAsync(desk, "GHA", desk.FocalPoint.Email, "POOL-GHA"), 409));
        Assert.Equal(["email people.coordinates "], await ErrorsAsync(await SpeakAsync(desk, "GHA", desk.At.Head.Email, "POOL-GHA"), 409));
        Assert.Equal(["email team.of-the-subject "], await ErrorsAsync(await SpeakAsync(desk, "GHA", desk.Authority.Email, "POOL-GHA"), 409));
        Assert.Equal(HttpStatusCode.NotFound, (await SpeakAsync(desk, "NOR", "a@example.org", "POOL-GHA")).StatusCode);
        using var named = await SpeakAsync(desk, "GHA", "a@example.org", "POOL-GHA");
        Assert.Equal(HttpStatusCode.Created, named.StatusCode);
        Assert.Contains(await desk.App.LettersAsync(), letter => letter.Recipient == "a@example.org");
    }

    [Fact]
    public async Task The_page_shows_each_reader_what_is_theirs()
    {
        await using var desk = await DeskReview.NamedAsync();
        var ghana = await desk.SpeakForAsync("GHA");
        var path = $"{desk.Page}/reviewers";

        async Task<string> ReadAsync(TestPerson person)
        {
            using var pages = await Pages.OfAsync(desk.App, person);
            var (status, html) = await pages.ReadAsync(path);
            return status == HttpStatusCode.OK ? html : $"{status}";
        }

        var (office, subject, spokesperson, other) = (await ReadAsync(desk.Coordinator), await ReadAsync(desk.FocalPoint), await ReadAsync(ghana), await ReadAsync(desk.At.Other));
        Assert.All([office, subject, spokesperson, other], page => Assert.Contains("Estonia", page, StringComparison.Ordinal));
        Assert.Contains("Name a focal point", office, StringComparison.Ordinal);
        Assert.Contains("Ask for another State instead of Ghana", subject, StringComparison.Ordinal);
        Assert.Contains("Give the service back", spokesperson, StringComparison.Ordinal);
        // Another State learns which States review, and nobody's name.
        Assert.DoesNotContain("Focal point GHA", other, StringComparison.Ordinal);
        Assert.Contains("Focal point GHA", subject, StringComparison.Ordinal);
        Assert.DoesNotContain("Give the service back", office + subject + other, StringComparison.Ordinal);

        await using var light = await TestApp.StartAsync();
        var lightReview = await ReviewAt.AssessingAsync(light);
        using var lightPages = await Pages.OfAsync(light, lightReview.Coordinator);
        Assert.Equal(HttpStatusCode.NotFound, (await lightPages.ReadAsync($"/reviews/{lightReview.Id}/reviewers")).Status);
    }

    [Fact]
    public async Task Whoever_is_named_for_a_reviewing_State_hears_in_one_letter_by_when_it_invites_its_experts()
    {
        await using var desk = await DeskReview.NominatingAsync();
        var ghana = desk.Spokespersons["GHA"];

        Assert.Equal(["appointed_reviewer_now"], (await desk.At.LettersAsync(ghana)).Where(name => name is "your_turn_nominate" || name.StartsWith("appointed", StringComparison.Ordinal)));
        Assert.Contains(await desk.App.LettersAsync(), letter => letter.Recipient == ghana.Email
            && letter.Subject.Contains("you are the focal point of your State", StringComparison.Ordinal) && letter.Body.Contains("\nBy: ", StringComparison.Ordinal));
    }

    private static Task<HttpResponseMessage> RedrawAsync(DeskReview desk, string state) =>
        desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/redraws", new { state }, Cancel);

    private static Task<HttpResponseMessage> ReplaceAsync(DeskReview desk, string state, string by) =>
        desk.Coordinator.Client.PostAsJsonAsync($"{desk.Api}/reviewers/{state}/replacement", new { by }, Cancel);

    private static Task<HttpResponseMessage> DeclineAsync(DeskReview desk, TestPerson person, string state) =>
        person.Client.PostAsync($"{desk.Api}/reviewers/{state}/decline", content: null, Cancel);

    private static Task<HttpResponseMessage> SpeakAsync(DeskReview desk, string state, string email, string note) =>
        desk.Coordinator.Client.PostAsJsonAsync(
            $"{desk.Api}/reviewers/{state}/focal-points", new { name = "A. Person", email, noteVerbale = new { number = note } }, Cancel);

    /// <summary>What was refused, each as <c>field code rule</c>.</summary>
    private static async Task<IReadOnlyList<string>> ErrorsAsync(HttpResponseMessage response, int status)
    {
        using (response)
        {
            Assert.Equal(status, (int)response.StatusCode);
            var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);
            var errors = problem.TryGetProperty("errors", out var all) ? all.EnumerateArray().ToList() : [problem];
            return
            [
                .. errors.Select(one => $"{Text(one, "field")} {Text(one, "code")} {(one.TryGetProperty("values", out var values) ? Text(values, "rule") : "")}"),
            ];
        }
    }

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
