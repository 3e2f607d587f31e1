using System.Net;
using System.Net.Http.Json;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Stakeholders;

/// <summary>What stakeholders contribute, and who reads it when: the sender and the office at once, the State once it is accepted, the
/// reviewers once the State replied or could have.</summary>
public sealed class ContributionsTests
{
    private const string Ines = "ines@example.org", Omar = "omar@example.org";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_step_opens_a_contribution_to_exactly_those_it_is_for()
    {
        await using var desk = await DeskReview.NominatingAsync(stakeholders: true);
        var review = desk.At;
        var (ines, omar) = (await review.HearAsync(Ines), await review.HearAsync(Omar, "Chamber of Operators"));
        await AppointContributorAsync(review);
        var everybody = new Dictionary<string, TestPerson>(StringComparer.Ordinal)
        {
            ["ines"] = ines,
            ["omar"] = omar,
            ["coordinator"] = desk.Coordinator,
            ["head"] = review.Head,
            ["focal point"] = desk.FocalPoint,
            ["authority"] = desk.Authority,
            ["contributor"] = review.Other,
            ["ghana"] = desk.Spokespersons["GHA"],
        };

        await review.DraftAsync(ines, "[draft]");
        await SeenByAsync(desk, everybody, "[draft]", "ines");

        var kept = await review.ContributeAsync(ines, "[kept]", "N-a.a1");
        var blamed = await review.ContributeAsync(omar, "[blamed]");
        var whole = await review.ContributeAsync(omar, "[whole]");
        await SeenByAsync(desk, everybody, "[kept]", "ines", "coordinator", "head");
        await SeenByAsync(desk, everybody, "[blamed]", "omar", "coordinator", "head");

        (await review.ScreenAsync(kept, "accept")).EnsureSuccessStatusCode();
        (await review.ScreenAsync(blamed, "set_aside", "attribution", "[why]")).EnsureSuccessStatusCode();
        (await review.ScreenAsync(whole, "accept", note: "[thanks]")).EnsureSuccessStatusCode();
        await SeenByAsync(desk, everybody, "[kept]", "ines", "coordinator", "head", "focal point", "authority");
        await SeenByAsync(desk, everybody, "[blamed]", "omar", "coordinator", "head");
        await SeenByAsync(desk, everybody, "[why]", "omar", "coordinator", "head");
        await SeenByAsync(desk, everybody, "[thanks]", "omar", "coordinator", "head");
        Assert.Contains("contribution_screened", await review.LettersAsync(omar));
        // The State is told of each that it may read, and from when it can reply.
        Assert.Equal(2, (await review.LettersAsync(desk.FocalPoint)).Count(letter => letter == "contribution_accepted"));
        Assert.Contains("You can reply once", (await PageAsync(desk, desk.FocalPoint, "/contributions")).Html, StringComparison.Ordinal);
        Assert.DoesNotContain("You can reply once", (await PageAsync(desk, desk.Coordinator, "/contributions")).Html, StringComparison.Ordinal);

        (await desk.FocalPoint.Client.PostAsync($"{desk.Api}/contributions/{kept}/forward", null, Cancel)).EnsureSuccessStatusCode();
        await SeenByAsync(desk, everybody, "[kept]", "ines", "coordinator", "head", "focal point", "authority", "contributor");
        await SeenByAsync(desk, everybody, "[whole]", "omar", "coordinator", "head", "focal point", "authority");

        await desk.App.AdvanceAsync(StakeholderSteps.Starts);
        (await desk.Coordinator.Client.PostAsJsonAsync($"{desk.Api}/stages/stake_call/complete", new { }, Cancel)).EnsureSuccessStatusCode();
        Assert.Empty(await desk.AskedAsync("stake_reply"));
        // Nobody's part is open while the State signs.
        await review.RunAsync(desk.FocalPoint, work => new ReviewChange().Record(new ReviewEvent.PersonReleased(review.Other.Id, RoleCode.Contributor, work.Person.Value)));
        await desk.CommentingFromHereAsync();
        await AppointContributorAsync(review);
        everybody["ama"] = desk.Experts[DeskReview.Ama];
        Assert.Equal(["STATE_FP Alternate", "STATE_FP Focal point"], await desk.AskedAsync("stake_reply"));
        Assert.Contains("your_turn_stake_reply", await review.LettersAsync(desk.FocalPoint));
        await SeenByAsync(desk, everybody, "[kept]", "ines", "coordinator", "head", "focal point", "authority", "contributor");

        (await review.ReplyAsync(kept, "[reply]")).EnsureSuccessStatusCode();
        await SeenByAsync(desk, everybody, "[kept]", "ines", "coordinator", "head", "focal point", "authority", "contributor", "ghana", "ama");
        await SeenByAsync(desk, everybody, "[reply]", "coordinator", "head", "focal point", "authority", "contributor", "ghana", "ama");
        await SeenByAsync(desk, everybody, "[whole]", "omar", "coordinator", "head", "focal point", "authority");
        Assert.Contains("[kept]", (await PageAsync(desk, everybody["ama"], "/desk/N-a.a1")).Html, StringComparison.Ordinal);
        Assert.DoesNotContain("[kept]", (await PageAsync(desk, everybody["ama"], "/desk/N-b.b1")).Html, StringComparison.Ordinal);

        // Silence ends the right of reply: the reviewers read what had no reply.
        await desk.App.AdvanceAsync(TimeSpan.FromDays(25));
        Assert.Empty(await desk.AskedAsync("stake_reply"));
        await SeenByAsync(desk, everybody, "[whole]", "omar", "coordinator", "head", "focal point", "authority", "ghana", "ama");
        await SeenByAsync(desk, everybody, "[blamed]", "omar", "coordinator", "head");
        await SeenByAsync(desk, everybody, "[draft]", "ines");
        Assert.Contains("Contributions of stakeholders (2)", (await PageAsync(desk, everybody["ama"], "/desk")).Html, StringComparison.Ordinal);
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task A_stakeholder_sees_the_review_from_outside_and_nothing_of_its_answers()
    {
        await using var desk = await DeskReview.NominatingAsync(stakeholders: true);
        var ines = await desk.At.HearAsync(Ines);
        await desk.CommentingFromHereAsync();

        foreach (var path in new[] { "/answers", "/experts", "/declarations", "/minutes", "/comments", "/questions", "/actions", "/ledger" })
        {
            using var answer = await ines.Client.GetAsync(desk.Api + path, Cancel);
            var text = await answer.Content.ReadAsStringAsync(Cancel);
            Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden || !text.Contains('[', StringComparison.Ordinal), $"{path}: {answer.StatusCode} {text}");
            Assert.DoesNotContain(ReviewAt.MarkerOf("N-a.a1"), text, StringComparison.Ordinal);
        }

        foreach (var path in new[] { "/assessment", "/assessment/N-a.a1", "/desk", "/experts", "/people", "/opening" })
            Assert.Equal(HttpStatusCode.NotFound, (await PageAsync(desk, ines, path)).Status);
        var (status, html) = await PageAsync(desk, ines, "");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("/contributions", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Expert ama", html, StringComparison.Ordinal);
        Assert.Equal(["STAKEHOLDER"], await desk.App.Database.AsOwnerAsync<string>("SELECT role FROM role_grant WHERE person_id = @Id AND review_id = @Review", new { ines.Id, Review = desk.At.Id }));
    }

    [Fact]
    public async Task The_ledger_tells_reviewers_nothing_of_a_contribution_before_they_may_read_it()
    {
        await using var desk = await DeskReview.NominatingAsync(stakeholders: true);
        var ines = await desk.At.HearAsync(Ines);
        var id = await desk.At.ContributeAsync(ines, "What we know.");
        (await desk.At.ScreenAsync(id, "set_aside", "off_topic")).EnsureSuccessStatusCode();

        foreach (var (person, reads) in new[] { (desk.Coordinator, true), (desk.At.Head, true), (desk.FocalPoint, false), (desk.Spokespersons["GHA"], false) })
        {
            var ledger = await person.Client.GetStringAsync($"{desk.Api}/ledger", Cancel);
            Assert.Equal(reads, ledger.Contains(id, StringComparison.Ordinal));
            Assert.Equal(reads, ledger.Contains("academia", StringComparison.Ordinal));
            Assert.Equal(reads, ledger.Contains(ines.Id.ToString(), StringComparison.Ordinal));
            Assert.Contains("contribution_screened", ledger, StringComparison.Ordinal);
        }
    }

    private static Task AppointContributorAsync(ReviewAt review) => review.RunAsync(review.FocalPoint, work => new ReviewChange().Record(
        new ReviewEvent.PersonAppointed(review.Other.Id, RoleCode.Contributor, null, ["N-a.a1"], work.Person.Value)));

    private static async Task SeenByAsync(DeskReview desk, Dictionary<string, TestPerson> people, string text, params string[] readers)
    {
        foreach (var (name, person) in people)
        {
            using var answer = await person.Client.GetAsync($"{desk.Api}/contributions", Cancel);
            var api = await answer.Content.ReadAsStringAsync(Cancel);
            var page = await PageAsync(desk, person, "/contributions");
            var reads = readers.Contains(name, StringComparer.Ordinal);
            Assert.True(reads == api.Contains(text, StringComparison.Ordinal), $"{text} for {name}: {answer.StatusCode} {api}");
            Assert.True(reads == page.Html.Contains(text, StringComparison.Ordinal), $"{text} on the page of {name}: {page.Status}");
            Assert.Equal(answer.StatusCode, page.Status);
            var overview = (await PageAsync(desk, person, "")).Html;
            Assert.DoesNotContain(text, overview, StringComparison.Ordinal);
            // Who was invited is the office's to know; by a contribution, whoever reads it.
            Assert.Equal(name is "omar" or "coordinator" or "head", overview.Contains("Guest omar", StringComparison.Ordinal));
        }
    }

    private static async Task<(HttpStatusCode Status, string Html)> PageAsync(DeskReview desk, TestPerson person, string path)
    {
        using var pages = await Pages.OfAsync(desk.App, person);
        return await pages.ReadAsync(desk.Page + path);
    }
}
