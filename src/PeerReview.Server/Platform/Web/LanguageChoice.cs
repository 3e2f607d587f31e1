using PeerReview.Server.Platform.Identity;
using StringWithQualityHeaderValue = Microsoft.Net.Http.Headers.StringWithQualityHeaderValue;

namespace PeerReview.Server.Platform.Web;

/// <summary>In which language a request is answered.</summary>
/// <remarks>
/// An address that names a language (<c>?lang=fr</c>) is answered in it, so that a page in a language can be linked; else
/// the signed-in person's language, else the cookie of an earlier choice, else what the browser prefers, else English.
/// </remarks>
public static class LanguageChoice
{
    private const string Cookie = "language";

    /// <summary>The language, always one there are texts of.</summary>
    public static string Of(HttpContext context, Caller caller, TextCatalogue catalogue)
    {
        string?[] chosen = [context.Request.Query["lang"], caller.Person?.Language, context.Request.Cookies[Cookie]];
        return Array.Find(chosen, catalogue.Has) ?? Preferred(context.Request, catalogue) ?? "en";
    }

    /// <summary>The address of the same page in a language.</summary>
    /// <param name="path">Path and query of the page.</param>
    public static string Address(string path, string language)
    {
        var (page, query) = path.Split('?', 2) is [var before, var after] ? (before, after) : (path, "");
        var others = query.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(pair => !pair.StartsWith("lang=", StringComparison.Ordinal));
        return $"{page}?{string.Join('&', others.Append("lang=" + language))}";
    }

    /// <summary>Remembers the language a visitor's address names, so that the pages that follow are in it too.</summary>
    public static void Keep(HttpContext context, Caller caller, string language)
    {
        if (!caller.IsSignedIn && !context.Response.HasStarted
            && context.Request.Query["lang"] == language && context.Request.Cookies[Cookie] != language)
        {
            Remember(context, language);
        }
    }

    /// <summary>Remembers a choice in this browser for a year.</summary>
    public static void Remember(HttpContext context, string language) =>
        context.Response.Cookies.Append(Cookie, language, new CookieOptions
        {
            MaxAge = TimeSpan.FromDays(365),
            SameSite = SameSiteMode.Lax,
            Secure = Site.IsSecure(context),
            HttpOnly = true,
            IsEssential = true,
        });

    private static string? Preferred(HttpRequest request, TextCatalogue catalogue) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var wanted)
            ? wanted.OrderByDescending(one => one.Quality ?? 1)
                .Select(one => one.Value.Value?.Split('-')[0].ToLowerInvariant())
                .FirstOrDefault(catalogue.Has)
            : null;
}
