using PeerReview.Server.Platform.Identity;

namespace PeerReview.Server.Platform.Web;

/// <summary>The headers every answer has.</summary>
public static class ResponseRules
{
    /// <summary>No inline script and no inline style anywhere; nothing from other sites; nobody frames us.</summary>
    public const string ContentPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; font-src 'self'; " +
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Sees to it that the headers are there when the answer starts, whoever gives it. What a handler set itself
    /// (a file's own content policy, its caching) stays.</summary>
    public static Task ApplyAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(Set, context);
        return next(context);
    }

    private static Task Set(object state)
    {
        var context = (HttpContext)state;
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (headers.ContentSecurityPolicy.Count == 0)
            headers.ContentSecurityPolicy = ContentPolicy;
        if (Site.IsSecure(context))
            headers.StrictTransportSecurity = "max-age=31536000";
        // The framework offers a script we do not use.
        headers.Remove("blazor-enhanced-nav");
        SetCaching(context, headers);
        return Task.CompletedTask;
    }

    // What was made for one person is kept by no cache; what was made for all is asked for again each time.
    private static void SetCaching(HttpContext context, IHeaderDictionary headers)
    {
        if (headers.CacheControl == Assets.Caching)
            return;
        if (context.Caller().IsSignedIn || headers.SetCookie.Count > 0)
            headers.CacheControl = "no-store";
        else if (headers.CacheControl.Count == 0)
            headers.CacheControl = "no-cache";
        headers.Append("Vary", "Cookie, Authorization, Accept-Language");
    }
}
