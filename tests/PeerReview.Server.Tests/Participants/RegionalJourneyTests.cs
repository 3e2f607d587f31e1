using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Participants;

/// <summary>A regional desk review from its launch to what everybody reads: one State endorses and publishes of its sheet, one says
/// nothing at all, one objects.</summary>
public sealed class RegionalJourneyTests
{
    [Fact]
    public async Task The_public_reads_the_report_and_only_the_sheet_whose_State_said_yes()
    {
        await using var review = await RegionalReview.NominatingAsync();
        var desk = review.Desk;
        foreach (var state in RegionalReview.States)
        {
            (await review.WriteAsync(review.Speaking[state], state, "N-a.a1", $"[{state} says]", "AMBER")).EnsureSuccessStatusCode();
            (await review.WriteAsync(review.Speaking[state], state, "N-a.a2", $"[{state} keeps]", "CLEAR")).EnsureSuccessStatusCode();
            (await review.SignAsync(state)).EnsureSuccessStatusCode();
        }

        desk.BeforeComplete = async () =>
        {
            (await review.AnswerAsync("ETH")).EnsureSuccessStatusCode();
            (await review.AnswerAsync("UGA", "[Uganda says why]")).EnsureSuccessStatusCode();
            await desk.App.AdvanceAsync(TimeSpan.FromDays(27));
        };
        await desk.CommentingFromHereAsync();
        // The reviewers read the sheets of those who did not object.
        Assert.Equal("ETH TZA", await SheetsOfAsync(desk.Experts[DeskReview.Ama], review));
        Assert.Equal("UGA", await SheetsOfAsync(review.Speaking["UGA"], review));
        await desk.HandInCommentsAsync();
        await desk.HandOverQuestionsAsync();
        await desk.ReplyAsync();
        await desk.HandOverDraftAsync();
        await desk.CheckFactsAsync();
        foreach (var person in desk.Agreeing)
            (await desk.AgreeAsync(person)).EnsureSuccessStatusCode();
        (await desk.RespondAsync("R-01", "accepted")).EnsureSuccessStatusCode();
        (await desk.SignResponsesAsync()).EnsureSuccessStatusCode();

        Assert.Equal(
            ["ETH PART_FP Speaks for ETH", "TZA PART_FP Speaks for TZA"],
            (await desk.AskedAsync("pub_decide")).Where(asked => asked.Contains("PART_FP", StringComparison.Ordinal)));
        // The owner is told of none of it.
        Assert.DoesNotContain("PART_FP", await desk.Authority.Client.GetStringAsync(review.Api, Cancel), StringComparison.Ordinal);
        using (var owner = await Pages.OfAsync(desk.App, desk.Authority))
        {
            foreach (var page in new[] { "", "/publication", "/participants" })
                Assert.DoesNotContain("/sheets", (await owner.ReadAsync(review.Page + page)).Html, StringComparison.Ordinal);
        }

        (await review.DecideAsync("ETH", null, "N-a.a1", "N-a.a2")).EnsureSuccessStatusCode();
        (await review.DecideAsync("ETH")).EnsureSuccessStatusCode();
        (await review.DecideAsync("ETH", null, "N-a.a1")).EnsureSuccessStatusCode();
        Assert.Equal("sheet.not-handed-in", await CodeAsync(await review.DecideAsync("UGA", null, "N-a.a1")));
        Assert.Equal("sheet.unknown-item", await CodeAsync(await review.DecideAsync("TZA", null, "N-b.b1")));
        (await desk.DecideAsync()).EnsureSuccessStatusCode();
        await PassOverTanzaniaAsync(review);
        Assert.Equal("sheet.published", await CodeAsync(await review.DecideAsync("ETH")));

        var slug = (await desk.App.Database.AsOwnerAsync<string>("SELECT slug FROM publication")).Single();
        var report = await desk.App.Visitor().GetFromJsonAsync<JsonElement>($"/publications/{slug}.json", Cancel);
        // Who said nothing consents and is not named for it.
        Assert.Equal("regional ETH", $"{report.GetProperty("region").GetProperty("kind").GetString()} {Codes(report.GetProperty("region").GetProperty("states"))}");
        Assert.Equal(["ETH"], report.GetProperty("sheets").EnumerateArray().Select(sheet => sheet.GetProperty("state").GetString()));
        var text = report.GetRawText() + await desk.App.Visitor().GetStringAsync($"/publications/{slug}", Cancel);
        Assert.Contains("[ETH says]", text, StringComparison.Ordinal);
        Assert.Contains("[the summary of the report]", text, StringComparison.Ordinal);
        foreach (var kept in new[] { "[ETH keeps]", "[TZA says]", "[TZA keeps]", "[UGA says]", "[UGA keeps]", "[Uganda says why]" })
            Assert.DoesNotContain(kept, text, StringComparison.Ordinal);
        foreach (var person in new[] { desk.Authority, desk.At.Other, review.Speaking["TZA"] })
            Assert.Equal(HttpStatusCode.NotFound, (await person.Client.GetAsync($"{review.Api}/sheets/ETH", Cancel)).StatusCode);
    }

    /// <summary>One State has days left to decide about its sheet: nothing is published before they are over, nor unseen after.</summary>
    private static async Task PassOverTanzaniaAsync(RegionalReview review)
    {
        var desk = review.Desk;
        Assert.Equal(["TZA PART_FP Speaks for TZA"], await desk.AskedAsync("pub_decide"));
        var days = await desk.App.Database.AsOwnerAsync<string>(
            "SELECT to_char(day, 'FMDD FMMonth YYYY') FROM deadline WHERE review_id = @Id AND (stage = 'publish' OR branch = 'TZA') ORDER BY day", new { desk.At.Id });
        using var office = await Pages.OfAsync(desk.App, desk.Coordinator);
        var early = (await office.ReadAsync($"{review.Page}/publication")).Html;
        Assert.DoesNotContain("name=\"without_sheets\"", early, StringComparison.Ordinal);
        Assert.DoesNotContain("Publish now", early, StringComparison.Ordinal);
        Assert.Contains($"once {days[0]}", early, StringComparison.Ordinal);
        // The office is given its days after those of the States.
        Assert.Contains(days[1], early, StringComparison.Ordinal);
        var refused = await PublishAsync(new { withoutSheets = true });
        Assert.Equal("publication.sheets-awaited", refused.GetProperty("code").GetString());
        Assert.Contains($"until {days[0]}", refused.GetProperty("detail").GetString(), StringComparison.Ordinal);

        await desk.App.AdvanceAsync(TimeSpan.FromDays(31));
        Assert.Equal("publication.sheets-undecided", (await PublishAsync(new { })).GetProperty("code").GetString());
        Assert.Contains("name=\"without_sheets\"", (await office.ReadAsync($"{review.Page}/publication")).Html, StringComparison.Ordinal);
        await PublishAsync(new { withoutSheets = true });

        var letters = (await desk.App.LettersAsync()).Where(letter => letter.Body.Contains("is now public", StringComparison.Ordinal)).ToList();
        Assert.Contains($"Nothing of the sheet of your State is in it: by\n{days[0]}", letters.Single(letter => letter.Recipient == review.Speaking["TZA"].Email).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing of the sheet", letters.Single(letter => letter.Recipient == review.Speaking["ETH"].Email).Body, StringComparison.Ordinal);
        foreach (var (state, passedOver) in new[] { ("TZA", true), ("ETH", false) })
        {
            using var pages = await Pages.OfAsync(desk.App, review.Speaking[state]);
            var sheet = (await pages.ReadAsync($"{review.Page}/sheets/{state}")).Html;
            Assert.Equal(passedOver, sheet.Contains($"Nothing of this sheet is in it, as its State had decided nothing about it by {days[0]}", StringComparison.Ordinal));
        }

        async Task<JsonElement> PublishAsync(object body) =>
            await (await desk.Coordinator.Client.PostAsJsonAsync($"{review.Api}/stages/publish/complete", body, Cancel)).Content.ReadFromJsonAsync<JsonElement>(Cancel);
    }

    [Fact]
    public async Task Sent_back_the_common_part_is_asked_about_again()
    {
        await using var review = await RegionalReview.EndorsingAsync();
        var desk = review.Desk;
        foreach (var state in RegionalReview.States)
            (await review.AnswerAsync(state, state == "UGA" ? "[Uganda says why]" : null)).EnsureSuccessStatusCode();
        Assert.Empty(await desk.AskedAsync("endorse"));

        (await desk.Coordinator.Client.PostAsJsonAsync(
            $"{review.Api}/stages/complete/return", new { items = new[] { "N-a.a1" }, text = "One State objects." }, Cancel)).EnsureSuccessStatusCode();
        Assert.Empty(await desk.AskedAsync("endorse"));
        await SignAgainAsync(desk);

        Assert.Equal(3, (await desk.AskedAsync("endorse")).Count);
        (await review.AnswerAsync("UGA")).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task Whoever_objected_does_not_consent_to_the_same_text_by_silence_and_the_reason_stays_readable()
    {
        await using var review = await RegionalReview.EndorsingAsync();
        var (desk, uganda) = (review.Desk, review.Speaking["UGA"]);
        foreach (var state in RegionalReview.States)
            (await review.AnswerAsync(state, state == "UGA" ? "[Uganda says why]" : null)).EnsureSuccessStatusCode();
        (await desk.Coordinator.Client.PostAsJsonAsync(
            $"{review.Api}/stages/complete/return", new { items = new[] { "N-a.a1" }, text = "One State objects." }, Cancel)).EnsureSuccessStatusCode();

        foreach (var person in new[] { desk.FocalPoint, desk.Coordinator, uganda })
            Assert.Equal("not_asked objected [Uganda says why]", await StandAsync(person, review));
        Assert.Equal("  ", await StandAsync(review.Speaking["ETH"], review));
        using (var lead = await Pages.OfAsync(desk.App, desk.Authority))
            Assert.Contains("[Uganda says why]", (await lead.ReadAsync($"{review.Page}/participants")).Html, StringComparison.Ordinal);
        await SignAgainAsync(desk);
        using (var pages = await Pages.OfAsync(desk.App, uganda))
        {
            var page = (await pages.ReadAsync($"{review.Page}/participants")).Html;
            Assert.Contains("nothing was changed since", page, StringComparison.Ordinal);
            Assert.Contains("its objection stands", page, StringComparison.Ordinal);
        }

        await desk.App.AdvanceAsync(TimeSpan.FromDays(40));
        Assert.Equal("objected objected [Uganda says why]", await StandAsync(desk.Coordinator, review));
        using (var office = await Pages.OfAsync(desk.App, desk.Coordinator))
            Assert.Contains($"{review.Page}/participants", (await office.ReadAsync($"{review.Page}/completeness")).Html, StringComparison.Ordinal);
        (await desk.Coordinator.Client.PostAsJsonAsync($"{review.Api}/stages/complete/complete", new { }, Cancel)).EnsureSuccessStatusCode();
        var (told, other) = (await desk.At.LettersAsync(uganda), await desk.At.LettersAsync(review.Speaking["ETH"]));
        Assert.Superset(new[] { "common_part_returned", "your_turn_endorse_again", "endorsement_ended", "objection_kept" }.ToHashSet(), told.ToHashSet());
        Assert.Contains("endorsement_silent", other);
        Assert.DoesNotContain("objection_kept", other);
    }

    /// <summary>How Uganda stands, as one person is told: now, before, and why.</summary>
    private static async Task<string> StandAsync(TestPerson person, RegionalReview review)
    {
        var body = await person.Client.GetFromJsonAsync<JsonElement>($"{review.Api}/participants", Cancel);
        var uganda = body.GetProperty("states").EnumerateArray().Single(state => state.GetProperty("state").GetString() == "UGA");
        return string.Join(' ', new[] { "endorsement", "before", "objection" }.Select(name => uganda.GetProperty(name).GetString()));
    }

    [Fact]
    public async Task Where_no_State_of_the_group_is_ready_the_owner_consents_to_one_of_another()
    {
        await using var review = await RegionalReview.StartAsync();
        var desk = review.Desk;
        Assert.Equal("selection.consent-not-needed", await CodeAsync(await NameAsync("GHA", "By note of today.")));
        await desk.App.Database.AsOwnerAsync("UPDATE pool_state SET opted_in = false, note_id = NULL WHERE state IN ('GHA', 'RWA', 'ZMB')");

        Assert.Equal("selection.wrong-group", await CodeAsync(await NameAsync("FJI", "")));
        using var pages = await Pages.OfAsync(desk.App, desk.Coordinator);
        Assert.Contains("name=\"consent\"", (await pages.ReadAsync($"{review.Page}/reviewers")).Html, StringComparison.Ordinal);
        (await NameAsync("FJI", "By note of today.")).EnsureSuccessStatusCode();

        Task<HttpResponseMessage> NameAsync(string a, string consent) => desk.Coordinator.Client.PostAsJsonAsync(
            $"{review.Api}/stages/draw/complete",
            new { consent, states = new[] { new { slot = "A", state = a, reserves = Array.Empty<string>() }, new { slot = "B", state = "EST", reserves = Array.Empty<string>() } } },
            Cancel);
    }

    private static async Task SignAgainAsync(DeskReview desk)
    {
        foreach (var person in new[] { desk.FocalPoint, desk.Authority })
        {
            var toSign = await person.Client.GetFromJsonAsync<JsonElement>($"{desk.Api}/sign-off", Cancel);
            var signature = LightReview.Signature(desk.App);
            signature["nothingClassified"] = true;
            (await person.Client.PostAsJsonAsync(
                $"{desk.Api}/stages/self_assess/complete",
                new { contentHash = toSign.GetProperty("contentHash").GetString(), signature }, Cancel)).EnsureSuccessStatusCode();
        }
    }

    private static string Codes(JsonElement states) => string.Join(' ', states.EnumerateArray().Select(state => state.GetString()));

    private static async Task<string> SheetsOfAsync(TestPerson person, RegionalReview review) => string.Join(
        ' ',
        (await person.Client.GetFromJsonAsync<JsonElement>($"{review.Api}/sheets", Cancel)).GetProperty("items").EnumerateArray()
            .Select(sheet => sheet.GetProperty("state").GetString()));

    private static async Task<string?> CodeAsync(HttpResponseMessage answer)
    {
        using (answer)
            return (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
