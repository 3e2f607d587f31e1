using System.Globalization;

namespace PeerReview.Server.Platform.Mail;

/// <summary>Where mail goes. One of <see cref="Pickup"/> and <see cref="Host"/> is set.</summary>
public sealed record MailOptions
{
    /// <summary>The folder that takes every message as an <c>.eml</c> file; null for SMTP.</summary>
    public string? Pickup { get; init; }

    /// <summary>The SMTP server; null for a pickup folder.</summary>
    public string? Host { get; init; }

    /// <summary>TCP port: 25 between servers, 587 for submission, 465 for <see cref="MailSecurity.Tls"/>.</summary>
    public int Port { get; init; } = 587;

    public MailSecurity Security { get; init; } = MailSecurity.StartTls;

    /// <summary>Login at the server, or null for none. Only ever sent over TLS.</summary>
    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>The address every letter comes from; its domain also ends every <c>Message-ID</c>.</summary>
    public string From { get; init; } = "peerreview@localhost";

    /// <summary>Who writes where a letter belongs to no programme.</summary>
    public string FromName { get; init; } = "PeerReview";

    /// <summary>Real time the server may take for one answer.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>From environment variables: <c>PEERREVIEW_SMTP</c> (host or host:port), <c>PEERREVIEW_SMTP_SECURITY</c>
    /// (none, starttls, tls), <c>PEERREVIEW_SMTP_USER</c>, <c>PEERREVIEW_SMTP_PASSWORD</c>, <c>PEERREVIEW_MAIL_FROM</c>.
    /// Without a server, mail goes into the folder.</summary>
    /// <param name="variable">Reads one variable.</param>
    /// <param name="folder">The pickup folder.</param>
    /// <exception cref="MailSettingsException">Names the variable and what it may hold.</exception>
    public static MailOptions FromEnvironment(Func<string, string?> variable, string folder)
    {
        var from = variable("PEERREVIEW_MAIL_FROM") is { Length: > 0 } given ? given : "peerreview@localhost";
        if (variable("PEERREVIEW_SMTP") is not { Length: > 0 } server)
            return new MailOptions { Pickup = folder, From = from };
        var security = variable("PEERREVIEW_SMTP_SECURITY") switch
        {
            null or "" or "starttls" => MailSecurity.StartTls,
            "tls" => MailSecurity.Tls,
            "none" => MailSecurity.None,
            _ => throw new MailSettingsException("PEERREVIEW_SMTP_SECURITY is none, starttls or tls."),
        };
        var (host, port) = server.LastIndexOf(':') is > 0 and var colon ? (server[..colon], server[(colon + 1)..]) : (server, null);
        var number = security switch { MailSecurity.Tls => 465, MailSecurity.StartTls => 587, MailSecurity.None => 25 };
        if (port is not null && (!int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out number) || number is 0 or > 65535))
            throw new MailSettingsException("PEERREVIEW_SMTP is host or host:port, with a port from 1 to 65535.");
        return new MailOptions
        {
            Host = host,
            Port = number,
            Security = security,
            User = variable("PEERREVIEW_SMTP_USER"),
            Password = variable("PEERREVIEW_SMTP_PASSWORD"),
            From = from,
        };
    }
}

/// <summary>How the way to the SMTP server is protected.</summary>
public enum MailSecurity
{
    /// <summary>Not at all: for a server on the same machine.</summary>
    None,

    /// <summary>TLS after STARTTLS; a server that does not offer it is refused.</summary>
    StartTls,

    /// <summary>TLS from the first byte.</summary>
    Tls,
}

/// <summary>The settings of mail cannot be used; the message names the variable and what it may hold.</summary>
public sealed class MailSettingsException(string message) : Exception(message);
