using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace PeerReview.Testing;

/// <summary>One connection through the proxy: both directions, message by message.</summary>
internal sealed class PostgresLine
{
    private readonly PostgresProxy _proxy;
    private readonly CancellationToken _dropped;
    private readonly Dictionary<string, string> _prepared = new(StringComparer.Ordinal);
    private string _bound = "";

    public PostgresLine(PostgresProxy proxy, Socket client, Socket server, CancellationToken dropped)
    {
        (_proxy, _dropped) = (proxy, dropped);
        // Messages are passed on one by one: each would wait for the other side's word that it has the last one.
        client.NoDelay = true;
        if (server.ProtocolType == ProtocolType.Tcp)
            server.NoDelay = true;
        Ended = RunAsync(client, server);
    }

    /// <summary>Completes when both sides are closed.</summary>
    public Task Ended { get; }

    private async Task RunAsync(Socket client, Socket server)
    {
        await using var left = new NetworkStream(client, ownsSocket: true);
        await using var right = new NetworkStream(server, ownsSocket: true);
        using var closing = CancellationTokenSource.CreateLinkedTokenSource(_dropped);
        var there = PumpAsync(left, right, fromClient: true, closing.Token);
        var back = PumpAsync(right, left, fromClient: false, closing.Token);
        await Task.WhenAny(there, back);
        await closing.CancelAsync();
        await Task.WhenAll(there, back);
    }

    private async Task PumpAsync(NetworkStream source, NetworkStream to, bool fromClient, CancellationToken cancel)
    {
        await using var from = new BufferedStream(source, 16 * 1024);
        try
        {
            // What a client says first has no letter; without encryption it is the start-up message alone.
            for (var head = fromClient ? 0 : 1; ; head = 1)
            {
                var message = await ReadAsync(from, head, cancel);
                if (head == 1)
                    await _proxy.PassAsync(Of(message, fromClient), cancel);
                await to.WriteAsync(message, cancel);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // One side is gone, or the proxy drops the line.
        }
    }

    private static async Task<byte[]> ReadAsync(Stream from, int head, CancellationToken cancel)
    {
        var start = new byte[head + 4];
        await from.ReadExactlyAsync(start, cancel);
        var message = new byte[head + BinaryPrimitives.ReadInt32BigEndian(start.AsSpan(head))];
        start.CopyTo(message, 0);
        await from.ReadExactlyAsync(message.AsMemory(start.Length), cancel);
        return message;
    }

    private PostgresMessage Of(byte[] message, bool fromClient)
    {
        var kind = (char)message[0];
        var body = message.AsSpan(5);
        switch (fromClient, kind)
        {
            case (true, 'P'):
                var name = Word(ref body);
                _prepared[name] = Word(ref body);
                break;
            case (true, 'B'):
                Word(ref body);
                _bound = _prepared.GetValueOrDefault(Word(ref body), "");
                break;
            case (true, 'Q'):
                _bound = Word(ref body);
                break;
            case (false, 'C'):
                return new PostgresMessage(fromClient, kind, _bound, Word(ref body));
            default:
                break;
        }

        return new PostgresMessage(fromClient, kind, _bound, "");
    }

    private static string Word(ref Span<byte> body)
    {
        var end = body.IndexOf((byte)0);
        var word = Encoding.UTF8.GetString(body[..end]);
        body = body[(end + 1)..];
        return word;
    }
}
