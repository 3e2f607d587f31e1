using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Team;

/// <summary>A private question is known to those it is between: to nobody else does anything tell of it.</summary>
public sealed class ClarifyFirstPrivacyTests
{
    private const string Ama = DeskReview.Ama;

    // Parts of the question, the answer, and whatever could name either in a page or in the record.
    private static readonly string[] Telling = ["[in private]", "[the answer in private]", "private_question", "private_answer", "clarify_first"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_anywhere_tells_the_others_of_it()
    {
        await using var desk = await DeskReview.CommentingAsync();
        var others = await OthersAsync(desk);
        var before = await SeenAsync(desk, others);
        var row = await RowAsync(desk);

        var question = await desk.AskFirstAsync(Ama, "[in private]", "N-a.a1");
        Assert.Equal(row, await RowAsync(desk));
        Same(before, await SeenAsync(desk, others));
        foreach (var (name, person) in others)
        {
            Assert.Equal((name, HttpStatusCode.NotFound), (name, (await desk.AnswerFirstAsync(person, question, "Mine.")).StatusCode));
            Assert.Equal((name, HttpStatusCode.NotFound), (name, (await desk.AnswerFirstAsync(person, Guid.NewGuid().ToString(), "Mine.")).StatusCode));
        }

        (await desk.AnswerFirstAsync(desk.FocalPoint, question, "[the answer in private]")).EnsureSuccessStatusCode();
        await desk.AskFirstAsync(Ama, "[in private, again]");
        await desk.App.AdvanceAsync(TimeSpan.FromHours(73));

        Same(before, await SeenAsync(desk, others));
        foreach (var column in new[] { "SELECT body FROM event", "SELECT body FROM outbox" })
            Assert.DoesNotContain(await desk.App.Database.AsOwnerAsync<string>(column), body => body.Contains("in private]", StringComparison.Ordinal));
        foreach (var (_, person) in others)
            Assert.DoesNotContain(await desk.At.LettersAsync(person), key => key.Contains("clarify", StringComparison.Ordinal));
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task Each_expert_and_each_focal_point_reads_the_own_ones_alone()
    {
        await using var desk = await DeskReview.CommentingAsync();
        await desk.AskFirstAsync(Ama, "[of Ama]");
        await desk.AskFirstAsync(DeskReview.Eva, "[of Eva]");

        Assert.Equal(["[of Ama]"], await TextsAsync(desk, desk.Experts[Ama]));
        Assert.Equal(["[of Ama]"], await TextsAsync(desk, desk.Spokespersons["GHA"]));
        Assert.Equal(["[of Eva]"], await TextsAsync(desk, desk.Experts[DeskReview.Eva]));
        Assert.Equal(["[of Eva]"], await TextsAsync(desk, desk.Spokespersons["EST"]));
        Assert.Equal(["[of Ama]", "[of Eva]"], await TextsAsync(desk, desk.Authority));
        foreach (var (person, count) in new[] { (desk.Experts[Ama], 1), (desk.Spokespersons["EST"], 1), (desk.At.Alternate, 2) })
        {
            var documents = await person.Client.GetFromJsonAsync<JsonElement>($"{desk.Api}/documents", Cancel);
            var listed = documents.GetProperty("items").EnumerateArray().Single(one => one.Text("document") == "clarify_first");
            Assert.Equal(count, listed.GetProperty("pieces").EnumerateArray().Sum(piece => piece.GetProperty("count").GetInt32()));
            using var pages = await Pages.OfAsync(desk.App, person);
            Assert.Contains("Can be read by the State’s contact points", (await pages.ReadAsync(desk.Page)).Html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Whoever_leaves_reads_no_more_and_the_focal_point_of_that_State_reads_on()
    {
        await using var desk = await DeskReview.CommentingAsync();
        await desk.AskFirstAsync(Ama, "[of Ama]");
        await desk.At.RunAsync(desk.Coordinator, work => new Server.Platform.Reviews.ReviewChange()
            .Record(new Core.Reviews.ReviewEvent.PersonReleased(desk.Experts[Ama].Id, "REV_LEAD", work.Person.Value))
            .Record(new Core.Reviews.ReviewEvent.PersonReleased(desk.Experts[Ama].Id, "REV_EXPERT", work.Person.Value)));

        Assert.Equal(HttpStatusCode.NotFound, (await desk.Experts[Ama].Client.GetAsync($"{desk.Api}/clarify-first", Cancel)).StatusCode);
        Assert.Equal(["[of Ama]"], await TextsAsync(desk, desk.Spokespersons["GHA"]));
        Assert.Equal([], await TextsAsync(desk, desk.Experts[DeskReview.Eva]));
    }

    [Fact]
    public async Task A_light_review_has_no_such_page()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);
        foreach (var person in new[] { review.FocalPoint, review.Authority, review.Coordinator })
            Assert.Equal(HttpStatusCode.NotFound, (await person.Client.GetAsync($"{review.Api}/clarify-first", Cancel)).StatusCode);
    }

    private static async Task<Dictionary<string, TestPerson>> OthersAsync(DeskReview desk) => new(StringComparer.Ordinal)
    {
        ["expert"] = desk.Experts[DeskReview.Eva],
        ["speaker"] = desk.Spokespersons["EST"],
        ["coordinator"] = desk.Coordinator,
        ["deputy"] = desk.At.Deputy,
        ["head"] = desk.At.Head,
        ["contributor"] = await desk.ContributorAsync("N-a.a1"),
        ["other"] = desk.At.Other,
        ["auditor"] = await desk.App.PersonAsync("AUDITOR", name: "Aude"),
        ["operator"] = await desk.App.PersonAsync("OPERATOR", name: "Otto"),
    };

    /// <summary>What each of them finds: the documents and waits of the review, the page of private questions, and whether anything tells.</summary>
    private static async Task<Dictionary<string, string>> SeenAsync(DeskReview desk, Dictionary<string, TestPerson> people)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, person) in people)
        {
            using var pages = await Pages.OfAsync(desk.App, person);
            var everything = "";
            foreach (var path in new[] { "/ledger", "/api/v1/tasks", "/api/v1/reminders", $"/api/v1/reminders?review={desk.At.Id}", $"{desk.Api}/ledger", $"{desk.Api}/forecast", "/" })
            {
                everything += path.StartsWith("/api/", StringComparison.Ordinal)
                    ? await (await person.Client.GetAsync(new Uri(path, UriKind.Relative), Cancel)).Content.ReadAsStringAsync(Cancel)
                    : (await pages.ReadAsync(path == "/" ? "/" : desk.Page + path)).Html;
            }

            var page = await pages.ReadAsync($"{desk.Page}/clarify-first");
            everything += page.Html + (await pages.ReadAsync(desk.Page)).Html;
            var telling = Telling.Where(text => everything.Contains(text, StringComparison.Ordinal));
            var list = await person.Client.GetAsync($"{desk.Api}/clarify-first", Cancel);
            seen[name] = string.Join(
                '\n',
                $"telling: {string.Join(' ', telling)}",
                $"page: {page.Status}, list: {list.StatusCode} {(list.IsSuccessStatusCode ? Items(await list.Content.ReadFromJsonAsync<JsonElement>(Cancel)) : "")}",
                await ReadAsync(person, $"{desk.Api}/documents", "items"),
                await ReadAsync(person, desk.Api, "waits"),
                await ReadAsync(person, "/api/v1/tasks", "items"));
        }

        return seen;
    }

    private static string Items(JsonElement list) => list.GetProperty("items").GetRawText();

    private static async Task<string> ReadAsync(TestPerson person, string path, string part)
    {
        using var answer = await person.Client.GetAsync(path, Cancel);
        return answer.IsSuccessStatusCode
            ? (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty(part).GetRawText()
            : answer.StatusCode.ToString();
    }

    private static void Same(Dictionary<string, string> before, Dictionary<string, string> after)
    {
        foreach (var (name, seen) in before)
        {
            Assert.StartsWith("telling: \n", seen, StringComparison.Ordinal);
            Assert.Equal($"{name}\n{seen}", $"{name}\n{after[name]}");
        }
    }

    private static async Task<(string Turn, DateTime Due)> RowAsync(DeskReview desk) => (await desk.App.Database.AsOwnerAsync<(string, DateTime)>(
        "SELECT turn, next_due_at FROM review WHERE id = @Id", new { desk.At.Id })).Single();

    private static async Task<IEnumerable<string?>> TextsAsync(DeskReview desk, TestPerson person) =>
        (await person.Client.GetFromJsonAsync<JsonElement>($"{desk.Api}/clarify-first", Cancel)).GetProperty("items").EnumerateArray()
            .Select(one => one.Text("text")).Order(StringComparer.Ordinal);
}
