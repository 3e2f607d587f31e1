using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using PeerReview.Core.Ports;
using PeerReview.Server.Platform.Mail;
using PeerReview.Server.Platform.Outbox;

namespace PeerReview.Server.Platform.Clock;

/// <summary>Sets the rhythm of everything that happens by itself, once the program answers requests; ends it before the
/// program stops.</summary>
internal sealed class RecurringWorkHost(
    IRecurringWork recurring, OutboxRelay relay, IEnumerable<IDueWork> due, CleanUp cleanUp, DayAnchors anchors, ListeningAddress listening)
    : IHostedLifecycleService
{
    /// <summary>The pieces, by stable names.</summary>
    private List<RecurringWork> Pieces() =>
    [
        new("outbox", TimeSpan.FromSeconds(5), relay.DrainAsync),
        .. due.Select(work => new RecurringWork(work.Name, TimeSpan.FromSeconds(15), work.DrainAsync)),
        new("clean-up", TimeSpan.FromHours(1), cleanUp.RunAsync),
        new("day-anchor", TimeSpan.FromMinutes(10), anchors.MakeAsync),
    ];

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        // The first letters need the address.
        await listening.TellAsync(cancellationToken);
        await recurring.StartAsync(Pieces(), cancellationToken);
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => recurring.StopAsync(cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Tells the letters where this program listens.</summary>
internal sealed class ListeningAddress(IServer server, PublicAddress address)
{
    public async Task TellAsync(CancellationToken cancel)
    {
        if (server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is { } url)
            await address.ListensAtAsync(url, cancel);
    }
}
