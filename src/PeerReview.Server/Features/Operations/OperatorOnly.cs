using System.Net;
using PeerReview.Core.Access;
using PeerReview.Server.Platform.Identity;

namespace PeerReview.Server.Features.Operations;

/// <summary>Who may see how the program is doing: operators, and for health and metrics a process on this machine that asks
/// directly.</summary>
internal static class OperatorOnly
{
    // What a proxy adds. With one of them the loopback address is the proxy's and says nothing of who asks.
    private static readonly string[] ProxyHeaders = ["Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP"];

    /// <summary>Whether this request comes from an operator or a process on this machine.</summary>
    public static bool Admits(HttpContext context) => IsOperator(context.Caller().Actor) || IsDirect(context);

    /// <summary>A filter for what only operators get: everybody else is told that it is not there.</summary>
    public static ValueTask<object?> HideAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        IsOperator(context.HttpContext.Caller().Actor) ? next(context) : new(TypedResults.NotFound());

    /// <summary>The same for what auditors may look at beside operators.</summary>
    public static ValueTask<object?> HideFromOthersAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        Access.MayAnywhere(context.HttpContext.Caller().Actor, ProgrammeAct.WatchOperations) ? next(context) : new(TypedResults.NotFound());

    // The installation is one: who operates it for one programme operates it for all.
    private static bool IsOperator(Actor actor) => Access.MayAnywhere(actor, ProgrammeAct.Operate);

    private static bool IsDirect(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote)
        && IsThisMachine(context.Request.Host.Host)
        && !ProxyHeaders.Any(context.Request.Headers.ContainsKey);

    private static bool IsThisMachine(string host) =>
        host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
