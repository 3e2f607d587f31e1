using System.Buffers;

namespace PeerReview.Core.Deliberation;

/// <summary>Finds the States a sentence implies by an adjective or a people: "the Danish attack", "Danes".</summary>
/// <remarks>Chinese needs none: there the name of the State stands within. Endings change, so a form counts at the beginning of a word with
/// a few letters after it. One that is written with a capital counts with a capital only.</remarks>
internal static class NamedPeoples
{
    private const int LongestEnding = 3;

    private static readonly SearchValues<char> Joined = SearchValues.Create("والفبك");

    // Others would make the Syrian of Suriname.
    private static readonly string[] Arabic = ["", "ة", "ون", "ين", "ات", "ان", "تان", "تين"];

    /// <summary>Whether a State other than one is implied. A form that can mean that one as well, such as a name two peoples share, does not
    /// imply another.</summary>
    /// <param name="forms">The beginnings of such words in five languages, with the codes of their States.</param>
    public static bool ImplyOther(string subject, string sentence, IEnumerable<(string State, string Form)> forms) =>
        forms.GroupBy(one => one.Form, one => one.State, StringComparer.Ordinal)
            .Any(people => !people.Contains(subject, StringComparer.Ordinal) && Stands(sentence, people.Key));

    private static bool Stands(string sentence, string form)
    {
        for (var at = sentence.IndexOf(form, StringComparison.OrdinalIgnoreCase); at >= 0;
             at = sentence.IndexOf(form, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            if ((!char.IsUpper(form[0]) || char.IsUpper(sentence[at])) && Begins(sentence, at) && Ends(sentence, at + form.Length, form[0] > '\u05FF'))
                return true;
        }

        return false;
    }

    // Arabic joins the article and particles to the word.
    private static bool Begins(string sentence, int at)
    {
        var start = at;
        while (start > 0 && char.IsLetterOrDigit(sentence[start - 1]))
            start--;
        return at - start <= LongestEnding && sentence.AsSpan(start, at - start).IndexOfAnyExcept(Joined) < 0;
    }

    private static bool Ends(string sentence, int at, bool isArabic)
    {
        var end = at;
        while (end < sentence.Length && char.IsLetter(sentence[end]))
            end++;
        return isArabic ? Arabic.Contains(sentence[at..end], StringComparer.Ordinal) : end - at <= LongestEnding;
    }
}
