using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Security.Authentication;

namespace PeerReview.Server.Platform.Mail;

/// <summary>Mail by SMTP over a few connections that are kept open.</summary>
internal sealed class SmtpMailer(MailOptions options) : IMailer, IAsyncDisposable
{
    private const int Kept = 8;

    private readonly ConcurrentBag<SmtpConnection> _idle = [];
    private readonly string _from = MailHeader.Address(options.From);

    public async Task SendAsync(OutgoingMail mail, CancellationToken cancel)
    {
        var to = MailHeader.Address(mail.To);
        var message = MailText.Of(mail, options);
        // A connection that waited may have been closed by the server; before the message is out a new one is harmless.
        while (_idle.TryTake(out var waiting))
        {
            if (await TrySendAsync(waiting, to, message, cancel))
                return;
        }

        using var patience = Patience(cancel);
        SmtpConnection fresh;
        try
        {
            fresh = await SmtpConnection.OpenAsync(options, patience.Token);
        }
        catch (Exception problem) when (IsBroken(problem, cancel))
        {
            throw new MailException(MailFailure.Later, "The mail server cannot be reached.", problem);
        }

        if (!await TrySendAsync(fresh, to, message, cancel))
            throw new MailException(MailFailure.Later, "The connection to the mail server broke before the message was sent.");
    }

    public async ValueTask DisposeAsync()
    {
        while (_idle.TryTake(out var connection))
            await connection.DisposeAsync();
    }

    /// <summary>False when the connection broke while the server could not have taken the message.</summary>
    private async Task<bool> TrySendAsync(SmtpConnection connection, string to, string message, CancellationToken cancel)
    {
        var sent = false;
        var keep = false;
        using var patience = Patience(cancel);
        try
        {
            await connection.SendAsync(_from, to, message, () => sent = true, patience.Token);
            return keep = true;
        }
        catch (Exception problem) when (IsBroken(problem, cancel))
        {
            return sent
                ? throw new MailException(
                    MailFailure.Uncertain, "The connection broke after the message was sent and before the server's answer.", problem)
                : false;
        }
        finally
        {
            if (keep && _idle.Count < Kept)
                _idle.Add(connection);
            else
                await connection.DisposeAsync();
        }
    }

    private CancellationTokenSource Patience(CancellationToken cancel)
    {
        var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(options.Patience);
        return patience;
    }

    private static bool IsBroken(Exception problem, CancellationToken cancel) => problem switch
    {
        OperationCanceledException => !cancel.IsCancellationRequested,
        _ => problem is IOException or SocketException or AuthenticationException or ObjectDisposedException,
    };
}
