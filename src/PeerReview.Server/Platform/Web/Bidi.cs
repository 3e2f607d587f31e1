namespace PeerReview.Server.Platform.Web;

/// <summary>Keeps the direction of a value from turning the sentence around it.</summary>
/// <remarks>Source: Unicode Standard Annex 9, directional isolates.</remarks>
public static class Bidi
{
    private const char FirstStrongIsolate = '\u2068';
    private const char PopIsolate = '\u2069';

    /// <summary>The text between isolates, where it holds anything that runs from right to left or overrides direction.</summary>
    public static string Isolated(string text) => text.Any(Turns) ? Isolate(text) : text;

    /// <summary>The text between isolates. Direction marks in it are dropped: they could reach beyond it.</summary>
    public static string Isolate(string text) =>
        string.Concat([FirstStrongIsolate, .. text.Where(c => !IsMark(c)), PopIsolate]);

    /// <summary>The text without direction marks.</summary>
    public static string Bare(string text) => text.Any(IsMark) ? string.Concat(text.Where(c => !IsMark(c))) : text;

    /// <summary>Whether the first letter runs from right to left.</summary>
    /// <param name="otherwise">The answer for a text without letters.</param>
    public static bool BeginsRightToLeft(string text, bool otherwise) =>
        text.FirstOrDefault(c => char.IsLetter(c)) is var first and not '\0' ? IsRightToLeft(first) : otherwise;

    /// <summary>The text in stretches of one direction. What has none, such as a comma, goes with what stands on both sides of
    /// it, else with the text as a whole.</summary>
    /// <param name="rightToLeft">The direction of the text as a whole.</param>
    public static IEnumerable<(string Text, bool RightToLeft)> Stretches(string text, bool rightToLeft)
    {
        var directions = new bool[text.Length];
        var (last, open) = (rightToLeft, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && !char.IsLetterOrDigit(text[i]) && !char.IsSurrogate(text[i]))
                continue;
            var now = i == text.Length ? rightToLeft : IsRightToLeft(text[i]);
            Array.Fill(directions, last == now ? now : rightToLeft, open, i - open);
            if (i < text.Length)
                directions[i] = now;
            (last, open) = (now, i + 1);
        }

        for (var (start, i) = (0, 1); i <= text.Length; i++)
        {
            if (i < text.Length && directions[i] == directions[start])
                continue;
            yield return (text[start..i], directions[start]);
            start = i;
        }
    }

    private static bool Turns(char c) => IsMark(c) || IsRightToLeft(c);

    private static bool IsMark(char c) => c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    // Hebrew to Arabic Extended-A, and the presentation forms.
    private static bool IsRightToLeft(char c) => c is (>= '\u0590' and <= '\u08FF') or (>= '\uFB1D' and <= '\uFDFF') or (>= '\uFE70' and <= '\uFEFF');
}
