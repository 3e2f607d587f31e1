using System.Net;
using System.Net.Http.Json;
using PeerReview.Server.Tests.Web;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Journey;

/// <summary>Who finds which text anywhere at each stage of a desk review: every address of its pages and API is asked, by everybody, and
/// what they find is held to a table.</summary>
public sealed class DeskViewsByStageTests
{
    /// <summary>Letters of <see cref="Texts"/>; one column a stage.</summary>
    private const string Table = """
        person       consolidating replying drafting checking agreeing responding published planned
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
    ];

    private readonly Dictionary<string, List<string>> _found = new(StringComparer.Ordinal);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everybody_finds_at_each_stage_what_the_table_says()
    {
        await using var desk = await DeskReview.CommentingAsync();
        (await desk.CommentAsync(DeskReview.Ama, "N-a.a1", "[a working note of Ama]", "note")).EnsureSuccessStatusCode();
        await desk.HandInCommentsAsync();
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

        Assert.Equal(
            string.Join('\n', Table.Split('\n')[1..].Select(row => string.Join(' ', row.Split(' ', StringSplitOptions.RemoveEmptyEntries)))),
            string.Join('\n', _found.Select(row => $"{row.Key} {string.Join(' ', row.Value)}")));
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
        var paths = desk.App.Routes().Where(route => route is { Method: "GET" } && route.Pattern.Contains("{review:guid}", StringComparison.Ordinal))
            .SelectMany(route => Filled(route.With(desk.At.Id))).Append("/api/v1/tasks").Append("/").Append($"/publications/{slug ?? "none"}.json").ToList();
        foreach (var (name, person) in people)
        {
            if (!_found.TryGetValue(name, out var row))
                _found[name] = row = [];
            row.Add(await FoundAsync(desk, person, paths));
        }
    }

    // Addresses of one item, section, recommendation or entry are asked for each that can hold one of the texts.
    private static IEnumerable<string> Filled(string path) => path.EndsWith("/draft/summary", StringComparison.Ordinal)
        ? new[] { "summary", "N-a", "private_annex" }.Select(section => path.Replace("/draft/summary", "/draft/" + section, StringComparison.Ordinal))
        : path.Contains("N-a.a2", StringComparison.Ordinal) ? [path, path.Replace("N-a.a2", "N-a.a1", StringComparison.Ordinal)]
        : path.Contains("C-01", StringComparison.Ordinal) ? [path, path.Replace("C-01", "R-01", StringComparison.Ordinal)]
        : [path];

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
        var found = string.Concat(Texts.Where(text => all.Contains(text.Text, StringComparison.Ordinal)).Select(text => text.Letter));
        return found.Length == 0 ? "-" : found;
    }
}
