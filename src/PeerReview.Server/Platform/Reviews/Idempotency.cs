using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PeerReview.Core.Ledger;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>Reads the key that makes a request safe to repeat.</summary>
public static class Idempotency
{
    /// <summary>The key of the request, or null; the API refused what is none (<see cref="WebRoutes"/>). It is bound to method, address and body: the same key elsewhere is
    /// refused.</summary>
    /// <param name="body">What the body was read into; null for a request without one.</param>
    public static CommandKey? Of(HttpContext http, object? body)
    {
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length == 0)
            return null;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{http.Request.Method} {http.Request.Path}\n"));
        hash.AppendData(Bytes(JsonSerializer.SerializeToElement(body)));
        return new CommandKey(key, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    // A dictionary comes in another order after a restart: only the canonical form is the same everywhere.
    private static byte[] Bytes(JsonElement body)
    {
        try
        {
            return CanonicalJson.Of(body);
        }
        catch (FormatException)
        {
            // A number or letter that has none stands in a body kept as it came; its handler says what is wrong with it.
            return Encoding.UTF8.GetBytes(body.GetRawText());
        }
    }
}
