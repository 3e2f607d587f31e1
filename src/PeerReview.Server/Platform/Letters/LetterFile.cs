using System.Collections.Immutable;
using System.Globalization;
using PeerReview.Core.Ports;

namespace PeerReview.Server.Platform.Letters;

/// <summary>One letter in one language, as its file says it.</summary>
/// <param name="Kind">Which letter.</param>
/// <param name="Language">ISO 639-1 code.</param>
/// <param name="Subject">One line with variables.</param>
/// <param name="Body">Plain text with variables, lines end with LF.</param>
public sealed record LetterFile(LetterKind Kind, string Language, string Subject, string Body)
{
    private const int SubjectLine = 2;

    private static readonly ImmutableArray<string> Languages = ["ar", "zh", "en", "fr", "ru", "es"];

    /// <summary>Reads one file; every problem at once as <c>path:line: what is wrong and what to do</c>.</summary>
    /// <param name="path">File name <c>letter.language.md</c>; only its last part is looked at.</param>
    /// <param name="renderer">What the letter is held to; without one it is a letter that ships, in plain variables.</param>
    public static (LetterFile? Letter, ImmutableArray<string> Problems) Read(string path, string content, ILetterRenderer? renderer = null)
    {
        if (Path.GetFileName(path).Split('.') is not [var name, var language, "md"])
            return (null, [$"{path}:1: a letter's file is named <letter>.<language>.md; rename it."]);
        if (!LetterRegistry.All.TryGetValue(name, out var kind))
            return (null, [$"{path}:1: no letter is called '{name}'; the letters are: {Known()}."]);
        if (!Languages.Contains(language, StringComparer.Ordinal))
            return (null, [$"{path}:1: '{language}' is not a language of the product; use one of {string.Join(", ", Languages)}."]);
        if (content.Length > LetterLimits.Text)
            return (null, [$"{path}:1: the file has {content.Length} characters; a letter has at most {LetterLimits.Text}."]);

        var lines = content.ReplaceLineEndings("\n").Split('\n');
        if (lines is not ["---", _, "---", ..] || !lines[1].StartsWith("subject: ", StringComparison.Ordinal))
            return (null, [$"{path}:1: begin with three lines: '---', 'subject: ' with the subject, and '---'."]);

        var body = string.Join('\n', lines[3..]);
        var letter = new LetterFile(kind, language, lines[1]["subject: ".Length..].Trim(), body.Trim('\n'));
        var firstLine = 4 + body.TakeWhile(c => c == '\n').Count();
        return (letter, [.. letter.Problems(renderer, firstLine).Select(problem => $"{path}:{problem.Line}: {problem.What}")]);
    }

    private IEnumerable<LetterFault> Problems(ILetterRenderer? renderer, int firstLine)
    {
        if (Subject.Length == 0)
            yield return new LetterFault(SubjectLine, "the subject is empty; write one.");
        if (Body.Length == 0)
            yield return new LetterFault(4, "the letter is empty; write one.");
        foreach (var (text, line) in new[] { (Subject, SubjectLine), (Body, firstLine) })
        {
            var faults = renderer?.Check(text, [.. Kind.Variables]) ?? LetterText.Check(text, [.. Kind.Variables]);
            if (faults.IsEmpty && renderer is not null)
                faults = Rehearse(renderer, text);
            foreach (var fault in faults)
                yield return fault with { Line = line + fault.Line - 1 };
        }

        if (renderer is null && LetterText.Read(Body).Variables.Count(variable => variable.Name == "address") > 1)
            yield return new LetterFault(1, "a letter names one address, once; leave one '{{ address }}'.");
    }

    // Not every way through the letter is taken, so this finds much and not all.
    private ImmutableArray<LetterFault> Rehearse(ILetterRenderer renderer, string text)
    {
        try
        {
            renderer.Render(text, Kind.Sample, CultureInfo.GetCultureInfo(Language));
            return [];
        }
        catch (LetterException problem)
        {
            return [problem.Fault];
        }
    }

    private static string Known() => string.Join(", ", LetterRegistry.All.Keys.Order(StringComparer.Ordinal));
}
