using System.Diagnostics;
using PeerReview.Testing.Journeys;

namespace PeerReview.Testing.Faults;

/// <summary>The way to the nodes of a bed on which things go wrong as a plan says. Whoever sends does what a client should: the
/// same request with the same key again until there is an answer.</summary>
/// <param name="plan">null: nothing goes wrong.</param>
/// <param name="outage">How long the database stays away when it is cut off.</param>
/// <param name="happened">Takes what went wrong, in order, for whoever has to find out why a run failed.</param>
public sealed class FaultyDoor(FaultBed bed, FaultPlan? plan, TimeSpan outage, ICollection<string> happened) : IDoor, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan AtFullDisk = TimeSpan.FromSeconds(1);
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private readonly Dictionary<string, int> _messages = new(StringComparer.Ordinal);

    public Task<DoorAnswer> SendAsync(DoorRequest request)
    {
        var fault = request.Reads || plan is null ? new Fault(FaultKind.None) : plan.Next(Messages(request.Name));
        return UnderAsync(request.Name, fault, node => node.App, cancel => SendOnceAsync(request, cancel));
    }

    public async Task AdvanceAsync(DateTimeOffset to)
    {
        const string name = "time passes";
        var request = new DoorRequest(name, HttpMethod.Post, $"/clock/advance?to={Uri.EscapeDataString(to.ToString("O"))}", null, null, name);
        var fault = plan?.NextInTime(Messages(name)) ?? new Fault(FaultKind.None);
        var answer = await UnderAsync(name, fault, node => node.Worker, cancel => SendOnceAsync(request, cancel));
        if (!answer.IsSuccess)
            throw new InvalidOperationException($"{name}: {answer.Status} {answer.Body} {bed.Node.Account}");
    }

    public void Dispose() => _http.Dispose();

    private int Messages(string name) => _messages.GetValueOrDefault(name, 20);

    private async Task<DoorAnswer> UnderAsync(string name, Fault fault, Func<Node, PostgresProxy> way, Func<CancellationToken, Task<DoorAnswer>> send)
    {
        if (fault.Kind != FaultKind.None)
            happened.Add($"{name}: {fault}");
        switch (fault.Kind)
        {
            case FaultKind.Kill:
                await AtMessageAsync(fault.At, way, send, node => node.KillAsync());
                return await AgainAsync(name, send);
            case FaultKind.Cut:
                await AtMessageAsync(fault.At, way, send, CutAsync);
                return await AgainAsync(name, send);
            case FaultKind.Serialization or FaultKind.Deadlock:
                await bed.Strikes.PlanAsync(fault);
                var struck = await AgainAsync(name, send);
                await bed.Strikes.EndAsync();
                return struck;
            case FaultKind.FullDisk:
                await bed.WithFullDiskAsync(async () =>
                {
                    // Nobody waits longer for letters that cannot go out.
                    await TryAsync(send, AtFullDisk);
                    await Task.Delay(Breath);
                });
                return await AgainAsync(name, send);
            case FaultKind.TwoAtOnce:
                return await TwiceAsync(name, send);
            case FaultKind.Impatience:
                await TryAsync(send, Breath / 10);
                return await AgainAsync(name, send);
            default:
                return await CountedAsync(name, way, send);
        }
    }

    private async Task<DoorAnswer> CountedAsync(string name, Func<Node, PostgresProxy> way, Func<CancellationToken, Task<DoorAnswer>> send)
    {
        var count = 0;
        var proxy = way(bed.Node);
        proxy.Watch(_ =>
        {
            Interlocked.Increment(ref count);
            return false;
        });
        var answer = await AgainAsync(name, send);
        proxy.Watch(_ => false);
        _messages[name] = count;
        return answer;
    }

    /// <summary>Sends, and has something happen to the node at one message, if the request comes that far.</summary>
    private async Task AtMessageAsync(int at, Func<Node, PostgresProxy> way, Func<CancellationToken, Task<DoorAnswer>> send, Func<Node, Task> happen)
    {
        var node = bed.Node;
        var proxy = way(node);
        var count = 0;
        await node.AddressAsync();
        proxy.Watch(_ => Interlocked.Increment(ref count) == at);
        var sending = TryAsync(send);
        if (await Task.WhenAny(proxy.Held, sending) == sending)
        {
            // Over before that message.
            proxy.Watch(_ => false);
            return;
        }

        await happen(node);
        await sending;
        bed.Turn();
    }

    private async Task CutAsync(Node node)
    {
        node.App.IsAway = node.Worker.IsAway = true;
        await node.App.DropAsync();
        await node.Worker.DropAsync();
        _ = MendAsync(node);
    }

    private async Task MendAsync(Node node)
    {
        await Task.Delay(outage);
        node.App.IsAway = node.Worker.IsAway = false;
        await bed.FreeLettersAsync();
    }

    private async Task<DoorAnswer> TwiceAsync(string name, Func<CancellationToken, Task<DoorAnswer>> send)
    {
        await bed.Other.AddressAsync();
        var one = AgainAsync(name, send);
        bed.Turn();
        var other = AgainAsync(name, send);
        var (first, second) = (await one, await other);
        return first.Status == second.Status
            ? first
            : throw new InvalidOperationException($"{name} sent twice at once: {first.Status} {first.Body} and {second.Status} {second.Body}");
    }

    /// <summary>Until there is an answer that is not an accident of the server.</summary>
    private async Task<DoorAnswer> AgainAsync(string name, Func<CancellationToken, Task<DoorAnswer>> send)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            if (await TryAsync(send) is { Status: < 500 } answer)
                return answer;
            if (Stopwatch.GetElapsedTime(started) > Patience)
                throw new InvalidOperationException($"{name}: no answer within {Patience}. {bed.Node.Account}");
            await Task.Delay(Breath);
        }
    }

    /// <summary>Sends once; nothing when there is no answer, or nobody waited for it.</summary>
    private static async Task<DoorAnswer?> TryAsync(Func<CancellationToken, Task<DoorAnswer>> send, TimeSpan? within = null)
    {
        using var waiting = new CancellationTokenSource(within ?? Patience);
        try
        {
            return await send(waiting.Token);
        }
        catch (Exception lost) when (lost is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }

    private async Task<DoorAnswer> SendOnceAsync(DoorRequest request, CancellationToken cancel)
    {
        using var message = OpenDoor.Message(request, await bed.Node.AddressAsync());
        using var answer = await _http.SendAsync(message, cancel);
        return new DoorAnswer((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(cancel));
    }
}
