using System.Collections.Immutable;
using PeerReview.Core.Assessment;
using PeerReview.Core.Reviews;

namespace PeerReview.Core.Deliberation;

/// <summary>Finds sentences of the private annex that stand word for word in a text of the report that goes out.</summary>
/// <remarks>Whoever moves a sentence can leave it behind. It says so and holds nothing back: people judge.</remarks>
public static class AnnexEchoes
{
    /// <summary>Words a sentence has at least: shorter ones meet by chance.</summary>
    public const int LeastWords = 8;

    /// <summary>The sentences, each with the key of the section or recommendation it stands in; empty where there is none.</summary>
    public static ImmutableArray<(string Key, string Sentence)> Of(Material material)
    {
        if (material.Find(WritingKind.Section, DraftReport.PrivateAnnex) is not { } annex)
            return [];
        var kept = WordingGuard.Sentences(Contents.ReadSection(annex).Text)
            .Where(sentence => WordCount.Of(sentence) >= LeastWords).Distinct(StringComparer.Ordinal).ToList();
        return
        [
            .. from text in material.Of(WritingKind.Section).Concat(material.Of(WritingKind.Recommendation))
               where text.Key != DraftReport.PrivateAnnex
               let words = WordsOf(text)
               from sentence in kept
               where words.Contains(sentence, StringComparison.OrdinalIgnoreCase)
               select (text.Key, sentence),
        ];
    }

    /// <summary>The words of a section or recommendation.</summary>
    internal static string WordsOf(Writing text) =>
        text.Kind == WritingKind.Section ? Contents.ReadSection(text).Text : Contents.ReadRecommendation(text).Words();
}
