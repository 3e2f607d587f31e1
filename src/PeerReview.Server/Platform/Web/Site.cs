namespace PeerReview.Server.Platform.Web;

/// <summary>Where this installation is reached. Addresses in letters come from here and never from a request, whose
/// <c>Host</c> anybody can forge.</summary>
public sealed class Site
{
    /// <summary>The variable an operator sets it by, such as <c>https://review.example.org</c>.</summary>
    public const string Variable = "PEERREVIEW_ADDRESS";

    private Uri? _address;

    /// <param name="configured">What the operator set; without it the program takes the address it listens on.</param>
    public Site(string? configured)
    {
        if (!string.IsNullOrEmpty(configured))
            Address = new Uri(configured);
    }

    /// <summary>The public address, without a path.</summary>
    /// <exception cref="InvalidOperationException">It is asked for before the program knows it.</exception>
    public Uri Address
    {
        get => _address ?? throw new InvalidOperationException("The public address is not set: set PEERREVIEW_ADDRESS.");
        set => _address = new Uri(value.GetLeftPart(UriPartial.Authority));
    }

    /// <summary>Whether the address is known.</summary>
    public bool IsKnown => _address is not null;

    /// <summary>The whole address of a page.</summary>
    /// <param name="path">Begins with a slash.</param>
    public string Link(string path) => Address.GetLeftPart(UriPartial.Authority) + path;

    /// <summary>Whether browsers reach us by https: directly, or at a proxy the public address tells of.</summary>
    public static bool IsSecure(HttpContext context) =>
        context.Request.IsHttps || context.RequestServices.GetRequiredService<Site>()._address?.Scheme == Uri.UriSchemeHttps;
}
