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

    private static bool Turns(char c) => IsMark(c) || IsRightToLeft(c);

    private static bool IsMark(char c) => c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    // Hebrew to Arabic Extended-A, and the presentation forms.
    private static bool IsRightToLeft(char c) => c is (>= '\u0590' and <= '\u08FF') or (>= '\uFB1D' and <= '\uFDFF') or (>= '\uFE70' and <= '\uFEFF');
}
