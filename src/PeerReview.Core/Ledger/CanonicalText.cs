using System.Buffers;
using System.Text;

namespace PeerReview.Core.Ledger;

/// <summary>Texts as RFC 8785 3.2.2.2 writes them: only quote, backslash and the controls below U+0020 are escaped.</summary>
internal static class CanonicalText
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(c => (char)c), '"', '\\']);

    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<char> text)
    {
        output.Write("\""u8);
        while (text.IndexOfAny(Escaped) is var next && next >= 0)
        {
            Plain(output, text[..next]);
            Escape(output, text[next]);
            text = text[(next + 1)..];
        }

        Plain(output, text);
        output.Write("\""u8);
    }

    private static void Plain(IBufferWriter<byte> output, ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return;
        try
        {
            output.Advance(Utf8.GetBytes(text, output.GetSpan(Utf8.GetMaxByteCount(text.Length))));
        }
        catch (EncoderFallbackException e)
        {
            throw new FormatException("A text holds half a surrogate pair.", e);
        }
    }

    private static void Escape(IBufferWriter<byte> output, char c)
    {
        switch (c)
        {
            case '"':
                output.Write("\\\""u8);
                break;
            case '\\':
                output.Write("\\\\"u8);
                break;
            case '\b':
                output.Write("\\b"u8);
                break;
            case '\t':
                output.Write("\\t"u8);
                break;
            case '\n':
                output.Write("\\n"u8);
                break;
            case '\f':
                output.Write("\\f"u8);
                break;
            case '\r':
                output.Write("\\r"u8);
                break;
            default:
                output.Write("\\u00"u8);
                output.Write([Hex(c >> 4), Hex(c & 0xF)]);
                break;
        }
    }

    private static byte Hex(int digit) => "0123456789abcdef"u8[digit];
}
