using System.Net;
using System.Net.Http.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Journey;

/// <summary>Who finds which text of a sheet, and of an objection, anywhere at each stage of a regional review: its pages and API are asked by
/// everybody, and what they find is held to a table.</summary>
public sealed class SheetsByStageTests
{
    /// <summary>Letters of <see cref="Texts"/>; one column a stage.</summary>
    private const string Table = """
        person      written handed_in commenting published
        authority   -       -         u          eu
        focal       -       -         u          eu
        lead        -       eg        egu        egu
        expert      -       eg        egu        egu
        speaker     -       eg        egu        egu
        coordinator -       eg        egu        egu
        head        -       eg        egu        egu
        observer    -       -         -          e
        ethiopia    erg     erg       erg        erg
        eth_auth    erg     erg       erg        erg
        tanzania    t       t         t          et
        uganda      -       -         u          eu
        other       -       -         -          e
        operator    -       -         -          e
        auditor     -       -         -          e
        visitor     -       -         -          e
        """;

    /// <summary>What is looked for.</summary>
    private static readonly (char Letter, string Text)[] Texts =
    [
        ('e', "[Ethiopia says]"), // AMBER, published by Ethiopia's own decision
        ('r', "[Ethiopia whispers]"), // RED
        ('g', "[Ethiopia shares]"), // GREEN, and not published
        ('t', "[Tanzania never signs]"),
        ('u', "[Uganda says why]"), // the reason of an objection
    ];

    /// <summary>Pages of the review, and its API: wherever a text of a sheet could turn up.</summary>
    private static readonly string[] Addresses =
    [
        "", "/sheets", "/sheets/ETH", "/sheets/ETH/N-a.a1", "/sheets/ETH/N-a.a2", "/sheets/ETH/N-b.b1", "/sheets/TZA", "/sheets/TZA/N-a.a1",
        "/sheets/UGA", "/participants", "/assessment", "/assessment/N-a.a1", "/kept", "/desk/N-a.a1", "/consolidation", "/draft", "/report",
        "/publication", "/hand-over", "/ledger", "/last", "/moves", "/variant", "/theme",
        "/api/v1/reviews/{review}", "/api/v1/reviews/{review}/participants", "/api/v1/reviews/{review}/sheets",
        "/api/v1/reviews/{review}/sheets/ETH", "/api/v1/reviews/{review}/sheets/TZA", "/api/v1/reviews/{review}/answers",
        "/api/v1/reviews/{review}/documents", "/api/v1/reviews/{review}/ledger", "/api/v1/reviews/{review}/publication",
        "/api/v1/reviews/{review}/report",
    ];

    private readonly Dictionary<string, List<string>> _found = new(StringComparer.Ordinal);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everybody_finds_at_each_stage_what_the_table_says()
    {
        await using var review = await RegionalReview.NominatingAsync();
        var desk = review.Desk;
        await desk.DeclaringFromHereAsync();
        var people = await PeopleAsync(review);
        await WriteAsync(review, "ETH", ("N-a.a1", "[Ethiopia says]", "AMBER"), ("N-a.a2", "[Ethiopia whispers]", "RED"), ("N-b.b1", "[Ethiopia shares]", "GREEN"));
        await WriteAsync(review, "TZA", ("N-a.a1", "[Tanzania never signs]", "CLEAR"));
        await LookAsync(review, people);
        (await review.SignAsync("ETH")).EnsureSuccessStatusCode();
        desk.BeforeComplete = async () =>
        {
            await LookAsync(review, people);
            (await review.AnswerAsync("ETH")).EnsureSuccessStatusCode();
            (await review.AnswerAsync("UGA", "[Uganda says why]")).EnsureSuccessStatusCode();
            await desk.App.AdvanceAsync(TimeSpan.FromDays(27));
        };
        await desk.CommentingFromDeclarationsAsync();
        await LookAsync(review, people);
        await PublishAsync(review);
        await LookAsync(review, people);

        var expected = Table.Split('\n')[1..].Select(row => string.Join(' ', row.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        var found = _found.Select(row => $"{row.Key} {string.Join(' ', row.Value)}");
        Assert.True(expected.SequenceEqual(found, StringComparer.Ordinal), string.Join('\n', found));
    }

    private static async Task WriteAsync(RegionalReview review, string state, params (string Item, string Text, string Label)[] answers)
    {
        foreach (var (item, text, label) in answers)
            (await review.WriteAsync(review.Speaking[state], state, item, text, label)).EnsureSuccessStatusCode();
    }

    private static async Task PublishAsync(RegionalReview review)
    {
        var desk = review.Desk;
        await desk.HandInCommentsAsync();
        await desk.HandOverQuestionsAsync();
        await desk.ReplyAsync();
        await desk.HandOverDraftAsync();
        await desk.CheckFactsAsync();
        foreach (var person in desk.Agreeing)
            (await desk.AgreeAsync(person)).EnsureSuccessStatusCode();
        (await desk.RespondAsync("R-01", "accepted")).EnsureSuccessStatusCode();
        (await desk.SignResponsesAsync()).EnsureSuccessStatusCode();
        (await review.DecideAsync("ETH", null, "N-a.a1")).EnsureSuccessStatusCode();
        (await desk.DecideAsync()).EnsureSuccessStatusCode();
        (await desk.Coordinator.Client.PostAsJsonAsync($"{review.Api}/stages/publish/complete", new { withoutSheets = true }, Cancel)).EnsureSuccessStatusCode();
    }

    private static async Task<Dictionary<string, TestPerson?>> PeopleAsync(RegionalReview review)
    {
        var desk = review.Desk;
        var observer = await desk.App.PersonAsync("OBSERVER", name: "Olga");
        await desk.App.Database.AsOwnerAsync(
            "UPDATE role_grant SET review_id = @Review WHERE person_id = @Person", new { Review = desk.At.Id, Person = observer.Id });
        return new Dictionary<string, TestPerson?>(StringComparer.Ordinal)
        {
            ["authority"] = desk.Authority,
            ["focal"] = desk.FocalPoint,
            ["lead"] = desk.Experts[DeskReview.Ama],
            ["expert"] = desk.Experts[DeskReview.Eva],
            ["speaker"] = desk.Spokespersons["EST"],
            ["coordinator"] = desk.Coordinator,
            ["head"] = desk.At.Head,
            ["observer"] = observer,
            ["ethiopia"] = review.Speaking["ETH"],
            ["eth_auth"] = await desk.App.PersonAsync("STATE_AUTH", "ETH", "Authority of Ethiopia"),
            ["tanzania"] = review.Speaking["TZA"],
            ["uganda"] = review.Speaking["UGA"],
            ["other"] = desk.At.Other,
            ["operator"] = await desk.App.PersonAsync("OPERATOR", name: "Otto"),
            ["auditor"] = await desk.App.PersonAsync("AUDITOR", name: "Aude"),
            ["visitor"] = null,
        };
    }

    private async Task LookAsync(RegionalReview review, Dictionary<string, TestPerson?> people)
    {
        var desk = review.Desk;
        var slug = (await desk.App.Database.AsOwnerAsync<string>("SELECT slug FROM publication")) is [var newest, ..] ? newest : "none";
        var paths = Addresses.Select(path => path.StartsWith("/api/", StringComparison.Ordinal)
                ? path.Replace("{review}", desk.At.Id.ToString(), StringComparison.Ordinal)
                : review.Page + path)
            .Append("/").Append("/board").Append("/api/v1/tasks").Append($"/publications/{slug}").Append($"/publications/{slug}.json").ToList();
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
            if (!path.StartsWith("/api/", StringComparison.Ordinal))
            {
                everything.Append((await pages.ReadAsync(path)).Html);
                continue;
            }

            using var answer = await (person?.Client ?? visitor).GetAsync(new Uri(path, UriKind.Relative), Cancel);
            Assert.True(answer.StatusCode < HttpStatusCode.InternalServerError, $"{path} {answer.StatusCode}");
            everything.Append(await answer.Content.ReadAsStringAsync(Cancel));
        }

        var all = everything.ToString();
        var found = string.Concat(Texts.Where(text => all.Contains(text.Text, StringComparison.Ordinal)).Select(text => text.Letter));
        return found.Length == 0 ? "-" : found;
    }
}
