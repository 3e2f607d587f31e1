using System.Collections.Immutable;
using PeerReview.Core.Frameworks;

namespace PeerReview.Core.Assessment;

/// <summary>Whether a translation of an answer may be saved. An incomplete or empty one may.</summary>
public static class TranslationRules
{
    /// <summary>Budgets of words a working translation may take: the same thought needs more words in some languages, and whoever
    /// translates for others cannot shorten it.</summary>
    public const int WordsOfReaders = 2;

    /// <summary>Everything that keeps a translation from being saved; empty when nothing does.</summary>
    /// <param name="framework">The framework the review pins.</param>
    /// <param name="scope">Items of the review.</param>
    /// <param name="variant">Variant, which sets the budget of words: the same for a translation as for its answer.</param>
    /// <param name="original">The answer as it stands, or null while there is none.</param>
    /// <param name="translation">The translation.</param>
    /// <param name="budgets">How many budgets of words it may take.</param>
    /// <returns>
    /// <c>answer.unknown-item</c> (NotFound), <c>translation.nothing-to-translate</c> (Conflict), or any of
    /// <c>answer.unknown-language</c>, <c>translation.same-language</c>, <c>translation.unknown-original</c> {version},
    /// <c>translation.text-without-original</c>, <c>answer.too-long</c> {words, max}, <c>answer.too-many-characters</c>
    /// {characters, max}, <c>answer.unreadable-text</c>, each with its field.
    /// </returns>
    public static ImmutableArray<Refusal> Check(
        Framework framework, IReadOnlyCollection<string> scope, string variant, OriginalAnswer? original,
        AnswerTranslation translation, int budgets = 1)
    {
        if (framework.Item(translation.Item) is null || !scope.Contains(translation.Item, StringComparer.Ordinal))
            return [new Refusal("answer.unknown-item", RefusalKind.NotFound, "item")];
        if (original is null || !original.Answer.SaysSomething())
            return [new Refusal("translation.nothing-to-translate", RefusalKind.Conflict)];
        var translated = new Answer(translation.Item, null)
        {
            Rule = translation.Rule,
            Practice = translation.Practice,
            Evidence = translation.Evidence,
            Testing = translation.Testing,
            Reason = translation.Reason,
        };
        return
        [
            .. Sources(original, translation), .. AnswerRules.Lengths(budgets * framework.Budgets[variant].MaxWords, translated),
            .. AnswerRules.Texts(translated),
        ];
    }

    /// <summary>Whether an answer has a text that could be translated.</summary>
    public static bool SaysSomething(this Answer answer) => answer.Texts.Any(t => !string.IsNullOrWhiteSpace(t.Text));

    private static IEnumerable<Refusal> Sources(OriginalAnswer original, AnswerTranslation translation)
    {
        if (!AnswerRules.Languages.Contains(translation.Language, StringComparer.Ordinal))
            yield return Invalid("answer.unknown-language", "language");
        else if (translation.Language == original.Answer.Language)
            yield return Invalid("translation.same-language", "language");
        if (translation.MadeFrom < 1 || translation.MadeFrom > original.Version)
            yield return Invalid("translation.unknown-original", "made_from").With("version", original.Version);
        foreach (var (said, text) in original.Answer.Texts.Zip(translation.Texts))
        {
            if (string.IsNullOrWhiteSpace(said.Text) && !string.IsNullOrWhiteSpace(text.Text))
                yield return Invalid("translation.text-without-original", text.Field);
        }
    }

    private static Refusal Invalid(string code, string field) => new(code, RefusalKind.Invalid, field);
}

/// <summary>An answer as it stands, to be translated.</summary>
/// <param name="Version">1, 2, 3 …</param>
public sealed record OriginalAnswer(Answer Answer, int Version);
