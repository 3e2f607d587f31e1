using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Core.Access;
using PeerReview.Core.Assessment;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Team;

/// <summary>Who reads a working translation, and whose it is to make: never more than the answer it was made from.</summary>
public sealed class TranslationSightTests
{
    private const string Ama = DeskReview.Ama, Item = "N-a.a1", Other = "N-a.a2";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_that_the_office_may_not_read_are_not_its_to_translate_and_hold_nothing_up()
    {
        await using var desk = await DeskReview.TranslatingAsync(item => item switch { Item => SharingLabel.AmberStrict, Other => SharingLabel.Red, _ => SharingLabel.Amber });
        var items = await desk.ItemsAsync();
        using var pages = await Pages.OfAsync(desk.App, desk.Coordinator);

        var list = await desk.TranslationsAsync();
        Assert.Equal((items.Count - 2, items.Count - 2), (list.GetProperty("of").GetInt32(), list.GetProperty("open").GetInt32()));
        var page = (await pages.ReadAsync($"{desk.Page}/translations")).Html;
        foreach (var kept in new[] { Item, Other })
        {
            Assert.DoesNotContain($"/translations/{kept}\"", page, StringComparison.Ordinal);
            Assert.DoesNotContain(kept, list.GetRawText(), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.NotFound, (await pages.ReadAsync($"{desk.Page}/translations/{kept}")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await pages.SubmitAsync($"{desk.Page}/translations/{kept}", ("version", "0"), ("rule", "Règle."))).Status);
            using var saved = await desk.TranslateAsync(kept);
            Assert.Equal(HttpStatusCode.NotFound, saved.StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await desk.Coordinator.Client.GetAsync($"{desk.Api}/translations/{kept}", Cancel)).StatusCode);
        }

        await desk.TranslateAllAsync();
        (await desk.FinishTranslationsAsync()).EnsureSuccessStatusCode();
        Assert.Equal(2, (await desk.AskedAsync("desk_review")).Count);
    }

    [Fact]
    public async Task The_experts_read_it_beside_the_answer_and_the_State_sees_what_was_made_of_its_answer()
    {
        await using var desk = await DeskReview.TranslatingAsync(item => item == Other ? SharingLabel.AmberStrict : SharingLabel.Amber);
        await desk.TranslateAllAsync();
        (await desk.FinishTranslationsAsync()).EnsureSuccessStatusCode();

        using var expert = await Pages.OfAsync(desk.App, desk.Experts[Ama]);
        var page = (await expert.ReadAsync($"{desk.Page}/desk/{Item}")).Html;
        Assert.Contains(DeskReview.FrenchOf(Item), page, StringComparison.Ordinal);
        Assert.Contains(ReviewAt.MarkerOf(Item), page, StringComparison.Ordinal);
        Assert.Contains("a working translation by the coordinator’s office", page, StringComparison.Ordinal);
        Assert.DoesNotContain("The answer was changed after this translation was made.", page, StringComparison.Ordinal);
        Assert.Contains(ReviewAt.MarkerOf(Other), (await expert.ReadAsync($"{desk.Page}/desk/{Other}")).Html, StringComparison.Ordinal);

        using var state = await Pages.OfAsync(desk.App, desk.FocalPoint);
        Assert.Contains(DeskReview.FrenchOf(Item), (await state.ReadAsync($"{desk.Page}/assessment/{Item}")).Html, StringComparison.Ordinal);
        foreach (var person in new[] { desk.Experts[Ama], desk.FocalPoint, desk.Coordinator })
        {
            var answer = await person.Client.GetFromJsonAsync<JsonElement>($"{desk.Api}/answers/{Item}", Cancel);
            var line = Assert.Single(answer.GetProperty("translations").EnumerateArray());
            Assert.Equal(("fr", "coordinator", false), (line.GetProperty("language").GetString(), line.GetProperty("by").GetString(), line.GetProperty("older").GetBoolean()));
            var text = await person.Client.GetFromJsonAsync<JsonElement>($"{desk.Api}/translations/{Item}", Cancel);
            Assert.Equal((DeskReview.FrenchOf(Item), "AMBER"), (text.GetProperty("rule").GetString(), text.GetProperty("label").GetString()));
        }

        Assert.Equal(HttpStatusCode.NotFound, (await desk.At.Other.Client.GetAsync($"{desk.Api}/translations/{Item}", Cancel)).StatusCode);

        // The State writes a later version in its reply: the translation stands and says that it is older.
        await desk.At.RunAsync(desk.FocalPoint, _ => new ReviewChange()
            .Write(WritingKind.Answer, Item, 1, Contents.Write(new Answer(Item, AnswerValue.InPlace, SharingLabel.AmberStrict, "en") { Rule = "Changed." }), "AMBER+STRICT", "en"));
        Assert.Contains("The answer was changed after this translation was made.", (await expert.ReadAsync($"{desk.Page}/desk/{Item}")).Html, StringComparison.Ordinal);
        // Labelled for the team alone, neither answer nor translation is the office's any more.
        Assert.Equal(HttpStatusCode.NotFound, (await desk.Coordinator.Client.GetAsync($"{desk.Api}/translations/{Item}", Cancel)).StatusCode);
        using var office = await Pages.OfAsync(desk.App, desk.Coordinator);
        Assert.DoesNotContain(DeskReview.FrenchOf(Item), (await office.ReadAsync($"{desk.Page}/assessment/{Item}")).Html, StringComparison.Ordinal);
    }
}
