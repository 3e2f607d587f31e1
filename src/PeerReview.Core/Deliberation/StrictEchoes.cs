using System.Collections.Immutable;
using PeerReview.Core.Access;
using PeerReview.Core.Assessment;
using PeerReview.Core.Reviews;

namespace PeerReview.Core.Deliberation;

/// <summary>A sentence of the State that stands in a text of the report which more people read.</summary>
/// <param name="Key">The section or recommendation it stands in.</param>
/// <param name="Source">The answer or reply it comes from.</param>
/// <param name="Item">The item that is about; null where it is about none.</param>
/// <param name="Label">How far that travels: less far than the text.</param>
public sealed record StrictEcho(string Key, string Sentence, Writing Source, string? Item, SharingLabel Label);

/// <summary>Finds sentences of answers and replies that stand word for word in a text of the report with a wider label.</summary>
/// <remarks>A text inherits the labels of what it is about; whoever quotes something else takes its words along and its label not. It says
/// so and holds nothing back: people judge.</remarks>
public static class StrictEchoes
{
    /// <summary>Each once for the text it stands in; empty where there is none.</summary>
    public static ImmutableArray<StrictEcho> Of(Material material)
    {
        var said = Sources(material).Where(source => source.Label != SharingLabel.Clear)
            .SelectMany(source => Sentences(source.Words).Select(sentence => (Sentence: sentence, Source: source)))
            .ToLookup(one => one.Sentence, one => one.Source, StringComparer.OrdinalIgnoreCase);
        if (said.Count == 0)
            return [];
        return
        [
            .. from text in material.Of(WritingKind.Section).Concat(material.Of(WritingKind.Recommendation))
               where text.Key != DraftReport.PrivateAnnex
               let label = SharingLabels.Of(text.Label)
               from sentence in Sentences(AnnexEchoes.WordsOf(text))
               // One that somebody may read who reads the text is no secret, whoever said it as well.
               where said[sentence].Any() && said[sentence].All(one => one.Label < label)
               let strictest = said[sentence].MinBy(one => one.Label)
               select new StrictEcho(text.Key, sentence, strictest.Text, strictest.Item, strictest.Label),
        ];
    }

    private static IEnumerable<(Writing Text, string? Item, SharingLabel Label, string Words)> Sources(Material material) =>
        material.Of(WritingKind.Answer)
            .Select(text => (text, (string?)text.Key, SharingLabels.Of(text.Label), string.Join('\n', Contents.ReadAnswer(text).Texts.Select(part => part.Text))))
            .Concat(
                from reply in material.Of(WritingKind.Reply)
                let question = material.Find(WritingKind.Question, reply.Key)
                where question is not null
                select (reply, Contents.ReadQuestion(question).Item, ClarifyingRound.LabelOf(question, material), Contents.ReadReply(reply).Text));

    private static IEnumerable<string> Sentences(string words) =>
        WordingGuard.Sentences(words).Where(sentence => WordCount.Of(sentence) >= AnnexEchoes.LeastWords).Distinct(StringComparer.OrdinalIgnoreCase);
}
