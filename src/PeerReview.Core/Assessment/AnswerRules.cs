using System.Collections.Immutable;
using PeerReview.Core.Frameworks;

namespace PeerReview.Core.Assessment;

/// <summary>Whether an answer may be saved. What is only unfinished may: see <see cref="Completeness"/>.</summary>
public static class AnswerRules
{
    /// <summary>Characters an answer may have per word of its budget: more than any script needs, and a bound for texts
    /// without spaces.</summary>
    public const int CharactersPerWord = 40;

    /// <summary>ISO 639-1 codes of the six official languages.</summary>
    public static ImmutableArray<string> Languages { get; } = ["ar", "zh", "en", "fr", "ru", "es"];

    /// <summary>Everything that keeps an answer from being saved; empty when nothing does.</summary>
    /// <param name="framework">The framework the review pins.</param>
    /// <param name="scope">Items of the review.</param>
    /// <param name="variant">Variant, which sets the budget of words.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="today">The day by the calendar of the State: no test lies after it.</param>
    /// <returns>
    /// <c>answer.unknown-item</c> (NotFound), or any of <c>answer.too-long</c> {words, max}, <c>answer.too-many-characters</c>
    /// {characters, max}, <c>answer.unreadable-text</c>, <c>answer.unknown-language</c>, <c>answer.unknown-sector</c> {sector},
    /// <c>answer.no-sectors-here</c>, <c>answer.reason-without-cause</c>, <c>answer.tested-in-future</c>, each with its field.
    /// </returns>
    public static ImmutableArray<Refusal> Check(
        Framework framework, IReadOnlyCollection<string> scope, string variant, Answer answer, DateOnly today)
    {
        if (framework.Item(answer.Item) is not { } item || !scope.Contains(item.Id, StringComparer.Ordinal))
            return [new Refusal("answer.unknown-item", RefusalKind.NotFound, "item")];
        return
        [
            .. Lengths(framework.Budgets[variant].MaxWords, answer), .. Texts(answer), .. Choices(framework, item, answer, today),
        ];
    }

    /// <summary>Whether the texts keep to the budget of words.</summary>
    internal static IEnumerable<Refusal> Lengths(int maxWords, Answer answer)
    {
        var longest = answer.Texts.MaxBy(t => t.Text.Length).Field;
        var characters = answer.Texts.Sum(t => (long)t.Text.Length);
        var most = maxWords * CharactersPerWord;
        if (characters > most)
            yield return Invalid("answer.too-many-characters", longest).With("characters", characters).With("max", most);
        else if (WordCount.Of(answer) is var words && words > maxWords)
            yield return Invalid("answer.too-long", longest).With("words", words).With("max", maxWords);
    }

    /// <summary>Whether the texts can be stored and shown.</summary>
    internal static IEnumerable<Refusal> Texts(Answer answer) => answer.Texts
        .Where(t => !Text.IsReadable(t.Text))
        .Select(t => Invalid("answer.unreadable-text", t.Field));

    private static IEnumerable<Refusal> Choices(Framework framework, FrameworkItem item, Answer answer, DateOnly today)
    {
        if (!Languages.Contains(answer.Language, StringComparer.Ordinal))
            yield return Invalid("answer.unknown-language", "language");
        if (!answer.Sectors.IsEmpty && !item.NeedsSectors)
            yield return Invalid("answer.no-sectors-here", "sectors");
        foreach (var sector in answer.Sectors.Where(s => framework.Sectors.All(known => known.Code != s)))
            yield return Invalid("answer.unknown-sector", "sectors").With("sector", sector);
        if (!string.IsNullOrWhiteSpace(answer.Reason) && answer.Value != AnswerValue.NotApplicable)
            yield return Invalid("answer.reason-without-cause", "reason");
        if (answer.LastTested > today)
            yield return Invalid("answer.tested-in-future", "last_tested");
    }

    private static Refusal Invalid(string code, string field) => new(code, RefusalKind.Invalid, field);
}
