using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Platform.Identity;

/// <summary>The cookie of a session: opaque, unreadable for scripts, not sent from other sites' forms.</summary>
public static class SessionCookie
{
    /// <summary>The secret the browser sent, or null.</summary>
    public static string? Read(HttpContext context) =>
        context.Request.Cookies[NameIn(context)] is { } secret && Secret.LooksLikeOne(secret) ? secret : null;

    /// <summary>Gives the browser a session.</summary>
    public static void Write(HttpContext context, string secret, DateTimeOffset expires) =>
        context.Response.Cookies.Append(NameIn(context), secret, Options(context, expires));

    /// <summary>Takes it away.</summary>
    public static void Clear(HttpContext context) =>
        context.Response.Cookies.Delete(NameIn(context), Options(context, expires: null));

    // The prefix binds the cookie to this host and to https; browsers refuse it over plain http (a demonstration).
    private static string NameIn(HttpContext context) => Site.IsSecure(context) ? "__Host-session" : "session";

    private static CookieOptions Options(HttpContext context, DateTimeOffset? expires) => new()
    {
        HttpOnly = true,
        Secure = Site.IsSecure(context),
        SameSite = SameSiteMode.Lax,
        Path = "/",
        Expires = expires,
        IsEssential = true,
    };
}
