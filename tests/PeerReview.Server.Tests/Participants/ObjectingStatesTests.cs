using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Participants;

/// <summary>What becomes of the sheet of a State that objects to the common part, and what participating States are told of declarations.</summary>
public sealed class ObjectingStatesTests
{
    private const string Taken = "Your State objected to the common part, and its sheet was taken back with that.";

    [Fact]
    public async Task An_objection_takes_the_sheet_back_says_so_before_and_the_sheet_can_be_signed_again()
    {
        await using var review = await RegionalReview.EndorsingAsync();
        await SignedAsync(review, "ETH");
        await SignedAsync(review, "UGA");
        using var ethiopia = await Pages.OfAsync(review.Desk.App, review.Speaking["ETH"]);
        using var uganda = await Pages.OfAsync(review.Desk.App, review.Speaking["UGA"]);

        Assert.Contains("An objection takes the sheet back, and then nobody else reads it.", await ReadAsync(ethiopia, review, "participants"), StringComparison.Ordinal);
        var (status, refused, _) = await ethiopia.SubmitAsync($"{review.Page}/participants", ("endorses", "no"), ("reason", ""), ("sheet_again", "on"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Matches("name=\"sheet_again\"[^>]* checked", refused);

        foreach (var state in new[] { "ETH", "UGA" })
            (await review.AnswerAsync(state, "[why]")).EnsureSuccessStatusCode();
        Assert.Equal(HttpStatusCode.NotFound, await OfficeAsync(review, "ETH"));
        Assert.Contains(Taken, await ReadAsync(ethiopia, review, "participants"), StringComparison.Ordinal);
        var sheet = await ReadAsync(ethiopia, review, "sheets/ETH");
        foreach (var words in new[] { Taken, "sign it again below", "[ETH says]", ">Sign and hand in</button>" })
            Assert.Contains(words, sheet, StringComparison.Ordinal);

        (await review.SignAsync("ETH")).EnsureSuccessStatusCode();
        Assert.Equal(HttpStatusCode.OK, await OfficeAsync(review, "ETH"));
        Assert.DoesNotContain(Taken, await ReadAsync(ethiopia, review, "participants"), StringComparison.Ordinal);
        // Its own decision to take it back is another matter.
        (await review.Speaking["ETH"].Client.DeleteAsync($"{review.Api}/sheets/ETH/signature", Cancel)).EnsureSuccessStatusCode();
        Assert.DoesNotContain(Taken, await ReadAsync(ethiopia, review, "sheets/ETH"), StringComparison.Ordinal);

        await review.Desk.App.AdvanceAsync(TimeSpan.FromDays(40));
        var over = await ReadAsync(uganda, review, "sheets/UGA");
        Assert.Contains(Taken + " It was not signed again before the endorsement was over", over, StringComparison.Ordinal);
        Assert.DoesNotContain("It was not signed in time", over, StringComparison.Ordinal);
        Assert.Contains("[UGA says]", over, StringComparison.Ordinal);
        Assert.DoesNotContain("again until the endorsement is over", await ReadAsync(uganda, review, "participants"), StringComparison.Ordinal);
        Assert.Contains("It was not signed in time", await ReadAsync(ethiopia, review, "sheets/ETH"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_objects_as_the_last_hands_the_sheet_in_with_the_same_signature()
    {
        await using var review = await RegionalReview.EndorsingAsync();
        (await review.WriteAsync(review.Speaking["UGA"], "UGA", "N-a.a1", "[UGA says]", "AMBER")).EnsureSuccessStatusCode();
        foreach (var state in new[] { "ETH", "TZA" })
            (await review.AnswerAsync(state)).EnsureSuccessStatusCode();
        // The last answer ends the time for sheets, an objection as well.
        using (var unsigned = await review.AnswerAsync("UGA", "[why]"))
            Assert.Equal("endorsement.sheet-unsigned", (await unsigned.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString());
        (await review.SignAsync("UGA")).EnsureSuccessStatusCode();

        (await review.AnswerAsync("UGA", "[why]", sheetAgain: true)).EnsureSuccessStatusCode();

        Assert.Empty(await review.Desk.AskedAsync("endorse"));
        Assert.Equal(HttpStatusCode.OK, await OfficeAsync(review, "UGA"));
        using var uganda = await Pages.OfAsync(review.Desk.App, review.Speaking["UGA"]);
        Assert.Contains("Signed and handed in.", await ReadAsync(uganda, review, "sheets/UGA"), StringComparison.Ordinal);
        var asked = (await review.Desk.App.LettersAsync()).Single(letter =>
            letter.Recipient == review.Speaking["UGA"].Email && letter.Subject.EndsWith("your State is asked about the common part", StringComparison.Ordinal));
        Assert.Contains("An objection takes a signed sheet back, unless you tick", asked.Body.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_participating_State_and_the_experts_are_told_who_reads_declarations_and_objects()
    {
        await using var review = await RegionalReview.NominatingAsync();
        await review.Desk.DeclaringFromHereAsync();
        const string told = "The experts who review declare their ties to your State as well. Kenya and the coordinators read these declarations";

        using (var ethiopia = await Pages.OfAsync(review.Desk.App, review.Speaking["ETH"]))
            Assert.Contains(told, await ReadAsync(ethiopia, review, "participants"), StringComparison.Ordinal);
        using (var lead = await Pages.OfAsync(review.Desk.App, review.Desk.FocalPoint))
            Assert.DoesNotContain(told, await ReadAsync(lead, review, "participants"), StringComparison.Ordinal);
        using var expert = await Pages.OfAsync(review.Desk.App, review.Desk.Experts[DeskReview.Ama]);
        Assert.Contains(
            "The State that leads reads what you declare and may object to you for all of them",
            await ReadAsync(expert, review, "declarations"), StringComparison.Ordinal);
    }

    private static async Task SignedAsync(RegionalReview review, string state)
    {
        (await review.WriteAsync(review.Speaking[state], state, "N-a.a1", $"[{state} says]", "AMBER")).EnsureSuccessStatusCode();
        (await review.SignAsync(state)).EnsureSuccessStatusCode();
    }

    private static async Task<string> ReadAsync(Pages pages, RegionalReview review, string path) =>
        WebUtility.HtmlDecode((await pages.ReadAsync($"{review.Page}/{path}")).Html);

    private static async Task<HttpStatusCode> OfficeAsync(RegionalReview review, string state)
    {
        using var answer = await review.Desk.Coordinator.Client.GetAsync($"{review.Api}/sheets/{state}", Cancel);
        return answer.StatusCode;
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
