using Npgsql;
using PeerReview.Core.Ports;
using PeerReview.Server.Platform.Clock;
using PeerReview.Server.Platform.Data;
using Quartz;
using Quartz.Extensibility;

namespace PeerReview.Server.Stacks.Embedded;

/// <summary>Recurring work by Quartz, clustered on PostgreSQL: one node at a time per piece, another takes over within
/// seconds when a node dies.</summary>
/// <remarks>
/// What was missed while nothing ran is made up for by one run (<c>NowWithExistingCount</c>, stored with each trigger, so
/// no later version flips it): a piece only looks for what is due. Rhythms follow the node's clock; what is due is decided
/// by the database's.
/// </remarks>
public sealed partial class QuartzRecurringWork(
    DatabaseConnections connections, QuartzRhythm rhythm, RecurringWorkMetrics metrics, ILoggerFactory logs)
    : IRecurringWork, IAsyncDisposable
{
    private const string Group = "peerreview";

    private readonly ILogger _log = logs.CreateLogger<QuartzRecurringWork>();
    private NpgsqlDataSource? _source;
    private StandaloneSchedulerFactory? _factory;
    private IScheduler? _scheduler;

    public async Task StartAsync(IReadOnlyList<RecurringWork> work, CancellationToken cancel)
    {
        _source = OpenSource();
        _factory = QuartzSchedulerBuilder.Create(quartz => Configure(quartz, work)).Build();
        _scheduler = await _factory.GetScheduler(cancel);

        // Two nodes may start in the same second on an empty database: one makes the tables, the other finds them.
        await using var connection = await _source.OpenConnectionAsync(cancel);
        await using var alone = await connection.BeginTransactionAsync(cancel);
        await using (var command = new NpgsqlCommand(Sql.Alone, connection, alone))
            await command.ExecuteNonQueryAsync(cancel);
        await ScheduleAsync(_scheduler, work, cancel);
        await _scheduler.Start(cancel);
    }

    public async Task StopAsync(CancellationToken cancel)
    {
        if (_scheduler is { } running)
            await running.Shutdown(waitForJobsToComplete: true, cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (_factory is not null)
            await _factory.DisposeAsync();
        if (_source is not null)
            await _source.DisposeAsync();
    }

    private static async Task ScheduleAsync(IScheduler scheduler, IReadOnlyList<RecurringWork> work, CancellationToken cancel)
    {
        foreach (var piece in work)
        {
            var job = JobBuilder.Create<Job>().WithIdentity(piece.Name, Group).RequestRecovery().Build();
            var trigger = TriggerBuilder.Create()
                .WithIdentity(piece.Name, Group)
                .StartNow()
                .WithSimpleSchedule(schedule => schedule
                    .WithInterval(piece.Every)
                    .RepeatForever()
                    .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NowWithExistingCount))
                .Build();
            await scheduler.ScheduleJob(job, [trigger], ScheduleJobOptions.Replacing, cancel);
        }

        var known = work.Select(piece => new JobKey(piece.Name, Group)).ToHashSet();
        var stored = await scheduler.GetJobKeys(GroupMatcher<JobKey>.GroupEquals(Group), cancel);
        await scheduler.DeleteJobs([.. stored.Where(key => !known.Contains(key))], cancel);
    }

    private NpgsqlDataSource OpenSource() => NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connections.Worker)
    {
        SearchPath = "scheduler",
        ApplicationName = "peerreview-scheduler",
        MaxPoolSize = 8,
        Timezone = "UTC",
    });

    private void Configure(IQuartzBuilder quartz, IReadOnlyList<RecurringWork> work)
    {
        quartz.Services.AddSingleton(logs);
        quartz.ConfigureScheduler(scheduler =>
        {
            scheduler.InstanceName = Group;
            scheduler.GenerateInstanceId = true;
            scheduler.IdleWaitTime = rhythm.Idle;
            scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always;
        });
        quartz.UseDefaultThreadPool(work.Count);
        quartz.UseJobFactory(new Jobs(work.ToDictionary(piece => piece.Name, StringComparer.Ordinal), metrics, _log));
        quartz.UsePersistentStore(store =>
        {
            store.UsePostgres(source => source.DataSourceFactory = _ => _source!);
            store.ProvisionSchema();
            store.UseClustering(cluster =>
            {
                cluster.CheckinInterval = rhythm.CheckIn;
                cluster.CheckinMisfireThreshold = rhythm.Silence;
            });
        });
    }

    [LoggerMessage(LogLevel.Error, "Recurring work {Work} failed; it runs again in its rhythm")]
    private static partial void Failed(ILogger log, Exception e, string work);

    [LoggerMessage(LogLevel.Warning, "Recurring work {Work} is not known to this release")]
    private static partial void Unknown(ILogger log, string work);

    /// <summary>One look. Its name in the database is this type's: renaming it needs a new schedule, which every start
    /// writes.</summary>
    [DisallowConcurrentExecution]
    private sealed class Job(RecurringWork? work, string name, RecurringWorkMetrics metrics, ILogger log) : IJob
    {
        public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
        {
            if (work is null)
            {
                Unknown(log, name);
                return;
            }

            try
            {
                await work.RunAsync(cancellationToken);
                metrics.Ran(work.Name);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // Stopping; the next node or start looks again.
            }
            catch (Exception problem)
            {
                // A piece that throws stays scheduled.
                metrics.Failed(work.Name);
                Failed(log, problem, work.Name);
            }
        }
    }

    private sealed class Jobs(Dictionary<string, RecurringWork> work, RecurringWorkMetrics metrics, ILogger log) : IJobFactory
    {
        public ValueTask<JobScope> CreateJob(
            TriggerFiredBundle bundle, IScheduler scheduler, CancellationToken cancellationToken = default)
        {
            var name = bundle.JobDetail.Key.Name;
            return ValueTask.FromResult(new JobScope(new Job(work.GetValueOrDefault(name), name, metrics, log)));
        }

        public ValueTask ReturnJob(JobScope scope, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
    }

    private static class Sql
    {
        public const string Alone = "SELECT pg_advisory_xact_lock(70656573)";
    }
}

/// <summary>How the nodes of a cluster watch each other. Real time.</summary>
/// <param name="CheckIn">How often a node says that it lives.</param>
/// <param name="Silence">How long beyond that it may be silent before another takes its work over.</param>
/// <param name="Idle">How long a node without work waits before it looks again.</param>
public sealed record QuartzRhythm(TimeSpan CheckIn, TimeSpan Silence, TimeSpan Idle)
{
    public static QuartzRhythm Default { get; } = new(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(5));
}
