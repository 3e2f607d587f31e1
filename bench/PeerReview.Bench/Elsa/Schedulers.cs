using Microsoft.Extensions.Logging.Abstractions;
using PeerReview.Server.Platform.Clock;
using PeerReview.Server.Stacks.Elsa;

namespace PeerReview.Bench;

internal static partial class Schedulers
{
    static partial void AddFurther(List<Scheduler> schedulers, RecurringWorkMetrics metrics)
    {
        Scheduler? hangfire = null;
        hangfire = new Scheduler(
            "Hangfire",
            connections =>
            {
                var store = new HangfireStore(connections, HangfireRhythm.Default);
                return Node.Of(new HangfireRecurringWork(store, HangfireRhythm.Default, metrics, NullLoggerFactory.Instance), store);
            },
            (connections, jobs) => KeysAsync(hangfire!, connections, jobs));
        schedulers.Add(hangfire);
    }
}
