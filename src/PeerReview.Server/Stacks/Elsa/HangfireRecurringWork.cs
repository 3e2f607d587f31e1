using Hangfire;
using Hangfire.Logging;
using Hangfire.Storage;
using PeerReview.Core.Ports;
using PeerReview.Server.Platform.Clock;
using Level = Microsoft.Extensions.Logging.LogLevel;

namespace PeerReview.Server.Stacks.Elsa;

/// <summary>Recurring work by Hangfire on PostgreSQL: one node at a time per piece, another takes over within seconds when a node
/// dies. Due work that has keys becomes one job per key, so that operators see each, and its retries, on the dashboard.</summary>
/// <remarks>
/// What recurs has a queue and workers of its own. A look that finds its piece in hand on another node ends at once. What was
/// missed while nothing ran is made up for by one look, which every start makes. Rhythms follow the nodes' clocks; what is due is
/// decided by the database's.
/// </remarks>
public sealed partial class HangfireRecurringWork(
    HangfireStore store, HangfireRhythm rhythm, RecurringWorkMetrics metrics, ILoggerFactory logs)
    : IRecurringWork, IAsyncDisposable
{
    // They wait for the database nearly all the time.
    private const int KeyWorkers = 8;

    private readonly ILogger _log = logs.CreateLogger<HangfireRecurringWork>();
    private readonly List<BackgroundJobServer> _servers = [];

    public async Task StartAsync(IReadOnlyList<RecurringWork> work, CancellationToken cancel)
    {
        LogProvider.SetCurrentLogProvider(new HangfireLogs(_log));
        await store.MakeAsync(cancel);
        Schedule(work, cancel);
        var jobs = new HangfireJobs(
            work.ToDictionary(piece => piece.Name, StringComparer.Ordinal), store, metrics, logs.CreateLogger<HangfireJobs>());
        // One worker more than pieces: with every piece in hand there is still one to see that a look is not needed.
        _servers.Add(Serve(HangfireJobs.Looks, work.Count + 1, jobs));
        if (work.Any(piece => piece.ByKey is not null))
            _servers.Add(Serve(HangfireJobs.Keys, KeyWorkers, jobs));
    }

    public Task StopAsync(CancellationToken cancel)
    {
        foreach (var server in _servers)
            server.SendStop();
        return Task.WhenAll(_servers.Select(server => server.WaitForShutdownAsync(cancel)));
    }

    public ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
            server.Dispose();
        _servers.Clear();
        return ValueTask.CompletedTask;
    }

    private void Schedule(IReadOnlyList<RecurringWork> work, CancellationToken cancel)
    {
        var schedule = new RecurringJobManager(store.Storage, HangfireJobs.JobFilters);
        foreach (var piece in work)
            Locked(piece.Name, () => Set(schedule, piece), cancel);

        using var connection = store.Storage.GetConnection();
        foreach (var gone in connection.GetRecurringJobs().Select(one => one.Id).Except(work.Select(piece => piece.Name), StringComparer.Ordinal))
            Locked(gone, () => schedule.RemoveIfExists(gone), cancel);
    }

    private static void Set(RecurringJobManager schedule, RecurringWork piece)
    {
        schedule.AddOrUpdate(
            piece.Name, HangfireJobs.LookAt(piece.Name), HangfireRhythm.Cron(piece.Every),
            new RecurringJobOptions { TimeZone = TimeZoneInfo.Utc, MisfireHandling = MisfireHandlingMode.Relaxed });
        schedule.Trigger(piece.Name);
    }

    /// <summary>Changes the schedule of a piece, for which Hangfire takes the lock of the piece.</summary>
    /// <remarks>It gives up after fifteen seconds. A node that was killed with the lock in hand leaves it behind, for longer than that
    /// when its clock was ahead; then this one starts later, instead of not at all.</remarks>
    private void Locked(string piece, Action change, CancellationToken cancel)
    {
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            try
            {
                change();
                return;
            }
            catch (DistributedLockTimeoutException)
            {
                StillLocked(_log, piece);
            }
        }
    }

    private BackgroundJobServer Serve(string queue, int workers, HangfireJobs jobs) => new(
        new BackgroundJobServerOptions
        {
            // Hangfire adds the number of the process and one of its own.
            ServerName = $"{Environment.MachineName}/{queue}",
            Queues = [queue],
            WorkerCount = workers,
            // Schedules, retries and cleaning up are done by the server of what recurs.
            IsLightweightServer = queue != HangfireJobs.Looks,
            SchedulePollingInterval = rhythm.Poll,
            HeartbeatInterval = rhythm.Silence / 3,
            ServerCheckInterval = rhythm.Silence,
            ServerTimeout = rhythm.Silence * 3,
            // A piece in hand is asked to end at once and waited for; the host says how long.
            StopTimeout = TimeSpan.Zero,
            ShutdownTimeout = Timeout.InfiniteTimeSpan,
            FilterProvider = HangfireJobs.JobFilters,
            Activator = new Jobs(jobs),
        },
        store.Storage);

    [LoggerMessage(Level.Warning, "The schedule of {Work} is locked by another node, or by one that was killed; the start waits for it")]
    private static partial void StillLocked(ILogger log, string work);

    private sealed class Jobs(HangfireJobs jobs) : JobActivator
    {
        public override object ActivateJob(Type jobType) => jobs;
    }
}
