using System.Collections.Immutable;
using PeerReview.Core.Assessment;

namespace PeerReview.Core.Reviews;

/// <summary>The translations of answers among what people wrote in a review.</summary>
public static class StandingTranslations
{
    /// <summary>The key of a translation as a writing, such as <c>N-c.c1:fr</c>.</summary>
    public static string KeyOf(string item, string language) => $"{item}:{language}";

    /// <summary>The item of a key; the whole of what is no key.</summary>
    public static string ItemOf(string key) => key.LastIndexOf(':') is var end and >= 0 ? key[..end] : key;

    /// <summary>The language of a key; empty for what is no key.</summary>
    public static string LanguageOf(string key) => key.LastIndexOf(':') is var end and >= 0 ? key[(end + 1)..] : "";

    /// <summary>Every translation that says something of the answer it belongs to, by item and language.</summary>
    public static ImmutableArray<StandingTranslation> Translations(this Material material) =>
        Standing(material, material.Of(WritingKind.AnswerTranslation));

    /// <summary>Those of one answer, by language.</summary>
    public static ImmutableArray<StandingTranslation> TranslationsOf(this Material material, string item) =>
        Standing(material, material.Of(WritingKind.AnswerTranslation).Where(w => ItemOf(w.Key) == item));

    private static ImmutableArray<StandingTranslation> Standing(Material material, IEnumerable<Writing> written) =>
    [
        .. written.OrderBy(w => w.Key, StringComparer.Ordinal).Select(w => Standing(material, w)).OfType<StandingTranslation>(),
    ];

    private static StandingTranslation? Standing(Material material, Writing written)
    {
        var translation = Contents.ReadTranslation(written);
        return material.Find(WritingKind.Answer, translation.Item) is { } original
            && translation.Says(Contents.ReadAnswer(original))
                ? new StandingTranslation(translation, written.Version, original.Version, written.Author, written.At)
                : null;
    }
}
