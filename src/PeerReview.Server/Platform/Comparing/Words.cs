using System.Text.RegularExpressions;
using DiffPlex;

namespace PeerReview.Server.Platform.Comparing;

/// <summary>Cuts a text into words, blanks and marks; a Chinese character is a word.</summary>
internal sealed partial class Words : IChunker
{
    public static readonly Words Chunker = new();

    private Words()
    {
    }

    public IReadOnlyList<string> Chunk(string text) => [.. Parts().Matches(text).Select(match => match.Value)];

    [GeneratedRegex(@"\s+|[\u3400-\u9fff]|[\ud800-\udbff][\udc00-\udfff]|[\p{L}\p{M}\p{N}-[\u3400-\u9fff]]+|.", RegexOptions.Singleline, 1000)]
    private static partial Regex Parts();
}
