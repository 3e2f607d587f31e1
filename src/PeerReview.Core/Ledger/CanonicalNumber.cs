using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PeerReview.Core.Ledger;

/// <summary>Numbers as ECMAScript's Number::toString writes them (RFC 8785 3.2.2.3).</summary>
internal static class CanonicalNumber
{
    private const long Largest = 1L << 53;

    public static void Write(IBufferWriter<byte> output, JsonElement value)
    {
        if (value.TryGetInt64(out var whole) && whole is >= -Largest and <= Largest)
        {
            Span<byte> digits = stackalloc byte[20];
            Utf8Formatter.TryFormat(whole, digits, out var written);
            output.Write(digits[..written]);
            return;
        }

        var raw = value.GetRawText();
        if (raw.AsSpan().IndexOfAny('.', 'e', 'E') < 0 && raw != "-0")
            throw new FormatException($"The integer {raw} is beyond 2^53: write it as a text.");
        if (!value.TryGetDouble(out var number) || !double.IsFinite(number))
            throw new FormatException($"The number {raw} is too large.");
        output.Write(Encoding.ASCII.GetBytes(Of(number)));
    }

    /// <summary>The shortest digits that read back as the same double, laid out as ECMAScript does.</summary>
    internal static string Of(double number)
    {
        if (number == 0)
            return "0"; // also for -0
        var shortest = Math.Abs(number).ToString("R", CultureInfo.InvariantCulture).AsSpan();
        var e = shortest.IndexOf('E');
        var exponent = e < 0 ? 0 : int.Parse(shortest[(e + 1)..], CultureInfo.InvariantCulture);
        var mantissa = e < 0 ? shortest : shortest[..e];
        var point = mantissa.IndexOf('.') is var dot and >= 0 ? dot : mantissa.Length;
        var digits = string.Concat(mantissa[..point], point < mantissa.Length ? mantissa[(point + 1)..] : "");
        var significant = digits.TrimStart('0');
        var n = point - (digits.Length - significant.Length) + exponent;
        return (number < 0 ? "-" : "") + Layout(significant.TrimEnd('0'), n);
    }

    /// <summary>The layout of ECMA-262 6.1.6.1.20, where <paramref name="n"/> is the place of the point after the first digit.</summary>
    private static string Layout(string digits, int n)
    {
        var k = digits.Length;
        if (k <= n && n <= 21)
            return digits + new string('0', n - k);
        if (n is > 0 and <= 21)
            return $"{digits[..n]}.{digits[n..]}";
        if (n is > -6 and <= 0)
            return $"0.{new string('0', -n)}{digits}";
        var sign = n - 1 < 0 ? '-' : '+';
        var size = Math.Abs(n - 1).ToString(CultureInfo.InvariantCulture);
        return k == 1 ? $"{digits}e{sign}{size}" : $"{digits[..1]}.{digits[1..]}e{sign}{size}";
    }
}
