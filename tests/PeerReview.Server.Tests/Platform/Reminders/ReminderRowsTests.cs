using Xunit;

namespace PeerReview.Server.Tests.Platform.Reminders;

public sealed class ReminderRowsTests
{
    private static readonly DateOnly Monday = new(2099, 3, 2);

    [Fact]
    public async Task The_same_plan_again_changes_nothing()
    {
        await using var bench = await ReminderBench.CreateAsync();
        var ana = await bench.PersonAsync("Ana");
        var review = await bench.ReviewAsync(("self_assess", Monday));
        var plan = new[] { -7, -2, 0 }.Select(days => ReminderBench.Step(review, ana, "self_assess", Monday, days)).ToArray();

        await bench.ReconcileAsync(review, plan);
        var before = await bench.RowsAsync();
        await bench.ReconcileAsync(review, plan);

        Assert.Equal(3, before.Count);
        Assert.Equal(before, await bench.RowsAsync());
    }

    [Fact]
    public async Task A_moved_deadline_voids_what_waited_and_fires_nothing_that_would_be_past()
    {
        await using var bench = await ReminderBench.CreateAsync();
        var ana = await bench.PersonAsync("Ana");
        var review = await bench.ReviewAsync(("self_assess", Monday));
        await bench.ReconcileAsync(review, ReminderBench.Step(review, ana, "self_assess", Monday, -2));
        var today = DateOnly.FromDateTime((await bench.Clock.NowAsync(CancellationToken.None)).UtcDateTime);
        var earlier = today.AddDays(1);

        await bench.ReconcileAsync(
            review,
            [.. new[] { -21, -7, -2, 3 }.Select(days => ReminderBench.Step(review, ana, "self_assess", earlier, days))]);

        Assert.Equal("day_3", Assert.Single(await bench.RowsAsync()).Step);
        Assert.Equal(0, await bench.Run().DrainAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_review_that_stops_has_nothing_waiting_and_keeps_what_was_settled()
    {
        await using var bench = await ReminderBench.CreateAsync();
        var ana = await bench.PersonAsync("Ana");
        var (review, other) = (await bench.ReviewAsync(("self_assess", Monday)), await bench.ReviewAsync(("self_assess", Monday)));
        await bench.ReconcileAsync(review, ReminderBench.Step(review, ana, "self_assess", Monday, -2), ReminderBench.Step(review, ana, "self_assess", Monday, 0));
        await bench.ReconcileAsync(other, ReminderBench.Step(other, ana, "self_assess", Monday, 0));
        await bench.Clock.AdvanceAsync(new DateTimeOffset(2099, 2, 28, 9, 0, 0, TimeSpan.Zero), CancellationToken.None);
        await bench.Run().DrainAsync(CancellationToken.None);

        await bench.ReconcileAsync(review);

        Assert.Equal(["sent", null], (await bench.RowsAsync()).Select(row => row.Outcome));
        Assert.EndsWith($"{ana}", (await bench.RowsAsync())[1].Key, StringComparison.Ordinal);
        Assert.StartsWith($"{other}", (await bench.RowsAsync())[1].Key, StringComparison.Ordinal);
    }
}
