using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using PeerReview.Core.Ports;
using PeerReview.Server.Platform.Clock;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Conformance;

/// <summary>What every scheduler behind the port must do. A stack gets it by deriving from it; nothing here knows one.</summary>
public abstract class RecurringWorkConformance : IAsyncDisposable
{
    protected static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Counts what the nodes of one test report.</summary>
    protected RecurringWorkMetrics Metrics => new(_services.GetRequiredService<IMeterFactory>(), TimeProvider.System);

    /// <summary>A node that is not started, in a rhythm fit for tests.</summary>
    protected abstract Node NewNode(TestDatabase test);

    /// <summary>The pieces the database knows, sorted.</summary>
    protected abstract Task<IReadOnlyList<string>> StoredAsync(TestDatabase test);

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
        await using var a = NewNode(test);
        await using var b = NewNode(test);

        await Task.WhenAll(a.StartAsync(Piece("a")), b.StartAsync(Piece("b")));
        await runs.Reader.ReadAsync(Cancel);
        await runs.Reader.ReadAsync(Cancel);
        await a.StopAsync();
        await UntilAsync(runs.Reader, "b");

        Assert.Equal(0, together);
        Assert.Equal(["piece"], await StoredAsync(test));
    }

    [Fact]
    public async Task While_a_piece_is_in_hand_no_node_runs_it_again_and_the_others_run()
    {
        await using var test = await TestDatabase.CreateAsync();
        var (begun, other) = (Channel.CreateUnbounded<string>(), Channel.CreateUnbounded<string>());
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        RecurringWork[] Pieces(string node) =>
        [
            new("long", Second, async cancel =>
            {
                await begun.Writer.WriteAsync(node, cancel);
                await release.Task.WaitAsync(cancel);
            }),
            new("other", Second, async cancel => await other.Writer.WriteAsync(node, cancel)),
        ];
        await using var a = NewNode(test);
        await using var b = NewNode(test);
        await a.StartAsync(Pieces("a"));
        await begun.Reader.ReadAsync(Cancel);

        await b.StartAsync(Pieces("b"));
        for (var run = 0; run < 4; run++)
            await other.Reader.ReadAsync(Cancel);

        Assert.False(begun.Reader.TryRead(out _));
        release.SetResult();
        await begun.Reader.ReadAsync(Cancel);
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
        await using var node = NewNode(test);

        await node.StartAsync(
            new("bad", Second, async cancel =>
            {
                await bad.Writer.WriteAsync(1, cancel);
                throw new InvalidOperationException("as it happens");
            }),
            new("good", Second, async cancel => await good.Writer.WriteAsync(1, cancel)));
        for (var i = 0; i < 2; i++)
        {
            await bad.Reader.ReadAsync(Cancel);
            await good.Reader.ReadAsync(Cancel);
        }

        await node.StopAsync();
        Assert.InRange(counts["bad"], 2, 100);
        Assert.False(counts.ContainsKey("good"));
    }

    [Fact]
    public async Task Stopping_asks_the_piece_in_hand_to_end_and_waits_for_it()
    {
        await using var test = await TestDatabase.CreateAsync();
        var begun = new TaskCompletionSource();
        var ended = false;
        await using var node = NewNode(test);
        await node.StartAsync(new RecurringWork("long", Second, async cancel =>
        {
            begun.TrySetResult();
            var asked = new TaskCompletionSource();
            await using var on = cancel.Register(() => asked.TrySetResult());
            await asked.Task;
            ended = true;
        }));
        await begun.Task;

        await node.StopAsync();

        Assert.True(ended);
    }

    [Fact]
    public async Task A_piece_that_was_dropped_from_the_program_is_dropped_from_the_database()
    {
        await using var test = await TestDatabase.CreateAsync();
        await using (var old = NewNode(test))
        {
            await old.StartAsync(new("kept", Second, _ => Task.CompletedTask), new("gone", Second, _ => Task.CompletedTask));
            Assert.Equal(["gone", "kept"], await StoredAsync(test));
            await old.StopAsync();
        }

        await using var node = NewNode(test);
        await node.StartAsync(new RecurringWork("kept", Second, _ => Task.CompletedTask));
        await node.StopAsync();

        Assert.Equal(["kept"], await StoredAsync(test));
    }

    [Fact]
    public async Task Due_work_is_done_whether_it_is_taken_whole_or_key_by_key()
    {
        await using var test = await TestDatabase.CreateAsync();
        var due = new ConcurrentDictionary<string, bool>(new[] { "a", "b", "c" }.Select(key => KeyValuePair.Create(key, true)), StringComparer.Ordinal);
        var done = Channel.CreateUnbounded<string>();
        void Do(string key)
        {
            if (due.TryRemove(key, out _))
                done.Writer.TryWrite(key);
        }

        await using var node = NewNode(test);
        await node.StartAsync(new RecurringWork("due", Second, _ =>
        {
            foreach (var key in due.Keys)
                Do(key);
            return Task.CompletedTask;
        })
        {
            ByKey = new KeyedWork(
                _ => Task.FromResult<IReadOnlyList<string>>([.. due.Keys]),
                (key, _) =>
                {
                    Do(key);
                    return Task.CompletedTask;
                }),
        });

        var seen = new List<string>();
        for (var key = 0; key < 3; key++)
            seen.Add(await done.Reader.ReadAsync(Cancel));
        Assert.Equal(["a", "b", "c"], seen.Order(StringComparer.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Reads until that comes.</summary>
    protected static async Task UntilAsync(ChannelReader<string> reader, string wanted)
    {
        while (await reader.ReadAsync(Cancel) != wanted)
        {
            // What was there before.
        }
    }

    /// <summary>One program of several on a database, as far as recurring work goes.</summary>
    /// <param name="Parts">What is to be disposed of after it.</param>
    protected sealed record Node(IRecurringWork Work, params IReadOnlyList<IAsyncDisposable> Parts) : IAsyncDisposable
    {
        public Task StartAsync(params RecurringWork[] work) => Work.StartAsync(work, Cancel);

        public Task StopAsync() => Work.StopAsync(Cancel);

        public async ValueTask DisposeAsync()
        {
            foreach (var part in Parts)
                await part.DisposeAsync();
        }
    }
}
