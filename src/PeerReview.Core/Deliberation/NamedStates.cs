namespace PeerReview.Core.Deliberation;

/// <summary>Finds the States a sentence names, in any of the six languages.</summary>
/// <remarks>One State's name can stand within another's (Guinea, Papua New Guinea): the longer one counts. Russian endings change; Arabic
/// names take a particle before them.</remarks>
internal static class NamedStates
{
    private const string Particles = "وفبلك";

    private static readonly string[] Adjectives = ["ая", "ий", "ый", "ое", "ие", "ые"];

    /// <summary>The codes of the States named.</summary>
    /// <param name="names">Names of States in six languages, with their codes.</param>
    public static IEnumerable<string> In(string sentence, IEnumerable<(string State, string Name)> names)
    {
        var found = names.SelectMany(one => Places(sentence, Short(one.Name)).Select(place => (one.State, place.Start, place.End))).ToList();
        return found
            .Where(one => !found.Any(other => other.Start <= one.Start && other.End >= one.End && other.End - other.Start > one.End - one.Start))
            .Select(one => one.State).Distinct(StringComparer.Ordinal);
    }

    // "Iran (Islamic Republic of)" is called Iran.
    private static string Short(string name) => name.IndexOf(" (", StringComparison.Ordinal) is > 0 and var at ? name[..at] : name;

    private static IEnumerable<(int Start, int End)> Places(string sentence, string name) => name[0] switch
    {
        < '\u0400' => Whole(sentence, name),
        < '\u0530' => Inflected(sentence, [.. name.Split(' ', '-').Select(Stem)]),
        < '\u0700' => Arabic(sentence, name),
        _ => All(sentence, name, StringComparison.Ordinal).Select(at => (at, at + name.Length)),
    };

    // With a capital: chad is a word, Chad a State.
    private static IEnumerable<(int Start, int End)> Whole(string sentence, string name) =>
        from at in All(sentence, name, StringComparison.OrdinalIgnoreCase)
        where char.IsUpper(sentence[at]) && Begins(sentence, at) && !(at + name.Length < sentence.Length && char.IsLetter(sentence[at + name.Length]))
        select (at, at + name.Length);

    private static IEnumerable<(int Start, int End)> Arabic(string sentence, string name)
    {
        string[] spellings = name.StartsWith("ال", StringComparison.Ordinal) ? [name, string.Concat("لل", name.AsSpan(2))] : [name];
        return from spelling in spellings
               from at in All(sentence, spelling, StringComparison.Ordinal)
               let end = at + spelling.Length
               where !(end < sentence.Length && char.IsLetter(sentence[end])) && TakesParticle(sentence, at)
               select (at, end);
    }

    private static bool TakesParticle(string sentence, int at)
    {
        var start = at;
        while (start > 0 && char.IsLetter(sentence[start - 1]))
            start--;
        return at - start <= 2 && sentence.AsSpan(start, at - start).IndexOfAnyExcept(Particles) < 0;
    }

    /// <summary>Word by word, each with whatever ending.</summary>
    private static IEnumerable<(int Start, int End)> Inflected(string sentence, string[] stems)
    {
        foreach (var start in All(sentence, stems[0], StringComparison.OrdinalIgnoreCase).Where(at => char.IsUpper(sentence[at]) && Begins(sentence, at)))
        {
            var at = start + stems[0].Length;
            var stands = stems.Skip(1).All(stem =>
            {
                while (at < sentence.Length && char.IsLetter(sentence[at]))
                    at++;
                at++;
                if (at >= sentence.Length || !sentence.AsSpan(at).StartsWith(stem, StringComparison.OrdinalIgnoreCase))
                    return false;
                at += stem.Length;
                return true;
            });
            if (stands)
                yield return (start, at);
        }
    }

    private static string Stem(string word) =>
        word.Length > 5 && Adjectives.Any(ending => word.EndsWith(ending, StringComparison.Ordinal)) ? word[..^2]
        : word.Length > 4 && "аяьй".Contains(word[^1], StringComparison.Ordinal) ? word[..^1]
        : word;

    private static IEnumerable<int> All(string sentence, string name, StringComparison comparison)
    {
        for (var at = sentence.IndexOf(name, comparison); at >= 0; at = sentence.IndexOf(name, at + 1, comparison))
            yield return at;
    }

    private static bool Begins(string sentence, int at) => at == 0 || !char.IsLetterOrDigit(sentence[at - 1]);
}
