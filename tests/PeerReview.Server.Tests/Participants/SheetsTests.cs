using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Core.Access;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Participants;

/// <summary>The sheets of participating States: whose they are, who reads them when, and that nobody else can tell of them.</summary>
public sealed class SheetsTests
{
    [Fact]
    public async Task A_sheet_is_its_States_alone_until_signed_and_then_the_reviewers_by_its_labels()
    {
        await using var review = await RegionalReview.NominatingAsync();
        await review.Desk.DeclaringFromHereAsync();
        (await review.Desk.DeclareAsync(DeskReview.Ama)).EnsureSuccessStatusCode();
        var (ethiopia, tanzania, desk) = (review.Speaking["ETH"], review.Speaking["TZA"], review.Desk);
        var expert = desk.Experts[DeskReview.Ama];
        TestPerson[] others = [tanzania, desk.Authority, desk.FocalPoint, desk.Coordinator, desk.At.Head, desk.At.Other, expert];
        var before = await SeenAsync(others, review);

        (await review.WriteAsync(ethiopia, "ETH", "N-a.a1", "[Ethiopia says]", "AMBER")).EnsureSuccessStatusCode();
        (await review.WriteAsync(ethiopia, "ETH", "N-a.a2", "[Ethiopia whispers]", "RED")).EnsureSuccessStatusCode();
        Assert.Equal(before, await SeenAsync(others, review));
        Assert.Equal("writing.stale", await CodeAsync(await review.WriteAsync(ethiopia, "ETH", "N-a.a1", "[other]", "AMBER")));
        Assert.Equal(HttpStatusCode.NotFound, (await review.WriteAsync(tanzania, "ETH", "N-a.a1", "[Tanzania was here]")).StatusCode);
        Assert.Equal("access.not-allowed", await CodeAsync(await review.WriteAsync(desk.FocalPoint, "ETH", "N-a.a1", "[the owner was here]")));
        (await review.SignAsync("ETH")).EnsureSuccessStatusCode();
        // Signed before the common part is handed in, it waits for that.
        Assert.Equal(before, await SeenAsync(others, review));
        Assert.Equal("sheet.signed", await CodeAsync(await review.WriteAsync(ethiopia, "ETH", "N-a.a1", "[other]", "AMBER", 1)));

        await desk.At.SubmitAsync(_ => SharingLabel.Amber);
        Assert.Equal("says -", await ReadsAsync(expert, review));
        Assert.Equal("says -", await ReadsAsync(desk.Coordinator, review));
        foreach (var person in new[] { tanzania, desk.Authority, desk.FocalPoint, desk.At.Other })
            Assert.Equal("", await ReadsAsync(person, review));
        // Taken back it is out of everybody's sight again.
        (await ethiopia.Client.DeleteAsync($"{review.Api}/sheets/ETH/signature", Cancel)).EnsureSuccessStatusCode();
        Assert.Equal("", await ReadsAsync(expert, review));
        (await review.SignAsync("ETH")).EnsureSuccessStatusCode();

        var silent = await review.WriteAsync(tanzania, "TZA", "N-a.a1", "[Tanzania never signs]");
        silent.EnsureSuccessStatusCode();
        (await review.AnswerAsync("ETH")).EnsureSuccessStatusCode();
        await desk.App.AdvanceAsync(TimeSpan.FromDays(40));
        // The endorsement is over: silence handed nothing in, and nothing can be written any more.
        Assert.Equal("sheet.closed", await CodeAsync(await review.WriteAsync(tanzania, "TZA", "N-a.a2", "[late]")));
        Assert.Equal(HttpStatusCode.NotFound, (await expert.Client.GetAsync($"{review.Api}/sheets/TZA", Cancel)).StatusCode);
        Assert.Contains("[Tanzania never signs]", await tanzania.Client.GetStringAsync($"{review.Api}/sheets", Cancel), StringComparison.Ordinal);
        Assert.Equal("says -", await ReadsAsync(expert, review));
        Assert.Equal("sheet.too-early", await CodeAsync(await review.DecideAsync("ETH", Day(review, 40))));
    }

    [Fact]
    public async Task A_sheet_that_lies_unsigned_is_not_lost_without_a_word()
    {
        await using var review = await RegionalReview.EndorsingAsync();
        (await review.WriteAsync(review.Speaking["ETH"], "ETH", "N-a.a1", "[Ethiopia says]")).EnsureSuccessStatusCode();

        Assert.Equal("endorsement.sheet-unsigned", await CodeAsync(await review.AnswerAsync("ETH")));
        using (var pages = await Pages.OfAsync(review.Desk.App, review.Speaking["ETH"]))
        {
            Assert.Contains("name=\"without_sheet\"", (await pages.ReadAsync($"{review.Page}/participants")).Html, StringComparison.Ordinal);
            Assert.Contains("Your State’s own sheet</a>", (await pages.ReadAsync(review.Page)).Html, StringComparison.Ordinal);
        }

        (await review.AnswerAsync("ETH", withoutSheet: true)).EnsureSuccessStatusCode();
        (await review.SignAsync("ETH")).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task A_sheet_offers_only_labels_that_mean_something_on_it()
    {
        await using var review = await RegionalReview.StartAsync();
        var ethiopia = await review.SpeakForAsync("ETH");
        using var pages = await Pages.OfAsync(review.Desk.App, ethiopia);
        var page = (await pages.ReadAsync($"{review.Page}/sheets/ETH/N-a.a1")).Html;
        Assert.Contains("TLP:AMBER+STRICT – the reviewing States and their experts", System.Net.WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Contains("TLP:RED – your own State alone", page, StringComparison.Ordinal);
        Assert.DoesNotContain("TLP:GREEN", page, StringComparison.Ordinal);

        // What stands keeps its label.
        (await review.WriteAsync(ethiopia, "ETH", "N-a.a1", "[Ethiopia says]", "GREEN")).EnsureSuccessStatusCode();
        Assert.Contains("value=\"GREEN\" selected", (await pages.ReadAsync($"{review.Page}/sheets/ETH/N-a.a1")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_words_beside_a_label_say_who_reads_a_sheet()
    {
        await using var review = await RegionalReview.NominatingAsync();
        var (ethiopia, office) = (review.Speaking["ETH"], review.Desk.Coordinator);
        foreach (var (item, label) in new[] { ("N-a.a1", "AMBER+STRICT"), ("N-a.a2", "RED"), ("N-c.c1", "AMBER") })
            (await review.WriteAsync(ethiopia, "ETH", item, "[Ethiopia says]", label)).EnsureSuccessStatusCode();
        (await review.SignAsync("ETH")).EnsureSuccessStatusCode();
        await review.Desk.At.SubmitAsync(_ => SharingLabel.Amber);

        var own = await ReadAsync(ethiopia, "/sheets/ETH");
        foreach (var words in new[] { "AMBER+STRICT</strong><span>the reviewing States and their experts<", "RED</strong><span>your own State alone<" })
            Assert.Contains($"TLP:{words}", own, StringComparison.Ordinal);
        Assert.DoesNotContain("named persons only", own, StringComparison.Ordinal);
        var read = await ReadAsync(office, "/sheets/ETH");
        Assert.Contains("TLP:AMBER</strong><span>the reviewing States, their experts and the coordinators<", read, StringComparison.Ordinal);
        Assert.DoesNotContain("your own State", read, StringComparison.Ordinal);
        var documents = await ReadAsync(office, "");
        documents = documents[documents.IndexOf("/sheets\"", StringComparison.Ordinal)..];
        documents = documents[..documents.IndexOf("</dd>", StringComparison.Ordinal)];
        Assert.Contains("Can be read now by: whoever speaks for the State whose sheet it is", documents, StringComparison.Ordinal);
        Assert.Contains("TLP:AMBER</strong><span>the reviewing States, their experts and the coordinators<", documents, StringComparison.Ordinal);

        async Task<string> ReadAsync(TestPerson person, string path)
        {
            using var pages = await Pages.OfAsync(review.Desk.App, person);
            return (await pages.ReadAsync(review.Page + path)).Html;
        }
    }

    [Fact]
    public async Task In_a_light_review_a_sheet_offers_the_coordinators_alone()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app, change: notice => (notice["subjectKind"], notice["participants"]) = ("subregional", new[] { "BLZ", "GUY" }));
        var guyana = await app.PersonAsync("STATE_AUTH", "GUY");
        using var pages = await Pages.OfAsync(app, guyana);
        var page = (await pages.ReadAsync($"/reviews/{review.Id}/sheets/GUY/N-a.a1")).Html;

        Assert.Contains("TLP:AMBER – the coordinators<", page, StringComparison.Ordinal);
        Assert.DoesNotContain("STRICT", page, StringComparison.Ordinal);
        Assert.DoesNotContain("TLP:GREEN", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_said_right_is_refused()
    {
        await using var review = await RegionalReview.StartAsync();
        var ethiopia = await review.SpeakForAsync("ETH");

        Assert.Equal("answer.unknown-label", await CodeAsync(await review.WriteAsync(ethiopia, "ETH", "N-a.a1", "A text.", "SECRET")));
        Assert.Equal("answer.unknown-item", await CodeAsync(await review.WriteAsync(ethiopia, "ETH", "N-z.z9", "A text.")));
        Assert.Equal("sheet.words", await CodeAsync(await review.WriteAsync(ethiopia, "ETH", "N-a.a1", string.Join(' ', Enumerable.Repeat("word", 500)))));
        Assert.Equal("sheet.empty", await CodeAsync(await review.SignAsync("ETH")));
        Assert.Equal("sheet.not-handed-in", await CodeAsync(await ethiopia.Client.DeleteAsync($"{review.Api}/sheets/ETH/signature", Cancel)));
        Assert.Equal("sheet.not-handed-in", await CodeAsync(await review.DecideAsync("ETH")));
        Assert.Equal(HttpStatusCode.NotFound, (await ethiopia.Client.GetAsync($"{review.Api}/sheets/UGA", Cancel)).StatusCode);
    }

    private static DateOnly Day(RegionalReview review, int ahead) => review.Desk.At.Today.AddDays(ahead);

    private static async Task<string?> CodeAsync(HttpResponseMessage answer)
    {
        using (answer)
            return (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString();
    }

    /// <summary>What somebody reads of Ethiopia's sheet: a word for each answer, a dash for one that is only known to be there.</summary>
    private static async Task<string> ReadsAsync(TestPerson person, RegionalReview review)
    {
        using var answer = await person.Client.GetAsync($"{review.Api}/sheets/ETH", Cancel);
        if (answer.StatusCode == HttpStatusCode.NotFound)
            return "";
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        return string.Join(' ', body.GetProperty("items").EnumerateArray().Select(item =>
            item.GetProperty("text").GetString()?.Replace("[Ethiopia ", "", StringComparison.Ordinal).TrimEnd(']') ?? "-"));
    }

    /// <summary>Everything these people can fetch in which a sheet could show, but for the numbers of the record, which only those who
    /// read it are told.</summary>
    private static async Task<string> SeenAsync(IEnumerable<TestPerson> people, RegionalReview review)
    {
        var seen = new List<string>();
        foreach (var person in people)
        {
            foreach (var path in new[] { "participants", "sheets", "sheets/ETH", "documents", "answers" })
            {
                using var answer = await person.Client.GetAsync($"{review.Api}/{path}", Cancel);
                seen.Add($"{person.Email} {path} {answer.StatusCode} {answer.Headers.ETag} {await answer.Content.ReadAsStringAsync(Cancel)}");
            }
        }

        foreach (var path in new[] { review.Api, $"{review.Api}/ledger", "/api/v1/tasks" })
        {
            using var answer = await review.Speaking["TZA"].Client.GetAsync(path, Cancel);
            seen.Add($"TZA {path} {answer.StatusCode} {answer.Headers.ETag} {await answer.Content.ReadAsStringAsync(Cancel)}");
        }

        return string.Join('\n', seen);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
