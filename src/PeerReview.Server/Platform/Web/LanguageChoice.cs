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
    private const string Named = "lang=";

    /// <summary>The language, always one there are texts of.</summary>
    public static string Of(HttpContext context, Caller caller, TextCatalogue catalogue)
    {
        string?[] chosen = [context.Request.Query["lang"], caller.Person?.Language, context.Request.Cookies[Cookie]];
        return Array.Find(chosen, catalogue.Has) ?? Preferred(context.Request, catalogue) ?? "en";
    }

    /// <summary>The address of the same page in a language.</summary>
    /// <param name="path">Path and query of the page, and perhaps a place on it.</param>
    public static string Address(string path, string language)
    {
        var (address, place) = path.Split('#', 2) is [var whole, var mark] ? (whole, "#" + mark) : (path, "");
        var (page, query) = address.Split('?', 2) is [var before, var after] ? (before, after) : (address, "");
        var others = query.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(pair => !pair.StartsWith(Named, StringComparison.Ordinal));
        return $"{page}?{string.Join('&', others.Append(Named + language))}{place}";
    }

    /// <summary>Another address in the language that an address names; unchanged where it names none.</summary>
    /// <param name="visit">The page one comes from.</param>
    /// <param name="path">Where one goes; a language it names itself stays.</param>
    public static string Kept(Visit visit, string path) =>
        Names(visit.Path, visit.Texts.Language) && !path.Contains(Named, StringComparison.Ordinal) ? Address(path, visit.Texts.Language) : path;

    private static bool Names(string path, string language) =>
        path.Split('?', 2) is [_, var query] && query.Split('&').Contains(Named + language, StringComparer.Ordinal);

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
