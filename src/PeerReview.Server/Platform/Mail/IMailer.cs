namespace PeerReview.Server.Platform.Mail;

/// <summary>Hands one message to the world outside.</summary>
internal interface IMailer
{
    /// <summary>Returns when the message is handed over for good.</summary>
    /// <exception cref="MailException">It was not, or nobody can say.</exception>
    Task SendAsync(OutgoingMail mail, CancellationToken cancel);
}

/// <summary>One message to one person: no copies, no lists.</summary>
/// <param name="Key">Stable over every attempt; <c>Message-ID</c> and file name come from it, see <see cref="MessageId"/>.</param>
/// <param name="Number">Number of the outbox row, so that files of a pickup folder sort as they were written.</param>
/// <param name="To">One address; checked when the message is made.</param>
/// <param name="ToName">As the person is called.</param>
/// <param name="Subject">One line.</param>
/// <param name="Body">Plain text, lines end with LF.</param>
/// <param name="Language">ISO 639-1 code.</param>
/// <param name="Date">Business time.</param>
internal sealed record OutgoingMail(
    string Key, long Number, string To, string ToName, string Subject, string Body, string Language, DateTimeOffset Date)
{
    /// <summary>Who writes; null for the sender of the options.</summary>
    public string? FromName { get; init; }
}

/// <summary>A message was not handed over.</summary>
internal sealed class MailException(MailFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    public MailFailure Failure { get; } = failure;
}

/// <summary>What is known of a message that was not handed over.</summary>
internal enum MailFailure
{
    /// <summary>Not taken now; trying later may help.</summary>
    Later,

    /// <summary>Refused for good: trying again as it is will not help.</summary>
    Never,

    /// <summary>The connection broke after the whole message was sent and before the answer: it may have been taken.</summary>
    Uncertain,
}
