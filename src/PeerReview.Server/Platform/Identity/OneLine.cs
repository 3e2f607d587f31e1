using System.Globalization;

namespace PeerReview.Server.Platform.Identity;

/// <summary>What a name may hold: one line of visible letters, so that it cannot break a letter's header, a log or the
/// direction of a sentence.</summary>
public static class OneLine
{
    /// <summary>Whether a text holds no control characters, line ends, or marks that turn direction. Joiners, which several
    /// scripts need inside words, are fine.</summary>
    public static bool Is(string text) => text.All(c => c is '\u200C' or '\u200D' || CharUnicodeInfo.GetUnicodeCategory(c)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned));
}
