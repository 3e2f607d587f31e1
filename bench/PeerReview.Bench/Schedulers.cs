using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PeerReview.Core.Ports;
using PeerReview.Server.Platform.Clock;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Stacks.Embedded;

namespace PeerReview.Bench;

/// <summary>How many looks and how many one-off jobs the schedulers get through in a second, one node, nothing in them to do:
/// what is measured is the bookkeeping. Every stack this was built with, side by side in one run.</summary>
internal static partial class Schedulers
{
    public static async Task RunAsync(Arguments arguments)
    {
        await using var server = await BenchServer.StartAsync();
        var t = await Baseline.MeasureAsync(server, arguments.Clients, arguments.Time);
        await server.MigrateAsync();
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var metrics = new RecurringWorkMetrics(services.GetRequiredService<IMeterFactory>(), TimeProvider.System);
        List<Scheduler> schedulers =
        [
            new("Quartz", connections => Node.Of(new QuartzRecurringWork(connections, QuartzRhythm.Default, metrics, NullLoggerFactory.Instance)),
                QuartzOneOffs.RunAsync),
        ];
        AddFurther(schedulers, metrics);
        foreach (var scheduler in schedulers)
        {
            var (pieces, jobs) = (arguments.Number("pieces", 100), arguments.Number("jobs", 2_000));
            var looks = await LooksAsync(scheduler, server.Connections, pieces, arguments.Time);
            Report.Say($"{scheduler.Name,-10} {looks,8:F1} looks/s of {pieces} asked for {looks / t,9:F4} T");
            var took = await scheduler.OneOffs(server.Connections, jobs);
            Report.Say($"{scheduler.Name,-10} {jobs / took.TotalSeconds,8:F1} one-off jobs/s, queued and run {jobs / took.TotalSeconds / t,9:F4} T");
        }
    }

    /// <summary>As many pieces as wanted, each once a second: how many looks come in a second.</summary>
    private static async Task<double> LooksAsync(Scheduler scheduler, DatabaseConnections connections, int pieces, TimeSpan time)
    {
        var looks = 0;
        await using var node = scheduler.NewNode(connections);
        await node.Work.StartAsync(
            [
                .. Enumerable.Range(0, pieces).Select(piece => new RecurringWork($"piece-{piece}", TimeSpan.FromSeconds(1), _ =>
                {
                    Interlocked.Increment(ref looks);
                    return Task.CompletedTask;
                })),
            ],
            CancellationToken.None);
        await Task.Delay(TimeSpan.FromSeconds(3));
        var (before, watch) = (Volatile.Read(ref looks), Stopwatch.StartNew());
        await Task.Delay(time);
        var counted = (Volatile.Read(ref looks) - before) / watch.Elapsed.TotalSeconds;
        await node.Work.StopAsync(CancellationToken.None);
        return counted;
    }

    /// <summary>Due keys, from the first look to the last of them done.</summary>
    private static async Task<TimeSpan> KeysAsync(Scheduler scheduler, DatabaseConnections connections, int keys)
    {
        var due = new ConcurrentDictionary<string, bool>(
            Enumerable.Range(0, keys).Select(key => KeyValuePair.Create($"{key}", true)), StringComparer.Ordinal);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var node = scheduler.NewNode(connections);
        var watch = Stopwatch.StartNew();
        await node.Work.StartAsync(
            [
                new RecurringWork("due", TimeSpan.FromSeconds(15), _ => throw new InvalidOperationException("It is asked key by key."))
                {
                    ByKey = new KeyedWork(
                        _ => Task.FromResult<IReadOnlyList<string>>([.. due.Keys]),
                        (key, _) =>
                        {
                            if (due.TryRemove(key, out var _) && due.IsEmpty)
                                done.TrySetResult();
                            return Task.CompletedTask;
                        }),
                },
            ],
            CancellationToken.None);
        await done.Task;
        var took = watch.Elapsed;
        await node.Work.StopAsync(CancellationToken.None);
        return took;
    }

    static partial void AddFurther(List<Scheduler> schedulers, RecurringWorkMetrics metrics);

    /// <summary>One of them.</summary>
    /// <param name="OneOffs">Queues so many jobs and runs them; answers how long both took together.</param>
    private sealed record Scheduler(
        string Name, Func<DatabaseConnections, Node> NewNode, Func<DatabaseConnections, int, Task<TimeSpan>> OneOffs);

    private sealed record Node(IRecurringWork Work, params IReadOnlyList<IAsyncDisposable> Parts) : IAsyncDisposable
    {
        public static Node Of<T>(T work, params IReadOnlyList<IAsyncDisposable> parts)
            where T : IRecurringWork, IAsyncDisposable => new(work, [work, .. parts]);

        public async ValueTask DisposeAsync()
        {
            foreach (var part in Parts)
                await part.DisposeAsync();
        }
    }
}
