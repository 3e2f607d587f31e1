using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Core.Access;
using PeerReview.Core.Assessment;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Team;

/// <summary>Working translations for experts who work in another language than the State answers in.</summary>
public sealed class TranslationsTests
{
    private const string Ama = DeskReview.Ama, Item = "N-a.a1", Other = "N-a.a2";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_stage_waits_for_the_language_and_the_experts_wait_for_the_stage()
    {
        await using var desk = await DeskReview.OpeningAsync();
        await desk.FindCompleteAsync();

        // Nobody knows yet whether anything is to be translated: the opening alone is waited for.
        Assert.DoesNotContain(await desk.At.TasksAsync(), task => task.StartsWith("translate", StringComparison.Ordinal) || task.StartsWith("desk_review", StringComparison.Ordinal));
        Assert.False((await ForecastAsync(desk, "translate")).GetProperty("takes").GetBoolean());
        Assert.Equal("process.too-early", await CodeAsync(await desk.TranslateAsync(Item)));
        Assert.Equal("process.too-early", await CodeAsync(await desk.FinishTranslationsAsync()));
        Assert.Equal(HttpStatusCode.NotFound, (await desk.Coordinator.Client.GetAsync($"{desk.Api}/translations", Cancel)).StatusCode);

        await desk.AgreeOpeningAsync("fr");

        Assert.Equal(["COORD Coordinator", "COORD Deputy"], await desk.AskedAsync("translate"));
        Assert.Empty(await desk.AskedAsync("desk_review"));
        Assert.True((await ForecastAsync(desk, "translate")).GetProperty("takes").GetBoolean());
        Assert.Contains(await desk.App.LettersAsync(), letter => letter.Recipient == desk.Coordinator.Email && letter.Body.Contains($"{desk.Page}/translations", StringComparison.Ordinal));
        var expected = Day(await ForecastAsync(desk, "desk_review"), "ends");
        using var pages = await Pages.OfAsync(desk.App, desk.Coordinator);
        var overview = (await pages.ReadAsync(desk.Page)).Html;
        Assert.Contains($"{desk.Page}/translations", overview, StringComparison.Ordinal);
        Assert.Contains(expected.ToString("d MMMM yyyy", System.Globalization.CultureInfo.GetCultureInfo("en-GB")), overview, StringComparison.Ordinal);

        await desk.App.AdvanceAsync(TimeSpan.FromDays(10));
        await desk.TranslateAllAsync();
        (await desk.FinishTranslationsAsync()).EnsureSuccessStatusCode();

        Assert.Equal(2, (await desk.AskedAsync("desk_review")).Count);
        // The 45 days of the experts count from the end of the translation.
        var due = Day(await WaitAsync(desk, "desk_review"), "day");
        Assert.InRange(due.DayNumber - desk.At.Today.DayNumber, 10 + 45, 10 + 45 + 4);
        Assert.Equal("process.already-done", await CodeAsync(await desk.TranslateAsync(Item)));
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task Where_the_experts_work_in_the_language_of_the_State_nothing_is_translated()
    {
        await using var desk = await DeskReview.CommentingAsync();

        Assert.Equal(
            ["working_language_differs"],
            await desk.App.Database.AsOwnerAsync<string>(
                "SELECT body::jsonb ->> 'condition' FROM event WHERE review_id = @Id AND kind = 'stage_skipped' AND body::jsonb ->> 'stage' = 'translate'", new { desk.At.Id }));
        using var pages = await Pages.OfAsync(desk.App, desk.Coordinator);
        Assert.Equal(HttpStatusCode.NotFound, (await pages.ReadAsync($"{desk.Page}/translations")).Status);
        Assert.Equal("process.stage-closed", await CodeAsync(await desk.TranslateAsync(Item)));
    }

    [Fact]
    public async Task Every_answer_is_translated_or_found_readable_before_the_stage_is_finished()
    {
        await using var desk = await DeskReview.TranslatingAsync();
        var items = await desk.ItemsAsync();
        var before = await desk.TranslationsAsync();
        Assert.Equal(("fr", items.Count, items.Count), (before.GetProperty("language").GetString(), before.GetProperty("open").GetInt32(), before.GetProperty("of").GetInt32()));

        using var refused = await desk.FinishTranslationsAsync();
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        var problem = await refused.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal(("translation.open", items.Count), (problem.GetProperty("code").GetString(), problem.GetProperty("values").GetProperty("count").GetInt32()));

        (await desk.TranslateAsync(Item)).EnsureSuccessStatusCode();
        (await desk.ReadAsItIsAsync(Other)).EnsureSuccessStatusCode();
        Assert.Equal(("translated", "coordinator"), await StateAsync(desk, Item));
        Assert.Equal(("as_it_is", "coordinator"), await StateAsync(desk, Other));
        // The word is taken back like a translation: nothing stands any more.
        (await desk.Coordinator.Client.PutAsJsonAsync($"{desk.Api}/translations/{Other}", new { version = 1 }, Cancel)).EnsureSuccessStatusCode();
        Assert.Equal(("open", null), await StateAsync(desk, Other));
        (await desk.ReadAsItIsAsync(Other, version: 2)).EnsureSuccessStatusCode();
        // A text left out is not enough.
        (await desk.Coordinator.Client.PutAsJsonAsync($"{desk.Api}/translations/{items[2]}", new { rule = "Règle.", version = 0 }, Cancel)).EnsureSuccessStatusCode();
        Assert.Equal(("partly", "coordinator"), await StateAsync(desk, items[2]));
        (await desk.TranslateAsync(items[2], version: 1)).EnsureSuccessStatusCode();
        foreach (var item in items.Skip(3))
            (await desk.ReadAsItIsAsync(item)).EnsureSuccessStatusCode();

        using var pages = await Pages.OfAsync(desk.App, desk.Coordinator);
        Assert.Contains("Every answer that you may read is ready", (await pages.ReadAsync($"{desk.Page}/translations")).Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await pages.SubmitAsync($"{desk.Page}/translations")).Status);
        Assert.Equal(2, (await desk.AskedAsync("desk_review")).Count);
        Assert.Contains("Nothing can be translated here now", (await pages.ReadAsync($"{desk.Page}/translations")).Html, StringComparison.Ordinal);
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task What_the_State_translated_itself_counts_until_the_answer_is_newer()
    {
        await using var desk = await DeskReview.TranslatingAsync();
        await desk.At.RunAsync(desk.FocalPoint, _ => new ReviewChange()
            .Write(WritingKind.AnswerTranslation, $"{Item}:fr", 0, Contents.Write(OwnFrench(Item)), "AMBER", "fr"));
        Assert.Equal(("translated", "state"), await StateAsync(desk, Item));
        using var pages = await Pages.OfAsync(desk.App, desk.Coordinator);
        Assert.Contains("The State translated this answer itself", (await pages.ReadAsync($"{desk.Page}/translations/{Item}")).Html, StringComparison.Ordinal);

        await desk.At.RunAsync(desk.FocalPoint, _ => new ReviewChange()
            .Write(WritingKind.Answer, Item, 1, Contents.Write(new Answer(Item, AnswerValue.InPlace, SharingLabel.Amber, "en") { Rule = "Changed." }), "AMBER", "en"));
        Assert.Equal(("older", "state"), await StateAsync(desk, Item));
        // The coordinator goes on from what the State wrote.
        Assert.Contains("[règle de l’État]", (await pages.ReadAsync($"{desk.Page}/translations/{Item}")).Html, StringComparison.Ordinal);
        (await desk.Coordinator.Client.PutAsJsonAsync($"{desk.Api}/translations/{Item}", new { rule = "Modifié.", madeFrom = 2, version = 0 }, Cancel)).EnsureSuccessStatusCode();
        Assert.Equal(("translated", "coordinator"), await StateAsync(desk, Item));
    }

    [Fact]
    public async Task Nobody_but_the_coordinator_translates_and_nothing_wrong_is_saved()
    {
        await using var desk = await DeskReview.TranslatingAsync();
        foreach (var person in new[] { desk.FocalPoint, desk.Authority, desk.Experts[Ama], desk.Spokespersons["GHA"], desk.At.Head })
        {
            Assert.Equal("access.not-allowed", await CodeAsync(await desk.TranslateAsync(Item, person: person)));
            Assert.Equal("access.not-allowed", await CodeAsync(await desk.FinishTranslationsAsync(person)));
            Assert.Equal(HttpStatusCode.NotFound, (await person.Client.GetAsync($"{desk.Api}/translations", Cancel)).StatusCode);
            using var others = await Pages.OfAsync(desk.App, person);
            Assert.Equal(HttpStatusCode.NotFound, (await others.ReadAsync($"{desk.Page}/translations")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await others.ReadAsync($"{desk.Page}/translations/{Item}")).Status);
        }

        Assert.Equal("access.not-allowed", await CodeAsync(await desk.TranslateAsync(Item, person: desk.At.Other)));
        var events = await desk.At.SequenceAsync();
        Assert.Equal("answer.unknown-item", await CodeAsync(await desk.TranslateAsync("N-z.z9")));
        Assert.Equal("translation.other-language", await RefusedAsync(new { rule = "Regla.", language = "es" }));
        Assert.Equal("translation.other-language", await RefusedAsync(new { rule = "A rule.", language = "en" }));
        Assert.Equal("translation.empty", await RefusedAsync(new { rule = "  " }));
        Assert.Equal("translation.unknown-original", await RefusedAsync(new { rule = "Règle.", madeFrom = 2 }));
        Assert.Equal("translation.text-without-original", await RefusedAsync(new { testing = "Essai." }));
        Assert.Equal("writing.stale", await CodeAsync(await desk.TranslateAsync(Item, version: 1)));
        Assert.Equal(events, await desk.At.SequenceAsync());

        (await desk.TranslateAsync(Item)).EnsureSuccessStatusCode();
        // The same again is no new version; something else on the version before is told what was saved.
        (await desk.TranslateAsync(Item)).EnsureSuccessStatusCode();
        using var stale = await desk.Coordinator.Client.PutAsJsonAsync($"{desk.Api}/translations/{Item}", new { rule = "Autre.", version = 0 }, Cancel);
        var told = await stale.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal(
            (HttpStatusCode.Conflict, DeskReview.FrenchOf(Item), "Autre."),
            (stale.StatusCode, told.GetProperty("theirs").GetProperty("rule").GetString(), told.GetProperty("mine").GetProperty("rule").GetString()));
        using var matching = new HttpRequestMessage(HttpMethod.Put, $"{desk.Api}/translations/{Item}") { Content = JsonContent.Create(new { rule = "Autre." }) };
        matching.Headers.IfMatch.Add(new EntityTagHeaderValue("\"1\""));
        using var saved = await desk.Coordinator.Client.SendAsync(matching, Cancel);
        Assert.Equal((HttpStatusCode.OK, "\"2\""), (saved.StatusCode, saved.Headers.ETag?.Tag));

        async Task<string> RefusedAsync(object body) =>
            await CodeAsync(await desk.Coordinator.Client.PutAsJsonAsync($"{desk.Api}/translations/{Item}", body, Cancel));
    }

    [Fact]
    public async Task On_the_page_nothing_typed_is_lost()
    {
        await using var desk = await DeskReview.TranslatingAsync();
        using var pages = await Pages.OfAsync(desk.App, desk.Coordinator);
        var path = $"{desk.Page}/translations/{Item}";

        await pages.ReadAsync(path);
        var empty = await pages.SubmitAsync(path, ("version", "0"), ("made_from", "1"), ("rule", ""), ("practice", ""), ("evidence", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.Status);
        Assert.Contains("Translate at least one text", empty.Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await pages.SubmitAsync(path, ("version", "0"), ("made_from", "1"), ("rule", "Une règle."))).Status);
        var stale = await pages.SubmitAsync(path, ("version", "0"), ("made_from", "1"), ("rule", "Une autre."), ("practice", "Une pratique."));
        Assert.Equal(HttpStatusCode.Conflict, stale.Status);
        Assert.Contains("Une pratique.", stale.Html, StringComparison.Ordinal);
        Assert.Contains("Une règle.", stale.Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await pages.ReadAsync($"{desk.Page}/translations/N-z.z9")).Status);
    }

    [Fact]
    public async Task A_review_that_becomes_lighter_needs_no_translation_any_more()
    {
        await using var desk = await DeskReview.TranslatingAsync();

        using var changed = await desk.Authority.Client.PostAsJsonAsync(
            $"{desk.Api}/variant", new { variant = "light", reason = "[less time]", signature = LightReview.Signature(desk.App) }, Cancel);

        Assert.True(changed.IsSuccessStatusCode, await changed.Content.ReadAsStringAsync(Cancel));
        Assert.Empty(await desk.AskedAsync("translate"));
        Assert.NotEmpty(await desk.AskedAsync("clarify"));
        using var pages = await Pages.OfAsync(desk.App, desk.Coordinator);
        Assert.Equal(HttpStatusCode.NotFound, (await pages.ReadAsync($"{desk.Page}/translations")).Status);
    }

    private static AnswerTranslation OwnFrench(string item) =>
        new(item, "fr", 1) { Rule = "[règle de l’État]", Practice = "[pratique de l’État]", Evidence = "[preuve de l’État]" };

    private static async Task<(string? State, string? By)> StateAsync(DeskReview desk, string item)
    {
        var line = (await desk.TranslationsAsync()).GetProperty("items").EnumerateArray().Single(one => one.GetProperty("item").GetString() == item);
        return (line.GetProperty("state").GetString(), line.GetProperty("by").GetString());
    }

    private static async Task<JsonElement> ForecastAsync(DeskReview desk, string stage) =>
        (await desk.Coordinator.Client.GetFromJsonAsync<JsonElement>($"{desk.Api}/forecast", Cancel)).GetProperty("stages").EnumerateArray()
            .Single(one => one.GetProperty("stage").GetString() == stage);

    private static async Task<JsonElement> WaitAsync(DeskReview desk, string stage) =>
        (await desk.Coordinator.Client.GetFromJsonAsync<JsonElement>(desk.Api, Cancel)).GetProperty("waits").EnumerateArray()
            .First(one => one.GetProperty("stage").GetString() == stage);

    private static DateOnly Day(JsonElement from, string name) =>
        DateOnly.Parse(from.GetProperty(name).GetString()!, System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<string> CodeAsync(HttpResponseMessage response)
    {
        using (response)
            return (await response.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString()!;
    }
}
