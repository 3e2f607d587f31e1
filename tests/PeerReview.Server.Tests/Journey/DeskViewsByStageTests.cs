using System.Net;
using System.Net.Http.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Journey;

/// <summary>Who finds which text anywhere at each stage of a desk review: its pages and API are asked by everybody, and what they find is
/// held to a table.</summary>
public sealed class DeskViewsByStageTests
{
    /// <summary>Letters of <see cref="Texts"/>; one column a stage.</summary>
    private const string Table = """
        person      consolidating replying drafting checking agreeing  responding published  planned
        authority   km            cqkm     cqrkm    cqrdpkm  cqrdpfkm  cqrdpfsakm cqrdpfsakm cqrdpfsakm
        focal       km            cqkm     cqrkm    cqrdpkm  cqrdpfkm  cqrdpfsakm cqrdpfsakm cqrdpfsakm
        contributor -             cq       cqr      cqr      cqr       cqrdf      cqrdfs     cqrdfsa
        lead        cnku          cnqku    cnqrku   cnqrdpku cnqrdpfku cnqrdpfku  cnqrdpfsku cnqrdpfsaku
        expert      cu            cqu      cqru     cqrdpu   cqrdpfu   cqrdpfu    cqrdpfsu   cqrdpfsau
        speaker     cu            cqu      cqru     cqrdpu   cqrdpfu   cqrdpfu    cqrdpfsu   cqrdpfsau
        coordinator cmu           cqmu     cqrmu    cqrdpmu  cqrdpfmu  cqrdpfmu   cqrdpfsmu  cqrdpfsamu
        head        cmu           cqmu     cqrmu    cqrdpmu  cqrdpfmu  cqrdpfmu   cqrdpfsmu  cqrdpfsamu
        observer    -             -        -        -        -         -          qrdfs      qrdfsa
        other       -             -        -        -        -         -          qrdfs      qrdfsa
        operator    -             -        -        -        -         -          qrdfs      qrdfsa
        auditor     -             -        -        -        -         -          qrdfs      qrdfsa
        visitor     -             -        -        -        -         -          qrdfs      qrdfsa
        """;

    /// <summary>What is looked for.</summary>
    private static readonly (char Letter, string Text)[] Texts =
    [
        ('c', DeskReview.Said.FirstQuestion), // an expert's comment that became part of a question
        ('n', "[a working note of Ama]"),
        ('q', "[one question of two]"),
        ('r', "[the State replies]"),
        ('d', "[the summary of the report]"),
        ('p', "[for the State alone]"), // the private annex
        ('f', "[the State comments]"),
        ('s', "[the State says why]"), // a response to a recommendation
        ('a', "[the State plans a register]"),
        ('k', "[Ama asks in private]"), // and the answer, which stand and fall together
        ('k', "[the State answers in private]"),
        ('m', "[why a clock stood]"), // the reason of a move: the State's and the office's
        ('u', "[Eva remarks]"), // on a comment: the team's and the office's
    ];

    /// <summary>Pages of the review, and its API: wherever a text of it could turn up.</summary>
    private static readonly string[] Addresses =
    [
        "", "/desk/N-a.a1", "/consolidation", "/consolidation/N-a.a1", "/questions", "/assessment/N-a.a1", "/draft", "/draft/summary",
        "/draft/N-a", "/draft/private_annex", "/translations", "/translations/N-a.a1", "/report", "/responses", "/commitments", "/commitments/C-01", "/publication", "/ledger", "/clarify-first", "/hand-over", "/last", "/variant", "/moves",
        "/public", "/participants", "/sheets", "/sheets/GHA",
        "/api/v1/reviews/{review}", "/api/v1/reviews/{review}/comments", "/api/v1/reviews/{review}/consolidation",
        "/api/v1/reviews/{review}/questions", "/api/v1/reviews/{review}/report", "/api/v1/reviews/{review}/recommendations",
        "/api/v1/reviews/{review}/responses", "/api/v1/reviews/{review}/actions", "/api/v1/reviews/{review}/actions/C-01/history",
        "/api/v1/reviews/{review}/documents", "/api/v1/reviews/{review}/ledger", "/api/v1/reviews/{review}/publication",
        "/api/v1/reviews/{review}/follow-up", "/api/v1/reviews/{review}/clarify-first",
        "/api/v1/reviews/{review}/translations", "/api/v1/reviews/{review}/translations/N-a.a1",
        "/api/v1/reviews/{review}/participants", "/api/v1/reviews/{review}/sheets/GHA",
    ];

    private readonly Dictionary<string, List<string>> _found = new(StringComparer.Ordinal);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everybody_finds_at_each_stage_what_the_table_says()
    {
        await using var desk = await DeskReview.CommentingAsync();
        (await desk.CommentAsync(DeskReview.Ama, "N-a.a1", "[a working note of Ama]", "note")).EnsureSuccessStatusCode();
        var asked = await desk.AskFirstAsync(DeskReview.Ama, "[Ama asks in private]", "N-a.a1");
        (await desk.AnswerFirstAsync(desk.FocalPoint, asked, "[the State answers in private]")).EnsureSuccessStatusCode();
        (await desk.Coordinator.Client.PostAsJsonAsync(
            $"{desk.Api}/pause", new { party = "coordination", pauseReason = "translation", reason = "[why a clock stood]" }, Cancel)).EnsureSuccessStatusCode();
        (await desk.Coordinator.Client.PostAsJsonAsync($"{desk.Api}/resume-clock", new { party = "coordination" }, Cancel)).EnsureSuccessStatusCode();
        await desk.HandInCommentsAsync();
        await RemarkAsync(desk);
        var people = await PeopleAsync(desk);
        await LookAsync(desk, people);
        await desk.HandOverQuestionsAsync();
        await LookAsync(desk, people);
        await desk.ReplyAsync();
        await LookAsync(desk, people);
        (await desk.WriteAsync("private_annex", "[for the State alone]")).EnsureSuccessStatusCode();
        await desk.HandOverDraftAsync();
        await LookAsync(desk, people);
        await desk.CheckFactsAsync();
        await LookAsync(desk, people);
        foreach (var person in desk.Agreeing)
            (await desk.AgreeAsync(person)).EnsureSuccessStatusCode();
        (await desk.RespondAsync("R-01", "in_part", "[the State says why]")).EnsureSuccessStatusCode();
        (await desk.PlanAsync("R-01")).EnsureSuccessStatusCode();
        await LookAsync(desk, people);
        (await desk.SignResponsesAsync()).EnsureSuccessStatusCode();
        (await desk.DecideAsync()).EnsureSuccessStatusCode();
        (await desk.Coordinator.Client.PostAsJsonAsync($"{desk.Api}/stages/publish/complete", new { }, Cancel)).EnsureSuccessStatusCode();
        await LookAsync(desk, people);
        (await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/stages/action_plan/complete", new { }, Cancel)).EnsureSuccessStatusCode();
        await LookAsync(desk, people);

        var expected = Table.Split('\n')[1..].Select(row => string.Join(' ', row.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        var found = _found.Select(row => $"{row.Key} {string.Join(' ', row.Value)}");
        Assert.True(expected.SequenceEqual(found, StringComparer.Ordinal), string.Join('\n', found));
    }

    private static async Task<Dictionary<string, TestPerson?>> PeopleAsync(DeskReview desk)
    {
        (await desk.FocalPoint.Client.PostAsJsonAsync(
            $"{desk.Api}/nominations",
            new { role = "STATE_CONTRIB", name = "Chipo", email = "chipo@example.org", office = "Ministry", items = new[] { "N-a.a1" } },
            Cancel)).EnsureSuccessStatusCode();
        return new Dictionary<string, TestPerson?>(StringComparer.Ordinal)
        {
            ["authority"] = desk.Authority,
            ["focal"] = desk.FocalPoint,
            ["contributor"] = await desk.App.PersonByEmailAsync("chipo@example.org"),
            ["lead"] = desk.Experts[DeskReview.Ama],
            ["expert"] = desk.Experts[DeskReview.Eva],
            ["speaker"] = desk.Spokespersons["EST"],
            ["coordinator"] = desk.Coordinator,
            ["head"] = desk.At.Head,
            ["observer"] = await ObserverAsync(desk),
            ["other"] = desk.At.Other,
            ["operator"] = await desk.App.PersonAsync("OPERATOR", name: "Otto"),
            ["auditor"] = await desk.App.PersonAsync("AUDITOR", name: "Aude"),
            ["visitor"] = null,
        };
    }

    private static async Task RemarkAsync(DeskReview desk)
    {
        var eva = desk.Experts[DeskReview.Eva].Client;
        var comment = (await eva.GetFromJsonAsync<System.Text.Json.JsonElement>($"{desk.Api}/consolidation", Cancel)).GetProperty("comments").EnumerateArray()
            .Single(c => c.GetProperty("text").GetString() == DeskReview.Said.FirstQuestion).GetProperty("id").GetGuid();
        (await eva.PostAsJsonAsync($"{desk.Api}/comments/{comment}/remarks", new { text = "[Eva remarks]" }, Cancel)).EnsureSuccessStatusCode();
    }

    private static async Task<TestPerson> ObserverAsync(DeskReview desk)
    {
        var observer = await desk.App.PersonAsync("OBSERVER", name: "Olga");
        await desk.App.Database.AsOwnerAsync(
            "UPDATE role_grant SET review_id = @Review WHERE person_id = @Person", new { Review = desk.At.Id, Person = observer.Id });
        return observer;
    }

    private async Task LookAsync(DeskReview desk, Dictionary<string, TestPerson?> people)
    {
        var slug = (await desk.App.Database.AsOwnerAsync<string>("SELECT slug FROM publication WHERE review_id = @Id ORDER BY edition DESC", new { desk.At.Id })) is [var newest, ..] ? newest : null;
        var paths = Addresses.SelectMany(path => path.StartsWith("/api/", StringComparison.Ordinal)
                ? [path.Replace("{review}", desk.At.Id.ToString(), StringComparison.Ordinal)]
                : new[] { desk.Page + path })
            .Append("/api/v1/tasks").Append("/").Append($"/publications/{slug ?? "none"}.json").ToList();
        foreach (var (name, person) in people)
        {
            if (!_found.TryGetValue(name, out var row))
                _found[name] = row = [];
            row.Add(await FoundAsync(desk, person, paths));
        }
    }

    private static async Task<string> FoundAsync(DeskReview desk, TestPerson? person, IEnumerable<string> paths)
    {
        using var visitor = desk.App.Visitor();
        using var pages = await Pages.OfAsync(desk.App, person);
        var everything = new System.Text.StringBuilder();
        foreach (var path in paths)
        {
            if (path.StartsWith("/api/", StringComparison.Ordinal))
            {
                using var answer = await (person?.Client ?? visitor).GetAsync(new Uri(path, UriKind.Relative), Cancel);
                Assert.True(answer.StatusCode < HttpStatusCode.InternalServerError, $"{path} {answer.StatusCode}");
                everything.Append(await answer.Content.ReadAsStringAsync(Cancel));
            }
            else
            {
                everything.Append((await pages.ReadAsync(path)).Html);
            }
        }

        var all = everything.ToString();
        var found = string.Concat(Texts.Where(text => all.Contains(text.Text, StringComparison.Ordinal)).Select(text => text.Letter).Distinct());
        return found.Length == 0 ? "-" : found;
    }
}
