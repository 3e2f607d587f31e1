using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace PeerReview.Testing;

/// <summary>A real SMTP server on a free port of this machine: takes mail by the protocol and keeps it. Can refuse, hang up
/// after the message, or take its time, as its <see cref="Behaviour"/> says.</summary>
public sealed class SmtpServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<Eml> _taken = new();
    private readonly Channel<Eml> _arrivals = Channel.CreateUnbounded<Eml>();
    private readonly ConcurrentBag<Task> _conversations = [];
    private readonly Task _accepting;
    private int _connections;

    /// <summary>Starts listening at once.</summary>
    public SmtpServer()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Its TCP port on 127.0.0.1.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What it does with a message that came whole; takes it unless told otherwise.</summary>
    public Func<Eml, Task<SmtpBehaviour>> Behaviour { get; set; } = _ => Task.FromResult(SmtpBehaviour.Take);

    /// <summary>What it answers to a recipient: 250 unless told otherwise.</summary>
    public Func<string, int> Recipient { get; set; } = _ => 250;

    /// <summary>What it took, in order.</summary>
    public IReadOnlyList<Eml> Taken => [.. _taken];

    /// <summary>Connections so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>The next message it took that was not asked for yet; waits for it.</summary>
    public async Task<Eml> NextAsync(CancellationToken cancel) => await _arrivals.Reader.ReadAsync(cancel);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_conversations);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                _conversations.Add(TalkAsync(client));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await TalkAsync(client.GetStream());
            }
            catch (Exception end) when (end is IOException or OperationCanceledException or ObjectDisposedException)
            {
                // The other side is gone, or the server stops.
            }
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII);
        await SayAsync(stream, "220 test");
        var (from, to) = ("", "");
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            switch (line.ToUpperInvariant().Split(' ', ':')[0])
            {
                case "EHLO":
                    await SayAsync(stream, "250-test\r\n250 8BITMIME");
                    break;
                case "MAIL":
                    from = Between(line);
                    await SayAsync(stream, "250 ok");
                    break;
                case "RCPT":
                    to = Between(line);
                    await SayAsync(stream, $"{Recipient(to)} recipient");
                    break;
                case "DATA":
                    await SayAsync(stream, "354 go on");
                    if (!await TakeAsync(stream, Eml.Parse(await ReadMessageAsync(reader), from, to)))
                        return;
                    break;
                case "QUIT":
                    await SayAsync(stream, "221 bye");
                    return;
                default:
                    await SayAsync(stream, "250 ok");
                    break;
            }
        }
    }

    /// <summary>False to hang up.</summary>
    private async Task<bool> TakeAsync(NetworkStream stream, Eml message)
    {
        var behaviour = await Behaviour(message).WaitAsync(_stop.Token);
        if (behaviour is SmtpBehaviour.Take or SmtpBehaviour.TakeAndHangUp)
        {
            _taken.Enqueue(message);
            _arrivals.Writer.TryWrite(message);
        }

        if (behaviour is SmtpBehaviour.TakeAndHangUp or SmtpBehaviour.HangUp)
            return false;
        await SayAsync(stream, behaviour switch
        {
            SmtpBehaviour.Take => "250 taken",
            SmtpBehaviour.NotNow => "451 not now",
            _ => "554 never",
        });
        return true;
    }

    private async Task<string> ReadMessageAsync(StreamReader reader)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            if (line == ".")
                return text.ToString();
            text.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }

        throw new IOException("The message was cut off: it was not handed over.");
    }

    private static string Between(string line) => line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.LastIndexOf('>')];

    private static async Task SayAsync(NetworkStream stream, string text) =>
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text + "\r\n"));
}

/// <summary>What a server does with a message that came whole.</summary>
public enum SmtpBehaviour
{
    /// <summary>Takes it and says so.</summary>
    Take,

    /// <summary>Takes it and hangs up without saying so.</summary>
    TakeAndHangUp,

    /// <summary>Hangs up without taking it; for the sender the same as <see cref="TakeAndHangUp"/>.</summary>
    HangUp,

    /// <summary>Refuses it for now (451).</summary>
    NotNow,

    /// <summary>Refuses it for good (554).</summary>
    Never,
}
