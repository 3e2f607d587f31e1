using System.Security.Cryptography;

namespace PeerReview.Server.Platform.Web;

/// <summary>The one style sheet and the icon, read once. The hash of their content is in their address, so a browser
/// keeps them for a year and a new release is seen at once.</summary>
public sealed class StyleSheet
{
    internal const string Caching = "public, max-age=31536000, immutable";

    private readonly Asset _style;
    private readonly Asset _icon;

    private StyleSheet(Asset style, Asset icon) => (_style, _icon) = (style, icon);

    /// <summary>The address of the style sheet.</summary>
    public string Address => _style.Address;

    /// <summary>The address of the icon.</summary>
    public string IconAddress => _icon.Address;

    /// <summary>Reads the files.</summary>
    /// <param name="folder">Where they lie: <c>wwwroot</c> beside the program.</param>
    public static StyleSheet Load(string folder) => new(
        Asset.Load(folder, "peerreview.css", "text/css; charset=utf-8"), Asset.Load(folder, "peerreview.svg", "image/svg+xml"));

    internal void Map(IEndpointRouteBuilder app)
    {
        _style.Map(app);
        _icon.Map(app);
    }

    private sealed record Asset(string Address, byte[] Content, string Type)
    {
        public static Asset Load(string folder, string name, string type)
        {
            var content = File.ReadAllBytes(Path.Combine(folder, name));
            var hash = Convert.ToHexStringLower(SHA256.HashData(content))[..12];
            return new Asset($"/assets/{hash}/{name}", content, type);
        }

        public void Map(IEndpointRouteBuilder app) => app.MapGet(Address, (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = Caching;
            return TypedResults.Bytes(Content, Type);
        }).ExcludeFromDescription().WithMetadata(Unidentified.Marker);
    }
}

/// <summary>Marks routes that are the same for everybody: nobody is identified and the database is not asked.</summary>
public sealed class Unidentified
{
    /// <summary>The mark, as metadata of a route.</summary>
    public static readonly Unidentified Marker = new();

    private Unidentified()
    {
    }
}
