using System.Text.Json;

namespace PeerReview.Server.Platform.Web;

/// <summary>Values of enumerations as the API writes them and as texts are found by.</summary>
public static class EnumCodes
{
    /// <summary>The name in snake_case: <c>NotAnswered</c> is <c>not_answered</c>.</summary>
    public static string SnakeCode<T>(this T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
