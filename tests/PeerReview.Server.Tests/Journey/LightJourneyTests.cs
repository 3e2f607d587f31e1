using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using PeerReview.Server.Features.Operations.Checking;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Journey;

/// <summary>A light review from the note verbale to the public report, over HTTP alone.</summary>
public sealed class LightJourneyTests
{
    [Fact]
    public async Task A_State_takes_its_light_report_from_launch_to_publication_and_closes_it()
    {
        await using var cast = await Cast.GatherAsync();
        await cast.RegisterAsync();
        await cast.LaunchAsync();
        await HiddenAsync(cast, cast.Outsider, cast.Coordinator);
        await cast.AcknowledgeAsync();
        await cast.AppointAsync();
        await cast.AnswerAsync();
        await HiddenAsync(cast, cast.Outsider, cast.Coordinator);
        await cast.SignAsync(cast.FocalPoint);
        await cast.SignAsync(cast.Authority);

        // Handed in: the coordinator reads what the labels let through, the other State nothing.
        Assert.Contains(Cast.Marker, await TextAsync(cast, cast.Coordinator, "answers"), StringComparison.Ordinal);
        Assert.DoesNotContain(Cast.RedMarker, await TextAsync(cast, cast.Coordinator, "answers"), StringComparison.Ordinal);
        await HiddenAsync(cast, cast.Outsider);

        await Cast.DoAsync(cast.Coordinator, HttpMethod.Post, $"{cast.Review}/stages/complete/complete", new { });
        var question = await Cast.DoAsync(cast.Coordinator, HttpMethod.Post, $"{cast.Review}/questions", new { text = "Since when?" });
        await RefusedAsync(cast, "stages/clarify/complete", "process.guard-not-held");
        await Cast.DoAsync(cast.FocalPoint, HttpMethod.Put, $"{cast.Review}/replies/{question.GetProperty("key").GetString()}", new { text = "Since spring." });
        await Cast.DoAsync(cast.FocalPoint, HttpMethod.Put, $"{cast.Review}/summary", new { content = new { text = "In short." }, label = "CLEAR" });
        await Cast.DoAsync(cast.Coordinator, HttpMethod.Post, $"{cast.Review}/stages/clarify/complete", new { });
        await DecideAsync(cast);
        await Cast.DoAsync(cast.Coordinator, HttpMethod.Post, $"{cast.Review}/stages/publish/complete", new { });
        await PublishedAsync(cast);
        await CloseAsync(cast);

        var check = await Check.RunAsync(cast.App.Database.Database, TestContext.Current.CancellationToken);
        Assert.Equal([], check.Findings);
        Assert.Equal(Letters, await cast.App.Database.AsOwnerAsync<string>(
            """
            SELECT split_part(o.key, ':', 1) || ' ' || p.name FROM outbox o JOIN person p ON p.id = o.person_id
            WHERE o.review_id IS NOT NULL ORDER BY o.id
            """));
    }

    /// <summary>No more letters, no less, in the order they were written.</summary>
    private static readonly string[] Letters =
    [
        "launch_confirmed Amina",
        "review_launched Cora",
        "review_launched Dana",
        "launch_acknowledged Amina",
        "appointed_focal_point Faraja",
        "your_turn_self_assess_fp Faraja",
        "appointed_alternate Ali",
        "your_turn_self_assess_auth Amina",
        "your_turn_complete Cora",
        "your_turn_complete Dana",
        "completeness_confirmed Amina",
        "completeness_confirmed Faraja",
        "completeness_confirmed Ali",
        "your_turn_clarify Cora",
        "your_turn_clarify Dana",
        "question_asked Faraja",
        "question_asked Ali",
        "question_replied Cora",
        "question_replied Dana",
        "your_turn_pub_decide Amina",
        "your_turn_publish Cora",
        "your_turn_publish Dana",
        "publication_done Amina",
        "publication_done Faraja",
        "publication_done Ali",
        "publication_done Cora",
        "publication_done Dana",
        "your_turn_check_6m Faraja",
        "your_turn_check_6m Ali",
        "your_turn_close Amina",
        "your_turn_close Cora",
        "your_turn_close Dana",
        "progress_told Amina",
        "progress_told Cora",
        "progress_told Dana",
        "side_closed Cora",
        "side_closed Dana",
        "review_closed Amina",
        "review_closed Faraja",
        "review_closed Ali",
        "review_closed Cora",
        "review_closed Dana",
    ];

    /// <summary>Progress is told and both sides close; then nothing moves any more and the report stays where it is.</summary>
    private static async Task CloseAsync(Cast cast)
    {
        await RefusedAsync(cast, "stages/publish/complete", "process.already-done");
        await Cast.DoAsync(cast.FocalPoint, HttpMethod.Post, $"{cast.Review}/stages/check_6m/complete", new { text = "Under way.", early = true });
        await Cast.DoAsync(cast.Authority, HttpMethod.Post, $"{cast.Review}/stages/close/complete", new { text = "Carried over." });
        Assert.Equal("running", (await Cast.DoAsync(cast.Coordinator, HttpMethod.Get, cast.Review, null)).GetProperty("status").GetString());
        await Cast.DoAsync(cast.Coordinator, HttpMethod.Post, $"{cast.Review}/stages/close/complete", new { text = "Thank you." });
        Assert.Equal("closed", (await Cast.DoAsync(cast.Coordinator, HttpMethod.Get, cast.Review, null)).GetProperty("status").GetString());
        await RefusedAsync(cast, "stages/close/complete", "review.closed");
        Assert.Equal([], (await Cast.DoAsync(cast.Authority, HttpMethod.Get, "tasks", null)).GetProperty("items").EnumerateArray());
        await PublishedAsync(cast);
    }

    private static Task DecideAsync(Cast cast) => Cast.DoAsync(
        cast.Authority,
        HttpMethod.Post,
        $"{cast.Review}/stages/pub_decide/complete",
        new
        {
            choices = new { self_assessment = "full", clarifications = "none", commitments = "full", summary = "full" },
            withheld = Array.Empty<string>(),
            relabelled = Array.Empty<string>(),
            signature = cast.Signature,
        });

    private static async Task PublishedAsync(Cast cast)
    {
        var review = await Cast.DoAsync(cast.Coordinator, HttpMethod.Get, cast.Review, null);
        var slug = review.GetProperty("slug").GetString();
        using var visitor = cast.App.Visitor();
        var bytes = await visitor.GetByteArrayAsync($"/publications/{slug}.json", TestContext.Current.CancellationToken);
        var report = System.Text.Encoding.UTF8.GetString(bytes);
        Assert.Contains(Cast.Marker, report, StringComparison.Ordinal);
        Assert.DoesNotContain(Cast.RedMarker, report, StringComparison.Ordinal);
        Assert.DoesNotContain("Since spring", report, StringComparison.Ordinal);
        Assert.Equal(
            [Convert.ToHexStringLower(SHA256.HashData(bytes))],
            await cast.App.Database.AsOwnerAsync<string>("SELECT sha256 FROM publication"));
        var page = await visitor.GetStringAsync($"/publications/{slug}", TestContext.Current.CancellationToken);
        Assert.Contains(Cast.Marker, page, StringComparison.Ordinal);
        Assert.DoesNotContain(Cast.RedMarker, page, StringComparison.Ordinal);
    }

    private static async Task HiddenAsync(Cast cast, params TestPerson[] people)
    {
        foreach (var person in people)
        {
            foreach (var path in new[] { "", "/answers", "/answers/N-a.a1", "/sign-off", "/questions", "/actions", "/summary", "/forecast" })
            {
                using var response = await Cast.SendAsync(person, HttpMethod.Get, cast.Review + path, null);
                var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                Assert.DoesNotContain(Cast.Marker, text, StringComparison.Ordinal);
                Assert.DoesNotContain(Cast.RedMarker, text, StringComparison.Ordinal);
                Assert.DoesNotContain("marker", text, StringComparison.Ordinal);
            }
        }
    }

    private static async Task<string> TextAsync(Cast cast, TestPerson person, string path)
    {
        var texts = new List<string>();
        foreach (var item in new[] { "N-a.a1", "N-f.f1" })
        {
            using var response = await Cast.SendAsync(person, HttpMethod.Get, $"{cast.Review}/{path}/{item}", null);
            texts.Add(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        return string.Concat(texts);
    }

    private static async Task RefusedAsync(Cast cast, string path, string code)
    {
        using var response = await Cast.SendAsync(cast.Coordinator, HttpMethod.Post, $"{cast.Review}/{path}", new { });
        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        var problem = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(code, problem.GetProperty("code").GetString());
    }
}
