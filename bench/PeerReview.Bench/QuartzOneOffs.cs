using System.Diagnostics;
using Npgsql;
using PeerReview.Server.Platform.Data;
using Quartz;

namespace PeerReview.Bench;

/// <summary>One-off jobs in Quartz, clustered on PostgreSQL as the product has it. The product itself has none: it leaves due
/// work in its own rows.</summary>
internal static class QuartzOneOffs
{
    private static int _left;
    private static TaskCompletionSource _done = new();

    public static async Task<TimeSpan> RunAsync(DatabaseConnections connections, int jobs)
    {
        (_left, _done) = (jobs, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await using var source = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(connections.Worker) { SearchPath = "scheduler", Timezone = "UTC", MaxPoolSize = 16 });
        await using var factory = QuartzSchedulerBuilder.Create(quartz =>
        {
            quartz.ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = "bench";
                scheduler.GenerateInstanceId = true;
            });
            quartz.UseDefaultThreadPool(8);
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(options => options.DataSourceFactory = _ => source);
                store.ProvisionSchema();
                store.UseClustering();
            });
        }).Build();
        var scheduler = await factory.GetScheduler();
        await scheduler.Start();
        var watch = Stopwatch.StartNew();
        for (var job = 0; job < jobs; job++)
        {
            await scheduler.ScheduleJob(
                JobBuilder.Create<Nothing>().WithIdentity($"job-{job}", "bench").Build(),
                TriggerBuilder.Create().WithIdentity($"job-{job}", "bench").StartNow().Build());
        }

        await _done.Task;
        var took = watch.Elapsed;
        await scheduler.Shutdown(waitForJobsToComplete: true);
        return took;
    }

    private sealed class Nothing : IJob
    {
        public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
        {
            if (Interlocked.Decrement(ref _left) == 0)
                _done.SetResult();
            return ValueTask.CompletedTask;
        }
    }
}
