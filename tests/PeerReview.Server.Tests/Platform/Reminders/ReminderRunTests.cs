using PeerReview.Core;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reminders;
using Xunit;

namespace PeerReview.Server.Tests.Platform.Reminders;

public sealed class ReminderRunTests
{
    private static readonly DateOnly Monday = new(2099, 3, 2);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_digest_gathers_everything_that_is_due_for_a_person_that_day()
    {
        await using var bench = await ReminderBench.CreateAsync();
        var ana = await bench.PersonAsync("Ana");
        var first = await bench.ReviewAsync(("self_assess", Monday), ("appoint", Monday.AddDays(5)));
        var second = await bench.ReviewAsync(("self_assess", Monday.AddDays(2)));
        await bench.ReconcileAsync(
            first,
            ReminderBench.Step(first, ana, "self_assess", Monday, -2),
            ReminderBench.Step(first, ana, "appoint", Monday.AddDays(5), -7));
        await bench.ReconcileAsync(second, ReminderBench.Step(second, ana, "self_assess", Monday.AddDays(2), -4));

        Assert.Equal(0, await bench.Run().DrainAsync(Cancel));
        await bench.Clock.AdvanceAsync(At(Monday.AddDays(-2)), Cancel);
        Assert.Equal(1, await bench.Run().DrainAsync(Cancel));
        Assert.Equal(0, await bench.Run().DrainAsync(Cancel));

        var (key, body) = Assert.Single(await bench.OutboxAsync());
        Assert.Equal($"digest:{ana}:2099-02-28", key);
        var letter = LetterJson.Read(body);
        Assert.Equal((LetterNames.Digest, "/", 3), (letter.Name, letter.Path, letter.Lines.Length));
        Assert.Equal(new DateOnly(2099, 2, 28), letter.Days["day"]);
        Assert.All(await bench.RowsAsync(), row => Assert.Equal(("sent", key), (row.Outcome, row.OutboxKey)));
    }

    [Fact]
    public async Task A_person_is_settled_by_key_once_and_nobody_else_is()
    {
        await using var bench = await ReminderBench.CreateAsync();
        var (ana, ben) = (await bench.PersonAsync("Ana"), await bench.PersonAsync("Ben"));
        var review = await bench.ReviewAsync(("self_assess", Monday));
        await bench.ReconcileAsync(
            review, ReminderBench.Step(review, ana, "self_assess", Monday, -2), ReminderBench.Step(review, ben, "self_assess", Monday, 0));
        Assert.Empty(await bench.Run().DueAsync(Cancel));
        await bench.Clock.AdvanceAsync(At(Monday.AddDays(-2)), Cancel);
        Assert.Equal([ana.ToString()], await bench.Run().DueAsync(Cancel));
        await bench.Clock.AdvanceAsync(At(Monday), Cancel);
        Assert.Equal([ana.ToString(), ben.ToString()], await bench.Run().DueAsync(Cancel));

        var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => bench.Run().DrainAsync(ana.ToString(), Cancel)));
        var again = await bench.Run().DrainAsync(ana.ToString(), Cancel);

        Assert.Equal((1, 0), (runs.Sum(), again));
        Assert.Equal($"digest:{ana}:2099-03-02", Assert.Single(await bench.OutboxAsync()).Key);
        Assert.Equal([ben.ToString()], await bench.Run().DueAsync(Cancel));
    }

    [Fact]
    public async Task After_an_outage_only_the_newest_step_of_a_deadline_goes()
    {
        await using var bench = await ReminderBench.CreateAsync();
        var ana = await bench.PersonAsync("Ana");
        var review = await bench.ReviewAsync(("self_assess", Monday));
        await bench.ReconcileAsync(
            review, [.. new[] { -7, -2, 0, 3 }.Select(days => ReminderBench.Step(review, ana, "self_assess", Monday, days))]);

        await bench.Clock.AdvanceAsync(At(Monday), Cancel);
        await bench.Run().DrainAsync(Cancel);

        Assert.Equal(["overtaken", "overtaken", "sent", null], (await bench.RowsAsync()).Select(row => row.Outcome));
        Assert.Single(LetterJson.Read(Assert.Single(await bench.OutboxAsync()).Body).Lines);
    }

    [Fact]
    public async Task An_escalation_goes_at_once_by_a_letter_of_its_own_and_no_reminder_of_the_same_beside_it()
    {
        await using var bench = await ReminderBench.CreateAsync();
        var ana = await bench.PersonAsync("Ana");
        var review = await bench.ReviewAsync(("self_assess", Monday));
        await bench.ReconcileAsync(
            review,
            ReminderBench.Step(review, ana, "self_assess", Monday, 7),
            ReminderBench.Step(review, ana, "self_assess", Monday, 7, atOnce: true));

        await bench.Clock.AdvanceAsync(At(Monday.AddDays(7)), Cancel);
        await bench.Run().DrainAsync(Cancel);

        var bodies = (await bench.OutboxAsync()).Select(row => LetterJson.Read(row.Body)).ToList();
        var letter = Assert.Single(bodies);
        Assert.Equal(("escalation_1", $"/reviews/{review}"), (letter.Name, letter.Path));
        Assert.Equal(new LetterDeadline(Monday, "UTC"), letter.Deadline);
        Assert.Equal(["overtaken", "sent"], (await bench.RowsAsync()).Select(row => row.Outcome).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Of_several_sides_late_with_one_stage_a_person_is_told_in_one_letter()
    {
        await using var bench = await ReminderBench.CreateAsync();
        var (ana, ben) = (await bench.PersonAsync("Ana"), await bench.PersonAsync("Ben"));
        var review = await bench.ReviewAsync(("self_assess", Monday));
        await bench.Test.AsOwnerAsync(
            """
            INSERT INTO deadline (review_id, stage, branch, programme_id, day, zone, due_at, roles)
            SELECT review_id, stage, 'west', programme_id, day, zone, due_at, 'STATE_AUTH' FROM deadline
            """);
        var first = ReminderBench.Step(review, ana, "self_assess", Monday, 7, atOnce: true);
        // Where the other side is, it is the morning of that day six hours later.
        await bench.ReconcileAsync(
            review, first, first with { Key = first.Key + ":west", Branch = "west", DueAt = first.DueAt.AddHours(6) },
            ReminderBench.Step(review, ben, "self_assess", Monday, 7, atOnce: true));

        await bench.Clock.AdvanceAsync(At(Monday.AddDays(7)), Cancel);
        await bench.Run().DrainAsync(Cancel);
        await bench.Clock.AdvanceAsync(At(Monday.AddDays(8)), Cancel);
        await bench.Run().DrainAsync(Cancel);

        var letters = (await bench.OutboxAsync()).Select(row => (row.Key, Letter: LetterJson.Read(row.Body))).ToList();
        Assert.Equal(2, letters.Count);
        var (key, letter) = letters.Single(one => one.Letter.Person == ana);
        Assert.Equal($"reminder:{first.Key}", key);
        Assert.Equal(["STATE_FP", "STATE_AUTH"], letter.Late!.All.SelectMany(side => side.Roles));
        Assert.Equal(["STATE_FP"], letters.Single(one => one.Letter.Person == ben).Letter.Late!.All.SelectMany(side => side.Roles));
        Assert.All((await bench.RowsAsync()).Where(row => row.Key.Contains(ana.ToString(), StringComparison.Ordinal)), row => Assert.Equal(("sent", key), (row.Outcome, row.OutboxKey)));
    }

    [Theory]
    [InlineData("UPDATE review SET status = 'suspended'", "the review does not run")]
    [InlineData("DELETE FROM deadline", "the stage is no longer open")]
    [InlineData("UPDATE deadline SET day = day + 10", "the deadline has moved")]
    [InlineData("UPDATE person SET closed_at = app.clock()", "the account is closed")]
    public async Task What_no_longer_holds_when_it_is_due_is_not_sent_and_says_why(string change, string why)
    {
        await using var bench = await ReminderBench.CreateAsync();
        var ana = await bench.PersonAsync("Ana");
        var review = await bench.ReviewAsync(("self_assess", Monday));
        await bench.ReconcileAsync(review, ReminderBench.Step(review, ana, "self_assess", Monday, 0));
        await bench.Test.AsOwnerAsync(change);

        await bench.Clock.AdvanceAsync(At(Monday), Cancel);
        await bench.Run().DrainAsync(Cancel);

        Assert.Empty(await bench.OutboxAsync());
        Assert.True(Assert.Single(await bench.RowsAsync()) is { Outcome: "skipped" } row && row.Why == why);
    }

    [Fact]
    public async Task A_thousand_people_are_reminded_once_each_by_runs_that_overlap()
    {
        await using var bench = await ReminderBench.CreateAsync();
        var review = await bench.ReviewAsync(("self_assess", Monday));
        var plan = new List<PlannedReminder>();
        for (var i = 0; i < 1_000; i++)
            plan.Add(ReminderBench.Step(review, new PersonId(Guid.NewGuid()), "self_assess", Monday, 0));
        await bench.Test.AsOwnerAsync(
            "INSERT INTO person (id, email, name, created_at) SELECT id, id || '@example.org', 'P', app.clock() FROM unnest(@Ids) AS p (id)",
            new { Ids = plan.Select(one => one.Person.Value).ToArray() });
        await bench.ReconcileAsync(review, [.. plan]);
        await bench.Clock.AdvanceAsync(At(Monday), Cancel);

        var handled = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => bench.Run().DrainAsync(Cancel)));
        await bench.Run().DrainAsync(Cancel);

        Assert.InRange(handled.Sum(), 1, 1_000);
        var outbox = await bench.OutboxAsync();
        Assert.Equal(1_000, outbox.Count);
        Assert.Equal(1_000, outbox.Select(row => LetterJson.Read(row.Body).Person).Distinct().Count());
        Assert.All(await bench.RowsAsync(), row => Assert.Equal("sent", row.Outcome));
    }

    [Fact]
    public async Task A_digest_takes_along_what_becomes_due_later_on_the_day_of_the_person()
    {
        await using var bench = await ReminderBench.CreateAsync();
        var ana = await bench.PersonAsync("Ana", "Pacific/Auckland");
        var review = await bench.ReviewAsync(("self_assess", Monday), ("appoint", Monday), ("complete", Monday));
        await bench.ReconcileAsync(
            review,
            ReminderBench.Step(review, ana, "self_assess", Monday, 0),
            ReminderBench.Step(review, ana, "appoint", Monday, 0) with { DueAt = At(Monday).AddHours(1) },
            ReminderBench.Step(review, ana, "complete", Monday, 0) with { DueAt = At(Monday).AddHours(3) });

        await bench.Clock.AdvanceAsync(At(Monday), Cancel);
        await bench.Run().DrainAsync(Cancel);

        // 9:00 UTC is 22:00 in Auckland: one hour later is the same day there, three hours later the next.
        Assert.Equal(["sent", "sent", null], (await bench.RowsAsync()).Select(row => row.Outcome));
        Assert.Equal(2, LetterJson.Read(Assert.Single(await bench.OutboxAsync()).Body).Lines.Length);
    }

    [Fact]
    public async Task An_escalation_does_not_bring_the_digest_of_the_day_forward()
    {
        await using var bench = await ReminderBench.CreateAsync();
        var ana = await bench.PersonAsync("Ana");
        var review = await bench.ReviewAsync(("self_assess", Monday));
        await bench.ReconcileAsync(
            review,
            ReminderBench.Step(review, ana, "self_assess", Monday, 7, atOnce: true),
            ReminderBench.Step(review, ana, "self_assess", Monday, 7) with { DueAt = At(Monday.AddDays(7)).AddHours(1) });

        await bench.Clock.AdvanceAsync(At(Monday.AddDays(7)), Cancel);
        await bench.Run().DrainAsync(Cancel);

        Assert.StartsWith("reminder:", Assert.Single(await bench.OutboxAsync()).Key, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_comes_after_the_digest_of_the_day_waits_for_the_next_day_of_the_person()
    {
        await using var bench = await ReminderBench.CreateAsync();
        var ana = await bench.PersonAsync("Ana", "Pacific/Auckland");
        var review = await bench.ReviewAsync(("self_assess", Monday), ("appoint", Monday));
        var late = ReminderBench.Step(review, ana, "appoint", Monday, 0) with { DueAt = At(Monday).AddHours(1) };
        await bench.ReconcileAsync(review, ReminderBench.Step(review, ana, "self_assess", Monday, 0));
        var run = bench.Run();

        await bench.Clock.AdvanceAsync(At(Monday), Cancel);
        await run.DrainAsync(Cancel);
        await bench.ReconcileAsync(review, ReminderBench.Step(review, ana, "self_assess", Monday, 0), late);
        await bench.Clock.AdvanceAsync(At(Monday).AddHours(1), Cancel);
        await run.DrainAsync(Cancel);

        // 9:00 UTC is 22:00 in Auckland; the second one is due at 23:00 and goes at 23:00 of the next day there.
        Assert.Single(await bench.OutboxAsync());
        var next = await run.NextAsync(await bench.Clock.NowAsync(Cancel), Cancel);
        Assert.Equal(At(Monday.AddDays(1)).AddHours(1), next);
        await bench.Clock.AdvanceAsync(next ?? default, Cancel);
        await run.DrainAsync(Cancel);
        Assert.Equal(
            [$"digest:{ana}:2099-03-02", $"digest:{ana}:2099-03-03"], (await bench.OutboxAsync()).Select(row => row.Key));
        Assert.Null(await run.NextAsync(next ?? default, Cancel));
    }

    [Fact]
    public async Task A_person_who_cannot_be_settled_holds_up_nobody()
    {
        await using var bench = await ReminderBench.CreateAsync();
        var (ana, bo, cy) = (await bench.PersonAsync("Ana"), await bench.PersonAsync("Bo"), await bench.PersonAsync("Cy"));
        var review = await bench.ReviewAsync(("self_assess", Monday));
        await bench.ReconcileAsync(
            review, [.. new[] { ana, bo, cy }.Select(person => ReminderBench.Step(review, person, "self_assess", Monday, 0))]);
        await bench.Test.AsOwnerAsync($"ALTER TABLE outbox ADD CONSTRAINT poison CHECK (person_id <> '{bo}')");
        await bench.Clock.AdvanceAsync(At(Monday), Cancel);

        await bench.Run().DrainAsync(Cancel);

        Assert.Equal(2, (await bench.OutboxAsync()).Count);
        Assert.Single(await bench.RowsAsync(), row => row.Outcome is null);
        await bench.Test.AsOwnerAsync("ALTER TABLE outbox DROP CONSTRAINT poison");
        await bench.Run().DrainAsync(Cancel);
        Assert.Equal(3, (await bench.OutboxAsync()).Count);
    }

    private static DateTimeOffset At(DateOnly day) => new(day.ToDateTime(new TimeOnly(9, 0)), TimeSpan.Zero);
}
