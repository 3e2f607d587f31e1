using System.Globalization;
using PeerReview.Core;

namespace PeerReview.Server.Platform.Web;

/// <summary>Versions in <c>ETag</c> and <c>If-Match</c>: a whole number in quotes.</summary>
public static class ETags
{
    /// <summary>Names the version that was answered.</summary>
    public static void Set(HttpContext http, int version) =>
        http.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>The version a change was made on, from <c>If-Match</c>.</summary>
    /// <param name="version">null when the header is not there.</param>
    /// <returns>null, or <c>request.if-match</c> when the header is no version of ours.</returns>
    public static Refusal? IfMatch(HttpContext http, out int? version)
    {
        version = null;
        var header = http.Request.Headers.IfMatch.ToString();
        if (header.Length == 0)
            return null;
        if (header is not ['"', .. var digits, '"']
            || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return new Refusal("request.if-match", RefusalKind.Invalid, "If-Match");
        version = number;
        return null;
    }
}
