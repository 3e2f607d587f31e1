using System.Text.RegularExpressions;
using DiffPlex;

namespace PeerReview.Server.Platform.Comparing;

/// <summary>Cuts a text into sentences; put together again they are the text. Blanks and line ends belong to the sentence
/// before them.</summary>
/// <remarks>A full stop before a small letter or a number ends nothing ("art. 19"). Arabic, Chinese and the Latin and
/// Cyrillic scripts are known by their own marks.</remarks>
internal sealed partial class Sentences : IChunker
{
    public static readonly Sentences Chunker = new();

    private Sentences()
    {
    }

    public IReadOnlyList<string> Chunk(string text)
    {
        var sentences = new List<string>();
        var start = 0;
        foreach (var end in Ends().EnumerateMatches(text))
        {
            sentences.Add(text[start..(end.Index + end.Length)]);
            start = end.Index + end.Length;
        }

        if (start < text.Length)
            sentences.Add(text[start..]);
        return sentences;
    }

    [GeneratedRegex("""(?>\s*\n\s*)|[。！？][”’」』）]*\s*|[.!?…؟۔]+["'”’»)\]]*(?>\s+)(?![\p{Ll}\p{Nd}])""", RegexOptions.None, 1000)]
    private static partial Regex Ends();
}
