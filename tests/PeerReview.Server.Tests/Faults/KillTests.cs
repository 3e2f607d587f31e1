using System.Net;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Faults;

/// <summary>The program is killed (SIGKILL) at each point of one command and of the letters after it; started again, the client
/// repeats its request with the same key, and all is as if nothing had happened.</summary>
public sealed class KillTests(KilledProgram killed) : IClassFixture<KilledProgram>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Points of the command, by the message that is held for ever, and whether the command holds then.</summary>
    public static TheoryData<string, bool> OfTheCommand => new()
    {
        { "before the transaction begins", false },
        { "with the lock, before anything is written", false },
        { "when half of it is written", false },
        { "before COMMIT", false },
        { "after COMMIT, before the answer", true },
    };

    [Theory, MemberData(nameof(OfTheCommand))]
    public async Task A_command_broken_off_is_done_once_when_it_is_repeated(string point, bool holds)
    {
        var undisturbed = await UndisturbedAsync();
        var review = await killed.ReviewAsync();
        await killed.StartAsync(Cancel);
        killed.App.Watch(message => IsAt(point, message));
        var command = killed.CommandAsync(review, Cancel);
        await killed.App.Held.WaitAsync(Cancel);

        await killed.KillAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => command);
        Assert.Equal(holds, await HoldsAsync(review));
        // What the command wrote stands, so its letters may have been in hand already: see the letters below.
        var again = await AgainAsync(review, undisturbed);
        Assert.True(holds || again == 0, $"{again} letters arrived twice.");
    }

    /// <summary>Points of the letters after the answer, and whether a letter may then go out a second time: at least once is
    /// what mail can promise, and its <c>Message-ID</c> tells.</summary>
    public static TheoryData<string, bool> OfTheLetters => new()
    {
        { "before a letter is claimed", false },
        { "claimed, before the claim is known", false },
        { "while it is handed over", false },
        { "handed over, before its row says so", true },
    };

    [Theory, MemberData(nameof(OfTheLetters))]
    public async Task Letters_of_a_command_that_was_answered_arrive_whatever_happens(string point, bool twice)
    {
        var undisturbed = await UndisturbedAsync();
        var review = await killed.ReviewAsync();
        await killed.StartAsync(Cancel);
        var handed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (point == "while it is handed over")
        {
            killed.Mail.Behaviour = _ =>
            {
                handed.TrySetResult();
                return new TaskCompletionSource<SmtpBehaviour>().Task;
            };
        }

        killed.Worker.Watch(message => IsAt(point, message));
        using (var answer = await killed.CommandAsync(review, Cancel))
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await Task.WhenAny(killed.Worker.Held, handed.Task).WaitAsync(Cancel);

        await killed.KillAsync();

        Assert.True(await HoldsAsync(review));
        var again = await AgainAsync(review, undisturbed);
        Assert.True(twice || again == 0, $"{again} letters arrived twice.");
    }

    private static bool IsAt(string point, PostgresMessage message) => (point, message) switch
    {
        ("before the transaction begins", { FromClient: true, Kind: 'Q' }) => message.Statement.StartsWith("BEGIN", StringComparison.Ordinal),
        ("with the lock, before anything is written", { FromClient: true, Kind: 'E' }) => Has(message, "INSERT INTO writing "),
        ("when half of it is written", { FromClient: true, Kind: 'E' }) => Has(message, "UPDATE review"),
        ("before COMMIT", { FromClient: true, Kind: 'E' }) => message.Statement == "COMMIT",
        ("after COMMIT, before the answer", { FromClient: false, Kind: 'C' }) => message.Text == "COMMIT",
        ("before a letter is claimed", { FromClient: true, Kind: 'E' }) => Has(message, "WITH claimed AS"),
        ("claimed, before the claim is known", { FromClient: false, Kind: 'C', Text: "SELECT 1" }) => Has(message, "WITH claimed AS"),
        ("handed over, before its row says so", { FromClient: true, Kind: 'E' }) => Has(message, "SET delivered_at"),
        _ => false,
    };

    private static bool Has(PostgresMessage message, string text) => message.Statement.Contains(text, StringComparison.Ordinal);

    /// <summary>What the command leaves behind when nothing goes wrong.</summary>
    private async Task<string> UndisturbedAsync()
    {
        if (killed.Undisturbed is { } known)
            return known;
        var review = await killed.ReviewAsync();
        await killed.StartAsync(Cancel);
        using var answer = await killed.CommandAsync(review, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(0, await LettersAsync(review));
        return killed.Undisturbed = await OutcomeAsync(review);
    }

    /// <summary>Starts the program again, repeats the request, and compares; answers how many letters arrived twice.</summary>
    private async Task<int> AgainAsync(ReviewAt review, string undisturbed)
    {
        await killed.StartAsync(Cancel);
        using var answer = await killed.CommandAsync(review, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var again = await LettersAsync(review);
        Assert.Equal(undisturbed, await OutcomeAsync(review));
        await killed.Test.Database.RequireSoundAsync();
        return again;
    }

    private async Task<bool> HoldsAsync(ReviewAt review) => (await killed.Test.Database.AsOwnerAsync<bool>(
        "SELECT EXISTS (SELECT FROM event WHERE review_id = @Id AND kind = 'extended')", new { review.Id })).Single();

    /// <summary>Waits until every letter of the command arrived; answers how many came more than once.</summary>
    private async Task<int> LettersAsync(ReviewAt review)
    {
        const int readers = 5;
        string[] taken = [];
        while (taken.Distinct(StringComparer.Ordinal).Count() < readers)
        {
            await killed.Mail.NextAsync(Cancel);
            taken = [.. killed.Mail.Taken.Where(mail => mail.Body.Contains(review.Id.ToString(), StringComparison.Ordinal)).Select(mail => mail["Message-ID"])];
        }

        return taken.Length - readers;
    }

    /// <summary>What the command left behind, without what differs from review to review.</summary>
    private async Task<string> OutcomeAsync(ReviewAt review) => string.Join('\n', await killed.Test.Database.AsOwnerAsync<string>(
        """
        SELECT 'event ' || sequence || ' ' || kind FROM event WHERE review_id = @Id
        UNION ALL SELECT 'text ' || kind || ' ' || key || ' ' || version FROM writing WHERE review_id = @Id AND kind = 'reason'
        UNION ALL SELECT 'letter ' || split_part(o.key, ':', 1) || ' ' || split_part(o.key, ':', 3) || ' ' || p.name
            FROM outbox o JOIN person p ON p.id = o.person_id WHERE o.review_id = @Id AND p.id = ANY (@People)
        UNION ALL SELECT 'deadline ' || d.stage || ' ' || d.day - (r.launched_at AT TIME ZONE d.zone)::date
            FROM deadline d JOIN review r ON r.id = d.review_id WHERE r.id = @Id
        UNION ALL SELECT 'task ' || stage || ' ' || role || ' ' || p.name FROM task t JOIN person p ON p.id = t.person_id
            WHERE review_id = @Id AND p.id = ANY (@People)
        UNION ALL SELECT 'reminder ' || m.stage || ' ' || m.step || ' ' || m.day - m.deadline_day || ' ' || p.name || ' ' || coalesce(m.outcome, 'waits')
            FROM reminder m JOIN person p ON p.id = m.person_id WHERE m.review_id = @Id AND p.id = ANY (@People)
        UNION ALL SELECT 'answer ' || count(*) FROM idempotency WHERE key = @Id::text
        ORDER BY 1
        """,
        new
        {
            review.Id,
            People = new[] { review.Authority.Id, review.FocalPoint.Id, review.Alternate.Id, review.Coordinator.Id, review.Deputy.Id, review.Head.Id },
        }));
}
