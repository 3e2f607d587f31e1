using System.Net;

namespace PeerReview.Server.Features.Operations;

/// <summary>Who may see how the program is doing: a process on this machine that asks directly.</summary>
internal static class OperatorOnly
{
    // What a proxy adds. With one of them the loopback address is the proxy's and says nothing of who asks.
    private static readonly string[] ProxyHeaders = ["Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP"];

    /// <summary>Whether this request comes from an operator.</summary>
    public static bool Admits(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote)
        && IsThisMachine(context.Request.Host.Host)
        && !ProxyHeaders.Any(context.Request.Headers.ContainsKey);

    private static bool IsThisMachine(string host) =>
        host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
