using System.Security.Cryptography;

namespace PeerReview.Server.Platform.Web;

/// <summary>The one style sheet, the one script and the icon, read once. The hash of their content is in their address, so a
/// browser keeps them for a year and a new release is seen at once.</summary>
public sealed class Assets
{
    internal const string Caching = "public, max-age=31536000, immutable";

    private readonly Asset _style;
    private readonly Asset _script;
    private readonly Asset _icon;

    private Assets(Asset style, Asset script, Asset icon) => (_style, _script, _icon) = (style, script, icon);

    /// <summary>The address of the style sheet.</summary>
    public string Style => _style.Address;

    /// <summary>The address of the script: comforts on pages that work without it.</summary>
    public string Script => _script.Address;

    /// <summary>The address of the icon.</summary>
    public string Icon => _icon.Address;

    /// <summary>Reads the files.</summary>
    /// <param name="folder">Where they lie: <c>wwwroot</c> beside the program.</param>
    public static Assets Load(string folder) => new(
        Asset.Load(folder, "peerreview.css", "text/css; charset=utf-8"),
        Asset.Load(folder, "peerreview.js", "text/javascript; charset=utf-8"),
        Asset.Load(folder, "peerreview.svg", "image/svg+xml"));

    internal void Map(IEndpointRouteBuilder app)
    {
        foreach (var asset in new[] { _style, _script, _icon })
            asset.Map(app);
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
