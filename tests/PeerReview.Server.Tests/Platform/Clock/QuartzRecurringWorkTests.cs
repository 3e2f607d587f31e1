using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PeerReview.Core.Ports;
using PeerReview.Server.Platform.Clock;
using PeerReview.Server.Stacks.Embedded;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Platform.Clock;

public sealed class QuartzRecurringWorkTests : IAsyncDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_nodes_that_start_together_run_a_piece_one_at_a_time_and_one_takes_over()
    {
        await using var test = await TestDatabase.CreateAsync();
        var runs = Channel.CreateUnbounded<string>();
        var (inside, together) = (0, 0);
        RecurringWork Piece(string node) => new("piece", Second, async cancel =>
        {
            if (Interlocked.Increment(ref inside) > 1)
                Interlocked.Increment(ref together);
            await runs.Writer.WriteAsync(node, cancel);
            Interlocked.Decrement(ref inside);
        });
        await using var a = Node(test);
        await using var b = Node(test);

        await Task.WhenAll(a.StartAsync([Piece("a")], Cancel), b.StartAsync([Piece("b")], Cancel));
        await runs.Reader.ReadAsync(Cancel);
        await runs.Reader.ReadAsync(Cancel);
        await a.StopAsync(Cancel);
        while (await runs.Reader.ReadAsync(Cancel) != "b")
        {
            // What node a put there before it stopped.
        }

        Assert.Equal(0, together);
        Assert.Equal(1, (await test.AsOwnerAsync<int>("SELECT count(*)::int FROM scheduler.qrtz_triggers"))[0]);
    }

    [Fact]
    public async Task A_piece_that_throws_is_counted_and_runs_again_and_the_others_do_too()
    {
        await using var test = await TestDatabase.CreateAsync();
        var counts = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Scope == _services.GetRequiredService<IMeterFactory>() && instrument.Name == "peerreview.work.failures")
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => counts.AddOrUpdate((string)tags[0].Value!, value, (_, old) => old + value));
        listener.Start();
        var (bad, good) = (Channel.CreateUnbounded<int>(), Channel.CreateUnbounded<int>());
        await using var node = Node(test);

        await node.StartAsync(
            [
                new("bad", Second, async cancel =>
                {
                    await bad.Writer.WriteAsync(1, cancel);
                    throw new InvalidOperationException("as it happens");
                }),
                new("good", Second, async cancel => await good.Writer.WriteAsync(1, cancel)),
            ],
            Cancel);
        for (var i = 0; i < 2; i++)
        {
            await bad.Reader.ReadAsync(Cancel);
            await good.Reader.ReadAsync(Cancel);
        }

        await node.StopAsync(Cancel);
        Assert.InRange(counts["bad"], 2, 100);
        Assert.False(counts.ContainsKey("good"));
    }

    [Fact]
    public async Task Stopping_asks_the_piece_in_hand_to_end_and_waits_for_it()
    {
        await using var test = await TestDatabase.CreateAsync();
        var begun = new TaskCompletionSource();
        var ended = false;
        await using var node = Node(test);
        await node.StartAsync(
            [
                new("long", Second, async cancel =>
                {
                    begun.TrySetResult();
                    var asked = new TaskCompletionSource();
                    await using var on = cancel.Register(() => asked.TrySetResult());
                    await asked.Task;
                    ended = true;
                }),
            ],
            Cancel);
        await begun.Task;

        await node.StopAsync(Cancel);

        Assert.True(ended);
    }

    [Fact]
    public async Task A_piece_that_was_dropped_from_the_program_is_dropped_from_the_database_and_a_changed_rhythm_is_kept()
    {
        await using var test = await TestDatabase.CreateAsync();
        await using (var old = Node(test))
        {
            await old.StartAsync([new("kept", Second, _ => Task.CompletedTask), new("gone", Second, _ => Task.CompletedTask)], Cancel);
            await old.StopAsync(Cancel);
        }

        await using var node = Node(test);
        await node.StartAsync([new("kept", TimeSpan.FromSeconds(7), _ => Task.CompletedTask)], Cancel);
        await node.StopAsync(Cancel);

        Assert.Equal(
            [("kept", 7000L)],
            await test.AsOwnerAsync<(string, long)>("SELECT trigger_name, repeat_interval FROM scheduler.qrtz_simple_triggers"));
    }

    public async ValueTask DisposeAsync() => await _services.DisposeAsync();

    private QuartzRecurringWork Node(TestDatabase test) => new(
        test.Connections,
        new QuartzRhythm(Second, TimeSpan.FromSeconds(2), Second),
        new RecurringWorkMetrics(_services.GetRequiredService<IMeterFactory>(), TimeProvider.System),
        NullLoggerFactory.Instance);
}
