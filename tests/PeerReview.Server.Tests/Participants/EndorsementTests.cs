using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Core.Access;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Participants;

/// <summary>A regional review from its launch to the end of the endorsement.</summary>
public sealed class EndorsementTests
{
    [Fact]
    public async Task One_State_endorses_one_objects_one_is_silent_and_each_learns_of_itself_only()
    {
        await using var review = await RegionalReview.NominatingAsync();
        var (ethiopia, tanzania, uganda) = (review.Speaking["ETH"], review.Speaking["TZA"], review.Speaking["UGA"]);
        // Nothing of the common part before it is handed in.
        Assert.Equal(HttpStatusCode.NotFound, (await ethiopia.Client.GetAsync($"{review.Api}/answers", Cancel)).StatusCode);

        await review.Desk.At.SubmitAsync(item => item == "N-a.a1" ? SharingLabel.Red : SharingLabel.AmberStrict);

        Assert.Equal(["ETH PART_FP Speaks for ETH", "TZA PART_FP Speaks for TZA", "UGA PART_FP Speaks for UGA"], await review.Desk.AskedAsync("endorse"));
        Assert.Equal(HttpStatusCode.OK, (await ethiopia.Client.GetAsync($"{review.Api}/answers/N-a.a2", Cancel)).StatusCode);
        var before = await Seen(tanzania, review);
        using (var endorsed = await review.AnswerAsync("ETH"))
        {
            Assert.Equal(HttpStatusCode.OK, endorsed.StatusCode);
            Assert.Equal(0, (await endorsed.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("sequence").GetInt32());
        }

        (await review.AnswerAsync("UGA", "[Uganda says why]")).EnsureSuccessStatusCode();
        Assert.Equal(before, await Seen(tanzania, review));
        Assert.Equal("endorsed - -", await StandAsync(ethiopia, review));
        Assert.Equal("- - objected", await StandAsync(uganda, review));
        Assert.Equal("endorsed open objected", await StandAsync(review.Desk.FocalPoint, review));
        Assert.Equal("endorsed open objected", await StandAsync(review.Desk.Coordinator, review));
        foreach (var (person, reads) in new[] { (review.Desk.Authority, true), (review.Desk.Coordinator, true), (ethiopia, false) })
        {
            var body = await person.Client.GetStringAsync($"{review.Api}/participants", Cancel);
            Assert.Equal(reads, body.Contains("[Uganda says why]", StringComparison.Ordinal));
        }

        using (var pages = await Pages.OfAsync(review.Desk.App, ethiopia))
            Assert.Contains($"mailto:{review.Desk.Coordinator.Email}", (await pages.ReadAsync($"{review.Desk.Page}/participants")).Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await review.Desk.At.Other.Client.GetAsync($"{review.Api}/participants", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await review.AnswerAsync("ETH")).StatusCode);

        // Its days go by: that is its consent.
        await review.Desk.App.AdvanceAsync(TimeSpan.FromDays(40));
        Assert.Equal("endorsed silent objected", await StandAsync(review.Desk.Coordinator, review));
        Assert.Equal("- silent -", await StandAsync(tanzania, review));
        Assert.Empty(await review.Desk.AskedAsync("endorse"));
        Assert.NotEmpty(await review.Desk.AskedAsync("complete"));
        var letters = (await review.Desk.App.LettersAsync()).ToLookup(letter => letter.Recipient);
        Assert.Contains(letters[review.Desk.FocalPoint.Email], letter => letter.Body.Contains("Uganda", StringComparison.Ordinal));
        Assert.Contains(letters[tanzania.Email], letter => letter.Subject.Contains("counts as consent", StringComparison.Ordinal));
        Assert.Contains(letters[ethiopia.Email], letter => letter.Subject.Contains("answers on the common part are in", StringComparison.Ordinal));
        foreach (var person in new[] { review.Desk.Authority, review.Desk.FocalPoint })
            Assert.Single(letters[person.Email], letter => letter.Subject.EndsWith("the participating States were heard", StringComparison.Ordinal));
        Assert.DoesNotContain(letters[ethiopia.Email], letter => letter.Body.Contains("Uganda", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whether_the_report_may_name_a_State_is_read_by_those_who_read_its_answer()
    {
        await using var review = await RegionalReview.EndorsingAsync();
        (await review.AnswerAsync("ETH")).EnsureSuccessStatusCode();
        (await review.AnswerAsync("TZA", named: false)).EnsureSuccessStatusCode();
        const string may = "The published report may name it.", mayNot = "The published report does not name it";

        foreach (var (person, seen) in new[]
        {
            (review.Speaking["ETH"], (true, false)), (review.Speaking["TZA"], (false, true)), (review.Speaking["UGA"], (false, false)),
            (review.Desk.Authority, (true, true)), (review.Desk.Coordinator, (true, true)),
        })
        {
            using var pages = await Pages.OfAsync(review.Desk.App, person);
            var page = (await pages.ReadAsync($"{review.Page}/participants")).Html;
            Assert.Equal(seen, (page.Contains(may, StringComparison.Ordinal), page.Contains(mayNot, StringComparison.Ordinal)));
        }

        var states = (await review.Desk.Coordinator.Client.GetFromJsonAsync<JsonElement>($"{review.Api}/participants", Cancel)).GetProperty("states").EnumerateArray();
        Assert.Equal(["ETH True", "TZA False", "UGA "], states.Select(state => $"{state.GetProperty("state").GetString()} {state.GetProperty("named")}"));
    }

    [Fact]
    public async Task A_light_review_speaks_of_no_reviewing_States_and_each_signature_says_who_comes_next()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app, change: notice => (notice["subjectKind"], notice["participants"]) = ("subregional", new[] { "BLZ", "GUY" }));
        using (var named = await review.Coordinator.Client.PostAsJsonAsync(
            $"{review.Api}/participants/GUY/focal-points",
            new { name = "Speaks for Guyana", email = "guy@example.org", office = "Mission", noteVerbale = new { number = "NV-1", dated = review.Today, signatory = "S. Ignatory" } },
            Cancel))
            named.EnsureSuccessStatusCode();
        await review.AnswerAsync(_ => SharingLabel.Amber, await app.Database.AsOwnerAsync<string>(
            "SELECT jsonb_array_elements_text(dossier::jsonb -> 'items') FROM review WHERE id = @Id", new { review.Id }));

        Assert.Contains("With the signature of the State authority the self-assessment is handed in. The participating States are then asked", await SignAsync(review.FocalPoint), StringComparison.Ordinal);
        Assert.Contains("the self-assessment is handed in. The participating States are now asked", await SignAsync(review.Authority), StringComparison.Ordinal);

        using var guyana = await Pages.OfAsync(app, await app.PersonByEmailAsync("guy@example.org"));
        var page = (await guyana.ReadAsync($"/reviews/{review.Id}/participants")).Html;
        Assert.Contains("This review has no reviewing States.", page, StringComparison.Ordinal);
        Assert.Contains("The lead State and the coordinators read the reason.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("None of them can review it", page, StringComparison.Ordinal);
        Assert.DoesNotContain("the reviewing States read the reason", page, StringComparison.Ordinal);

        async Task<string> SignAsync(TestPerson person)
        {
            using var pages = await Pages.OfAsync(app, person);
            var (path, toSign) = ($"/reviews/{review.Id}/sign-off", await person.Client.GetFromJsonAsync<JsonElement>($"{review.Api}/sign-off", Cancel));
            await pages.ReadAsync(path);
            var (status, _, next) = await pages.SubmitAsync(
                path, ("content_hash", toSign.GetProperty("contentHash").GetString()!), ("signature.name", "A. Person"), ("signature.office", "Office"),
                ("signature.day", review.Today.ToString("O", System.Globalization.CultureInfo.InvariantCulture)), ("signature.nothing_classified", "on"));
            Assert.Equal(HttpStatusCode.SeeOther, status);
            return (await pages.ReadAsync(next!)).Html;
        }
    }

    [Fact]
    public async Task A_State_named_by_a_launch_is_told_and_its_authority_names_who_speaks_for_it()
    {
        await using var app = await TestApp.StartAsync();
        var (lead, uganda, office) = (await app.PersonAsync("STATE_AUTH", "KEN"), await app.PersonAsync("STATE_AUTH", "UGA"), await app.PersonAsync("COORD"));
        var notice = LightReview.Notice(app, "KEN");
        RegionalReview.Regional(notice);
        using var launched = await lead.Client.PostAsJsonAsync("/api/v1/reviews", notice, Cancel);
        launched.EnsureSuccessStatusCode();
        var review = (await launched.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("review").GetGuid();

        Assert.Equal(["participant_told"], await LettersAsync(uganda));
        Assert.Equal(["review_launched_regional"], await LettersAsync(office));
        Assert.Equal(HttpStatusCode.Forbidden, (await NameAsync(lead, "UGA")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await NameAsync(uganda, "ETH")).StatusCode);
        using (var pages = await Pages.OfAsync(app, uganda))
        {
            var page = (await pages.ReadAsync($"/reviews/{review}/participants")).Html;
            Assert.Contains($"/reviews/{review}/participants/UGA/focal-point", page, StringComparison.Ordinal);
            Assert.DoesNotContain("/participants/ETH/focal-point", page, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, (await pages.ReadAsync($"/reviews/{review}/participants/UGA/focal-point")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await pages.ReadAsync($"/reviews/{review}/participants/ETH/focal-point")).Status);
        }

        Assert.Equal(HttpStatusCode.Created, (await NameAsync(uganda, "UGA")).StatusCode);

        Task<IReadOnlyList<string>> LettersAsync(TestPerson person) => app.Database.AsOwnerAsync<string>(
            "SELECT body::jsonb ->> 'letter' FROM outbox WHERE person_id = @Id ORDER BY id", new { person.Id });

        Task<HttpResponseMessage> NameAsync(TestPerson by, string state) => by.Client.PostAsJsonAsync(
            $"/api/v1/reviews/{review}/participants/{state}/focal-points",
            new
            {
                name = "Somebody",
                email = $"somebody.{state}@example.org",
                office = "Mission",
                noteVerbale = new { number = $"NV-{state}", dated = DateOnly.FromDateTime(app.StartedAt.UtcDateTime), signatory = "S. Ignatory" },
            },
            Cancel);
    }

    [Theory]
    [InlineData("regional")]
    [InlineData("subregional")]
    public async Task Letters_of_a_launch_say_what_kind_of_strategy_it_is_who_was_told_and_what_is_asked_later(string kind)
    {
        await using var app = await TestApp.StartAsync();
        var (lead, uganda, office) = (await app.PersonAsync("STATE_AUTH", "KEN"), await app.PersonAsync("STATE_AUTH", "UGA"), await app.PersonAsync("COORD"));
        var notice = LightReview.Notice(app, "KEN");
        RegionalReview.Regional(notice);
        notice["subjectKind"] = kind;
        using var launched = await lead.Client.PostAsJsonAsync("/api/v1/reviews", notice, Cancel);
        launched.EnsureSuccessStatusCode();
        var review = (await launched.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("review").GetGuid();
        using var named = await office.Client.PostAsJsonAsync(
            $"/api/v1/reviews/{review}/participants/ETH/focal-points",
            new
            {
                name = "Speaks",
                email = "speaks@example.org",
                office = "Mission",
                noteVerbale = new { number = "NV-ETH", dated = DateOnly.FromDateTime(app.StartedAt.UtcDateTime), signatory = "S. Ignatory" },
            },
            Cancel);
        named.EnsureSuccessStatusCode();

        var letters = await app.LettersAsync();
        var toOffice = Words(letters.Single(letter => letter.Recipient == office.Email && letter.Subject.Contains($"review of a {kind} strategy launched", StringComparison.Ordinal)));
        Assert.Contains("Each of them that has an authority in this programme has been told", toOffice, StringComparison.Ordinal);
        var speaks = Words(letters.Single(letter => letter.Recipient == "speaks@example.org" && letter.Subject.Contains("you speak for your State", StringComparison.Ordinal)));
        Assert.Contains("asked whether it endorses it; a letter of its own tells you then, and by when.", speaks, StringComparison.Ordinal);
        var told = Words(letters.Single(letter => letter.Recipient == uganda.Email && letter.Subject.Contains("your State takes part", StringComparison.Ordinal)));
        Assert.Contains("and a letter says by when", told, StringComparison.Ordinal);
        Assert.All([toOffice, speaks, told], text => Assert.Contains($"a {kind} strategy", text, StringComparison.Ordinal));

        static string Words(Eml letter) => letter.Body.ReplaceLineEndings(" ");
    }

    [Fact]
    public async Task All_pages_call_a_regional_review_the_same_and_name_the_day_that_ends_first()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app, change: notice => (notice["subjectKind"], notice["participants"]) = ("subregional", new[] { "BLZ", "GUY" }));
        await review.SubmitAsync(_ => SharingLabel.Amber);
        using var office = await Pages.OfAsync(app, review.Coordinator);
        var own = $"/reviews/{review.Id}";

        foreach (var path in new[] { "/board", own, $"{own}/participants" })
        {
            var html = (await office.ReadAsync(path)).Html;
            Assert.Contains("(UTC−4, ", html, StringComparison.Ordinal);
            Assert.DoesNotContain("(UTC−6, ", html, StringComparison.Ordinal);
        }

        foreach (var path in new[] { "/board", "/", own, $"{own}/participants", "/find?q=Kenya" })
            Assert.Contains("Light voluntary report, Subregional strategy", (await office.ReadAsync(path)).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_takes_part_cannot_review_and_the_list_says_why()
    {
        await using var review = await RegionalReview.StartAsync();
        await review.Desk.JoinPoolAsync("UGA");

        using var barred = await review.Desk.NameAsync("UGA", "EST");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, barred.StatusCode);
        Assert.Contains("selection.barred", await barred.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        using var pages = await Pages.OfAsync(review.Desk.App, review.Desk.Coordinator);
        var page = (await pages.ReadAsync($"{review.Page}/reviewers")).Html;
        Assert.DoesNotContain("value=\"UGA\"", page, StringComparison.Ordinal);
        Assert.Contains("Uganda", page, StringComparison.Ordinal);
        using var named = await review.Desk.NameAsync("GHA", "EST");
        Assert.Equal(HttpStatusCode.OK, named.StatusCode);
    }

    [Fact]
    public async Task What_is_not_asked_or_not_said_right_is_refused()
    {
        await using var review = await RegionalReview.StartAsync();
        var ethiopia = await review.SpeakForAsync("ETH");
        Assert.Equal("process.too-early", await CodeAsync(await AnswerAsync(ethiopia, new { endorses = true })));
        Assert.Equal("access.not-allowed", await CodeAsync(await AnswerAsync(review.Desk.FocalPoint, new { endorses = true })));
        Assert.Equal("people.has-role", await CodeAsync(await review.NameAsync("UGA", ethiopia.Email)));
        Assert.Equal("people.has-role", await CodeAsync(await review.NameAsync("UGA", review.Desk.FocalPoint.Email)));
        Assert.Equal(HttpStatusCode.NotFound, (await review.NameAsync("GHA", "somebody@example.org")).StatusCode);
        await review.Desk.At.SubmitAsync(_ => SharingLabel.Amber);
        // Nobody speaks for two of them: the coordinator is asked to see to it.
        Assert.Equal(["TZA COORD Coordinator", "UGA COORD Coordinator"], (await review.Desk.AskedAsync("endorse")).Where(asked => asked.EndsWith("Coordinator", StringComparison.Ordinal)));

        var signature = LightReview.Signature(review.Desk.App);
        Assert.Equal("endorsement.answer", await CodeAsync(await AnswerAsync(ethiopia, new { signature })));
        Assert.Equal("endorsement.reason", await CodeAsync(await AnswerAsync(ethiopia, new { endorses = false, reason = " ", signature })));
        Assert.Equal("endorsement.named-objecting", await CodeAsync(await AnswerAsync(ethiopia, new { endorses = false, reason = "[why]", named = true, signature })));
        Assert.Equal("signature.name", await CodeAsync(await AnswerAsync(ethiopia, new { endorses = true })));
        Assert.Equal("endorsement.changed", await CodeAsync(await AnswerAsync(ethiopia, new { endorses = true, contentHash = "00", signature })));

        Task<HttpResponseMessage> AnswerAsync(TestPerson person, object body) => person.Client.PostAsJsonAsync($"{review.Api}/stages/endorse/complete", body, Cancel);
    }

    [Fact]
    public async Task A_State_nobody_speaks_for_was_not_asked_and_its_silence_is_no_consent()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app, change: notice => (notice["subjectKind"], notice["participants"]) = ("subregional", new[] { "BLZ", "GUY" }));
        await NameAsync("GUY", "guy@example.org");
        await review.SubmitAsync(_ => SharingLabel.Amber);
        Assert.Contains("Nobody speaks for this State yet, so it is not asked yet.", await ReadAsync(review.Coordinator, "participants"), StringComparison.Ordinal);

        await app.AdvanceAsync(TimeSpan.FromDays(40));

        const string unasked = "Nobody spoke for this State in its days, so it was not asked. It neither consented nor objected.";
        foreach (var person in new[] { review.Coordinator, review.Authority, review.FocalPoint })
        {
            var page = await ReadAsync(person, "participants");
            Assert.Contains(unasked, page, StringComparison.Ordinal);
            Assert.Contains("Did not answer in its days, which counts as consent.", page, StringComparison.Ordinal);
            var states = (await person.Client.GetFromJsonAsync<JsonElement>($"{review.Api}/participants", Cancel)).GetProperty("states").EnumerateArray();
            Assert.Equal(["unasked", "silent"], states.Select(state => state.GetProperty("endorsement").GetString()));
        }

        // Who speaks for one State reads nothing of another.
        Assert.DoesNotContain(unasked, await ReadAsync(await app.PersonByEmailAsync("guy@example.org"), "participants"), StringComparison.Ordinal);
        Assert.Contains("They neither consented nor objected: Belize.", await ReadAsync(review.Coordinator, "completeness"), StringComparison.Ordinal);
        Assert.Single(await app.Database.AsOwnerAsync<int>("SELECT sequence FROM event WHERE review_id = @Id AND kind = 'participant_unasked'", new { review.Id }));
        // Somebody named afterwards makes no consent of it.
        await NameAsync("BLZ", "blz@example.org");
        Assert.Contains(unasked, await ReadAsync(await app.PersonByEmailAsync("blz@example.org"), "participants"), StringComparison.Ordinal);

        async Task NameAsync(string state, string email)
        {
            using var named = await review.Coordinator.Client.PostAsJsonAsync(
                $"{review.Api}/participants/{state}/focal-points",
                new { name = "Speaks for it", email, office = "Mission", noteVerbale = new { number = $"NV-{state}", dated = review.Today, signatory = "S. Ignatory" } },
                Cancel);
            named.EnsureSuccessStatusCode();
        }

        async Task<string> ReadAsync(TestPerson person, string page)
        {
            using var pages = await Pages.OfAsync(app, person);
            return (await pages.ReadAsync($"/reviews/{review.Id}/{page}")).Html;
        }
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage answer)
    {
        using (answer)
            return (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString();
    }

    /// <summary>How the States stand, as one person is told, in their order.</summary>
    private static async Task<string> StandAsync(TestPerson person, RegionalReview review)
    {
        var body = await person.Client.GetFromJsonAsync<JsonElement>($"{review.Api}/participants", Cancel);
        return string.Join(' ', body.GetProperty("states").EnumerateArray().Select(state => state.GetProperty("endorsement").GetString() ?? "-"));
    }

    /// <summary>Everything a person can fetch of the review that somebody else's answer could show in.</summary>
    private static async Task<string> Seen(TestPerson person, RegionalReview review)
    {
        var seen = new List<string>();
        foreach (var path in new[] { review.Api, $"{review.Api}/participants", $"{review.Api}/documents", $"{review.Api}/answers", "/api/v1/tasks" })
        {
            using var answer = await person.Client.GetAsync(path, Cancel);
            seen.Add($"{path} {answer.StatusCode} {answer.Headers.ETag} {await answer.Content.ReadAsStringAsync(Cancel)}");
        }

        return string.Join('\n', seen);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
