using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace PeerReview.Server.Platform.Mail;

/// <summary>One conversation with an SMTP server.</summary>
/// <remarks>
/// Written by hand for one reason: the client of the framework does not say whether a connection broke before or after the
/// message was out, and that is what tells "send again" from "may have been taken" (<see cref="MailFailure.Uncertain"/>).
/// Source: RFC 5321, RFC 3207, RFC 4616. Not thread-safe; useless after any failure.
/// </remarks>
internal sealed class SmtpConnection : IAsyncDisposable
{
    private const int LongestReply = 2_000;
    private const string Recipient = "RCPT";
    private const string Message = "the message";

    private readonly MailOptions _options;
    private readonly TcpClient _client;
    private readonly byte[] _received = new byte[4_096];
    private Stream _stream;
    private int _from;
    private int _until;
    private HashSet<string> _extensions = [];

    private SmtpConnection(MailOptions options, TcpClient client)
    {
        _options = options;
        _client = client;
        _stream = client.GetStream();
    }

    /// <summary>Connects, greets, protects the connection and logs in, as the options say.</summary>
    public static async Task<SmtpConnection> OpenAsync(MailOptions options, CancellationToken cancel)
    {
        var client = new TcpClient { NoDelay = true };
        try
        {
            await client.ConnectAsync(options.Host!, options.Port, cancel);
            var connection = new SmtpConnection(options, client);
            await connection.GreetAsync(cancel);
            return connection;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Hands one message over.</summary>
    /// <param name="from">Envelope sender, checked.</param>
    /// <param name="to">Envelope recipient, checked.</param>
    /// <param name="message">Headers and body, ASCII, CRLF.</param>
    /// <param name="sent">Called when the last byte goes out: what breaks after it is uncertain.</param>
    public async Task SendAsync(string from, string to, string message, Action sent, CancellationToken cancel)
    {
        await AskAsync($"MAIL FROM:<{from}>", 250, cancel);
        await AskAsync($"RCPT TO:<{to}>", 250, cancel);
        await AskAsync("DATA", 354, cancel);
        var stuffed = (message.StartsWith('.') ? "." : "") + message.Replace("\r\n.", "\r\n..", StringComparison.Ordinal);
        await WriteAsync(stuffed, cancel);
        sent();
        await WriteAsync(".\r\n", cancel);
        await ExpectAsync(250, Message, cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _client.Dispose();
    }

    private async Task GreetAsync(CancellationToken cancel)
    {
        if (_options.Security == MailSecurity.Tls)
            await ProtectAsync(cancel);
        await ExpectAsync(220, "the greeting", cancel);
        await HelloAsync(cancel);
        if (_options.Security == MailSecurity.StartTls)
        {
            if (!_extensions.Contains("STARTTLS"))
                throw new MailException(MailFailure.Later, "The mail server offers no TLS; correct its settings or ours.");
            await AskAsync("STARTTLS", 220, cancel);
            // Whatever came in clear after the answer was not said by the server we are about to check.
            _from = _until = 0;
            await ProtectAsync(cancel);
            await HelloAsync(cancel);
        }

        if (_options.User is { } user)
            await LogInAsync(user, cancel);
    }

    private async Task HelloAsync(CancellationToken cancel)
    {
        var lines = await AskAsync("EHLO peerreview", 250, cancel);
        _extensions = [.. lines.Skip(1).Select(line => line.Trim().ToUpperInvariant())];
    }

    private async Task LogInAsync(string user, CancellationToken cancel)
    {
        if (_stream is not SslStream)
            throw new MailException(MailFailure.Later, "A password is only sent over TLS; set the security of mail to it.");
        var secret = Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{user}\0{_options.Password}"));
        await WriteAsync($"AUTH PLAIN {secret}\r\n", cancel);
        await ExpectAsync(235, "the login", cancel);
    }

    private async Task ProtectAsync(CancellationToken cancel)
    {
        var tls = new SslStream(_stream);
        _stream = tls;
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = _options.Host,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            },
            cancel);
    }

    private async Task<List<string>> AskAsync(string command, int wanted, CancellationToken cancel)
    {
        await WriteAsync(command + "\r\n", cancel);
        return await ExpectAsync(wanted, command[..4].Trim(), cancel);
    }

    private async Task WriteAsync(string text, CancellationToken cancel)
    {
        await _stream.WriteAsync(Encoding.ASCII.GetBytes(text), cancel);
        await _stream.FlushAsync(cancel);
    }

    private async Task<List<string>> ExpectAsync(int wanted, string to, CancellationToken cancel)
    {
        var lines = new List<string>();
        while (true)
        {
            var line = await ReadLineAsync(cancel);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code))
                throw new MailException(MailFailure.Later, $"The mail server does not speak SMTP: its answer to {to} has no code.");
            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length > 3 && line[3] == '-' && lines.Count < 100)
                continue;
            if (code == wanted)
                return lines;
            // The text of the server stays out: servers repeat addresses in it.
            throw new MailException(
                code >= 500 && to is Recipient or Message ? MailFailure.Never : MailFailure.Later,
                $"The mail server answered {code} to {to}.");
        }
    }

    private async Task<string> ReadLineAsync(CancellationToken cancel)
    {
        var line = new StringBuilder();
        while (line.Length <= LongestReply)
        {
            if (_from == _until)
            {
                _from = 0;
                _until = await _stream.ReadAsync(_received, cancel);
                if (_until == 0)
                    throw new EndOfStreamException("The mail server closed the connection.");
            }

            var next = (char)_received[_from++];
            if (next == '\n')
                return line.ToString().TrimEnd('\r');
            line.Append(next);
        }

        throw new MailException(MailFailure.Later, "The mail server does not speak SMTP: its answer has no end.");
    }
}
