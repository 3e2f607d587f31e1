namespace PeerReview.Core;

/// <summary>What may stand in a text a person writes.</summary>
public static class Text
{
    /// <summary>The text as it is kept: lines end alike whatever it was typed on, and nothing blank is around it.</summary>
    public static string Tidy(this string text) => text.ReplaceLineEndings("\n").Trim();

    /// <summary>Whether it can be stored and shown: no NUL or other control but tab and line ends, no half surrogate pair,
    /// no override of the direction of writing (isolates and marks are fine).</summary>
    public static bool IsReadable(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsControl(c) && c is not ('\t' or '\n' or '\r'))
                return false;
            if (c is >= '\u202A' and <= '\u202E' or '\uFFFE' or '\uFFFF')
                return false;
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else if (char.IsSurrogate(c))
                return false;
        }

        return true;
    }
}
