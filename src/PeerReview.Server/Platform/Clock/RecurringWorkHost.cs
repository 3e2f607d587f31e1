using PeerReview.Core.Ports;
using PeerReview.Server.Platform.Outbox;

namespace PeerReview.Server.Platform.Clock;

/// <summary>Sets the rhythm of everything that happens by itself, once the program answers requests; ends it before the
/// program stops.</summary>
internal sealed class RecurringWorkHost(
    IRecurringWork recurring, OutboxRelay relay, IEnumerable<IDueWork> due, CleanUp cleanUp, DayAnchors anchors)
    : IHostedLifecycleService
{
    /// <summary>The pieces, by stable names.</summary>
    private List<RecurringWork> Pieces() =>
    [
        .. relay.Lanes.Select(lane => new RecurringWork(
            lane.Name, TimeSpan.FromSeconds(5), cancel => relay.DrainAsync(lane, cancel))),
        .. due.Select(work => new RecurringWork(work.Name, TimeSpan.FromSeconds(15), work.DrainAsync)
        {
            ByKey = work is IKeyedDueWork keyed ? new KeyedWork(keyed.DueAsync, keyed.DrainAsync) : null,
        }),
        new("clean-up", TimeSpan.FromHours(1), cleanUp.RunAsync),
        new("day-anchor", TimeSpan.FromMinutes(10), anchors.MakeAsync),
    ];

    public Task StartedAsync(CancellationToken cancellationToken) => recurring.StartAsync(Pieces(), cancellationToken);

    public Task StoppingAsync(CancellationToken cancellationToken) => recurring.StopAsync(cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
