using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using PeerReview.Core;

namespace PeerReview.Server.Platform.Web;

/// <summary>Versions in <c>ETag</c> and <c>If-Match</c>: a whole number in quotes for one text; for what is put together for
/// its reader, the hash of what the reader gets.</summary>
public static class ETags
{
    private const int HashLetters = 32;

    /// <summary>Answers JSON with an <c>ETag</c> of its content: it changes when what this reader sees changes, and does not
    /// tell of what happened out of sight. With <c>If-None-Match</c> what the reader has already is not sent again.</summary>
    public static IResult Content<T>(HttpContext http, T body)
    {
        var json = http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, json);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes))[..HashLetters];
        return TypedResults.Bytes(bytes, "application/json; charset=utf-8", entityTag: new EntityTagHeaderValue($"\"{hash}\""));
    }

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

/// <summary>A request that says which version it was made on; <c>If-Match</c> says the same and counts where it is there.</summary>
public interface IVersioned
{
    /// <summary>The same request, made on a version.</summary>
    IVersioned On(int version);
}
