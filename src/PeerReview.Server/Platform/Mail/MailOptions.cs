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

    /// <summary>Where the product is reached from outside; the start of the address in every letter.</summary>
    public Uri Address { get; init; } = new("http://localhost/");

    /// <summary>Real time the server may take for one answer.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);
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
