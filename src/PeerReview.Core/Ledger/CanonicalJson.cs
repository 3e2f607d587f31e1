using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace PeerReview.Core.Ledger;

/// <summary>Canonical JSON by RFC 8785: one byte sequence per value, so that a hash over it means something.</summary>
/// <remarks>
/// UTF-8 without a mark, no white space; names sorted by UTF-16 code units; texts escape only what must be; numbers as
/// ECMAScript writes them. Narrower than the RFC in three points, each an error and never a silent change: a doubled
/// name, a lone surrogate, and an integer beyond ±2^53 (write it as a text).
/// </remarks>
public static class CanonicalJson
{
    private static readonly JsonDocumentOptions Limits = new() { MaxDepth = 64 };

    /// <summary>The canonical bytes of a JSON text.</summary>
    /// <exception cref="FormatException">It is not JSON, or has a doubled name, a lone surrogate or an integer beyond
    /// ±2^53.</exception>
    public static byte[] Of(ReadOnlyMemory<byte> utf8Json)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8Json, Limits);
            return Of(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    /// <summary>The canonical bytes of a JSON value. Doubled names are refused.</summary>
    /// <exception cref="FormatException">As above.</exception>
    public static byte[] Of(JsonElement value)
    {
        var output = new ArrayBufferWriter<byte>(512);
        Write(output, value);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Whether these bytes are already the canonical form of themselves.</summary>
    public static bool Is(ReadOnlyMemory<byte> utf8Json)
    {
        try
        {
            return Of(utf8Json).AsSpan().SequenceEqual(utf8Json.Span);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>SHA-256 over the canonical form.</summary>
    public static Digest Hash(JsonElement value) => new(SHA256.HashData(Of(value)));

    private static void Write(IBufferWriter<byte> output, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(output, value);
                break;
            case JsonValueKind.Array:
                WriteArray(output, value);
                break;
            case JsonValueKind.String:
                CanonicalText.Write(output, Text(value));
                break;
            case JsonValueKind.Number:
                CanonicalNumber.Write(output, value);
                break;
            case JsonValueKind.True:
                output.Write("true"u8);
                break;
            case JsonValueKind.False:
                output.Write("false"u8);
                break;
            case JsonValueKind.Null:
                output.Write("null"u8);
                break;
            case JsonValueKind.Undefined:
            default:
                throw new FormatException("There is no value.");
        }
    }

    private static void WriteObject(IBufferWriter<byte> output, JsonElement value)
    {
        var members = new (string Name, JsonElement Value)[value.GetPropertyCount()];
        var at = 0;
        foreach (var property in value.EnumerateObject())
            members[at++] = (Name(property), property.Value);
        Array.Sort(members, static (x, y) => string.CompareOrdinal(x.Name, y.Name));

        output.Write("{"u8);
        for (var i = 0; i < members.Length; i++)
        {
            if (i > 0)
            {
                if (members[i].Name == members[i - 1].Name)
                    throw new FormatException($"The name \"{members[i].Name}\" is there twice.");
                output.Write(","u8);
            }

            CanonicalText.Write(output, members[i].Name);
            output.Write(":"u8);
            Write(output, members[i].Value);
        }

        output.Write("}"u8);
    }

    private static void WriteArray(IBufferWriter<byte> output, JsonElement value)
    {
        output.Write("["u8);
        var first = true;
        foreach (var item in value.EnumerateArray())
        {
            if (!first)
                output.Write(","u8);
            first = false;
            Write(output, item);
        }

        output.Write("]"u8);
    }

    private static string Text(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new FormatException("A text holds half a surrogate pair.", e);
        }
    }

    private static string Name(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException e)
        {
            throw new FormatException("A name holds half a surrogate pair.", e);
        }
    }
}
