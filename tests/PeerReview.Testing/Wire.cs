using System.Net;
using System.Net.Sockets;
using Npgsql;
using PeerReview.Server.Platform.Data;

namespace PeerReview.Testing;

/// <summary>A wire to PostgreSQL that a test can cut and mend, for what happens when a network does.</summary>
public sealed class Wire : IDisposable
{
    private readonly List<Socket> _open = [];
    private readonly Lock _lock = new();
    private Socket? _listener;
    private EndPoint? _server;
    private int _port;

    /// <summary>The same logins over this wire.</summary>
    public DatabaseConnections Lead(DatabaseConnections direct)
    {
        var settings = new NpgsqlConnectionStringBuilder(direct.App);
        _server = settings.Host!.StartsWith('/')
            ? new UnixDomainSocketEndPoint(Path.Combine(settings.Host, $".s.PGSQL.{settings.Port}"))
            : new DnsEndPoint(settings.Host, settings.Port);
        Mend();
        return direct with { App = Over(direct.App), Worker = Over(direct.Worker) };
    }

    /// <summary>From now on nobody gets through, and whoever was through is cut off.</summary>
    public void Cut()
    {
        lock (_lock)
        {
            _listener?.Dispose();
            _open.ForEach(socket => socket.Dispose());
            _open.Clear();
        }
    }

    /// <summary>New connections get through again.</summary>
    public void Mend()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, _port));
        listener.Listen();
        _port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        lock (_lock)
            _listener = listener;
        _ = AcceptAsync(listener);
    }

    public void Dispose() => Cut();

    private string Over(string connection) => new NpgsqlConnectionStringBuilder(connection)
    {
        Host = "127.0.0.1",
        Port = _port,
        SslMode = SslMode.Disable,
    }.ConnectionString;

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                var near = await listener.AcceptAsync();
                var far = new Socket(_server!.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
                await far.ConnectAsync(_server);
                lock (_lock)
                    _open.AddRange([near, far]);
                _ = CarryAsync(near, far);
                _ = CarryAsync(far, near);
            }
        }
        catch (Exception cut) when (cut is SocketException or ObjectDisposedException)
        {
            // The test cut it.
        }
    }

    private static async Task CarryAsync(Socket from, Socket to)
    {
        var bytes = new byte[16_384];
        try
        {
            for (var read = await from.ReceiveAsync(bytes); read > 0; read = await from.ReceiveAsync(bytes))
            {
                for (var sent = 0; sent < read;)
                    sent += await to.SendAsync(bytes.AsMemory(sent, read - sent));
            }

            to.Dispose();
        }
        catch (Exception cut) when (cut is SocketException or ObjectDisposedException)
        {
            to.Dispose();
        }
    }
}
