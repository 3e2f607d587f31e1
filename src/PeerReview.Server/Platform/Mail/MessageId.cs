using System.Security.Cryptography;
using System.Text;

namespace PeerReview.Server.Platform.Mail;

/// <summary>The <c>Message-ID</c> of an outbox key: the same at every attempt, and it tells nothing of what it is about.</summary>
public static class MessageId
{
    /// <summary>32 hexadecimal digits.</summary>
    public static string Stem(string key) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16));

    /// <summary>As the header has it, with angle brackets.</summary>
    /// <param name="from">The sender's address; its domain is used.</param>
    public static string Of(string key, string from) => $"<{Stem(key)}@{from[(from.LastIndexOf('@') + 1)..]}>";
}
