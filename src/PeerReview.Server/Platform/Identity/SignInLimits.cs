using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace PeerReview.Server.Platform.Identity;

/// <summary>How often somebody may ask for a sign-in letter: five times in a quarter of an hour for one e-mail address, so
/// that nobody's mailbox is flooded, and sixty times from one network, because an institution often shares one.</summary>
/// <remarks>The address of the connection counts, never a header anybody can write. An IPv6 network is its first 64 bits.</remarks>
public sealed class SignInLimits : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private readonly PartitionedRateLimiter<string> _emails = Limiter(5);
    private readonly PartitionedRateLimiter<string> _networks = Limiter(60);

    /// <summary>Counts one request.</summary>
    /// <returns>Null when it may go on; else how long to wait.</returns>
    public TimeSpan? Refuse(string email, IPAddress? from)
    {
        using var network = _networks.AttemptAcquire(NetworkOf(from));
        if (!network.IsAcquired)
            return WaitOf(network);
        using var address = _emails.AttemptAcquire(email.Trim().ToLowerInvariant());
        return address.IsAcquired ? null : WaitOf(address);
    }

    public void Dispose()
    {
        _emails.Dispose();
        _networks.Dispose();
    }

    private static PartitionedRateLimiter<string> Limiter(int permits) => PartitionedRateLimiter.Create<string, string>(
        key => RateLimitPartition.GetFixedWindowLimiter(key, _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = permits,
            Window = Window,
            QueueLimit = 0,
        }),
        StringComparer.Ordinal);

    private static TimeSpan WaitOf(RateLimitLease lease) => lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : Window;

    private static string NetworkOf(IPAddress? from) => from switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => from.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(from.GetAddressBytes().AsSpan(0, 8)),
        _ => from.ToString(),
    };
}
