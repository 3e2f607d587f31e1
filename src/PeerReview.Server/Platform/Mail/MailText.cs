using System.Globalization;
using System.Text;

namespace PeerReview.Server.Platform.Mail;

/// <summary>A message as its bytes: plain text in UTF-8, ASCII only on the wire, lines end with CRLF.</summary>
/// <remarks>Source: RFC 5322, RFC 2045, RFC 3834 (Auto-Submitted: machines do not answer machines).</remarks>
internal static class MailText
{
    private const int LongestLine = 990;
    private const int QuotedLine = 75;

    public static string Of(OutgoingMail mail, MailOptions options)
    {
        var plain = Ascii.IsValid(mail.Body) && mail.Body.Split('\n').All(line => line.Length <= LongestLine)
            && !mail.Body.Any(c => char.IsControl(c) && c is not ('\n' or '\t'));
        var text = new StringBuilder();
        Header(text, "From", MailHeader.Mailbox(mail.FromName ?? options.FromName, MailHeader.Address(options.From)));
        Header(text, "To", MailHeader.Mailbox(mail.ToName, MailHeader.Address(mail.To)));
        Header(text, "Subject", MailHeader.Text(mail.Subject));
        Header(text, "Date", MailHeader.Date(mail.Date));
        Header(text, "Message-ID", MessageId.Of(mail.Key, MailHeader.Address(options.From)));
        Header(text, "Auto-Submitted", "auto-generated");
        Header(text, "Content-Language", mail.Language);
        Header(text, "MIME-Version", "1.0");
        Header(text, "Content-Type", "text/plain; charset=utf-8");
        Header(text, "Content-Transfer-Encoding", plain ? "7bit" : "quoted-printable");
        text.Append("\r\n");
        foreach (var line in mail.Body.TrimEnd('\n').Split('\n'))
            text.Append(plain ? line : Quoted(line)).Append("\r\n");
        return text.ToString();
    }

    private static void Header(StringBuilder text, string name, string value) => text.Append(name).Append(": ").Append(value).Append("\r\n");

    private static string Quoted(string line)
    {
        var text = new StringBuilder();
        var column = 0;
        var bytes = Encoding.UTF8.GetBytes(line);
        for (var i = 0; i < bytes.Length; i++)
        {
            var piece = Quoted(bytes[i], last: i == bytes.Length - 1);
            if (column + piece.Length > QuotedLine)
            {
                text.Append("=\r\n");
                column = 0;
            }

            text.Append(piece);
            column += piece.Length;
        }

        return text.ToString();
    }

    private static string Quoted(byte value, bool last) =>
        value is > 32 and < 127 and not (byte)'=' || (value is 32 or 9 && !last)
            ? ((char)value).ToString()
            : string.Create(CultureInfo.InvariantCulture, $"={value:X2}");
}
