using System.Text.RegularExpressions;

namespace PeerReview.Server.Platform.Telemetry;

/// <summary>Makes the message of a failure fit for a log that may hold no text, name or address of a person.</summary>
/// <remarks>What stands in quotes is what somebody sent; what has an @ in it is an address. Long messages are cut.</remarks>
internal static partial class Redaction
{
    private const int Longest = 300;

    /// <summary>The message without quoted parts and addresses.</summary>
    public static string Of(string message)
    {
        var bare = Quoted().Replace(Address().Replace(message, "…"), "…").ReplaceLineEndings(" ");
        return bare.Length <= Longest ? bare : string.Concat(bare.AsSpan(0, Longest), "…");
    }

    // An apostrophe (can't) may take the words up to the next one with it: rather too little than too much.
    [GeneratedRegex(@"""[^""]*""|'[^']*'|«[^»]*»|“[^”]*”|‘[^’]*’", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"[^\s<>""']*@[^\s<>""']*", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Address();
}
