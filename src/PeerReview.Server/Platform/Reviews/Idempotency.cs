using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>Reads the key that makes a request safe to repeat.</summary>
public static class Idempotency
{
    private const int MaxLength = 200;

    /// <summary>The key of the request, or null. It is bound to method, address and body: the same key elsewhere is
    /// refused.</summary>
    /// <param name="body">What the body was read into; null for a request without one.</param>
    public static CommandKey? Of(HttpContext http, object? body)
    {
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length == 0)
            return null;
        if (key.Length > MaxLength)
            throw new BadHttpRequestException($"An Idempotency-Key has at most {MaxLength} characters.");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{http.Request.Method} {http.Request.Path}\n"));
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(body));
        return new CommandKey(key, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
