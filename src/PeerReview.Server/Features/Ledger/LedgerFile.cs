using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using PeerReview.Core;
using PeerReview.Core.Ledger;

namespace PeerReview.Server.Features.Ledger;

/// <summary>The record of one review as a file of JSON lines: first whose it is and where it ends, then one event a line. A
/// body its reader may not see is replaced by its commitment; the chain still verifies.</summary>
public static class LedgerFile
{
    /// <summary>The version of the layout of the chain, see <see cref="LedgerChain"/>.</summary>
    public const string Layout = "PRL1";

    /// <summary>The whole file, lines ended with LF.</summary>
    public static string Write(LedgerHead head, IEnumerable<LedgerRow> rows)
    {
        var text = new StringBuilder();
        Line(text, JsonSerializer.Serialize(
            new HeadLine(Layout, head.Review.Value, head.Sequence, head.Chain.ToString()), LedgerFileJson.Default.HeadLine));
        foreach (var row in rows)
            Line(text, JsonSerializer.Serialize(LineOf(row), LedgerFileJson.Default.EventLine));
        return text.ToString();
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">A line is not of the format; the message names it.</exception>
    public static (LedgerHead Head, IReadOnlyList<LedgerRow> Rows) Read(IReadOnlyList<string> lines)
    {
        if (lines.Count == 0 || Parse(lines[0], 1, LedgerFileJson.Default.HeadLine) is not { Ledger: Layout } head)
            throw new FormatException($"Line 1: a record begins with {{\"ledger\":\"{Layout}\", …}}.");
        var review = new ReviewId(head.Review);
        var rows = lines.Skip(1).Select((line, i) => RowOf(review, Parse(line, i + 2, LedgerFileJson.Default.EventLine), i + 2));
        return (new LedgerHead(review, head.Sequence, DigestOf(head.Head, 1)), [.. rows]);
    }

    private static EventLine LineOf(LedgerRow row)
    {
        var line = new EventLine(
            row.Envelope.Sequence,
            row.Envelope.Instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
            row.Envelope.Kind,
            row.Chain.ToString());
        return row.Body switch
        {
            LedgerBody.Open open => line with
            {
                Salt = Convert.ToHexStringLower(open.Salt.Span),
                Body = Encoding.UTF8.GetString(open.CanonicalJson.Span),
            },
            LedgerBody.Withheld withheld => line with { Commitment = withheld.Commitment.ToString() },
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static LedgerRow RowOf(ReviewId review, EventLine line, int number)
    {
        if (!DateTimeOffset.TryParse(line.At, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            throw new FormatException($"Line {number}: the instant cannot be read.");
        return new LedgerRow(
            new LedgerEnvelope(review, line.Sequence, at, line.Kind), BodyOf(line, number), DigestOf(line.Chain, number));
    }

    private static LedgerBody BodyOf(EventLine line, int number)
    {
        if (line is not { Body: { } body, Salt: { } salt })
            return new LedgerBody.Withheld(DigestOf(line.Commitment, number));
        try
        {
            return new LedgerBody.Open(Convert.FromHexString(salt), Encoding.UTF8.GetBytes(body));
        }
        catch (FormatException odd)
        {
            throw new FormatException($"Line {number}: the salt is not written in hexadecimal digits.", odd);
        }
    }

    private static Digest DigestOf(string? hex, int number) => Digest.TryParse(hex, out var digest)
        ? digest
        : throw new FormatException($"Line {number}: a hash is missing or has not 64 hexadecimal digits.");

    private static T Parse<T>(string line, int number, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(line, type) ?? throw new FormatException($"Line {number}: nothing is there.");
        }
        catch (JsonException e)
        {
            throw new FormatException($"Line {number}: this is no line of a record.", e);
        }
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');

    internal sealed record HeadLine(string Ledger, Guid Review, long Sequence, string Head);

    internal sealed record EventLine(long Sequence, string At, string Kind, string Chain)
    {
        public string? Salt { get; init; }

        public string? Body { get; init; }

        public string? Commitment { get; init; }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LedgerFile.HeadLine))]
[JsonSerializable(typeof(LedgerFile.EventLine))]
internal sealed partial class LedgerFileJson : JsonSerializerContext;
