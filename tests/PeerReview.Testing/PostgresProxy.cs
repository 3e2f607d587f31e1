using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace PeerReview.Testing;

/// <summary>Stands between a program and PostgreSQL, message by message, and can hold one message and all that follow it on
/// its connection: so a test ends the program at a known point of a transaction.</summary>
public sealed class PostgresProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly NpgsqlConnectionStringBuilder _server;
    private readonly ConcurrentBag<PostgresLine> _lines = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private CancellationTokenSource _dropped = new();
    private TaskCompletionSource<PostgresMessage> _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Func<PostgresMessage, bool>? _where;

    /// <summary>Listens at once, in front of the server of a connection string.</summary>
    public PostgresProxy(string connection)
    {
        _server = new NpgsqlConnectionStringBuilder(connection);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>The first message that is held; completes when there is one.</summary>
    public Task<PostgresMessage> Held => _held.Task;

    /// <summary>The same login, through this proxy.</summary>
    public string Through => new NpgsqlConnectionStringBuilder(_server.ConnectionString)
    {
        Host = "127.0.0.1",
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port,
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
    }.ConnectionString;

    /// <summary>Begins to look for messages to hold.</summary>
    /// <param name="where">Asked of every message, in order on each connection; every one it wants is held.</param>
    public void Watch(Func<PostgresMessage, bool> where)
    {
        _held = new TaskCompletionSource<PostgresMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _where = where;
    }

    /// <summary>Whether new connections are turned away at once, as a server that is not there does.</summary>
    public bool IsAway { get; set; }

    /// <summary>Drops every connection, as the network does when one side is gone; what is held is never sent.</summary>
    public async Task DropAsync()
    {
        _where = null;
        var dropped = Interlocked.Exchange(ref _dropped, new CancellationTokenSource());
        await dropped.CancelAsync();
        while (_lines.TryTake(out var line))
            await line.Ended;
        dropped.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await DropAsync();
        _dropped.Dispose();
        _stop.Dispose();
    }

    /// <summary>Returns when a message may go on.</summary>
    internal async Task PassAsync(PostgresMessage message, CancellationToken dropped)
    {
        if (_where is not { } where || !where(message))
            return;
        _held.TrySetResult(message);
        await Task.Delay(Timeout.Infinite, dropped);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                if (IsAway)
                {
                    client.Dispose();
                    continue;
                }

                var server = new Socket(IsUnix ? AddressFamily.Unix : AddressFamily.InterNetwork, SocketType.Stream, IsUnix ? ProtocolType.Unspecified : ProtocolType.Tcp);
                await server.ConnectAsync(Address, _stop.Token);
                _lines.Add(new PostgresLine(this, client.Client, server, _dropped.Token));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private bool IsUnix => _server.Host!.StartsWith('/');

    private EndPoint Address => IsUnix
        ? new UnixDomainSocketEndPoint($"{_server.Host}/.s.PGSQL.{_server.Port}")
        : new IPEndPoint(Dns.GetHostAddresses(_server.Host!).First(a => a.AddressFamily == AddressFamily.InterNetwork), _server.Port);
}

/// <summary>One message of the protocol.</summary>
/// <param name="Kind">Its letter: E executes, C says that a statement is complete, Z that the server is ready.</param>
/// <param name="Statement">The statement it is about, as far as that is known.</param>
/// <param name="Text">Of C: what was completed, such as <c>COMMIT</c>.</param>
public sealed record PostgresMessage(bool FromClient, char Kind, string Statement, string Text);
