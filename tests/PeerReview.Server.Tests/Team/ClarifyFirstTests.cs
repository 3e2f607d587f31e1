using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Team;

/// <summary>An expert asks the State in private; it answers within 72 hours, or the question lapses.</summary>
public sealed class ClarifyFirstTests
{
    private const string Ama = DeskReview.Ama;
    private const string Question = "[does the drill count as tested?]";
    private const string Reply = "[it does, since last year]";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_contact_points_of_the_State_are_asked_at_once_and_the_asker_reads_the_answer()
    {
        await using var desk = await DeskReview.CommentingAsync();
        var comments = await desk.AskedAsync("desk_review");

        var question = await desk.AskFirstAsync(Ama, Question, "N-a.a1");

        Assert.Equal(["STATE_AUTH", "STATE_FP"], await TasksAsync(desk));
        foreach (var person in new[] { desk.FocalPoint, desk.At.Alternate, desk.Authority })
            Assert.Single(await desk.At.LettersAsync(person), "clarify_first_asked");
        Assert.Single(await desk.At.LettersAsync(desk.Spokespersons["GHA"]), "clarify_first_copied");
        Assert.Equal(comments, await desk.AskedAsync("desk_review"));
        var open = await OneAsync(desk, desk.FocalPoint);
        Assert.Equal(("open", Question, "N-a.a1", "Expert ama", true), (open.Text("status"), open.Text("text"), open.Text("item"), open.Text("askedBy"), open.GetProperty("mayAnswer").GetBoolean()));
        Assert.Equal(TimeSpan.FromHours(72), open.GetProperty("endsAt").GetDateTimeOffset() - open.GetProperty("askedAt").GetDateTimeOffset());
        Assert.False((await OneAsync(desk, desk.Experts[Ama])).GetProperty("mayAnswer").GetBoolean());

        Assert.Equal("", await CodeAsync(await desk.AnswerFirstAsync(desk.At.Alternate, question, Reply)));

        Assert.Empty(await TasksAsync(desk));
        foreach (var person in new[] { desk.Experts[Ama], desk.Spokespersons["GHA"], desk.Authority })
        {
            var answered = await OneAsync(desk, person);
            Assert.Equal(("answered", Reply, false), (answered.Text("status"), answered.Text("answer"), answered.GetProperty("mayAnswer").GetBoolean()));
        }

        foreach (var person in new[] { desk.Experts[Ama], desk.Spokespersons["GHA"] })
            Assert.Single(await desk.At.LettersAsync(person), "clarify_first_answered");
        Assert.Equal("clarify-first.answered", await CodeAsync(await desk.AnswerFirstAsync(desk.FocalPoint, question, "Another.")));
        await desk.App.AdvanceAsync(TimeSpan.FromHours(100));
        Assert.DoesNotContain("reminder", await desk.At.LettersAsync(desk.Experts[Ama]));
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task Ten_questions_of_one_expert_can_wait_at_a_time()
    {
        await using var desk = await DeskReview.CommentingAsync();
        for (var i = 0; i < 9; i++)
            await desk.AskFirstAsync(Ama, Question);
        var last = await desk.AskFirstAsync(Ama, Question);
        Task<HttpResponseMessage> AskAsync() => desk.Experts[Ama].Client.PostAsJsonAsync($"{desk.Api}/clarify-first", new { text = Question }, Cancel);

        Assert.Equal("clarify-first.too-many", await CodeAsync(await AskAsync()));
        using var pages = await Pages.OfAsync(desk.App, desk.Experts[Ama]);
        var (_, html) = await pages.ReadAsync($"{desk.Page}/clarify-first");
        Assert.Contains("10 of your questions wait for an answer", html, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"text\"", html, StringComparison.Ordinal);
        // Somebody else's questions do not count.
        await desk.AskFirstAsync(DeskReview.Eva, Question);

        Assert.Equal("", await CodeAsync(await desk.AnswerFirstAsync(desk.At.Alternate, last, Reply)));
        (await AskAsync()).EnsureSuccessStatusCode();
        Assert.Equal("clarify-first.too-many", await CodeAsync(await AskAsync()));
        await desk.App.AdvanceAsync(TimeSpan.FromHours(73));
        (await AskAsync()).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task Silence_lapses_after_seventy_two_hours_and_the_asker_is_told()
    {
        await using var desk = await DeskReview.CommentingAsync();
        var question = await desk.AskFirstAsync(Ama, Question);
        var before = await desk.At.SequenceAsync();
        using var pages = await Pages.OfAsync(desk.App, desk.FocalPoint);
        await pages.ReadAsync($"{desk.Page}/clarify-first");

        await desk.App.AdvanceAsync(TimeSpan.FromHours(72) - TimeSpan.FromMinutes(2));
        Assert.Equal(["STATE_AUTH", "STATE_FP"], await TasksAsync(desk));
        Assert.Empty(await SentAsync(desk, "clarify_first_lapsed"));
        await desk.App.AdvanceAsync(TimeSpan.FromMinutes(2));

        Assert.Empty(await TasksAsync(desk));
        Assert.Equal(["Expert ama", "Focal point GHA"], await SentAsync(desk, "clarify_first_lapsed"));
        Assert.Equal("lapsed", (await OneAsync(desk, desk.Experts[Ama])).Text("status"));
        Assert.Equal("clarify-first.lapsed", await CodeAsync(await desk.AnswerFirstAsync(desk.FocalPoint, question, Reply)));
        // The lapse itself is no event: the record holds the question, and the hour it was asked.
        Assert.Equal(before, await desk.At.SequenceAsync());
        // Somebody typed while it lapsed.
        var (status, page, _) = await SubmitAsync(pages, desk, $"/{question}/answer", ("text", Reply));
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("The 72 hours to answer are over", page, StringComparison.Ordinal);
        await desk.AskFirstAsync(Ama, "[once more]");
        Assert.Equal(["STATE_AUTH", "STATE_FP"], await TasksAsync(desk));
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task The_State_is_reminded_a_day_before_the_end_unless_it_has_answered()
    {
        await using var desk = await DeskReview.CommentingAsync();
        await desk.AskFirstAsync(Ama, Question);
        var other = await desk.AskFirstAsync(DeskReview.Eva, "[what is a register?]");
        (await desk.AnswerFirstAsync(desk.FocalPoint, other, Reply)).EnsureSuccessStatusCode();

        await desk.App.AdvanceAsync(TimeSpan.FromHours(47));
        Assert.Empty(await SentAsync(desk, "clarify_first_asked"));
        await desk.App.AdvanceAsync(TimeSpan.FromHours(1));

        Assert.Equal(["Alternate", "Authority", "Focal point"], await SentAsync(desk, "clarify_first_asked"));
        var letter = (await desk.App.LettersAsync()).Last(one => one.Recipient == desk.FocalPoint.Email);
        Assert.Contains($"/reviews/{desk.At.Id}/clarify-first", letter.Body, StringComparison.Ordinal);
        Assert.Matches(@"By: .*\d\d:\d\d.*UTC\+3", letter.Body);
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task It_is_open_from_the_desk_review_until_all_agree_and_to_experts_alone()
    {
        await using var desk = await DeskReview.OpeningAsync();
        Assert.Equal("clarify-first.too-early", await AskAsync(desk, desk.Experts[Ama]));
        (await desk.SaveMinutesAsync()).EnsureSuccessStatusCode();
        foreach (var person in desk.Spokespersons.Values.Append(desk.FocalPoint).Append(desk.Coordinator))
            (await desk.ConfirmAsync(person)).EnsureSuccessStatusCode();
        await desk.FindCompleteAsync();
        var before = await desk.At.SequenceAsync();
        foreach (var person in new[] { desk.FocalPoint, desk.Authority, desk.Coordinator, desk.At.Head, desk.Spokespersons["GHA"], desk.At.Other })
            Assert.Equal("access.not-allowed", await AskAsync(desk, person));
        Assert.Equal(before, await desk.At.SequenceAsync());

        await desk.AskFirstAsync(Ama, Question);
        await desk.HandInCommentsAsync();
        await desk.HandOverQuestionsAsync();
        await desk.ReplyAsync();
        await desk.AskFirstAsync(DeskReview.Eva, "[while the report is written]");
        await desk.HandOverDraftAsync();
        await desk.CheckFactsAsync();
        await desk.AskFirstAsync(Ama, "[while all agree]");
        foreach (var person in desk.Agreeing)
            (await desk.AgreeAsync(person)).EnsureSuccessStatusCode();

        Assert.Equal("clarify-first.over", await AskAsync(desk, desk.Experts[Ama]));
        // What was asked in time has its 72 hours all the same.
        var open = (await ListAsync(desk, desk.FocalPoint)).Select(one => one.Text("id")!).ToList();
        Assert.Equal(3, open.Count);
        Assert.Equal("", await CodeAsync(await desk.AnswerFirstAsync(desk.FocalPoint, open[0], Reply)));
        await desk.App.Database.RequireSoundAsync();
    }

    public static TheoryData<string, string?, string> Wrong => new()
    {
        { " ", null, "clarify-first.text" },
        { "Why?", "N-z.z9", "clarify-first.item" },
        { string.Concat(Enumerable.Repeat("word ", 201)), null, "clarify-first.text-too-long" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public async Task A_wrong_question_is_refused_by_name(string text, string? item, string code)
    {
        await using var desk = await DeskReview.CommentingAsync();
        var before = await desk.At.SequenceAsync();

        Assert.Equal(code, await AskAsync(desk, desk.Experts[Ama], text, item));

        Assert.Equal(before, await desk.At.SequenceAsync());
    }

    [Fact]
    public async Task The_pages_keep_what_was_typed_show_the_contact_points_and_lead_to_each_other()
    {
        await using var desk = await DeskReview.CommentingAsync();
        using var expert = await Pages.OfAsync(desk.App, desk.Experts[Ama]);
        Assert.Contains($"{desk.Page}/clarify-first?item=N-a.a1#ask", (await expert.ReadAsync($"{desk.Page}/desk/N-a.a1")).Html, StringComparison.Ordinal);
        Assert.Contains($"{desk.Page}/clarify-first\"", (await expert.ReadAsync(desk.Page)).Html, StringComparison.Ordinal);
        Assert.Contains("value=\"N-a.a1\" selected", (await expert.ReadAsync($"{desk.Page}/clarify-first?item=N-a.a1")).Html, StringComparison.Ordinal);
        var (wrong, typed, _) = await SubmitAsync(expert, desk, "", ("text", Question), ("item", "N-z.z9"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong);
        Assert.Contains(Question, typed, StringComparison.Ordinal);
        var (sent, _, next) = await SubmitAsync(expert, desk, "", ("text", Question), ("item", "N-a.a1"));
        Assert.Equal((HttpStatusCode.SeeOther, $"{desk.Page}/clarify-first"), (sent, next));
        var mine = (await expert.ReadAsync($"{desk.Page}/clarify-first")).Html;
        foreach (var contact in new[] { desk.FocalPoint, desk.At.Alternate, desk.Authority, desk.Spokespersons["GHA"] })
            Assert.Contains($"mailto:{contact.Email}", mine, StringComparison.Ordinal);
        Assert.DoesNotContain(desk.Spokespersons["EST"].Email, mine, StringComparison.Ordinal);

        using var state = await Pages.OfAsync(desk.App, desk.FocalPoint);
        var home = (await state.ReadAsync("/")).Html;
        Assert.Contains("A private question of an expert to answer", home, StringComparison.Ordinal);
        Assert.Contains($"{desk.Page}/clarify-first\"", home, StringComparison.Ordinal);
        var theirs = (await state.ReadAsync($"{desk.Page}/clarify-first")).Html;
        Assert.Contains($"mailto:{desk.Spokespersons["EST"].Email}", theirs, StringComparison.Ordinal);
        var question = (await OneAsync(desk, desk.FocalPoint)).Text("id")!;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SubmitAsync(state, desk, $"/{question}/answer", ("text", " "))).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await SubmitAsync(state, desk, $"/{question}/answer", ("text", Reply))).Status);
        Assert.Contains(Reply, (await expert.ReadAsync($"{desk.Page}/clarify-first")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_wording_is_flagged_the_expert_is_led_to_it_and_the_wording_still_stops()
    {
        await using var desk = await DeskReview.DraftingAsync();
        (await desk.WriteAsync("summary", "The attack was attributed to a neighbour.")).EnsureSuccessStatusCode();
        using var pages = await Pages.OfAsync(desk.App, desk.Experts[Ama]);

        Assert.Contains($"{desk.Page}/clarify-first#ask", (await pages.ReadAsync($"{desk.Page}/draft/summary")).Html, StringComparison.Ordinal);

        var question = await desk.AskFirstAsync(Ama, "Who attributed it?");
        (await desk.AnswerFirstAsync(desk.FocalPoint, question, "Nobody has.")).EnsureSuccessStatusCode();
        Assert.NotEqual("", await CodeAsync(await desk.Experts[Ama].Client.PostAsJsonAsync($"{desk.Api}/stages/draft/complete", new { }, Cancel)));
        using var coordinator = await Pages.OfAsync(desk.App, desk.Coordinator);
        Assert.DoesNotContain("clarify-first", (await coordinator.ReadAsync($"{desk.Page}/draft/summary")).Html, StringComparison.Ordinal);
    }

    /// <summary>Roles that an open private question waits for.</summary>
    private static async Task<IEnumerable<string>> TasksAsync(DeskReview desk) =>
        (await desk.AskedAsync("clarify_first")).Select(row => row.Split(' ')[1]).Distinct();

    /// <summary>Whom the clock sent a letter, by name.</summary>
    private static async Task<IReadOnlyList<string>> SentAsync(DeskReview desk, string letter) => await desk.App.Database.AsOwnerAsync<string>(
        """
        SELECT p.name FROM reminder m JOIN person p ON p.id = m.person_id JOIN outbox o ON o.key = m.outbox_key
        WHERE m.review_id = @Id AND m.letter = @Letter AND m.outcome = 'sent' AND o.delivered_at IS NOT NULL ORDER BY 1
        """,
        new { desk.At.Id, Letter = letter });

    private static async Task<IReadOnlyList<JsonElement>> ListAsync(DeskReview desk, TestPerson person) =>
        [.. (await person.Client.GetFromJsonAsync<JsonElement>($"{desk.Api}/clarify-first", Cancel)).GetProperty("items").EnumerateArray()];

    private static async Task<JsonElement> OneAsync(DeskReview desk, TestPerson person) => Assert.Single(await ListAsync(desk, person));

    private static async Task<string> AskAsync(DeskReview desk, TestPerson person, string text = "Why?", string? item = null) =>
        await CodeAsync(await person.Client.PostAsJsonAsync($"{desk.Api}/clarify-first", new { text, item }, Cancel));

    private static Task<(HttpStatusCode Status, string Html, string? Next)> SubmitAsync(
        Pages pages, DeskReview desk, string path, params (string Name, string Value)[] fields) =>
        pages.SubmitAsync($"{desk.Page}/clarify-first{path}", fields);

    private static async Task<string> CodeAsync(HttpResponseMessage answer) => answer.IsSuccessStatusCode
        ? ""
        : (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString()!;
}
