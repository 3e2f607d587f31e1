using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace PeerReview.Server.Platform.Identity;

/// <summary>A text of 256 random bits that proves something to whoever holds it. Only its SHA-256 is ever stored.</summary>
public static class Secret
{
    private const int Bytes = 32;
    private const int Letters = 43;

    /// <summary>A new secret, in letters that need no escaping in an address.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>What is stored of it: 32 bytes.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>Whether a text can be one of ours at all; what cannot is not looked up.</summary>
    public static bool LooksLikeOne(ReadOnlySpan<char> text) => text.Length == Letters && Base64Url.IsValid(text);
}
