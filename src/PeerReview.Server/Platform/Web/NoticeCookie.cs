namespace PeerReview.Server.Platform.Web;

/// <summary>Carries one short notice over the redirect after a form: "Saved." It names a text <c>notice.&lt;code&gt;</c>
/// and nothing else, so that nobody can make a page say what we did not write.</summary>
public static class NoticeCookie
{
    private const string Cookie = "notice";

    /// <summary>Shows the notice on the next page of this browser.</summary>
    /// <param name="code">The part of the text's key after <c>notice.</c></param>
    public static void Leave(HttpContext context, string code) => context.Response.Cookies.Append(Cookie, code, Options(context));

    /// <summary>The key of the text that waits to be shown, once; or null.</summary>
    internal static string? Take(HttpContext context, TextCatalogue catalogue)
    {
        if (context.Request.Cookies[Cookie] is not { } code || !HttpMethods.IsGet(context.Request.Method))
            return null;
        if (!context.Response.HasStarted)
            context.Response.Cookies.Delete(Cookie, Options(context));
        var key = "notice." + code;
        return catalogue.English.Find(key) is null ? null : key;
    }

    private static CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = Site.IsSecure(context),
        IsEssential = true,
        MaxAge = TimeSpan.FromMinutes(2),
    };
}
