using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using PeerReview.Core.Ledger;

namespace PeerReview.Core.Report;

/// <summary>The report as a file: canonical JSON (RFC 8785), names in snake_case, days as ISO 8601.</summary>
/// <remarks>Withheld texts carry <c>"withheld": true</c> and no text. The form is permanent: published files keep it.</remarks>
public static class ReportJson
{
    /// <summary>The bytes of a report: one sequence per report.</summary>
    public static byte[] Write(PublishedReport report) =>
        CanonicalJson.Of(JsonSerializer.SerializeToElement(report, ReportJsonContext.Default.PublishedReport));

    /// <summary>The report of a file.</summary>
    /// <exception cref="JsonException">It is not a report.</exception>
    public static PublishedReport Read(ReadOnlySpan<byte> utf8Json)
    {
        var report = JsonSerializer.Deserialize(utf8Json, ReportJsonContext.Default.PublishedReport)
            ?? throw new JsonException("A report is null.");
        // A sorted dictionary comes back with the culture's order.
        return report with { Choices = report.Choices.WithComparers(StringComparer.Ordinal) };
    }
}

/// <summary>The hash under a published report.</summary>
public static class ReportHash
{
    /// <summary>SHA-256 over the file, 64 lower-case hex digits.</summary>
    public static string Of(PublishedReport report) => Convert.ToHexStringLower(SHA256.HashData(ReportJson.Write(report)));
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(PublishedReport))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;
