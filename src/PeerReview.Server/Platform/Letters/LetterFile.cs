using System.Collections.Immutable;

namespace PeerReview.Server.Platform.Letters;

/// <summary>One letter in one language, as its file says it.</summary>
/// <param name="Kind">Which letter.</param>
/// <param name="Language">ISO 639-1 code.</param>
/// <param name="Subject">One line with variables.</param>
/// <param name="Body">Plain text with variables, lines end with LF.</param>
public sealed record LetterFile(LetterKind Kind, string Language, string Subject, string Body)
{
    /// <summary>Longest file, in characters. A letter is a page, not a book.</summary>
    public const int MaxLength = 16_384;

    private static readonly ImmutableArray<string> Languages = ["ar", "zh", "en", "fr", "ru", "es"];

    /// <summary>Reads one file; every problem at once as <c>path:line: what is wrong and what to do</c>.</summary>
    /// <param name="path">File name <c>letter.language.md</c>; only its last part is looked at.</param>
    public static (LetterFile? Letter, ImmutableArray<string> Problems) Read(string path, string content)
    {
        if (Path.GetFileName(path).Split('.') is not [var name, var language, "md"])
            return (null, [$"{path}:1: a letter's file is named <letter>.<language>.md; rename it."]);
        if (!LetterRegistry.All.TryGetValue(name, out var kind))
            return (null, [$"{path}:1: no letter is called '{name}'; the letters are: {Known()}."]);
        if (!Languages.Contains(language, StringComparer.Ordinal))
            return (null, [$"{path}:1: '{language}' is not a language of the product; use one of {string.Join(", ", Languages)}."]);
        if (content.Length > MaxLength)
            return (null, [$"{path}:1: the file has {content.Length} characters; a letter has at most {MaxLength}."]);

        var lines = content.ReplaceLineEndings("\n").Split('\n');
        if (lines is not ["---", _, "---", ..] || !lines[1].StartsWith("subject: ", StringComparison.Ordinal))
            return (null, [$"{path}:1: begin with three lines: '---', 'subject: ' with the subject, and '---'."]);

        var letter = new LetterFile(kind, language, lines[1]["subject: ".Length..].Trim(), string.Join('\n', lines[3..]).Trim('\n'));
        return (letter, [.. Problems(path, letter, content.ReplaceLineEndings("\n"))]);
    }

    private static IEnumerable<string> Problems(string path, LetterFile letter, string content)
    {
        var (variables, faults) = LetterText.Read(content);
        foreach (var fault in faults)
            yield return $"{path}:{fault.Line}: {fault.What}";
        foreach (var (name, line) in variables.Where(variable => !letter.Kind.Knows(variable.Name)))
        {
            var known = string.Join(", ", LetterRegistry.Everywhere.Concat(letter.Kind.Own));
            yield return $"{path}:{line}: '{letter.Kind.Name}' gets no variable '{name}'; it gets {known}.";
        }

        if (letter.Subject.Length == 0)
            yield return $"{path}:2: the subject is empty; write one.";
        if (letter.Body.Length == 0)
            yield return $"{path}:4: the letter is empty; write one.";
        if (variables.Count(variable => variable.Name == "address") > 1)
            yield return $"{path}:1: a letter names one address, once; leave one '{{{{ address }}}}'.";
    }

    private static string Known() => string.Join(", ", LetterRegistry.All.Keys.Order(StringComparer.Ordinal));
}
