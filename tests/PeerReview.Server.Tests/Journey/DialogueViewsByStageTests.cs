using System.Net;
using System.Net.Http.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Journey;

/// <summary>Who finds which text of a dialogue before, during and after it: its pages, others that could tell of it, and the API are asked by
/// everybody, and what they find is held to a table.</summary>
public sealed class DialogueViewsByStageTests
{
    /// <summary>Letters of <see cref="Texts"/>; one column a stage.</summary>
    private const string Table = """
        person      before during  after    published
        authority   -      pwmrnlc pwmrnlcg pwmrnlcg
        focal       -      pwmrnlc pwmrnlcg pwmrnlcg
        contributor -      -       -        g
        lead        -      pwmrnlc pwmrnlcg pwmrnlcg
        expert      -      pwmrnlc pwmrnlcg pwmrnlcg
        speaker     -      pwmrnlc pwmrnlcg pwmrnlcg
        coordinator -      pwmrnlc pwmrnlcg pwmrnlcg
        head        -      pwmrnlc pwmrnlcg pwmrnlcg
        observer    -      -       -        g
        other       -      -       -        g
        operator    -      -       -        g
        auditor     -      -       -        g
        visitor     -      -       -        g
        """;

    private static readonly (char Letter, string Text)[] Texts =
    [
        ('p', "[a point of the State]"),
        ('w', "[the State wishes a visit]"),
        ('m', "[the national office]"), // whom to meet at the visit
        ('r', "[what was said]"),
        ('n', "[note on Q-01]"),
        ('l', "[the State learnt]"),
        ('c', "[the State would say it otherwise]"),
        ('g', "[why not academia]"), // for the report
    ];

    private static readonly string[] Addresses =
    [
        "", "/dialogue", "/opening", "/questions", "/draft", "/report", "/contributions", "/ledger", "/publication", "/commitments",
        "/last", "/variant", "/hand-over", "/participants", "/sheets", "/sheets/GHA",
        "/api/v1/reviews/{review}", "/api/v1/reviews/{review}/dialogue", "/api/v1/reviews/{review}/report", "/api/v1/reviews/{review}/documents",
        "/api/v1/reviews/{review}/ledger", "/api/v1/reviews/{review}/contributions", "/api/v1/reviews/{review}/publication",
    ];

    private readonly Dictionary<string, List<string>> _found = new(StringComparer.Ordinal);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everybody_finds_of_the_dialogue_what_the_table_says()
    {
        await using var full = await DeskReview.StartFullAsync();
        await full.CommentingFromHereAsync();
        await full.HandInCommentsAsync();
        await full.CloseStakeholdersAsync();
        await full.HandOverQuestionsAsync();
        var people = await PeopleAsync(full);
        await LookAsync(full, people);

        (await full.FocalPoint.Client.PutAsJsonAsync($"{full.Api}/replies/Q-01", new { text = "", declines = true, version = 0 }, Cancel)).EnsureSuccessStatusCode();
        (await full.FocalPoint.Client.PostAsJsonAsync($"{full.Api}/stages/state_reply/complete", new { }, Cancel)).EnsureSuccessStatusCode();
        var path = $"{full.Api}/dialogue";
        (await full.FocalPoint.Client.PostAsJsonAsync(path + "/points", new { text = "[a point of the State]" }, Cancel)).EnsureSuccessStatusCode();
        (await full.FocalPoint.Client.PutAsJsonAsync(path + "/wish", new { way = "visit", text = "[the State wishes a visit]", version = 0 }, Cancel)).EnsureSuccessStatusCode();
        (await full.Coordinator.Client.PutAsJsonAsync(
            path + "/programme", new { days = new[] { new { day = "2027-02-01", place = "The capital", meets = "[the national office]" } }, version = 0 }, Cancel)).EnsureSuccessStatusCode();
        (await full.RecordSessionAsync()).EnsureSuccessStatusCode();
        (await full.SaveRecordAsync("Q-01", "A-01")).EnsureSuccessStatusCode();
        (await full.Authority.Client.PostAsJsonAsync(path + "/comments", new { text = "[the State would say it otherwise]" }, Cancel)).EnsureSuccessStatusCode();
        (await full.Coordinator.Client.PutAsJsonAsync(path + "/comments/K-01/outcome", new { outcome = "stands", version = 0 }, Cancel)).EnsureSuccessStatusCode();
        await LookAsync(full, people);

        foreach (var person in new[] { full.FocalPoint, full.Experts[DeskReview.Ama] })
            (await full.ConfirmDialogueAsync(person)).EnsureSuccessStatusCode();
        await full.ExplainGroupsAsync();
        await full.HandOverDraftAsync();
        await LookAsync(full, people);

        await full.CheckFactsAsync();
        foreach (var person in full.Agreeing)
            (await full.AgreeAsync(person)).EnsureSuccessStatusCode();
        (await full.RespondAsync("R-01", "accepted")).EnsureSuccessStatusCode();
        (await full.SignResponsesAsync()).EnsureSuccessStatusCode();
        (await full.DecideAsync()).EnsureSuccessStatusCode();
        (await full.Coordinator.Client.PostAsJsonAsync($"{full.Api}/stages/publish/complete", new { }, Cancel)).EnsureSuccessStatusCode();
        await LookAsync(full, people);

        var expected = Table.Split('\n')[1..].Select(row => string.Join(' ', row.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        var found = _found.Select(row => $"{row.Key} {string.Join(' ', row.Value)}");
        Assert.True(expected.SequenceEqual(found, StringComparer.Ordinal), string.Join('\n', found));
    }

    private static async Task<Dictionary<string, TestPerson?>> PeopleAsync(DeskReview full)
    {
        var observer = await full.App.PersonAsync("OBSERVER", name: "Olga");
        await full.App.Database.AsOwnerAsync(
            "UPDATE role_grant SET review_id = @Review WHERE person_id = @Person", new { Review = full.At.Id, Person = observer.Id });
        return new Dictionary<string, TestPerson?>(StringComparer.Ordinal)
        {
            ["authority"] = full.Authority,
            ["focal"] = full.FocalPoint,
            ["contributor"] = await full.ContributorAsync("N-a.a1"),
            ["lead"] = full.Experts[DeskReview.Ama],
            ["expert"] = full.Experts[DeskReview.Eva],
            ["speaker"] = full.Spokespersons["EST"],
            ["coordinator"] = full.Coordinator,
            ["head"] = full.At.Head,
            ["observer"] = observer,
            ["other"] = full.At.Other,
            ["operator"] = await full.App.PersonAsync("OPERATOR", name: "Otto"),
            ["auditor"] = await full.App.PersonAsync("AUDITOR", name: "Aude"),
            ["visitor"] = null,
        };
    }

    private async Task LookAsync(DeskReview full, Dictionary<string, TestPerson?> people)
    {
        var slug = (await full.App.Database.AsOwnerAsync<string>("SELECT slug FROM publication WHERE review_id = @Id", new { full.At.Id })) is [var newest, ..] ? newest : "none";
        foreach (var (name, person) in people)
        {
            if (!_found.TryGetValue(name, out var row))
                _found[name] = row = [];
            row.Add(await FoundAsync(full, person, slug));
        }
    }

    private static async Task<string> FoundAsync(DeskReview full, TestPerson? person, string slug)
    {
        using var visitor = full.App.Visitor();
        using var pages = await Pages.OfAsync(full.App, person);
        var everything = new System.Text.StringBuilder();
        foreach (var address in Addresses.Append("/api/v1/tasks").Append($"/publications/{slug}.json"))
        {
            if (address.StartsWith("/api/", StringComparison.Ordinal))
            {
                var path = new Uri(address.Replace("{review}", full.At.Id.ToString(), StringComparison.Ordinal), UriKind.Relative);
                using var answer = await (person?.Client ?? visitor).GetAsync(path, Cancel);
                Assert.True(answer.StatusCode < HttpStatusCode.InternalServerError, $"{path} {answer.StatusCode}");
                everything.Append(await answer.Content.ReadAsStringAsync(Cancel));
            }
            else
            {
                everything.Append((await pages.ReadAsync(address.StartsWith("/publications/", StringComparison.Ordinal) ? address : full.Page + address)).Html);
            }
        }

        var all = everything.ToString();
        var found = string.Concat(Texts.Where(text => all.Contains(text.Text, StringComparison.Ordinal)).Select(text => text.Letter).Distinct());
        return found.Length == 0 ? "-" : found;
    }
}
