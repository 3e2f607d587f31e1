namespace PeerReview.Server.Platform.Web;

/// <summary>Where to go after signing in: a page of ours, never another site.</summary>
public static class ReturnTo
{
    private static readonly Uri Anywhere = new("http://here.invalid");

    /// <summary>The path itself if it stays on this site, else the home page.</summary>
    public static string Safe(string? path) => IsSafe(path) ? path! : "/";

    private static bool IsSafe(string? path) =>
        path is ['/', ..] && path.Length < 1000
        && path is not ['/', '/' or '\\', ..]
        && !path.Any(c => c == '\\' || char.IsControl(c) || char.IsWhiteSpace(c))
        && !path.Contains("%0", StringComparison.OrdinalIgnoreCase)
        && Uri.TryCreate(Anywhere, path, out var there) && there.Host == Anywhere.Host && there.Port == Anywhere.Port;
}
