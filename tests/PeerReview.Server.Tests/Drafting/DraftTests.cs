using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using PeerReview.Core.Access;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Drafting;

/// <summary>The draft over the API: who writes it, who learns of it, and what keeps it with the team.</summary>
public sealed partial class DraftTests
{
    private const string Ama = DeskReview.Ama, Eva = DeskReview.Eva, Blame = "The attack came from Ruritania, attributed to its services.";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_outside_team_and_coordinators_learns_of_the_draft_before_it_is_handed_over()
    {
        await using var desk = await DeskReview.DraftingAsync();
        var outside = new[] { desk.FocalPoint, desk.Authority, desk.At.Other };
        var before = await EverythingAsync(desk, outside);

        (await desk.Experts[Ama].Client.PostAsJsonAsync($"{desk.Api}/report/build", new { }, Cancel)).EnsureSuccessStatusCode();
        (await desk.WriteAsync("summary", "[the secret summary]")).EnsureSuccessStatusCode();
        (await desk.WriteAsync("private_annex", "[the private annex]")).EnsureSuccessStatusCode();
        (await desk.RecommendAsync("Keep a secret register")).EnsureSuccessStatusCode();

        // Not a byte: no text, no count, no tag.
        Assert.Equal(before, await EverythingAsync(desk, outside));
        // The record says that something was written, and not what.
        foreach (var person in outside)
        {
            using var ledger = await person.Client.GetAsync($"{desk.Api}/ledger", Cancel);
            var record = await ledger.Content.ReadAsStringAsync(Cancel);
            Assert.All(
                ["\"what\":\"section\"", "\"what\":\"recommendation\"", "private_annex", "R-01"],
                said => Assert.DoesNotContain(said, record, StringComparison.Ordinal));
        }

        foreach (var person in new[] { desk.Experts[Eva], desk.Spokespersons["GHA"], desk.Coordinator, desk.At.Head })
        {
            var all = await EverythingAsync(desk, [person]);
            Assert.All(
                ["[the secret summary]", "[the private annex]", "Keep a secret register"],
                said => Assert.Contains(said, all, StringComparison.Ordinal));
        }

        (await desk.Experts[Ama].Client.PostAsJsonAsync($"{desk.Api}/stages/draft/complete", new { }, Cancel)).EnsureSuccessStatusCode();
        Assert.Contains("[the secret summary]", await desk.FocalPoint.Client.GetStringAsync($"{desk.Api}/report", Cancel), StringComparison.Ordinal);
        // The page of the authors, with its earlier versions, stays theirs.
        using var pages = await Pages.OfAsync(desk.App, desk.FocalPoint);
        Assert.Equal(HttpStatusCode.NotFound, (await pages.ReadAsync($"{desk.Page}/draft")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await pages.ReadAsync($"{desk.Page}/draft/summary")).Status);
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task Experts_write_coordinators_read_and_the_lead_or_a_coordinator_hands_over()
    {
        await using var desk = await DeskReview.DraftingAsync();

        (await desk.WriteAsync("summary", "[by the lead]")).EnsureSuccessStatusCode();
        (await desk.WriteAsync("conclusions", "[by the other expert]", email: Eva)).EnsureSuccessStatusCode();
        foreach (var reader in new[] { desk.Coordinator, desk.At.Head, desk.Spokespersons["EST"] })
            Assert.Equal(HttpStatusCode.Forbidden, (await WriteAsync(desk, reader, "summary", "[not mine to write]", 1)).StatusCode);
        Assert.Equal("report.unknown-section", await CodeAsync(await desk.WriteAsync("N-z", "[no such part]")));
        Assert.Equal("report.text", await CodeAsync(await desk.WriteAsync("N-a", new string('x', 40_001))));
        Assert.Equal("writing.stale", await CodeAsync(await desk.WriteAsync("summary", "[too late]", version: 0, email: Eva)));
        Assert.Equal(HttpStatusCode.Forbidden, (await FinishAsync(desk, desk.Experts[Eva])).StatusCode);

        (await FinishAsync(desk, desk.Coordinator)).EnsureSuccessStatusCode();
        Assert.Contains(await desk.App.LettersAsync(), letter => letter.Recipient == Ama && letter.Subject.Contains("the draft report", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_summary_or_with_wording_nobody_has_looked_at_it_stays_with_the_team()
    {
        await using var desk = await DeskReview.DraftingAsync();
        var lead = desk.Experts[Ama];

        Assert.Equal("report.no-summary", await CodeAsync(await FinishAsync(desk, lead)));
        (await desk.WriteAsync("summary", Blame)).EnsureSuccessStatusCode();
        Assert.Equal("report.flagged", await CodeAsync(await FinishAsync(desk, lead)));
        Assert.Equal("report.wording-reason", await CodeAsync(await ClearAsync(desk, lead, "summary", 1, " ")));
        Assert.Equal("writing.stale", await CodeAsync(await ClearAsync(desk, lead, "summary", 2, "It quotes a headline.")));
        Assert.Equal("report.not-flagged", await CodeAsync(await ClearAsync(desk, lead, "conclusions", 1, "It quotes a headline.")));
        Assert.Equal(HttpStatusCode.Forbidden, (await ClearAsync(desk, desk.Experts[Eva], "summary", 1, "It quotes a headline.")).StatusCode);
        (await ClearAsync(desk, lead, "summary", 1, "It quotes a headline.")).EnsureSuccessStatusCode();

        // The word was about that version: the next is looked at again.
        (await desk.WriteAsync("summary", $"A summary.\n{Blame}", version: 1)).EnsureSuccessStatusCode();
        Assert.Equal("report.flagged", await CodeAsync(await FinishAsync(desk, lead)));
        (await MoveAsync(desk, lead, "summary", Blame.TrimEnd('.'), 2)).EnsureSuccessStatusCode();
        (await FinishAsync(desk, lead)).EnsureSuccessStatusCode();

        var report = await desk.FocalPoint.Client.GetFromJsonAsync<JsonElement>($"{desk.Api}/report", Cancel);
        Assert.Equal("A summary.", TextOf(report, "summary"));
        Assert.Equal(Blame, TextOf(report, "private_annex"));
        // From now on the State reads what is saved.
        Assert.Equal("report.wording", await CodeAsync(await desk.WriteAsync("conclusions", Blame)));
        Assert.Equal("report.wording", await CodeAsync(await desk.RecommendAsync("Answer the attack attributed to its services")));
        using var looked = await lead.Client.PutAsJsonAsync(
            $"{desk.Api}/report/sections/conclusions", new { text = Blame, version = 0, namesNobody = true }, Cancel);
        looked.EnsureSuccessStatusCode();
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task What_comes_from_answers_for_the_team_alone_stays_with_the_team()
    {
        await using var desk = await DeskReview.DraftingAsync(item => item == "N-a.a1" ? SharingLabel.AmberStrict : SharingLabel.Amber);
        (await desk.WriteAsync("N-a", $"[about the first part] {Blame}")).EnsureSuccessStatusCode();
        (await desk.WriteAsync("N-b", "[about the second part]")).EnsureSuccessStatusCode();
        (await desk.WriteAsync("summary", "[the whole]")).EnsureSuccessStatusCode();
        using var strict = await desk.Experts[Ama].Client.PostAsJsonAsync(
            $"{desk.Api}/recommendations", new { content = new { measure = About("N-a.a1", "[a strict recommendation]"), comments = Array.Empty<Guid>() } }, Cancel);
        strict.EnsureSuccessStatusCode();

        foreach (var person in new[] { desk.Coordinator, desk.At.Head })
        {
            var office = await EverythingAsync(desk, [person]);
            Assert.Contains("[about the second part]", office, StringComparison.Ordinal);
            Assert.All(
                ["[about the first part]", "[the whole]", "[a strict recommendation]"], said => Assert.DoesNotContain(said, office, StringComparison.Ordinal));
            using var pages = await Pages.OfAsync(desk.App, person);
            Assert.Equal(HttpStatusCode.NotFound, (await pages.ReadAsync($"{desk.Page}/draft/N-a")).Status);
            Assert.Contains("kept from you by its label", (await pages.ReadAsync($"{desk.Page}/draft")).Html, StringComparison.Ordinal);
        }

        // Nobody judges what they cannot read.
        Assert.Equal("report.not-flagged", await CodeAsync(await ClearAsync(desk, desk.Coordinator, "N-a", 1, "It quotes a headline.")));
        Assert.Contains("[the whole]", await EverythingAsync(desk, [desk.Experts[Eva]]), StringComparison.Ordinal);
        using var expert = await Pages.OfAsync(desk.App, desk.Experts[Eva]);
        Assert.Contains("AMBER+STRICT because of N-a.a1.", (await expert.ReadAsync($"{desk.Page}/draft/summary")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Why_flagged_wording_was_let_through_is_read_by_those_who_work_on_the_draft_and_by_nobody_else()
    {
        await using var desk = await DeskReview.DraftingAsync();
        var (lead, items) = (desk.Experts[Ama], await desk.ItemsAsync());
        var contributor = await desk.ContributorAsync(items[0]);
        (await desk.WriteAsync("summary", Blame)).EnsureSuccessStatusCode();
        (await ClearAsync(desk, lead, "summary", 1, "[it quotes a headline]")).EnsureSuccessStatusCode();
        (await desk.RecommendAsync("Keep a register of incidents")).EnsureSuccessStatusCode();

        await ReadsAsync("draft/summary", (desk.Experts[Eva], true), (desk.Coordinator, true));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(desk.FocalPoint));
        (await FinishAsync(desk, lead)).EnsureSuccessStatusCode();
        await ReadsAsync("report", (desk.FocalPoint, true), (desk.Authority, true), (desk.Spokespersons["GHA"], true), (desk.Coordinator, true), (contributor, false));
        await desk.CheckFactsAsync();
        foreach (var person in desk.Agreeing)
            (await desk.AgreeAsync(person)).EnsureSuccessStatusCode();
        await ReadsAsync("report", (desk.FocalPoint, true), (desk.At.Head, true), (contributor, false));
        Assert.DoesNotContain("[it quotes a headline]", await desk.Authority.Client.GetStringAsync($"{desk.Api}/publication", Cancel), StringComparison.Ordinal);

        async Task<HttpStatusCode> StatusAsync(TestPerson person)
        {
            using var pages = await Pages.OfAsync(desk.App, person);
            return (await pages.ReadAsync($"{desk.Page}/draft/summary")).Status;
        }

        async Task ReadsAsync(string page, params (TestPerson Person, bool Reads)[] readers)
        {
            foreach (var (person, reads) in readers)
            {
                using var pages = await Pages.OfAsync(desk.App, person);
                var (_, html) = await pages.ReadAsync($"{desk.Page}/{page}");
                Assert.Equal(reads, html.Contains("[it quotes a headline]", StringComparison.Ordinal));
                Assert.Equal(reads, html.Contains("The wording of this text was flagged. Expert ama said", StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public async Task A_report_holds_twenty_recommendations()
    {
        await using var desk = await DeskReview.DraftingAsync();
        for (var number = 1; number <= 20; number++)
            (await desk.RecommendAsync($"Keep register {number}")).EnsureSuccessStatusCode();

        Assert.Equal("recommendation.too-many", await CodeAsync(await desk.RecommendAsync("Keep another")));
        (await desk.Experts[Eva].Client.DeleteAsync($"{desk.Api}/recommendations/R-07", Cancel)).EnsureSuccessStatusCode();
        using var another = await desk.RecommendAsync("Keep another");
        Assert.Equal("R-21", (await another.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("id").GetString());
    }

    internal static IDictionary<string, object?> About(string item, string title)
    {
        var measure = LightReview.Commitment(title);
        measure["items"] = new[] { item };
        return measure;
    }

    /// <summary>Everything people can fetch of the review, byte for byte, but for the record and how far it has come.</summary>
    private static async Task<string> EverythingAsync(DeskReview desk, IEnumerable<TestPerson> people)
    {
        var seen = new List<string>();
        foreach (var person in people)
        {
            foreach (var path in new[] { "", "/comments", "/answers", "/documents", "/experts", "/report", "/recommendations", "/recommendations/R-01", "/recommendations/R-01/history", "/responses", "/consolidation", "/questions" })
            {
                using var answer = await person.Client.GetAsync(desk.Api + path, Cancel);
                // The tag of the review itself goes with its record.
                var tag = path.Length > 0 ? answer.Headers.ETag?.ToString() : "";
                seen.Add($"{person.Email} {path} {(int)answer.StatusCode} {tag} {Steady(await answer.Content.ReadAsStringAsync(Cancel))}");
            }

            seen.Add(await person.Client.GetStringAsync("/api/v1/tasks", Cancel));
            using var pages = await Pages.OfAsync(desk.App, person);
            foreach (var path in new[] { "", "/desk", "/draft", "/draft/summary", "/draft/private_annex", "/draft/N-a", "/draft/N-b", "/recommendations/R-01", "/recommendations/new", "/commitments" })
                seen.Add($"{path} {Steady((await pages.ReadAsync(desk.Page + path)).Html)}");
        }

        return string.Join("\n", seen);
    }

    // The token of a form is another one each time; that there are more events in the record is no secret.
    private static string Steady(string answer) => Changing().Replace(answer, "");

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"[^\"]*\"|\"(sequence|head)\":(\"[^\"]*\"|\\d+)|\"(traceId|instance)\":\"[^\"]*\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Changing();

    [Fact]
    public async Task A_coordinator_remarks_on_the_draft_and_those_who_write_it_hear_of_it()
    {
        await using var desk = await DeskReview.DraftingAsync();
        (await desk.WriteAsync("summary", "[the summary]")).EnsureSuccessStatusCode();
        Task<HttpResponseMessage> RemarkAsync(TestPerson person, string about, string text) =>
            person.Client.PostAsJsonAsync($"{desk.Api}/report/remarks", new { about, text }, Cancel);
        async Task<bool> ReadsAsync(TestPerson person) =>
            (await person.Client.GetStringAsync($"{desk.Api}/report", Cancel)).Contains("[too long by half]", StringComparison.Ordinal);

        foreach (var person in new[] { desk.Experts[DeskReview.Ama], desk.FocalPoint, desk.At.Head, desk.Spokespersons["GHA"] })
            Assert.False((await RemarkAsync(person, "summary", "[not theirs]")).IsSuccessStatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await RemarkAsync(desk.Coordinator, "nowhere", "[text]")).StatusCode);
        using var pages = await Pages.OfAsync(desk.App, desk.Coordinator);
        await pages.ReadAsync($"{desk.Page}/draft");
        var (status, refused, _) = await pages.SubmitAsync($"{desk.Page}/draft", ("act", "remark"), ("about", ""), ("text", "[too long by half]"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("[too long by half]", refused, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await pages.SubmitAsync($"{desk.Page}/draft", ("act", "remark"), ("about", "summary"), ("text", "[too long by half]"))).Status);

        foreach (var email in new[] { DeskReview.Ama, DeskReview.Eva })
        {
            Assert.Single(await desk.At.LettersAsync(desk.Experts[email]), "draft_remarked");
            using var own = await Pages.OfAsync(desk.App, desk.Experts[email]);
            Assert.Contains("[too long by half]", (await own.ReadAsync($"{desk.Page}/draft")).Html, StringComparison.Ordinal);
        }

        Assert.True(await ReadsAsync(desk.At.Head));
        // The State reads it with the draft, and nothing of it is confirmed or annexed.
        Assert.False((await desk.FocalPoint.Client.GetAsync($"{desk.Api}/report", Cancel)).IsSuccessStatusCode);
        (await desk.RecommendAsync("Keep a register of incidents")).EnsureSuccessStatusCode();
        (await desk.Experts[DeskReview.Ama].Client.PostAsJsonAsync($"{desk.Api}/stages/draft/complete", new { }, Cancel)).EnsureSuccessStatusCode();
        Assert.True(await ReadsAsync(desk.FocalPoint));
        using var state = await Pages.OfAsync(desk.App, desk.FocalPoint);
        Assert.Contains("[too long by half]", (await state.ReadAsync($"{desk.Page}/report")).Html, StringComparison.Ordinal);
        await desk.App.Database.RequireSoundAsync();
    }

    private static Task<HttpResponseMessage> WriteAsync(DeskReview desk, TestPerson person, string section, string text, int version) =>
        person.Client.PutAsJsonAsync($"{desk.Api}/report/sections/{section}", new { text, version }, Cancel);

    private static Task<HttpResponseMessage> FinishAsync(DeskReview desk, TestPerson person) =>
        person.Client.PostAsJsonAsync($"{desk.Api}/stages/draft/complete", new { }, Cancel);

    private static Task<HttpResponseMessage> ClearAsync(DeskReview desk, TestPerson person, string text, int version, string reason) =>
        person.Client.PostAsJsonAsync($"{desk.Api}/report/wording/{text}", new { version, reason }, Cancel);

    private static Task<HttpResponseMessage> MoveAsync(DeskReview desk, TestPerson person, string section, string sentence, int version) =>
        person.Client.PostAsJsonAsync($"{desk.Api}/report/sections/{section}/annex", new { sentence, version }, Cancel);

    private static string TextOf(JsonElement report, string section) => report.GetProperty("sections").EnumerateArray()
        .First(s => s.GetProperty("section").GetString() == section).GetProperty("text").GetString()!;

    private static async Task<string> CodeAsync(HttpResponseMessage response)
    {
        using (response)
            return (await response.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString()!;
    }
}
