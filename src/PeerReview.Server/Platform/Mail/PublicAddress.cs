using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Platform.Mail;

/// <summary>The start of the address in every letter: that of the site, and where this program does not serve it, the one
/// the serving program left in the database. So a command line that moves the clock writes the same addresses.</summary>
public sealed class PublicAddress(Database database, Site site)
{
    private static readonly Uri Nowhere = new("http://localhost/");

    private Uri? _stored;

    /// <summary>The address, ending with <c>/</c>.</summary>
    public async ValueTask<Uri> GetAsync(CancellationToken cancel)
    {
        if (site.IsKnown)
            return site.Address;
        return _stored ??= await database.Worker.SingleOrDefaultAsync<string>(Scope.None, Sql.Read, null, cancel) is { } address
            ? new Uri(address)
            : Nowhere;
    }

    /// <summary>Leaves the address of the site in the database; the one it listens at, when none was set.</summary>
    public async Task LeaveAsync(string? listens, CancellationToken cancel)
    {
        if (!site.IsKnown && listens is not null)
            site.Address = new Uri(listens);
        if (site.IsKnown)
            await database.ExecuteAsync(Scope.None, Sql.Leave, new { Address = site.Address.AbsoluteUri }, cancel);
    }

    private static class Sql
    {
        public const string Read = "SELECT value FROM app.setting WHERE key = 'address'";

        public const string Leave =
            """
            INSERT INTO app.setting (key, value) VALUES ('address', @Address)
            ON CONFLICT (key) DO UPDATE SET value = excluded.value
            """;
    }
}

/// <summary>Leaves the address once the program listens, before anything that happens by itself writes a letter.</summary>
internal sealed class PublicAddressHost(PublicAddress address, IServer server) : IHostedLifecycleService
{
    public Task StartedAsync(CancellationToken cancellationToken) =>
        address.LeaveAsync(server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault(), cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
