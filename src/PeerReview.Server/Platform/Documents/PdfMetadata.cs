using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PeerReview.Server.Platform.Documents;

/// <summary>Makes what a PDF says of its making the same on every server: by us, at the instant of publication. And lets one
/// that is read from right to left say so.</summary>
/// <remarks>Each value is replaced by one of its own length, so that no position in the file moves.</remarks>
internal static partial class PdfMetadata
{
    /// <summary>The same file with its own producer and dates replaced. What is not there is left alone.</summary>
    public static byte[] Tidy(byte[] pdf, DateTimeOffset at, bool rightToLeft)
    {
        // One byte one character, both ways.
        var text = Encoding.Latin1.GetString(pdf);
        var date = string.Create(CultureInfo.InvariantCulture, $"(D:{at.UtcDateTime:yyyyMMddHHmmss}+00'00')");
        text = Producer().Replace(text, found => "/Producer (PeerReview)".PadRight(found.Length), 1);
        text = Dates().Replace(text, found => $"/{found.Groups["name"].Value} {date}", 2);
        // Chromium names the type of this dictionary, which needs none: there is the place.
        if (rightToLeft)
            text = ViewerType().Replace(text, found => "/ViewerPreferences <</Direction /R2L".PadRight(found.Length), 1);
        return Encoding.Latin1.GetBytes(text);
    }

    [GeneratedRegex(@"/Producer \(Skia/PDF [^)]{2,40}\)", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Producer();

    [GeneratedRegex(@"/(?<name>CreationDate|ModDate) \(D:\d{14}\+00'00'\)", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Dates();

    [GeneratedRegex("/ViewerPreferences <</Type /ViewerPreferences", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex ViewerType();
}
