using System.Text;

namespace PeerReview.Core.Assessment;

/// <summary>Counts words alike in Arabic, Chinese, English, French, Russian and Spanish.</summary>
/// <remarks>
/// <para>A word is a run of characters between white space or dashes (en, em) that holds at least one letter or digit.
/// Apostrophes, hyphens, full stops and slashes inside a run do not split it, so <c>l'eau</c>, <c>A/70/174</c> and an
/// address of the web are one word each. Vowel marks and tatweel of Arabic belong to their word.</para>
/// <para>Chinese puts no space between words. Two Han characters count as one word, rounded up over the whole text; they
/// also end a run of other letters. A Chinese word has between one and two characters on average, so the budget of a
/// State that writes Chinese is not smaller than that of others.</para>
/// </remarks>
public static class WordCount
{
    /// <summary>The words of one text.</summary>
    public static int Of(string text)
    {
        int words = 0, han = 0;
        var inWord = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsHan(rune))
            {
                han++;
                inWord = false;
            }
            else if (Splits(rune))
            {
                inWord = false;
            }
            else if (!inWord && Rune.IsLetterOrDigit(rune))
            {
                words++;
                inWord = true;
            }
        }

        return words + (han + 1) / 2;
    }

    /// <summary>The words of an answer: all layers and the reason together, as the budget counts them.</summary>
    public static int Of(Answer answer) => answer.Texts.Sum(t => Of(t.Text));

    private static bool Splits(Rune rune) => Rune.IsWhiteSpace(rune) || rune.Value is 0x2013 or 0x2014 or 0x200B
        // Full-width punctuation stands where other scripts put a space.
        || rune.Value is >= 0x3000 and <= 0x303F or 0xFF0C or 0xFF0E or 0xFF1A or 0xFF1B or 0xFF01 or 0xFF1F;

    private static bool IsHan(Rune rune) => rune.Value is 0x3005 or 0x3007
        or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);
}
