using Hangfire;
using Hangfire.Common;
using Hangfire.States;
using PeerReview.Core.Ports;
using PeerReview.Server.Platform.Clock;

namespace PeerReview.Server.Stacks.Elsa;

/// <summary>The two kinds of job.</summary>
/// <remarks>
/// A stored job names this type <c>peerreview</c>, whatever it is called here, and its method by the method's name: rows of an
/// older release are read by a newer one, and nodes of two releases read each other's. So the names and parameters of the two
/// methods never change; a test runs rows as they are stored today.
/// </remarks>
[StatisticsHistory]
public sealed partial class HangfireJobs(
    IReadOnlyDictionary<string, RecurringWork> work, HangfireStore store, RecurringWorkMetrics metrics, ILogger log)
{
    /// <summary>The queue of what recurs.</summary>
    public const string Looks = "looks";

    /// <summary>The queue of due work by its keys, with workers of its own: however long it grows, it keeps no look waiting.</summary>
    public const string Keys = "keys";

    private const string StoredName = "peerreview";

    /// <summary>Looks whether a piece of work has something to do, unless another node is at it.</summary>
    [AutomaticRetry(Attempts = 0, LogEvents = false), HangfireTidying(KeepSucceededMinutes = 60)]
    public async Task Look(string piece, CancellationToken cancel)
    {
        if (!work.TryGetValue(piece, out var known))
        {
            Unknown(log, piece);
            return;
        }

        await using var alone = await store.HoldAsync(piece, cancel);
        if (alone is not null)
            await CountedAsync(piece, () => known.ByKey is { } keyed ? QueueAsync(piece, keyed, cancel) : known.RunAsync(cancel), cancel);
    }

    /// <summary>Does what is due under one key. Does nothing when that is done, or in other hands.</summary>
    [AutomaticRetry(Attempts = 5, LogEvents = false), HangfireTidying(KeepSucceededMinutes = 1440)]
    public Task Do(string piece, string key, CancellationToken cancel) =>
        work.GetValueOrDefault(piece)?.ByKey is { } keyed
            ? CountedAsync(piece, () => keyed.RunAsync(key, cancel), cancel)
            // Not done and not lost: the next look of a node that knows the piece finds the key again.
            : throw new InvalidOperationException($"This release does not know the work \"{piece}\" by keys.");

    /// <summary>The job that looks at a piece.</summary>
    internal static Job LookAt(string piece) => Job.FromExpression<HangfireJobs>(jobs => jobs.Look(piece, default), Looks);

    /// <summary>What a type is called in a stored job.</summary>
    internal static string NameOf(Type type) =>
        type == typeof(HangfireJobs) ? StoredName : TypeHelper.SimpleAssemblyTypeSerializer(type);

    /// <summary>The type a stored job means.</summary>
    internal static Type TypeOf(string name) =>
        name == StoredName ? typeof(HangfireJobs) : TypeHelper.IgnoredAssemblyVersionTypeResolver(name);

    /// <summary>Queues a job for every key something is due under, unless one is on its way.</summary>
    private async Task QueueAsync(string piece, KeyedWork keyed, CancellationToken cancel)
    {
        var due = await keyed.DueAsync(cancel);
        if (due.Count == 0)
            return;
        var under = OnTheirWay(piece);
        var client = new BackgroundJobClient(store.Storage, JobFilters);
        foreach (var key in due.Where(key => !under.Contains(key)))
        {
            cancel.ThrowIfCancellationRequested();
            client.Create(Job.FromExpression<HangfireJobs>(jobs => jobs.Do(piece, key, default), Keys), new EnqueuedState());
        }
    }

    // Read from the jobs themselves, so that no list of ours can be wrong about them. One that ended in between is queued again.
    private HashSet<string> OnTheirWay(string piece)
    {
        var jobs = store.Storage.GetMonitoringApi();
        return jobs.ScheduledJobs(0, int.MaxValue).Select(one => one.Value?.Job)
            .Concat(jobs.FetchedJobs(Keys, 0, int.MaxValue).Select(one => one.Value?.Job))
            .Concat(jobs.EnqueuedJobs(Keys, 0, int.MaxValue).Select(one => one.Value?.Job))
            .Where(job => job is { Method.Name: nameof(Do) } && (string)job.Args[0] == piece)
            .Select(job => (string)job!.Args[1])
            .ToHashSet(StringComparer.Ordinal);
    }

    private async Task CountedAsync(string piece, Func<Task> run, CancellationToken cancel)
    {
        try
        {
            await run();
            metrics.Ran(piece);
        }
        catch (Exception problem) when (problem is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            metrics.Failed(piece);
            Failed(log, problem, piece);
            throw;
        }
    }

    /// <summary>Filters as the methods above say, and no others.</summary>
    internal static IJobFilterProvider JobFilters { get; } = new JobFilterProviderCollection(new JobFilterAttributeFilterProvider());

    [LoggerMessage(LogLevel.Error, "Recurring work {Work} failed; it runs again in its rhythm")]
    private static partial void Failed(ILogger log, Exception e, string work);

    [LoggerMessage(LogLevel.Warning, "Recurring work {Work} is not known to this release")]
    private static partial void Unknown(ILogger log, string work);
}
