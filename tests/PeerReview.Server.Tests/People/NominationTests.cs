using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace PeerReview.Server.Tests.People;

public sealed class NominationTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Once_focal_point_and_alternate_are_named_nothing_is_left_to_confirm()
    {
        await using var review = await CaseOfReview.StartAsync();
        (await review.AcknowledgeAsync()).EnsureSuccessStatusCode();

        await review.NominatedAsync("STATE_FP", "focal@example.org");
        await review.NominatedAsync("STATE_ALT", "alternate@example.org");
        using var again = await review.FinishAsync();

        Assert.Equal("process.already-done", (await CaseOfReview.ProblemAsync(again)).Code);
        Assert.Equal(["STATE_ALT alternate", "STATE_FP focal"], await review.GrantsAsync());
        // The self-assessment is open: whose turn it is and until when comes in a letter of its own.
        Assert.Equal(["appointed_focal_point", "your_turn_self_assess_fp"], await review.LettersToAsync("focal@example.org"));
        Assert.Equal(["appointed_alternate"], await review.LettersToAsync("alternate@example.org"));
        Assert.Equal([1L], await review.App.Database.AsOwnerAsync<long>("SELECT count(*) FROM note_verbale"));
    }

    [Fact]
    public async Task Without_an_alternate_appointing_is_not_finished()
    {
        await using var review = await CaseOfReview.StartAsync();

        using var nobody = await review.FinishAsync();
        await review.NominatedAsync("STATE_FP", "focal@example.org");
        using var alone = await review.FinishAsync();

        Assert.Equal("people.focal-point-missing", (await CaseOfReview.ProblemAsync(nobody)).Code);
        Assert.Equal("people.alternate-missing", (await CaseOfReview.ProblemAsync(alone)).Code);
    }

    [Fact]
    public async Task A_note_on_record_is_matched_by_its_number()
    {
        await using var review = await CaseOfReview.StartAsync();
        (await review.Coordinator.Client.PostAsJsonAsync(
            $"/api/v1/programmes/{review.App.Programme}/missions", new { state = "KEN", email = "mission@example.org" }, Cancel)).EnsureSuccessStatusCode();
        (await review.Coordinator.Client.PostAsJsonAsync(
            $"/api/v1/programmes/{review.App.Programme}/notes-verbales",
            new { state = "KEN", number = "NV-1", dated = review.Today, signatory = "H.E. X" }, Cancel)).EnsureSuccessStatusCode();

        using var matched = await review.NominateAsync("STATE_FP", "focal@example.org", note: new { number = "NV-1" });
        using var unknown = await review.NominateAsync("STATE_ALT", "alternate@example.org", note: new { number = "NV-2" });
        using var other = await review.NominateAsync(
            "STATE_ALT", "alternate@example.org", note: new { number = "NV-1", dated = review.Today.AddDays(-3), signatory = "H.E. X" });

        Assert.Equal(HttpStatusCode.Created, matched.StatusCode);
        Assert.Equal(("note.unknown", "noteVerbale.number"), await CaseOfReview.ProblemAsync(unknown));
        Assert.Equal(("note.differs", "noteVerbale.dated"), await CaseOfReview.ProblemAsync(other));
        Assert.Equal(["STATE_FP focal"], await review.GrantsAsync());
        Assert.Equal([0L], await review.App.Database.AsOwnerAsync<long>("SELECT count(*) FROM person WHERE email = 'alternate@example.org'"));
    }

    [Fact]
    public async Task One_follows_the_other_and_the_record_stays()
    {
        await using var review = await CaseOfReview.StartAsync();
        var first = await review.NominatedAsync("STATE_FP", "first@example.org");
        await review.NominatedAsync("STATE_ALT", "alternate@example.org");

        using var second = await review.NominateAsync("STATE_FP", "second@example.org");
        using var release = await review.Authority.Client.DeleteAsync($"{review.Api}/nominations/{first.Id}/STATE_FP", Cancel);
        Assert.Equal(("people.focal-point-there", "replaces"), await CaseOfReview.ProblemAsync(second));
        Assert.Equal("people.last-of-role", (await CaseOfReview.ProblemAsync(release)).Code);

        using var replaced = await review.NominateAsync("STATE_FP", "second@example.org", replaces: first.Id);

        Assert.Equal(HttpStatusCode.Created, replaced.StatusCode);
        Assert.Equal(["STATE_ALT alternate", "STATE_FP second"], await review.GrantsAsync());
        Assert.Equal(
            ["first"],
            await review.App.Database.AsOwnerAsync<string>(
                """
                SELECT split_part(p.email, '@', 1) FROM role_grant g JOIN person p ON p.id = g.person_id
                WHERE g.review_id = @Id AND g.ended_at IS NOT NULL
                """,
                new { review.Id }));
        Assert.Equal(HttpStatusCode.NotFound, (await first.Client.GetAsync($"{review.Api}/nominations", Cancel)).StatusCode);
    }

    [Fact]
    public async Task The_alternate_may_become_focal_point_when_another_is_there()
    {
        await using var review = await CaseOfReview.StartAsync();
        var first = await review.NominatedAsync("STATE_FP", "first@example.org");
        await review.NominatedAsync("STATE_ALT", "alternate@example.org");

        using var alone = await review.NominateAsync("STATE_FP", "alternate@example.org", replaces: first.Id);
        Assert.Equal("people.alternate-needed", (await CaseOfReview.ProblemAsync(alone)).Code);
        await review.NominatedAsync("STATE_ALT", "another@example.org");
        using var promoted = await review.NominateAsync("STATE_FP", "alternate@example.org", replaces: first.Id);

        Assert.Equal(HttpStatusCode.Created, promoted.StatusCode);
        Assert.Equal(["STATE_ALT another", "STATE_FP alternate"], await review.GrantsAsync());
    }

    [Fact]
    public async Task Items_are_given_to_a_contributor_changed_and_taken_back()
    {
        await using var review = await CaseOfReview.StartAsync();
        (await review.AcknowledgeAsync()).EnsureSuccessStatusCode();
        var focal = await review.NominatedAsync("STATE_FP", "focal@example.org");

        using var given = await review.NominateAsync("STATE_CONTRIB", "ministry@example.org", focal, ["N-a.a1"]);
        using var changed = await review.NominateAsync("STATE_CONTRIB", "ministry@example.org", focal, ["N-b.b1", "N-b.b1"]);

        Assert.Equal(HttpStatusCode.Created, given.StatusCode);
        Assert.Equal(HttpStatusCode.Created, changed.StatusCode);
        Assert.Equal(["appointed_contributor_now", "appointed_contributor_now"], await review.LettersToAsync("ministry@example.org"));
        var contributor = await review.App.PersonByEmailAsync("ministry@example.org");
        var mine = await contributor.Client.GetFromJsonAsync<JsonElement>($"{review.Api}/nominations", Cancel);
        var me = mine.GetProperty("items").EnumerateArray().Single(p => p.GetProperty("role").GetString() == "STATE_CONTRIB");
        Assert.Equal(["N-b.b1"], me.GetProperty("items").EnumerateArray().Select(i => i.GetString()!));
        using var back = await focal.Client.DeleteAsync($"{review.Api}/nominations/{contributor.Id}/STATE_CONTRIB", Cancel);
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
        Assert.Equal(["STATE_FP focal"], await review.GrantsAsync());
    }

    public static TheoryData<string, string, string[], string, string> Wrong => new()
    {
        { "STATE_CONTRIB", "m@example.org", [], "people.items-missing", "items" },
        { "STATE_CONTRIB", "m@example.org", ["N-z.z9"], "people.unknown-item", "items" },
        { "STATE_FP", "m@example.org", ["N-a.a1"], "people.items-not-theirs", "items" },
        { "COORD", "m@example.org", [], "people.unknown-role", "role" },
        { "STATE_FP", "nobody", [], "person.email", "email" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public async Task A_wrong_nomination_names_its_field_and_changes_nothing(
        string role, string email, string[] items, string code, string field)
    {
        await using var review = await CaseOfReview.StartAsync();
        var before = await review.SequenceAsync();

        using var refused = await review.NominateAsync(role, email, items: items);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal((code, field), await CaseOfReview.ProblemAsync(refused));
        Assert.Equal(before, await review.SequenceAsync());
        Assert.Equal([0L], await review.App.Database.AsOwnerAsync<long>("SELECT count(*) FROM person WHERE email = @Email", new { Email = email }));
    }

    [Fact]
    public async Task Roles_do_not_mix()
    {
        await using var review = await CaseOfReview.StartAsync();
        await review.NominatedAsync("STATE_FP", "focal@example.org");

        using var both = await review.NominateAsync("STATE_ALT", "focal@example.org");
        using var coordinator = await review.NominateAsync("STATE_ALT", review.Coordinator.Email);
        using var oneself = await review.NominateAsync("STATE_ALT", review.Authority.Email);

        Assert.Equal(("people.has-role", "email"), await CaseOfReview.ProblemAsync(both));
        Assert.Equal(("people.coordinates", "email"), await CaseOfReview.ProblemAsync(coordinator));
        Assert.Equal(("access.not-to-yourself", "email"), await CaseOfReview.ProblemAsync(oneself));
        Assert.Equal(["STATE_FP focal"], await review.GrantsAsync());
    }

    [Fact]
    public async Task Only_the_State_names_its_people()
    {
        await using var review = await CaseOfReview.StartAsync();
        var focal = await review.NominatedAsync("STATE_FP", "focal@example.org");
        var other = await review.App.PersonAsync("STATE_AUTH", "NOR");
        var before = await review.SequenceAsync();

        Assert.Equal(HttpStatusCode.Forbidden, (await review.NominateAsync("STATE_ALT", "x@example.org", review.Coordinator)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await review.NominateAsync("STATE_ALT", "x@example.org", focal)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await review.NominateAsync("STATE_ALT", "x@example.org", other)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await review.FinishAsync(focal)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Client.GetAsync($"{review.Api}/nominations", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await app(review).GetAsync($"{review.Api}/nominations", Cancel)).StatusCode);
        Assert.Equal(before, await review.SequenceAsync());

        static HttpClient app(CaseOfReview review) => review.App.Visitor();
    }

    [Fact]
    public async Task Contributors_do_not_learn_of_each_other_and_see_no_addresses()
    {
        await using var review = await CaseOfReview.StartAsync();
        await review.NominatedAsync("STATE_FP", "focal@example.org");
        await review.NominatedAsync("STATE_CONTRIB", "secret@example.org", ["N-a.a1"]);
        var one = await review.NominatedAsync("STATE_CONTRIB", "one@example.org", ["N-b.b1"]);

        var seen = await one.Client.GetStringAsync($"{review.Api}/nominations", Cancel);

        Assert.Contains("Named focal", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("focal@example.org", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", seen, StringComparison.Ordinal);
        Assert.Contains("secret@example.org", await review.Authority.Client.GetStringAsync($"{review.Api}/nominations", Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_request_twice_names_once()
    {
        await using var review = await CaseOfReview.StartAsync();
        review.Authority.Client.DefaultRequestHeaders.Add("Idempotency-Key", "nominate-1");

        using var first = await review.NominateAsync("STATE_FP", "focal@example.org");
        using var again = await review.NominateAsync("STATE_FP", "focal@example.org");

        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(Cancel), await again.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(["appointed_focal_point"], await review.LettersToAsync("focal@example.org"));
    }
}
