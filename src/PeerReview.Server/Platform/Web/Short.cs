using System.Globalization;

namespace PeerReview.Server.Platform.Web;

/// <summary>The beginning of a text, where the whole would fill a line of a list.</summary>
public static class Short
{
    private const int Length = 60;

    /// <summary>At most sixty characters as people count them, of the first line.</summary>
    public static string Of(string text)
    {
        var line = new StringInfo(text.Split('\n')[0]);
        return line.LengthInTextElements <= Length ? line.String : line.SubstringByTextElements(0, Length).TrimEnd() + "…";
    }
}
