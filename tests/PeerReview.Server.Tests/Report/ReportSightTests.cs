using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Core.Access;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Report;

/// <summary>What everybody reads of the report at each stage, over pages and API, with all of it there to leak.</summary>
public sealed class ReportSightTests
{
    private const string Summary = "[the summary]", Part = "[the first part]", Annex = "[the private annex]", Recommendation = "[Recommended register]";
    private const string Comment = "[the State comments]", Dissent = "[Estonia dissents]", Response = "[the reason of the State]";

    private static readonly (char Mark, string Text)[] Marks =
        [('S', Summary), ('P', Part), ('X', Annex), ('R', Recommendation), ('C', Comment), ('D', Dissent), ('A', Response)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everybody_reads_what_the_table_says_at_each_stage()
    {
        await using var desk = await DeskReview.DraftingAsync(_ => SharingLabel.Green);
        var (ministry, watcher) = (await AppointAsync(desk, RoleCode.Contributor, "N-a.a1"), await AppointAsync(desk, "OBSERVER"));
        var lead = desk.Experts[DeskReview.Ama].Client;
        (await lead.PostAsJsonAsync($"{desk.Api}/report/build", new { }, Cancel)).EnsureSuccessStatusCode();
        (await desk.WriteAsync("summary", Summary)).EnsureSuccessStatusCode();
        (await desk.WriteAsync("N-a", Part, version: 1)).EnsureSuccessStatusCode();
        (await desk.WriteAsync("private_annex", Annex)).EnsureSuccessStatusCode();
        (await desk.RecommendAsync(Recommendation)).EnsureSuccessStatusCode();
        await ExpectAsync(state: "", contributor: "", team: "SPXR", office: "SPXR", observer: "");

        (await lead.PostAsJsonAsync($"{desk.Api}/stages/draft/complete", new { }, Cancel)).EnsureSuccessStatusCode();
        (await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/report/comments", new { about = "summary", text = Comment, version = 0 }, Cancel)).EnsureSuccessStatusCode();
        await ExpectAsync(state: "SPXRC", contributor: "P", team: "SPXRC", office: "SPXRC", observer: "");

        (await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/stages/fact_check/complete", new { }, Cancel)).EnsureSuccessStatusCode();
        (await desk.Spokespersons["EST"].Client.PostAsJsonAsync($"{desk.Api}/stages/agree/fail", new { reason = "[no]" }, Cancel)).EnsureSuccessStatusCode();
        (await desk.Spokespersons["EST"].Client.PutAsJsonAsync($"{desk.Api}/dissent", new { text = Dissent, version = 0 }, Cancel)).EnsureSuccessStatusCode();
        await ExpectAsync(state: "SPXRCD", contributor: "P", team: "SPXRCD", office: "SPXRCD", observer: "");

        foreach (var person in new[] { desk.Experts[DeskReview.Ama], desk.At.Head, desk.Authority, desk.Spokespersons["GHA"] })
            (await desk.AgreeAsync(person, stage: "reconcile")).EnsureSuccessStatusCode();
        (await desk.FocalPoint.Client.PutAsJsonAsync($"{desk.Api}/responses/R-01", new { answer = "noted", reason = Response, version = 0 }, Cancel)).EnsureSuccessStatusCode();
        // An observer reads what is GREEN, an annexed comment on a GREEN text with it; dissent is AMBER.
        await ExpectAsync(state: "SPXRCDA", contributor: "SPRCD", team: "SPXRCD", office: "SPXRCD", observer: "SPRC");

        var responses = await desk.Authority.Client.GetFromJsonAsync<JsonElement>($"{desk.Api}/responses", Cancel);
        (await desk.Authority.Client.PostAsJsonAsync(
            $"{desk.Api}/stages/rec_response/complete",
            new { contentHash = responses.GetProperty("contentHash").GetString(), signature = LightReview.Signature(desk.App) }, Cancel)).EnsureSuccessStatusCode();
        await ExpectAsync(state: "SPXRCDA", contributor: "SPRCDA", team: "SPXRCDA", office: "SPXRCDA", observer: "SPRCA");

        async Task ExpectAsync(string state, string contributor, string team, string office, string observer)
        {
            var people = new (string Who, TestPerson Person, string Expected)[]
            {
                ("focal point", desk.FocalPoint, state), ("authority", desk.Authority, state), ("contributor", ministry, contributor),
                ("expert", desk.Experts[DeskReview.Eva], team), ("spokesperson", desk.Spokespersons["GHA"], team),
                ("coordinator", desk.Coordinator, office), ("head", desk.At.Head, office), ("observer", watcher, observer),
                ("other State", desk.At.Other, ""),
            };
            var found = new List<string>();
            foreach (var (who, person, _) in people)
                found.Add($"{who} {await ReadsAsync(desk, person)}");
            Assert.Equal(people.Select(p => $"{p.Who} {p.Expected}"), found);
        }
    }

    private static async Task<string> ReadsAsync(DeskReview desk, TestPerson person)
    {
        using var pages = await Pages.OfAsync(desk.App, person);
        var read = new List<string>();
        foreach (var page in new[] { "", "/report", "/report?since=handed_over", "/report?since=GHA", "/responses", "/questions", "/ledger" })
            read.Add((await pages.ReadAsync(desk.Page + page)).Html);
        foreach (var address in new[] { "", "/report", "/recommendations", "/recommendations/R-01", "/responses", "/documents", "/ledger", "/questions" })
        {
            using var answer = await person.Client.GetAsync(desk.Api + address, Cancel);
            read.Add(await answer.Content.ReadAsStringAsync(Cancel));
        }

        return new string([.. Marks.Where(mark => read.Exists(text => text.Contains(mark.Text, StringComparison.Ordinal))).Select(mark => mark.Mark)]);
    }

    private static async Task<TestPerson> AppointAsync(DeskReview desk, string role, params string[] items)
    {
        var person = await desk.App.PersonAsync("OTHER_STATE", "KEN", role);
        await desk.At.RunAsync(desk.Authority, work => new ReviewChange().Record(
            new ReviewEvent.PersonAppointed(person.Id, role, null, [.. items], work.Person.Value)));
        return person;
    }
}
