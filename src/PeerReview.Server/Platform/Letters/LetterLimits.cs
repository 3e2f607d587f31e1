using PeerReview.Core.Ports;

namespace PeerReview.Server.Platform.Letters;

/// <summary>How long letters get, whatever renders them.</summary>
public static class LetterLimits
{
    /// <summary>Longest text of a letter, in characters. A letter is a page, not a book.</summary>
    public const int Text = 16_384;

    /// <summary>Longest rendered letter, in characters. A digest of a thousand lines fits.</summary>
    public const int Output = 262_144;

    /// <summary>What is said of a text that is longer.</summary>
    public static LetterException? Refuse(string text) => text.Length > Text
        ? new LetterException($"The text has {text.Length} characters; a letter has at most {Text}.")
        : null;

    /// <summary>What is said of a letter that becomes longer.</summary>
    public static LetterException TooMuch() =>
        new($"The letter grows beyond {Output} characters; shorten it or its values.");
}
