using Hangfire;
using Hangfire.Common;
using Hangfire.Server;
using Hangfire.States;
using Hangfire.Storage;

namespace PeerReview.Server.Stacks.Elsa;

/// <summary>Keeps the lists of the dashboard readable: what ended well goes after a while, and of what fails over and over only
/// the newest failure stays until somebody looks.</summary>
/// <remarks>Hangfire keeps failed jobs for ever. A look that fails every few seconds would fill the table.</remarks>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class HangfireTidyingAttribute : JobFilterAttribute, IApplyStateFilter, IServerFilter
{
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(7);

    /// <summary>How long a job that ended well can be seen.</summary>
    public int KeepSucceededMinutes { get; init; }

    public void OnStateApplied(ApplyStateContext context, IWriteOnlyTransaction transaction)
    {
        if (context.NewState is SucceededState)
            context.JobExpirationTimeout = TimeSpan.FromMinutes(KeepSucceededMinutes);
    }

    public void OnStateUnapplied(ApplyStateContext context, IWriteOnlyTransaction transaction)
    {
    }

    public void OnPerforming(PerformingContext context)
    {
    }

    public void OnPerformed(PerformedContext context)
    {
        if (context.Exception is null or OperationCanceledException)
            return;
        var which = "failed:" + string.Join(' ', context.BackgroundJob.Job.Args.OfType<string>());
        var client = new BackgroundJobClient(context.Storage, HangfireJobs.JobFilters);
        using var transaction = (JobStorageTransaction)context.Connection.CreateWriteTransaction();
        foreach (var earlier in context.Connection.GetAllItemsFromSet(which))
        {
            // One whose failure is only just being written stays for the next time.
            if (earlier != context.BackgroundJob.Id && client.Delete(earlier, FailedState.StateName))
                transaction.RemoveFromSet(which, earlier);
        }

        transaction.AddToSet(which, context.BackgroundJob.Id);
        transaction.ExpireSet(which, Remembered);
        transaction.Commit();
    }
}
