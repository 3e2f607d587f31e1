using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Core.Ledger;
using PeerReview.Server.Cli;
using PeerReview.Server.Features.Ledger;
using PeerReview.Server.Tests.People;
using PeerReview.Server.Tests.Web;
using Xunit;

namespace PeerReview.Server.Tests.Ledger;

public sealed class LedgerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_record_of_a_review_verifies_for_its_people_and_from_the_command_line()
    {
        await using var review = await StartedAsync();

        var text = await review.Authority.Client.GetStringAsync($"{review.Api}/ledger", Cancel);

        var (head, rows) = LedgerFile.Read(text.TrimEnd('\n').Split('\n'));
        var sound = Assert.IsType<LedgerCheck.Sound>(LedgerVerification.Verify(head.Review, rows, head));
        Assert.Equal(await review.SequenceAsync(), sound.Head.Sequence);
        Assert.Equal(0, sound.Withheld);
        var file = Path.Combine(review.App.Data, "record.jsonl");
        await File.WriteAllTextAsync(file, text, Cancel);
        Assert.Equal(CommandLine.Done, await CommandLine.RunAsync(["ledger", "verify", file]));
    }

    [Fact]
    public async Task What_was_changed_left_out_or_cut_off_is_seen()
    {
        await using var review = await StartedAsync();
        var lines = (await review.Authority.Client.GetStringAsync($"{review.Api}/ledger", Cancel)).TrimEnd('\n').Split('\n');
        var file = Path.Combine(review.App.Data, "record.jsonl");

        foreach (var wrong in new[]
        {
            [.. lines.Select(line => line.Replace("KEN", "NOR", StringComparison.Ordinal))],
            [.. lines.Take(3), .. lines.Skip(4)],
            lines[..^1],
            ["nothing of the kind"],
        })
        {
            await File.WriteAllLinesAsync(file, wrong, Cancel);
            Assert.Equal(CommandLine.Wrong, await CommandLine.RunAsync(["ledger", "verify", file]));
        }
    }

    [Fact]
    public async Task Bodies_that_are_not_for_a_reader_are_withheld_and_the_chain_still_holds()
    {
        await using var review = await StartedAsync();
        var contributor = await review.NominatedAsync("STATE_CONTRIB", "ministry@example.org", ["N-a.a1"]);
        (await contributor.Client.PutAsJsonAsync(
            $"{review.Api}/answers/N-a.a1", new { value = "prefer_not_to_answer", label = "AMBER" }, Cancel)).Dispose();
        await review.App.Database.AsOwnerAsync(
            "INSERT INTO role_grant (id, programme_id, person_id, role, granted_at) SELECT @Id, @Programme, id, 'AUDITOR', app.clock() FROM person WHERE email = 'ministry@example.org'",
            new { Id = Guid.CreateVersion7(), review.App.Programme });

        var text = await contributor.Client.GetStringAsync($"{review.Api}/ledger", Cancel);

        var (head, rows) = LedgerFile.Read(text.TrimEnd('\n').Split('\n'));
        var sound = Assert.IsType<LedgerCheck.Sound>(LedgerVerification.Verify(head.Review, rows, head));
        Assert.True(sound.Withheld > 0);
        Assert.Contains("salt", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n').Where(l => l.Contains("commitment\":", StringComparison.Ordinal) && !l.Contains("\"body\"", StringComparison.Ordinal)), line =>
            Assert.DoesNotContain("\"salt\"", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_beyond_the_review_reads_its_record()
    {
        await using var review = await StartedAsync();
        var other = await review.App.PersonAsync("STATE_AUTH", "NOR");
        var contributor = await review.NominatedAsync("STATE_CONTRIB", "ministry@example.org", ["N-a.a1"]);

        Assert.Equal(HttpStatusCode.NotFound, (await other.Client.GetAsync($"{review.Api}/ledger", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await contributor.Client.GetAsync($"{review.Api}/ledger", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await review.App.Visitor().GetAsync($"{review.Api}/ledger", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await review.Authority.Client.GetAsync($"/api/v1/reviews/{Guid.CreateVersion7()}/ledger", Cancel)).StatusCode);
        using var browser = await review.App.BrowseAsync(other);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.ReadAsync($"/reviews/{review.Id}/ledger")).Status);
    }

    [Fact]
    public async Task The_page_says_that_the_chain_holds()
    {
        await using var review = await StartedAsync();
        using var browser = await review.App.BrowseAsync(review.Coordinator);

        var (status, html) = await browser.ReadAsync($"/reviews/{review.Id}/ledger");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("each following from the one before", html, StringComparison.Ordinal);
        Assert.Contains("Coordinator and deputy named", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_reminders_are_listed_to_whom_they_go_and_to_coordinators()
    {
        await using var review = await StartedAsync();

        var own = await review.Authority.Client.GetFromJsonAsync<JsonElement>("/api/v1/reminders", Cancel);
        var all = await review.Coordinator.Client.GetFromJsonAsync<JsonElement>($"/api/v1/reminders?review={review.Id}", Cancel);

        Assert.NotEmpty(own.GetProperty("items").EnumerateArray());
        Assert.All(own.GetProperty("items").EnumerateArray(), r => Assert.Equal(review.Authority.Id, r.GetProperty("person").GetGuid()));
        Assert.True(all.GetProperty("items").GetArrayLength() > own.GetProperty("items").GetArrayLength());
        Assert.Equal(HttpStatusCode.NotFound, (await review.Authority.Client.GetAsync($"/api/v1/reminders?review={review.Id}", Cancel)).StatusCode);
    }

    private static async Task<CaseOfReview> StartedAsync()
    {
        var review = await CaseOfReview.StartAsync();
        (await review.AcknowledgeAsync()).EnsureSuccessStatusCode();
        return review;
    }
}
